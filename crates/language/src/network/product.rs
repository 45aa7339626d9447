//! Products of matrices.
//!
//! A library would be preferred here; those that there are add in an order that depends on the processor. This one adds
//! each sum in the order of its index, each step one fused multiplication and addition, whose result IEEE 754 fixes: the
//! same numbers come out with vectors of any width and without vectors.

use pulp::{Arch, Simd, WithSimd};

use crate::network::Matrix;

/// Columns that are worked on at once.
const WIDTH: usize = 48;
/// Rows after which the next columns are taken, so that both stay near the processor.
const ROWS_OF_A_TURN: usize = 64;

/// The right factor of a product, in the order in which it is read.
#[derive(Clone, Debug, Default)]
pub struct Packed {
    panels: Vec<f32>,
    rows: usize,
    columns: usize,
}

impl Packed {
    /// Packs a matrix given as `rows` × `columns` numbers, row after row.
    pub fn new(values: &[f32], rows: usize, columns: usize) -> Self {
        let mut panels = vec![0.0; columns.div_ceil(WIDTH) * rows * WIDTH];
        for (panel, first) in (0..columns).step_by(WIDTH).enumerate() {
            let width = WIDTH.min(columns - first);
            for row in 0..rows {
                panels[(panel * rows + row) * WIDTH..][..width]
                    .copy_from_slice(&values[row * columns + first..][..width]);
            }
        }
        Self {
            panels,
            rows,
            columns,
        }
    }

    /// Packs a matrix with its rows and columns exchanged: `values` holds `columns` × `rows` numbers.
    pub fn transposed(values: &[f32], rows: usize, columns: usize) -> Self {
        let mut packed = Self::default();
        packed.set_transposed(values, rows, columns);
        packed
    }

    /// Packs another matrix in the place of this one, as [`Packed::transposed`] does.
    pub fn set_transposed(&mut self, values: &[f32], rows: usize, columns: usize) {
        (self.rows, self.columns) = (rows, columns);
        self.panels.clear();
        self.panels.resize(columns.div_ceil(WIDTH) * rows * WIDTH, 0.0);
        let columns = values.chunks_exact(rows.max(1)).take(columns);
        for (column, values) in columns.enumerate() {
            let (panel, at) = (column / WIDTH, column % WIDTH);
            let lines = self.panels[panel * rows * WIDTH..].as_chunks_mut::<WIDTH>().0;
            for (line, value) in lines.iter_mut().zip(values) {
                line[at] = *value;
            }
        }
    }

    /// How many columns it has.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Returns the product of a matrix with this one.
    pub fn multiply(&self, left: &Matrix) -> Matrix {
        let mut out = Matrix::zeros(left.rows, self.columns);
        multiply_add(&left.values, self, &mut out.values, left.rows);
        out
    }

    /// Writes the product of `left` (some rows × the rows of this one) with this one to `out`, and adds `bias` to each row of
    /// it. `out` is made as long as it must be; what it held is lost.
    pub fn multiply_into(&self, left: &[f32], bias: &[f32], out: &mut Vec<f32>) {
        let rows = left.len() / self.rows.max(1);
        let length = rows * self.columns;
        if out.len() < length {
            out.resize(length, 0.0);
        }
        out.truncate(length);
        Arch::new().dispatch(Product {
            left,
            right: self,
            bias: Some(bias),
            out,
            rows,
        });
    }
}

/// Adds the product of `left` (`rows` × the rows of `right`) and `right` to `out` (`rows` × the columns of `right`).
pub fn multiply_add(left: &[f32], right: &Packed, out: &mut [f32], rows: usize) {
    Arch::new().dispatch(Product {
        left,
        right,
        bias: None,
        out,
        rows,
    });
}

struct Product<'a> {
    left: &'a [f32],
    right: &'a Packed,
    /// A row that is added where `out` is written; without it the product is added to what `out` holds.
    bias: Option<&'a [f32]>,
    out: &'a mut [f32],
    rows: usize,
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        // As many sums at once as there are registers for.
        match S::F32_LANES {
            16 => self.run::<S, 3, 8>(simd),
            8 => self.run::<S, 6, 2>(simd),
            4 => self.run::<S, 12, 2>(simd),
            _ => self.run::<S, WIDTH, 1>(simd),
        }
    }
}

impl Product<'_> {
    /// Works with tiles of `ROWS` rows and `VECTORS` vectors, which together are [`WIDTH`] columns.
    #[inline(always)]
    fn run<S: Simd, const VECTORS: usize, const ROWS: usize>(self, simd: S) {
        let (inner, columns) = (self.right.rows, self.right.columns);
        if inner == 0 {
            return;
        }
        let mut turn = 0;
        while turn < self.rows {
            let end = (turn + ROWS_OF_A_TURN).min(self.rows);
            for (panel, values) in self.right.panels.chunks_exact(inner * WIDTH).enumerate() {
                let first = panel * WIDTH;
                let width = WIDTH.min(columns - first);
                let bias = self.bias.map(|bias| &bias[first..first + width]);
                let mut row = turn;
                while row + ROWS <= end {
                    let out = &mut self.out[row * columns + first..];
                    let left = &self.left[row * inner..];
                    tile::<S, VECTORS, ROWS>(simd, left, inner, values, bias, out, columns, width);
                    row += ROWS;
                }
                while row < end {
                    let out = &mut self.out[row * columns + first..];
                    let left = &self.left[row * inner..];
                    tile::<S, VECTORS, 1>(simd, left, inner, values, bias, out, columns, width);
                    row += 1;
                }
            }
            turn = end;
        }
    }
}

/// One tile of `ROWS` rows and at most [`WIDTH`] columns.
#[expect(
    clippy::too_many_arguments,
    reason = "the inner loop of all, kept apart for its constants"
)]
#[inline(always)]
fn tile<S: Simd, const VECTORS: usize, const ROWS: usize>(
    simd: S,
    left: &[f32],
    inner: usize,
    panel: &[f32],
    bias: Option<&[f32]>,
    out: &mut [f32],
    columns: usize,
    width: usize,
) {
    let mut sums = [[simd.splat_f32s(0.0); VECTORS]; ROWS];
    let rows: [&[f32]; ROWS] = std::array::from_fn(|row| &left[row * inner..(row + 1) * inner]);
    let vectors = &S::as_simd_f32s(panel).0[..inner * VECTORS];
    for index in 0..inner {
        let right: [S::f32s; VECTORS] = std::array::from_fn(|vector| vectors[index * VECTORS + vector]);
        for row in 0..ROWS {
            let factor = simd.splat_f32s(rows[row][index]);
            for vector in 0..VECTORS {
                sums[row][vector] = simd.mul_add_f32s(factor, right[vector], sums[row][vector]);
            }
        }
    }
    for (row, sums) in sums.iter().enumerate() {
        let mut line = [0.0f32; WIDTH];
        S::as_mut_simd_f32s(&mut line).0.copy_from_slice(sums);
        let out = &mut out[row * columns..][..width];
        if let Some(bias) = bias {
            for ((out, sum), bias) in out.iter_mut().zip(&line).zip(bias) {
                *out = *sum + *bias;
            }
        } else {
            for (out, sum) in out.iter_mut().zip(&line) {
                *out += *sum;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_the_sum_over_the_inner_index() {
        for (rows, inner, columns) in [(1, 1, 1), (3, 5, 7), (4, 16, 16), (70, 33, 50), (9, 2, 17)] {
            let left: Vec<f32> = (0..rows * inner).map(|at| (at % 7) as f32 - 3.0).collect();
            let right: Vec<f32> = (0..inner * columns).map(|at| (at % 5) as f32 - 2.0).collect();
            let mut expected = vec![1.0; rows * columns];
            for row in 0..rows {
                for column in 0..columns {
                    expected[row * columns + column] += (0..inner)
                        .map(|at| left[row * inner + at] * right[at * columns + column])
                        .sum::<f32>();
                }
            }
            let packed = Packed::new(&right, inner, columns);
            let mut out = vec![1.0; rows * columns];
            multiply_add(&left, &packed, &mut out, rows);
            assert_eq!(out, expected);
            let exchanged = Matrix {
                rows: inner,
                columns,
                values: right,
            }
            .transposed();
            let mut out = vec![1.0; rows * columns];
            multiply_add(
                &left,
                &Packed::transposed(&exchanged.values, inner, columns),
                &mut out,
                rows,
            );
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn is_the_same_to_the_bit_without_vectors() {
        let (rows, inner, columns) = (11, 37, 50);
        let number = |at: usize| ((at * 7919) % 1000) as f32 / 997.0 - 0.5;
        let left: Vec<f32> = (0..rows * inner).map(number).collect();
        let right: Vec<f32> = (0..inner * columns).map(|at| number(at + 3)).collect();
        let packed = Packed::new(&right, inner, columns);
        let mut fast = vec![0.0; rows * columns];
        multiply_add(&left, &packed, &mut fast, rows);
        let mut plain = vec![0.0; rows * columns];
        Product {
            left: &left,
            right: &packed,
            bias: None,
            out: &mut plain,
            rows,
        }
        .with_simd(pulp::Scalar);
        assert_eq!(fast, plain);
    }
}
