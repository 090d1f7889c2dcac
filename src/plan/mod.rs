//! Every decision made: wishes of the map file and the flags meet the style and the defaults.
//!
//! The only place where they do. After it no `Option` means "default"; where one is left, the answer
//! depends on the data and the room it is handed to finds it. Takes a [`MapSpec`], a style loader and the
//! atlas (to know the places that the map file names), gives a [`Plan`].

use std::collections::BTreeMap;

use crate::atlas::{Atlas, Level, Lookup, PlaceId, View};
use crate::borders::BordersOptions;
use crate::compose::{
    Callout, Chart, Furniture, Highlight, LabelChoice, LabelOptions, LegendOptions, Spot, Target,
};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::frame::FrameOptions;
use crate::geometry::LonLat;
use crate::join::JoinOptions;
use crate::scale::ScaleOptions;
use crate::spec::*;
use crate::strict::Override;
use crate::style::{self, Style};
use crate::table::TableOptions;
use crate::text::Rich;
use crate::words::{self, Words};

mod chart;
mod composite;
mod data;
mod flow;
mod furniture;
mod highlight;
mod inset;
mod legend;
mod pins;
mod place;
mod points;
mod scale;
mod square;
mod symbols;
mod view;

use data::{join_options, table_options};
pub use flow::{FlowPlan, FlowTable};
pub(crate) use inset::far_inset;
pub use points::{PointsPlan, SymbolChoice};
pub use symbols::SymbolPlan;

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
    /// Whose borders they are.
    pub view: View,
    /// Circles on its places and on those of the insets.
    pub symbols: Option<SymbolPlan>,
    /// Words at the sides of the legend of a bivariate scale.
    pub axes: Option<[Rich; 2]>,
    /// Scale, direction and degrees.
    pub furniture: Furniture,
    /// Further maps; locators last.
    pub insets: Vec<InsetPlan>,
    /// Tables drawn as dots.
    pub points: Vec<PointsPlan>,
    /// Remarks tied to a position.
    pub callouts: Vec<Callout>,
    /// Arrows.
    pub flows: FlowPlan,
    /// Places that stand out.
    pub highlight: Highlight,
    /// Small charts.
    pub charts: Vec<Chart>,
    /// The legend.
    pub legend: LegendOptions,
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
    /// On a narrow page it stands beside others under the map, not as wide as the page.
    pub beside: bool,
    /// Whether it is a globe that shows where the main map lies.
    pub locator: bool,
    /// Where on the map it stands.
    pub spot: Spot,
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

/// Reads what every plan needs, which would otherwise be read when it is first asked for.
pub(crate) fn prepare() {
    style::prepare();
}

/// How the borders file is read, if there is one: known before all else, as the atlas needs it.
pub fn borders(spec: &BordersSpec) -> Option<BordersOptions> {
    let BordersSpec { file, id, name, layer, crs } = spec.clone();
    file.map(|file| BordersOptions { file, id, name, layer, crs })
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
    let mut desk = Desk {
        file,
        flags,
        atlas,
        faults: Diagnostics::default(),
        named: BTreeMap::new(),
        scope: Vec::new(),
    };
    let output = desk.output(&spec.output);
    let style = style::load(spec.style.as_deref().unwrap_or(style::BUNDLED[0].0), output.width, &[], open)?;
    let fixed = desk.language(spec.lang.as_deref());
    desk.borders(spec);
    let map = desk.map(spec, &style, fixed);
    let axes = desk.axes(spec);
    let highlight = desk.highlight(&spec.highlight, map.join.level, &style);
    let symbols = desk.symbols(spec, &style.symbols, output.width);
    let view = desk.view(spec, open)?;
    let furniture = desk.furniture(spec);
    let insets = desk.insets(spec, &style, fixed);
    let points = desk.points(spec, &style, fixed, open);
    let callouts = desk.callouts(&spec.callout);
    let flows = desk.flows(spec, &style, &map.scale, fixed);
    let legend = desk.legend(&spec.legend);
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
        view,
        symbols,
        axes,
        furniture,
        insets,
        points,
        callouts,
        flows,
        highlight,
        charts,
        legend,
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
    /// The countries whose provinces the map at hand shows.
    scope: Vec<PlaceId>,
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

    /// Wishes for borders without a file of borders.
    fn borders(&mut self, spec: &MapSpec) {
        if spec.borders.file.is_some() {
            return;
        }
        let BordersSpec { id, name, layer, crs, .. } = &spec.borders;
        let levels = spec.inset.iter().filter_map(|inset| inset.data.as_ref()?.level);
        let own = spec.data.level.into_iter().chain(levels).any(|level| level == LevelSpec::Own);
        if own || [id, name, layer, crs].into_iter().any(Option::is_some) {
            let one =
                Diagnostic::error("the map file asks for borders of its own, but names no file of them");
            self.fault("borders.file", one.hint("write `file = \"districts.geojson\"` in [borders]"));
        }
    }

    /// The level that is asked for; where there are own borders, theirs.
    fn level(&self, spec: &DataSpec) -> Option<Level> {
        match spec.level {
            Some(LevelSpec::Country) => Some(Level::Country),
            Some(LevelSpec::UsState) => Some(Level::UsState),
            Some(LevelSpec::Admin1) => Some(Level::Admin1),
            Some(LevelSpec::Own) => Some(Level::Own),
            None if spec.within.is_some() => Some(Level::Admin1),
            None => self.atlas.own().map(|_| Level::Own),
        }
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
        if formats.is_empty() {
            let one = Diagnostic::error("`formats` names no format, so nothing would be written");
            self.fault("output.formats", one.hint("leave it out for SVG and PNG"));
        }
        for format in formats.iter().filter(|format| !FORMATS.contains(&format.as_str())) {
            let one = Diagnostic::error(format!("no format is called `{format}`"));
            self.fault("output.formats", one.hint("the formats are svg, png, webp and jpg"));
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
        self.scope = self.countries("data.within", &spec.data);
        let level = self.level(&spec.data);
        MapPlan {
            file: spec.data.file.clone(),
            table: table_options(&spec.data),
            join: join_options(&spec.data, spec, level, self.scope.clone()),
            scale: self.scale(&spec.scale, &spec.data, style, fixed),
            frame: match self.composite(spec) {
                None => self.frame("frame", &spec.frame, level, style.map.padding),
                Some(composite) => {
                    let rest = FrameSpec { projection: None, ..spec.frame.clone() };
                    composite.frame(self.frame("frame", &rest, level, style.map.padding))
                }
            },
            labels: self.labels("labels", &spec.labels, level, style),
        }
    }

    /// The countries within which provinces are looked for.
    fn countries(&mut self, key: &str, data: &DataSpec) -> Vec<PlaceId> {
        let names = data.within.as_ref().map_or(&[][..], OneOrMore::all);
        let told = data.level.is_some_and(|level| level != LevelSpec::Admin1);
        if told && !names.is_empty() {
            let one = Diagnostic::error("`within` is for provinces, but `level` asks for other places");
            self.fault(key, one.hint("write `level = \"admin-1\"`, or leave `level` out"));
        }
        names.iter().flat_map(|name| self.region(key, name, Some(Level::Country))).collect()
    }

    fn labels(&mut self, key: &str, spec: &LabelsSpec, level: Option<Level>, style: &Style) -> LabelOptions {
        let show = match &spec.show {
            None => LabelChoice::Data { most: Some(style.labels.most as usize) },
            Some(ShowSpec::Name(name)) => match name.as_str() {
                "data" => LabelChoice::Data { most: None },
                "all" => LabelChoice::All,
                "none" => LabelChoice::None,
                _ => {
                    let levels = [Level::Own, Level::Country, Level::UsState, Level::Admin1];
                    if levels.iter().all(|level| self.atlas.lookup(name, *level) == Lookup::Unknown) {
                        let one = Diagnostic::error(format!("`{name}` is no choice of labels, and no place"));
                        self.fault(
                            &format!("{key}.show"),
                            one.hint("write data, all, none, or a list of places"),
                        );
                        return LabelOptions::default();
                    }
                    LabelChoice::Places(self.place(key, name, level).into_iter().collect())
                }
            },
            Some(ShowSpec::Places(names)) => {
                LabelChoice::Places(names.iter().filter_map(|name| self.place(key, name, level)).collect())
            }
        };
        let text = spec.text.clone().unwrap_or_else(|| "{name}".to_owned());
        self.template(&format!("{key}.text"), &text);
        LabelOptions { show, text, pins: self.pins(key, &spec.pin, level) }
    }

    /// Faults in the fields of a label's template.
    fn template(&mut self, key: &str, text: &str) {
        for field in fields(text) {
            if !["name", "value", "code"].contains(&field.as_str()) {
                let one = Diagnostic::error(format!("a label knows no `{{{field}}}`"));
                self.fault(key, one.hint("it knows {name}, {value} and {code}"));
            }
        }
    }

    fn callouts(&mut self, specs: &[CalloutSpec]) -> Vec<Callout> {
        let mut all = Vec::new();
        for (i, spec) in specs.iter().enumerate() {
            let key = format!("callout.{i}.at");
            let pin = self.callout_pin(&format!("callout.{i}"), spec);
            if let Some(at) = self.position(&key, &spec.at) {
                all.push(Callout { at, text: Rich::parse(&spec.text), pin });
            }
        }
        all
    }

    fn position(&mut self, key: &str, spec: &PositionSpec) -> Option<Target> {
        match spec {
            PositionSpec::LonLat([lon, lat]) => {
                let lon = self.within(key, *lon, -180.0..=180.0);
                let lat = self.within(key, *lat, -90.0..=90.0);
                Some(Target { at: LonLat::new(lon, lat), place: None })
            }
            PositionSpec::Place(name) => {
                let id = self.place(key, name, None)?;
                Some(Target { at: self.atlas.place(id).label, place: Some(id) })
            }
        }
    }
}

/// The names between braces of a label's template.
fn fields(template: &str) -> Vec<String> {
    let parts = template.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name.to_owned())).collect()
}
