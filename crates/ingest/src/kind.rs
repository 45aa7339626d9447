//! Tells what bytes are: by their content first, then by the name of their file.

use crate::ids::form_ending;

/// How the bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// Not at all.
    Plain,
    /// By gzip.
    Gzip,
    /// By zstd.
    Zstd,
}

/// Returns how a file is packed whose first bytes are `head`.
pub(crate) fn packing(head: &[u8]) -> Packing {
    if head.starts_with(&[0x1F, 0x8B]) {
        Packing::Gzip
    } else if head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) || is_skippable_frame(head) {
        Packing::Zstd
    } else {
        Packing::Plain
    }
}

/// Returns true for the start of a zstd frame that holds no data (some writers put one first).
fn is_skippable_frame(head: &[u8]) -> bool {
    matches!(head, [first, 0x2A, 0x4D, 0x18, ..] if (0x50..=0x5F).contains(first))
}

/// What the unpacked bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Plain text.
    Text,
    /// Text with Markdown's marks.
    Markdown,
    /// A web page.
    Html,
    /// One JSON value, or several, a line each: told apart while reading.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// No text; what it looks like.
    Binary(&'static str),
    /// Text of a form that is not read; what it looks like.
    Unsupported(&'static str),
}

/// The first bytes of common files that are no text, and what they are.
const MAGIC: [(&[u8], &str); 32] = [
    (b"\x89PNG", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM\0\0", "BMP"),
    (b"%PDF", "PDF"),
    (b"\x7FELF", "ELF (a program)"),
    (b"MZ\x90\0", "EXE (a program)"),
    (b"\xFE\xED\xFA", "Mach-O (a program)"),
    (b"\xCF\xFA\xED\xFE", "Mach-O (a program)"),
    (b"\xCA\xFE\xBA\xBE", "a program"),
    (b"\0asm", "WebAssembly"),
    (b"PK\x03\x04", "ZIP (an archive or an office document)"),
    (b"PK\x05\x06", "ZIP (an archive)"),
    (b"\x1F\x8B", "gzip inside another packing"),
    (b"\x28\xB5\x2F\xFD", "zstd inside another packing"),
    (b"BZh", "bzip2"),
    (b"\xFD7zXZ", "xz"),
    (b"7z\xBC\xAF", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x04\x22\x4D\x18", "LZ4"),
    (b"\xD0\xCF\x11\xE0", "an old office document"),
    (b"{\\rtf", "RTF"),
    (b"RIFF", "RIFF (sound, film or WebP)"),
    (b"OggS", "Ogg"),
    (b"ID3", "MP3"),
    (b"fLaC", "FLAC"),
    (b"\x1A\x45\xDF\xA3", "Matroska"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3\0", "an SQLite database"),
];

/// Tags with which the source of a web page, or of a part of one, begins.
const PAGE_STARTS: [&str; 18] = [
    "!doctype html",
    "html",
    "head",
    "body",
    "meta",
    "title",
    "link",
    "script",
    "style",
    "article",
    "main",
    "section",
    "div",
    "p",
    "h1",
    "header",
    "table",
    "base",
];

/// Returns what the unpacked bytes are that begin with `head` (without a byte order mark) in a file called `name`.
pub(crate) fn kind(head: &[u8], name: &str) -> Kind {
    if let Some(what) = binary(head) {
        return Kind::Binary(what);
    }
    let start = head.trim_ascii_start();
    if is_page(start) {
        return Kind::Html;
    }
    if let Some(what) = unsupported(start) {
        return Kind::Unsupported(what);
    }
    let ending = form_ending(name);
    let named_lines = matches!(ending.as_str(), "jsonl" | "ndjson" | "jsonlines");
    let first_byte_after = |count: usize| start.get(count..).unwrap_or_default().trim_ascii_start().first();
    match start.first() {
        Some(b'{') if named_lines => return Kind::JsonLines,
        Some(b'{') if matches!(first_byte_after(1), Some(b'"' | b'}')) => return Kind::Json,
        Some(b'[') if matches!(first_byte_after(1), Some(b'{' | b']')) => return Kind::Json,
        _ => {}
    }
    match ending.as_str() {
        "jsonl" | "ndjson" | "jsonlines" => Kind::JsonLines,
        "json" => Kind::Json,
        "html" | "htm" | "xhtml" => Kind::Html,
        "md" | "markdown" => Kind::Markdown,
        _ => Kind::Text,
    }
}

/// Returns what the bytes look like where they are no text.
fn binary(head: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(what);
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Some("MP4");
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some("a tar archive");
    }
    let sample = head.get(..512).unwrap_or(head);
    let nuls_at = |parity: usize| {
        let places = sample.iter().skip(parity).step_by(2);
        places.clone().count() >= 4
            && places.clone().filter(|&&byte| byte == 0).count() * 10 > places.count() * 7
    };
    if nuls_at(0) != nuls_at(1) {
        return Some("UTF-16 without a byte order mark (save it as UTF-8)");
    }
    head.contains(&0).then_some("binary data")
}

/// Returns true when `start` begins like a web page: comments and an XML declaration are passed over.
fn is_page(start: &[u8]) -> bool {
    let mut rest = start;
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<?xml") {
            b"?>"
        } else {
            break;
        };
        let Some(position) = rest.windows(end.len()).position(|window| window == end) else {
            return false;
        };
        rest = rest.get(position + end.len()..).unwrap_or_default();
    }
    let Some(tag) = rest.strip_prefix(b"<") else {
        return false;
    };
    PAGE_STARTS.iter().any(|name| {
        tag.get(..name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && !tag.get(name.len()).is_some_and(u8::is_ascii_alphanumeric)
    })
}

/// Returns what text of a form that is not read looks like.
fn unsupported(start: &[u8]) -> Option<&'static str> {
    if start.starts_with(b"WARC/") {
        return Some("a web archive (WARC)");
    }
    if !start.starts_with(b"<?xml") && !start.starts_with(b"<rss") && !start.starts_with(b"<feed") {
        return None;
    }
    let head = start.get(..2048).unwrap_or(start);
    let holds = |needle: &[u8]| head.windows(needle.len()).any(|window| window == needle);
    if holds(b"<rss") || holds(b"<feed") || holds(b"<rdf:RDF") {
        Some("an RSS or Atom feed")
    } else {
        Some("XML")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_kind(head: &str, name: &str, expected: Kind) {
        assert_eq!(kind(head.as_bytes(), name), expected);
    }

    #[test]
    fn content_goes_before_the_name() {
        assert_kind("<!DOCTYPE HTML><p>x", "a.txt", Kind::Html);
        assert_kind("  <!-- saved -->\n<HTML lang=en>", "-", Kind::Html);
        assert_kind("<?xml version='1.0'?><html>", "a.xml", Kind::Html);
        assert_kind("{\"id\": 1}", "a.txt", Kind::Json);
        assert_kind("{\"id\": 1}", "a.jsonl.gz", Kind::JsonLines);
        assert_kind("[ {\"id\": 1}]", "-", Kind::Json);
        assert_kind("[]", "-", Kind::Json);
    }

    #[test]
    fn the_name_decides_where_the_content_does_not() {
        assert_kind("Snow fell.", "a.md", Kind::Markdown);
        assert_kind("Snow fell.", "a.MD.zst", Kind::Markdown);
        assert_kind("Snow fell.", "a", Kind::Text);
        assert_kind("half\": 1}", "a.jsonl", Kind::JsonLines);
        assert_kind("<b>Snow</b> fell.", "a.html", Kind::Html);
        assert_kind("<b>Snow</b> fell.", "a.txt", Kind::Text);
    }

    #[test]
    fn brackets_of_prose_are_no_json() {
        assert_kind("[Photo] Snow fell.", "a.txt", Kind::Text);
        assert_kind("{{ headline }}", "a.txt", Kind::Text);
        assert_kind("<pagan> rites", "a.txt", Kind::Text);
    }

    #[test]
    fn what_is_no_text_is_told() {
        assert_kind("%PDF-1.7", "a.txt", Kind::Binary("PDF"));
        assert_kind("a\0b", "a.txt", Kind::Binary("binary data"));
        assert_kind(
            "S\0n\0o\0w\0 \0f\0e\0l\0l\0",
            "a.txt",
            Kind::Binary("UTF-16 without a byte order mark (save it as UTF-8)"),
        );
        assert_kind(
            "<?xml version='1.0'?><rss>",
            "a",
            Kind::Unsupported("an RSS or Atom feed"),
        );
        assert_kind("WARC/1.0\r\n", "a", Kind::Unsupported("a web archive (WARC)"));
    }
}
