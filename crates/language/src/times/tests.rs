//! Whole sentences in, spans and values out.

use proptest::prelude::*;
use rashomon_core::{Published, Report};

/// Returns "words=value" of each time of a text published on Tuesday, September 2, 2025.
fn times(text: &str) -> Vec<String> {
    let mut report = Report::new("r", text);
    report.published = Published::stated("2025-09-02".parse().unwrap());
    crate::read(&report)
        .times
        .iter()
        .map(|time| {
            let value = time.value.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("{}={value}", time.span.text(text))
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(times(text), expected, "{text}");
}

#[test]
fn explicit_dates() {
    check(
        "The bridge opened on September 2, 2025.",
        &["September 2, 2025=2025-09-02"],
    );
    check(
        "The bridge opened on 2 September 1998.",
        &["2 September 1998=1998-09-02"],
    );
    check("It closed on Sept. 2.", &["Sept. 2=2025-09-02"]);
    check("It closed on 2025-08-30.", &["2025-08-30=2025-08-30"]);
    check("It closed on 08/30/2025.", &["08/30/2025=2025-08-30"]);
    check("It closed on 03/04/2025.", &[]);
    check("It closed on Tuesday, Aug. 26.", &["Tuesday, Aug. 26=2025-08-26"]);
    check("It was built in June 1911.", &["June 1911=1911-06"]);
    check("It was built in the 1990s.", &["the 1990s=199"]);
    check(
        "It was built in the third quarter of 2019.",
        &["the third quarter of 2019=2019-Q3"],
    );
    check("It closed on 25/12/2024.", &["25/12/2024=2024-12-25"]);
    check("It closed on 12/25/2024.", &["12/25/2024=2024-12-25"]);
    check("Sales rose in Q3 2024.", &["Q3 2024=2024-Q3"]);
    check("The Q3 was the last question.", &[]);
    check("It was built in the 19th century.", &["the 19th century=18"]);
    check("It opened on Christmas Eve.", &["Christmas Eve=2024-12-24"]);
    check(
        "It opened on Thanksgiving 2019.",
        &["Thanksgiving 2019=2019-11-28"],
    );
    check("The attacks of 9/11 changed it.", &["9/11=2001-09-11"]);
}

#[test]
fn years_and_what_only_looks_like_them() {
    check(
        "Since 2006, and again in 2012, the mill burned.",
        &["2006=2006", "2012=2012"],
    );
    check("He sent 2000 troops.", &[]);
    check("They raised $2012 for the mill.", &[]);
    check("Call 555-2012.", &[]);
    check("May Lund may march with April Stone.", &[]);
}

#[test]
fn weekdays_follow_their_verbs() {
    check("Mayor Ada Brown left Oster on Tuesday.", &["Tuesday=2025-09-02"]);
    check("Mayor Ada Brown left Oster on Monday.", &["Monday=2025-09-01"]);
    check("The council will vote on Wednesday.", &["Wednesday=2025-09-03"]);
    check("On Friday, the council will vote.", &["Friday=2025-09-05"]);
    check("The fair is set for Wednesday.", &["Wednesday=2025-09-03"]);
    check(
        "She told reporters on Saturday that Brown will sit beside him at Wednesday’s fair.",
        &["Saturday=2025-08-30", "Wednesday=2025-09-03"],
    );
    check(
        "The train crossed the border early Tuesday and is expected to arrive on Thursday.",
        &["early Tuesday=2025-09-02", "Thursday=2025-09-04"],
    );
    check("She spoke last Thursday.", &["last Thursday=2025-08-28"]);
    check("She speaks next Monday.", &["next Monday=2025-09-08"]);
    check("The work must be done by Friday.", &["Friday=2025-09-05"]);
}

#[test]
fn relative_times() {
    check(
        "Yesterday, today and tomorrow.",
        &["Yesterday=2025-09-01", "today=2025-09-02", "tomorrow=2025-09-03"],
    );
    check("She said so last week.", &["last week=2025-W35"]);
    check("She said so last year.", &["last year=2024"]);
    check("Troops have come since last fall.", &["last fall=2024-FA"]);
    check("It happened three days ago.", &["three days ago=2025-08-30"]);
    check("It happened two years ago.", &["two years ago=2023"]);
    check(
        "It began in 2012. Two years later it ended.",
        &["2012=2012", "Two years later=2014"],
    );
    check(
        "He has spoken of it for the past decade.",
        &["the past decade=P1DE"],
    );
    check("It rained last night.", &["last night=2025-09-01TNI"]);
    check("She works there now.", &["now=PRESENT_REF"]);
}

#[test]
fn lengths_sets_and_clock_times() {
    check("It took six years.", &["six years=P6Y"]);
    check("His 14-year rule ended.", &["14-year=P14Y"]);
    check("They waited for decades.", &["decades=PXDE"]);
    check("They waited several weeks.", &["several weeks=PXW"]);
    check("It floods each year.", &["each year=P1Y"]);
    check("It sails every Monday.", &["every Monday=XXXX-WXX-1"]);
    check(
        "The train left at 9:25 a.m. Monday.",
        &["9:25 a.m. Monday=2025-09-01T09:25"],
    );
    check("The train left at noon.", &["noon=2025-09-02T12:00"]);
    check("The 34-year-old left.", &[]);
}

#[test]
fn universal_time_is_marked() {
    check(
        "The train left at 08:30 GMT on Monday.",
        &["08:30 GMT on Monday=2025-09-01T08:30Z"],
    );
    check("The train left at 0401 UTC.", &["0401 UTC=2025-09-02T04:01Z"]);
    check("The train left at 08:30 BST.", &["08:30 BST=2025-09-02T08:30"]);
}

#[test]
fn what_an_earlier_year_is_compared_with() {
    check(
        "In the year-ago third quarter it lost money.",
        &["the year-ago third quarter=2024-Q3"],
    );
    check(
        "The offer had been due to expire on Friday.",
        &["Friday=2025-08-29"],
    );
    check("The new pay is effective Feb. 1.", &["Feb. 1=2026-02-01"]);
    check("It has grown in recent years.", &["recent years=PXY"]);
    check("The sea may rise by 2120.", &["2120=2120"]);
}

#[test]
fn decades_in_two_digits() {
    check("It made cars in the 70s and 80s.", &["the 70s=197", "80s=198"]);
    check("She is in her 80s.", &[]);
    check("Temperatures were in the 80s.", &[]);
}

#[test]
fn days_that_do_not_exist_are_no_days() {
    check("It met on 31/02/2024.", &[]);
    check("It met on 2024-02-31.", &[]);
    for text in [
        "It met on February 31, 2024.",
        "It met on 31 February 2024.",
        "It met on the 31st February 2024.",
    ] {
        for time in times(text) {
            assert!(!time.contains("-02"), "{text}: {time}");
        }
    }
    for time in times("It met on 30/30/2024.") {
        assert!(!time.contains("-30"), "{time}");
    }
}

#[test]
fn without_a_day_of_publication_only_what_needs_none_has_a_value() {
    let reading = crate::read(&Report::new("r", "It opened in 2012 and closed on Tuesday."));
    let values: Vec<bool> = reading.times.iter().map(|time| time.value.is_some()).collect();
    assert_eq!(values, [true, false]);
}

proptest! {
    #[test]
    fn any_text_gives_spans_that_fit(text in "(\\PC|[0-9,.:/$%-]| (last|next|May|Tuesday|2|2025|the|years|ago|million|half|a|to|between|p.m.)){0,60}") {
        let mut report = Report::new("r", text.as_str());
        report.published = Published::stated("2025-09-02".parse().unwrap());
        let reading = crate::read(&report);
        for span in reading.times.iter().map(|time| time.span).chain(reading.quantities.iter().map(|quantity| quantity.span)) {
            prop_assert!(span.fits(&text) && !span.is_empty());
        }
        for quantity in &reading.quantities {
            prop_assert!(quantity.low.is_some() || quantity.high.is_some());
            prop_assert!(quantity.counted_span.is_none_or(|span| span.fits(&text)));
        }
    }
}

#[test]
fn strange_texts_do_no_harm() {
    for text in [
        "\0 5 \0",
        "🎉5🎉 years",
        "e\u{301} 5 \u{301}",
        "99999999999999999999 years ago",
        "-",
        "$",
        "9999999 centuries ago",
        "half a",
        "Tuesday",
        "5 to",
        "between 5 and",
    ] {
        crate::read(&Report::new("r", text));
    }
}

#[test]
fn a_number_before_a_month_may_count() {
    check(
        "Fifteen of the 19 Sept. 11 pilots came from Orsel.",
        &["Sept. 11=2025-09-11"],
    );
    check("The fair opened on 19 Sept. in Senby.", &["19 Sept=2025-09-19"]);
}
