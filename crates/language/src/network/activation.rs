//! What happens to each number of a row. The exponential is our own, because that of the platform's library differs
//! from machine to machine in its last bit.

use crate::network::vectors::with_vectors;

/// The slope of [`leaky_rectify`] below zero.
const LEAK: f32 = 0.1;
/// Keeps [`normalise_rows`] from dividing by zero.
const LEAST_VARIANCE: f32 = 1e-5;

/// Returns e to the power of `x`, to about seven digits: 2ⁿ times a polynomial of the rest, as in Cephes.
#[inline(always)]
fn exp(x: f32) -> f32 {
    // Adding 1.5 × 2²³ rounds to a whole number, which then stands in the low bits.
    const ROUND: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    let rest = x - whole * 0.693_359_4 - whole * -2.121_944_4e-4;
    let mut sum = 1.987_569_1e-4;
    sum = sum * rest + 1.398_199_9e-3;
    sum = sum * rest + 8.333_452e-3;
    sum = sum * rest + 4.166_579_6e-2;
    sum = sum * rest + 1.666_666_5e-1;
    sum = sum * rest + 0.5;
    sum = sum * rest * rest + rest + 1.0;
    let exponent = shifted.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23;
    sum * f32::from_bits(exponent)
}

/// Puts every number through 1 / (1 + e⁻ˣ).
pub fn sigmoid_in_place(values: &mut [f32]) {
    with_vectors(
        #[inline(always)]
        || {
            for value in values.iter_mut() {
                *value = 1.0 / (1.0 + exp(-*value));
            }
        },
    );
}

/// Lets numbers above zero pass and a tenth of those below.
pub fn leaky_rectify(values: &mut [f32]) {
    with_vectors(
        #[inline(always)]
        || {
            for value in values.iter_mut() {
                *value = value.max(*value * LEAK);
            }
        },
    );
}

/// Adds a row to every row.
pub fn add_bias(values: &mut [f32], bias: &[f32]) {
    for row in values.chunks_exact_mut(bias.len().max(1)) {
        for (value, bias) in row.iter_mut().zip(bias) {
            *value += bias;
        }
    }
}

/// So many rows are summed up side by side: the last additions of a row wait for each other, those of others do not.
const ROWS_AT_ONCE: usize = 4;

/// Gives every row mean 0 and variance 1, then times `gain` plus `bias`; returns one over the standard deviation of
/// each row.
pub fn normalise_rows(values: &mut [f32], gain: &[f32], bias: &[f32]) -> Vec<f32> {
    let columns = gain.len().max(1);
    let mut scales = Vec::with_capacity(values.len() / columns);
    with_vectors(
        #[inline(always)]
        || {
            let mut some = values.chunks_exact_mut(columns * ROWS_AT_ONCE);
            for rows in &mut some {
                scales.extend(normalise_some::<ROWS_AT_ONCE>(rows, gain, bias));
            }
            for row in some.into_remainder().chunks_exact_mut(columns) {
                scales.extend(normalise_some::<1>(row, gain, bias));
            }
        },
    );
    scales
}

/// Normalises so many rows, as [`normalise_rows`] does.
#[inline(always)]
fn normalise_some<const ROWS: usize>(values: &mut [f32], gain: &[f32], bias: &[f32]) -> [f32; ROWS] {
    let columns = gain.len().max(1);
    let mut means = sums_of::<ROWS>(values, columns, |_, value| value);
    for mean in &mut means {
        *mean /= columns as f32;
    }
    let mut scales = sums_of::<ROWS>(values, columns, |row, value| {
        (value - means[row]) * (value - means[row])
    });
    for scale in &mut scales {
        let variance = *scale / columns as f32;
        *scale = 1.0 / (variance + LEAST_VARIANCE).sqrt();
    }
    let rows = values.chunks_exact_mut(columns);
    for ((row, mean), scale) in rows.zip(means).zip(scales) {
        for ((value, gain), bias) in row.iter_mut().zip(gain).zip(bias) {
            *value = (*value - mean) * scale * gain + bias;
        }
    }
    scales
}

/// Returns for each row the sum of what `of` makes of the row's number and each of its values, added in sixteen sums side
/// by side whatever the processor, and these one after the other.
#[inline(always)]
fn sums_of<const ROWS: usize>(values: &[f32], columns: usize, of: impl Fn(usize, f32) -> f32) -> [f32; ROWS] {
    let mut lanes = [[0.0f32; 16]; ROWS];
    for (number, (row, lanes)) in values.chunks_exact(columns).zip(&mut lanes).enumerate() {
        let mut own = [0.0f32; 16];
        let (chunks, rest) = row.as_chunks::<16>();
        for chunk in chunks {
            for (lane, value) in own.iter_mut().zip(chunk) {
                *lane += of(number, *value);
            }
        }
        for (lane, value) in own.iter_mut().zip(rest) {
            *lane += of(number, *value);
        }
        *lanes = own;
    }
    let mut sums = [0.0f32; ROWS];
    for lane in 0..16 {
        for (sum, lanes) in sums.iter_mut().zip(&lanes) {
            *sum += lanes[lane];
        }
    }
    sums
}

/// Makes a row of scores into shares that add up to one.
pub fn softmax_row(row: &mut [f32]) {
    let highest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for value in row.iter_mut() {
        *value = exp(*value - highest);
        sum += *value;
    }
    for value in row {
        *value /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_close() {
        for step in -800..800 {
            let x = step as f32 / 10.0;
            let exact = libm::exp(f64::from(x));
            assert!(((f64::from(exp(x)) - exact) / exact).abs() < 3e-7, "{x}");
        }
        assert!(exp(-1000.0) > 0.0);
        assert!(exp(1000.0).is_finite());
    }

    #[test]
    fn shares_add_up_to_one() {
        let mut row = [1.0, f32::NEG_INFINITY, 3.0];
        softmax_row(&mut row);
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(row[1] < 1e-30);
    }
}
