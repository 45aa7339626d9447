//! Progress on long work: shown on a terminal, and nowhere else.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressStyle};

use crate::input::say;

/// Whether progress is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Progress {
    shown: bool,
}

impl Progress {
    /// Returns progress that is shown where standard error is a terminal and the user did not ask for quiet.
    pub(crate) fn new(quiet: bool) -> Self {
        Self {
            shown: !quiet && std::io::stderr().is_terminal(),
        }
    }

    /// Starts the progress of a work of so many steps.
    pub(crate) fn start(self, what: &'static str, steps: usize) -> Bar {
        let bar = if self.shown {
            ProgressBar::new(steps as u64)
        } else {
            ProgressBar::hidden()
        };
        if let Ok(style) = ProgressStyle::with_template("{msg:>12} [{bar:30}] {pos}/{len} {eta}") {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(what);
        Bar { bar }
    }
}

/// The progress of one work; it vanishes when dropped.
pub(crate) struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// Counts a step.
    pub(crate) fn step(&self) {
        self.bar.inc(1);
    }

    /// Says something on standard error above the bar.
    pub(crate) fn say(&self, message: &str) {
        self.bar.suspend(|| say(message));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
