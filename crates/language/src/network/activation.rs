//! What happens to each number of a row. The exponential is our own, because that of the platform's library differs
//! from machine to machine in its last bit.

use pulp::{Arch, Simd, WithSimd};

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
    let mut scales = Vec::with_capacity(values.len() / gain.len().max(1));
    Arch::new().dispatch(Normalise {
        values,
        gain,
        bias,
        scales: &mut scales,
    });
    scales
}

/// So many sums of a row are made side by side whatever the processor, and these added one after the other.
const SUMS: usize = 16;

/// Rows to be normalised.
struct Normalise<'a> {
    values: &'a mut [f32],
    gain: &'a [f32],
    bias: &'a [f32],
    scales: &'a mut Vec<f32>,
}

impl WithSimd for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match S::F32_LANES {
            16 => self.run::<S, 1>(simd),
            8 => self.run::<S, 2>(simd),
            4 => self.run::<S, 4>(simd),
            _ => self.run::<S, SUMS>(simd),
        }
    }
}

impl Normalise<'_> {
    /// Normalises all rows; `VECTORS` vectors hold [`SUMS`] numbers.
    #[inline(always)]
    fn run<S: Simd, const VECTORS: usize>(self, simd: S) {
        let columns = self.gain.len().max(1);
        let mut some = self.values.chunks_exact_mut(columns * ROWS_AT_ONCE);
        for rows in &mut some {
            let scales = normalise_some::<S, VECTORS, ROWS_AT_ONCE>(simd, rows, self.gain, self.bias);
            self.scales.extend(scales);
        }
        for row in some.into_remainder().chunks_exact_mut(columns) {
            let scales = normalise_some::<S, VECTORS, 1>(simd, row, self.gain, self.bias);
            self.scales.extend(scales);
        }
    }
}

/// Normalises so many rows, as [`normalise_rows`] does.
#[inline(always)]
fn normalise_some<S: Simd, const VECTORS: usize, const ROWS: usize>(
    simd: S,
    values: &mut [f32],
    gain: &[f32],
    bias: &[f32],
) -> [f32; ROWS] {
    let columns = gain.len().max(1);
    let mut means = sums_of::<S, VECTORS, ROWS>(simd, values, columns, None);
    for mean in &mut means {
        *mean /= columns as f32;
    }
    let mut scales = sums_of::<S, VECTORS, ROWS>(simd, values, columns, Some(means));
    for scale in &mut scales {
        let variance = *scale / columns as f32;
        *scale = 1.0 / (variance + LEAST_VARIANCE).sqrt();
    }
    // Plain loops, because adapters of iterators are not made for the vectors of the processor.
    let ((gains, gain), (biases, bias)) = (S::as_simd_f32s(gain), S::as_simd_f32s(bias));
    let count = gains.len();
    let (gains, biases) = (&gains[..count], &biases[..count]);
    for number in 0..ROWS {
        let (mean, scale) = (means[number], scales[number]);
        let row = &mut values[number * columns..(number + 1) * columns];
        let (vectors, rest) = S::as_mut_simd_f32s(row);
        let (means, scales) = (simd.splat_f32s(mean), simd.splat_f32s(scale));
        for at in 0..vectors.len() {
            let normal = simd.mul_f32s(simd.sub_f32s(vectors[at], means), scales);
            vectors[at] = simd.add_f32s(simd.mul_f32s(normal, gains[at]), biases[at]);
        }
        for at in 0..rest.len() {
            rest[at] = (rest[at] - mean) * scale * gain[at] + bias[at];
        }
    }
    scales
}

/// Returns for each row the sum of its values, or with means the sum of the squares of what lies between them and its mean.
#[expect(
    clippy::manual_memcpy,
    clippy::needless_range_loop,
    reason = "adapters of iterators, and copies by a call, are not made for the vectors of the processor"
)]
#[inline(always)]
fn sums_of<S: Simd, const VECTORS: usize, const ROWS: usize>(
    simd: S,
    values: &[f32],
    columns: usize,
    means: Option<[f32; ROWS]>,
) -> [f32; ROWS] {
    let whole = columns / SUMS * SUMS;
    let mut sums = [0.0f32; ROWS];
    let mut lanes = [[0.0f32; SUMS]; ROWS];
    // Vectors are written out here: left to itself the compiler keeps the sums in memory.
    for row in 0..ROWS {
        let values = &values[row * columns..(row + 1) * columns];
        let vectors = S::as_simd_f32s(&values[..whole]).0;
        let mut side_by_side = [simd.splat_f32s(0.0); VECTORS];
        let mean = simd.splat_f32s(means.map_or(0.0, |means| means[row]));
        for chunk in 0..vectors.len() / VECTORS {
            for vector in 0..VECTORS {
                let mut value = vectors[chunk * VECTORS + vector];
                if means.is_some() {
                    let between = simd.sub_f32s(value, mean);
                    value = simd.mul_f32s(between, between);
                }
                side_by_side[vector] = simd.add_f32s(side_by_side[vector], value);
            }
        }
        let own = S::as_mut_simd_f32s(&mut lanes[row]).0;
        for vector in 0..VECTORS {
            own[vector] = side_by_side[vector];
        }
        for at in whole..columns {
            lanes[row][at - whole] += match means {
                Some(means) => (values[at] - means[row]) * (values[at] - means[row]),
                None => values[at],
            };
        }
    }
    for lane in 0..SUMS {
        for row in 0..ROWS {
            sums[row] += lanes[row][lane];
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
