//! Small places stay visible: on maps of the world from 360 to 2400 px every place with data is drawn, once, with its
//! code and its class, and markers do not hide each other.

mod support;

use std::fmt::Write as _;
use std::fs;

use kurbo::{BezPath, PathEl, Point, Shape as _};
use pressmap::atlas::{Atlas, Level};
use resvg::usvg::roxmltree::{Document, Node};
use support::run;

/// Every country and territory in one class, two or three.
fn table() -> (Vec<String>, String) {
    let atlas = Atlas::bundled();
    let codes: Vec<String> =
        atlas.places(Level::Country).iter().map(|place| place.code.to_string()).collect();
    let mut text = "iso3,status\n".to_owned();
    for (nth, code) in codes.iter().enumerate() {
        for class in ["core", "associate", "reported"].iter().take(1 + nth % 3) {
            writeln!(text, "{code},{class}").expect("a string");
        }
    }
    (codes, text)
}

/// A marker's middle and radius.
fn disc(marker: &Node) -> (Point, f64) {
    let path = BezPath::from_svg(marker.attribute("d").unwrap_or_default()).expect("a path");
    // what follows are the dots of its further islands
    let own = path.elements().iter().take_while(|element| !matches!(element, PathEl::ClosePath));
    let rect = own.copied().collect::<BezPath>().bounding_box();
    (rect.center(), rect.width() / 2.0)
}

#[test]
fn every_place_of_the_world_is_drawn_at_every_width() {
    let folder = tempfile::tempdir().expect("a folder");
    let (codes, text) = table();
    fs::write(folder.path().join("all.csv"), text).expect("a table");
    // so many pairs of markers may touch: on a phone there is no room for all of the Caribbean
    for (width, most) in [("360", 12), ("1200", 1), ("2400", 0)] {
        let arguments = [
            "render",
            "all.csv",
            "--duplicates",
            "stripe",
            "--fit",
            "world",
            "--width",
            width,
            "-o",
            "w.svg",
        ];
        let (_, told) = run(folder.path(), &arguments, 0);
        assert_eq!(told, "", "{width} px");
        let svg = fs::read_to_string(folder.path().join("w.svg")).expect("a figure");
        let document = Document::parse(&svg).expect("well-formed");
        for code in &codes {
            let drawn: Vec<Node> =
                document.descendants().filter(|node| node.attribute("id") == Some(code)).collect();
            let [place] = drawn.as_slice() else {
                panic!("{width} px: {code} is drawn {} times", drawn.len())
            };
            let title =
                place.children().find(|child| child.has_tag_name("title")).and_then(|title| title.text());
            assert!(place.attribute("data-class").is_some_and(|class| class.starts_with("core")), "{code}");
            assert!(place.attribute("data-value").is_some_and(|value| value.starts_with("core")), "{code}");
            assert!(title.is_some_and(|title| title.contains(": Core")), "{code}: {title:?}");
        }
        let layer =
            document.descendants().find(|node| node.attribute("id") == Some("markers")).expect("markers");
        let discs: Vec<(Point, f64)> =
            layer.children().filter(Node::is_element).map(|node| disc(&node)).collect();
        assert!(discs.len() > 50, "{width} px: {} markers", discs.len());
        let overlap =
            |(a, b): (usize, usize)| discs[a].0.distance(discs[b].0) < discs[a].1 + discs[b].1 - 0.05;
        let pairs = (0..discs.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
        let hidden = pairs.filter(|pair| overlap(*pair)).count();
        assert!(hidden <= most, "{width} px: {hidden} pairs of markers overlap");
    }
}

#[test]
fn a_callout_off_a_narrow_map_takes_no_room_under_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let remark = |lon: u8, text: &str| format!("[[callout]]\nat = [{lon}, 47]\ntext = \"{text}\"\n");
    let map = "[frame]\nfit = \"Europe\"\n[labels]\nshow = \"none\"\n[output]\nwidth = 360\n";
    let (far, near) = (remark(170, &"far away ".repeat(30)), remark(2, "near"));
    fs::write(folder.path().join("near.toml"), format!("{map}{near}")).expect("a map");
    fs::write(folder.path().join("both.toml"), format!("{map}{far}{near}")).expect("a map");
    let drawn = |name: &str| {
        let (_, told) = run(folder.path(), &["render", &format!("{name}.toml"), "-o", "map.svg"], 0);
        (told, fs::read_to_string(folder.path().join("map.svg")).expect("a figure"))
    };
    let ((nothing, near), (told, both)) = (drawn("near"), drawn("both"));
    assert!(nothing.is_empty() && told.contains("stands outside the frame"), "{nothing}{told}");
    let height = |svg: &str| {
        let document = Document::parse(svg).expect("well-formed");
        document.root_element().attribute("height").map(str::to_owned)
    };
    assert_eq!(height(&near), height(&both));
    let number = |svg: &str| svg.matches(">1</tspan>").count() + svg.matches(">1</text>").count();
    assert!(number(&near) == 2 && number(&both) == 2, "the one that is seen is the first");
}
