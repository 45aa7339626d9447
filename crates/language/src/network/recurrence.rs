//! The two-way recurrence: a simple recurrent unit (Lei et al. 2018, "Simple Recurrent Units for Highly Parallelizable
//! Recurrence") without its peepholes. All its products are made beforehand for all words at once; only this cheap
//! part goes word by word.

use std::ops::Range;

use pulp::{Arch, Simd, WithSimd};

use crate::network::{Matrix, sigmoid_in_place};

/// For each direction: the new content, how much of the old is kept, how much of the state is shown.
pub const GATES: usize = 3;

/// Puts the second and third part of each direction through the sigmoid; `gates` holds rows of 2 directions × [`GATES`] ×
/// `half`.
pub fn open_gates(gates: &mut [f32], half: usize) {
    for row in gates.chunks_exact_mut((GATES * 2 * half).max(1)) {
        let (forwards, backwards) = row.split_at_mut(GATES * half);
        sigmoid_in_place(&mut forwards[half..]);
        sigmoid_in_place(&mut backwards[half..]);
    }
}

/// Runs over each sentence in both directions.
///
/// `gates` (words × 2 directions × [`GATES`] × half) holds the products and is left as [`open_gates`] leaves them; `input`
/// (words × 2 half) is what passes by the recurrence; `states` and the returned output have its shape.
pub fn recur(gates: &mut Matrix, input: &Matrix, sentences: &[Range<usize>], states: &mut Matrix) -> Matrix {
    let half = input.columns / 2;
    open_gates(&mut gates.values, half);
    let mut output = input.clone();
    let gates = &*gates;
    run(
        &mut output,
        sentences,
        |word| gates.row(word),
        |word, offset, state| {
            states.row_mut(word)[offset..offset + half].copy_from_slice(state);
        },
    );
    output
}

/// Runs over each sentence in both directions, as [`recur`] does, with gates that are open: `gates_of` gives those of a
/// word. `rows` (words × 2 half) is what passes by the recurrence, and is left as its output.
pub fn recur_in_place<'gates>(
    rows: &mut Matrix,
    sentences: &[Range<usize>],
    gates_of: impl Fn(usize) -> &'gates [f32],
) {
    run(rows, sentences, gates_of, |_, _, _| ());
}

/// Both directions; `keep` is given each word, where its direction's columns begin, and the state there.
fn run<'gates>(
    rows: &mut Matrix,
    sentences: &[Range<usize>],
    gates_of: impl Fn(usize) -> &'gates [f32],
    keep: impl FnMut(usize, usize, &[f32]),
) {
    let state = vec![0.0f32; rows.columns / 2];
    Arch::new().dispatch(Run {
        rows,
        sentences,
        gates_of,
        keep,
        state,
    });
}

/// A run over sentences; `state` is room for half a row.
struct Run<'a, GatesOf, Keep> {
    rows: &'a mut Matrix,
    sentences: &'a [Range<usize>],
    gates_of: GatesOf,
    keep: Keep,
    state: Vec<f32>,
}

impl<'gates, GatesOf, Keep> WithSimd for Run<'_, GatesOf, Keep>
where
    GatesOf: Fn(usize) -> &'gates [f32],
    Keep: FnMut(usize, usize, &[f32]),
{
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self {
            rows,
            sentences,
            gates_of,
            mut keep,
            mut state,
        } = self;
        let half = state.len();
        for sentence in sentences {
            state.fill(0.0);
            for word in sentence.clone() {
                let gates = &gates_of(word)[..GATES * half];
                step(simd, gates, &mut rows.row_mut(word)[..half], &mut state);
                keep(word, 0, &state);
            }
            state.fill(0.0);
            for word in sentence.clone().rev() {
                let gates = &gates_of(word)[GATES * half..];
                step(simd, gates, &mut rows.row_mut(word)[half..], &mut state);
                keep(word, half, &state);
            }
        }
    }
}

/// One word in one direction.
#[inline(always)]
fn step<S: Simd>(simd: S, gates: &[f32], row: &mut [f32], state: &mut [f32]) {
    let (content, gates) = gates.split_at(state.len());
    let (keep, show) = gates.split_at(state.len());
    let (states, state) = S::as_mut_simd_f32s(state);
    let (values, row) = S::as_mut_simd_f32s(row);
    let (contents, content) = S::as_simd_f32s(content);
    let (keeps, keep) = S::as_simd_f32s(keep);
    let (shows, show) = S::as_simd_f32s(show);
    let count = states.len();
    let (values, contents) = (&mut values[..count], &contents[..count]);
    let (keeps, shows) = (&keeps[..count], &shows[..count]);
    let one = simd.splat_f32s(1.0);
    // Of two numbers as much of the first as the gate says, and the rest of the second.
    let between = |gate, first, second| {
        let rest = simd.mul_f32s(simd.sub_f32s(one, gate), second);
        simd.add_f32s(simd.mul_f32s(gate, first), rest)
    };
    for at in 0..count {
        states[at] = between(keeps[at], states[at], contents[at]);
        values[at] = between(shows[at], states[at], values[at]);
    }
    for at in 0..state.len() {
        state[at] = keep[at] * state[at] + (1.0 - keep[at]) * content[at];
        row[at] = show[at] * state[at] + (1.0 - show[at]) * row[at];
    }
}
