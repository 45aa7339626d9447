//! Whole sentences in, intervals out.

use rashomon_core::Report;

/// Returns "words: interval relation unit counted trend" of each quantity of a text.
fn quantities(text: &str) -> Vec<String> {
    let reading = crate::read(&Report::new("r", text));
    reading
        .quantities
        .iter()
        .map(|quantity| {
            let bound = |value: Option<f64>| value.map_or("..".to_owned(), |value| value.to_string());
            let number = if quantity.low == quantity.high {
                bound(quantity.low)
            } else {
                format!("{}/{}", bound(quantity.low), bound(quantity.high))
            };
            format!(
                "{}: {} {number}{}{}{}",
                quantity.span.text(text),
                quantity.relation.as_str(),
                quantity
                    .unit
                    .as_deref()
                    .map(|unit| format!(" [{unit}]"))
                    .unwrap_or_default(),
                quantity
                    .counted
                    .as_deref()
                    .map(|counted| format!(" {counted}"))
                    .unwrap_or_default(),
                quantity
                    .trend
                    .map(|trend| format!(" {}", trend.as_str()))
                    .unwrap_or_default(),
            )
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(quantities(text), expected, "{text}");
}

#[test]
fn bounds() {
    check(
        "It sent approximately 15,000 troops.",
        &["approximately 15,000 troops: ~ 15000 troops"],
    );
    check(
        "It sent up to 15,000 troops.",
        &["up to 15,000 troops: <= ../15000 troops"],
    );
    check(
        "It sent at least five boats.",
        &["at least five boats: >= 5/.. boats"],
    );
    check(
        "It sent more than 300 boats.",
        &["more than 300 boats: >= 300/.. boats"],
    );
    check(
        "It sent no fewer than 300 boats.",
        &["no fewer than 300 boats: >= 300/.. boats"],
    );
    check(
        "It sent fewer than 300 boats.",
        &["fewer than 300 boats: <= ../300 boats"],
    );
    check("It sent nearly 300 boats.", &["nearly 300 boats: ~ 300 boats"]);
    check(
        "It sent 300 or more boats.",
        &["300 or more boats: >= 300/.. boats"],
    );
}

#[test]
fn round_words() {
    check(
        "It sent tens of thousands of River Guard troops.",
        &["tens of thousands of River Guard troops: ~ 10000/.. River Guard troops"],
    );
    check(
        "It sent thousands of road workers.",
        &["thousands of road workers: ~ 1000/.. road workers"],
    );
    check("It sent a dozen boats.", &["a dozen boats: = 12 boats"]);
    check("It sent dozens of boats.", &["dozens of boats: ~ 12/.. boats"]);
    check(
        "It sent 1.5 million masks.",
        &["1.5 million masks: = 1500000 masks"],
    );
    check("It sent twenty-six boats.", &["twenty-six boats: = 26 boats"]);
    check(
        "It lost a third of the boats.",
        &["a third of the boats: = 0.3333333333333333 boats"],
    );
}

#[test]
fn ranges() {
    check(
        "It sent 1,000-1,200 masks.",
        &["1,000-1,200 masks: range 1000/1200 masks"],
    );
    check(
        "It sent between 3 and 5 boats.",
        &["between 3 and 5 boats: range 3/5 boats"],
    );
    check(
        "It costs 5 to 10 percent.",
        &["5 to 10 percent: range 5/10 [percent]"],
    );
    check(
        "It costs 1-2 million dollars.",
        &["1-2 million dollars: range 1000000/2000000 [$]"],
    );
    check(
        "The toll rose from 24 to 30.",
        &["24: = 24 toll", "30: = 30 toll"],
    );
}

#[test]
fn money_and_measures() {
    check("It cost $1.2bn.", &["$1.2bn: = 1200000000 [$]"]);
    check(
        "It cost 100 billion USD.",
        &["100 billion USD: = 100000000000 [$]"],
    );
    check("It cost Rs 5 crore.", &["Rs 5 crore: = 50000000 [rupee]"]);
    check("It cost $62 a barrel.", &["$62 a barrel: = 62 [$ per barrel]"]);
    check(
        "A 6.1-magnitude quake struck.",
        &["6.1-magnitude: = 6.1 [magnitude]"],
    );
    check(
        "It lies 10 kilometers (six miles) away.",
        &["10 kilometers (six miles): = 10 [kilometre]"],
    );
    check(
        "It was minus 5 degrees Celsius.",
        &["minus 5 degrees Celsius: = -5 [celsius]"],
    );
    check("Shares rose 3 percent.", &["3 percent: = 3 [percent] up"]);
    check("Shares fell by 200 points.", &["200 points: = 200 points down"]);
}

#[test]
fn lengths_of_time_and_ages() {
    check(
        "His 14-year rule ended.",
        &["14-year rule: = 14 [year] year rule"],
    );
    check(
        "It was the first visit in six years.",
        &["six years: = 6 [year] years"],
    );
    check(
        "Carl Dunn, 65, and a boy aged 14 left.",
        &["65: = 65 [year of age]", "aged 14: = 14 [year of age]"],
    );
}

#[test]
fn tolls() {
    check("The quake left 24 dead.", &["24 dead: = 24 dead"]);
    check(
        "The quake killed at least five.",
        &["at least five: >= 5/.. killed"],
    );
    check("The death toll rose to 24.", &["24: = 24 death toll"]);
    check(
        "Oster has sent 500 rowers, with around 20 believed to have died.",
        &["500 rowers: = 500 rowers", "around 20: ~ 20 rowers died"],
    );
    check("One of the men left.", &["One of the men: = 1 men"]);
}

#[test]
fn what_is_no_quantity() {
    check("The 80th fair was her fifth.", &[]);
    check("Call 555-0142 today.", &[]);
    check("Oster beat Varn 3-1.", &[]);
    check("Version 1.5.3 is out.", &[]);
    check("An F-16 and a Boeing 737 landed amid COVID-19.", &[]);
    check("It opened on September 2, 2025 at 9:25 a.m.", &[]);
    check("She lives at 221 Mill Road.", &[]);
    check("No one knew one another.", &[]);
    check("The number 12345678901234567890 is long.", &[]);
}

#[test]
fn a_bound_on_either_side_does_not_take_the_number_away() {
    let reading = crate::read(&Report::new("r", "<5+ boats"));
    assert!(
        reading
            .quantities
            .iter()
            .all(|quantity| quantity.low.or(quantity.high) == Some(5.0))
    );
}
