//! Loops over many numbers, with the widest vectors that the processor has.

/// Runs `work`, compiled a second time for processors with vectors of four `f64` (x86-64-v3). `work` and what
/// it calls have to be `#[inline(always)]` to be compiled with it.
///
/// The answers are the same bits either way: no sum and product are fused unless the code says so.
#[inline(always)]
pub fn wide<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = fearless_simd::Level::new().as_avx2() {
        return fearless_simd::Simd::vectorize(avx2, work);
    }
    work()
}
