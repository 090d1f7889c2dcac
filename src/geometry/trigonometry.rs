//! Sine, cosine, arctangent, arcsine, logarithm and power without branches, for the many vertices of a map.
//!
//! The polynomials are those of Sun's fdlibm (`k_sin.c`, `k_cos.c`, `s_atan.c`, `e_log.c`, `e_exp.c`, © 1993 Sun
//! Microsystems, freely usable with that notice), as `libm` has them; around them stand reductions that a processor
//! works on without waiting for a guess of the way. Like `libm`, they are sums and products only, and give the same
//! bits on every machine. They are within 2e-16 (absolute, for arguments and answers of the size of an angle) of the
//! true value.

// The tables are written as they stand in the source.
#![allow(clippy::excessive_precision)]

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

/// What π/4, π/2 and π have beyond their `f64`.
const REST_OF_QUARTER: f64 = 3.061_616_997_868_383e-17;
const REST_OF_HALF: f64 = 6.123_233_995_736_766e-17;
const REST_OF_PI: f64 = 1.224_646_799_147_353_2e-16;

/// Added to a number of modest size it leaves the nearest whole number in the last bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// sin x and cos x for |x| up to π/4.
#[inline(always)]
fn kernels(x: f64) -> (f64, f64) {
    let z = x * x;
    let sin = x + x
        * z
        * (-1.666_666_666_666_663_243_48e-1
            + z * (8.333_333_333_322_489_461_24e-3
                + z * (-1.984_126_982_985_794_931_34e-4
                    + z * (2.755_731_370_707_006_767_89e-6
                        + z * (-2.505_076_025_340_686_341_95e-8 + z * 1.589_690_995_211_550_102_21e-10)))));
    let tail = z
        * z
        * (4.166_666_666_666_660_190_37e-2
            + z * (-1.388_888_888_887_410_957_49e-3
                + z * (2.480_158_728_947_672_941_78e-5
                    + z * (-2.755_731_435_139_066_330_35e-7
                        + z * (2.087_572_321_298_174_827_90e-9 - z * 1.135_964_755_778_819_482_65e-11)))));
    let half = 0.5 * z;
    let one = 1.0 - half;
    (sin, one + (((1.0 - one) - half) + tail))
}

/// Sine and cosine of `quarters` quarter turns and `x` radians; `quarters` is in the last bits.
#[inline(always)]
fn turned(x: f64, quarters: u64) -> (f64, f64) {
    let (sin, cos) = kernels(x);
    let (sin, cos) = (sin.to_bits(), cos.to_bits());
    let exchanged = (sin ^ cos) & (quarters & 1).wrapping_neg();
    let sign = |quarters: u64| (quarters & 2) << 62;
    (
        f64::from_bits(sin ^ exchanged ^ sign(quarters)),
        f64::from_bits(cos ^ exchanged ^ sign(quarters.wrapping_add(1))),
    )
}

/// Sine and cosine of an angle in degrees; exact at multiples of 90°, as the quarter turns are taken off before π comes
/// in (Karney's GeographicLib does so). For angles of up to a million degrees.
#[inline(always)]
pub fn sincos_degrees(degrees: f64) -> (f64, f64) {
    let shifted = degrees * (1.0 / 90.0) + ROUNDER;
    let rest = degrees - 90.0 * (shifted - ROUNDER);
    turned(rest.to_radians(), shifted.to_bits())
}

/// Sine and cosine of an angle in radians, of up to a few turns.
#[inline(always)]
pub fn sincos(radians: f64) -> (f64, f64) {
    // π/2 in three parts of 33 bits and less, so that their multiples are exact (fdlibm, `e_rem_pio2.c`).
    const PARTS: [f64; 3] =
        [1.570_796_326_734_125_614_17, 6.077_100_506_303_965_976_60e-11, 2.022_266_248_795_950_631_54e-21];
    let shifted = radians * (2.0 / PI) + ROUNDER;
    let quarters = shifted - ROUNDER;
    let rest = ((radians - quarters * PARTS[0]) - quarters * PARTS[1]) - quarters * PARTS[2];
    turned(rest, shifted.to_bits())
}

/// atan x for |x| up to 7/16.
#[inline(always)]
fn arc(x: f64) -> f64 {
    let z = x * x;
    let w = z * z;
    let even = z
        * (3.333_333_333_333_293_180_27e-1
            + w * (1.428_571_427_250_346_637_11e-1
                + w * (9.090_887_133_436_506_561_96e-2
                    + w * (6.661_073_137_387_531_206_69e-2
                        + w * (4.976_877_994_615_932_360_17e-2 + w * 1.628_582_011_536_578_236_23e-2)))));
    let odd = w
        * (-1.999_999_999_987_648_324_76e-1
            + w * (-1.111_111_040_546_235_578_80e-1
                + w * (-7.691_876_205_044_829_994_95e-2
                    + w * (-5.833_570_133_790_573_486_45e-2 - w * 3.653_157_274_421_691_552_70e-2))));
    x - x * (even + odd)
}

/// The angle of the vector (x, y), radians in [-π, π], as [`f64::atan2`]; for finite vectors.
#[inline(always)]
pub fn atan2(y: f64, x: f64) -> f64 {
    let (u, v) = (x.abs(), y.abs());
    let (long, short) = if v > u { (v, u) } else { (u, v) };
    // Beyond an eighth of a half turn the angle is counted from 45°: tan(a - 45°) = (t - 1) / (t + 1).
    let far = short > 0.414_213_562_373_095 * long;
    let (up, along) = if far { (short - long, short + long) } else { (short, long) };
    let along = if along == 0.0 { 1.0 } else { along };
    let (base, rest) = if far { (FRAC_PI_4, REST_OF_QUARTER) } else { (0.0, 0.0) };
    let octant = base + (arc(up / along) + rest);
    let quadrant = if v > u { FRAC_PI_2 - (octant - REST_OF_HALF) } else { octant };
    let half = if x.is_sign_negative() { PI - (quadrant - REST_OF_PI) } else { quadrant };
    half.copysign(y)
}

/// The angle whose sine this is, radians, for values in [-1, 1].
#[inline(always)]
pub fn asin(sine: f64) -> f64 {
    atan2(sine, ((1.0 - sine) * (1.0 + sine)).max(0.0).sqrt())
}

/// ln 2 in two parts, the first of 33 bits, so that its multiples are exact.
const LN_2: [f64; 2] = [6.931_471_803_691_238_164_90e-1, 1.908_214_929_270_587_700_02e-10];

/// ln x of a normal number above 0.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    /// What the bits of √½ lack to those of 1.
    const REACH: u64 = (0x3ff0_0000 - 0x3fe6_a09e) << 32;
    // x = 2^k (1 + f) with 1 + f between √½ and √2; k comes out of the last bits of 2⁵² + 1023 + k.
    let bits = x.to_bits().wrapping_add(REACH);
    let k = f64::from_bits(bits >> 52 | 0x4330_0000_0000_0000) - (4_503_599_627_370_496.0 + 1023.0);
    let f = f64::from_bits((bits & 0x000f_ffff_ffff_ffff).wrapping_add(0x3fe6_a09e << 32)) - 1.0;
    let half = 0.5 * f * f;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w
        * (3.999_999_999_940_941_908e-1
            + w * (2.222_219_843_214_978_396e-1 + w * 1.531_383_769_920_937_332e-1));
    let odd = z
        * (6.666_666_666_666_735_130e-1
            + w * (2.857_142_874_366_239_149e-1
                + w * (1.818_357_216_161_805_012e-1 + w * 1.479_819_860_511_658_591e-1)));
    s * (half + (odd + even)) + k * LN_2[1] - half + f + k * LN_2[0]
}

/// e to the power of x, for |x| up to 700.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    let shifted = x * std::f64::consts::LOG2_E + ROUNDER;
    let k = shifted - ROUNDER;
    let (high, low) = (x - k * LN_2[0], k * LN_2[1]);
    let r = high - low;
    let z = r * r;
    let c = r - z
        * (1.666_666_666_666_660_190_37e-1
            + z * (-2.777_777_777_701_559_338_42e-3
                + z * (6.613_756_321_437_934_361_17e-5
                    + z * (-1.653_390_220_546_525_153_90e-6 + z * 4.138_136_797_057_238_460_39e-8))));
    let one = 1.0 + (r * c / (2.0 - c) - low + high);
    one * f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52)
}

/// The cube root of a number that is not negative, within a few units in the last place (fdlibm, `s_cbrt.c`).
#[inline(always)]
pub fn cbrt(x: f64) -> f64 {
    // Less is nothing; below, the estimate by the exponent does not hold.
    if x < 1e-300 {
        return 0.0;
    }
    // The third of the exponent, right to 5 bits; then a polynomial to 23 bits, and a step of Newton's.
    let high = (x.to_bits() >> 32) as u32 / 3 + 715_094_163;
    let t = f64::from_bits(u64::from(high) << 32);
    let r = t * t * (t / x);
    let t = t
        * ((1.875_951_824_271_770_096_43
            + r * (-1.884_979_795_433_771_698_75 + r * 1.621_429_720_105_354_466_14))
            + r * r * r * (-0.758_397_934_778_766_047_437 + r * 0.145_996_192_886_612_446_982));
    let t = f64::from_bits((t.to_bits() + 0x8000_0000) & 0xffff_ffff_c000_0000);
    let r = x / (t * t);
    t + t * ((r - t) / (t + t + r))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Angles of all sizes up to some turns, radians.
    fn angles() -> impl Iterator<Item = f64> {
        let fine = (-80_000..=80_000).map(|k| f64::from(k) * 1.234_567e-4);
        let tiny = (-60..0).flat_map(|k| [libm::exp2(f64::from(k)), -libm::exp2(f64::from(k))]);
        fine.chain(tiny)
    }

    #[test]
    fn logarithms_and_powers_are_those_of_libm() {
        for k in 0..200_000 {
            let x = libm::exp2(f64::from(k % 200 - 100)) * (1.0 + f64::from(k) / 200_000.0);
            let (ours, theirs) = (ln(x), libm::log(x));
            assert!((ours - theirs).abs() <= 2e-16 * theirs.abs(), "ln {x}: {ours}, {theirs}");
            let x = f64::from(k - 100_000) * 6.9e-3;
            let (ours, theirs) = (exp(x), libm::exp(x));
            assert!((ours - theirs).abs() <= 3e-16 * theirs, "exp {x}: {ours}, {theirs}");
        }
        assert_eq!((ln(1.0), exp(0.0)), (0.0, 1.0));
    }

    #[test]
    fn sines_are_those_of_libm() {
        for x in angles() {
            let (sin, cos) = sincos(x);
            let (s, c) = libm::sincos(x);
            assert!((sin - s).abs() <= 2.3e-16 && (cos - c).abs() <= 2.3e-16, "{x}: {sin} {s}, {cos} {c}");
            let (sin, cos) = sincos_degrees(x.to_degrees());
            assert!((sin - s).abs() <= 1e-15 * x.abs().max(1.0), "{x} in degrees: {sin} {s}");
            assert!((cos - c).abs() <= 1e-15 * x.abs().max(1.0), "{x} in degrees: {cos} {c}");
        }
    }

    #[test]
    fn quarter_turns_are_exact() {
        let of = [(0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0)];
        for k in -20_i32..=20 {
            let (sin, cos) = sincos_degrees(f64::from(k) * 90.0);
            assert_eq!((sin + 0.0, cos + 0.0), of[k.rem_euclid(4) as usize], "{k} quarters");
        }
    }

    #[test]
    fn arctangents_are_those_of_libm() {
        for x in angles() {
            let (y, x) = libm::sincos(x);
            for size in [1e-9, 1.0, 7.5e5] {
                let (y, x) = (y * size, x * size);
                let (own, true_one) = (atan2(y, x), libm::atan2(y, x));
                assert!((own - true_one).abs() <= 5e-16, "{y}, {x}: {own} {true_one}");
            }
            assert!((asin(y) - libm::asin(y)).abs() <= 5e-16, "{y}: {} {}", asin(y), libm::asin(y));
        }
        for (y, x) in
            [(0.0, 1.0), (-0.0, 1.0), (0.0, -1.0), (-0.0, -1.0), (0.0, 0.0), (1.0, 0.0), (-1.0, 0.0)]
        {
            let (own, true_one) = (atan2(y, x), libm::atan2(y, x));
            assert_eq!((own, own.is_sign_negative()), (true_one, true_one.is_sign_negative()), "{y}, {x}");
        }
        assert_eq!([asin(1.0), asin(-1.0), asin(0.0)], [FRAC_PI_2, -FRAC_PI_2, 0.0]);
    }

    #[test]
    fn cube_roots_are_those_of_libm() {
        for k in -1000..1000 {
            let x = libm::exp(f64::from(k) * 0.037);
            assert!((cbrt(x) / libm::cbrt(x) - 1.0).abs() < 1e-15, "{x}: {} {}", cbrt(x), libm::cbrt(x));
        }
        assert_eq!([cbrt(0.0), cbrt(27.0)], [0.0, 3.0]);
    }
}
