//! Colours in Oklab, where equal distances look equal.
//!
//! Björn Ottosson, "A perceptual color space for image processing" (2020),
//! <https://bottosson.github.io/posts/oklab/>.

use crate::paint::Color;

/// Lightness 0 to 1, green–red, blue–yellow.
type Lab = [f64; 3];

/// `a` and `b` mixed in Oklab: `share` 0 gives `a`, 1 gives `b`, both exactly.
pub(super) fn mix(a: Color, b: Color, share: f64) -> Color {
    if share <= 0.0 {
        return a;
    }
    if share >= 1.0 {
        return b;
    }
    let (from, to) = (lab(a), lab(b));
    let between = |i: usize| from[i] + (to[i] - from[i]) * share;
    let alpha = f64::from(a.a) + (f64::from(b.a) - f64::from(a.a)) * share;
    Color { a: byte(alpha / 255.0), ..rgb([between(0), between(1), between(2)]) }
}

/// How far two colours are apart; black and white are 1 apart, what is nearer than 0.02 is hard to tell.
pub(super) fn distance(a: Color, b: Color) -> f64 {
    let (a, b) = (lab(a), lab(b));
    (0..3).map(|i| (a[i] - b[i]) * (a[i] - b[i])).sum::<f64>().sqrt()
}

/// Lightness, 0 (black) to 1 (white).
pub(super) fn lightness(color: Color) -> f64 {
    lab(color)[0]
}

fn lab(color: Color) -> Lab {
    let [r, g, b] = [color.r, color.g, color.b].map(linear);
    let l = libm::cbrt(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b);
    let m = libm::cbrt(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b);
    let s = libm::cbrt(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b);
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

fn rgb([lightness, a, b]: Lab) -> Color {
    let l = lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b;
    let m = lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b;
    let s = lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b;
    let (l, m, s) = (l * l * l, m * m * m, s * s * s);
    Color::rgb(
        byte(gamma(4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s)),
        byte(gamma(-1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s)),
        byte(gamma(-0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s)),
    )
}

fn linear(channel: u8) -> f64 {
    let c = f64::from(channel) / 255.0;
    if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
}

fn gamma(linear: f64) -> f64 {
    if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * libm::pow(linear, 1.0 / 2.4) - 0.055 }
}

fn byte(channel: f64) -> u8 {
    (channel * 255.0).round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_and_white_are_one_apart_and_colours_come_back() {
        let (black, white) = (Color::rgb(0, 0, 0), Color::rgb(255, 255, 255));
        assert!((distance(black, white) - 1.0).abs() < 1e-6);
        for color in [Color::rgb(111, 23, 16), Color::rgb(3, 200, 77), white, black] {
            assert_eq!(rgb(lab(color)), color);
            assert_eq!(mix(color, black, 0.0), color);
        }
        // Ottosson's table: sRGB red is L 0.628
        assert!((lightness(Color::rgb(255, 0, 0)) - 0.62796).abs() < 1e-4);
    }
}
