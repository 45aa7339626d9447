//! Layers with their way back: each `…_back` takes the gradient of a layer's output and returns that of its input.

use std::ops::Range;

use rashomon_language::network::{GATES, Matrix, Packed, add_bias, leaky_rectify, multiply_add, recur};

use crate::reader::parameters::{Linear, Norm, Parameters};

pub(crate) fn linear(parameters: &Parameters, map: Linear, input: &Matrix) -> Matrix {
    let mut output = Packed::new(&parameters.tensors[map.weights], map.inputs, map.outputs).multiply(input);
    add_bias(&mut output.values, &parameters.tensors[map.bias]);
    output
}

pub(crate) fn linear_back(
    parameters: &Parameters,
    gradients: &mut Parameters,
    map: Linear,
    input: &Matrix,
    output: &Matrix,
) -> Matrix {
    let turned = input.transposed();
    let right = Packed::new(&output.values, output.rows, output.columns);
    multiply_add(
        &turned.values,
        &right,
        &mut gradients.tensors[map.weights],
        map.inputs,
    );
    let bias = &mut gradients.tensors[map.bias];
    for row in output.values.chunks_exact(map.outputs) {
        for (bias, value) in bias.iter_mut().zip(row) {
            *bias += value;
        }
    }
    Packed::transposed(&parameters.tensors[map.weights], map.outputs, map.inputs).multiply(output)
}

/// What a normalisation keeps for its way back.
pub(crate) struct NormCache {
    normalised: Matrix,
    scales: Vec<f32>,
}

pub(crate) fn norm(parameters: &Parameters, norm: Norm, input: &Matrix) -> (Matrix, NormCache) {
    let columns = input.columns;
    let (gain, bias) = (&parameters.tensors[norm.gain], &parameters.tensors[norm.bias]);
    let mut normalised = input.clone();
    let ones = vec![1.0; columns];
    let zeros = vec![0.0; columns];
    let scales = rashomon_language::network::normalise_rows(&mut normalised.values, &ones, &zeros);
    let mut output = normalised.clone();
    for row in output.values.chunks_exact_mut(columns) {
        for ((value, gain), bias) in row.iter_mut().zip(gain).zip(bias) {
            *value = *value * gain + bias;
        }
    }
    (output, NormCache { normalised, scales })
}

pub(crate) fn norm_back(
    parameters: &Parameters,
    gradients: &mut Parameters,
    norm: Norm,
    cache: &NormCache,
    output: &Matrix,
) -> Matrix {
    let columns = output.columns;
    let gain = &parameters.tensors[norm.gain];
    let mut input = Matrix::zeros(output.rows, columns);
    for row in 0..output.rows {
        let (out, normal) = (output.row(row), cache.normalised.row(row));
        for column in 0..columns {
            gradients.tensors[norm.gain][column] += out[column] * normal[column];
            gradients.tensors[norm.bias][column] += out[column];
        }
        let inner: Vec<f32> = out.iter().zip(gain).map(|(out, gain)| out * gain).collect();
        let mean = inner.iter().sum::<f32>() / columns as f32;
        let slope = inner.iter().zip(normal).map(|(a, b)| a * b).sum::<f32>() / columns as f32;
        for (column, value) in input.row_mut(row).iter_mut().enumerate() {
            *value = cache.scales[row] * (inner[column] - mean - normal[column] * slope);
        }
    }
    input
}

/// Multiplies by a mask; the way back is the same.
pub(crate) fn mask(values: &mut Matrix, mask: &[f32]) {
    if mask.is_empty() {
        return;
    }
    for (value, mask) in values.values.iter_mut().zip(mask) {
        *value *= mask;
    }
}

/// A linear map, then the leaky rectifier, then a mask.
pub(crate) fn rectified(parameters: &Parameters, map: Linear, input: &Matrix, drop: &[f32]) -> Matrix {
    let mut output = linear(parameters, map, input);
    leaky_rectify(&mut output.values);
    mask(&mut output, drop);
    output
}

/// The way back of [`rectified`]; `result` is what it returned.
pub(crate) fn rectified_back(
    parameters: &Parameters,
    gradients: &mut Parameters,
    map: Linear,
    input: &Matrix,
    drop: &[f32],
    result: &Matrix,
    mut output: Matrix,
) -> Matrix {
    mask(&mut output, drop);
    rectify_back(result, &mut output);
    linear_back(parameters, gradients, map, input, &output)
}

/// The way back of the leaky rectifier, from its result.
pub(crate) fn rectify_back(result: &Matrix, output: &mut Matrix) {
    for (value, result) in output.values.iter_mut().zip(&result.values) {
        if *result < 0.0 {
            *value *= 0.1;
        }
    }
}

/// A recurrent layer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recurrent {
    pub(crate) norm: Norm,
    pub(crate) map: Linear,
}

/// What a recurrent layer keeps for its way back.
pub(crate) struct RecurrentCache {
    input: Matrix,
    norm: NormCache,
    masked: Matrix,
    drop: Vec<f32>,
    gates: Matrix,
    states: Matrix,
}

pub(crate) fn recurrent(
    parameters: &Parameters,
    layer: Recurrent,
    input: Matrix,
    sentences: &[Range<usize>],
    drop: Vec<f32>,
) -> (Matrix, RecurrentCache) {
    let (mut masked, norm) = norm(parameters, layer.norm, &input);
    mask(&mut masked, &drop);
    let mut gates = linear(parameters, layer.map, &masked);
    let mut states = Matrix::zeros(input.rows, input.columns);
    let output = recur(&mut gates, &input, sentences, &mut states);
    let cache = RecurrentCache {
        input,
        norm,
        masked,
        drop,
        gates,
        states,
    };
    (output, cache)
}

pub(crate) fn recurrent_back(
    parameters: &Parameters,
    gradients: &mut Parameters,
    layer: Recurrent,
    cache: &RecurrentCache,
    sentences: &[Range<usize>],
    output: &Matrix,
) -> Matrix {
    let half = output.columns / 2;
    let mut input = Matrix::zeros(output.rows, output.columns);
    let mut gates = Matrix::zeros(output.rows, GATES * output.columns);
    for sentence in sentences {
        let mut carry = vec![0.0; half];
        for word in sentence.clone().rev() {
            let before = (word > sentence.start).then(|| word - 1);
            step_back(cache, output, &mut input, &mut gates, &mut carry, word, before, 0);
        }
        let mut carry = vec![0.0; half];
        for word in sentence.clone() {
            let before = (word + 1 < sentence.end).then_some(word + 1);
            step_back(
                cache, output, &mut input, &mut gates, &mut carry, word, before, half,
            );
        }
    }
    let mut masked = linear_back(parameters, gradients, layer.map, &cache.masked, &gates);
    mask(&mut masked, &cache.drop);
    let through = norm_back(parameters, gradients, layer.norm, &cache.norm, &masked);
    for (value, through) in input.values.iter_mut().zip(&through.values) {
        *value += through;
    }
    input
}

#[expect(
    clippy::too_many_arguments,
    reason = "one step of a loop, named for its own sake"
)]
fn step_back(
    cache: &RecurrentCache,
    output: &Matrix,
    input: &mut Matrix,
    gates: &mut Matrix,
    carry: &mut [f32],
    word: usize,
    before: Option<usize>,
    offset: usize,
) {
    let half = carry.len();
    let out = &output.row(word)[offset..offset + half];
    let known = &cache.gates.row(word)[GATES * offset..GATES * (offset + half)];
    let (content, known) = known.split_at(half);
    let (keep, show) = known.split_at(half);
    let passed = &cache.input.row(word)[offset..offset + half];
    let state = &cache.states.row(word)[offset..offset + half];
    let earlier = before.map(|word| &cache.states.row(word)[offset..offset + half]);
    let input = &mut input.row_mut(word)[offset..offset + half];
    let row = &mut gates.row_mut(word)[GATES * offset..GATES * (offset + half)];
    for column in 0..half {
        let old = earlier.map_or(0.0, |earlier| earlier[column]);
        let (keep, show) = (keep[column], show[column]);
        input[column] = out[column] * (1.0 - show);
        let inner = out[column] * show + carry[column];
        carry[column] = inner * keep;
        row[column] = inner * (1.0 - keep);
        row[half + column] = inner * (old - content[column]) * keep * (1.0 - keep);
        row[2 * half + column] = out[column] * (state[column] - passed[column]) * show * (1.0 - show);
    }
}
