//! Sentences, headings and lines of provenance.

use rashomon_core::{Report, Sentence, SentenceKind, Span};

/// Returns the sentences of a report, without their tokens.
pub(crate) fn sentences(report: &Report) -> Vec<Sentence> {
    let text = report.text.as_str();
    let mut sentences = Vec::new();
    let (mut start, mut paragraph) = (0, 0);
    for line in text.split_inclusive('\n') {
        let line_span = Span::new(start, start + line.len()).trimmed(text);
        start += line.len();
        if line_span.is_empty() {
            continue;
        }
        let inside = line_span.text(text);
        let mut from = 0;
        let mut cuts: Vec<usize> = Vec::new();
        for (position, mark) in inside.char_indices() {
            if matches!(mark, '.' | '!' | '?') {
                let mut end = position + mark.len_utf8();
                while let Some(next) = inside[end..]
                    .chars()
                    .next()
                    .filter(|next| matches!(next, '”' | '"' | ')' | '’'))
                {
                    end += next.len_utf8();
                }
                let rest = &inside[end..];
                let word = inside[..position]
                    .rsplit(char::is_whitespace)
                    .next()
                    .unwrap_or_default();
                let abbreviation = mark == '.' && (word.len() < 3 || word.contains('.'));
                let follows = rest.trim_start().chars().next();
                if rest.starts_with(char::is_whitespace)
                    && !abbreviation
                    && follows.is_some_and(|next| next.is_uppercase() || matches!(next, '“' | '"' | '‘'))
                {
                    cuts.push(end);
                }
            }
        }
        cuts.push(inside.len());
        for cut in cuts {
            let span = Span::new(line_span.start + from, line_span.start + cut).trimmed(text);
            from = cut;
            if span.is_empty() {
                continue;
            }
            let kind = if report.is_provenance(span) {
                SentenceKind::Provenance
            } else if span == line_span && !span.text(text).ends_with(['.', '!', '"', '”']) && span.len() < 40
            {
                SentenceKind::Heading
            } else {
                SentenceKind::Text
            };
            sentences.push(Sentence {
                span,
                kind,
                paragraph,
                first_token: 0,
                last_token: 0,
            });
        }
        paragraph += 1;
    }
    sentences
}
