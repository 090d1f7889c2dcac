//! Specimen sheets: of projections, each as a small world, with its name and what it keeps true; of symbols; and of
//! finished figures side by side, such as those of [`LEGENDS`].
//!
//! Takes names, a style and the page's width; gives a [`Scene`] whose height is as the sheet needs it. Land of small
//! worlds is that of the 1:110 million borders.

mod figures;
mod legends;
mod symbols;

pub use figures::{Sample, columns, figures};
pub use legends::{LEGENDS, Legend, table};
pub use symbols::symbols;

use kurbo::{Point, Rect, Size, Vec2};

use crate::atlas::{Atlas, Borders, Detail, Level, LineKind};
use crate::diagnostic::Result;
use crate::geometry::{LonLat, Path, Polygon};
use crate::page::Block;
use crate::paint::Paint;
use crate::projection::{self, Fit, ProjectionOptions, Projector};
use crate::scene::{Anchor, Group, Node, Scene, Shape, Stroke, Tag};
use crate::style::Style;
use crate::text::Rich;

/// Degrees between the lines of a specimen's graticule.
const GRATICULE: f64 = 30.0;

/// Vertices that move an outline by less than this many pixels of a world as wide as its cell are left out.
const TOLERANCE: f64 = 0.2;

/// What stands on a sheet.
pub struct Specimens<'a> {
    /// Names of projections.
    pub names: &'a [&'a str],
    /// Longitude and latitude that come to the middle; `None`: 0, 0.
    pub center: Option<[f64; 2]>,
    /// Turn around the middle, degrees clockwise.
    pub rotate: f64,
    /// Width of the page, px.
    pub width: f64,
}

/// Draws the sheet.
///
/// # Errors
/// A name is not that of a projection, or the globe cannot be turned so.
pub fn projections(sheet: &Specimens<'_>, atlas: &Atlas, style: &Style) -> Result<Scene> {
    let look = &style.specimen;
    let (margin, gap) = (style.page.margin.0, style.page.gap.0);
    let room = (sheet.width - 2.0 * margin).max(look.cell.0.min(sheet.width));
    let columns = (((room + gap) / (look.cell.0 + gap)) as usize).clamp(1, sheet.names.len().max(1));
    let cell = (room - gap * (columns - 1) as f64) / columns as f64;
    let borders = atlas.borders(Level::Country, Detail::Coarse, TOLERANCE * 360.0 / cell);
    let mut layers = Vec::new();
    let mut top = margin;
    for row in sheet.names.chunks(columns) {
        let mut foot = top;
        for (column, name) in row.iter().enumerate() {
            let at = Point::new(margin + column as f64 * (cell + gap), top);
            let (group, height) = specimen(
                name,
                sheet,
                &borders,
                style,
                Rect::from_origin_size(at, (cell, cell * look.aspect)),
            )?;
            layers.push(group);
            foot = foot.max(top + height);
        }
        top = foot + 2.0 * gap;
    }
    let what = match sheet.names {
        [one] => format!("The projection {one}"),
        many => format!("{} projections of the world", many.len()),
    };
    Ok(Scene {
        size: Size::new(sheet.width, (top - 2.0 * gap + margin).ceil()),
        lang: "en".to_owned(),
        description: format!("{what}: {}", sheet.names.join(", ")),
        title: what,
        metadata: vec![("Borders".to_owned(), "Natural Earth".to_owned())],
        background: style.page.background,
        layers,
    })
}

/// One projection with its words, and the height of both.
fn specimen(
    name: &str,
    sheet: &Specimens<'_>,
    borders: &Borders,
    style: &Style,
    frame: Rect,
) -> Result<(Group, f64)> {
    let [lon, lat] = sheet.center.unwrap_or_default();
    let (center, roll) = (LonLat::new(lon, lat), sheet.rotate);
    let options = ProjectionOptions { name: name.to_owned(), center, roll, ..ProjectionOptions::default() };
    let projector = Projector::new(&options)?;
    let mut nodes = globe(&projector, borders, style, frame);
    let title = Block::set(&Rich::plain(name), &style.text.legend_title, frame.width(), true);
    let about = projection::about(name)
        .map_or(String::new(), |about| format!("{}, {}. {}", about.surface, about.keeps.words(), about.by));
    let about = Block::set(&Rich::plain(&about), &style.text.source, frame.width(), true);
    let mut at = Point::new(frame.center().x, frame.y1 + style.page.gap.0);
    for (block, part) in [(&title, "name"), (&about, "about")] {
        let tag = Tag { id: format!("{name}-{part}"), ..Tag::default() };
        nodes.push(Node::Text(block.text(at, Anchor::Middle, None, tag)));
        at += Vec2::new(0.0, block.size.height);
    }
    Ok((Group { id: name.to_owned(), clip: None, nodes }, at.y - frame.y0))
}

/// Sea, graticule, land, coasts and the edge.
fn globe(projector: &Projector, borders: &Borders, style: &Style, frame: Rect) -> Vec<Node> {
    let look = &style.map;
    let Some(extent) = projector.extent_of_sphere() else { return Vec::new() };
    let fit = Fit::contain(extent, frame);
    let shapes: Vec<&[Polygon]> = borders.shapes.iter().map(|(_, polygons)| polygons.as_slice()).collect();
    let map = projector.project(&borders.topology, &shapes, fit, frame);
    let joined = |paths: Vec<&Path>| paths.into_iter().flat_map(Path::elements).collect::<Path>();
    let coasts = map.lines.iter().zip(&borders.kinds).filter(|(_, kind)| **kind == LineKind::Coast);
    let sphere = projector.sphere(fit, frame);
    let area = |path: Path, paint| {
        Node::Shape(Shape {
            tag: Tag::default(),
            path: path.into(),
            fill: Some(Paint::Solid(paint)),
            stroke: None,
        })
    };
    let line = |path: Path, color, width| {
        let stroke = Some(Stroke::solid(color, width));
        Node::Shape(Shape { tag: Tag::default(), path: path.into(), fill: None, stroke })
    };
    vec![
        area(sphere.clone(), look.sea),
        line(projector.graticule(GRATICULE, fit, frame), look.graticule, look.graticule_width.0),
        area(joined(map.areas.iter().collect()), look.land),
        line(joined(coasts.map(|(line, _)| line).collect()), look.coast, look.coast_width.0),
        line(sphere, look.globe, look.globe_width.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::projection::NAMES;

    fn sheet(center: [f64; 2], rotate: f64, width: f64) -> Scene {
        let never = |_: &str| Err(crate::diagnostic::Diagnostic::error("no file").into());
        let style = crate::style::load("newsroom", width, &[], &never).expect("bundled");
        let sheet = Specimens { names: NAMES, center: Some(center), rotate, width };
        projections(&sheet, Atlas::bundled(), &style).expect("every name is known")
    }

    #[test]
    fn every_projection_has_its_cell_within_the_page() {
        for (center, rotate, width) in
            [([0.0, 0.0], 0.0, 1600.0), ([150.0, 0.0], 0.0, 390.0), ([-70.0, 40.0], 25.0, 900.0)]
        {
            let scene = sheet(center, rotate, width);
            assert_eq!(scene.layers.len(), NAMES.len());
            let page = Rect::from_origin_size((0.0, 0.0), scene.size);
            for layer in &scene.layers {
                // sea, graticule, land, coasts, edge, and two texts
                assert_eq!(layer.nodes.len(), 7, "{}", layer.id);
                for node in &layer.nodes {
                    let Node::Shape(shape) = node else { continue };
                    let held = shape.path.elements().filter_map(|e| e.end_point()).all(|p| page.contains(p));
                    assert!(held && !shape.path.is_empty(), "{} at {center:?}", layer.id);
                }
            }
        }
    }
}
