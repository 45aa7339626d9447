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
fn ratios() {
    check(
        "More than 6 in 10 Mexicans say so.",
        &["More than 6 in 10 Mexicans: >= 0.6/.. Mexicans"],
    );
    check(
        "One of every four cases was mild.",
        &["One of every four cases: = 0.25 cases"],
    );
    check(
        "Nine out of 10 voters stayed at home.",
        &["Nine out of 10 voters: = 0.9 voters"],
    );
    check(
        "Four of the five ferries ran.",
        &["Four: = 4 ferries", "five ferries: = 5 ferries"],
    );
    check(
        "It happened twice, one in 10 years.",
        &["10 years: = 10 [year] years"],
    );
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
    check(
        "Sales grew more than sixfold.",
        &["more than sixfold: >= 6/.. [times] up"],
    );
    check("It sent dozens of boats.", &["dozens of boats: ~ 12/.. boats"]);
    check(
        "It sent 1.5 million masks.",
        &["1.5 million masks: = 1500000 masks"],
    );
    check(
        "Its mass is 2.5 x 10^6 kilograms.",
        &["2.5 x 10^6 kilograms: = 2500000 [kilogram]"],
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
        &[
            "10 kilometers (six miles): = 10 [kilometre]",
            "six miles: = 6 [mile]",
        ],
    );
    check(
        "It was minus 5 degrees Celsius.",
        &["minus 5 degrees Celsius: = -5 [celsius]"],
    );
    check("Shares rose 3 percent.", &["3 percent: = 3 [percent] up"]);
    check("Shares fell by 200 points.", &["200 points: = 200 points down"]);
}

#[test]
fn one_quantity_in_two_units() {
    check(
        "It flew more than 100 kilometers (60 miles).",
        &[
            "more than 100 kilometers (60 miles): >= 100/.. [kilometre]",
            "60 miles: >= 60/.. [mile]",
        ],
    );
    check(
        "It paid HK$50 million ($6.4 million) for it.",
        &[
            "HK$50 million ($6.4 million): = 50000000 [Hong Kong dollar]",
            "$6.4 million: = 6400000 [$]",
        ],
    );
    // Another thing in brackets is another quantity.
    check(
        "It lies 10 kilometers (six days) away.",
        &["10 kilometers: = 10 [kilometre]", "six days: = 6 [day] days"],
    );
}

#[test]
fn money_of_many_countries() {
    check(
        "It cost 300 Australian dollars.",
        &["300 Australian dollars: = 300 [Australian dollar]"],
    );
    check("It cost $US160 million.", &["$US160 million: = 160000000 [$]"]);
    check("It cost C$5.", &["C$5: = 5 [Canadian dollar]"]);
    check("It cost PS2.7m.", &["PS2.7m: = 2700000 [£]"]);
    check("The PS5 sold out.", &[]);
    check(
        "It cost 40 Swiss francs.",
        &["40 Swiss francs: = 40 [Swiss franc]"],
    );
}

#[test]
fn changes_from_one_level_to_another() {
    check(
        "Oil fell from $75 a barrel in May to $45.88 on Friday.",
        &["from $75 a barrel in May to $45.88: range 45.88/75 [$ per barrel]"],
    );
    check(
        "Ore rose from 24.2 to 33 billion euros.",
        &["from 24.2 to 33 billion euros: range 24200000000/33000000000 [€]"],
    );
    check(
        "Claims run from $200 to $4 million.",
        &["from $200 to $4 million: range 200/4000000 [$]"],
    );
}

#[test]
fn what_a_number_shares_with_the_one_before() {
    check(
        "It sold 3.9 million headsets, up from 2.4 million in May.",
        &[
            "3.9 million headsets: = 3900000 headsets",
            "2.4 million: = 2400000 headsets",
        ],
    );
    check(
        "Mill shares fell 2 percent, Bay shares by 3 percent.",
        &["2 percent: = 2 [percent] down", "3 percent: = 3 [percent] down"],
    );
    check("The rate fell to 4 percent.", &["4 percent: = 4 [percent] down"]);
    check(
        "The firm cut its costs by 35 percent.",
        &["35 percent: = 35 [percent] down"],
    );
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
    check("He will be 35 in May.", &["35: = 35 [year of age]"]);
    check("Dunn was aged 34.", &["aged 34: = 34 [year of age]"]);
    check(
        "At three years of age she left.",
        &["three years of age: = 3 [year of age]"],
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
    check(
        "Two of the five boats sank.",
        &["Two: = 2 boats", "five boats: = 5 boats"],
    );
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
    check("It has 99999999999999999999999999 parts.", &[]);
    check("It uses a 5G network and the ID.7.", &[]);
    check("The flight left at 0401 GMT.", &[]);
    check("King Otto XIV and Pope Leo III met.", &[]);
    check("Call +1 (555) 555-0142 or 555.555.0142.", &[]);
    check("The S&P 500 and the Nasdaq 100 fell.", &[]);
    check("It met on February 31, 2024 and on 31/02/2024.", &[]);
    check("It met on 2024-02-31.", &[]);
    check("It met on 31 February 2024.", &[]);
    check("It met on 25/12/2024 and on 12/25/2024.", &[]);
    check("It is chapter IV of World War II.", &[]);
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

#[test]
fn the_years_of_a_life_are_no_seconds() {
    assert_eq!(
        quantities("He met her when he was in his 30s."),
        Vec::<String>::new()
    );
}

#[test]
fn a_fraction_of_a_million_is_a_number() {
    assert_eq!(
        quantities("A quarter of a million letters were sent."),
        ["A quarter of a million letters: = 250000 letters"]
    );
}
