//! Two traces through the whole house: one cell of a table to one place's paint, one colour of a style to its
//! own uses. Nothing else of the figure moves.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use pressmap::diagnostic::{Diagnostic, Result as OneResult};
use pressmap::paint::{Color, Paint, PatternForm};
use pressmap::scene::{Group, Node, Scene, Shape};
use pressmap::strict::Override;
use pressmap::{Files, Job, draw};
use support::root;
use toml::{Table, Value};

/// Files in memory, and beside them those of `examples/`.
#[derive(Default)]
struct Memory(BTreeMap<String, String>);

impl Files for Memory {
    fn read(&self, name: &str) -> OneResult<Vec<u8>> {
        match self.0.get(name) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => std::fs::read(root().join("examples").join(name))
                .map_err(|error| Box::new(Diagnostic::error(format!("{name}: {error}")))),
        }
    }
}

fn scene(name: &str, text: &str, overrides: &[Override], files: &Memory) -> Scene {
    let job = Job { name, text, overrides, allow_unmatched: false };
    draw(&job, files).unwrap_or_else(|faults| panic!("{faults}")).scene
}

// ------------------------------------------------------------------ one cell

const NUMBERS: &str =
    "country,rate\nSpain,12\nPortugal,3\nFrance,48\nItaly,7\nGermany,21\nPoland,9.9\nAustria,15\n";

fn numbers(table: &str) -> Scene {
    let map = "[data]\nfile = \"a.csv\"\n\n[scale]\nbreaks = [5, 10, 20]\n\n[output]\nwidth = 500\n";
    let files = Memory([("a.csv".to_owned(), table.to_owned())].into());
    scene("map.toml", map, &[], &files)
}

/// Every place's paint, by the id of its mark.
fn paints(scene: &Scene) -> BTreeMap<String, Option<Paint>> {
    let mut all = BTreeMap::new();
    walk(&scene.layers, &mut |_, node| {
        if let Node::Shape(shape) = node
            && shape.tag.data.iter().any(|(key, _)| *key == "code")
        {
            all.insert(shape.tag.id.clone(), shape.fill.clone());
        }
    });
    all
}

#[test]
fn a_cell_that_crosses_a_class_break_repaints_one_place() {
    let before = numbers(NUMBERS);
    let after = numbers(&NUMBERS.replace("Poland,9.9", "Poland,10.1"));
    let (old, new) = (paints(&before), paints(&after));
    assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
    let changed: Vec<&String> = old.keys().filter(|id| old[*id] != new[*id]).collect();
    assert_eq!(changed, ["POL"]);
    assert_eq!(new["POL"], new["ESP"], "it has the paint of its new class");
    assert_eq!(old["POL"], old["ITA"], "it had that of its old one");
    // nothing else of the figure moves but the label in the colour that its new ground needs
    let others = |scene: &Scene| {
        let mut all = Vec::new();
        walk(&scene.layers, &mut |layer, node| match node {
            Node::Shape(shape) if shape.tag.id == "POL" => {}
            Node::Text(text) if text.tag.id == "label-POL" => {}
            Node::Group(_) => {}
            node => all.push(format!("{layer} {node:?}")),
        });
        all
    };
    assert_eq!(others(&before), others(&after));
}

#[test]
fn a_cell_that_stays_within_its_class_repaints_none() {
    let (old, new) = (numbers(NUMBERS), numbers(&NUMBERS.replace("Poland,9.9", "Poland,9.8")));
    assert_eq!(paints(&old), paints(&new));
}

/// The legend shows the paints of the map, and no others.
#[test]
fn the_legend_and_the_map_share_their_paints() {
    let scene = numbers(NUMBERS);
    let on_map: Vec<Paint> = paints(&scene).into_values().flatten().collect();
    let mut in_legend = Vec::new();
    walk(&scene.layers, &mut |layer, node| {
        if let (true, Node::Shape(Shape { fill: Some(paint), .. })) = (layer == "legend", node) {
            in_legend.push(paint.clone());
        }
    });
    assert!(in_legend.len() >= 4, "four classes, {} swatches", in_legend.len());
    for paint in &in_legend {
        assert!(on_map.contains(paint), "the legend shows {paint:?}, which no place has");
    }
}

// ------------------------------------------------------------------ one colour

/// Where a style says a colour: the path of its key.
type Key = Vec<String>;

/// A distinct colour for every key of the default style, so near to its own that no decision turns on it.
struct Palette {
    style: Table,
    colors: BTreeMap<Key, Color>,
}

/// Keys whose colours are mixed into others (the classes between the ends of a ramp).
const MIXED: [&str; 1] = ["scale.ramp"];

impl Palette {
    fn new() -> Palette {
        let text = std::fs::read_to_string(root().join("styles/newsroom.toml")).expect("the default style");
        let mut style: Table = toml::from_str(&text).expect("TOML");
        let mut keys = Vec::new();
        find_colors(&Value::Table(style.clone()), &mut Vec::new(), &mut keys);
        assert!(keys.len() > 30, "the style says {} colours", keys.len());
        let mut taken = BTreeSet::new();
        let mut colors = BTreeMap::new();
        for (key, color) in keys {
            let color = near(color, &taken);
            taken.insert(color);
            put(&mut style, &key, color);
            colors.insert(key, color);
        }
        Palette { style, colors }
    }

    /// A colour that nothing has, near that of `key`.
    fn other(&self, key: &Key) -> Color {
        let mut taken: BTreeSet<Color> = self.colors.values().copied().collect();
        taken.insert(self.colors[key]);
        near(self.colors[key], &taken)
    }
}

fn find_colors(value: &Value, path: &mut Key, found: &mut Vec<(Key, Color)>) {
    match value {
        Value::String(text) => found.extend(Color::parse(text).map(|color| (path.clone(), color))),
        Value::Table(table) => {
            for (key, inner) in table {
                path.push(key.clone());
                find_colors(inner, path, found);
                path.pop();
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                path.push(index.to_string());
                find_colors(inner, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

fn put(style: &mut Table, key: &[String], color: Color) {
    let mut here: &mut Value = style.get_mut(&key[0]).expect("a key of the style");
    for part in &key[1..] {
        here = match here {
            Value::Array(items) => &mut items[part.parse::<usize>().expect("an index")],
            other => other.get_mut(part).expect("a key of the style"),
        };
    }
    *here = Value::String(color.to_string());
}

/// The nearest colour to `color` that is not taken.
fn near(color: Color, taken: &BTreeSet<Color>) -> Color {
    for distance in 0..8i16 {
        for (r, g, b) in (0..27).map(|i| (i % 3 - 1, i / 3 % 3 - 1, i / 9 - 1)) {
            let shift =
                |c: u8, by: i16| u8::try_from((i16::from(c) + by * distance).clamp(0, 255)).unwrap_or(c);
            let candidate =
                Color { r: shift(color.r, r), g: shift(color.g, g), b: shift(color.b, b), a: color.a };
            if !taken.contains(&candidate) {
                return candidate;
            }
        }
    }
    panic!("no free colour near {color}");
}

const FIGURE: &str = include_str!("../examples/tren-de-aragua.toml");
const NUMERIC: &str = include_str!("../examples/world-numeric.toml");

/// The two richest examples in a style of our own, as colours by slot, and everything else as text.
fn figures(style: &Table) -> (BTreeMap<String, Color>, String) {
    let mut slots = BTreeMap::new();
    let mut rest = String::new();
    for (name, text) in [("a.toml", FIGURE), ("b.toml", NUMERIC)] {
        let files = Memory([("mine.toml".to_owned(), toml::to_string(style).expect("TOML"))].into());
        let set = |key: &str, value: Value| Override { key: key.to_owned(), value, flag: key.to_owned() };
        let overrides = [
            set("style", Value::String("mine.toml".into())),
            set("output.width", Value::Integer(1000)),
            set("frame.detail", Value::String("coarse".into())),
            set("frame.graticule", Value::Integer(30)),
        ];
        let scene = scene(name, text, &overrides, &files);
        slots.insert(format!("{name} page"), scene.background);
        let mut count = 0;
        walk(&scene.layers, &mut |layer, node| {
            count += 1;
            take_colors(&format!("{name} {layer} {count}"), node, &mut slots, &mut rest);
        });
    }
    (slots, rest)
}

/// Takes the colours out of a mark and leaves the rest.
fn take_colors(at: &str, node: &Node, slots: &mut BTreeMap<String, Color>, rest: &mut String) {
    const NONE: Color = Color::rgb(0, 0, 0);
    let mut take = |what: &str, color: &mut Color| {
        slots.insert(format!("{at} {what}"), std::mem::replace(color, NONE));
    };
    let mut node = node.clone();
    match &mut node {
        Node::Group(group) => group.nodes.clear(),
        Node::Shape(shape) => {
            match &mut shape.fill {
                Some(Paint::Solid(color)) => take("fill", color),
                Some(Paint::Pattern(pattern)) => {
                    take("ground", &mut pattern.ground);
                    take("mark", &mut pattern.mark);
                    if let PatternForm::Stripes { bands, .. } = &mut pattern.form {
                        for (i, band) in bands.iter_mut().enumerate() {
                            if let Paint::Solid(color) = band {
                                take(&format!("stripe {i}"), color);
                            }
                        }
                    }
                }
                None => {}
            }
            if let Some(stroke) = &mut shape.stroke {
                take("stroke", &mut stroke.color);
            }
        }
        Node::Text(text) => {
            if let Some(halo) = &mut text.halo {
                take("halo", &mut halo.color);
            }
            let spans = text.lines.iter_mut().flat_map(|line| &mut line.spans);
            spans.enumerate().for_each(|(i, span)| take(&format!("span {i}"), &mut span.color));
        }
    }
    rest.push_str(&format!("{at} {node:?}\n"));
}

#[test]
fn a_style_colour_changes_its_own_uses_and_nothing_else() {
    let palette = Palette::new();
    let (before, rest) = figures(&palette.style);
    let mut used = 0;
    let mut faults = Vec::new();
    for (key, old) in &palette.colors {
        let name = key.join(".");
        let uses: BTreeSet<&String> =
            before.iter().filter(|(_, color)| *color == old).map(|(slot, _)| slot).collect();
        let mixed = MIXED.iter().any(|mixed| name.starts_with(mixed));
        if uses.is_empty() && !mixed {
            continue;
        }
        used += 1;
        let new = palette.other(key);
        let mut style = palette.style.clone();
        put(&mut style, key, new);
        let (after, moved) = figures(&style);
        if moved != rest {
            let line = moved.lines().zip(rest.lines()).find(|(a, b)| a != b);
            faults.push(format!("{name} moves more than colours: {line:?}"));
            continue;
        }
        for (slot, color) in &before {
            let now = after[slot];
            match uses.contains(slot) {
                true if now != new => faults.push(format!("{name}: {slot} stays {now}, should be {new}")),
                false if now != *color && !mixed => {
                    faults.push(format!("{name}: {slot} turns from {color} to {now}"))
                }
                _ => {}
            }
        }
    }
    assert!(used >= 25, "the two figures use {used} colours of the style");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults[..faults.len().min(40)].join("\n"));
}

/// Every colour of a figure comes from its style or its map file: none is written in the code.
#[test]
fn every_colour_of_a_figure_is_in_its_style() {
    let palette = Palette::new();
    let (slots, _) = figures(&palette.style);
    let known: BTreeSet<Color> = palette.colors.values().copied().collect();
    let foreign: Vec<String> = slots
        .iter()
        .filter(|(slot, color)| !known.contains(color) && !of_a_class(slot))
        .map(|(slot, color)| format!("{slot}: {color}"))
        .collect();
    assert!(
        foreign.is_empty(),
        "{} colours come from nowhere:\n{}",
        foreign.len(),
        foreign[..foreign.len().min(20)].join("\n")
    );
}

/// Marks in the colours of classes, which are mixed from the ramp: places, their patterns, swatches, bars, and
/// the halos of names on them.
fn of_a_class(slot: &str) -> bool {
    ["places", "legend", "chart", "halo", "markers"].iter().any(|layer| slot.contains(layer))
}

fn walk(groups: &[Group], visit: &mut impl FnMut(&str, &Node)) {
    fn nodes(layer: &str, all: &[Node], visit: &mut impl FnMut(&str, &Node)) {
        for node in all {
            visit(layer, node);
            if let Node::Group(inner) = node {
                let name = format!("{layer}/{}", inner.id);
                nodes(&name, &inner.nodes, visit);
            }
        }
    }
    for group in groups {
        nodes(&group.id, &group.nodes, visit);
    }
}
