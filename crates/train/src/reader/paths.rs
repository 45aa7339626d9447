//! The loss of a whole sequence of labels, as of a conditional random field (Lafferty, McCallum and Pereira 2001) whose
//! only transitions are what may follow what.

use rashomon_language::network::label_follows;

/// Returns the loss of a sentence, and leaves in `rows` (words × `labels` scores) its gradient, scaled by `weight`.
///
/// `allowed` holds for each word the labels that it may have, a bit each: the loss is how unlikely it is that a sequence in
/// which every name begins and ends has allowed labels only. A sentence for which there is none teaches nothing.
pub(crate) fn path_loss(rows: &mut [f32], labels: usize, allowed: &[u32], weight: f32) -> f64 {
    let scores: Vec<f64> = rows
        .chunks_exact(labels)
        .flat_map(|row| {
            let highest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            row.iter().map(move |score| libm::exp(f64::from(score - highest)))
        })
        .collect();
    let chosen: Vec<f64> = scores
        .iter()
        .enumerate()
        .map(|(at, score)| {
            let is_allowed = allowed[at / labels] >> (at % labels) & 1 == 1;
            if is_allowed { *score } else { 0.0 }
        })
        .collect();
    let (Some((all, all_total)), Some((right, right_total))) =
        (marginals(&scores, labels), marginals(&chosen, labels))
    else {
        rows.fill(0.0);
        return 0.0;
    };
    for ((row, all), right) in rows.iter_mut().zip(&all).zip(&right) {
        *row = weight * (all - right) as f32;
    }
    all_total - right_total
}

/// Returns how likely each label of each word is, and the logarithm of the sum over all sequences; `None` where there is
/// none (forwards and backwards: Rabiner 1989).
fn marginals(scores: &[f64], labels: usize) -> Option<(Vec<f64>, f64)> {
    let words = scores.len() / labels;
    let mut forwards = vec![0.0; scores.len()];
    let mut before = vec![0.0; labels];
    before[0] = 1.0;
    let mut total = 0.0;
    for word in 0..words {
        let range = word * labels..(word + 1) * labels;
        let row = &mut forwards[range.clone()];
        for (label, score) in scores[range].iter().enumerate() {
            let sum: f64 = (0..labels)
                .filter(|from| label_follows(*from, label))
                .map(|from| before[from])
                .sum();
            row[label] = sum * score;
        }
        let sum: f64 = row.iter().sum();
        if sum <= 0.0 {
            return None;
        }
        total += libm::log(sum);
        for value in row.iter_mut() {
            *value /= sum;
        }
        before.copy_from_slice(row);
    }
    let end: f64 = (0..labels)
        .filter(|label| label_follows(*label, 0))
        .map(|label| before[label])
        .sum();
    if end <= 0.0 {
        return None;
    }
    total += libm::log(end);
    let mut after: Vec<f64> = (0..labels)
        .map(|label| f64::from(u8::from(label_follows(label, 0))))
        .collect();
    for word in (0..words).rev() {
        let range = word * labels..(word + 1) * labels;
        let row = &mut forwards[range.clone()];
        for (value, after) in row.iter_mut().zip(&after) {
            *value *= after;
        }
        let sum: f64 = row.iter().sum();
        if sum <= 0.0 {
            return None;
        }
        for value in row.iter_mut() {
            *value /= sum;
        }
        let next: Vec<f64> = after
            .iter()
            .zip(&scores[range])
            .map(|(after, score)| after * score)
            .collect();
        for (label, value) in after.iter_mut().enumerate() {
            *value = (0..labels)
                .filter(|to| label_follows(label, *to))
                .map(|to| next[to])
                .sum();
        }
        let highest = after.iter().copied().fold(0.0, f64::max);
        if highest > 0.0 {
            for value in &mut after {
                *value /= highest;
            }
        }
    }
    Some((forwards, total))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One kind of name: outside, first, inner, last, alone.
    const LABELS: usize = 5;

    fn numbers(count: usize) -> Vec<f32> {
        (0..count)
            .map(|at| ((at * 7919) % 23) as f32 / 7.0 - 1.5)
            .collect()
    }

    /// The sum over all sequences, one by one.
    fn total(rows: &[f32], allowed: &[u32], before: usize) -> f64 {
        let Some((row, rest)) = rows.split_at_checked(LABELS) else {
            return f64::from(u8::from(label_follows(before, 0)));
        };
        (0..LABELS)
            .filter(|label| label_follows(before, *label) && allowed[0] >> label & 1 == 1)
            .map(|label| libm::exp(f64::from(row[label])) * total(rest, &allowed[1..], label))
            .sum()
    }

    #[test]
    fn the_loss_is_the_share_of_the_right_sequences() {
        let rows = numbers(4 * LABELS);
        let allowed = [0b1_1111, 0b0_0011, 0b0_1100, 0b1_0001];
        let everything = [0b1_1111; 4];
        let expected = libm::log(total(&rows, &everything, 0)) - libm::log(total(&rows, &allowed, 0));
        let loss = path_loss(&mut rows.clone(), LABELS, &allowed, 1.0);
        assert!((loss - expected).abs() < 1e-6, "{loss} {expected}");
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        let rows = numbers(3 * LABELS);
        let allowed = [0b0_0010, 0b0_1100, 0b1_1111];
        let mut gradient = rows.clone();
        path_loss(&mut gradient, LABELS, &allowed, 1.0);
        for at in 0..rows.len() {
            let loss = |by: f32| {
                let mut rows = rows.clone();
                rows[at] += by;
                path_loss(&mut rows, LABELS, &allowed, 1.0)
            };
            let slope = (loss(1e-2) - loss(-1e-2)) / 2e-2;
            assert!((slope - f64::from(gradient[at])).abs() < 1e-3, "{at}");
        }
    }

    #[test]
    fn a_sentence_without_a_right_sequence_teaches_nothing() {
        let mut rows = numbers(2 * LABELS);
        // An inner word cannot come first.
        assert_eq!(path_loss(&mut rows, LABELS, &[0b0_0100, 0b0_0001], 1.0), 0.0);
        assert!(rows.iter().all(|value| *value == 0.0));
    }
}
