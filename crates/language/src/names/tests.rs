//! Names of whole texts: invented people and places.

use proptest::prelude::*;
use rashomon_core::{MentionKind, Report};

fn entities(text: &str) -> String {
    let reading = crate::read(&Report::new("r", text));
    let mut lines = Vec::new();
    for entity in &reading.entities {
        let mentions: Vec<String> = entity
            .mentions
            .iter()
            .map(|mention| {
                let mark = match mention.kind {
                    MentionKind::Name => "",
                    MentionKind::Description => "~",
                    MentionKind::Pronoun => "*",
                };
                format!("{mark}{}", mention.span.text(text))
            })
            .collect();
        let mut line = format!(
            "{} {}: {}",
            entity.kind.as_str(),
            entity.name,
            mentions.join(", ")
        );
        for alias in &entity.aliases {
            line.push_str("; alias ");
            line.push_str(alias);
        }
        for description in &entity.descriptions {
            line.push_str("; is ");
            line.push_str(description);
        }
        lines.push(line);
    }
    lines.join("\n")
}

#[test]
fn titles_are_no_part_of_names_but_describe() {
    insta::assert_snapshot!(
        entities("Foreign Minister Ada Brown met Mr. Dunn. French President Karl Weiss left Lisbon."),
        @r"
        person Ada Brown: Ada Brown; is Foreign Minister
        person Dunn: Dunn
        person Karl Weiss: Karl Weiss; is French President
        place Lisbon: Lisbon
        "
    );
}

#[test]
fn appositions_describe() {
    insta::assert_snapshot!(
        entities(
            "The deputy head of the harbour office, Ada Brown, waited. Karl Weiss, Portugal's assistant minister of fisheries, \
             said so."
        ),
        @r"
        person Ada Brown: Ada Brown; is deputy head of the harbour office
        person Karl Weiss: Karl Weiss; is Portugal's assistant minister of fisheries
        place Portugal: Portugal
        "
    );
}

#[test]
fn short_forms_join_the_person_mentioned_most() {
    insta::assert_snapshot!(
        entities(
            "Portuguese leader Ada Brown came to Lisbon. Brown spoke. Later the minister Tom Brown spoke too. Brown left, and \
             she waved. The Portuguese leader was tired."
        ),
        @r"
        person Ada Brown: Ada Brown, Brown, Brown, *she, ~The Portuguese leader; is Portuguese leader
        place Lisbon: Lisbon
        person Tom Brown: Tom Brown; is minister
        "
    );
}

#[test]
fn acronyms_are_aliases() {
    insta::assert_snapshot!(
        entities("The state-run Amber Central News Agency (ACNA) reported it. ACNA said no more. The European Union (EU) waits."),
        @r"
        organisation Amber Central News Agency: Amber Central News Agency, ACNA, ACNA; alias ACNA
        organisation European Union: European Union, EU; alias EU
        "
    );
}

#[test]
fn an_acronym_that_comes_before_its_name_is_one_too() {
    insta::assert_snapshot!(
        entities("A miner spoke to ACNA. The state-run Amber Central News Agency (ACNA) said no more."),
        @"organisation Amber Central News Agency: ACNA, Amber Central News Agency, ACNA; alias ACNA"
    );
}

#[test]
fn spellings_of_a_name_are_one_person() {
    insta::assert_snapshot!(
        entities("Kim Dae Mok spoke. Kim Dae-mok left with José Antunes. Jose Antunes said no."),
        @r"
        person Kim Dae Mok: Kim Dae Mok, Kim Dae-mok
        person José Antunes: José Antunes, Jose Antunes
        "
    );
}

#[test]
fn demonyms_days_and_first_words_are_no_names() {
    insta::assert_snapshot!(
        entities("Officials said on Monday that Chinese ships left. Later, German police came. What happened?"),
        @""
    );
}

#[test]
fn a_stranger_of_the_same_name_is_not_merged() {
    insta::assert_snapshot!(
        entities("Ada Brown met Tom Brown. Brown said nothing."),
        @r"
        person Ada Brown: Ada Brown
        person Tom Brown: Tom Brown
        person Brown: Brown
        "
    );
}

proptest! {
    #[test]
    fn every_span_of_a_reading_fits(
        text in "(Mr\\. |President |Kim |Ada Brown|Lisbon|the |said|\\. |, |\\(|\\)|’s |-|\n|he |“|” |of |\\PC){0,40}",
    ) {
        let reading = crate::read(&Report::new("r", text.as_str()));
        for mention in reading.entities.iter().flat_map(|entity| &entity.mentions) {
            prop_assert!(mention.span.fits(&text) && !mention.span.is_empty());
            prop_assert!(reading.sentences[mention.sentence].span.contains(mention.span));
        }
        for entity in &reading.entities {
            prop_assert!(entity.mentions.is_sorted_by_key(|mention| mention.span));
        }
        for place in &reading.places {
            prop_assert!(place.span.fits(&text));
        }
    }
}

#[test]
fn an_organisation_without_what_it_is_of_is_the_same() {
    let found = entities(
        "The Senate of Tarvesia met on Monday. Nobody from the Treasury came. The Senate voted at noon.",
    );
    assert!(
        found.contains("organisation Senate of Tarvesia: Senate of Tarvesia, Senate"),
        "{found}"
    );
}

#[test]
fn a_weekday_is_no_name() {
    let found = entities(
        "The ferry was towed back to Lindvik on Tuesday afternoon, and on Friday Lindvik buried the two sailors.",
    );
    assert!(!found.contains("Tuesday") && !found.contains("Friday"), "{found}");
}

#[test]
fn members_of_a_party_are_no_person() {
    let found = entities(
        "Karl Weiss aimed his fire at Republicans as well as Democrats, and asked what the Republicans stood for. He left. \
         Mr. Tom Banks said on Monday that Banks would pay.",
    );
    assert!(found.contains("other Republicans"), "{found}");
    assert!(found.contains("other Democrats"), "{found}");
    assert!(found.contains("person Tom Banks: Tom Banks, Banks"), "{found}");
    assert!(
        found.contains("person Karl Weiss: Karl Weiss, *his, *He"),
        "{found}"
    );
}

#[test]
fn who_says_something_of_a_person_is_another_person() {
    let found = entities(
        "Karl Weiss spoke for an hour on Monday. The visit of Bo Lind, he said, was a mistake. Tom Brown called him a liar.",
    );
    assert!(found.contains("person Karl Weiss: Karl Weiss, *he"), "{found}");
    assert!(
        !found.contains("Bo Lind, *he") && !found.contains("Tom Brown, *"),
        "{found}"
    );
}

#[test]
fn a_pronoun_goes_on_with_whom_the_text_tells_of() {
    let found = entities(
        "Ada Brown met Karl Weiss in Lisbon. The harbour, she said, must be dredged. Ships wait for days. “It is a shame,” she \
         said. In the end he paid Karl Weiss.",
    );
    assert!(
        found.contains("person Ada Brown: Ada Brown, *she, *she"),
        "{found}"
    );
}

#[test]
fn where_one_comes_from_is_no_part_of_the_name() {
    let found = entities("The gold went to Uzbek Lazar Fatter on Monday. Fatter won it for Senby.");
    assert!(found.contains("person Lazar Fatter"), "{found}");
    assert!(!found.contains("Uzbek Lazar"), "{found}");
}

#[test]
fn what_someone_is_names_nobody() {
    let found = entities(
        "Ada Brown opened the port of Senby on Monday. The Chief Judge came late, and God was thanked.",
    );
    assert!(found.contains("person Ada Brown: Ada Brown"), "{found}");
    assert!(!found.contains("Judge") && !found.contains("God"), "{found}");
}

#[test]
fn who_speaks_is_not_whom_he_names_in_passing() {
    let found = entities(
        "Karl Weiss spoke for an hour in Lisbon on Monday. He drew a bridge on the wall. Praising President Bo Lind, he said \
         that the harbour must be dredged.",
    );
    assert!(
        found.contains("person Karl Weiss: Karl Weiss, *He, *he"),
        "{found}"
    );
}
