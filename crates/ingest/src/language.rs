//! Names of languages.

/// Languages by their ISO 639-1 code, ISO 639-2/3 codes and English name.
const LANGUAGES: [(&str, &[&str]); 44] = [
    ("ar", &["ara", "arabic"]),
    ("bg", &["bul", "bulgarian"]),
    ("bn", &["ben", "bengali"]),
    ("ca", &["cat", "catalan"]),
    ("cs", &["ces", "cze", "czech"]),
    ("da", &["dan", "danish"]),
    ("de", &["deu", "ger", "german"]),
    ("el", &["ell", "gre", "greek"]),
    ("en", &["eng", "english"]),
    ("es", &["spa", "spanish"]),
    ("et", &["est", "estonian"]),
    ("fa", &["fas", "per", "persian"]),
    ("fi", &["fin", "finnish"]),
    ("fr", &["fra", "fre", "french"]),
    ("he", &["heb", "hebrew", "iw"]),
    ("hi", &["hin", "hindi"]),
    ("hr", &["hrv", "croatian"]),
    ("hu", &["hun", "hungarian"]),
    ("id", &["ind", "indonesian", "in"]),
    ("it", &["ita", "italian"]),
    ("ja", &["jpn", "japanese"]),
    ("ko", &["kor", "korean"]),
    ("lt", &["lit", "lithuanian"]),
    ("lv", &["lav", "latvian"]),
    ("ms", &["msa", "may", "malay"]),
    ("nl", &["nld", "dut", "dutch"]),
    ("no", &["nor", "norwegian", "nb", "nn", "nob"]),
    ("pl", &["pol", "polish"]),
    ("pt", &["por", "portuguese"]),
    ("ro", &["ron", "rum", "romanian"]),
    ("ru", &["rus", "russian"]),
    ("sk", &["slk", "slo", "slovak"]),
    ("sl", &["slv", "slovenian", "slovene"]),
    ("sr", &["srp", "serbian"]),
    ("sv", &["swe", "swedish"]),
    ("sw", &["swa", "swahili"]),
    ("ta", &["tam", "tamil"]),
    ("th", &["tha", "thai"]),
    ("tr", &["tur", "turkish"]),
    ("uk", &["ukr", "ukrainian"]),
    ("ur", &["urd", "urdu"]),
    ("vi", &["vie", "vietnamese"]),
    ("zh", &["zho", "chi", "chinese", "cmn"]),
    ("sq", &["sqi", "alb", "albanian"]),
];

/// Returns the ISO 639-1 code of a language that is stated as a code ("en-GB", "eng") or by its English name; `None`
/// for what is no language.
pub(crate) fn code(stated: &str) -> Option<String> {
    let first = stated
        .trim()
        .split(['-', '_', ' ', ';', ',', '.'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    for (code, names) in LANGUAGES {
        if code == first || names.contains(&first.as_str()) {
            return Some(code.to_owned());
        }
    }
    (first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_known() {
        assert_eq!(code("en-GB").as_deref(), Some("en"));
        assert_eq!(code("German").as_deref(), Some("de"));
        assert_eq!(code("pt_BR").as_deref(), Some("pt"));
        assert_eq!(code("eo").as_deref(), Some("eo"));
        assert_eq!(code("unknown"), None);
        assert_eq!(code(""), None);
    }
}
