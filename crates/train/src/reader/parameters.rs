//! The numbers that are learnt, their gradients, and the step from one to the other.

use std::collections::BTreeMap;

use crate::reader::random::Random;

/// A tensor's number.
pub(crate) type Id = usize;

/// A linear map: `inputs` × `outputs` weights, then a bias.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Linear {
    pub(crate) weights: Id,
    pub(crate) bias: Id,
    pub(crate) inputs: usize,
    pub(crate) outputs: usize,
}

/// Gain and bias of a normalisation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Norm {
    pub(crate) gain: Id,
    pub(crate) bias: Id,
}

/// All dense tensors.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parameters {
    pub(crate) tensors: Vec<Vec<f32>>,
}

impl Parameters {
    /// Adds a tensor of small random numbers.
    pub(crate) fn random(&mut self, length: usize, size: f32, random: &mut Random) -> Id {
        self.tensors
            .push((0..length).map(|_| random.around(size)).collect());
        self.tensors.len() - 1
    }

    /// Adds a tensor of equal numbers.
    pub(crate) fn filled(&mut self, length: usize, value: f32) -> Id {
        self.tensors.push(vec![value; length]);
        self.tensors.len() - 1
    }

    /// Adds a linear map (Glorot and Bengio 2010).
    pub(crate) fn linear(&mut self, inputs: usize, outputs: usize, random: &mut Random) -> Linear {
        let size = (6.0 / (inputs + outputs) as f32).sqrt();
        Linear {
            weights: self.random(inputs * outputs, size, random),
            bias: self.filled(outputs, 0.0),
            inputs,
            outputs,
        }
    }

    /// Adds a normalisation.
    pub(crate) fn norm(&mut self, width: usize) -> Norm {
        Norm {
            gain: self.filled(width, 1.0),
            bias: self.filled(width, 0.0),
        }
    }

    /// Returns zeros of the same shapes.
    pub(crate) fn zeros(&self) -> Self {
        Self {
            tensors: self
                .tensors
                .iter()
                .map(|tensor| vec![0.0; tensor.len()])
                .collect(),
        }
    }
}

/// Moves a running mean of numbers (Polyak and Juditsky 1992) towards what they are now, by `share` of the way.
pub(crate) fn move_mean(mean: &mut [f32], now: &[f32], share: f32) {
    for (mean, now) in mean.iter_mut().zip(now) {
        *mean += share * (now - *mean);
    }
}

/// Gradients of one part of a batch.
pub(crate) struct Gradients {
    pub(crate) dense: Parameters,
    /// By the row of the feature table.
    pub(crate) rows: BTreeMap<u32, Vec<f32>>,
}

impl Gradients {
    /// Adds those of another part.
    pub(crate) fn add(&mut self, other: Self) {
        for (mine, theirs) in self.dense.tensors.iter_mut().zip(other.dense.tensors) {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                *mine += theirs;
            }
        }
        for (row, theirs) in other.rows {
            match self.rows.entry(row) {
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(theirs);
                }
                std::collections::btree_map::Entry::Occupied(mut entry) => {
                    for (mine, theirs) in entry.get_mut().iter_mut().zip(theirs) {
                        *mine += theirs;
                    }
                }
            }
        }
    }
}

/// Adam (Kingma and Ba 2015) with decoupled decay; the rows of the table are moved only when they were seen.
pub(crate) struct Adam {
    first: Parameters,
    second: Parameters,
    table_first: Vec<f32>,
    table_second: Vec<f32>,
    step: i32,
}

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.98;
const EPSILON: f32 = 1e-8;
/// Gradients longer than this are shortened to it.
const LONGEST_GRADIENT: f32 = 5.0;
/// The share of a weight that is taken off at a step, times the rate.
const DECAY: f32 = 1e-3;

impl Adam {
    pub(crate) fn new(parameters: &Parameters, table: usize) -> Self {
        Self {
            first: parameters.zeros(),
            second: parameters.zeros(),
            table_first: vec![0.0; table],
            table_second: vec![0.0; table],
            step: 0,
        }
    }

    /// Makes a step; `width` is that of a row of `table`.
    pub(crate) fn step(
        &mut self,
        parameters: &mut Parameters,
        table: &mut [f32],
        width: usize,
        gradients: &Gradients,
        rate: f32,
    ) {
        self.step += 1;
        let squares: f64 = gradients
            .dense
            .tensors
            .iter()
            .flatten()
            .map(|value| f64::from(*value) * f64::from(*value))
            .sum();
        let length = squares.sqrt() as f32;
        let shorten = if length > LONGEST_GRADIENT {
            LONGEST_GRADIENT / length
        } else {
            1.0
        };
        let correct_first = 1.0 - libm::powf(FIRST, self.step as f32);
        let correct_second = 1.0 - libm::powf(SECOND, self.step as f32);
        let correction = rate / correct_first;
        let update = |weight: &mut f32, first: &mut f32, second: &mut f32, gradient: f32, decay: f32| {
            let gradient = gradient * shorten;
            *first = FIRST * *first + (1.0 - FIRST) * gradient;
            *second = SECOND * *second + (1.0 - SECOND) * gradient * gradient;
            *weight -= correction * *first / ((*second / correct_second).sqrt() + EPSILON) + decay * *weight;
        };
        for (at, gradient) in gradients.dense.tensors.iter().enumerate() {
            let (first, second) = (&mut self.first.tensors[at], &mut self.second.tensors[at]);
            let weights = &mut parameters.tensors[at];
            // Biases and gains are left to grow.
            let decay = if weights.len() > 2048 { rate * DECAY } else { 0.0 };
            for (((weight, first), second), gradient) in
                weights.iter_mut().zip(first).zip(second).zip(gradient)
            {
                update(weight, first, second, *gradient, decay);
            }
        }
        for (row, gradient) in &gradients.rows {
            let start = *row as usize * width;
            for (column, gradient) in gradient.iter().enumerate() {
                let at = start + column;
                update(
                    &mut table[at],
                    &mut self.table_first[at],
                    &mut self.table_second[at],
                    *gradient,
                    0.0,
                );
            }
        }
    }
}
