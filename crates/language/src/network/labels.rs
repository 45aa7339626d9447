//! Labels of names: 0 outside, else 1 + 4 × kind + 0 for the first word of a name, 1 for an inner one, 2 for the last, 3 for
//! a name of one word.

use std::ops::Range;

use crate::network::softmax_row;

/// Returns true where the label `after` may follow `before`; 0 stands for the ends of a sentence too.
pub fn label_follows(before: usize, after: usize) -> bool {
    let open = before > 0 && (before - 1) % 4 < 2;
    let inner = after > 0 && matches!((after - 1) % 4, 1 | 2);
    if open || inner {
        open && inner && (before - 1) / 4 == (after - 1) / 4
    } else {
        true
    }
}

/// Returns the best sequence of labels in which every name begins and ends (Viterbi 1967). Each row holds a word's scores.
pub fn best_labels(rows: &[&[f32]]) -> Vec<usize> {
    let count = rows.first().map_or(0, |row| row.len());
    let mut scores = vec![f32::NEG_INFINITY; count];
    if let Some(outside) = scores.first_mut() {
        *outside = 0.0;
    }
    let mut from: Vec<usize> = Vec::with_capacity(rows.len() * count);
    let mut next = vec![0.0; count];
    for row in rows {
        // All labels that go on no name follow the best of those that leave none open.
        let mut closed = 0;
        for label in (1..count).filter(|label| label_follows(*label, 0)) {
            if scores[label] > scores[closed] {
                closed = label;
            }
        }
        for (after, own) in row.iter().enumerate() {
            let origin = if label_follows(0, after) {
                closed
            } else {
                let first = after - (after - 1) % 4;
                if scores[first + 1] > scores[first] {
                    first + 1
                } else {
                    first
                }
            };
            next[after] = scores[origin] + own;
            from.push(origin);
        }
        std::mem::swap(&mut scores, &mut next);
    }
    let mut at = 0;
    for label in 0..count {
        if label_follows(label, 0) && scores[label] > scores[at] {
            at = label;
        }
    }
    let mut labels = vec![0; rows.len()];
    for word in (0..rows.len()).rev() {
        labels[word] = at;
        at = from[word * count + at];
    }
    labels
}

/// Returns the names in a sequence of labels: their words, and the number of their kind.
pub fn names_of_labels(labels: &[usize]) -> Vec<(Range<usize>, usize)> {
    let mut names = Vec::new();
    let mut start = 0;
    for (at, label) in labels.iter().enumerate() {
        let Some(label) = label.checked_sub(1) else {
            continue;
        };
        if matches!(label % 4, 0 | 3) {
            start = at;
        }
        if label % 4 >= 2 {
            names.push((start..at + 1, label / 4));
        }
    }
    names
}

/// How many kinds of names have shares.
pub const SHARED_KINDS: usize = 5;

/// Returns how the scores of a name's words divide it among the kinds, in 255ths: what each kind's labels score over its words,
/// made into shares. Kinds after the first [`SHARED_KINDS`] get none.
pub fn kind_shares(rows: &[&[f32]]) -> [u8; SHARED_KINDS] {
    let mut scores = [0.0f32; SHARED_KINDS];
    let kinds = rows
        .first()
        .map_or(0, |row| row.len().saturating_sub(1) / 4)
        .min(SHARED_KINDS);
    for (at, row) in rows.iter().enumerate() {
        let place = match (at == 0, at + 1 == rows.len()) {
            (true, true) => 3,
            (true, false) => 0,
            (false, true) => 2,
            (false, false) => 1,
        };
        for (kind, score) in scores[..kinds].iter_mut().enumerate() {
            *score += row[1 + 4 * kind + place];
        }
    }
    softmax_row(&mut scores[..kinds]);
    let mut shares = [0; SHARED_KINDS];
    for (share, score) in shares[..kinds].iter_mut().zip(scores) {
        *share = (score * 255.0 + 0.5) as u8;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_divided_among_its_kinds() {
        // Two kinds, as first and as last word; what the other labels score says nothing.
        let rows: [&[f32]; 2] = [
            &[0.0, 2.0, 9.0, 9.0, 9.0, 1.0, 9.0, 9.0, 9.0],
            &[0.0, 9.0, 9.0, 0.0, 9.0, 9.0, 9.0, 1.0, 9.0],
        ];
        assert_eq!(kind_shares(&rows), [128, 128, 0, 0, 0]);
        assert_eq!(kind_shares(&[]), [0; SHARED_KINDS]);
    }

    #[test]
    fn a_name_that_is_begun_is_ended() {
        // One kind: outside, first, inner, last, alone. By themselves the best would be first, outside.
        let rows: [&[f32]; 2] = [&[0.0, 5.0, 0.0, 0.0, 4.0], &[3.0, 0.0, 0.0, 1.0, 0.0]];
        assert_eq!(best_labels(&rows), [4, 0]);
        assert_eq!(names_of_labels(&[4, 0, 1, 2, 3]), [(0..1, 0), (2..5, 0)]);
        assert_eq!(best_labels(&[]), [0usize; 0]);
    }
}
