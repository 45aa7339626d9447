//! Products of matrices whose numbers are rounded to 255 steps.
//!
//! Each row of the left factor and each column of the right one has its own scale, so that its largest number becomes ±127
//! (symmetric quantisation by row and column, as in Jacob et al. 2018, "Quantization and Training of Neural Networks for
//! Efficient Integer-Arithmetic-Only Inference"). Sums of products of whole numbers are exact, in whole numbers and, as long
//! as they stay below 2²⁴, in 32-bit floats too: processors with instructions for bytes take those, all others the product
//! of floats, and the same bits come out.

use pulp::{Arch, Simd, WithSimd};

use crate::network::Packed;

/// The largest number after rounding.
const MOST: f32 = 127.0;
/// Left factors are shifted by this much where bytes without a sign are asked for.
#[cfg(target_arch = "x86_64")]
const SHIFT: u8 = 128;
/// With more rows than this a sum of floats would not be exact.
const MOST_ROWS: usize = (1 << 24) / (127 * 127);

/// The right factor of a product, rounded.
#[derive(Clone, Debug)]
pub struct Rounded {
    numbers: Numbers,
    /// For each column what its numbers were divided by.
    scales: Vec<f32>,
    rows: usize,
}

#[derive(Clone, Debug)]
enum Numbers {
    /// Whole numbers as floats.
    Floats(Packed),
    /// More rows than sums can hold exactly: numbers as they were given.
    Exact(Packed),
    #[cfg(target_arch = "x86_64")]
    Bytes(bytes::Panels),
}

/// Room for the left factor, kept from product to product.
#[derive(Clone, Debug, Default)]
pub struct RoundedRows {
    /// The numbers themselves, where they are more in a row than sums can hold exactly.
    given: Vec<f32>,
    /// Whole numbers as floats.
    whole: Vec<f32>,
    /// Whole numbers as bytes, shifted, each row padded to a multiple of four.
    #[cfg(target_arch = "x86_64")]
    bytes: Vec<u8>,
    /// For each row what its numbers were divided by.
    scales: Vec<f32>,
}

impl Rounded {
    /// Rounds a matrix given as `rows` × `columns` numbers, row after row. A matrix of more than about a thousand rows is kept
    /// as it is.
    pub fn new(values: &[f32], rows: usize, columns: usize) -> Self {
        Self::with(values, rows, columns, bytes_are_fast())
    }

    fn with(values: &[f32], rows: usize, columns: usize, as_bytes: bool) -> Self {
        if rows > MOST_ROWS {
            return Self {
                numbers: Numbers::Exact(Packed::new(values, rows, columns)),
                scales: vec![1.0; columns],
                rows,
            };
        }
        let mut highest = vec![0.0f32; columns];
        for row in values.chunks_exact(columns.max(1)) {
            for (highest, value) in highest.iter_mut().zip(row) {
                *highest = highest.max(value.abs());
            }
        }
        let scales: Vec<f32> = highest.iter().map(|highest| highest / MOST).collect();
        let mut whole = values.to_vec();
        for row in whole.chunks_exact_mut(columns.max(1)) {
            for (value, highest) in row.iter_mut().zip(&highest) {
                *value = if *highest > 0.0 {
                    (*value * (MOST / highest)).round_ties_even()
                } else {
                    0.0
                };
            }
        }
        Self {
            numbers: Numbers::of(&whole, rows, columns, as_bytes),
            scales,
            rows,
        }
    }

    /// How many columns it has.
    pub fn columns(&self) -> usize {
        self.scales.len()
    }

    /// Writes the product of `left` (some rows × the rows of this one) with this one to `out`, and adds `bias` to each row of
    /// it. `out` is made as long as it must be; what it and `room` held is lost.
    pub fn multiply_into(&self, left: &[f32], bias: &[f32], out: &mut Vec<f32>, room: &mut RoundedRows) {
        room.clear();
        room.push_for(left, self.rows, self.numbers.are_bytes());
        self.multiply_rounded(room, bias, out);
    }

    /// Writes the product of rows that were rounded before, of as many numbers as this one has rows, with this one to `out`,
    /// and adds `bias` to each row of it. `out` is made as long as it must be; what it held is lost.
    pub fn multiply_rounded(&self, left: &RoundedRows, bias: &[f32], out: &mut Vec<f32>) {
        let columns = self.scales.len();
        match &self.numbers {
            Numbers::Exact(packed) => packed.multiply_into(&left.given, bias, out),
            Numbers::Floats(packed) => {
                packed.multiply_into(&left.whole, &vec![0.0; columns], out);
                for (row, row_scale) in out.chunks_exact_mut(columns.max(1)).zip(&left.scales) {
                    for ((value, scale), bias) in row.iter_mut().zip(&self.scales).zip(bias) {
                        *value = *value * (row_scale * scale) + bias;
                    }
                }
            }
            #[cfg(target_arch = "x86_64")]
            Numbers::Bytes(panels) => {
                let length = left.scales.len() * columns;
                if out.len() < length {
                    out.resize(length, 0.0);
                }
                out.truncate(length);
                panels.multiply(&left.bytes, &left.scales, &self.scales, bias, out);
            }
        }
    }
}

impl Numbers {
    #[cfg(target_arch = "x86_64")]
    fn of(whole: &[f32], rows: usize, columns: usize, as_bytes: bool) -> Self {
        if as_bytes {
            Self::Bytes(bytes::Panels::new(whole, rows, columns))
        } else {
            Self::Floats(Packed::new(whole, rows, columns))
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn of(whole: &[f32], rows: usize, columns: usize, _: bool) -> Self {
        Self::Floats(Packed::new(whole, rows, columns))
    }

    /// Whether the left factor must be rounded to bytes.
    fn are_bytes(&self) -> bool {
        match self {
            Self::Floats(_) | Self::Exact(_) => false,
            #[cfg(target_arch = "x86_64")]
            Self::Bytes(_) => true,
        }
    }
}

impl RoundedRows {
    /// Rounds rows of `inner` numbers.
    pub fn round(&mut self, left: &[f32], inner: usize) {
        self.clear();
        self.push(left, inner);
    }

    /// Forgets all rows.
    pub fn clear(&mut self) {
        self.scales.clear();
        self.given.clear();
        self.whole.clear();
        #[cfg(target_arch = "x86_64")]
        self.bytes.clear();
    }

    /// Rounds further rows of `inner` numbers, which must be those of the rows before.
    pub fn push(&mut self, left: &[f32], inner: usize) {
        self.push_for(left, inner, bytes_are_fast());
    }

    /// Rounds further rows for a factor that is kept as bytes, or as floats.
    fn push_for(&mut self, left: &[f32], inner: usize, as_bytes: bool) {
        if inner > MOST_ROWS {
            self.given.extend_from_slice(left);
            return;
        }
        #[cfg(target_arch = "x86_64")]
        if as_bytes {
            self.push_bytes(left, inner);
            return;
        }
        #[cfg(not(target_arch = "x86_64"))]
        debug_assert!(!as_bytes);
        let first = self.whole.len();
        self.whole.extend_from_slice(left);
        Arch::new().dispatch(RoundFloats {
            floats: &mut self.whole[first..],
            inner,
            scales: &mut self.scales,
        });
    }
}

/// Rows of `inner` numbers that are rounded where they stand.
struct RoundFloats<'a> {
    floats: &'a mut [f32],
    inner: usize,
    scales: &'a mut Vec<f32>,
}

impl WithSimd for RoundFloats<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        for row in self.floats.chunks_exact_mut(self.inner.max(1)) {
            let highest = highest_of(simd, row);
            let factor = factor_of(highest);
            for value in row.iter_mut() {
                *value = whole_of(*value, factor);
            }
            self.scales.push(highest / MOST);
        }
    }
}

/// Returns the number of a row that is farthest from zero, without its sign.
#[expect(
    clippy::needless_range_loop,
    reason = "adapters of iterators are not made for the vectors of the processor"
)]
#[inline(always)]
fn highest_of<S: Simd>(simd: S, row: &[f32]) -> f32 {
    // The highest and the lowest of some runs side by side: they do not depend on the order.
    let mut highest = [simd.splat_f32s(0.0); 4];
    let mut lowest = highest;
    let (vectors, rest) = S::as_simd_f32s(row);
    for at in 0..vectors.len() {
        let value = vectors[at];
        let (high, low) = (highest[at % 4], lowest[at % 4]);
        highest[at % 4] = simd.select_f32s(simd.greater_than_f32s(value, high), value, high);
        lowest[at % 4] = simd.select_f32s(simd.less_than_f32s(value, low), value, low);
    }
    let mut lanes = [[0.0f32; 16]; 8];
    for run in 0..4 {
        S::as_mut_simd_f32s(&mut lanes[run]).0[0] = highest[run];
        S::as_mut_simd_f32s(&mut lanes[run + 4]).0[0] = lowest[run];
    }
    // The bits of numbers without a sign are in the order of the numbers, and whole numbers have a vector's maximum.
    let mut bits = [0u32; 16];
    for run in 0..8 {
        for lane in 0..16 {
            bits[lane] = bits[lane].max(lanes[run][lane].abs().to_bits());
        }
    }
    let mut highest = f32::from_bits(bits.into_iter().fold(0, u32::max));
    for value in rest {
        let value = value.abs();
        highest = if value > highest { value } else { highest };
    }
    highest
}

/// Returns what the numbers of a row are multiplied by before they are rounded.
#[inline(always)]
fn factor_of(highest: f32) -> f32 {
    if highest > 0.0 { MOST / highest } else { 0.0 }
}

/// Returns a number as a whole one.
#[inline(always)]
fn whole_of(value: f32, factor: f32) -> f32 {
    // 1.5 × 2²³ rounds to a whole number, ties to the even one.
    (value * factor + 12_582_912.0) - 12_582_912.0
}

/// Whether the processor multiplies bytes faster than floats.
#[cfg(target_arch = "x86_64")]
fn bytes_are_fast() -> bool {
    is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni")
}

/// Whether the processor multiplies bytes faster than floats.
#[cfg(not(target_arch = "x86_64"))]
fn bytes_are_fast() -> bool {
    false
}

#[cfg(target_arch = "x86_64")]
mod bytes {
    //! Sixteen sums of four products of bytes at once.

    use std::arch::x86_64::{
        __m512, __m512i, _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_mul_ps,
        _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_si512, _mm512_sub_epi32,
    };

    use pulp::bytemuck::cast;
    use pulp::{Arch, Simd, WithSimd};

    use super::{MOST, RoundedRows, SHIFT, factor_of, highest_of, whole_of};

    /// Columns of a vector.
    const LANES: usize = 16;
    /// Vectors that are worked on at once.
    const VECTORS: usize = 3;
    /// Columns that are worked on at once.
    const WIDTH: usize = LANES * VECTORS;
    /// Rows that are worked on at once.
    const ROWS: usize = 8;
    /// Products that one instruction adds to a sum.
    const DEEP: usize = 4;

    /// A vector of bytes, where a line of the processor's memory begins: one that lies across two lines takes two reads.
    #[derive(Clone, Copy, Debug)]
    #[repr(align(64))]
    struct Line([i8; LANES * DEEP]);

    /// Whole numbers of one byte in the order in which they are read: by 48 columns, then by four rows, then by column.
    #[derive(Clone, Debug)]
    pub(super) struct Panels {
        numbers: Vec<Line>,
        /// For each column, padded to whole panels, the sum of its numbers times the shift of the left factor.
        shifts: Vec<i32>,
        groups: usize,
        columns: usize,
    }

    impl RoundedRows {
        /// Rounds further rows to bytes, without a list of floats between.
        pub(super) fn push_bytes(&mut self, left: &[f32], inner: usize) {
            let padded = inner.div_ceil(DEEP) * DEEP;
            let first = self.scales.len() * padded;
            let rows = left.len() / inner.max(1);
            self.bytes.resize(first + rows * padded, SHIFT);
            Arch::new().dispatch(RoundBytes {
                bytes: &mut self.bytes[first..],
                padded,
                left,
                inner,
                scales: &mut self.scales,
            });
        }
    }

    /// Rows of `inner` numbers that are rounded to `padded` bytes each.
    struct RoundBytes<'a> {
        bytes: &'a mut [u8],
        padded: usize,
        left: &'a [f32],
        inner: usize,
        scales: &'a mut Vec<f32>,
    }

    impl WithSimd for RoundBytes<'_> {
        type Output = ();

        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) {
            let rows = self.bytes.chunks_exact_mut(self.padded.max(1));
            for (bytes, row) in rows.zip(self.left.chunks_exact(self.inner.max(1))) {
                let highest = highest_of(simd, row);
                let factor = factor_of(highest);
                for (byte, value) in bytes.iter_mut().zip(row) {
                    // The bits of 2²³ + n hold n in their lowest byte.
                    let whole = whole_of(*value, factor);
                    *byte = (whole + (8_388_608.0 + f32::from(SHIFT))).to_bits() as u8;
                }
                self.scales.push(highest / MOST);
            }
        }
    }

    impl Panels {
        pub(super) fn new(whole: &[f32], rows: usize, columns: usize) -> Self {
            let groups = rows.div_ceil(DEEP);
            let panels = columns.div_ceil(WIDTH);
            let mut numbers = vec![Line([0; LANES * DEEP]); panels * groups * VECTORS];
            let mut shifts = vec![0i32; panels * WIDTH];
            for (row, values) in whole.chunks_exact(columns.max(1)).enumerate() {
                for (column, value) in values.iter().enumerate() {
                    let (panel, at) = (column / WIDTH, column % WIDTH);
                    let vector = (panel * groups + row / DEEP) * VECTORS + at / LANES;
                    numbers[vector].0[at % LANES * DEEP + row % DEEP] = *value as i8;
                    shifts[column] += i32::from(SHIFT) * *value as i32;
                }
            }
            Self {
                numbers,
                shifts,
                groups,
                columns,
            }
        }

        /// Writes the product with rows of bytes, scaled and with the bias added, to `out`.
        #[expect(
            unsafe_code,
            reason = "the function asks for instructions, which are there where panels are made"
        )]
        pub(super) fn multiply(
            &self,
            left: &[u8],
            row_scales: &[f32],
            column_scales: &[f32],
            bias: &[f32],
            out: &mut [f32],
        ) {
            if self.groups == 0 {
                for row in out.chunks_exact_mut(self.columns.max(1)) {
                    row.copy_from_slice(bias);
                }
                return;
            }
            // SAFETY: panels are only made where the processor has both sets of instructions (`bytes_are_fast`), and the
            // function has no other condition.
            unsafe { self.run(left, row_scales, column_scales, bias, out) }
        }

        #[target_feature(enable = "avx512f,avx512vnni")]
        fn run(&self, left: &[u8], row_scales: &[f32], column_scales: &[f32], bias: &[f32], out: &mut [f32]) {
            let deep = self.groups * DEEP;
            for (panel, numbers) in self.numbers.chunks_exact(self.groups * VECTORS).enumerate() {
                let first = panel * WIDTH;
                let width = WIDTH.min(self.columns - first);
                let mut tile = Tile {
                    numbers,
                    begin: [_mm512_setzero_si512(); VECTORS],
                    scales: [_mm512_set1_ps(0.0); VECTORS],
                    bias: [_mm512_set1_ps(0.0); VECTORS],
                    deep,
                };
                let (mut scales, mut own_bias, mut shifts) =
                    ([0.0f32; WIDTH], [0.0f32; WIDTH], [0i32; WIDTH]);
                scales[..width].copy_from_slice(&column_scales[first..first + width]);
                own_bias[..width].copy_from_slice(&bias[first..first + width]);
                shifts.copy_from_slice(&self.shifts[first..first + WIDTH]);
                for vector in 0..VECTORS {
                    let shifts = cast(shifts.as_chunks::<LANES>().0[vector]);
                    tile.begin[vector] = _mm512_sub_epi32(_mm512_setzero_si512(), shifts);
                    tile.scales[vector] = cast(scales.as_chunks::<LANES>().0[vector]);
                    tile.bias[vector] = cast(own_bias.as_chunks::<LANES>().0[vector]);
                }
                let mut row = 0;
                while row + ROWS <= row_scales.len() {
                    tile.run::<ROWS>(left, row_scales, row, &mut out[first..], self.columns, width);
                    row += ROWS;
                }
                // The sums of one row alone wait for each other: what is left is done by four rows as long as there are four.
                if row + ROWS / 2 <= row_scales.len() {
                    tile.run::<{ ROWS / 2 }>(left, row_scales, row, &mut out[first..], self.columns, width);
                    row += ROWS / 2;
                }
                while row < row_scales.len() {
                    tile.run::<1>(left, row_scales, row, &mut out[first..], self.columns, width);
                    row += 1;
                }
            }
        }
    }

    /// Some rows with the columns of a panel.
    struct Tile<'panel> {
        numbers: &'panel [Line],
        /// What each sum begins with: the shift of the left factor, taken away.
        begin: [__m512i; VECTORS],
        scales: [__m512; VECTORS],
        bias: [__m512; VECTORS],
        deep: usize,
    }

    impl Tile<'_> {
        #[target_feature(enable = "avx512f,avx512vnni")]
        #[inline]
        fn run<const COUNT: usize>(
            &self,
            left: &[u8],
            row_scales: &[f32],
            first_row: usize,
            out: &mut [f32],
            columns: usize,
            width: usize,
        ) {
            let mut sums = [self.begin; COUNT];
            // Functions that take closures, and adapters of iterators, are not made for these instructions: plain loops are.
            let mut rows: [&[[u8; DEEP]]; COUNT] = [&[]; COUNT];
            for (row, bytes) in rows.iter_mut().enumerate() {
                *bytes = left[(first_row + row) * self.deep..][..self.deep].as_chunks().0;
            }
            let (groups, _) = self.numbers.as_chunks::<VECTORS>();
            for group in 0..groups.len() {
                let mut right = [_mm512_setzero_si512(); VECTORS];
                for vector in 0..VECTORS {
                    right[vector] = cast(groups[group][vector].0);
                }
                for row in 0..COUNT {
                    let four = _mm512_set1_epi32(i32::from_le_bytes(rows[row][group]));
                    for vector in 0..VECTORS {
                        sums[row][vector] = _mm512_dpbusd_epi32(sums[row][vector], four, right[vector]);
                    }
                }
            }
            for (row, sums) in sums.iter().enumerate() {
                let row_scale = _mm512_set1_ps(row_scales[first_row + row]);
                let mut line = [[0.0f32; LANES]; VECTORS];
                for vector in 0..VECTORS {
                    let whole = _mm512_cvtepi32_ps(sums[vector]);
                    let scale = _mm512_mul_ps(row_scale, self.scales[vector]);
                    line[vector] = cast(_mm512_add_ps(_mm512_mul_ps(whole, scale), self.bias[vector]));
                }
                let out = &mut out[(first_row + row) * columns..][..width];
                let (whole, rest) = out.as_chunks_mut::<LANES>();
                if let [all] = whole.as_chunks_mut::<VECTORS>().0 {
                    *all = line;
                    continue;
                }
                #[expect(
                    clippy::manual_memcpy,
                    reason = "a copy of known length is an instruction and no call"
                )]
                for vector in 0..whole.len().min(VECTORS) {
                    whole[vector] = line[vector];
                }
                if !rest.is_empty() {
                    rest.copy_from_slice(&line[whole.len()][..rest.len()]);
                }
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_bits_are_those_of_floats() {
            if !super::super::bytes_are_fast() {
                return;
            }
            for (rows, inner, columns) in [(1, 1, 1), (11, 37, 50), (8, 192, 576), (70, 33, 48)] {
                let number = |at: usize| ((at * 7919) % 1000) as f32 / 997.0 - 0.5;
                let left: Vec<f32> = (0..rows * inner).map(number).collect();
                let right: Vec<f32> = (0..inner * columns).map(|at| number(at + 3)).collect();
                let bias: Vec<f32> = (0..columns).map(number).collect();
                let mut room = RoundedRows::default();
                let product = |as_bytes: bool, room: &mut RoundedRows| {
                    let mut out = Vec::new();
                    super::super::Rounded::with(&right, inner, columns, as_bytes)
                        .multiply_into(&left, &bias, &mut out, room);
                    out
                };
                assert_eq!(product(true, &mut room), product(false, &mut room));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_close_to_the_product_of_the_numbers_themselves() {
        for inner in [1, 5, 192, MOST_ROWS + 1] {
            let (rows, columns) = (3, 50);
            let number = |at: usize| ((at * 7919) % 1000) as f32 / 997.0 - 0.5;
            let left: Vec<f32> = (0..rows * inner).map(number).collect();
            let right: Vec<f32> = (0..inner * columns).map(|at| number(at + 3)).collect();
            let bias: Vec<f32> = (0..columns).map(number).collect();
            let (mut rounded, mut exact) = (Vec::new(), Vec::new());
            let mut room = RoundedRows::default();
            Rounded::new(&right, inner, columns).multiply_into(&left, &bias, &mut rounded, &mut room);
            Packed::new(&right, inner, columns).multiply_into(&left, &bias, &mut exact);
            for (rounded, exact) in rounded.iter().zip(&exact) {
                assert!(
                    (rounded - exact).abs() < 0.003 * inner as f32,
                    "{rounded} {exact}"
                );
            }
        }
    }

    #[test]
    fn rows_and_columns_of_zeros_stay_zero() {
        let mut out = Vec::new();
        Rounded::new(&[0.0; 6], 2, 3).multiply_into(
            &[0.0, 0.0, 1.0, 2.0],
            &[1.0, 2.0, 3.0],
            &mut out,
            &mut RoundedRows::default(),
        );
        assert_eq!(out, [1.0, 2.0, 3.0, 1.0, 2.0, 3.0]);
    }
}
