//! `[[points]]` as it was asked for → the tables of points, and what stands there.

use super::Desk;
use super::data::{table_options, word};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, nearest};
use crate::paint::Color;
use crate::scale::{Kind, NumberFormat, ScaleOptions, SizeOptions, fold};
use crate::spec::*;
use crate::style::Style;
use crate::symbol::{self, Symbol};
use crate::table::TableOptions;
use crate::text::Rich;
use crate::words::Words;

/// A table whose rows are drawn as symbols.
pub struct PointsPlan {
    /// The data file as the map file names it.
    pub file: String,
    /// How to read it.
    pub table: TableOptions,
    /// The column of the longitudes; `None`: found.
    pub lon: Option<String>,
    /// The column of the latitudes; `None`: found.
    pub lat: Option<String>,
    /// The column of the names; `None`: without.
    pub name: Option<String>,
    /// The column of the classes, and their scale; `None`: all are alike.
    pub classes: Option<(String, ScaleOptions)>,
    /// The column of the amounts, and how they become sizes; `None`: all are of one size.
    pub sizes: Option<(String, SizeOptions, NumberFormat)>,
    /// What stands there.
    pub symbols: SymbolChoice,
    /// Radius of a circle in px.
    pub radius: f64,
    /// A user's drawing is so many times as large.
    pub drawing: f64,
    /// Colour of points without classes.
    pub color: Color,
    /// Words in the legend.
    pub legend: Option<Rich>,
    /// Words above the sizes in the legend.
    pub size_title: Option<Rich>,
    /// Whether the names are set beside the points.
    pub labels: bool,
    /// Points are moved apart.
    pub dodge: bool,
    /// Points closer than so many px become one.
    pub cluster: Option<f64>,
}

/// Which symbol a class has.
#[derive(Clone, Debug, PartialEq)]
pub struct SymbolChoice {
    /// By the folded value of the class.
    by_class: Vec<(String, Symbol)>,
    /// The others, in turn; one at least.
    others: Vec<Symbol>,
}

impl SymbolChoice {
    /// The symbol of the class at `index` with the folded value `value`.
    pub fn of(&self, index: usize, value: &str) -> &Symbol {
        let own = self.by_class.iter().find(|(one, _)| one == value).map(|(_, symbol)| symbol);
        own.unwrap_or(&self.others[index % self.others.len()])
    }

    /// Whether every class has the same.
    pub fn is_one(&self) -> bool {
        self.by_class.is_empty() && self.others.len() == 1
    }
}

/// Opens files that the map file names.
pub(super) type Open<'o> = &'o dyn Fn(&str) -> Result<String, Diagnostics>;

impl Desk<'_> {
    /// The tables whose rows are drawn as symbols.
    pub(super) fn points(
        &mut self,
        map: &MapSpec,
        style: &Style,
        fixed: &'static Words,
        open: Open<'_>,
    ) -> Vec<PointsPlan> {
        let mut all = Vec::new();
        for (i, spec) in map.points.iter().enumerate() {
            match spec.file.clone().or_else(|| map.data.file.clone()) {
                Some(file) => {
                    all.push(self.points_of(&format!("points.{i}"), spec, file, map, style, (fixed, open)))
                }
                None => {
                    let one = Diagnostic::error("the map file asks for points, but names no table of them");
                    self.fault("points.file", one.hint("write `file = \"sites.csv\"` in [[points]]"));
                }
            }
        }
        let sized =
            map.points.iter().filter(|one| one.size.is_some()).count() + usize::from(map.symbols.is_some());
        if sized > 1 && map.points.iter().any(|one| one.size.is_some()) {
            let one = Diagnostic::error("the areas of two sets of symbols would mean two things");
            self.fault("points.size", one.hint("size one of them: one [[points]], or [symbols]"));
        }
        all
    }

    fn points_of(
        &mut self,
        key: &str,
        spec: &PointsSpec,
        file: String,
        map: &MapSpec,
        style: &Style,
        (fixed, open): (&'static Words, Open<'_>),
    ) -> PointsPlan {
        // a file of its own is read for itself
        let main = if spec.file.is_some() { DataSpec::default() } else { map.data.clone() };
        let filter = spec.filter.clone().or(main.filter);
        let main = DataSpec { filter, ..main };
        let look = &style.points;
        let classes =
            spec.value.as_ref().map(|column| (column.0.clone(), self.points_scale(key, spec, style, fixed)));
        if let (None, Some(_)) = (&spec.value, &spec.scale) {
            let one = Diagnostic::error("points have a scale, but no column of values");
            self.fault(&format!("{key}.scale"), one.hint("name it by `value = \"…\"` in [[points]]"));
        }
        let dodge = spec.dodge.unwrap_or(false);
        let cluster = spec.cluster.unwrap_or(false);
        if dodge && cluster {
            let one = Diagnostic::error("points are either moved apart or put together");
            self.fault(&format!("{key}.dodge"), one.hint("leave `dodge` or `cluster` out"));
        }
        if spec.labels == Some(true) && spec.name.is_none() {
            let one = Diagnostic::error("the points should be named, but no column of names is told");
            self.fault(&format!("{key}.labels"), one.hint("name it by `name = \"…\"` in [[points]]"));
        }
        // a dot without class and symbol is the style's dot
        let plain = classes.is_none() && spec.symbol.is_none();
        let usual = if plain { style.map.point_radius.0 } else { look.radius.0 };
        let mut within = |name: &str, value: Option<f64>, usual: f64, range| {
            value.map_or(usual, |value| self.within(&format!("{key}.{name}"), value, range))
        };
        let radius = within("radius", spec.radius, usual, 0.5..=200.0);
        let distance = within("cluster_distance", spec.cluster_distance, look.cluster.0, 2.0..=400.0);
        let max_radius = within("max_radius", spec.max_radius, look.max_radius.0, 2.0..=400.0);
        let width = map.output.width.unwrap_or(super::DEFAULT_WIDTH).clamp(200.0, 10_000.0);
        let rich =
            |text: &Option<String>| text.as_deref().filter(|text| !text.trim().is_empty()).map(Rich::parse);
        let sizes = SizeOptions {
            flannery: false,
            max_radius,
            least_radius: look.least_radius.0,
            room: spec.max_radius.is_none().then_some(look.crowd * width * width),
            examples: Vec::new(),
            fill: style.map.point,
            symbol: Symbol::CIRCLE,
        };
        PointsPlan {
            file,
            table: table_options(&main),
            lon: word(&spec.lon).or_else(|| word(&main.lon)),
            lat: word(&spec.lat).or_else(|| word(&main.lat)),
            name: word(&spec.name),
            symbols: self.symbol_choice(key, spec.symbol.as_deref(), spec.scale.as_ref(), style, open),
            classes,
            sizes: spec.size.as_ref().map(|column| (column.0.clone(), sizes, fixed.number(None, None))),
            radius,
            drawing: if spec.radius.is_some() { 1.0 } else { look.drawing },
            color: spec.color.unwrap_or(if spec.size.is_some() {
                style.symbols.fill
            } else {
                style.map.point
            }),
            legend: rich(&spec.legend),
            size_title: rich(&spec.size_title),
            labels: spec.labels.unwrap_or(false),
            dodge,
            cluster: cluster.then_some(distance),
        }
    }

    /// The scale of the classes of points; faults in it name its keys.
    fn points_scale(
        &mut self,
        key: &str,
        spec: &PointsSpec,
        style: &Style,
        fixed: &'static Words,
    ) -> ScaleOptions {
        let before = self.faults.0.len();
        let scale = spec.scale.clone().unwrap_or_default();
        if scale.kind.is_some_and(KindSpec::is_of_two) {
            let one = Diagnostic::error("points have one value, and such a scale is of two");
            self.fault("scale.kind", one.hint("choose nominal, ordered, sequential or diverging"));
        }
        let mut options = self.scale(&scale, &DataSpec::default(), style, fixed);
        // classes that are named are kinds, unless they are said to be steps
        if options.kind.is_none() && !options.classes.is_empty() {
            options.kind = Some(Kind::Nominal);
        }
        if !style.points.categories.is_empty() {
            options.categories = style.points.categories.clone();
        }
        // where symbols tell classes apart, colours may come again
        if style.points.symbols.len() > 1 && spec.symbol.is_none() {
            let (colors, symbols) = (options.categories.clone(), style.points.symbols.len());
            options.categories = colors.into_iter().cycle().take(symbols).collect();
        }
        for fault in self.faults.0.iter_mut().skip(before) {
            if let Some(place) = &mut fault.place {
                place.key = format!("{key}.{}", place.key);
            }
        }
        options
    }

    /// Which symbols stand for the classes of `scale`, or for all points.
    pub(super) fn symbol_choice(
        &mut self,
        key: &str,
        all: Option<&str>,
        scale: Option<&ScaleSpec>,
        style: &Style,
        open: Open<'_>,
    ) -> SymbolChoice {
        let mut by_class = Vec::new();
        for (i, class) in scale.iter().flat_map(|scale| &scale.class).enumerate() {
            let Some(name) = &class.symbol else { continue };
            let symbol = self.symbol(&format!("{key}.scale.class.{i}.symbol"), name, open);
            by_class.extend(symbol.map(|symbol| (fold(&class.value), symbol)));
        }
        let others = match all {
            Some(name) => self.symbol(&format!("{key}.symbol"), name, open).into_iter().collect(),
            None => style.points.symbols.iter().filter_map(|name| self.symbol("style", name, open)).collect(),
        };
        let others = if Vec::is_empty(&others) { vec![Symbol::CIRCLE] } else { others };
        SymbolChoice { by_class, others }
    }

    /// The symbol of a name or of a file.
    fn symbol(&mut self, key: &str, name: &str, open: Open<'_>) -> Option<Symbol> {
        if name.to_ascii_lowercase().ends_with(".svg") {
            let drawing = open(name).and_then(|text| Ok(symbol::read(name, &text)?));
            return match drawing {
                Ok(drawing) => Some(Symbol::Drawing(drawing.into())),
                Err(mut faults) => {
                    // what is wrong with a file that cannot be opened stands nowhere in it
                    for fault in faults.0.iter_mut().filter(|fault| fault.place.is_none()) {
                        fault.place = Some(Place::file(self.file).key(key));
                    }
                    self.faults.extend(faults);
                    None
                }
            };
        }
        let found = Symbol::named(name);
        if found.is_none() {
            let names = Symbol::names();
            let one = Diagnostic::error(format!("no symbol is called \"{name}\""));
            let one = match nearest(name, &names) {
                Some(near) => one.hint(format!("did you mean \"{near}\"?")),
                None => one.hint(format!(
                    "the symbols are {}; your own is a file that ends in .svg",
                    names.join(", ")
                )),
            };
            self.fault(key, one);
        }
        found
    }
}
