//! Invented stories in, days out.

use rashomon_core::{Published, Reading, Report};

use super::infer_dates;

/// Returns the inferred day of each report of a story; reports are (stated day or "", text).
fn days(story: &[(&str, &str)], as_of: Option<&str>) -> Vec<String> {
    let reports: Vec<Report> = story
        .iter()
        .enumerate()
        .map(|(index, (stated, text))| {
            let mut report = Report::new(format!("r{index}"), *text);
            if let Ok(day) = stated.parse() {
                report.published = Published::stated(day);
            }
            report
        })
        .collect();
    let readings: Vec<Reading> = reports.iter().map(crate::read).collect();
    let borrowed: Vec<&Report> = reports.iter().collect();
    infer_dates(&borrowed, &readings, as_of.map(|day| day.parse().unwrap()))
        .iter()
        .map(|inferred| {
            inferred
                .as_ref()
                .map_or("none".to_owned(), |inferred| inferred.day.to_string())
        })
        .collect()
}

#[test]
fn weekday_date_and_anniversary_together_tell_the_day() {
    // September 2, 2025 was a Tuesday.
    let story = [
        (
            "",
            "Mayor Ada Brown crossed into Oster by train on Tuesday, heading to a fair to mark the 80th anniversary of the end of World War II.\nShe left Varn on Monday.",
        ),
        (
            "",
            "Ada Brown came to Oster on Tuesday.\nHer train passed the border early on September 2, the mill said.\nThe fair will be held on Wednesday.",
        ),
    ];
    assert_eq!(days(&story, None), ["2025-09-02", "2025-09-02"]);
}

#[test]
fn weekday_and_date_without_a_year_tell_nothing() {
    let story = [(
        "",
        "Ada Brown came to Oster on Tuesday.\nHer train passed the border on September 2.",
    )];
    assert_eq!(days(&story, None), ["none"]);
}

#[test]
fn the_last_day_considered_decides_the_year() {
    let story = [(
        "",
        "Ada Brown came to Oster on Tuesday.\nHer train passed the border on September 2.",
    )];
    assert_eq!(days(&story, Some("2026-01-10")), ["2025-09-02"]);
    // 2014 was the year before in which September 2 was a Tuesday, 2020 has it on a Wednesday: too far back to tell.
    assert_eq!(days(&story, Some("2024-01-10")), ["none"]);
}

#[test]
fn a_weekday_that_the_date_does_not_fall_on_tells_nothing() {
    let story = [(
        "",
        "Ada Brown came to Oster on Friday to mark the 80th anniversary of the end of World War II.\nHer train passed the border on September 2.",
    )];
    assert_eq!(days(&story, None), ["none"]);
}

#[test]
fn stated_days_of_other_reports_date_the_weekday() {
    let story = [
        ("2025-09-02", "A mill burned down in Oster on Tuesday."),
        ("", "A mill burned down in Oster on Monday, the mayor said."),
        ("", "A mill in Oster burned down."),
    ];
    assert_eq!(days(&story, None), ["none", "2025-09-01", "none"]);
}

#[test]
fn stated_days_far_apart_date_nothing() {
    let story = [
        ("2025-09-02", "A mill burned down in Oster on Tuesday."),
        (
            "2025-10-20",
            "A mill that burned down in Oster will be built again.",
        ),
        ("", "A mill burned down in Oster on Monday, the mayor said."),
    ];
    assert_eq!(days(&story, None), ["none", "none", "none"]);
}

#[test]
fn a_date_of_history_is_not_the_day() {
    // July 14, 1998 was a Tuesday too.
    let story = [(
        "",
        "A mill burned down in Oster on Tuesday.\nThe mill had burned before, on July 14, 1998.",
    )];
    assert_eq!(days(&story, None), ["none"]);
}

#[test]
fn an_anniversary_alone_gives_no_day() {
    let story = [(
        "",
        "Oster marked the 80th anniversary of the end of World War II on Tuesday.",
    )];
    assert_eq!(days(&story, None), ["none"]);
}

#[test]
fn an_anniversary_of_a_year_that_is_said_counts() {
    // May 12, 2025 was a Monday.
    let story = [(
        "",
        "Oster remembered its flood on Monday.\nAt the 10th anniversary of the 2015 flood, Ada Brown spoke on May 12 at the mill.",
    )];
    assert_eq!(days(&story, None), ["2025-05-12"]);
}

#[test]
fn last_thursday_in_the_lead_is_not_the_day() {
    let story = [
        ("2025-09-02", "A mill burned down in Oster."),
        (
            "",
            "A mill that burned down last Thursday in Oster will be built again.",
        ),
    ];
    assert_eq!(days(&story, None), ["none", "none"]);
}

#[test]
fn an_event_that_is_announced_is_not_the_day() {
    // September 9, 2025 is a Tuesday as well.
    let story = [(
        "",
        "Ada Brown spoke in Oster on Tuesday on the 80th anniversary of the end of World War II.\nThe fair will be held on September 9.",
    )];
    assert_eq!(days(&story, None), ["none"]);
}

#[test]
fn a_year_named_later_than_the_anniversary_takes_it_away() {
    let story = [(
        "",
        "Ada Brown spoke in Oster on Tuesday.\nThe mill marked the 10th anniversary of the 2005 flood in June and burned in 2019.\nHer train came on September 2.",
    )];
    assert_eq!(days(&story, None), ["none"]);
}

#[test]
fn a_printed_date_is_taken() {
    let story = [
        ("", "Published September 2, 2025\nA mill burned down in Oster."),
        ("", "A mill burned down in Oster on Monday, the mayor said."),
    ];
    assert_eq!(days(&story, None), ["2025-09-02", "2025-09-01"]);
}

#[test]
fn a_full_date_with_its_weekday_in_the_lead_is_taken() {
    let story = [(
        "",
        "A mill burned down in Oster on Tuesday, September 2, 2025, the mayor said on Tuesday.",
    )];
    assert_eq!(days(&story, None), ["2025-09-02"]);
}

#[test]
fn no_day_after_the_last_one_considered() {
    let story = [
        ("2025-09-02", "A mill burned down in Oster on Tuesday."),
        ("", "A mill burned down in Oster on Thursday, the mayor said."),
    ];
    assert_eq!(days(&story, Some("2025-09-02")), ["none", "none"]);
}

#[test]
fn the_reason_can_be_read() {
    let report = Report::new(
        "r",
        "Ada Brown came to Oster on Tuesday for the 80th anniversary of the end of World War II.\nHer train passed the border on September 2.",
    );
    let reading = crate::read(&report);
    let inferred = infer_dates(&[&report], &[reading], None);
    insta::assert_snapshot!(
        inferred.first().cloned().flatten().unwrap().reason,
        @"its lead says “Tuesday”; “September 2” was a Tuesday in 2025, the 80th anniversary of 1945"
    );
}
