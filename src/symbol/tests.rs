//! Symbols: as large as one another, and what is taken from a user's SVG.

use super::*;

fn drawing(text: &str) -> Drawing {
    read("mine.svg", text).unwrap_or_else(|error| panic!("{error}"))
}

fn fault(text: &str) -> String {
    read("mine.svg", text).err().map(|error| error.to_string()).unwrap_or_default()
}

/// The inside of an `svg` element, which begins on line 2.
fn svg(inside: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\">\n{inside}\n</svg>")
}

#[test]
fn all_symbols_have_about_one_area_about_their_point() {
    for (form, name) in Form::ALL {
        let path = form.outline();
        let ring = path.subpaths().count() > 1;
        let area = if ring { path.area().abs() * (1.0 - 0.3025) / 1.3025 } else { path.area().abs() };
        assert!((2.6..=3.15).contains(&area), "{name} has an area of {area}");
        let bounds = form.bounds();
        let reach = bounds.width().max(bounds.height());
        assert!((1.7..=3.1).contains(&reach), "{name} reaches {reach}");
        assert!(bounds.contains(Point::ZERO));
        assert!((bounds.center().x).abs() < 1e-6, "{name} leans to a side");
    }
}

#[test]
fn a_square_of_any_size_becomes_one_about_the_origin() {
    let small = drawing(&svg("<rect x='3' y='4' width='2' height='2'/>"));
    let large = drawing(&svg("<g transform='translate(50,7) scale(40)'><path d='m1 1h1v1h-1z'/></g>"));
    for one in [&small, &large] {
        assert!((one.bounds.width() - 2.1).abs() < 1e-9 && one.bounds.center() == Point::ZERO);
        assert!((one.parts[0].path.area().abs() - 2.1 * 2.1).abs() < 1e-6);
        assert_eq!(one.parts[0].fill, Some(Ink::GIVEN));
    }
}

#[test]
fn black_takes_the_colour_of_the_point_and_others_stay() {
    let all = drawing(&svg("<g fill='#000'><circle r='9'/><circle r='5' fill='white' opacity='.5'/></g>\
         <circle r='3' style='fill:currentColor;stroke:#f00;stroke-width:2px'/><circle r='99' fill='none'/>"));
    let fills: Vec<Option<Ink>> = all.parts.iter().map(|part| part.fill).collect();
    let white = Ink { own: Some(Color::rgb(255, 255, 255)), opacity: 0.5 };
    assert_eq!(fills, [Some(Ink::GIVEN), Some(white), Some(Ink::GIVEN)]);
    let line = all.parts[2].line.as_ref().map(|line| (line.ink.own, line.sharp));
    assert_eq!(line, Some((Some(Color::rgb(255, 0, 0)), true)));
    let given = Paint::Solid(Color::rgb(1, 2, 3));
    assert_eq!(Ink::GIVEN.paint(&given), given);
    assert_eq!(white.paint(&given), Paint::Solid(Color { a: 128, ..Color::rgb(255, 255, 255) }));
}

/// Arcs of a circle by any flags lie on it: the outline has its area.
#[test]
fn arcs_are_round() {
    let full = "M10 0A10 10 0 0 1-10 0 10 10 0 0 1 10 0z";
    let way = "M10 0a10,10 45 1,1-10,-10A10 10 0 0110 0Z";
    for (data, area) in [(full, 1.0), (way, 0.75 + 0.5 / std::f64::consts::PI)] {
        let path = path::parse(data).expect("path data");
        let share = path.area().abs() / (std::f64::consts::PI * 100.0);
        let bounds = path.bounding_box();
        assert!((share - area).abs() < 0.3 && bounds.width() <= 20.02, "{data}: {share}, {bounds}");
    }
    // too small for its ends, an arc grows
    let grown = path::parse("M0 0A1 1 0 0 1 10 0z").expect("path data");
    assert!((grown.area().abs() - std::f64::consts::PI * 12.5).abs() < 0.05);
}

#[test]
fn path_data_is_read_as_drawing_programs_write_it() {
    let elements = |data: &str| path::parse(data).map(|path| path.elements().len());
    assert_eq!(elements("M.5.5-.5-.5l1e1-1E-1,2 2z"), Some(5));
    assert_eq!(elements("m0 0h5v5H0zm9 9l1 1"), Some(7));
    assert_eq!(elements("M0 0C1 1 2 2 3 3S4 4 5 5Q1 1 2 2T3 3"), Some(5));
    for broken in ["", "L1 1", "M1", "M1 1L", "M1 1X2", "M0 0A1 1 0 2 0 3 3", "M1e9 0", "M0 0zz1", "M0 0 é"]
    {
        assert_eq!(elements(broken), None, "{broken}");
    }
}

#[test]
fn holes_stay_holes_and_shapes_that_overlap_are_both_filled() {
    let hole = drawing(&svg("<path d='M0 0h9v9h-9zM3 3v3h3v-3z'/>"));
    assert_eq!(hole.parts.len(), 1);
    let both = drawing(&svg("<path d='M0 0h9v9h-9zM3 3h9v9h-9z'/>"));
    assert_eq!(both.parts.len(), 2);
    let even = drawing(&svg("<path fill-rule='evenodd' d='M0 0h9v9h-9zM3 3h9v9h-9z'/>"));
    assert_eq!(even.parts.len(), 1);
}

#[test]
fn what_acts_or_refers_is_refused_with_its_line() {
    let cases = [
        ("<script>alert(1)</script>", "a symbol cannot hold `script` (mine.svg:2)"),
        ("<g>\n<foreignObject/></g>", "a symbol cannot hold `foreignObject` (mine.svg:3)"),
        ("<defs><style>.a{fill:red}</style></defs>", "a symbol cannot hold `style` (mine.svg:2)"),
        ("<rect width='1' height='1' onclick='x()'/>", "`onclick` is an event (mine.svg:2)"),
        ("<g xlink:href='http://a.example/'/>", "`xlink:href` does (mine.svg:2)"),
        ("<rect fill='url(#g)'/>", "a gradient or a pattern is no colour"),
        ("<rect style='filter: URL(http://a.example/)'/>", "`filter` refers to something else"),
        ("<image href='a.png'/>", "a symbol cannot hold `image`"),
        ("<use href='#a'/>", "a symbol cannot hold `use`"),
        ("<text>A</text>", "a symbol cannot hold `text`"),
        ("<blink/>", "a symbol cannot hold `blink`"),
        ("<path d='M0 0Lx'/>", "`d` of a `path` cannot be read"),
        ("<rect width='50%' height='1'/>", "\"50%\" is no length in px"),
        ("<rect width='9' height='9' fill='rebeccapurple'/>", "is no colour that is known here"),
        ("<g transform='spin(3)'/>", "`transform` cannot be read: \"spin(3)\""),
        ("<circle r='0'/>", "there is nothing to draw in the symbol (mine.svg)"),
        ("<g>", "no XML that can be read"),
    ];
    for (inside, expected) in cases {
        let told = fault(&svg(inside));
        assert!(told.contains(expected) && told.contains("\nhint: "), "{inside}\n{told}");
    }
    assert!(fault("").contains("there is nothing to draw"));
    assert!(fault("no svg at all").contains("there is nothing to draw"));
    assert!(fault("<html/>").contains("is no SVG"));
    assert!(fault("<svg><g>").contains("ends in the middle"));
    let bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><svg><path d='&b;'/></svg>";
    assert!(fault(bomb).contains("may not define entities"));
    assert!(fault(&svg(&"<g>".repeat(200))).contains("nested too deep"));
    assert!(fault(&svg(&"<circle r='3'/>".repeat(5000))).contains("more than 4000"));
    assert!(fault(&" ".repeat(300_000)).contains("300000") || fault(&" ".repeat(300_000)).contains("292 KB"));
}

/// Whatever stands in a file, it is read or refused.
#[test]
fn broken_files_do_not_break_the_program() {
    let whole = svg("<g transform='rotate(30 1 2)' stroke='#000' stroke-width='.1'>\
        <path d='M1 1A2 3 4 0 1 5 6C1 2 3 4 5 6z' style='fill:#abc'/><rect rx='1' width='3' height='4'/></g>");
    for end in 0..whole.len() {
        let _ = read("cut.svg", &whole[..end]);
        let mut other = whole.clone().into_bytes();
        for byte in [b'<', b'9', b'e', b'"', b'-', 0] {
            other[end] = byte;
            let _ = read("odd.svg", &String::from_utf8_lossy(&other));
        }
    }
}
