//! The arguments, as typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use rashomon_brief::Length;

/// Reads many news reports and lays them side by side: one sourced brief of each story.
///
/// Every line of a brief is a report's own sentence, cited to the character. Nothing is fetched, nothing leaves
/// this machine, and the same input gives the same output.
#[derive(Debug, Parser)]
#[command(
    name = "rashomon",
    version,
    max_term_width = 100,
    after_help = "\
Examples:
  rashomon brief news/                          brief each story of a folder
  rashomon brief --format html -o day.html news/
  rashomon brief --same-story one.html two.txt  these belong together
  zcat wire.jsonl.gz | rashomon brief -

Exit codes: 0 done, 1 something could not be read (the rest was done), 2 wrong usage."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read, group, compare, and print a brief of each story
    #[command(after_help = "\
Examples:
  rashomon brief news/
  rashomon brief --same-story --format markdown monday.txt tuesday.html
  rashomon brief --format json news/ | jq '.stories[].facts[] | select(.verdict == \"differ\")'")]
    Brief(BriefArguments),
    /// Say which reports belong together: a table on a terminal, one JSON line a report elsewhere
    #[command(after_help = "\
Examples:
  rashomon stories news/
  rashomon stories --format text news/ | less
  rashomon stories --explain post-3 wire-7 news/   why two reports are together, or apart
  rashomon stories --ids-from monday.jsonl news/ > tuesday.jsonl   stories keep the ids of Monday
  rashomon stories wire.jsonl.zst | jq -r .story | sort | uniq -c")]
    Stories(StoriesArguments),
    /// Print the reading of each report: sentences, names, quotes, quantities, times, places, statements
    #[command(after_help = "\
Examples:
  rashomon read report.txt                    a JSON line a report
  rashomon read --format text report.txt      its text with names, quotes and numbers marked
  rashomon read --format inspect report.txt   its sentences as trees, for work on the rules
  rashomon read news/ | jq -c '.quotes[]'
  rashomon read news/ | jq -r '.tokens[] | select(.tag == \"VERB\") | .lemma' | sort | uniq -c")]
    Read(ReadArguments),
    /// Print the report in each file or page: title, text, byline, date, outlet, language
    #[command(after_help = "\
Examples:
  rashomon extract page.html
  rashomon extract --format text page.html
  rashomon extract pages/ > reports.jsonl")]
    Extract(ExtractArguments),
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct CommonArguments {
    /// Files and folders of reports (text, Markdown, HTML, JSON, JSON Lines, each also .gz or .zst); `-` is standard
    /// input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Write the result to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Show no progress and no summary
    #[arg(short, long)]
    pub(crate) quiet: bool,

    /// Use N threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// What `brief` takes.
#[derive(Debug, Args)]
pub(crate) struct BriefArguments {
    #[command(flatten)]
    pub(crate) common: CommonArguments,

    /// The form of the result
    #[arg(short, long, value_enum, default_value_t = BriefFormat::Text)]
    pub(crate) format: BriefFormat,

    /// The reports belong together: do not group them
    #[arg(long)]
    pub(crate) same_story: bool,

    /// What `rashomon stories` printed before, as JSON lines: a story keeps its id as it grows, and of stories that
    /// became one the id of the larger stays
    #[arg(long, value_name = "FILE")]
    pub(crate) ids_from: Option<PathBuf>,

    /// What "today" is, where reports do not say: the last day that an undated report may be of [default: what the
    /// reports say]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,

    /// How long the brief is: short, normal, long, or the most lines
    #[arg(long, value_name = "LENGTH", default_value = "normal")]
    pub(crate) length: Length,

    /// Your register of sources, TOML or CSV: each with its name and its grade, A (completely reliable) to F (cannot be
    /// judged) [default: all are F]
    #[arg(long, value_name = "FILE")]
    pub(crate) register: Option<PathBuf>,
}

/// What `stories` takes.
#[derive(Debug, Args)]
pub(crate) struct StoriesArguments {
    #[command(flatten)]
    pub(crate) common: CommonArguments,

    /// The form of the result [default: text on a terminal, else jsonl]
    #[arg(short, long, value_enum)]
    pub(crate) format: Option<StoriesFormat>,

    /// Say why two reports are in one story, or are not
    #[arg(long, num_args = 2, value_names = ["REPORT", "REPORT"], conflicts_with_all = ["format", "same_story"])]
    pub(crate) explain: Option<Vec<String>>,

    /// The reports belong together: do not group them
    #[arg(long)]
    pub(crate) same_story: bool,

    /// What `rashomon stories` printed before, as JSON lines: a story keeps its id as it grows, and of stories that
    /// became one the id of the larger stays
    #[arg(long, value_name = "FILE")]
    pub(crate) ids_from: Option<PathBuf>,
}

/// What `read` takes.
#[derive(Debug, Args)]
pub(crate) struct ReadArguments {
    #[command(flatten)]
    pub(crate) common: CommonArguments,

    /// The form of the result
    #[arg(short, long, value_enum, default_value_t = ReadFormat::Jsonl)]
    pub(crate) format: ReadFormat,
}

/// What `extract` takes.
#[derive(Debug, Args)]
pub(crate) struct ExtractArguments {
    #[command(flatten)]
    pub(crate) common: CommonArguments,

    /// The form of the result
    #[arg(short, long, value_enum, default_value_t = ExtractFormat::Jsonl)]
    pub(crate) format: ExtractFormat,
}

/// The form of a brief.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BriefFormat {
    /// For the terminal: colour on a terminal, plain in a pipe
    Text,
    /// Markdown
    Markdown,
    /// One self-contained page
    Html,
    /// One JSON document
    Json,
    /// The facts as comma-separated values: a row a cell
    Csv,
    /// The same table as Apache Parquet
    Parquet,
    /// A STIX 2.1 bundle
    Stix,
    /// The places as GeoJSON
    Geojson,
    /// What is expected, as iCalendar
    Ics,
    /// Articles, claims and quotations as JSON-LD of schema.org
    Jsonld,
}

/// The form of a list of stories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StoriesFormat {
    /// A JSON line a report
    #[value(alias = "json")]
    Jsonl,
    /// A table: a line a story
    Text,
}

/// The form of a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReadFormat {
    /// A JSON line a report
    #[value(alias = "json")]
    Jsonl,
    /// The text with its marks: colour on a terminal, brackets in a pipe
    Text,
    /// Sentence by sentence: tokens, lemmas and trees, and what was found, for work on the rules
    Inspect,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExtractFormat {
    /// A JSON line a report
    #[value(alias = "json")]
    Jsonl,
    /// For people
    Text,
}
