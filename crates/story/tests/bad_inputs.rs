//! Inputs that nobody wants: none of them makes a story of all, and none of them takes long.

#[cfg(test)]
mod tests {
    use rashomon_core::{Published, Report};
    use rashomon_story::{ReportSignature, StoryIds, group, origins, signature};

    const FERRY: &str =
        "A ferry ran aground off Lindvik on Monday with 300 people on board. Nobody was hurt.";
    const FERRY_AGAIN: &str =
        "Tugs freed the ferry off Lindvik; the 300 people on board were not hurt, the harbour master said.";
    const BANK: &str = "The national bank of Ostrenia left its rate at 3.5 percent and lowered its forecast.";

    fn signed(texts: &[String]) -> Vec<ReportSignature> {
        texts
            .iter()
            .enumerate()
            .map(|(number, text)| signature(&Report::new(format!("{number:06}"), text.as_str())))
            .collect()
    }

    fn sizes(signatures: &[ReportSignature]) -> Vec<usize> {
        let mut sizes: Vec<usize> = group(signatures)
            .iter()
            .map(|story| story.reports.len())
            .collect();
        sizes.sort_unstable();
        sizes.reverse();
        sizes
    }

    /// Words of a language of its own: syllables in an order that `seed` decides.
    fn invented(seed: usize, words: usize) -> String {
        let syllables = [
            "ka", "lo", "mi", "tu", "re", "sho", "ван", "го", "λι", "δα", "ñu", "åk", "ız", "şe", "čo",
        ];
        let mut state = seed as u64 * 2_654_435_761 + 1;
        let mut text = String::new();
        for _ in 0..words {
            for _ in 0..3 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                text.push_str(syllables[(state >> 33) as usize % syllables.len()]);
            }
            text.push(' ');
        }
        text
    }

    #[test]
    fn a_report_of_one_word_stands_alone() {
        let texts = [FERRY, FERRY_AGAIN, "Lindvik", "ferry", "", " ", "🎉", "the"].map(str::to_owned);
        assert_eq!(sizes(&signed(&texts))[0], 2);
    }

    #[test]
    fn a_hundred_languages_are_a_hundred_stories() {
        let mut texts = Vec::new();
        for language in 0..100 {
            let event = invented(language, 40);
            texts.push(event.clone());
            texts.push(format!("{} {event}", invented(language + 1_000, 8)));
        }
        let sizes = sizes(&signed(&texts));
        assert_eq!(sizes, [2; 100]);
    }

    #[test]
    fn dates_of_1970_and_of_the_future_neither_join_nor_hide() {
        let dated = |id: &str, text: &str, day: &str| {
            let mut report = Report::new(id, text);
            report.published = Published::stated(day.parse().unwrap());
            signature(&report)
        };
        let stories = group(&[
            dated("a", FERRY, "1970-01-01"),
            dated("b", BANK, "1970-01-01"),
            dated("c", FERRY_AGAIN, "1970-01-01"),
            dated("d", BANK, "9999-12-31"),
        ]);
        let sizes: Vec<usize> = stories.iter().map(|story| story.reports.len()).collect();
        assert_eq!(sizes.iter().sum::<usize>(), 4);
        assert!(stories.iter().any(|story| story.reports == [0, 2]), "{stories:?}");
        assert!(sizes.iter().all(|&size| size <= 2));
    }

    #[test]
    fn a_flood_of_weather_is_no_mega_story() {
        let mut texts: Vec<String> = (0..3_000)
            .map(|number| {
                let place = invented(number, 2);
                format!(
                    "Weather for {place}: {} degrees, wind {} km/h. Rain in {place} by {} o'clock, then sun.",
                    number % 37,
                    number % 53,
                    number % 24
                )
            })
            .collect();
        texts.extend([FERRY, FERRY_AGAIN, BANK].map(str::to_owned));
        let signatures = signed(&texts);
        let sizes = sizes(&signatures);
        assert_eq!(sizes.iter().sum::<usize>(), 3_003);
        assert!(sizes[0] < 300, "{:?}", &sizes[..5]);
        assert!(
            group(&signatures)
                .iter()
                .any(|story| story.reports == [3_000, 3_001])
        );
    }

    #[test]
    fn a_flood_of_stock_tables_is_no_mega_story() {
        let texts: Vec<String> = (0..2_000)
            .map(|number| {
                format!(
                    "{} shares closed at {}.{:02}, up {}.1 percent; volume {}.",
                    invented(number, 1),
                    number,
                    number % 100,
                    number % 9,
                    number * 31
                )
            })
            .collect();
        let sizes = sizes(&signed(&texts));
        assert!(sizes[0] < 200, "{:?}", &sizes[..5]);
    }

    #[test]
    fn one_event_told_a_hundred_times_is_one_story_beside_others() {
        let mut texts: Vec<String> = (0..100)
            .map(|number| format!("{FERRY} {} {FERRY_AGAIN}", invented(number, 4)))
            .collect();
        texts.extend((0..900).map(|number| invented(number + 5_000, 60)));
        let sizes = sizes(&signed(&texts));
        assert!(sizes[0] >= 95 && sizes[0] <= 100, "{:?}", &sizes[..5]);
    }

    #[test]
    fn ids_lead_on_while_a_stream_grows_in_any_order() {
        let texts = [FERRY, BANK, FERRY_AGAIN].map(str::to_owned);
        let all = signed(&texts);
        let mut ids = StoryIds::new();
        let mut early = group(&all[2..]);
        ids.renew(&mut early, &all[2..]);
        let mut late = group(&all);
        ids.renew(&mut late, &all);
        let ferry = late.iter().find(|story| story.reports.len() == 2).unwrap();
        assert_eq!(ids.current(&early[0].id), ferry.id);
    }

    #[test]
    fn nothing_has_no_origins() {
        assert!(origins(&[], &[]).reports.is_empty());
    }
}
