//! What figures rely on: widths, outlines, lines and markup.

use std::collections::BTreeSet;

use kurbo::{BezPath, Shape as _};

use super::*;

fn font(weight: u16, italic: bool) -> Font {
    Font { family: "Libre Franklin".into(), weight, italic }
}

fn run(text: &str) -> Run {
    Run { text: text.into(), font: font(400, false), size: 16.0, tracking: 0.0, accent: None }
}

fn lines(text: &str, width: f64, how: Wrap) -> Vec<String> {
    let line = |l: Line| l.runs.into_iter().map(|r| r.text).collect();
    wrap(&[run(text)], width, how).into_iter().map(line).collect()
}

#[test]
fn every_face_parses_and_draws() {
    for face in Face::all() {
        let parsed = face.parsed().expect("a bundled face parses");
        let count = parsed.font.num_glyphs();
        let outlines = parsed.font.outline_glyphs();
        for id in 0..count {
            let mut path = BezPath::new();
            outline::draw(&mut path, face, id as u16, kurbo::Affine::IDENTITY);
            assert!(outlines.get(harfrust::GlyphId::new(id)).is_some(), "{face:?} glyph {id}");
        }
    }
}

#[test]
fn the_nearest_cut_is_taken() {
    let cut = |weight, italic| {
        let face = Face::main(&font(weight, italic));
        (face.weight(), face.italic())
    };
    assert_eq!(cut(400, false), (400, false));
    assert_eq!(cut(450, false), (400, false));
    assert_eq!(cut(900, false), (700, false));
    assert_eq!(cut(700, true), (600, true));
    assert_eq!(cut(500, true), (400, true));
}

#[test]
fn width_scales_with_size_and_counts_tracking_between_letters() {
    let at = |size, tracking| shape("Venezuela", &font(500, false), size, tracking).width;
    assert!((at(32.0, 0.0) - 2.0 * at(16.0, 0.0)).abs() < 1e-9);
    assert!((at(16.0, 1.0) - at(16.0, 0.0) - 8.0).abs() < 1e-9);
    assert_eq!(shape("", &font(400, false), 16.0, 3.0).width, 0.0);
}

#[test]
fn letters_are_kerned() {
    let width = |text| shape(text, &font(400, false), 100.0, 0.0).width;
    assert!(width("AV") < width("A") + width("V") - 1.0);
}

#[test]
fn spaced_words_have_no_ligatures() {
    let count = |tracking| shape("fi", &font(400, false), 16.0, tracking).glyphs.len();
    assert_eq!((count(0.0), count(0.5)), (1, 2));
}

#[test]
fn the_outline_stands_on_the_baseline_within_the_advance() {
    let shaped = shape("Hxb", &font(400, false), 100.0, 0.0);
    let bounds = outline(&shaped, &font(400, false), 100.0).bounding_box();
    assert!(bounds.x0 > 0.0 && bounds.x1 < shaped.width);
    assert!(bounds.y1.abs() < 2.0 && bounds.y0 < -70.0, "{bounds:?}");
    let m = metrics(&font(400, false), 100.0);
    assert!((m.cap_height - 74.2).abs() < 0.5 && (m.x_height - 53.0).abs() < 1.0, "{m:?}");
    assert!(m.ascent > m.cap_height - 1.0 && m.descent > 15.0, "{m:?}");
}

#[test]
fn a_mark_is_set_above_its_letter() {
    let composed = shape("é", &font(400, false), 100.0, 0.0);
    let decomposed = shape("e\u{301}", &font(400, false), 100.0, 0.0);
    assert_eq!(composed.glyphs[0].id, decomposed.glyphs[0].id);
    let stacked = shape("x\u{301}", &font(400, false), 100.0, 0.0);
    assert_eq!(stacked.width, shape("x", &font(400, false), 100.0, 0.0).width);
}

#[test]
fn a_second_family_stands_in_and_what_no_face_has_is_named() {
    let shaped = shape("A → Ω Ж", &font(700, false), 16.0, 0.0);
    let fallback: Vec<bool> = shaped.glyphs.iter().map(|g| g.face.is_fallback()).collect();
    assert_eq!(fallback, [false, false, true, false, false, false, false]);
    assert!(shaped.glyphs.iter().all(|g| g.id != 0));
    assert_eq!(missing("Łódź, Αθήνα, Москва → ½ €", &font(400, false)), []);
    assert_eq!(missing("東京 – 東\u{200b}\u{fe0f}\t", &font(400, false)), ['東', '京']);
    let box_sign = shape("東", &font(400, false), 16.0, 0.0);
    assert!(outline(&box_sign, &font(400, false), 16.0).bounding_box().area() > 10.0);
}

#[test]
fn any_text_is_shaped() {
    for text in [
        "\0\u{1}\u{7f}",
        "\u{301}\u{301}",
        "🇻🇪👩‍👩‍👧",
        "שלום عربى",
        "\u{feff}\u{202e}x",
        "\u{10ffff}",
        "a\r\nb\rc",
    ] {
        let shaped = shape(text, &font(400, true), 12.0, 0.5);
        assert!(shaped.width.is_finite());
        let cleaned = clean(text);
        assert!(shaped.glyphs.iter().all(|g| cleaned.is_char_boundary(g.at)));
    }
    assert_eq!(clean("a\r\nb\rc\td\u{0}"), "a b c d");
}

#[test]
fn glyphs_follow_a_curve() {
    let mut curve = BezPath::new();
    curve.move_to((0.0, 0.0));
    curve.curve_to((0.0, -55.2), (44.8, -100.0), (100.0, -100.0));
    let curve = crate::geometry::Path::from(curve);
    assert!((arc_length(&curve) - 157.08).abs() < 0.1);
    let shaped = shape("Sea", &font(400, true), 20.0, 0.0);
    let start = (arc_length(&curve) - shaped.width) / 2.0;
    let bounds = outline_along(&shaped, &font(400, true), 20.0, &curve, start).bounding_box();
    let middle = bounds.center();
    assert!((middle.x - 29.3).abs() < 8.0 && (middle.y + 70.7).abs() < 8.0, "{middle:?}");
    assert!(outline_along(&shaped, &font(400, true), 20.0, &curve, 1000.0).elements().is_empty());
}

#[test]
fn lines_fit_and_lose_nothing() {
    let text =
        "Where Tren de Aragua is said to operate, by strength of the reports; ‘reported’ is not established.";
    for width in [90.0, 100.0, 173.0, 400.0] {
        for how in [Wrap::Text, Wrap::Balanced] {
            let set = wrap(&[run(text)], width, how);
            assert!(set.iter().all(|l| l.width <= width + 1e-9), "{width} {how:?}");
            assert_eq!(lines(text, width, how).join(" "), text.to_owned().replace("  ", " "));
        }
    }
}

#[test]
fn no_lone_word_in_the_last_line() {
    let text = "From one prison to ten countries in";
    let width = shape("From one prison to ten countries", &font(400, false), 16.0, 0.0).width + 1.0;
    assert_eq!(lines(text, width, Wrap::Text), ["From one prison to ten", "countries in"]);
}

#[test]
fn balanced_lines_are_alike() {
    let text = "From one prison to ten countries";
    let width = shape("From one prison to ten", &font(400, false), 16.0, 0.0).width + 1.0;
    assert_eq!(lines(text, width, Wrap::Balanced), ["From one prison", "to ten countries"]);
}

#[test]
fn newlines_spaces_and_hyphens() {
    assert_eq!(lines("a\n\nb\n", 100.0, Wrap::Text), ["a", "", "b"]);
    assert_eq!(lines("", 100.0, Wrap::Text), Vec::<String>::new());
    assert_eq!(lines("10\u{a0}000\u{a0}km", 1.0, Wrap::Text).concat(), "10\u{a0}000\u{a0}km");
    assert_eq!(lines("Staats\u{ad}grenze", 60.0, Wrap::Text), ["Staats-", "grenze"]);
}

#[test]
fn a_word_wider_than_the_line_is_cut() {
    let set = wrap(&[run(&"Ä".repeat(100))], 50.0, Wrap::Text);
    assert!(set.len() > 20 && set.iter().all(|l| l.width <= 50.0));
    assert_eq!(lines("abc", 0.0, Wrap::Text), ["a", "b", "c"]);
    assert_eq!(lines("e\u{301}e\u{301}", 0.0, Wrap::Text), ["e\u{301}", "e\u{301}"]);
}

#[test]
fn runs_keep_their_fonts_across_lines() {
    let runs = Rich::parse("**Tocorón prison.** Stormed by 11,000 soldiers in *September* 2023").set(
        &font(400, false),
        16.0,
        0.0,
        700,
    );
    let set = wrap(&runs, 150.0, Wrap::Balanced);
    assert!(set.len() > 2);
    for line in &set {
        assert!((line.width - measure(&line.runs)).abs() < 1e-9);
    }
    let bold: String =
        set.iter().flat_map(|l| &l.runs).filter(|r| r.font.weight == 700).map(|r| r.text.as_str()).collect();
    assert_eq!(bold, "Tocorón prison.");
}

#[test]
fn long_text_is_wrapped_quickly() {
    let text = "word ".repeat(20_000) + &"x".repeat(20_000) + &"*a* ".repeat(20_000);
    let rich = Rich::parse(&text).set(&font(400, false), 10.0, 0.0, 700);
    assert!(rich.len() > 20_000);
    assert!(wrap(&rich[..1], 300.0, Wrap::Balanced).len() > 1000);
    assert!(wrap(&rich, 300.0, Wrap::Text).len() > 1000);
}

#[test]
fn markup() {
    let read = |markup: &str| {
        let mark = |m: &rich::Marked| match (m.bold, m.italic) {
            (false, false) => m.text.clone(),
            (true, false) => format!("<b>{}</b>", m.text),
            (false, true) => format!("<i>{}</i>", m.text),
            (true, true) => format!("<bi>{}</bi>", m.text),
        };
        Rich::parse(markup).0.iter().map(mark).collect::<String>()
    };
    assert_eq!(read("a **b** c"), "a <b>b</b> c");
    assert_eq!(read("*a* **b *c* d**"), "<i>a</i> <b>b </b><bi>c</bi><b> d</b>");
    assert_eq!(read("***a***"), "<bi>a</bi>");
    assert_eq!(read(r"\*a\* \\ \n"), r"*a* \ \n");
    assert_eq!(read("2 * 3 * 4"), "2 * 3 * 4");
    assert_eq!(read("**open"), "**open");
    assert_eq!(read("a* b *c"), "a* b *c");
    assert_eq!(read("GDP*, 2020*"), "GDP*, 2020*");
    assert_eq!(read("**Bold.** <b> & _x_"), "<b>Bold.</b> <b> & _x_");
    assert_eq!(read("****"), "****");
    assert_eq!(Rich::parse("**a** b").text(), "a b");
    assert_eq!(Rich::plain("**a**").text(), "**a**");
}

#[test]
fn a_subset_holds_the_characters_asked_for() {
    for face in Face::all().filter(|f| !f.is_fallback()) {
        let asked: BTreeSet<char> = "Venezuela AVé".chars().collect();
        let bytes = subset(face, &asked);
        assert!(bytes.len() < 8000, "{} bytes", bytes.len());
        let font = harfrust::Font::new(bytes, 0).expect("a font");
        let held: BTreeSet<char> = font.charmap().unicodes().filter_map(|(c, _)| char::from_u32(c)).collect();
        assert_eq!(held, asked);
        let width = |font: &harfrust::Font| {
            let mut buffer = harfrust::Buffer::new();
            buffer.push_str("AVéVenezuela");
            buffer.guess_segment_properties();
            let _ = harfrust::shape(&harfrust::ShaperFont::new(font), &mut buffer, Default::default());
            buffer.glyph_positions().iter().map(|p| p.x_advance).sum::<i32>()
        };
        assert_eq!(width(&font), width(&face.parsed().expect("parsed").font));
    }
}
