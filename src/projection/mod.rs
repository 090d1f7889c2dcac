//! Longitude and latitude into the plane: formulas, and one pipeline around them.
//!
//! rotation → clipping on the sphere → formula → adaptive resampling → clip to a rectangle.
//! The *unit plane* is the formula's own: x right, **y down**, the globe's radius is 1.
//!
//! Takes borders in the sphere form ([`crate::geometry::Ring`]); gives paths on the page.
//!
//! | file | holds |
//! | --- | --- |
//! | `registry` | the table of names: a further projection is a formula and an entry there |
//! | `azimuthal` … `robinson`, `perspective`, `polyconic` | formulas, nothing else |
//! | `rotate` | the globe turned |
//! | `clip`, `clip_antimeridian`, `clip_circle` | where the map is torn open |
//! | `resample`, `strands` | arcs onto the page, each once |
//! | `edge`, `rejoin`, `rings`, `inside` | outlines closed along a clip edge |
//! | `rectangle`, `cull`, `map` | the frame, and the whole way |
//! | `fit`, `subject`, `choose`, `stretch`, `graticule`, `proj_string` | what the caller decides with |

mod azimuthal;
mod choose;
mod clip;
mod clip_antimeridian;
mod clip_circle;
mod conic;
mod cull;
mod cylindrical;
mod edge;
mod fit;
mod formula;
mod graticule;
mod inside;
mod map;
mod perspective;
mod polyconic;
pub mod proj_string;
mod pseudoazimuthal;
mod pseudocylindrical;
mod rectangle;
mod registry;
mod rejoin;
mod resample;
mod rings;
mod robinson;
mod rotate;
mod strands;
mod stretch;
mod subject;
#[cfg(test)]
mod tests;

use kurbo::{Point, Rect, Vec2};

pub use choose::{choose, suit};
pub use cull::View;
pub use fit::Fit;
pub use graticule::GraticuleLine;
pub use registry::{About, Keeps};
pub use subject::{Subject, subject};

use crate::geometry::{LonLat, Path, Polygon, Reach, Topology};
use clip::Globe;
use map::Sheet;
use registry::{AnyGlobe, ENTRIES};

/// Which projection, and how the globe is turned under it.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectionOptions {
    /// Its name (`equal-earth`), one of [`NAMES`].
    pub name: String,
    /// Longitude and latitude that come to the middle. A conic projection keeps its cone upright:
    /// its globe turns to the longitude only, and the latitude becomes the plane's origin.
    pub center: LonLat,
    /// Turn around the middle, degrees clockwise.
    pub roll: f64,
    /// Standard parallels of conic and cylindrical projections, degrees.
    pub parallels: Option<(f64, f64)>,
    /// What only some have beside.
    pub aspect: Aspect,
}

impl Default for ProjectionOptions {
    /// Equal Earth, centred on Greenwich.
    fn default() -> Self {
        ProjectionOptions {
            name: "equal-earth".to_owned(),
            center: LonLat::new(0.0, 0.0),
            roll: 0.0,
            parallels: None,
            aspect: Aspect::default(),
        }
    }
}

/// How an oblique cylinder lies, and where the eye of a perspective stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Aspect {
    /// The direction at the centre of the line along which the cylinder touches, or of the camera's tilt: degrees
    /// clockwise from north.
    pub azimuth: f64,
    /// How far the camera is tilted away from the centre, degrees.
    pub tilt: f64,
    /// Height of the eye above the centre, in radii of the globe; 0: that of a geostationary satellite.
    pub height: f64,
    /// A geostationary satellite scans along the x axis first, as those of the GOES-R series.
    pub sweep_x: bool,
}

/// The names of all projections.
pub const NAMES: &[&str] = &{
    let mut names = [""; ENTRIES.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = ENTRIES[i].name;
        i += 1;
    }
    names
};

/// What is known of the projection `name`; `None` where there is none.
pub fn about(name: &str) -> Option<About> {
    registry::about(name)
}

/// A projection made ready.
pub struct Projector {
    globe: AnyGlobe,
}

/// A topology on the page.
#[derive(Clone, Debug)]
pub struct ProjectedMap {
    /// The closed outlines of each input shape, clipped to the frame, in input order; empty where
    /// nothing of it is seen. To be filled by the even-odd rule.
    pub areas: Vec<Path>,
    /// Each arc as open lines, clipped to the sphere's edge and the frame, without any edge that
    /// clipping made.
    pub lines: Vec<Path>,
}

/// The same code for either kind of globe.
macro_rules! with_globe {
    ($self:ident, $globe:ident => $code:expr) => {
        match &$self.globe {
            AnyGlobe::Cut($globe) => $code,
            AnyGlobe::Cap($globe) => $code,
        }
    };
}

impl Projector {
    /// Fails on an unknown name, or parameters that the projection cannot have.
    pub fn new(options: &ProjectionOptions) -> crate::diagnostic::Result<Projector> {
        Ok(Projector { globe: registry::globe(options)? })
    }

    /// To the unit plane; `None` where the projection does not show `position`.
    pub fn forward(&self, position: LonLat) -> Option<Point> {
        with_globe!(self, globe => {
            let spot = globe.turn(position);
            let p = globe.visible(spot).then(|| globe.plane() * globe.project(spot))?;
            let shown = globe.bounds().is_none_or(|b| b.inflate(1e-12, 1e-12).contains(p));
            (shown && p.is_finite()).then_some(p)
        })
    }

    /// From the unit plane; `None` outside the map.
    pub fn inverse(&self, p: Point) -> Option<LonLat> {
        with_globe!(self, globe => {
            let shown = globe.bounds().is_none_or(|b| b.inflate(1e-12, 1e-12).contains(p));
            let spot = globe.unproject(globe.plane().inverse() * p).filter(|_| shown)?;
            Some(globe.undo(spot))
        })
    }

    /// The outline of the whole globe on the page, closed, clipped to `frame`.
    pub fn sphere(&self, fit: Fit, frame: Rect) -> Path {
        with_globe!(self, globe => Sheet::new(globe, fit, frame).sphere())
    }

    /// Whether `frame` shows more than the globe, by half a pixel or more: then the sea is the
    /// shape that [`Projector::sphere`] gives, and otherwise the whole frame.
    pub fn shows_edge(&self, fit: Fit, frame: Rect) -> bool {
        let within = frame.inset(-0.5);
        if within.width() <= 0.0 || within.height() <= 0.0 {
            return false;
        }
        (self.sphere(fit, within).area().abs() - within.area()).abs() > 1e-9 * within.area()
    }

    /// The extent on the unit plane of what is seen of `shapes`; `None` when nothing is.
    pub fn extent(&self, topology: &Topology, shapes: &[&[Polygon]]) -> Option<Rect> {
        let (fit, frame) = ample();
        let areas = with_globe!(self, globe => Sheet::new(globe, fit, frame).areas_of(topology, shapes));
        extent_of(&areas)
    }

    /// The extent on the unit plane of the whole globe.
    pub fn extent_of_sphere(&self) -> Option<Rect> {
        let (fit, frame) = ample();
        extent_of(&[self.sphere(fit, frame)])
    }

    /// The extent on the unit plane of a lon/lat box (west may be east of east: across ±180).
    /// A box of 360° or more goes all the way round.
    pub fn extent_of_box(&self, west: f64, south: f64, east: f64, north: f64) -> Option<Rect> {
        match graticule::boxed(west, south, east, north) {
            Some((topology, polygon)) => self.extent(&topology, &[&[polygon]]),
            None if (east - west).abs() >= 360.0 && south < north => self.extent_of_sphere(),
            None => None,
        }
    }

    /// Shapes and their arcs onto the page: resampled to `0.25` px, clipped to `frame`. Shared arcs give identical
    /// coordinates in both neighbours.
    pub fn project(&self, topology: &Topology, shapes: &[&[Polygon]], fit: Fit, frame: Rect) -> ProjectedMap {
        with_globe!(self, globe => Sheet::new(globe, fit, frame).project(topology, shapes))
    }

    /// Which parts of the globe `frame` shows; `None` when it shows the edge of the map, or so much that little can
    /// be left out.
    pub fn view(&self, fit: Fit, frame: Rect) -> Option<View> {
        let from_page = |plane: kurbo::Affine| (fit.affine() * plane).inverse();
        with_globe!(self, globe => View::of(globe, from_page(globe.plane()), frame))
    }

    /// How many times the map enlarges each of some arcs, where it enlarges it most, against the scale of `fit`; `None` where
    /// it is nowhere in `frame` worth a finer outline.
    pub fn stretch(&self, fit: Fit, frame: Rect) -> Option<impl Fn(&[Reach]) -> Vec<f64> + Sync + use<'_>> {
        /// What nobody sees.
        const LITTLE: f64 = 1.15;
        let place = |p| self.inverse(fit.invert(p));
        let most = || with_globe!(self, globe => stretch::stretch_of_frame(globe, frame, place));
        (self.shows_edge(fit, frame) || most() > LITTLE).then_some(
            |reaches: &[Reach]| with_globe!(self, globe => stretch::stretch_within(globe, reaches)),
        )
    }

    /// For each shape, whether its larger polygons may reach into `frame`, of which no more is known than how far their arcs
    /// reach; what may not, surely does not.
    pub fn may_reach(&self, reaches: &[Reach], shapes: &[&[Polygon]], fit: Fit, frame: Rect) -> Vec<bool> {
        match self.view(fit, frame) {
            Some(view) => shapes.iter().map(|polygons| view.may_show_main(polygons, reaches)).collect(),
            None => vec![true; shapes.len()],
        }
    }

    /// An open line along great circles through `positions`, onto the page.
    pub fn line(&self, positions: &[LonLat], fit: Fit, frame: Rect) -> Path {
        let lines = std::iter::once(positions);
        with_globe!(self, globe => Sheet::new(globe, fit, frame).lines(lines))
    }

    /// Each line of the graticule by itself.
    pub fn graticule_lines(&self, step: f64, fit: Fit, frame: Rect) -> Vec<(GraticuleLine, Path)> {
        let named = graticule::named(step);
        let path =
            |(line, positions): (GraticuleLine, Vec<LonLat>)| (line, self.line(&positions, fit, frame));
        named.into_iter().map(path).collect()
    }

    /// Meridians and parallels every `step` degrees.
    pub fn graticule(&self, step: f64, fit: Fit, frame: Rect) -> Path {
        let lines = graticule::lines(step);
        let lines = lines.iter().map(Vec::as_slice);
        with_globe!(self, globe => Sheet::new(globe, fit, frame).lines(lines))
    }
}

/// A page on which extents are measured: 400 px to the radius, and no end.
fn ample() -> (Fit, Rect) {
    const END: f64 = 1e9;
    (Fit { scale: 400.0, offset: Vec2::ZERO }, Rect::new(-END, -END, END, END))
}

/// The extent of paths on the ample page, on the unit plane.
fn extent_of(paths: &[Path]) -> Option<Rect> {
    let scale = ample().0.scale;
    let seen = paths.iter().filter(|path| !path.is_empty());
    let all = seen.map(|path| path.bounding_box()).reduce(|a, b| a.union(b))?;
    Some(Rect::new(all.x0 / scale, all.y0 / scale, all.x1 / scale, all.y1 / scale))
}
