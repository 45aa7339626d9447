//! Inputs that are broken, hostile or no reports at all: each is named with its reason, and all else is read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper of a test fails the test"
)]

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use rashomon_core::Report;
use rashomon_ingest::{IngestError, ReadOptions, list_files, read_bytes, read_file, read_stream};

/// Returns the reports and the messages of a reading, in order.
fn collect(read: impl FnOnce(&mut dyn FnMut(Result<Report, IngestError>))) -> (Vec<Report>, Vec<String>) {
    let (mut reports, mut messages) = (Vec::new(), Vec::new());
    read(&mut |result| match result {
        Ok(report) => reports.push(report),
        Err(error) => messages.push(error.to_string()),
    });
    (reports, messages)
}

fn read_with(bytes: &[u8], name: &str, options: &ReadOptions) -> (Vec<Report>, Vec<String>) {
    collect(|sink| read_bytes(bytes, name, options, sink))
}

fn read(bytes: &[u8], name: &str) -> (Vec<Report>, Vec<String>) {
    read_with(bytes, name, &ReadOptions::default())
}

/// Asserts that nothing but this one failure comes of the bytes.
#[track_caller]
fn assert_fails(bytes: &[u8], name: &str, message: &str) {
    let (reports, messages) = read(bytes, name);
    assert_eq!(messages, [message]);
    assert_eq!(reports, []);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

const ROWS: &str = "{\"id\":\"a\",\"text\":\"Snow fell.\"}\n{\"id\":\"b\",\"text\":\"It melted.\"}\n";

#[test]
fn empty_input() {
    assert_fails(b"", "a.txt", "a.txt: is empty; remove it or fill it");
    assert_fails(b" \n\t\r\n ", "a.txt", "a.txt: is empty; remove it or fill it");
    assert_fails(b"\xEF\xBB\xBF", "a.txt", "a.txt: is empty; remove it or fill it");
    assert_fails(b" \n", "a.md", "a.md: is empty; remove it or fill it");
    assert_fails(b" \n", "a.jsonl", "a.jsonl: is empty; remove it or fill it");
    assert_fails(b" \n", "a.json", "a.json: is empty; remove it or fill it");
    assert_fails(b" [ ] ", "a.json", "a.json: is empty; remove it or fill it");
    assert_fails(&gzip(b""), "a.gz", "a.gz: is empty; remove it or fill it");
}

#[test]
fn binary_input() {
    let not_text =
        |what: &str| format!("a.txt: not text: looks like {what}; give text, Markdown, HTML or JSON");
    assert_fails(b"\x89PNG\r\n\x1a\n\0\0", "a.txt", &not_text("PNG"));
    assert_fails(b"\x7FELF\x02\x01", "a.txt", &not_text("ELF (a program)"));
    assert_fails(b"%PDF-1.7\n", "a.txt", &not_text("PDF"));
    assert_fails(b"Snow\0fell", "a.txt", &not_text("binary data"));
    let late = [vec![b'x'; 20_000], vec![0]].concat();
    assert_fails(&late, "a.txt", &not_text("binary data"));
    assert_fails(
        &gzip(&gzip(b"Snow")),
        "a.txt",
        &not_text("gzip inside another packing"),
    );
}

#[test]
fn too_large_input() {
    let mut options = ReadOptions::default();
    options.max_report_bytes = 100;
    options.max_document_bytes = 300;
    options.max_file_bytes = 1000;
    let message = "a.txt: one report is larger than 100 bytes; split it or raise the limit";
    assert_eq!(read_with(&[b'x'; 101], "a.txt", &options).1, [message]);
    assert_eq!(read_with(&[b'x'; 100], "a.txt", &options).0.len(), 1);
    // A long line is named, those around it are read.
    let rows = format!(
        "{{\"text\":\"one\"}}\n{{\"text\":\"{}\"}}\n{{\"text\":\"three\"}}\n",
        "x".repeat(200)
    );
    let (reports, messages) = read_with(rows.as_bytes(), "a.jsonl", &options);
    assert_eq!(
        messages,
        ["a.jsonl, line 2: one report is larger than 100 bytes; split it or raise the limit"]
    );
    assert_eq!(
        reports
            .iter()
            .map(|report| report.id.as_str())
            .collect::<Vec<_>>(),
        ["a-1", "a-3"]
    );
    // Rows without end.
    let rows = "{\"text\":\"one\"}\n".repeat(100);
    let (reports, messages) = read_with(rows.as_bytes(), "a.jsonl", &options);
    assert_eq!(
        messages,
        ["a.jsonl: the unpacked file is larger than 1000 bytes; split it or raise the limit"]
    );
    assert_eq!(reports.len(), 66);
    let list = format!("[{}]", vec!["{\"text\":\"one\"}"; 40].join(","));
    assert_eq!(
        read_with(list.as_bytes(), "a.json", &options).1,
        ["a.json: one JSON document is larger than 300 bytes; split it or raise the limit"]
    );
}

#[test]
fn endless_input() {
    for start in [
        "Snow ",
        "{\"text\":\"",
        "[{\"text\":\"",
        "<html>",
        "\u{feff}{\"text\": ",
    ] {
        for name in ["-", "a.jsonl", "a.json", "a.html"] {
            let mut options = ReadOptions::default();
            options.max_report_bytes = 1 << 20;
            options.max_document_bytes = 2 << 20;
            options.max_file_bytes = 3 << 20;
            let mut reader = start.as_bytes().chain(io::repeat(b'x'));
            let (reports, messages) = collect(|sink| read_stream(&mut reader, name, &options, sink));
            assert_eq!((reports.len(), messages.len()), (0, 1), "{start} {name}");
            assert!(messages[0].contains("is larger than"), "{messages:?}");
        }
    }
}

#[test]
fn compressed_input() {
    for pack in [gzip, zstd] {
        assert_eq!(read(&pack(b"Snow fell."), "a.txt").0[0].text, "Snow fell.");
        assert_eq!(read(&pack(ROWS.as_bytes()), "-").0.len(), 2);
        // Several packed parts behind one another.
        let parts = [pack(b"{\"text\":\"one\"}\n"), pack(b"{\"text\":\"two\"}\n")].concat();
        assert_eq!(read(&parts, "a.jsonl").0.len(), 2);
    }
    // Unpacked bytes under a packed name are read as they are.
    assert_eq!(read(b"Snow fell.", "a.txt.gz").0[0].id, "a");
}

#[test]
fn truncated_compressed_input() {
    let text = (0..20_000)
        .map(|number| format!("Road {} is closed. ", number * number % 7919))
        .collect::<Vec<String>>()
        .concat();
    for (pack, format) in [(gzip as fn(&[u8]) -> Vec<u8>, "gzip"), (zstd, "zstd")] {
        let whole = pack(text.as_bytes());
        let half = &whole[..whole.len() / 2];
        let (reports, messages) = read(half, "a.txt");
        assert_eq!(reports, []);
        assert_eq!(messages.len(), 1);
        let start = format!("a.txt: its {format} data is cut off or damaged");
        assert!(messages[0].starts_with(&start), "{messages:?}");
        let (_, messages) = read(&whole[..6], "a.txt");
        assert!(messages[0].starts_with(&start), "{messages:?}");
    }
    // Rows before the cut are kept.
    let rows = (0..5000)
        .map(|number| format!("{{\"text\":\"Road {} closed\"}}\n", number * number))
        .collect::<Vec<String>>()
        .concat();
    let whole = gzip(rows.as_bytes());
    let (reports, messages) = read(&whole[..whole.len() / 2], "a.jsonl.gz");
    assert!(reports.len() > 1000, "{}", reports.len());
    assert_eq!(messages.len(), 1);
}

#[test]
fn a_bomb_is_stopped() {
    let mut options = ReadOptions::default();
    options.max_file_bytes = 8 << 20;
    let zeros = vec![b'\n'; 64 << 20];
    let rows = [b"{\"text\":\"one\"}\n".as_slice(), &zeros].concat();
    for pack in [gzip, zstd] {
        let bomb = pack(&rows);
        assert!(bomb.len() < 1 << 20);
        let (reports, messages) = read_with(&bomb, "a.jsonl", &options);
        assert_eq!(reports.len(), 1);
        assert_eq!(
            messages,
            ["a.jsonl: the unpacked file is larger than 8388608 bytes; split it or raise the limit"]
        );
        assert_eq!(
            read_with(&pack(&vec![b'x'; 64 << 20]), "a.txt", &options).1.len(),
            1
        );
    }
}

#[test]
fn deeply_nested_json() {
    let deep = format!("{{\"text\":{}1{}}}", "[".repeat(200_000), "]".repeat(200_000));
    assert_fails(
        deep.as_bytes(),
        "a.json",
        "a.json: its \"text\" is a list where a text is needed",
    );
    let beside = format!(
        "{{\"other\":{}1{},\"text\":\"Snow fell.\"}}",
        "[".repeat(200_000),
        "]".repeat(200_000)
    );
    assert!(read(beside.as_bytes(), "a.json").0.len() + read(beside.as_bytes(), "a.json").1.len() == 1);
    let authors = format!(
        "{{\"text\":\"x\",\"authors\":{}1{}}}",
        "[".repeat(200_000),
        "]".repeat(200_000)
    );
    assert_fails(
        authors.as_bytes(),
        "a.json",
        "a.json: its \"byline\" is a list where a text is needed",
    );
    for open in ["[", "{\"a\":", "[{\"a\":"] {
        let (reports, messages) = read(open.repeat(200_000).as_bytes(), "a.json");
        assert_eq!((reports.len(), messages.len()), (0, 1), "{open}");
    }
}

#[test]
fn costly_pages() {
    let deep = "<div>".repeat(100_000);
    assert_fails(
        deep.as_bytes(),
        "a.html",
        "a.html: the web page is nested too deeply (limit 256); save the article's text instead",
    );
    let wide = format!("<html>{}", "<p>x".repeat(100_000));
    assert_fails(
        wide.as_bytes(),
        "a.html",
        "a.html: the web page has too many elements (limit 50000); save the article's text instead",
    );
    let row = format!(
        "{{\"html\":\"{}\"}}\n{{\"text\":\"Snow\"}}\n",
        "<div>".repeat(1000)
    );
    let (reports, messages) = read(row.as_bytes(), "a.jsonl");
    assert_eq!(reports.len(), 1);
    assert_eq!(
        messages,
        ["a.jsonl, line 1: the web page is nested too deeply (limit 256); save the article's text instead"]
    );
    assert_eq!(read(b"<!doctype html><title>x</title>", "a.html").1.len(), 1);
}

#[test]
fn pages_of_one_long_text() {
    let page = format!(
        "<html><body><article><p>{}</p></article></body></html>",
        "Snow fell in Ostby. ".repeat(100_000)
    );
    let (reports, _) = read(page.as_bytes(), "a.html");
    assert_eq!(reports.len(), 1);
}

#[test]
fn encodings() {
    let utf16: Vec<u8> = "\u{feff}Schnee in Östby."
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(read(&utf16, "a.txt").0[0].text, "Schnee in Östby.");
    let utf16: Vec<u8> = format!("\u{feff}{ROWS}")
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    assert_eq!(read(&utf16, "-").0.len(), 2);
    let half = &utf16[..utf16.len() - 1];
    assert_fails(
        half,
        "a.jsonl",
        "a.jsonl: not UTF-8 at byte 124; save it as UTF-8",
    );
    assert_eq!(read(b"Caf\xE9 in Ostby", "a.txt").0[0].text, "Café in Ostby");
    assert_fails(
        b"Caf\xC3\xA9 \xFF\xFE",
        "a.txt",
        "a.txt: not UTF-8 at byte 6; save it as UTF-8",
    );
    assert_fails(
        b"\xEF\xBB\xBFCaf\xE9",
        "a.txt",
        "a.txt: not UTF-8 at byte 3; save it as UTF-8",
    );
    let (reports, messages) = read(b"{\"text\":\"Snow\"}\n{\"text\":\"Caf\xE9\"}\n", "a.jsonl");
    assert_eq!(reports.len(), 1);
    assert_eq!(
        messages,
        ["a.jsonl, line 2: not UTF-8 at byte 12; save it as UTF-8"]
    );
    assert_eq!(read(b"\xEF\xBB\xBF{\"text\":\"Snow\"}", "-").0[0].text, "Snow");
}

#[test]
fn broken_json() {
    let rows = "{\"id\":\"a\",\"text\":\"Snow\"}\n\n{\"id\":\"b\",\"te\n{\"id\":\"c\",\"text\":\"Rain\"}\n";
    let (reports, messages) = read(rows.as_bytes(), "a.jsonl");
    assert_eq!(
        reports
            .iter()
            .map(|report| report.id.as_str())
            .collect::<Vec<_>>(),
        ["a", "c"]
    );
    assert_eq!(
        messages,
        ["a.jsonl, line 3: broken JSON: it ends in the middle of a string at column 13; mend or remove it"]
    );
    assert_fails(
        b"[{\"text\":\"Sn",
        "a.json",
        "a.json: broken JSON: it ends in the middle of a string at line 1 column 12; mend or remove it",
    );
    // Rows before the break are kept.
    let (reports, messages) = read(b"[{\"text\":\"Snow\"},\n{\"text\":\"Rain\"}", "a.json");
    assert_eq!((reports.len(), messages.len()), (2, 1));
    let (reports, messages) = read(b"{\"text\":\"Snow\"}{\"text\":\"Rain\"}", "a.json");
    assert_eq!((reports.len(), messages.len()), (0, 1));
}

#[test]
fn json_that_is_no_report() {
    assert_fails(
        b"{\"id\":1}",
        "a.json",
        "a.json: has no \"text\" and no \"title\"; give the row one or remove it",
    );
    assert_fails(
        b"{\"text\":null}",
        "a.json",
        "a.json: has no \"text\" and no \"title\"; give the row one or remove it",
    );
    assert_fails(
        b"{\"text\":\" \"}",
        "a.json",
        "a.json: its \"text\" is empty and it has no \"title\"; fill one or remove the row",
    );
    assert_fails(
        b"{\"text\":7}",
        "a.json",
        "a.json: its \"text\" is a number where a text is needed",
    );
    assert_fails(
        b"{\"text\":\"a\",\"title\":{\"b\":1}}",
        "a.json",
        "a.json: its \"title\" is an object where a text is needed",
    );
    assert_fails(
        b"{\"text\":\"a\",\"byline\":[1]}",
        "a.json",
        "a.json: its \"byline\" is a number where a text is needed",
    );
    assert_fails(
        b"[{\"text\":\"a\"},7]".get(13..).unwrap(),
        "a.jsonl",
        "a.jsonl, line 1: a JSON object is needed, not something else",
    );
    let (reports, messages) = read(b"[{\"text\":\"a\"},7]", "a.json");
    assert_eq!(reports[0].id, "a-1");
    assert_eq!(messages, ["a.json, row 2: a JSON object is needed, not a number"]);
    // A bad date is no reason to lose a report.
    let (reports, messages) = read(b"{\"text\":\"a\",\"published\":\"soon\"}", "a.json");
    assert_eq!((reports[0].published.day, messages.len()), (None, 0));
}

#[test]
fn very_many_broken_rows_are_counted() {
    let (_, messages) = read("{\"a\":1}\n".repeat(150).as_bytes(), "a.jsonl");
    assert_eq!(messages.len(), 101);
    assert_eq!(
        messages[100],
        "a.jsonl: 50 more rows are broken and were not named; mend the file"
    );
}

#[test]
fn a_folder_with_a_broken_file_among_good_ones() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    write("b.txt", b"Snow fell.");
    write("a/z.txt", b"Rain fell.");
    write("c.txt", b"\x89PNG");
    write("d.jsonl", ROWS.as_bytes());
    write(".hidden.txt", b"No.");
    write(".git/x.txt", b"No.");
    let files = list_files(folder.path()).unwrap();
    let (reports, messages) = collect(|sink| {
        for file in &files {
            read_file(file, &ReadOptions::default(), sink);
        }
    });
    assert_eq!(
        reports
            .iter()
            .map(|report| report.id.as_str())
            .collect::<Vec<_>>(),
        ["z", "b", "a", "b"]
    );
    assert_eq!(messages.len(), 1);
    assert!(
        messages[0].contains("c.txt: not text: looks like PNG"),
        "{messages:?}"
    );
}

#[test]
fn paths_that_do_not_exist() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("reports.jsonl"), ROWS).unwrap();
    fs::create_dir(folder.path().join("storms")).unwrap();
    let suggestion = |name: &str| match list_files(&folder.path().join(name)) {
        Err(IngestError::NotFound { suggestion, .. }) => suggestion.map(|path| {
            Path::new(&path)
                .strip_prefix(folder.path())
                .unwrap()
                .display()
                .to_string()
        }),
        other => panic!("{other:?}"),
    };
    assert_eq!(suggestion("report.jsonl").as_deref(), Some("reports.jsonl"));
    assert_eq!(suggestion("reports").as_deref(), Some("reports.jsonl"));
    assert_eq!(suggestion("storm/a.txt").as_deref(), Some("storms"));
    assert_eq!(suggestion("something else"), None);
    let (_, messages) = collect(|sink| read_file(Path::new("no-such-file"), &ReadOptions::default(), sink));
    assert_eq!(
        messages,
        ["no-such-file: no such file or folder; check the spelling"]
    );
}

#[cfg(unix)]
#[test]
fn files_that_cannot_be_opened() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = tempfile::tempdir().unwrap();
    symlink("loop-b", folder.path().join("loop-a")).unwrap();
    symlink("loop-a", folder.path().join("loop-b")).unwrap();
    symlink(folder.path(), folder.path().join("circle")).unwrap();
    symlink("nowhere", folder.path().join("dangling")).unwrap();
    let locked = folder.path().join("locked.txt");
    fs::write(&locked, "Snow fell.").unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let files = list_files(folder.path()).unwrap();
    let names: Vec<_> = files
        .iter()
        .map(|file| file.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names, ["dangling", "locked.txt", "loop-a", "loop-b"]);
    // Root may open any file.
    let expected = if fs::read(&locked).is_ok() { 3 } else { 4 };
    let (_, messages) = collect(|sink| {
        for file in &files {
            read_file(file, &ReadOptions::default(), sink);
        }
    });
    assert_eq!(messages.len(), expected, "{messages:?}");
    assert!(
        messages.iter().all(|message| message.contains("cannot be read")),
        "{messages:?}"
    );
    let (_, messages) = collect(|sink| read_file(folder.path(), &ReadOptions::default(), sink));
    assert!(messages[0].contains("is a folder"), "{messages:?}");
}

#[test]
fn a_stream_that_fails() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the cable is cut"))
        }
    }
    let mut reader = b"Snow".chain(Failing);
    let (reports, messages) = collect(|sink| read_stream(&mut reader, "-", &ReadOptions::default(), sink));
    assert_eq!(reports, []);
    assert_eq!(
        messages,
        ["-: cannot be read: the cable is cut; check its permissions"]
    );
}
