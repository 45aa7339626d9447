//! Bytes to text.
//!
//! 1. A byte order mark decides: UTF-8 or UTF-16.
//! 2. What is valid UTF-8 is UTF-8. A web page that states another encoding is UTF-8 all the same when it holds
//!    valid UTF-8 sequences of several bytes: pages mis-state their encoding often, and text of another encoding is
//!    hardly ever valid UTF-8 by chance.
//! 3. A web page is read by the encoding that it states, or else as windows-1252, as browsers do.
//! 4. Other text is read as windows-1252 when it looks like it ([`looks_like_windows_1252`]).
//! 5. Else there is an error that names the first wrong byte.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far into a page its statement of the encoding is looked for, in bytes.
const STATEMENT_REACH: usize = 4096;

/// A byte order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// None.
    Absent,
    /// UTF-8's, three bytes.
    Utf8,
    /// UTF-16's, two bytes, low byte first.
    Utf16Little,
    /// UTF-16's, two bytes, high byte first.
    Utf16Big,
}

/// Returns the byte order mark at the start of `head`.
pub(crate) fn mark(head: &[u8]) -> Mark {
    if head.starts_with(&[0xEF, 0xBB, 0xBF]) {
        Mark::Utf8
    } else if head.starts_with(&[0xFF, 0xFE]) {
        Mark::Utf16Little
    } else if head.starts_with(&[0xFE, 0xFF]) {
        Mark::Utf16Big
    } else {
        Mark::Absent
    }
}

/// Returns the text of UTF-16 `bytes` that begin with the byte order mark `mark`; `Err` holds the number of bytes where
/// they are no UTF-16.
pub(crate) fn decode_utf16(bytes: &[u8], mark: Mark) -> Result<String, usize> {
    let encoding = if mark == Mark::Utf16Big {
        UTF_16BE
    } else {
        UTF_16LE
    };
    let body = bytes.get(2..).unwrap_or_default();
    encoding
        .decode_without_bom_handling_and_without_replacement(body)
        .map(std::borrow::Cow::into_owned)
        .ok_or_else(|| 2 + wrong_utf16(body, mark))
}

/// Returns the position of the first unit of `body` that is no half of a pair it should be.
fn wrong_utf16(body: &[u8], mark: Mark) -> usize {
    let units = body.chunks_exact(2).map(|pair| {
        let pair = [
            pair.first().copied().unwrap_or(0),
            pair.get(1).copied().unwrap_or(0),
        ];
        if mark == Mark::Utf16Big {
            u16::from_be_bytes(pair)
        } else {
            u16::from_le_bytes(pair)
        }
    });
    let mut position = 0;
    for character in char::decode_utf16(units) {
        match character {
            Ok(character) => position += 2 * character.len_utf16(),
            Err(_) => return position,
        }
    }
    position
}

/// Returns the text of `bytes` that came without a byte order mark and are no web page; `Err` holds the position of
/// the first wrong byte.
pub(crate) fn decode_text(bytes: Vec<u8>) -> Result<String, usize> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => {
            let wrong = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            if looks_like_windows_1252(&bytes) {
                Ok(WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned())
            } else {
                Err(wrong)
            }
        }
    }
}

/// Returns the text of a web page that came without a byte order mark. Never fails: what fits no encoding becomes
/// U+FFFD, as in browsers.
pub(crate) fn decode_page(bytes: Vec<u8>) -> String {
    let stated = stated_encoding(&bytes);
    let bytes = match String::from_utf8(bytes) {
        // ISO-2022-JP is ASCII alone to the eye of a UTF-8 decoder.
        Ok(text) if stated.is_none_or(Encoding::is_ascii_compatible) || !text.is_ascii() => {
            return text;
        }
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let encoding = stated.unwrap_or(WINDOWS_1252);
    encoding.decode_without_bom_handling(&bytes).0.into_owned()
}

/// Returns the encoding that a page states in its first bytes: `charset=…` of a meta tag or `encoding=…` of XML. UTF-16 cannot be
/// true where the statement could be read, so it counts as UTF-8.
fn stated_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..STATEMENT_REACH).unwrap_or(bytes);
    let lower = head.to_ascii_lowercase();
    let mut from = 0;
    while let Some(offset) = find(lower.get(from..)?, b"charset")
        .map(|offset| offset + 7)
        .or_else(|| find(lower.get(from..)?, b"encoding").map(|offset| offset + 8))
    {
        from += offset;
        let rest = lower.get(from..)?.trim_ascii_start();
        let Some(value) = rest.strip_prefix(b"=") else {
            continue;
        };
        let value = value.trim_ascii_start();
        let value = value
            .strip_prefix(b"\"")
            .or_else(|| value.strip_prefix(b"'"))
            .unwrap_or(value);
        let length = value
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.'))
            .count();
        if let Some(encoding) = Encoding::for_label(value.get(..length)?) {
            return Some(if encoding == UTF_16LE || encoding == UTF_16BE {
                encoding_rs::UTF_8
            } else {
                encoding
            });
        }
    }
    None
}

/// Returns where `needle` first stands in `bytes`.
fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

/// Returns true when bytes that are no valid UTF-8 look like windows-1252 text: no control bytes, none of the five
/// bytes without a meaning, at most three bytes in ten beyond ASCII, and not one valid UTF-8 sequence of several bytes
/// (which would show damaged UTF-8).
fn looks_like_windows_1252(bytes: &[u8]) -> bool {
    let mut beyond_ascii = 0_usize;
    for &byte in bytes {
        match byte {
            b'\t' | b'\n' | b'\r' | 0x0C | 0x20..=0x7E => {}
            0x00..=0x1F | 0x7F | 0x81 | 0x8D | 0x8F | 0x90 | 0x9D => return false,
            _ => beyond_ascii += 1,
        }
    }
    beyond_ascii * 10 <= bytes.len() * 3 && bytes.utf8_chunks().all(|chunk| chunk.valid().is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_1252_is_read_where_it_looks_like_it() {
        assert_eq!(
            decode_text(b"Caf\xE9 \x93Zur Post\x94".to_vec()).unwrap(),
            "Café “Zur Post”"
        );
        assert_eq!(decode_text("Café".into()).unwrap(), "Café");
    }

    #[test]
    fn damaged_utf8_is_an_error() {
        // One whole "é" tells that the text is UTF-8; the byte 0xFF after it is damage.
        assert_eq!(decode_text(b"Caf\xC3\xA9 \xFF".to_vec()), Err(6));
        assert_eq!(decode_text(b"\x81\x8D abc".to_vec()), Err(0));
        assert_eq!(decode_text(vec![0xE9; 40]), Err(0));
    }

    #[test]
    fn utf16_is_read_with_its_mark() {
        assert_eq!(decode_utf16(b"\xFF\xFEH\0i\0", Mark::Utf16Little).unwrap(), "Hi");
        assert_eq!(decode_utf16(b"\xFE\xFF\0H\0i", Mark::Utf16Big).unwrap(), "Hi");
        assert_eq!(decode_utf16(b"\xFF\xFEH\0\0\xD8", Mark::Utf16Little), Err(4));
        assert_eq!(decode_utf16(b"\xFF\xFEH\0i", Mark::Utf16Little), Err(4));
    }

    #[test]
    fn a_page_is_read_by_the_encoding_it_states() {
        let russian = b"<meta charset=\"windows-1251\"><p>\xD1\xED\xE5\xE3".to_vec();
        assert!(decode_page(russian).ends_with("Снег"));
        let stated_wrongly = "<meta charset=iso-8859-1><p>Café".as_bytes().to_vec();
        assert!(decode_page(stated_wrongly).ends_with("Café"));
        let japanese = b"<meta charset=iso-2022-jp>\x1B$B%\"\x1B(B".to_vec();
        assert!(decode_page(japanese).ends_with('ア'));
        assert!(decode_page(b"<p>Caf\xE9".to_vec()).ends_with("Café"));
        assert!(
            decode_page(b"<meta name=charset><meta charset='utf-16'><p>\xC3\xA9".to_vec()).ends_with('é')
        );
    }
}
