//! What outputs promise: the same picture in every format, well-formed whatever the words, the same bytes at any
//! number of threads.

use std::collections::BTreeSet;
use std::sync::Arc;

use base64::Engine as _;
use kurbo::{Circle, Point, Rect, Shape as _, Size};
use resvg::{tiny_skia, usvg};

use super::raster::{BAND, Canvas, Resolution};
use super::{jpeg, png, svg, webp};
use crate::geometry::Path;
use crate::paint::{Color, Paint, Pattern, PatternForm};
use crate::scene::{Anchor, Group, Halo, Node, Scene, Shape, Span, Stroke, Tag, Text, TextLine};
use crate::text::{Face, Font};

const INK: Color = Color::rgb(0x22, 0x33, 0x55);
const GROUND: Color = Color::rgb(0xf3, 0xe3, 0xd8);

fn scene(layers: Vec<Group>) -> Scene {
    Scene {
        size: Size::new(420.0, 300.0),
        lang: "en".into(),
        title: "A map".into(),
        description: "What it shows".into(),
        metadata: vec![("Source".into(), "Reports, 2024".into()), ("Input-SHA256".into(), "0123".into())],
        background: Color::rgb(255, 255, 255),
        layers,
    }
}

fn group(id: &str, nodes: Vec<Node>) -> Group {
    Group { id: id.into(), clip: None, nodes }
}

fn area(path: Path, paint: Paint) -> Node {
    Node::Shape(Shape { tag: Tag::default(), path: path.into(), fill: Some(paint), stroke: None })
}

fn line(path: Path, stroke: Stroke) -> Node {
    Node::Shape(Shape { tag: Tag::default(), path: path.into(), fill: None, stroke: Some(stroke) })
}

fn path(data: &str) -> Path {
    Path::from_svg(data).expect("path data")
}

fn span(text: &str, size: f64, weight: u16, italic: bool) -> Span {
    let font = Font { family: "Libre Franklin".into(), weight, italic };
    Span { text: text.into(), font, size, tracking: 0.0, color: INK }
}

fn words(anchor: Anchor, at: (f64, f64), spans: Vec<Span>, halo: Option<Halo>) -> Node {
    let lines = vec![TextLine { at: at.into(), along: None, spans }];
    Node::Text(Text { tag: Tag::default(), anchor, lines, halo })
}

fn pattern(form: PatternForm) -> Paint {
    Paint::Pattern(Pattern { ground: GROUND, mark: INK, form, origin: (0.0, 0.0) })
}

fn all_patterns() -> Vec<Paint> {
    let inner = [
        PatternForm::Hatch { angle: -30.0, spacing: 6.0, width: 1.5 },
        PatternForm::Hatch { angle: 60.0, spacing: 6.0, width: 1.5 },
        PatternForm::Cross { angle: 60.0, spacing: 5.0, width: 1.0 },
        PatternForm::Dots { spacing: 5.0, radius: 1.2 },
    ];
    let plain = [INK, Color::rgb(200, 40, 40), GROUND].map(Paint::Solid).to_vec();
    let marked = inner.into_iter().map(pattern).collect();
    vec![
        pattern(PatternForm::Hatch { angle: 45.0, spacing: 7.0, width: 2.0 }),
        pattern(PatternForm::Hatch { angle: -20.0, spacing: 7.0, width: 2.0 }),
        pattern(PatternForm::Cross { angle: 30.0, spacing: 9.0, width: 1.5 }),
        pattern(PatternForm::Dots { spacing: 8.0, radius: 2.2 }),
        pattern(PatternForm::Stripes { angle: 60.0, width: 8.0, bands: plain }),
        pattern(PatternForm::Stripes { angle: 60.0, width: 8.0, bands: marked }),
    ]
}

/// One of everything.
fn everything() -> Scene {
    let clip = Path::from(Rect::new(10.0, 10.0, 410.0, 290.0).to_path(0.1));
    let areas = vec![
        area(clip.clone(), Paint::Solid(Color::rgb(0xd8, 0xe8, 0xf2))),
        area(path("M-20 40L200 30L190 160L-20 150ZM60 60L60 110L120 110L120 60Z"), Paint::Solid(GROUND)),
        area(Circle::new((300.0, 90.0), 60.0).to_path(0.01).into(), Paint::Solid(Color { a: 120, ..INK })),
    ];
    let dashed = Stroke { color: INK, width: 2.0, dash: vec![6.0, 3.0], sharp: true };
    let lines = vec![
        line(path("M20 170L100 150L180 175L400 160"), Stroke::solid(INK, 2.5)),
        line(path("M20 190L400 190L380 205"), dashed),
        line(path("M20 200C100 230 300 180 400 215"), Stroke::solid(Color::rgb(200, 40, 40), 1.2)),
    ];
    let halo = Some(Halo { color: Color::rgb(255, 255, 255), width: 2.5 });
    let rich = vec![
        span("Tocorón. ", 18.0, 700, false),
        span("Stormed, ", 18.0, 400, false),
        span("2023", 18.0, 400, true),
    ];
    let along = TextLine {
        at: Point::ZERO,
        along: Some(path("M220 60C250 20 350 20 380 60")),
        spans: vec![span("Caribbean Sea", 20.0, 400, true)],
    };
    let texts = vec![
        words(Anchor::Start, (20.0, 240.0), rich, halo),
        words(Anchor::Middle, (130.0, 90.0), vec![span("Venezuela → Ω", 22.0, 500, false)], halo),
        words(
            Anchor::End,
            (400.0, 270.0),
            vec![Span { tracking: 1.5, ..span("SPACED", 20.0, 600, false) }],
            None,
        ),
        Node::Text(Text { tag: Tag::default(), anchor: Anchor::Middle, lines: vec![along], halo: None }),
    ];
    let mut map = group("map", vec![Node::Group(group("areas", areas)), Node::Group(group("lines", lines))]);
    map.clip = Some(clip);
    scene(vec![map, group("labels", texts)])
}

/// RGB of the SVG as resvg draws it with the bundled fonts.
fn drawn_svg(scene: &Scene, scale: f32) -> Vec<u8> {
    let mut options = usvg::Options::default();
    let fonts = Arc::make_mut(&mut options.fontdb);
    Face::all().for_each(|face| fonts.load_font_data(face.bytes().to_vec()));
    let tree = usvg::Tree::from_str(&svg::write(scene), &options).expect("an SVG");
    let size = tree.size().to_int_size().scale_by(scale).expect("a size");
    let mut pixmap = tiny_skia::Pixmap::new(size.width(), size.height()).expect("pixels");
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.data().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect()
}

/// The mean difference of two pictures per channel, and the share of channels that differ by more than 64.
fn difference(a: &[u8], b: &[u8]) -> (f64, f64) {
    assert_eq!(a.len(), b.len());
    let differences = || a.iter().zip(b).map(|(&a, &b)| a.abs_diff(b));
    let sum: f64 = differences().map(f64::from).sum();
    let far = differences().filter(|&d| d > 64).count() as f64;
    (sum / a.len() as f64, far / a.len() as f64)
}

fn assert_alike(scene: &Scene, scale: f64, mean: f64, far: f64) {
    let drawn = Canvas::new(scene, scale).expect("a canvas").pixels();
    let found = difference(&drawn, &drawn_svg(scene, scale as f32));
    assert!(found.0 < mean && found.1 < far, "mean {:.3}, far {:.5}", found.0, found.1);
}

#[test]
fn svg_and_png_show_the_same() {
    for scale in [1.0, 2.0] {
        assert_alike(&everything(), scale, 0.35, 0.001);
    }
}

#[test]
fn a_figure_without_a_label_is_seen_to_differ() {
    let mut other = everything();
    other.layers[1].nodes.remove(1);
    let drawn = |scene: &Scene| Canvas::new(scene, 1.0).expect("a canvas").pixels();
    let found = difference(&drawn(&everything()), &drawn(&other));
    assert!(found.0 > 0.35 && found.1 > 0.001, "{found:?}");
}

#[test]
fn patterns_are_the_same_in_svg_and_png() {
    for paint in all_patterns() {
        let shapes = vec![area(path("M13 17L400 30L350 280L40 250Z"), paint)];
        // resvg draws a tile as a picture and turns that, so its lines are softer than ours.
        assert_alike(&scene(vec![group("places", shapes)]), 3.0, 8.0, 0.02);
    }
}

#[test]
fn patterns_join_across_shapes_and_bands() {
    let hatch = all_patterns().swap_remove(0);
    let whole = Rect::new(0.0, 0.0, 400.0, 280.0);
    let halves = [Rect::new(0.0, 0.0, 150.0, 280.0), Rect::new(150.0, 0.0, 400.0, 280.0)];
    let one = scene(vec![group("p", vec![area(whole.to_path(0.1).into(), hatch.clone())])]);
    let two =
        scene(vec![group("p", halves.iter().map(|r| area(r.to_path(0.1).into(), hatch.clone())).collect())]);
    let drawn = |scene: &Scene| Canvas::new(scene, 1.0).expect("a canvas").pixels();
    assert!(difference(&drawn(&one), &drawn(&two)).0 < 0.01);
    // The lines at 45° repeat every 7√2 px, also from one band to the next: each row is the one above, shifted by 1.
    let canvas = Canvas::new(&one, 1.0).expect("a canvas");
    let (row, pixels) = (canvas.width as usize * 3, canvas.pixels());
    for y in [BAND as usize - 1, BAND as usize, 2 * BAND as usize] {
        let (above, below) = (&pixels[(y - 1) * row..y * row], &pixels[y * row..(y + 1) * row]);
        let far = above[..900].iter().zip(&below[3..903]).filter(|(a, b)| a.abs_diff(**b) > 24).count();
        assert_eq!(far, 0, "row {y}");
    }
}

#[test]
fn bytes_do_not_depend_on_threads() {
    let mut scene = everything();
    scene.layers[0].nodes.extend(all_patterns().into_iter().map(|p| area(path("M5 5L300 9L99 290Z"), p)));
    let bytes = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| (svg::write(&scene), png::write(&scene, 1.3).expect("a PNG")))
    };
    let alone = bytes(1);
    assert!(alone == bytes(2) && alone == bytes(7));
}

const HOSTILE: [&str; 8] = [
    "</svg><script>alert(1)</script>",
    "\"' onload=\"x\" & <b> ]]> <!-- -->",
    "a\u{0}b\u{1}\u{8}\u{b}\u{1f}\u{7f}\u{9f}\u{fffe}\u{ffff}",
    "line\nline\r\n\ttab",
    "🇻🇪 👩‍👩‍👧 \u{10ffff}",
    "שלום \u{202e}עולם مرحبا",
    "  spaces   inside  ",
    "",
];

#[test]
fn any_words_make_a_well_formed_svg() {
    for hostile in HOSTILE {
        let mut scene = everything();
        scene.lang = hostile.into();
        scene.title = hostile.into();
        scene.description = hostile.into();
        scene.metadata.push((hostile.into(), hostile.into()));
        let tag = Tag { id: hostile.into(), title: hostile.into(), data: vec![("value", hostile.into())] };
        let mut named = group(
            hostile,
            vec![words(Anchor::Middle, (9.0, 9.0), vec![span(hostile, 12.0, 400, false)], None)],
        );
        let shape = Shape {
            tag: tag.clone(),
            path: path("M1 1L9 9").into(),
            fill: None,
            stroke: Some(Stroke::solid(INK, 1.0)),
        };
        named.nodes.push(Node::Shape(shape));
        scene.layers.push(named);
        let written = svg::write(&scene);
        let tree = usvg::roxmltree::Document::parse(&written).expect("well-formed");
        assert!(tree.descendants().all(|n| !n.has_tag_name("script")));
        if !tag.id.is_empty() {
            let value = tree.descendants().find_map(|n| n.attribute("data-value")).expect("data-value");
            let kept =
                |s: &str| s.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>();
            assert_eq!(kept(value), kept(hostile).replace(['\u{fffe}', '\u{ffff}'], ""));
        }
        let png = png::write(&scene, 0.5).expect("a PNG");
        let reader = ::png::Decoder::new(std::io::Cursor::new(&png)).read_info().expect("a PNG");
        assert_eq!(reader.info().size(), (210, 150));
    }
}

#[test]
fn spaces_are_kept() {
    let found = |text: &str| {
        let node = words(Anchor::Start, (9.0, 9.0), vec![span(text, 12.0, 400, false)], None);
        svg::write(&scene(vec![group("t", vec![node])])).contains("xml:space")
    };
    assert!(found(" a") && found("a  b") && found("a ") && !found("a b"));
}

#[test]
fn an_svg_says_what_it_is() {
    let mut scene = everything();
    let tag = Tag { id: "VEN".into(), title: "Venezuela".into(), data: vec![("code", "VEN".into())] };
    let triangle = |tag| {
        Node::Shape(Shape {
            tag,
            path: path("M1 1L99 9L9 99Z").into(),
            fill: Some(Paint::Solid(INK)),
            stroke: None,
        })
    };
    scene.layers.push(group("places", vec![triangle(tag), triangle(Tag::default())]));
    let written = svg::write(&scene);
    let tree = usvg::roxmltree::Document::parse(&written).expect("well-formed");
    let root = tree.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let named: Vec<&str> = root.attribute("aria-labelledby").expect("a name").split(' ').collect();
    let by_id = |id: &str| tree.descendants().find(|n| n.attribute("id") == Some(id)).expect("the id");
    assert_eq!(by_id(named[0]).text(), Some("A map"));
    assert_eq!(by_id(named[1]).text(), Some("What it shows"));
    assert!(written.contains("Source: Reports, 2024\nInput-SHA256: 0123\n"));
    let layers: Vec<_> =
        root.children().filter_map(|n| n.attribute("id").filter(|_| n.has_tag_name("g"))).collect();
    assert_eq!(layers, ["map", "labels", "places"]);
    let place = by_id("VEN");
    assert_eq!(place.attribute("data-code"), Some("VEN"));
    assert_eq!(place.first_element_child().and_then(|t| t.text()), Some("Venezuela"));
    assert_eq!(place.parent().and_then(|g| g.attribute("fill")), Some("#235"));
    assert_eq!(place.attribute("fill"), None);
}

#[test]
fn an_svg_embeds_the_characters_it_uses() {
    let node = words(Anchor::Start, (9.0, 9.0), vec![span("Áé→A", 12.0, 700, false)], None);
    let written = svg::write(&scene(vec![group("t", vec![node])]));
    let mut found = Vec::new();
    for rule in written.split("@font-face").skip(1) {
        let data = rule.split("base64,").nth(1).and_then(|d| d.split(')').next()).expect("data");
        let bytes = base64::prelude::BASE64_STANDARD.decode(data).expect("base64");
        let font = harfrust::Font::new(bytes, 0).expect("a font");
        let held: BTreeSet<char> = font.charmap().unicodes().filter_map(|(c, _)| char::from_u32(c)).collect();
        let family = rule.split('\'').nth(1).expect("a family");
        found.push((family.to_owned(), held.into_iter().collect::<String>()));
    }
    let expected = [("Libre Franklin", "AÁé"), ("Inter", "→")].map(|(f, c)| (f.to_owned(), c.to_owned()));
    assert_eq!(found, expected);
    assert!(written.contains("unicode-range:U+41,U+C1,U+E9}"));
}

#[test]
fn a_png_carries_its_facts() {
    let at = Resolution { scale: 2.0, dpi: 300.0 };
    let file = png::write_at(&everything(), at).expect("a PNG");
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(&file)).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("pixels");
    assert_eq!(pixels, Canvas::new(&everything(), 2.0).expect("a canvas").pixels());
    reader.finish().expect("an end");
    let info = reader.info();
    assert_eq!((info.size(), info.color_type), ((840, 600), ::png::ColorType::Rgb));
    assert_eq!(info.pixel_dims.map(|d| d.xppu), Some(11811));
    assert!(info.srgb.is_some());
    let facts: Vec<(String, String)> =
        info.utf8_text.iter().map(|t| (t.keyword.clone(), t.get_text().expect("text"))).collect();
    let keys: Vec<&str> = facts.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["Title", "Description", "Software", "Source", "Input-SHA256"]);
    assert_eq!(facts[3].1, "Reports, 2024");
}

#[test]
fn a_page_that_can_be_seen_through_stays_so() {
    let mut scene = everything();
    scene.background = Color { a: 0, ..INK };
    let file = png::write(&scene, 1.0).expect("a PNG");
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(&file)).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("pixels");
    assert_eq!(reader.info().color_type, ::png::ColorType::Rgba);
    assert_eq!(pixels[..4], [0, 0, 0, 0]);
    assert!(!svg::write(&scene).contains("id=\"page\""));
    let jpeg = image::load_from_memory(&jpeg::write(&scene, 1.0).expect("a JPEG")).expect("a JPEG").to_rgb8();
    assert!(jpeg.get_pixel(2, 2).0.iter().all(|&c| c > 250));
}

#[test]
fn webp_is_the_same_picture_and_jpeg_nearly() {
    let pixels = Canvas::new(&everything(), 1.0).expect("a canvas").pixels();
    let read = |file: Vec<u8>| image::load_from_memory(&file).expect("a picture").to_rgb8().into_raw();
    assert_eq!(read(webp::write(&everything(), 1.0).expect("a WebP")), pixels);
    let jpeg = read(jpeg::write(&everything(), 1.0).expect("a JPEG"));
    assert!(difference(&jpeg, &pixels).0 < 3.0);
}

#[test]
fn a_picture_too_large_is_refused() {
    for scale in [0.0, 0.0001, 100.0, f64::NAN, f64::INFINITY, -1.0] {
        let error = png::write(&everything(), scale).expect_err("no picture");
        assert!(error.message.contains("cannot be drawn") && !error.hints.is_empty(), "{error}");
    }
    let error = webp::write(&everything(), 45.0).expect_err("no WebP");
    assert!(error.message.contains("WebP cannot hold"), "{error}");
}

#[test]
fn odd_geometry_is_drawn_or_left_out() {
    let solid = Paint::Solid(INK);
    let mut far = path("M0 0L9 9L0 9Z");
    far = kurbo::Affine::scale(1e12) * far;
    let mut none = Path::new();
    none.move_to((f64::NAN, 1.0));
    none.line_to((5.0, f64::INFINITY));
    let mut nodes: Vec<Node> = [far, none, Path::new(), path("M1 1Z"), path("M1 1L1.001 1L1 1.001Z")]
        .into_iter()
        .flat_map(|p| [area(p.clone(), solid.clone()), line(p, Stroke::solid(INK, 0.0))])
        .collect();
    nodes.push(area(
        path("M1 1L99 9L9 99Z"),
        pattern(PatternForm::Hatch { angle: f64::NAN, spacing: 0.0, width: -1.0 }),
    ));
    nodes.push(area(
        path("M1 1L99 9L9 99Z"),
        pattern(PatternForm::Stripes { angle: 0.0, width: f64::NAN, bands: vec![] }),
    ));
    nodes.push(line(
        path("M1 1L99 9"),
        Stroke { color: INK, width: 1.0, dash: vec![0.0, -1.0, 2.0], sharp: true },
    ));
    let scene = scene(vec![group("odd", nodes)]);
    assert!(png::write(&scene, 1.0).is_ok());
    usvg::roxmltree::Document::parse(&svg::write(&scene)).expect("well-formed");
}
