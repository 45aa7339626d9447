//! Products of matrices.
//!
//! A library would be preferred here; those that there are add in an order, or with fused operations, that depend on
//! the processor. This one adds each sum in the order of its index everywhere, and is fast because the compiler makes
//! vector instructions of loops of fixed width, for the processor that is found at run time.

use pulp::{Arch, NullaryFnOnce};

use crate::network::Matrix;

/// Columns that are worked on at once.
const WIDTH: usize = 16;
/// Rows that are worked on at once.
const HEIGHT: usize = 4;
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
        let mut panels = vec![0.0; columns.div_ceil(WIDTH) * rows * WIDTH];
        for column in 0..columns {
            let (panel, at) = (column / WIDTH, column % WIDTH);
            for (row, value) in values[column * rows..(column + 1) * rows].iter().enumerate() {
                panels[(panel * rows + row) * WIDTH + at] = *value;
            }
        }
        Self {
            panels,
            rows,
            columns,
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
}

/// Adds the product of `left` (`rows` × the rows of `right`) and `right` to `out` (`rows` × the columns of `right`).
pub fn multiply_add(left: &[f32], right: &Packed, out: &mut [f32], rows: usize) {
    Arch::new().dispatch(Product {
        left,
        right,
        out,
        rows,
    });
}

struct Product<'a> {
    left: &'a [f32],
    right: &'a Packed,
    out: &'a mut [f32],
    rows: usize,
}

impl NullaryFnOnce for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let (inner, columns) = (self.right.rows, self.right.columns);
        let mut turn = 0;
        while turn < self.rows {
            let end = (turn + ROWS_OF_A_TURN).min(self.rows);
            for (panel, values) in self.right.panels.chunks_exact((inner * WIDTH).max(1)).enumerate() {
                let first = panel * WIDTH;
                let width = WIDTH.min(columns - first);
                let mut row = turn;
                while row + HEIGHT <= end {
                    let out = &mut self.out[row * columns + first..];
                    block::<HEIGHT>(&self.left[row * inner..], inner, values, out, columns, width);
                    row += HEIGHT;
                }
                while row < end {
                    let out = &mut self.out[row * columns + first..];
                    block::<1>(&self.left[row * inner..], inner, values, out, columns, width);
                    row += 1;
                }
            }
            turn = end;
        }
    }
}

/// One block of `ROWS` rows and at most [`WIDTH`] columns.
#[inline(always)]
fn block<const ROWS: usize>(
    left: &[f32],
    inner: usize,
    panel: &[f32],
    out: &mut [f32],
    columns: usize,
    width: usize,
) {
    let mut sums = [[0.0f32; WIDTH]; ROWS];
    let rows: [&[f32]; ROWS] = std::array::from_fn(|row| &left[row * inner..(row + 1) * inner]);
    for (index, values) in panel.as_chunks::<WIDTH>().0.iter().enumerate().take(inner) {
        for row in 0..ROWS {
            let factor = rows[row][index];
            for column in 0..WIDTH {
                sums[row][column] += factor * values[column];
            }
        }
    }
    for (row, sums) in sums.iter().enumerate() {
        for (out, sum) in out[row * columns..][..width].iter_mut().zip(sums) {
            *out += *sum;
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
            let mut out = vec![1.0; rows * columns];
            multiply_add(&left, &Packed::new(&right, inner, columns), &mut out, rows);
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
}
