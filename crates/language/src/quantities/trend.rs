//! Whether a number is said to have gone up or down: "rose 3 percent", "down 19 cents".

use rashomon_core::Trend;

use crate::times::pieces::Pieces;

/// How many pieces may stand between the verb and the number: "rose by about another 3 percent".
const REACH: usize = 4;

/// Returns the trend that the words before the piece `start` give to the number there.
/// `measured` tells whether it has a unit.
pub(super) fn trend(pieces: &Pieces<'_>, start: usize, measured: bool) -> Option<Trend> {
    if measured && pieces.before(start) == "to" && start >= 3 {
        return level_trend(pieces, start - 2);
    }
    for index in (start.saturating_sub(REACH)..start).rev() {
        let word = pieces.lower(index);
        if let Some(trend) = word_trend(word) {
            let particle = matches!(word, "up" | "down");
            // "Up to 300" is a bound, and "set up 300 tents" is no rise.
            if particle
                && (index + 1 < start && pieces.lower(index + 1) != "by"
                    || is_particle_verb(pieces.before(index)))
            {
                return None;
            }
            let article = matches!(pieces.lower(index + 1), "a" | "an");
            return (!needs_measure(word) || measured && !article).then_some(trend);
        }
        if !(matches!(
            word,
            "by" | "another"
                | "about"
                | "around"
                | "nearly"
                | "almost"
                | "roughly"
                | "some"
                | "a"
                | "an"
                | "further"
                | "more"
                | "than"
                | "as"
                | "much"
                | "at"
                | "least"
                | "over"
                | "approximately"
                | "additional"
                | "up"
                | "estimated"
                | "only"
        ) || word.ends_with("ly"))
        {
            return None;
        }
    }
    None
}

/// "fell to 49.5 hertz", "dipped down to 3 percent": the trend of a measure reached, by the word before "to".
fn level_trend(pieces: &Pieces<'_>, index: usize) -> Option<Trend> {
    match pieces.lower(index) {
        "down" if pieces.tag(index - 1) == Some(rashomon_core::PartOfSpeech::Verb) => Some(Trend::Down),
        "up" | "down" => None,
        word => word_trend(word).filter(|_| !needs_measure(word)),
    }
}

/// Returns true for verbs that take "up" and "down" without any rise or fall.
fn is_particle_verb(word: &str) -> bool {
    matches!(
        word,
        "set"
            | "make"
            | "makes"
            | "made"
            | "making"
            | "take"
            | "took"
            | "pick"
            | "picked"
            | "gave"
            | "give"
            | "put"
            | "shot"
            | "shut"
            | "track"
            | "broke"
            | "turned"
            | "rounded"
            | "add"
            | "adds"
            | "and"
            | "two"
            | "three"
            | "four"
    )
}

/// Returns true for verbs that tell of a rise or fall only where something is measured: "lost 3 percent", not "lost
/// three boats".
fn needs_measure(word: &str) -> bool {
    matches!(
        word,
        "lose" | "loses" | "lost" | "losing" | "shed" | "added" | "gain" | "gains" | "gained" | "gaining"
    )
}

/// Returns the trend of a verb that moves its object: "cut costs by 3 percent".
pub(super) fn moving_verb(word: &str) -> Option<Trend> {
    Some(match word {
        "raise" | "raises" | "raised" | "raising" | "boost" | "boosts" | "boosted" | "boosting" | "lift"
        | "lifts" | "lifted" | "hike" | "hikes" | "hiked" | "hiking" | "expand" | "expands" | "expanded"
        | "widen" | "widens" | "widened" | "improve" | "improves" | "improved" | "exceed" | "exceeds"
        | "exceeded" | "expanding" | "widening" | "lifting" | "improving" => Trend::Up,
        "cut" | "cuts" | "cutting" | "reduce" | "reduces" | "reduced" | "reducing" | "lower" | "lowers"
        | "lowered" | "lowering" | "slash" | "slashes" | "slashed" | "slashing" | "trim" | "trims"
        | "trimmed" | "trimming" | "narrow" | "narrows" | "narrowed" | "narrowing" | "shrink" | "shrinks"
        | "shrinking" | "contract" | "contracts" | "contracted" | "weaken" | "weakens" | "weakened" => {
            Trend::Down
        }
        _ => return word_trend(word),
    })
}

/// Returns the trend that a word stands for.
pub(super) fn word_trend(word: &str) -> Option<Trend> {
    Some(match word {
        "up" | "rise" | "rises" | "rose" | "risen" | "rising" | "gain" | "gains" | "gained" | "gaining"
        | "climb" | "climbs" | "climbed" | "climbing" | "jump" | "jumps" | "jumped" | "jumping"
        | "increase" | "increases" | "increased" | "increasing" | "grow" | "grows" | "grew" | "grown"
        | "growing" | "surge" | "surges" | "surged" | "surging" | "soar" | "soars" | "soared" | "soaring"
        | "advanced" | "rallied" | "swelled" | "added" => Trend::Up,
        "down" | "fall" | "falls" | "fell" | "fallen" | "falling" | "drop" | "drops" | "dropped"
        | "dropping" | "decline" | "declines" | "declined" | "declining" | "decrease" | "decreases"
        | "decreased" | "decreasing" | "lose" | "loses" | "lost" | "losing" | "slip" | "slips"
        | "slipped" | "slid" | "slide" | "slides" | "plunge" | "plunges" | "plunged" | "plunging"
        | "tumble" | "tumbles" | "tumbled" | "tumbling" | "sank" | "shed" | "shrank" | "plummeted"
        | "dipped" | "eased" | "retreated" => Trend::Down,
        _ => return None,
    })
}
