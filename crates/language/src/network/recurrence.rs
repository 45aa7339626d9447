//! The two-way recurrence: a simple recurrent unit (Lei et al. 2018, "Simple Recurrent Units for Highly Parallelizable
//! Recurrence") without its peepholes. All its products are made beforehand for all words at once; only this cheap
//! part goes word by word.

use std::ops::Range;

use pulp::Arch;

use crate::network::{Matrix, sigmoid_in_place};

/// For each direction: the new content, how much of the old is kept, how much of the state is shown.
pub const GATES: usize = 3;

/// Runs over each sentence in both directions.
///
/// `gates` (words × 2 directions × [`GATES`] × half) holds the products and is left with its second and third part of
/// each direction put through the sigmoid; `input` (words × 2 half) is what passes by the recurrence; `states` and the
/// returned output have its shape.
pub fn recur(gates: &mut Matrix, input: &Matrix, sentences: &[Range<usize>], states: &mut Matrix) -> Matrix {
    let half = input.columns / 2;
    for row in gates.values.chunks_exact_mut((GATES * 2 * half).max(1)) {
        let (forwards, backwards) = row.split_at_mut(GATES * half);
        sigmoid_in_place(&mut forwards[half..]);
        sigmoid_in_place(&mut backwards[half..]);
    }
    let mut output = Matrix::zeros(input.rows, input.columns);
    let mut state = vec![0.0f32; half];
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for sentence in sentences {
                state.fill(0.0);
                for word in sentence.clone() {
                    step(gates, input, states, &mut output, &mut state, word, 0);
                }
                state.fill(0.0);
                for word in sentence.clone().rev() {
                    step(gates, input, states, &mut output, &mut state, word, half);
                }
            }
        },
    );
    output
}

/// One word in one direction; `offset` is where the direction's columns begin.
#[inline(always)]
fn step(
    gates: &Matrix,
    input: &Matrix,
    states: &mut Matrix,
    output: &mut Matrix,
    state: &mut [f32],
    word: usize,
    offset: usize,
) {
    let half = state.len();
    let gates = &gates.row(word)[GATES * offset..GATES * (offset + half)];
    let (content, gates) = gates.split_at(half);
    let (keep, show) = gates.split_at(half);
    let input = &input.row(word)[offset..offset + half];
    let kept = &mut states.row_mut(word)[offset..offset + half];
    let output = &mut output.row_mut(word)[offset..offset + half];
    for column in 0..half {
        let new = keep[column] * state[column] + (1.0 - keep[column]) * content[column];
        state[column] = new;
        kept[column] = new;
        output[column] = show[column] * new + (1.0 - show[column]) * input[column];
    }
}
