//! Work done with the vectors of the processor.

use pulp::{Arch, Simd, WithSimd};

/// Does what a closure does with the widest vectors that the processor has; the closure must be inlined always.
///
/// [`Arch::dispatch`] takes closures too, but calls one that may be called again through an adapter, which is made for the
/// vectors that every processor has: the work is done there, four times as slowly.
#[inline(always)]
pub(super) fn with_vectors(work: impl FnMut()) {
    Arch::new().dispatch(Work(work));
}

struct Work<Closure>(Closure);

impl<Closure: FnMut()> WithSimd for Work<Closure> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, _: S) {
        (self.0)();
    }
}
