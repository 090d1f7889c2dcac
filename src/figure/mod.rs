//! The whole pipeline: a map file's text and the files it names → a finished figure.

use crate::atlas::{Atlas, Divided, Level, Own, PlaceId};
use crate::borders;
use crate::compose::{self, InsetMap, Parts};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Result as OneResult};
use crate::frame::Frame;
use crate::geometry::LonLat;
use crate::join::{Fate, Join};
use crate::page::{self, Page};
use crate::plan::{self, InsetPlan, MapPlan, OutputPlan, Plan};
use crate::projection::{self, Fit};
use crate::scale::Scale;
use crate::scene::Scene;
use crate::spec;
use crate::strict::Override;
use crate::text::{self, Rich};

mod content;
mod flows;
mod ground;
mod located;
mod metadata;
mod overlap;
mod points;
mod scaled;
mod seen;
mod tables;

use content::{content, page_options, warn_missing_letters};
use ground::Ground;
pub use located::Located;
use metadata::{digest, metadata};
use tables::{read_join, read_table};

/// Hands the library the bytes of a file, on whatever thread asks.
pub trait Files: Sync {
    /// The bytes of the file that the map file calls `name`; relative names are relative to the map file.
    fn read(&self, name: &str) -> OneResult<Vec<u8>>;
}

/// What to draw.
pub struct Job<'a> {
    /// The map file's name, for errors.
    pub name: &'a str,
    /// The map file's text.
    pub text: &'a str,
    /// Values that take the place of its keys.
    pub overrides: &'a [Override],
    /// Draw although some rows match no place.
    pub allow_unmatched: bool,
}

/// A finished figure.
pub struct Figure {
    /// Every mark.
    pub scene: Scene,
    /// Size and formats.
    pub output: OutputPlan,
    /// What should be known about it.
    pub warnings: Diagnostics,
    /// Codes of the places of the table that the figure does not show.
    pub unseen: Vec<String>,
    /// What was found in the table and decided about the map, in sentences.
    pub remarks: Vec<String>,
    /// Where positions of the globe lie in it.
    pub located: Located,
}

/// A joined table with what it was made from.
pub struct Joined {
    /// The places and borders that it was joined to.
    pub atlas: Atlas,
    /// The plan.
    pub plan: Plan,
    /// The fate of every row.
    pub join: Join,
    /// The scale that paints it.
    pub scale: Scale,
    /// SHA-256 of the map file and of each data file, hexadecimal.
    pub digests: Vec<(String, String)>,
    /// What should be known about them.
    pub warnings: Diagnostics,
}

/// Draws a figure. All faults of a stage are told at once.
pub fn draw(job: &Job<'_>, files: &dyn Files) -> Result<Figure, Diagnostics> {
    // all of it on threads of the pool, as each step that came from elsewhere would have to be handed over; the tables that every
    // figure needs are read meanwhile
    rayon::scope(|scope| {
        scope.spawn(|_| plan::prepare());
        scope.spawn(|_| Atlas::prepare());
        scope.spawn(|_| text::prepare());
        drawn(job, files)
    })
}

fn drawn(job: &Job<'_>, files: &dyn Files) -> Result<Figure, Diagnostics> {
    let Joined { atlas, plan, join, scale, mut digests, mut warnings } = joined(job, files)?;
    let atlas = &atlas;
    let joins = inset_joins(&plan, &join, atlas, job, files, &mut digests, &mut warnings)?;
    let (flows, flow_scale) =
        flows::read(&plan.flows, &plan.map, atlas, job, files, &mut digests, &mut warnings)?;
    let points = points::read(&plan.points, files, &mut digests, &mut warnings)?;
    let (main, insets) = rayon::join(
        || {
            let frame = frame(&plan.map, &join, atlas)?;
            let disputed = seen::Disputed::of(atlas, join.level);
            let on_map = disputed.is_seen_in(&frame);
            OneResult::Ok((frame, disputed, on_map))
        },
        || framed(&plan.insets, joins, atlas),
    );
    let ((frame, disputed, on_map), mut insets) = (main?, insets?);
    let far: Vec<InsetPlan> = frame.far.iter().map(|places| plan::far_inset(&plan, places, atlas)).collect();
    let before_locators = insets.partition_point(|inset| !inset.plan.locator);
    let far_joins = far.iter().map(|_| join.clone()).collect();
    insets.splice(before_locators..before_locators, framed(&far, far_joins, atlas)?);
    for locator in insets.iter_mut().filter(|inset| inset.plan.locator) {
        locator.frame = Frame::globe(frame.middle())?;
    }
    let mut maps = insets.iter().filter(|inset| !inset.plan.locator).map(|inset| &inset.frame);
    let shows = seen::Shows {
        no_data: shows_no_data(&join, &scale, &frame, atlas),
        dispute: on_map || maps.any(|frame| disputed.is_seen_in(frame)),
    };
    let sentences = content::sentences(&plan, &scale, &mut warnings);
    let arrows = compose::flow_entries(&flow_scale, &plan.style);
    let (mut content, legend) =
        content(&plan, &join, &scale, atlas, shows, (&sentences, arrows, &points), &insets);
    warn_missing_letters(&content, &mut warnings);
    let mut page = page::layout(&content, &page_options(&plan), frame.aspect());
    // callouts that are not seen need no room under the map, which may then be larger and show more
    for _ in 0..2 {
        if content.callouts.is_empty() {
            break;
        }
        let on_map = seen::callouts(&plan.callouts, &frame, &page);
        if on_map.len() == content.callouts.len() {
            break;
        }
        content.callouts = on_map;
        page = page::layout(&content, &page_options(&plan), frame.aspect());
    }
    check_room(&page)?;

    let fit = Fit::contain(frame.extent, page.fit);
    let (main, inset_grounds) = rayon::join(
        || Ground::unpack(atlas, &join, &frame, (fit, page.map), &plan, plan.map.frame.detail),
        || {
            insets
                .iter()
                .zip(0..)
                .map(|(inset, at)| inset.ground(at, atlas, &page, &plan))
                .collect::<Vec<_>>()
        },
    );
    let outline = located::outline(&frame, fit, page.map);
    let parts = Parts {
        atlas,
        style: &plan.style,
        words: plan.words.fixed,
        number: &plan.map.scale.number,
        page: &page,
        map: main.part(&join, &scale, &frame, fit, &page, plan.map.frame.graticule),
        insets: insets
            .iter()
            .zip(&inset_grounds)
            .map(|(inset, ground)| inset.map(ground, &scale, &page, &outline))
            .collect(),
        labels: &plan.map.labels,
        furniture: &plan.furniture,
        points: &points.iter().map(|one| &one.dots).collect::<Vec<_>>(),
        callouts: &plan.callouts,
        flows: &flows,
        flow_scale: &flow_scale,
        highlight: &plan.highlight,
        direct: &sentences.direct,
        charts: &plan.charts,
        legend,
        title: sentences.title.as_ref().map_or_else(|| plan.words.fixed.map.to_owned(), Rich::text),
        alt: plan.words.alt.clone(),
        metadata: metadata(&plan, &content::sources(&join, &insets), &digests),
    };
    let composed = compose::compose(&parts);
    warnings.extend(composed.warnings);
    let remarks = remarks(&join, &scale, &frame, atlas);
    let compose::Composed { scene, unseen, insets: on_page, lost_points } = composed.value;
    points::lost(&plan.points, &points, &lost_points, &mut warnings);
    let unseen = unseen.into_iter().map(|id| atlas.place(id).code.to_string()).collect();
    let inset_frames = insets.into_iter().map(|inset| inset.frame);
    let located = Located::new(located::View { frame, fit, clip: page.map }, inset_frames.zip(on_page));
    Ok(Figure { scene, output: plan.output, warnings, unseen, remarks, located })
}

/// What was found and decided without being asked for.
fn remarks(join: &Join, scale: &Scale, frame: &Frame, atlas: &Atlas) -> Vec<String> {
    let mut all = Vec::new();
    if !join.place_column.is_empty() {
        let value = join
            .value_column
            .as_deref()
            .map_or("no value column".to_owned(), |name| format!("values in `{name}`"));
        let value =
            if join.by_position && join.value_column.is_none() { "rows counted".to_owned() } else { value };
        all.push(format!(
            "{}: places in `{}`, {value}, {} places",
            join.file,
            join.place_column,
            join.values.len()
        ));
    }
    let classes: Vec<String> =
        scale.entries().map(|class| format!("{} ({})", class.label, class.count)).collect();
    if !classes.is_empty() {
        all.push(format!("classes: {}", classes.join(", ")));
    }
    let projection::ProjectionOptions { name, center, .. } = &frame.projection;
    all.push(format!("projection: {name}, centred on longitude {}, latitude {}", center.lon, center.lat));
    for place in frame.far.iter().flatten().map(|id| atlas.place(*id)) {
        let name = &place.name;
        all.push(format!(
            "{name} lies far from the rest and stands in an inset; `frame.far = \"fit\"` fits it into the map"
        ));
    }
    all
}

/// The first half of the way: everything that the data itself can be blamed for.
pub fn joined(job: &Job<'_>, files: &dyn Files) -> Result<Joined, Diagnostics> {
    let Planned { atlas, plan, mut warnings, mut digests } = planned(job, files)?;
    let join = read_join(&plan.map, &atlas, job, files, &mut digests, &mut warnings)?;
    let scale = match plan.map.file {
        None => Scale::empty(&plan.map.scale),
        Some(_) => {
            let scale = scaled::scale(&plan, &join)?;
            warnings.extend(scale.warnings);
            scale.value
        }
    };
    Ok(Joined { atlas, plan, join, scale, digests, warnings })
}

/// A plan and the atlas it was made with, what should be known about it, and the digests of what it was made from.
struct Planned {
    atlas: Atlas,
    plan: Plan,
    warnings: Diagnostics,
    digests: Vec<(String, String)>,
}

/// Reads the map file and decides.
fn planned(job: &Job<'_>, files: &dyn Files) -> Result<Planned, Diagnostics> {
    let spec = spec::read_map(job.name, job.text, job.overrides)?;
    // a table alone has no map file
    let own = (!job.text.is_empty()).then(|| (job.name.to_owned(), digest(job.text.as_bytes())));
    let mut digests = own.into_iter().collect();
    let mut found = Diagnostics::default();
    let atlas = atlas(&spec, files, &mut digests, &mut found)?;
    let open = |name: &str| {
        let bytes = files.read(name)?;
        let fault = |_| Diagnostic::error("the file must be UTF-8 text").at(Place::file(name));
        Ok(String::from_utf8(bytes).map_err(fault)?)
    };
    let mut plan = plan::plan(job.name, &spec, job.overrides, &atlas, &open)?;
    let atlas = atlas.viewed(plan.view.clone());
    let mut warnings = std::mem::take(&mut plan.warnings);
    warnings.extend(found);
    Ok(Planned { atlas, plan, warnings, digests })
}

/// The bundled atlas, with the borders that the map file names.
fn atlas(
    spec: &spec::MapSpec,
    files: &dyn Files,
    digests: &mut Vec<(String, String)>,
    warnings: &mut Diagnostics,
) -> Result<Atlas, Diagnostics> {
    let Some(options) = plan::borders(&spec.borders) else { return Ok(Atlas::bundled().clone()) };
    let mut open = |name: &str| {
        let bytes = files.read(name)?;
        digests.push((name.to_owned(), digest(&bytes)));
        Ok(bytes)
    };
    let places = borders::read(&options, &mut open)?;
    warnings.extend(places.warnings);
    let own = Own::new(places.value);
    warnings.extend(overlap::told(&own, &options.file));
    Ok(Atlas::with(own))
}

/// The fate of every row of a table.
pub struct Matched {
    /// The places that it was joined to.
    pub atlas: Atlas,
    /// The fates.
    pub join: Join,
    /// What should be known about them.
    pub warnings: Diagnostics,
}

/// The fate of every row of the main table, whatever the scale says of the values.
pub fn matched(job: &Job<'_>, files: &dyn Files) -> Result<Matched, Diagnostics> {
    let Planned { atlas, plan, mut warnings, mut digests } = planned(job, files)?;
    let join = read_table(&plan.map, &atlas, files, &mut digests, &mut warnings)?;
    warnings.extend(seen::merged(&join, &atlas));
    Ok(Matched { atlas, join, warnings })
}

/// An inset on its way: its plan, its data and its frame.
struct InsetParts<'a> {
    plan: &'a InsetPlan,
    join: Join,
    frame: Frame,
}

/// The joined tables of the insets: their own, or that of the main map.
fn inset_joins(
    plan: &Plan,
    main: &Join,
    atlas: &Atlas,
    job: &Job<'_>,
    files: &dyn Files,
    digests: &mut Vec<(String, String)>,
    warnings: &mut Diagnostics,
) -> Result<Vec<Join>, Diagnostics> {
    let own = |inset: &InsetPlan| match inset.own_data {
        true => read_join(&inset.map, atlas, job, files, digests, warnings),
        false => Ok(main.clone()),
    };
    plan.insets.iter().map(own).collect()
}

fn framed<'a>(insets: &'a [InsetPlan], joins: Vec<Join>, atlas: &Atlas) -> OneResult<Vec<InsetParts<'a>>> {
    let framed = |(plan, join): (&'a InsetPlan, Join)| {
        // a locator is turned to the main map's middle as soon as that is known
        let frame = match plan.locator {
            true => Frame::globe(LonLat::new(0.0, 0.0))?,
            false => frame(&plan.map, &join, atlas)?,
        };
        Ok(InsetParts { plan, join, frame })
    };
    insets.iter().zip(joins).map(framed).collect()
}

impl InsetParts<'_> {
    /// Its borders, at the detail that its width on the page needs.
    fn ground(&self, index: usize, atlas: &Atlas, page: &Page, plan: &Plan) -> Ground {
        let size = compose::inset_size(page, index, self.plan.share, self.frame.aspect());
        let clip = size.to_rect();
        let fit = compose::inset_fit(clip, self.frame.extent, &plan.style);
        Ground::unpack(atlas, &self.join, &self.frame, (fit, clip), plan, self.plan.map.frame.detail)
    }

    fn map<'g>(
        &'g self,
        ground: &'g Ground,
        scale: &'g Scale,
        page: &Page,
        outline: &'g [LonLat],
    ) -> InsetMap<'g> {
        let fit = Fit { scale: 1.0, offset: kurbo::Vec2::ZERO };
        let mut part = ground.part(&self.join, scale, &self.frame, fit, page, self.plan.map.frame.graticule);
        part.only = match &self.plan.map.frame.fit {
            crate::frame::Fit::Places(places) => places.clone(),
            _ => Vec::new(),
        };
        InsetMap {
            part,
            title: self.plan.title.clone(),
            labels: &self.plan.map.labels,
            share: self.plan.share,
            own_data: self.plan.own_data,
            locates: self.plan.locator.then_some(outline),
            spot: self.plan.spot,
        }
    }
}

fn frame(map: &MapPlan, join: &Join, atlas: &Atlas) -> OneResult<Frame> {
    let data = matched_places(join);
    let mut options = map.frame.clone();
    if !join.within.is_empty() && options.fit == crate::frame::Fit::Data {
        options.fit = crate::frame::Fit::Places(join.within.clone());
    }
    if data.is_empty() && options.fit == crate::frame::Fit::Data {
        options.fit = match join.level {
            Level::Own => {
                let own = atlas.places(Level::Own);
                crate::frame::Fit::Places(own.iter().map(|place| place.id).collect())
            }
            _ => crate::frame::Fit::World,
        };
    }
    Frame::new(&options, atlas, join.level, &data)
}

/// The places that the table names, each once.
fn matched_places(join: &Join) -> Vec<PlaceId> {
    let matched = join.rows.iter().filter_map(|row| match row.fate {
        Fate::Matched(id, _) => Some(id),
        _ => None,
    });
    let mut data: Vec<PlaceId> = matched.collect();
    data.sort_unstable();
    data.dedup();
    data
}

/// How a map of provinces is divided; `None` for a map of another level.
fn divided(atlas: &Atlas, join: &Join) -> Option<Divided> {
    (join.level == Level::Admin1).then(|| atlas.divided(&matched_places(join), &join.within))
}

/// Whether the map shows the paint of missing data: on a place of the table, or, on a map of numbers, on any place
/// in the frame that the table does not name.
fn shows_no_data(join: &Join, scale: &Scale, frame: &Frame, atlas: &Atlas) -> bool {
    let Some(no_data) = &scale.no_data else { return false };
    let in_frame = |place: &&crate::atlas::Place| {
        frame.projector.forward(place.label).is_some_and(|p| frame.near.unwrap_or(frame.extent).contains(p))
    };
    let worn_by_absent = scale.absent == no_data.paint;
    let divided = divided(atlas, join);
    let drawn = |id: PlaceId| divided.as_ref().is_none_or(|divided| divided.shows(id));
    let absent = |place: &&crate::atlas::Place| !join.values.contains_key(&place.id) && drawn(place.id);
    no_data.count > 0
        || (worn_by_absent && atlas.places(join.level).iter().filter(absent).any(|place| in_frame(&place)))
}

/// A page whose words leave the map no room is an error, not a picture.
fn check_room(page: &Page) -> Result<(), Diagnostics> {
    if page.map.height() >= 60.0 && page.fit.width() >= 60.0 {
        return Ok(());
    }
    let one = Diagnostic::error("the words around the map leave no room for it")
        .at(Place::default().key("output.height"));
    Err(one.hint("make the page higher, or shorten title, subtitle and note").into())
}
