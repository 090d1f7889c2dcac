//! Every decision made: wishes of the map file and the flags meet the style and the defaults.
//!
//! The only place where they do. After it no `Option` means "default"; where one is left, the answer
//! depends on the data and the room it is handed to finds it. Takes a [`MapSpec`], a style loader and the
//! atlas (to know the places that the map file names), gives a [`Plan`].

use std::collections::BTreeMap;

use crate::atlas::{Atlas, Detail, Level, Lookup, PlaceId};
use crate::compose::{Callout, Chart, ChartKind, Flow, LabelChoice, LabelOptions, Target};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::frame::{Fit, FrameOptions};
use crate::geometry::LonLat;
use crate::join::{Duplicates, JoinOptions};
use crate::paint::{Paint, Pattern, PatternForm};
use crate::projection;
use crate::scale::{ClassOptions, Kind, Method, RangeWords, ScaleOptions};
use crate::spec::*;
use crate::strict::{self, Override};
use crate::style::{self, ScaleLook, Style};
use crate::table::TableOptions;
use crate::text::Rich;
use crate::words::{self, Words};

/// Width of a page when none is asked for, px.
pub const DEFAULT_WIDTH: f64 = 1600.0;

/// File formats, by their endings.
pub const FORMATS: [&str; 5] = ["svg", "png", "webp", "jpg", "jpeg"];

/// Everything decided about a figure.
pub struct Plan {
    /// Words of the figure.
    pub words: FigureWords,
    /// Looks at the figure's width.
    pub style: Style,
    /// The main map.
    pub map: MapPlan,
    /// Further maps.
    pub insets: Vec<InsetPlan>,
    /// Remarks tied to a position.
    pub callouts: Vec<Callout>,
    /// Arrows.
    pub flows: Vec<Flow>,
    /// Small charts.
    pub charts: Vec<Chart>,
    /// Whether there is a legend.
    pub legend: bool,
    /// Words above the legend.
    pub legend_title: Option<Rich>,
    /// Size and formats.
    pub output: OutputPlan,
    /// What should be known about the decisions.
    pub warnings: Diagnostics,
}

/// Words of a figure.
pub struct FigureWords {
    /// The title.
    pub title: Option<Rich>,
    /// The sentence under it.
    pub deck: Option<Rich>,
    /// The source, without the word "Source".
    pub source: Option<Rich>,
    /// The credit as the user gave it.
    pub credit: Option<Rich>,
    /// The remark at the foot.
    pub note: Option<Rich>,
    /// Alternative text; `None`: made from the data.
    pub alt: Option<String>,
    /// The fixed words of the language.
    pub fixed: &'static Words,
}

/// A table, how it becomes paint, and the frame it is shown in.
pub struct MapPlan {
    /// The data file as the map file names it; `None` for a map without data.
    pub file: Option<String>,
    /// How to read it.
    pub table: TableOptions,
    /// How to join it.
    pub join: JoinOptions,
    /// How values become paint.
    pub scale: ScaleOptions,
    /// What part of the world.
    pub frame: FrameOptions,
    /// Which places are named.
    pub labels: LabelOptions,
}

/// A map inside the figure.
pub struct InsetPlan {
    /// Words above it.
    pub title: Option<Rich>,
    /// Its map; its scale is the main map's.
    pub map: MapPlan,
    /// Whether it has a table of its own.
    pub own_data: bool,
    /// Its width as a share of the main map's.
    pub share: f64,
}

/// Size and formats.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputPlan {
    /// Width of the page, px at scale 1.
    pub width: f64,
    /// Height of the page; `None` as the map needs it.
    pub height: Option<f64>,
    /// Pixels of a raster image per px of the page.
    pub scale: f64,
    /// Dots per inch of raster images.
    pub dpi: f64,
    /// File extensions written when no output is named.
    pub formats: Vec<String>,
}

/// Makes every decision. `file` is the map file's name for errors, `flags` are the keys that the command line has set;
/// `open` reads style files.
pub fn plan(
    file: &str,
    spec: &MapSpec,
    flags: &[Override],
    atlas: &Atlas,
    open: &dyn Fn(&str) -> Result<String, Diagnostics>,
) -> Result<Plan, Diagnostics> {
    let mut desk = Desk { file, flags, atlas, faults: Diagnostics::default(), named: BTreeMap::new() };
    let output = desk.output(&spec.output);
    let style = style::load(spec.style.as_deref().unwrap_or(style::BUNDLED[0].0), output.width, &[], open)?;
    let fixed = desk.language(spec.lang.as_deref());
    let map = desk.map(spec, &style, fixed);
    let insets = spec.inset.iter().map(|inset| desk.inset(inset, spec, &style, fixed)).collect();
    let callouts = desk.callouts(&spec.callout);
    let flows = desk.flows(&spec.flow);
    let charts = spec.chart.iter().map(|one| desk.chart(one)).collect();
    let rich =
        |text: &Option<String>| text.as_deref().filter(|text| !text.trim().is_empty()).map(Rich::parse);
    let alt = spec.alt.as_deref().filter(|alt| *alt != "auto").map(str::to_owned);
    let warnings = desk.faults.into_result()?;
    Ok(Plan {
        words: FigureWords {
            title: rich(&spec.title),
            deck: rich(&spec.subtitle),
            source: rich(&spec.source),
            credit: rich(&spec.credit),
            note: rich(&spec.note),
            alt,
            fixed,
        },
        style,
        map,
        insets,
        callouts,
        flows,
        charts,
        legend: spec.legend.show.unwrap_or(true),
        legend_title: rich(&spec.legend.title),
        output,
        warnings,
    })
}

/// Where decisions are made: what they need, and the faults found on the way.
struct Desk<'a> {
    file: &'a str,
    /// Keys that a flag has set: faults in them name the flag.
    flags: &'a [Override],
    atlas: &'a Atlas,
    faults: Diagnostics,
    named: BTreeMap<String, Option<PlaceId>>,
}

impl Desk<'_> {
    fn fault(&mut self, key: &str, one: Diagnostic) {
        let place = match self.flags.iter().find(|flag| flag.key == key) {
            Some(flag) => Place::default().key(&flag.flag),
            None => Place::file(self.file).key(key),
        };
        self.faults.push(one.at(place));
    }

    /// `value` when it lies in `range`, else a fault and the range's start.
    fn within(&mut self, key: &str, value: f64, range: std::ops::RangeInclusive<f64>) -> f64 {
        if range.contains(&value) {
            return value;
        }
        let message = format!("{key} is {value}, but must lie between {} and {}", range.start(), range.end());
        self.fault(key, Diagnostic::error(message));
        *range.start()
    }

    fn output(&mut self, spec: &OutputSpec) -> OutputPlan {
        let width = self.within("output.width", spec.width.unwrap_or(DEFAULT_WIDTH), 200.0..=10_000.0);
        let scale = self.within("output.scale", spec.scale.unwrap_or(1.0), 0.1..=10.0);
        let height = match &spec.height {
            None => None,
            Some(HeightSpec::Name(name)) if name == "auto" => None,
            Some(HeightSpec::Name(name)) => {
                let one = Diagnostic::error(format!("`{name}` is no height"));
                self.fault("output.height", one.hint("write a number of px, or \"auto\""));
                None
            }
            Some(HeightSpec::Px(height)) => Some(self.within("output.height", *height, 100.0..=20_000.0)),
        };
        let dpi = self.within("output.dpi", spec.dpi.unwrap_or(96.0 * scale), 1.0..=10_000.0);
        let formats = spec.formats.clone().unwrap_or_else(|| vec!["svg".to_owned(), "png".to_owned()]);
        for format in formats.iter().filter(|format| !FORMATS.contains(&format.as_str())) {
            let one = Diagnostic::error(format!("no format is called `{format}`"));
            self.fault("output.formats", one.hint(format!("the formats are {}", FORMATS.join(", "))));
        }
        OutputPlan { width, height, scale, dpi, formats }
    }

    fn language(&mut self, lang: Option<&str>) -> &'static Words {
        let lang = lang.unwrap_or("en");
        words::of(lang).unwrap_or_else(|| {
            let known: Vec<&str> = words::LANGUAGES.iter().map(|one| one.tag).collect();
            let one = Diagnostic::error(format!("the language `{lang}` is not known"));
            self.fault("lang", one.hint(format!("the languages are {}", known.join(", "))));
            &words::LANGUAGES[0]
        })
    }

    fn map(&mut self, spec: &MapSpec, style: &Style, fixed: &'static Words) -> MapPlan {
        MapPlan {
            file: spec.data.file.clone(),
            table: table_options(&spec.data),
            join: join_options(&spec.data),
            scale: self.scale(&spec.scale, &style.scale, style, fixed),
            frame: self.frame("frame", &spec.frame, spec.data.level, style.map.padding),
            labels: self.labels("labels", &spec.labels, spec.data.level, style),
        }
    }

    fn inset(
        &mut self,
        inset: &InsetSpec,
        spec: &MapSpec,
        style: &Style,
        fixed: &'static Words,
    ) -> InsetPlan {
        let data = inset.data.as_ref().unwrap_or(&spec.data);
        let share = self.within("inset.width", inset.width.unwrap_or(style.inset.share.0), 0.05..=1.0);
        InsetPlan {
            title: inset.title.as_deref().map(Rich::parse),
            map: MapPlan {
                file: data.file.clone(),
                table: table_options(data),
                join: join_options(data),
                scale: self.scale(&spec.scale, &style.scale, style, fixed),
                frame: self.frame("inset.frame", &inset.frame, data.level, 0.01),
                labels: self.labels("inset.labels", &inset.labels, data.level, style),
            },
            own_data: inset.data.is_some(),
            share,
        }
    }

    fn scale(
        &mut self,
        spec: &ScaleSpec,
        look: &ScaleLook,
        style: &Style,
        fixed: &'static Words,
    ) -> ScaleOptions {
        let count = spec.classes.unwrap_or(5);
        self.within("scale.classes", count as f64, 2.0..=9.0);
        let method = match (spec.method, &spec.breaks) {
            (None | Some(MethodSpec::Breaks), Some(breaks)) => Method::Breaks(breaks.clone()),
            (Some(MethodSpec::Breaks), None) => {
                let one = Diagnostic::error("the method `breaks` needs the breaks");
                self.fault("scale.method", one.hint("add `breaks = [10, 20, 50]`"));
                Method::Quantile
            }
            (Some(_), Some(_)) => {
                let one = Diagnostic::error("`breaks` are given, so no other method can find them");
                self.fault("scale.method", one.hint("leave `method` or `breaks` out"));
                Method::Quantile
            }
            (None | Some(MethodSpec::Quantile), None) => Method::Quantile,
            (Some(MethodSpec::Equal), None) => Method::Equal,
            (Some(MethodSpec::Jenks), None) => Method::Jenks,
            (Some(MethodSpec::Pretty), None) => Method::Pretty,
            (Some(MethodSpec::Log), None) => Method::Log,
        };
        let no_data_label = spec.no_data.clone().unwrap_or_else(|| fixed.no_data.to_owned());
        ScaleOptions {
            kind: spec.kind.map(kind),
            classes: spec.class.iter().map(|class| class_options(class, look)).collect(),
            method,
            count: count.clamp(2, 9),
            palette: spec.palette.clone(),
            reverse: spec.reverse.unwrap_or(false),
            midpoint: spec.midpoint.unwrap_or(0.0),
            ramp: look.ramp.clone(),
            categories: look.categories.clone(),
            no_data: Paint::Pattern(Pattern {
                ground: look.no_data,
                mark: look.no_data_mark,
                form: thin_hatch(look),
            }),
            no_data_label,
            absent: style.map.land,
            doubt: hatch(look),
            words: RangeWords { under: fixed.under.to_owned(), over: fixed.over.to_owned() },
            number: fixed.number(spec.prefix.as_deref(), spec.suffix.as_deref()),
        }
    }

    fn frame(&mut self, key: &str, spec: &FrameSpec, level: Option<LevelSpec>, padding: f64) -> FrameOptions {
        let projection =
            spec.projection.as_deref().filter(|name| *name != "auto").map(|name| self.projection(key, name));
        if let Some(view) = spec.view.as_deref().filter(|view| *view != "de-facto") {
            let one = Diagnostic::warning(format!(
                "borders are drawn as they stand on the ground, not by the view `{view}`"
            ));
            self.fault(
                &format!("{key}.view"),
                one.hint("disputed borders are dashed; the one view there is is `de-facto`"),
            );
        }
        let center = spec.center.map(|[lon, lat]| {
            let lon = self.within(&format!("{key}.center"), lon, -360.0..=360.0);
            let lat = self.within(&format!("{key}.center"), lat, -90.0..=90.0);
            LonLat::new(lon, lat)
        });
        let parallels = spec.parallels.map(|[a, b]| {
            let key = format!("{key}.parallels");
            (self.within(&key, a, -90.0..=90.0), self.within(&key, b, -90.0..=90.0))
        });
        let padding = self.within(&format!("{key}.padding"), spec.padding.unwrap_or(padding), 0.0..=2.0);
        if let Some(step) = spec.graticule {
            self.within(&format!("{key}.graticule"), step, 0.5..=90.0);
        }
        FrameOptions {
            fit: self.fit(&format!("{key}.fit"), spec.fit.as_ref(), level),
            projection,
            center,
            parallels,
            rotate: spec.rotate.unwrap_or(0.0),
            padding,
            graticule: spec.graticule.map(|step| step.clamp(0.5, 90.0)),
            detail: spec.detail.map(detail),
            near: spec.context != Some(ContextSpec::All),
        }
    }

    fn projection(&mut self, key: &str, name: &str) -> String {
        if !projection::NAMES.contains(&name) {
            let one = Diagnostic::error(format!("there is no projection called `{name}`"));
            let one = match strict::nearest(name, projection::NAMES) {
                Some(near) => one.hint(format!("did you mean `{near}`?")),
                None => one.hint(format!("the projections are {}", projection::NAMES.join(", "))),
            };
            self.fault(&format!("{key}.projection"), one);
        }
        name.to_owned()
    }

    fn fit(&mut self, key: &str, fit: Option<&FitSpec>, level: Option<LevelSpec>) -> Fit {
        match fit {
            None => Fit::Data,
            Some(FitSpec::Name(name)) if name == "data" => Fit::Data,
            Some(FitSpec::Name(name)) if name.eq_ignore_ascii_case("world") => Fit::World,
            Some(FitSpec::Name(name)) => Fit::Places(self.region(key, name, level)),
            Some(FitSpec::Places(names)) => {
                Fit::Places(names.iter().flat_map(|name| self.region(key, name, level)).collect())
            }
            Some(FitSpec::Box(edges)) => {
                let [west, south, east, north] = *edges;
                let fine = south < north && south >= -90.0 && north <= 90.0 && west != east;
                if !fine || west.abs() > 360.0 || east.abs() > 360.0 {
                    let one = Diagnostic::error(format!(
                        "[{west}, {south}, {east}, {north}] is no box of the globe"
                    ));
                    self.fault(
                        key,
                        one.hint("write [west, south, east, north] in degrees, south below north"),
                    );
                    return Fit::World;
                }
                Fit::Box(*edges)
            }
        }
    }

    /// The places of a region, or the one place of that name.
    fn region(&mut self, key: &str, name: &str, level: Option<LevelSpec>) -> Vec<PlaceId> {
        match self.atlas.members(name) {
            Some(places) => places,
            None => self.place(key, name, level).into_iter().collect(),
        }
    }

    /// The one place called `name`; a fault where there is none, or more than one.
    fn place(&mut self, key: &str, name: &str, level: Option<LevelSpec>) -> Option<PlaceId> {
        if let Some(known) = self.named.get(name) {
            return *known;
        }
        let levels = match level {
            Some(LevelSpec::UsState) => [Level::UsState, Level::Country],
            _ => [Level::Country, Level::UsState],
        };
        let found =
            levels.iter().map(|level| self.atlas.lookup(name, *level)).find(|one| *one != Lookup::Unknown);
        let id = match found {
            Some(Lookup::One(id, _)) => Some(id),
            Some(Lookup::Many(ids)) => {
                let names: Vec<&str> = ids.iter().map(|id| self.atlas.place(*id).name).collect();
                let one = Diagnostic::error(format!("\"{name}\" may be any of {}", names.join(", ")));
                self.fault(key, one.hint("write the full name, or the ISO code"));
                None
            }
            _ => {
                let near = self.atlas.suggest(name, levels[0]);
                let one = Diagnostic::error(format!("no place is called \"{name}\""));
                let one = match near.first() {
                    Some(near) => one.hint(format!("did you mean \"{}\"?", self.atlas.place(*near).name)),
                    None => one.hint("`pressmap places` lists what there is"),
                };
                self.fault(key, one);
                None
            }
        };
        self.named.insert(name.to_owned(), id);
        id
    }

    fn labels(
        &mut self,
        key: &str,
        spec: &LabelsSpec,
        level: Option<LevelSpec>,
        style: &Style,
    ) -> LabelOptions {
        let show = match &spec.show {
            None => LabelChoice::Data { most: Some(style.labels.most as usize) },
            Some(ShowSpec::Name(name)) => match name.as_str() {
                "data" => LabelChoice::Data { most: None },
                "all" => LabelChoice::All,
                "none" => LabelChoice::None,
                _ => {
                    if self.atlas.lookup(name, Level::Country) == Lookup::Unknown
                        && self.atlas.lookup(name, Level::UsState) == Lookup::Unknown
                    {
                        let one = Diagnostic::error(format!("`{name}` is no choice of labels, and no place"));
                        self.fault(
                            &format!("{key}.show"),
                            one.hint("write data, all, none, or a list of places"),
                        );
                        return LabelOptions { show: LabelChoice::None, text: String::new() };
                    }
                    LabelChoice::Places(self.place(key, name, level).into_iter().collect())
                }
            },
            Some(ShowSpec::Places(names)) => {
                LabelChoice::Places(names.iter().filter_map(|name| self.place(key, name, level)).collect())
            }
        };
        let text = spec.text.clone().unwrap_or_else(|| "{name}".to_owned());
        for field in fields(&text) {
            if !["name", "value", "code"].contains(&field.as_str()) {
                let one = Diagnostic::error(format!("a label knows no `{{{field}}}`"));
                self.fault(&format!("{key}.text"), one.hint("it knows {name}, {value} and {code}"));
            }
        }
        LabelOptions { show, text }
    }

    fn callouts(&mut self, specs: &[CalloutSpec]) -> Vec<Callout> {
        let mut all = Vec::new();
        for (i, spec) in specs.iter().enumerate() {
            let key = format!("callout.{i}.at");
            if let Some(at) = self.position(&key, &spec.at) {
                all.push(Callout { at, text: Rich::parse(&spec.text) });
            }
        }
        all
    }

    fn flows(&mut self, specs: &[FlowSpec]) -> Vec<Flow> {
        let mut all = Vec::new();
        for (i, spec) in specs.iter().enumerate() {
            let from = self.position(&format!("flow.{i}.from"), &spec.from);
            let one;
            let targets = match &spec.to {
                FlowTargets::One(name) => {
                    one = [PositionSpec::Place(name.clone())];
                    &one[..]
                }
                FlowTargets::Many(many) => many,
            };
            let key = format!("flow.{i}.to");
            let to: Vec<Target> = targets.iter().filter_map(|target| self.position(&key, target)).collect();
            all.extend(from.map(|from| Flow { from, to }));
        }
        all
    }

    fn position(&mut self, key: &str, spec: &PositionSpec) -> Option<Target> {
        match spec {
            PositionSpec::LonLat([lon, lat]) => {
                let lon = self.within(key, *lon, -360.0..=360.0);
                let lat = self.within(key, *lat, -90.0..=90.0);
                Some(Target { at: LonLat::new(lon, lat), place: None })
            }
            PositionSpec::Place(name) => {
                let id = self.place(key, name, None)?;
                Some(Target { at: self.atlas.place(id).label, place: Some(id) })
            }
        }
    }

    fn chart(&mut self, spec: &ChartSpec) -> Chart {
        let top = self.within("chart.top", spec.top.unwrap_or(10) as f64, 3.0..=20.0);
        let kind = match spec.kind {
            ChartKindSpec::Histogram => ChartKind::Histogram,
            ChartKindSpec::Ranking => ChartKind::Ranking { top: top as usize },
        };
        Chart { kind, title: spec.title.as_deref().map(Rich::parse) }
    }
}

/// The names between braces of a label's template.
fn fields(template: &str) -> Vec<String> {
    let parts = template.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name.to_owned())).collect()
}

fn table_options(spec: &DataSpec) -> TableOptions {
    TableOptions {
        delimiter: spec.delimiter.and_then(|mark| u8::try_from(mark).ok()),
        encoding: spec.encoding.clone(),
        decimal: spec.decimal,
        header_row: spec.header_row,
        filter: spec.filter.iter().map(|(column, text)| (column.clone(), text.clone())).collect(),
    }
}

fn join_options(spec: &DataSpec) -> JoinOptions {
    JoinOptions {
        place: spec.place.clone(),
        value: spec.value.clone(),
        level: spec.level.map(|level| match level {
            LevelSpec::Country => Level::Country,
            LevelSpec::UsState => Level::UsState,
        }),
        duplicates: match spec.duplicates {
            None | Some(DuplicatesSpec::Error) => Duplicates::Error,
            Some(DuplicatesSpec::First) => Duplicates::First,
            Some(DuplicatesSpec::Last) => Duplicates::Last,
            Some(DuplicatesSpec::Sum) => Duplicates::Sum,
        },
    }
}

fn kind(spec: KindSpec) -> Kind {
    match spec {
        KindSpec::Ordered => Kind::Ordered,
        KindSpec::Nominal => Kind::Nominal,
        KindSpec::Sequential => Kind::Sequential,
        KindSpec::Diverging => Kind::Diverging,
    }
}

fn detail(spec: DetailSpec) -> Detail {
    match spec {
        DetailSpec::Coarse => Detail::Coarse,
        DetailSpec::Medium => Detail::Medium,
        DetailSpec::Fine => Detail::Fine,
    }
}

fn class_options(spec: &ClassSpec, look: &ScaleLook) -> ClassOptions {
    ClassOptions {
        value: spec.value.clone(),
        label: spec.label.clone().unwrap_or_else(|| spec.value.clone()),
        color: spec.color,
        pattern: spec.pattern.map(|pattern| pattern_form(pattern, look)),
    }
}

fn pattern_form(spec: PatternSpec, look: &ScaleLook) -> PatternForm {
    let (angle, spacing, width) = (look.hatch_angle, look.hatch_spacing.0, look.hatch_width.0);
    match spec {
        PatternSpec::Hatch => hatch(look),
        PatternSpec::Cross => PatternForm::Cross { angle, spacing, width: width * 0.8 },
        PatternSpec::Dots => PatternForm::Dots { spacing: look.dot_spacing.0, radius: look.dot_radius.0 },
        PatternSpec::Stripes => {
            PatternForm::Hatch { angle, spacing: look.stripe_width.0 * 2.0, width: look.stripe_width.0 }
        }
    }
}

fn hatch(look: &ScaleLook) -> PatternForm {
    PatternForm::Hatch { angle: look.hatch_angle, spacing: look.hatch_spacing.0, width: look.hatch_width.0 }
}

/// Missing data is hatched the other way and thinner, so that it never looks like a class.
fn thin_hatch(look: &ScaleLook) -> PatternForm {
    PatternForm::Hatch {
        angle: -look.hatch_angle,
        spacing: look.hatch_spacing.0 * 0.8,
        width: look.hatch_width.0 * 0.45,
    }
}
