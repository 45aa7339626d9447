//! Short forms of states and provinces, as newspapers and post offices write them.

use crate::places::fold_name;
use crate::places::gazetteer::{GazetteerPlace, PlaceKind, lookup};

/// Short forms as [`fold_name`] writes them, in order, each with the region's folded name.
const SHORT_FORMS: &[(&str, &str)] = &[
    ("ab", "alberta"),
    ("act", "australian capital territory"),
    ("ak", "alaska"),
    ("al", "alabama"),
    ("ala", "alabama"),
    ("alaska", "alaska"),
    ("alta", "alberta"),
    ("ar", "arkansas"),
    ("ariz", "arizona"),
    ("ark", "arkansas"),
    ("az", "arizona"),
    ("bc", "british columbia"),
    ("ca", "california"),
    ("cal", "california"),
    ("calif", "california"),
    ("co", "colorado"),
    ("colo", "colorado"),
    ("conn", "connecticut"),
    ("ct", "connecticut"),
    ("dc", "washington dc"),
    ("de", "delaware"),
    ("del", "delaware"),
    ("fl", "florida"),
    ("fla", "florida"),
    ("ga", "georgia"),
    ("hi", "hawaii"),
    ("ia", "iowa"),
    ("id", "idaho"),
    ("il", "illinois"),
    ("ill", "illinois"),
    ("in", "indiana"),
    ("ind", "indiana"),
    ("kan", "kansas"),
    ("kans", "kansas"),
    ("ks", "kansas"),
    ("ky", "kentucky"),
    ("la", "louisiana"),
    ("ma", "massachusetts"),
    ("man", "manitoba"),
    ("mass", "massachusetts"),
    ("md", "maryland"),
    ("me", "maine"),
    ("mi", "michigan"),
    ("mich", "michigan"),
    ("minn", "minnesota"),
    ("miss", "mississippi"),
    ("mn", "minnesota"),
    ("mo", "missouri"),
    ("mont", "montana"),
    ("ms", "mississippi"),
    ("mt", "montana"),
    ("nb", "new brunswick"),
    ("nc", "north carolina"),
    ("nd", "north dakota"),
    ("ne", "nebraska"),
    ("neb", "nebraska"),
    ("nebr", "nebraska"),
    ("nev", "nevada"),
    ("nfld", "newfoundland and labrador"),
    ("nh", "new hampshire"),
    ("nj", "new jersey"),
    ("nl", "newfoundland and labrador"),
    ("nm", "new mexico"),
    ("ns", "nova scotia"),
    ("nsw", "new south wales"),
    ("nv", "nevada"),
    ("nwt", "northwest territories"),
    ("ny", "new york"),
    ("oh", "ohio"),
    ("ok", "oklahoma"),
    ("okla", "oklahoma"),
    ("on", "ontario"),
    ("ont", "ontario"),
    ("or", "oregon"),
    ("ore", "oregon"),
    ("pa", "pennsylvania"),
    ("pei", "prince edward island"),
    ("penn", "pennsylvania"),
    ("qc", "quebec"),
    ("qld", "queensland"),
    ("que", "quebec"),
    ("ri", "rhode island"),
    ("sask", "saskatchewan"),
    ("sc", "south carolina"),
    ("sd", "south dakota"),
    ("tas", "tasmania"),
    ("tenn", "tennessee"),
    ("tex", "texas"),
    ("tn", "tennessee"),
    ("tx", "texas"),
    ("ut", "utah"),
    ("va", "virginia"),
    ("vic", "victoria"),
    ("vt", "vermont"),
    ("w va", "west virginia"),
    ("wa", "washington"),
    ("wash", "washington"),
    ("wi", "wisconsin"),
    ("wis", "wisconsin"),
    ("wisc", "wisconsin"),
    ("wv", "west virginia"),
    ("wva", "west virginia"),
    ("wy", "wyoming"),
    ("wyo", "wyoming"),
];

/// Returns the region that a short form stands for: "Ill." or "TX", but not "Ill" or "in", which are words.
pub(super) fn abbreviated(written: &str) -> Option<GazetteerPlace> {
    let letters = || written.chars().filter(|character| character.is_alphabetic());
    let is_short = written.ends_with('.') && written.starts_with(char::is_uppercase)
        || (letters().count() > 1 && letters().all(char::is_uppercase));
    if !is_short {
        return None;
    }
    let key = fold_name(written);
    let found = SHORT_FORMS
        .binary_search_by_key(&key.as_str(), |(short, _)| short)
        .ok()?;
    let (_, name) = SHORT_FORMS.get(found)?;
    lookup(name).find(|place| place.kind == PlaceKind::Region && matches!(place.country, "US" | "CA" | "AU"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_short_form_stands_for_a_region() {
        assert!(SHORT_FORMS.is_sorted());
        for (short, name) in SHORT_FORMS {
            assert_eq!(fold_name(short), *short);
            assert!(abbreviated(&short.to_uppercase()).is_some(), "{short}: {name}");
        }
    }

    #[test]
    fn words_are_no_short_forms() {
        for word in ["Ill", "in", "Miss", "Or", "me", "A", "."] {
            assert_eq!(abbreviated(word), None, "{word}");
        }
        assert_eq!(abbreviated("N.C.").map(|place| place.admin1), Some("NC"));
        assert_eq!(abbreviated("Ill.").map(|place| place.admin1), Some("IL"));
    }
}
