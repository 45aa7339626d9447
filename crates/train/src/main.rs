//! Makes the models and tables of `models/` from public corpora, each by one command.

mod alignment;
mod boosting;
mod gazetteer;
mod lemmas;
mod quotes;
mod reader;

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Makes the models and tables of `models/` from public corpora.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// What to make.
#[derive(Subcommand)]
enum Command {
    /// The model of alignment, from annotated stories
    Alignment {
        /// The folder of annotated stories
        folder: PathBuf,
        /// Where the model goes
        #[arg(long, default_value = "models/alignment.json")]
        output: PathBuf,
    },
    /// The gazetteer of places, from tables of GeoNames
    Gazetteer {
        /// The folder with the tables
        folder: PathBuf,
        /// Where the gazetteer goes
        #[arg(long, default_value = "models/gazetteer.tsv")]
        output: PathBuf,
    },
    /// The rules for lemmas, from treebanks
    Lemmas {
        /// The folder of treebanks
        folder: PathBuf,
        /// Where the rules go
        #[arg(long, default_value = "models/lemmas.tsv")]
        output: PathBuf,
    },
    /// The models that choose what a quotation belongs to and who says it, from attributions in news
    Quotes {
        /// The folder with the corpus
        folder: PathBuf,
        /// Where the models go
        #[arg(long, default_value = "models/quotes.json")]
        output: PathBuf,
    },
    /// The network that reads parts of speech, trees and names, from treebanks and corpora of names
    Reader {
        /// The folder of all training data
        folder: PathBuf,
        /// Where the model goes
        #[arg(long, default_value = "models/reader.bin")]
        output: PathBuf,
        /// How often the corpora are gone through
        #[arg(long, default_value_t = 20)]
        epochs: usize,
        /// Learn from the development sets of EWT and of names too: their scores then say nothing
        #[arg(long)]
        all: bool,
    },
}

/// Says something of the progress on standard error.
pub(crate) fn say(message: &str) {
    let _ = writeln!(std::io::stderr(), "{message}");
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Alignment { folder, output } => alignment::train(&folder, &output),
        Command::Gazetteer { folder, output } => gazetteer::make(&folder, &output),
        Command::Lemmas { folder, output } => lemmas::train(&folder, &output),
        Command::Quotes { folder, output } => quotes::train(&folder, &output),
        Command::Reader {
            folder,
            output,
            epochs,
            all,
        } => reader::train(&folder, &output, epochs, all),
    }
}
