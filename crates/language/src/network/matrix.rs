//! Rows of numbers.

/// A matrix of 32-bit numbers, row after row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// How many rows.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
    /// The numbers, `rows` × `columns`, row after row.
    pub values: Vec<f32>,
}

impl Matrix {
    /// Returns a matrix of zeros.
    pub fn zeros(rows: usize, columns: usize) -> Self {
        Self {
            rows,
            columns,
            values: vec![0.0; rows * columns],
        }
    }

    /// Returns a row.
    pub fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }

    /// Returns a row to write to.
    pub fn row_mut(&mut self, row: usize) -> &mut [f32] {
        &mut self.values[row * self.columns..(row + 1) * self.columns]
    }

    /// Returns the matrix with rows and columns exchanged.
    #[must_use]
    pub fn transposed(&self) -> Self {
        let mut out = Self::zeros(self.columns, self.rows);
        for (row, values) in self.values.chunks_exact(self.columns.max(1)).enumerate() {
            for (column, value) in values.iter().enumerate() {
                out.values[column * self.rows + row] = *value;
            }
        }
        out
    }
}
