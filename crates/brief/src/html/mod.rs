//! A brief as one self-contained page: no scripts, nothing fetched, readable on a phone and on paper.

mod chart;
mod facts;
mod map;
mod reports;
mod story;

use minijinja::{Environment, context};
use serde::Serialize;

use rashomon_core::Brief;

use crate::summary::Summary;
use crate::view::{count, date_range, published_range};
use crate::{RenderError, Renderer};

const HEAD: &str = include_str!("../../templates/head.html");
const STORY: &str = include_str!("../../templates/story.html");
const FACTS: &str = include_str!("../../templates/facts.html");
const REPORTS: &str = include_str!("../../templates/reports.html");
const FOOT: &str = include_str!("../../templates/foot.html");
const STYLE: &str = include_str!("../../templates/style.css");

/// A line of the index of stories.
#[derive(Clone, Debug, Serialize)]
struct IndexEntry {
    anchor: String,
    headline: String,
    dates: Option<String>,
    reports: String,
    differ: usize,
}

/// Writes briefs as one page. The index of stories, which is known last, stands at the end of the page and is shown at
/// its top.
#[derive(Clone, Debug)]
pub struct Page {
    environment: Environment<'static>,
    summary: Summary,
    index: Vec<IndexEntry>,
}

impl Page {
    /// Returns a page without stories.
    pub fn new() -> Result<Self, RenderError> {
        let mut environment = Environment::new();
        environment.set_trim_blocks(true);
        environment.set_lstrip_blocks(true);
        for (name, source) in [
            ("head.html", HEAD),
            ("story.html", STORY),
            ("facts.html", FACTS),
            ("reports.html", REPORTS),
            ("foot.html", FOOT),
        ] {
            environment.add_template(name, source)?;
        }
        Ok(Self {
            environment,
            summary: Summary::default(),
            index: Vec::new(),
        })
    }

    fn render(&self, template: &str, values: impl Serialize) -> Result<String, RenderError> {
        Ok(self.environment.get_template(template)?.render(values)?)
    }
}

impl Renderer for Page {
    fn begin(&mut self) -> Result<String, RenderError> {
        self.render(
            "head.html",
            context! { style => STYLE, version => env!("CARGO_PKG_VERSION") },
        )
    }

    fn story(&mut self, brief: &Brief<'_>) -> Result<String, RenderError> {
        self.summary.add(brief);
        let anchor = format!("s{}", self.summary.stories);
        self.index.push(IndexEntry {
            anchor: anchor.clone(),
            headline: brief.headline.clone(),
            dates: date_range(published_range(brief)),
            reports: count(brief.story.reports.len(), "report"),
            differ: Summary::of(brief).differ,
        });
        self.render("story.html", story::StoryView::new(brief, &anchor))
    }

    fn end(&mut self) -> Result<String, RenderError> {
        let summary = &self.summary;
        let numbers: Vec<(usize, &str)> = [
            (
                summary.stories,
                if summary.stories == 1 { "story" } else { "stories" },
            ),
            (
                summary.reports,
                if summary.reports == 1 { "report" } else { "reports" },
            ),
            (
                summary.outlets.len(),
                if summary.outlets.len() == 1 {
                    "outlet"
                } else {
                    "outlets"
                },
            ),
            (
                summary.origins.len(),
                if summary.origins.len() == 1 {
                    "origin"
                } else {
                    "origins"
                },
            ),
            (summary.agree, "facts agree"),
            (summary.differ, "differ"),
            (summary.single, "in one report only"),
        ]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .collect();
        self.render(
            "foot.html",
            context! { numbers => numbers, index => self.index, version => env!("CARGO_PKG_VERSION") },
        )
    }
}

/// Returns the page of some briefs.
pub fn page(briefs: &[Brief<'_>]) -> Result<String, RenderError> {
    crate::document(&mut Page::new()?, briefs)
}
