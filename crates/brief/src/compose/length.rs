//! How long a brief is.

use std::str::FromStr;

use rashomon_core::Date;

use super::ComposeOptions;

/// How long a brief is.
///
/// ```
/// use rashomon_brief::Length;
///
/// let options = "12".parse::<Length>()?.options(None);
/// let lines = options.what_happened + options.why_it_matters + options.what_to_know
///     + options.what_people_are_saying + options.what_happens_next;
/// assert_eq!(lines, 12);
/// assert!("tall".parse::<Length>().is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Length {
    /// A third of the lines.
    Short,
    /// As many lines as a page holds.
    #[default]
    Normal,
    /// Twice the lines.
    Long,
    /// At most so many lines.
    Lines(usize),
}

impl Length {
    /// Returns how a brief of this length is composed.
    pub fn options(self, as_of: Option<Date>) -> ComposeOptions {
        let normal = ComposeOptions {
            as_of,
            ..ComposeOptions::default()
        };
        match self {
            Self::Normal => normal,
            Self::Short => shared_out(&normal, total(&normal) / 3),
            Self::Long => shared_out(&normal, total(&normal) * 2),
            Self::Lines(lines) => shared_out(&normal, lines),
        }
    }
}

impl FromStr for Length {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "short" => Ok(Self::Short),
            "normal" => Ok(Self::Normal),
            "long" => Ok(Self::Long),
            _ => match text.parse() {
                Ok(lines) if lines > 0 => Ok(Self::Lines(lines)),
                _ => Err("a length is short, normal, long, or a number of lines from 1 on".to_owned()),
            },
        }
    }
}

/// Returns how many lines a brief has at most.
fn total(options: &ComposeOptions) -> usize {
    options.what_happened
        + options.why_it_matters
        + options.what_to_know
        + options.what_people_are_saying
        + options.what_happens_next
}

/// Returns options with `lines` lines in all, in the proportions of `normal`; what happened gets its first line before
/// all others.
fn shared_out(normal: &ComposeOptions, lines: usize) -> ComposeOptions {
    let whole = total(normal).max(1);
    let wanted = [
        normal.what_happened,
        normal.what_to_know,
        normal.what_people_are_saying,
        normal.what_happens_next,
        normal.why_it_matters,
    ];
    let mut given = wanted.map(|wanted| wanted.saturating_mul(lines) / whole);
    let mut left = lines - given.iter().sum::<usize>();
    // What division leaves over goes to the parts in the order of their weight.
    for given in &mut given {
        if left > 0 {
            *given += 1;
            left -= 1;
        }
    }
    let [
        what_happened,
        what_to_know,
        what_people_are_saying,
        what_happens_next,
        why_it_matters,
    ] = given;
    ComposeOptions {
        what_happened,
        why_it_matters,
        what_to_know,
        what_people_are_saying,
        what_happens_next,
        as_of: normal.as_of,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_shared_out_and_none_is_lost() {
        for lines in 1..100 {
            assert_eq!(total(&Length::Lines(lines).options(None)), lines);
        }
        assert_eq!(Length::Lines(1).options(None).what_happened, 1);
        assert_eq!(total(&Length::Short.options(None)), 10);
    }
}
