//! What the template of the reports in full shows.

use rashomon_core::{PublishedBasis, SentenceKind, SourceGrade, Span, Verdict};
use serde::Serialize;

use super::facts::number;
use super::story::Anchors;
use crate::view::{WHOLE_COPY, long_date, name_of, percent, published_basis, published_day};

/// A link from a sentence back to a fact that it stands in.
#[derive(Clone, Debug, Serialize)]
struct BackLink {
    href: String,
    number: String,
    label: String,
}

/// A piece of a sentence, with the facts that end with it.
#[derive(Clone, Debug, Serialize)]
struct TextPiece {
    text: String,
    /// "differ", "agree", or nothing where no shared fact stands on it.
    verdict: &'static str,
    back: Vec<BackLink>,
}

#[derive(Clone, Debug, Serialize)]
struct SentenceView {
    id: String,
    pieces: Vec<TextPiece>,
}

#[derive(Clone, Debug, Serialize)]
struct ParagraphView {
    kind: &'static str,
    sentences: Vec<SentenceView>,
}

#[derive(Clone, Debug, Serialize)]
struct CopyView {
    href: String,
    name: String,
    share: String,
}

/// A report in full.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ReportView {
    id: String,
    number: usize,
    name: String,
    title: Option<String>,
    byline: Option<String>,
    day: Option<String>,
    day_value: Option<String>,
    inferred: bool,
    reason: Option<String>,
    dateline: Option<String>,
    credits: String,
    copies: Vec<CopyView>,
    url: Option<String>,
    path: Option<String>,
    /// Most of it is another report's: its text is folded.
    folded: bool,
    grade: Option<&'static str>,
    paragraphs: Vec<ParagraphView>,
}

/// A fact's evidence in one report.
struct Evidence {
    span: Span,
    differs: bool,
    back: BackLink,
}

/// Returns for each sentence of a report the evidence of the facts that stand in several reports.
fn evidence_of(report: usize, sentences: usize, anchors: &Anchors<'_, '_>) -> Vec<Vec<Evidence>> {
    let mut all: Vec<Vec<Evidence>> = Vec::new();
    all.resize_with(sentences, Vec::new);
    // Cells stand in the order of the reports.
    for fact in anchors
        .shown
        .iter()
        .filter_map(|&fact| anchors.brief.ledger.facts.get(fact))
    {
        for cell in fact.cells.iter().filter(|cell| cell.report == report) {
            if let Some(evidence) = all.get_mut(cell.sentence) {
                let span = cell.evidence;
                let number = number(fact).to_owned();
                let differs = fact.verdict == Verdict::Differ;
                if evidence
                    .iter()
                    .any(|known| known.back.number == number && known.span == span)
                {
                    continue;
                }
                evidence.push(Evidence {
                    span,
                    differs,
                    back: BackLink {
                        href: format!("#{}-{}", anchors.id, fact.id),
                        number,
                        label: fact.label.clone(),
                    },
                });
            }
        }
    }
    all
}

/// Returns a sentence cut where a fact's evidence begins or ends.
fn pieces(text: &str, sentence: Span, evidence: &[Evidence]) -> Vec<TextPiece> {
    let inside = |position: usize| position.clamp(sentence.start, sentence.end);
    let mut cuts: Vec<usize> = vec![sentence.start, sentence.end];
    for one in evidence {
        cuts.extend([inside(one.span.start), inside(one.span.end)]);
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut pieces = Vec::new();
    for pair in cuts.windows(2) {
        let &[start, end] = pair else { continue };
        let covers = |one: &&Evidence| one.span.start <= start && end <= one.span.end;
        let verdict = match evidence.iter().filter(covers).map(|one| one.differs).max() {
            Some(true) => "differ",
            Some(false) => "agree",
            None => "",
        };
        let back = evidence
            .iter()
            .filter(|one| inside(one.span.end) == end && !one.span.is_empty());
        pieces.push(TextPiece {
            text: Span::new(start, end).text(text).to_owned(),
            verdict,
            back: back.map(|one| one.back.clone()).collect(),
        });
    }
    pieces
}

/// Returns the paragraphs of a report.
fn paragraphs(report: usize, anchors: &Anchors<'_, '_>) -> Vec<ParagraphView> {
    let text = anchors.text(report);
    let sentences = anchors
        .brief
        .story
        .readings
        .get(report)
        .map_or(&[][..], |reading| &reading.sentences);
    let evidence = evidence_of(report, sentences.len(), anchors);
    let mut paragraphs: Vec<ParagraphView> = Vec::new();
    let mut last = None;
    for ((place, sentence), evidence) in sentences.iter().enumerate().zip(&evidence) {
        let kind = match sentence.kind {
            SentenceKind::Text => "text",
            SentenceKind::Heading => "heading",
            SentenceKind::Provenance => "provenance",
        };
        let view = SentenceView {
            id: anchors.sentence(report, place),
            pieces: pieces(text, sentence.span, evidence),
        };
        match paragraphs.last_mut() {
            Some(paragraph) if last == Some((sentence.paragraph, sentence.kind)) => {
                paragraph.sentences.push(view);
            }
            _ => paragraphs.push(ParagraphView {
                kind,
                sentences: vec![view],
            }),
        }
        last = Some((sentence.paragraph, sentence.kind));
    }
    paragraphs
}

/// Returns a web address that may stand in a link: nothing but `http` and `https` does.
fn web_address(url: &str) -> Option<String> {
    let scheme = url.split(':').next().unwrap_or_default().to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https").then(|| url.to_owned())
}

/// Returns the reports of a story in full.
pub(super) fn reports(anchors: &Anchors<'_, '_>) -> Vec<ReportView> {
    let brief = anchors.brief;
    let views = brief.story.reports.iter().enumerate().map(|(position, report)| {
        let (basis, reason) = published_basis(brief, position);
        let day = published_day(brief, position);
        let copies = brief
            .story
            .copies
            .iter()
            .filter(|copy| copy.report == position)
            .map(|copy| CopyView {
                href: format!("#{}-r{}", anchors.id, copy.of + 1),
                name: name_of(anchors.names, copy.of).to_owned(),
                share: percent(copy.share),
            });
        ReportView {
            id: format!("{}-r{}", anchors.id, position + 1),
            number: position + 1,
            name: name_of(anchors.names, position).to_owned(),
            title: report.title.clone(),
            byline: report.byline.clone(),
            day: day.map(long_date),
            day_value: day.map(|day| day.to_string()),
            inferred: day.is_some() && basis == PublishedBasis::Inferred,
            reason: reason.map(str::to_owned),
            dateline: report.dateline.clone(),
            credits: report.credits.join(", "),
            copies: copies.collect(),
            url: report.url.as_deref().and_then(web_address),
            path: report.path.clone(),
            folded: brief
                .story
                .copies
                .iter()
                .any(|copy| copy.report == position && copy.share >= WHOLE_COPY),
            grade: brief
                .ledger
                .grades
                .get(position)
                .filter(|grade| **grade != SourceGrade::F)
                .map(|grade| grade.as_str()),
            paragraphs: paragraphs(position, anchors),
        }
    });
    views.collect()
}
