//! The same reports give the same bytes: with any number of threads, in any order, to any output.

// The helpers of a test may fail as loudly as the test itself.
#![allow(clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

mod support;

use std::fs;

use support::{TestEnvironment, examples, run};

const FORMATS: [&str; 4] = ["text", "markdown", "html", "json"];

/// Returns the brief of the examples in a format, with more arguments.
#[track_caller]
fn brief_of_examples(format: &str, more: &[&str]) -> String {
    let examples = examples();
    let arguments = ["brief", "--format", format, &examples];
    let outcome = run(arguments.into_iter().chain(more.iter().copied())).succeeded();
    assert!(outcome.stdout.len() > 1000, "{}", outcome.stdout);
    outcome.stdout
}

/// Asserts that two results are the same bytes, without printing all of them.
#[track_caller]
fn assert_same(one: &str, other: &str, what: &str) {
    let place = one
        .bytes()
        .zip(other.bytes())
        .position(|(one, other)| one != other);
    assert!(
        one == other,
        "{what}: {} and {} bytes, different from byte {place:?}",
        one.len(),
        other.len()
    );
}

#[test]
fn threads_change_nothing() {
    for format in FORMATS {
        let one = brief_of_examples(format, &["--threads", "1"]);
        assert_same(&one, &brief_of_examples(format, &["--threads", "2"]), format);
    }
}

#[test]
fn the_order_of_the_files_changes_nothing() {
    let mut files: Vec<String> = fs::read_dir(examples())
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .collect();
    files.sort();
    for format in FORMATS {
        let arguments = ["brief", "--format", format];
        let forward = run(arguments.into_iter().chain(files.iter().map(String::as_str))).succeeded();
        let backward = run(arguments
            .into_iter()
            .chain(files.iter().rev().map(String::as_str)))
        .succeeded();
        assert_same(&forward.stdout, &backward.stdout, format);
        assert_same(&forward.stdout, &brief_of_examples(format, &[]), format);
    }
}

#[test]
fn a_file_gets_the_bytes_of_standard_output() {
    let environment = TestEnvironment::new();
    let examples = examples();
    for format in FORMATS {
        let outcome = environment
            .run(["brief", "--format", format, "-o", "brief.out", &examples])
            .succeeded();
        assert_eq!(outcome.stdout, "");
        let written = fs::read_to_string(environment.path("brief.out")).unwrap();
        assert_same(&written, &brief_of_examples(format, &[]), format);
    }
}

#[test]
fn nothing_else_is_left_beside_the_output_file() {
    let environment = TestEnvironment::new();
    environment
        .run(["brief", "-o", "brief.txt", &examples()])
        .succeeded();
    let names: Vec<_> = fs::read_dir(environment.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["brief.txt"]);
}

#[test]
fn quiet_changes_nothing_in_the_result() {
    for format in FORMATS {
        let quiet = brief_of_examples(format, &["--quiet"]);
        assert_same(&quiet, &brief_of_examples(format, &[]), format);
    }
}

#[test]
fn the_other_commands_print_the_same_twice() {
    let examples = examples();
    for command in ["stories", "read", "extract"] {
        let one = run([command, "--threads", "1", &examples]).succeeded();
        let two = run([command, "--threads", "2", &examples]).succeeded();
        assert_same(&one.stdout, &two.stdout, command);
    }
}
