//! An invented story for the tests: three reports of a bridge that fell, and their ledger.

use rashomon_core::{
    Brief, Cell, Copy, Date, Difference, Entity, EntityKind, Fact, FactKind, Ledger, Mention, MentionKind,
    Place, Published, PublishedBasis, Quantity, QuantityRelation, Quote, QuoteKind, Reading, Report,
    Sentence, SentenceKind, Source, SourceKind, Span, Statement, Status, StoryEntity, StoryMention,
    StoryReadings, TimeExpression, TimeMention, TimeValue, Verdict,
};

use crate::{ComposeOptions, compose};

const HERALD: &str = "\
A footbridge over the River Orrin in Kesterby collapsed on Tuesday morning, killing at least 12 people.
The bridge fell at about 8:40 a.m. on Tuesday, police said.
“We heard a crack like thunder and then it was gone,” said Mira Tolland, a baker whose shop stands beside it.
Why It Matters
The collapse is the worst accident in the region since the mine fire of 2009.
What Happens Next
Mayor Ilse Brandt is expected to visit the site on Wednesday.
The city council will meet on Thursday to decide whether to close two bridges of the same make.
Reporting from North Wire contributed to this article.";

const WIRE: &str = "\
Fourteen people died when a footbridge over the River Orrin in Kesterby collapsed on Tuesday, the fire service said.
The bridge gave way at about 8:40 a.m., officials said.
A broken cable may have caused the collapse, an engineer said.
“No cable of ours has ever failed in thirty years,” said Jon Aldous, a spokesman for the builder, Halden Works.
Mayor Ilse Brandt will visit the site on Wednesday.";

const POST: &str = "\
Fourteen people died when a footbridge over the River Orrin in Kesterby collapsed on Tuesday, the fire service said.
The bridge gave way at about 8:40 a.m., officials said.
A broken cable caused the collapse, engineers have found.
The bridge was opened in 1998 and carried some 3,000 people a day.";

/// Lines that are headings or tell of the report itself.
const HEADINGS: &[&str] = &["Why It Matters", "What Happens Next"];
const PROVENANCE: &str = "Reporting from";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Returns where `words` stand in `text`.
fn at(text: &str, words: &str) -> Span {
    Span::of(text, words).unwrap_or_else(|| panic!("no '{words}'"))
}

/// Returns the three reports.
pub(crate) fn reports() -> Vec<Report> {
    let mut herald = Report::new("herald-1", HERALD);
    herald.outlet = Some("Kesterby Herald".to_owned());
    herald.title = Some("Bridge falls into the Orrin".to_owned());
    herald.byline = Some("Ada Quill".to_owned());
    herald.published = Published::stated(day("2031-05-06"));
    herald.credits = vec!["North Wire".to_owned()];
    let mut wire = Report::new("wire-7", WIRE);
    wire.outlet = Some("North Wire".to_owned());
    wire.title = Some("Fourteen die as footbridge falls in Kesterby".to_owned());
    wire.url = Some("https://northwire.example/kesterby?a=1&b=2".to_owned());
    wire.published = Published::stated(day("2031-05-06"));
    let mut post = Report::new("post-3", POST);
    post.outlet = Some("Orrin Post".to_owned());
    post.path = Some("reports/post-3.txt".to_owned());
    vec![herald, wire, post]
}

/// Returns a reading of a text in which every line is a sentence.
pub(crate) fn reading(text: &str) -> Reading {
    let mut reading = Reading::default();
    let mut start = 0;
    for (paragraph, line) in text.split('\n').enumerate() {
        let kind = if HEADINGS.contains(&line) {
            SentenceKind::Heading
        } else if line.starts_with(PROVENANCE) {
            SentenceKind::Provenance
        } else {
            SentenceKind::Text
        };
        reading.sentences.push(Sentence {
            span: Span::new(start, start + line.len()),
            kind,
            paragraph,
            ..Sentence::default()
        });
        start += line.len() + 1;
    }
    reading
}

/// Returns the sentence that a span stands in.
fn sentence_of(reading: &Reading, span: Span) -> usize {
    reading
        .sentences
        .iter()
        .position(|sentence| sentence.span.contains(span))
        .unwrap()
}

/// Adds a time, with a statement of its sentence.
fn time(reading: &mut Reading, text: &str, words: &str, value: TimeValue, status: Status) {
    let span = at(text, words);
    let sentence = sentence_of(reading, span);
    let value = Some(value);
    reading.times.push(TimeMention {
        span,
        sentence,
        expression: TimeExpression::Absolute(TimeValue::Year(2031)),
        value,
    });
    reading.statements.push(Statement {
        sentence,
        span: reading.sentences[sentence].span,
        status,
        times: vec![reading.times.len() - 1],
        ..Statement::default()
    });
}

/// Adds a person with a quote.
fn quote(reading: &mut Reading, text: &str, content: &str, name: &str, description: &str) {
    let span = at(text, name);
    let quoted = at(text, content);
    let sentence = sentence_of(reading, quoted);
    reading.entities.push(Entity {
        name: name.to_owned(),
        kind: EntityKind::Person,
        aliases: Vec::new(),
        descriptions: vec![description.to_owned()],
        mentions: vec![Mention {
            span,
            sentence,
            kind: MentionKind::Name,
        }],
    });
    reading.quotes.push(Quote {
        span: quoted,
        pieces: vec![quoted],
        sentence,
        kind: QuoteKind::Direct,
        speaker: Some(Source {
            span,
            name: name.to_owned(),
            entity: Some(0),
            kind: SourceKind::Person,
        }),
        via: None,
        cue: Span::of(text, "said"),
    });
}

/// Returns the readings of the three reports.
pub(crate) fn readings() -> Vec<Reading> {
    let tuesday = TimeValue::Day(day("2031-05-06"));
    let fall = TimeValue::Clock(day("2031-05-06"), 8, 40);
    let wednesday = TimeValue::Day(day("2031-05-07"));
    let mut herald = reading(HERALD);
    time(
        &mut herald,
        HERALD,
        "Tuesday morning",
        tuesday.clone(),
        Status::Asserted,
    );
    time(
        &mut herald,
        HERALD,
        "8:40 a.m. on Tuesday",
        fall.clone(),
        Status::Asserted,
    );
    time(
        &mut herald,
        HERALD,
        "Wednesday",
        wednesday.clone(),
        Status::Expected,
    );
    time(
        &mut herald,
        HERALD,
        "Thursday",
        TimeValue::Day(day("2031-05-08")),
        Status::Expected,
    );
    quote(
        &mut herald,
        HERALD,
        "“We heard a crack like thunder and then it was gone,”",
        "Mira Tolland",
        "a baker",
    );
    let toll = at(HERALD, "at least 12 people");
    herald.quantities.push(Quantity {
        span: toll,
        sentence: sentence_of(&herald, toll),
        low: Some(12.0),
        high: None,
        relation: QuantityRelation::AtLeast,
        unit: None,
        counted: Some("people".to_owned()),
        counted_span: None,
        trend: None,
        attributed_to: None,
    });
    let place = at(HERALD, "Kesterby");
    herald.places.push(Place {
        span: place,
        sentence: 0,
        name: "Kesterby".to_owned(),
        country: None,
        latitude: Some(51.5),
        longitude: Some(-2.0),
        geonames: None,
    });
    let mut wire = reading(WIRE);
    time(&mut wire, WIRE, "Tuesday", tuesday.clone(), Status::Asserted);
    time(&mut wire, WIRE, "8:40 a.m.", fall.clone(), Status::Asserted);
    time(&mut wire, WIRE, "Wednesday", wednesday, Status::Expected);
    let role = "a spokesman for the builder, Halden Works";
    quote(
        &mut wire,
        WIRE,
        "“No cable of ours has ever failed in thirty years,”",
        "Jon Aldous",
        role,
    );
    let mut post = reading(POST);
    time(&mut post, POST, "Tuesday", tuesday, Status::Asserted);
    time(&mut post, POST, "8:40 a.m.", fall, Status::Asserted);
    vec![herald, wire, post]
}

/// What a cell of a fact says: report, evidence, value, source, status.
type Said<'text> = (usize, &'text str, &'text str, Option<&'text str>, Status);

fn fact(
    id: usize,
    label: &str,
    kind: FactKind,
    (verdict, difference, reason): (Verdict, Option<Difference>, &str),
    (origins, weight): (usize, f64),
    cells: &[Said<'_>],
) -> Fact {
    let readings = readings();
    let cell = |&(report, evidence, value, source, status): &Said<'_>| {
        let evidence = at([HERALD, WIRE, POST][report], evidence);
        let sentence = sentence_of(&readings[report], evidence);
        Cell {
            report,
            sentence,
            span: readings[report].sentences[sentence].span,
            evidence,
            value: value.to_owned(),
            attributed_to: source.map(str::to_owned),
            status,
            origin: source
                .unwrap_or(["Kesterby Herald", "North Wire", "North Wire"][report])
                .to_owned(),
        }
    };
    Fact {
        id: format!("f{id}"),
        label: label.to_owned(),
        kind,
        verdict,
        difference,
        reason: reason.to_owned(),
        origins,
        weight,
        cells: cells.iter().map(cell).collect(),
    }
}

/// Returns the ledger of the three reports.
pub(crate) fn ledger() -> Ledger {
    use Status::{Asserted, Expected, Possible};
    let agree = (Verdict::Agree, None, "the reports say the same");
    let single = (Verdict::Single, None, "one report says it");
    let fire = Some("the fire service");
    let value = (
        Verdict::Differ,
        Some(Difference::Value),
        "people: at least 12 against 14",
    );
    let certainty = (
        Verdict::Differ,
        Some(Difference::Certainty),
        "another certainty: possible against asserted",
    );
    let facts = vec![
        fact(
            1,
            "how many people died",
            FactKind::Quantity,
            value,
            (2, 4.0),
            &[
                (
                    0,
                    "killing at least 12 people",
                    "at least 12 people",
                    None,
                    Asserted,
                ),
                (1, "Fourteen people died", "14 people", fire, Asserted),
                (2, "Fourteen people died", "14 people", fire, Asserted),
            ],
        ),
        fact(
            2,
            "when: the bridge fell",
            FactKind::Time,
            agree,
            (2, 3.0),
            &[
                (
                    0,
                    "at about 8:40 a.m. on Tuesday",
                    "2031-05-06T08:40",
                    Some("police"),
                    Asserted,
                ),
                (
                    1,
                    "at about 8:40 a.m.",
                    "2031-05-06T08:40",
                    Some("officials"),
                    Asserted,
                ),
                (
                    2,
                    "at about 8:40 a.m.",
                    "2031-05-06T08:40",
                    Some("officials"),
                    Asserted,
                ),
            ],
        ),
        fact(
            3,
            "what caused the collapse",
            FactKind::Status,
            certainty,
            (2, 2.8),
            &[
                (
                    1,
                    "A broken cable may have caused the collapse",
                    "may have caused",
                    Some("an engineer"),
                    Possible,
                ),
                (
                    2,
                    "A broken cable caused the collapse",
                    "caused",
                    Some("engineers"),
                    Asserted,
                ),
            ],
        ),
        fact(
            4,
            "a footbridge over the River Orrin in Kesterby",
            FactKind::Place,
            agree,
            (2, 2.5),
            &[
                (
                    0,
                    "over the River Orrin in Kesterby",
                    "River Orrin, Kesterby",
                    None,
                    Asserted,
                ),
                (
                    1,
                    "over the River Orrin in Kesterby",
                    "River Orrin, Kesterby",
                    fire,
                    Asserted,
                ),
                (
                    2,
                    "over the River Orrin in Kesterby",
                    "River Orrin, Kesterby",
                    fire,
                    Asserted,
                ),
            ],
        ),
        fact(
            5,
            "Mayor Ilse Brandt visits the site",
            FactKind::Event,
            agree,
            (2, 2.0),
            &[
                (
                    0,
                    "Mayor Ilse Brandt is expected to visit the site on Wednesday",
                    "2031-05-07",
                    None,
                    Expected,
                ),
                (
                    1,
                    "Mayor Ilse Brandt will visit the site on Wednesday",
                    "2031-05-07",
                    None,
                    Expected,
                ),
            ],
        ),
        fact(
            6,
            "the city council meets on Thursday",
            FactKind::Event,
            single,
            (1, 1.0),
            &[(
                0,
                "The city council will meet on Thursday",
                "2031-05-08",
                None,
                Expected,
            )],
        ),
        fact(
            7,
            "Jon Aldous on the cables",
            FactKind::Quote,
            single,
            (1, 0.9),
            &[(
                1,
                "No cable of ours has ever failed in thirty years",
                "“No cable of ours…”",
                Some("Jon Aldous"),
                Asserted,
            )],
        ),
        fact(
            8,
            "the bridge was opened in 1998",
            FactKind::Statement,
            single,
            (1, 0.5),
            &[(2, "The bridge was opened in 1998", "1998", None, Asserted)],
        ),
    ];
    let readings = readings();
    let mut entities = Vec::new();
    let mut entity_of = Vec::new();
    for (report, reading) in readings.iter().enumerate() {
        let mut own = Vec::new();
        for entity in &reading.entities {
            own.push(entities.len());
            let mentions = entity.mentions.iter();
            entities.push(StoryEntity {
                id: format!("e{}", entities.len() + 1),
                name: entity.name.clone(),
                kind: entity.kind,
                mentions: mentions
                    .map(|mention| StoryMention {
                        report,
                        span: mention.span,
                        kind: mention.kind,
                    })
                    .collect(),
            });
        }
        entity_of.push(own);
    }
    let stated = Published::stated(day("2031-05-06"));
    let inferred = Published {
        day: Some(day("2031-05-06")),
        instant: None,
        basis: PublishedBasis::Inferred,
        reason: Some("“Tuesday” is the day that the other reports name".to_owned()),
    };
    Ledger {
        facts,
        entities,
        entity_of,
        published: vec![stated.clone(), stated, inferred],
    }
}

/// Returns the story of the reports.
pub(crate) fn story(reports: &[Report]) -> StoryReadings<'_> {
    StoryReadings {
        id: "s-kesterby".to_owned(),
        reports: reports.iter().collect(),
        readings: readings(),
        copies: vec![Copy {
            report: 2,
            of: 1,
            share: 0.62,
            passages: vec![Span::new(0, at(POST, "A broken cable").start)],
        }],
    }
}

/// Returns the brief of the three reports.
pub(crate) fn brief(reports: &[Report]) -> Brief<'_> {
    compose(story(reports), ledger(), &ComposeOptions::default())
}

/// Returns the brief of one report without a ledger, in which every line is a sentence.
pub(crate) fn brief_of_one(report: &Report) -> Brief<'_> {
    let story = StoryReadings {
        id: "s-one".to_owned(),
        reports: vec![report],
        readings: vec![reading(&report.text)],
        copies: Vec::new(),
    };
    compose(story, Ledger::default(), &ComposeOptions::default())
}
