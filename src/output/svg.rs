//! SVG 1.1/2: named groups, live text, embedded font subsets.
//!
//! Takes a scene, gives a stand-alone document that browsers, Inkscape, Illustrator and Figma read alike: looks are
//! presentation attributes, the one style element holds the fonts. Coordinates are as fine as the page's size needs.

mod data;
mod defs;
mod words;
mod write;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::paint::{Color, Paint};
use crate::scene::{Group, Node, Scene, Shape, Stroke, Tag};
use defs::Defs;
use write::Writer;

/// The fonts that are asked for: the embedded families first, then what a machine may have instead.
const FAMILIES: &str = "'Libre Franklin',Inter,'Franklin Gothic','Helvetica Neue',Arial,sans-serif";
/// From this width or height on, a tenth of a px is finer than can be seen.
const COARSE_FROM: f64 = 400.0;
/// A line of up to so many points is a tick, a rule or a leader: a finer place costs little and keeps it crisp.
const FEW_POINTS: usize = 16;

/// So many marks of a group are written by one thread.
const NODES_AT_ONCE: usize = 8;

/// Writes `scene` as a stand-alone SVG document.
pub fn write(scene: &Scene) -> String {
    let mut to = Writer::default();
    let decimals = if scene.size.width.max(scene.size.height) >= COARSE_FROM { 1 } else { 2 };
    let written = |layer: &Group| {
        let mut to = Writer::default();
        write_group(&mut to, layer, decimals, true);
        to.finish()
    };
    let (defs, layers) = rayon::join(
        || {
            let mut to = Writer::default();
            Defs::of(scene).write(&mut to, decimals);
            to.finish()
        },
        || scene.layers.par_iter().map(written).collect::<Vec<String>>(),
    );
    write_head(&mut to, scene);
    to.raw(&defs);
    if scene.background.a > 0 {
        to.raw("<rect id=\"page\"");
        size(&mut to, scene);
        color(&mut to, "fill", scene.background);
        to.raw("/>\n");
    }
    to.reserve(layers.iter().map(String::len).sum::<usize>() + 8);
    for layer in &layers {
        to.raw(layer);
    }
    to.raw("</svg>\n");
    to.finish()
}

fn write_head(to: &mut Writer, scene: &Scene) {
    let ids = |name| defs::hashed(name, scene.title.bytes().chain(scene.description.bytes()));
    let (title, description) = (ids("title"), ids("desc"));
    to.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
    to.raw(" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" viewBox=\"0 0 ");
    to.number(scene.size.width, 2).raw(" ").number(scene.size.height, 2).raw("\"");
    size(to, scene);
    if !scene.lang.is_empty() {
        to.attribute("lang", &scene.lang).attribute("xml:lang", &scene.lang);
    }
    to.raw(" role=\"img\"").attribute("aria-labelledby", &format!("{title} {description}"));
    to.attribute("font-family", FAMILIES).raw(" text-rendering=\"geometricPrecision\">\n");
    to.raw("<title").attribute("id", &title).raw(">").text(&scene.title).raw("</title>\n");
    to.raw("<desc").attribute("id", &description).raw(">").text(&scene.description).raw("</desc>\n");
    if !scene.metadata.is_empty() {
        to.raw("<metadata>");
        for (key, value) in &scene.metadata {
            let one_line = |words: &str| words.replace(['\r', '\n'], " ");
            to.raw("\n").text(&one_line(key)).raw(": ").text(&one_line(value));
        }
        to.raw("\n</metadata>\n");
    }
}

fn size(to: &mut Writer, scene: &Scene) {
    to.number_attribute("width", scene.size.width, 2).number_attribute("height", scene.size.height, 2);
}

/// ` name="#rrggbb"`, with the opacity beside it: few design programs read eight digits.
fn color(to: &mut Writer, name: &str, color: Color) {
    to.raw(" ").raw(name).raw("=\"").raw(&hex(color)).raw("\"");
    if color.a != 255 {
        to.number_attribute(&format!("{name}-opacity"), f64::from(color.a) / 255.0, 3);
    }
}

/// `#rgb` or `#rrggbb`.
fn hex(color: Color) -> String {
    let short = [color.r, color.g, color.b].iter().all(|c| c % 17 == 0);
    if short {
        format!("#{:x}{:x}{:x}", color.r / 17, color.g / 17, color.b / 17)
    } else {
        format!("#{:02x}{:02x}{:02x}", color.r, color.g, color.b)
    }
}

/// The id and data of a mark; its title is an element of its own.
fn tag(to: &mut Writer, tag: &Tag) {
    if !tag.id.is_empty() {
        to.attribute("id", &xml_name(&tag.id));
    }
    for (name, value) in &tag.data {
        to.attribute(&format!("data-{}", xml_name(name)), value);
    }
}

/// `id` as an XML name without a colon (Namespaces in XML, §3): what may not stand in one becomes `_`.
fn xml_name(id: &str) -> String {
    let may = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let name: String = id.chars().map(|c| if may(c) { c } else { '_' }).collect();
    if name.starts_with(|c: char| c.is_alphabetic() || c == '_') { name } else { format!("_{name}") }
}

fn write_group(to: &mut Writer, group: &Group, decimals: u8, is_layer: bool) {
    to.raw("<g");
    if !group.id.is_empty() {
        to.attribute("id", &xml_name(&group.id));
        if is_layer {
            to.raw(" inkscape:groupmode=\"layer\"").attribute("inkscape:label", &group.id);
        }
    }
    if let Some(clip) = &group.clip {
        to.raw(" clip-path=\"url(#").raw(&defs::clip_id(clip)).raw(")\"");
    }
    let shared = shared_looks(group);
    for (name, value) in &shared {
        to.attribute(name, value);
    }
    to.raw(">\n");
    let written = |nodes: &[Node]| {
        let mut to = Writer::default();
        nodes.iter().for_each(|node| write_node(&mut to, node, decimals, &shared));
        to.finish()
    };
    let parts: Vec<String> = group.nodes.par_chunks(NODES_AT_ONCE).map(written).collect();
    parts.iter().for_each(|part| {
        to.raw(part);
    });
    to.raw("</g>\n");
}

fn write_node(to: &mut Writer, node: &Node, decimals: u8, shared: &Looks) {
    match node {
        Node::Group(inner) => write_group(to, inner, decimals, false),
        Node::Shape(shape) => write_shape(to, shape, decimals, shared),
        Node::Text(text) => words::write(to, text),
    }
}

type Looks = BTreeMap<&'static str, String>;

/// The attributes that all marks of a group have alike; none where a part is not a shape and would inherit them.
fn shared_looks(group: &Group) -> Looks {
    let mut shared: Option<Looks> = None;
    for node in &group.nodes {
        let Node::Shape(shape) = node else { return Looks::new() };
        let own = looks(shape);
        match &mut shared {
            None => shared = Some(own),
            Some(shared) => shared.retain(|name, value| own.get(name) == Some(value)),
        }
    }
    if group.nodes.len() > 1 { shared.unwrap_or_default() } else { Looks::new() }
}

/// How a shape is painted, as attributes; what SVG starts with is left out.
fn looks(shape: &Shape) -> Looks {
    let mut looks = Looks::new();
    let mut paint = |name, opacity, color: Color| {
        looks.insert(name, hex(color));
        if color.a != 255 {
            looks.insert(opacity, decimal(f64::from(color.a) / 255.0, 3));
        }
    };
    match &shape.fill {
        Some(Paint::Solid(color)) => paint("fill", "fill-opacity", *color),
        Some(Paint::Pattern(_)) | None => {}
    }
    if let Some(stroke) = &shape.stroke {
        paint("stroke", "stroke-opacity", stroke.color);
    }
    match &shape.fill {
        Some(Paint::Pattern(pattern)) => {
            looks.insert("fill", format!("url(#{})", defs::pattern_id(pattern)));
        }
        None => {
            looks.insert("fill", "none".to_owned());
        }
        Some(Paint::Solid(_)) => {}
    }
    if shape.fill.is_some() {
        looks.insert("fill-rule", "evenodd".to_owned());
    }
    if let Some(stroke) = &shape.stroke {
        stroke_looks(&mut looks, stroke);
    }
    looks
}

fn stroke_looks(looks: &mut Looks, stroke: &Stroke) {
    if stroke.width != 1.0 {
        looks.insert("stroke-width", decimal(stroke.width, 3));
    }
    if !stroke.dash.is_empty() {
        let dashes: Vec<String> = stroke.dash.iter().map(|&d| decimal(d, 3)).collect();
        looks.insert("stroke-dasharray", dashes.join(" "));
    }
    if !stroke.sharp {
        looks.insert("stroke-linejoin", "round".to_owned());
        looks.insert("stroke-linecap", "round".to_owned());
    }
}

fn decimal(value: f64, decimals: u8) -> String {
    let mut to = Writer::default();
    to.number(value, decimals);
    to.finish()
}

fn write_shape(to: &mut Writer, shape: &Shape, decimals: u8, shared: &Looks) {
    if shape.path.is_empty() {
        return;
    }
    to.raw("<path");
    tag(to, &shape.tag);
    for (name, value) in looks(shape).iter().filter(|(name, _)| !shared.contains_key(*name)) {
        to.attribute(name, value);
    }
    to.raw(" d=\"");
    let decimals = if needs_fine_places(shape) { decimals + 1 } else { decimals };
    let before = to.len();
    to.path(&shape.path, decimals, shape.fill.is_none());
    if to.len() == before {
        // A place smaller than the grid is still a place.
        to.path(&shape.path, 4, true);
    }
    if shape.tag.title.is_empty() {
        to.raw("\"/>\n");
    } else {
        to.raw("\"><title>").text(&shape.tag.title).raw("</title></path>\n");
    }
}

/// Whether a tenth of a px would show: in curves, whose handles it bends, and in rules and ticks.
fn needs_fine_places(shape: &Shape) -> bool {
    (shape.fill.is_none() && shape.path.len() <= FEW_POINTS) || !shape.path.is_straight()
}
