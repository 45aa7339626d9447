//! Where an outlet is at home, as far as its name says: the "Lisbon Courier".

use crate::places::fold_name;
use crate::places::is_common_word;
use crate::places::meanings::meanings;
use crate::places::resolve::Name;

/// The longest name of a place that is looked for, in words.
const LONGEST: usize = 3;

/// Words that outlets are called by; a few small towns have such names too.
const TITLES: &[&str] = &[
    "advance",
    "advertiser",
    "age",
    "argus",
    "banner",
    "beacon",
    "bulletin",
    "call",
    "chronicle",
    "citizen",
    "courier",
    "daily",
    "democrat",
    "dispatch",
    "echo",
    "examiner",
    "express",
    "gazette",
    "globe",
    "guardian",
    "herald",
    "independent",
    "inquirer",
    "journal",
    "ledger",
    "mail",
    "mercury",
    "mirror",
    "monitor",
    "morning",
    "news",
    "observer",
    "post",
    "press",
    "radio",
    "record",
    "register",
    "reporter",
    "republic",
    "republican",
    "review",
    "sentinel",
    "standard",
    "star",
    "sun",
    "telegraph",
    "television",
    "times",
    "today",
    "tribune",
    "tv",
    "union",
    "voice",
    "weekly",
    "world",
];

/// Returns the name of a place in the name of an outlet, with what it can mean. It counts as one name more of the report: it
/// decides what little else tells.
pub(super) fn home(outlet: &str) -> Option<Name> {
    let words: Vec<&str> = outlet
        .split(|mark: char| !mark.is_alphanumeric() && mark != '\'' && mark != '’')
        .filter(|word| !word.is_empty())
        .take(12)
        .collect();
    for length in (1..=LONGEST).rev() {
        for name in words.windows(length) {
            let written = name.join(" ");
            let key = fold_name(&written);
            let titled = name
                .iter()
                .any(|word| TITLES.contains(&word.to_lowercase().as_str()));
            if titled || !written.starts_with(char::is_uppercase) || is_common_word(&key) {
                continue;
            }
            let places = meanings(&written, false);
            if !places.is_empty() {
                return Some(Name {
                    places,
                    holders: Vec::new(),
                });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use rashomon_core::Report;

    fn country_of_paris(outlet: Option<&str>) -> Option<String> {
        let mut report = Report::new(
            "r",
            "The mayor of Paris opened a bridge on Monday. Nobody was hurt in Paris.",
        );
        report.outlet = outlet.map(str::to_owned);
        crate::read(&report).places.first()?.country.clone()
    }

    #[test]
    fn the_home_of_the_outlet_says_which_place_is_meant() {
        assert_eq!(country_of_paris(None).as_deref(), Some("FR"));
        assert_eq!(
            country_of_paris(Some("Le Monde Diplomatique")).as_deref(),
            Some("FR")
        );
        assert_eq!(country_of_paris(Some("The Texas Courier")).as_deref(), Some("US"));
    }

    #[test]
    fn what_outlets_are_called_is_no_place() {
        for outlet in ["The Daily Post", "Sun", "The Independent", ""] {
            assert_eq!(super::home(outlet), None, "{outlet}");
        }
    }
}
