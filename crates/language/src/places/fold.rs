//! The form in which names are looked up.

/// Letters with marks, each after the letters that stand for it.
const MARKED: &[(&str, &str)] = &[
    ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặ"),
    ("c", "çćĉċč"),
    ("d", "ďđð"),
    ("e", "èéêëēĕėęěẹẻẽếềểễệə"),
    ("g", "ĝğġģǧ"),
    ("h", "ĥħḩḥ"),
    ("i", "ìíîïĩīĭįıỉịǐ"),
    ("j", "ĵ"),
    ("k", "ķ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņňŉ"),
    ("o", "òóôõöøōŏőơọỏốồổỗộớờởỡợǒ"),
    ("r", "ŕŗř"),
    ("s", "śŝşšșṣ"),
    ("t", "ţťŧțṭ"),
    ("u", "ùúûüũūŭůűųưụủứừửữựǔ"),
    ("w", "ŵ"),
    ("y", "ýÿŷỳỵỷỹ"),
    ("z", "źżžẕẓ"),
    ("ss", "ß"),
    ("ae", "æ"),
    ("oe", "œ"),
    ("th", "þ"),
];

/// Returns a small letter without its marks: "é" as "e", "ß" as "ss", others as they are.
pub(crate) fn fold_letter(small: char) -> String {
    match MARKED.iter().find(|(_, marked)| marked.contains(small)) {
        Some((plain, _)) => (*plain).to_owned(),
        None => small.to_string(),
    }
}

/// Returns the key under which a name stands in the gazetteer: small letters without marks, words parted by one space;
/// hyphens part words, other marks are left out.
///
/// ```
/// assert_eq!(rashomon_language::fold_name("São José-do-Norte"), "sao jose do norte");
/// assert_eq!(rashomon_language::fold_name("U.S."), "us");
/// ```
pub fn fold_name(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for character in name.chars() {
        if character.is_ascii_alphanumeric() {
            key.push(character.to_ascii_lowercase());
        } else if character.is_whitespace() || matches!(character, '-' | '–' | '/' | '‐') {
            if !key.ends_with(' ') && !key.is_empty() {
                key.push(' ');
            }
        } else if !character.is_ascii() && character.is_alphanumeric() {
            for small in character.to_lowercase() {
                match MARKED.iter().find(|(_, marked)| marked.contains(small)) {
                    Some((plain, _)) => key.push_str(plain),
                    None if small.is_alphanumeric() => key.push(small),
                    None => {}
                }
            }
        }
    }
    key.truncate(key.trim_end().len());
    key
}
