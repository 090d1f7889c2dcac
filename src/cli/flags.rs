//! Flags that take the place of keys of the map file. Each is the path of a key and a value.

use clap::Args;
use pressmap::diagnostic::Diagnostics;
use pressmap::strict::Override;
use toml::Value;

use super::usage;

/// Flags that override the map file.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Figure (each takes the place of a key of the map file)")]
pub struct FigureFlags {
    /// The finding, in a few words
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// One sentence under the title
    #[arg(long, value_name = "TEXT")]
    subtitle: Option<String>,
    /// Where the facts come from
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,
    /// Who made the figure
    #[arg(long, value_name = "TEXT")]
    credit: Option<String>,
    /// A remark at the foot
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// A bundled style, or a style file
    #[arg(long, value_name = "STYLE")]
    style: Option<String>,
    /// The dark style
    #[arg(long, conflicts_with = "style")]
    theme_dark: bool,
    /// Name of a projection, or auto
    #[arg(long, value_name = "NAME")]
    projection: Option<String>,
    /// What comes to the middle
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    center: Option<String>,
    /// data, world, a region, places (a, b, c) or a box (west,south,east,north)
    #[arg(long, value_name = "WHAT", allow_hyphen_values = true)]
    fit: Option<String>,
    /// Width of the page in px at scale 1
    #[arg(long, value_name = "PX", allow_hyphen_values = true)]
    width: Option<f64>,
    /// Height of the page in px at scale 1, or auto
    #[arg(long, value_name = "PX", allow_hyphen_values = true)]
    height: Option<String>,
    /// Pixels of a raster image per px of the page
    #[arg(long, value_name = "FACTOR", allow_hyphen_values = true)]
    scale: Option<f64>,
    /// Dots per inch written into raster images
    #[arg(long, value_name = "DPI", allow_hyphen_values = true)]
    dpi: Option<f64>,
    /// Language of the program's words and numbers
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Name of a palette
    #[arg(long, value_name = "NAME")]
    palette: Option<String>,
    /// Number of classes
    #[arg(long, value_name = "N")]
    classes: Option<i64>,
    /// How numbers are classed
    #[arg(long, value_name = "METHOD")]
    method: Option<String>,
    /// Which places are named: data, all or none
    #[arg(long, value_name = "WHICH")]
    labels: Option<String>,
    /// Any other key, as key.path=value
    #[arg(long = "set", value_name = "KEY=VALUE")]
    set: Vec<String>,
}

/// Flags that say how a table is read.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Table")]
pub struct TableFlags {
    /// The table itself: "Venezuela: origin; Colombia, Peru: established"
    #[arg(long, value_name = "LIST")]
    pub presence: Option<String>,
    /// Column of the places
    #[arg(long, value_name = "COLUMN")]
    pub place: Option<String>,
    /// Column of the values, or columns of yes and no, one a class (EU,NATO)
    #[arg(long, value_name = "COLUMN")]
    pub value: Option<String>,
    /// Column of longitudes, for rows that say where they are
    #[arg(long, value_name = "COLUMN", requires = "lat")]
    pub lon: Option<String>,
    /// Column of latitudes
    #[arg(long, value_name = "COLUMN", requires = "lon")]
    pub lat: Option<String>,
    /// Field delimiter
    #[arg(long, value_name = "MARK")]
    pub delimiter: Option<String>,
    /// Character encoding
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Sheet of a workbook, by name or number
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,
    /// Where the table lies in a JSON file, such as /data/0/rows
    #[arg(long, value_name = "POINTER")]
    pub pointer: Option<String>,
    /// Rows that count, such as "year = 2007 and continent in (Africa, Asia)"
    #[arg(long, value_name = "EXPRESSION")]
    pub filter: Option<String>,
    /// The period to show (2007), or the column of periods, of which the latest is shown
    #[arg(long, value_name = "PERIOD")]
    pub when: Option<String>,
    /// The period to show, where --when names the column
    #[arg(long, value_name = "PERIOD")]
    pub at: Option<String>,
    /// What two rows of one place that disagree are: error, first, last, sum or stripe
    #[arg(long, value_name = "RULE")]
    pub duplicates: Option<String>,
    /// Mark between several values of one cell
    #[arg(long, value_name = "MARK")]
    pub split: Option<String>,
    /// Decimal mark of numbers
    #[arg(long, value_name = "MARK")]
    pub decimal: Option<String>,
    /// Borders of your own: GeoJSON, TopoJSON, a shapefile, GeoPackage or FlatGeobuf
    #[arg(long, value_name = "FILE")]
    pub borders: Option<String>,
    /// What the places are: country, us-state, admin-1 (states and provinces of any country), or own for those of --borders
    #[arg(long, value_name = "LEVEL")]
    pub level: Option<String>,
    /// Whose borders: de-facto, un, or an ISO code
    #[arg(long, value_name = "VIEW")]
    pub view: Option<String>,
    /// What counts as one place: own, or sovereign for territories with their state
    #[arg(long, value_name = "UNITS")]
    pub units: Option<String>,
    /// The country, or countries, whose provinces the places are ("Venezuela", "Spain,Portugal")
    #[arg(long, value_name = "COUNTRY")]
    pub within: Option<String>,
    /// Column that holds the country of each province
    #[arg(long, value_name = "COLUMN")]
    pub country: Option<String>,
}

impl TableFlags {
    /// The keys that these flags set.
    pub fn overrides(&self) -> Vec<Override> {
        let delimiter = self.delimiter.as_deref().map(|mark| match mark {
            "\\t" | "tab" => "\t".to_owned(),
            other => other.to_owned(),
        });
        let mut all = Vec::new();
        text(&mut all, "--place", "data.place", self.place.as_deref());
        text(&mut all, "--value", "data.value", self.value.as_deref());
        text(&mut all, "--lon", "data.lon", self.lon.as_deref());
        text(&mut all, "--lat", "data.lat", self.lat.as_deref());
        text(&mut all, "--delimiter", "data.delimiter", delimiter.as_deref());
        text(&mut all, "--encoding", "data.encoding", self.encoding.as_deref());
        text(&mut all, "--decimal", "data.decimal", self.decimal.as_deref());
        text(&mut all, "--sheet", "data.sheet", self.sheet.as_deref());
        text(&mut all, "--pointer", "data.pointer", self.pointer.as_deref());
        text(&mut all, "--filter", "data.filter", self.filter.as_deref());
        text(&mut all, "--when", "data.when", self.when.as_deref());
        text(&mut all, "--at", "data.at", self.at.as_deref());
        text(&mut all, "--duplicates", "data.duplicates", self.duplicates.as_deref());
        text(&mut all, "--split", "data.split", self.split.as_deref());
        text(&mut all, "--borders", "borders.file", self.borders.as_deref());
        text(&mut all, "--level", "data.level", self.level.as_deref());
        text(&mut all, "--view", "frame.view", self.view.as_deref());
        text(&mut all, "--units", "data.units", self.units.as_deref());
        text(&mut all, "--country", "data.country", self.country.as_deref());
        if let Some(within) = self.within.as_deref() {
            let key = "data.within".to_owned();
            all.push(Override { key, value: list(within), flag: "--within".to_owned() });
        }
        all
    }
}

impl FigureFlags {
    /// The keys that these flags set.
    pub fn overrides(&self) -> Result<Vec<Override>, Diagnostics> {
        let mut all = Vec::new();
        text(&mut all, "--title", "title", self.title.as_deref());
        text(&mut all, "--subtitle", "subtitle", self.subtitle.as_deref());
        text(&mut all, "--source", "source", self.source.as_deref());
        text(&mut all, "--credit", "credit", self.credit.as_deref());
        text(&mut all, "--note", "note", self.note.as_deref());
        text(&mut all, "--style", "style", self.style.as_deref().map(style_path).as_deref());
        text(&mut all, "--theme-dark", "style", self.theme_dark.then_some("dark"));
        text(&mut all, "--projection", "frame.projection", self.projection.as_deref());
        text(&mut all, "--lang", "lang", self.lang.as_deref());
        text(&mut all, "--palette", "scale.palette", self.palette.as_deref());
        text(&mut all, "--method", "scale.method", self.method.as_deref());
        text(&mut all, "--labels", "labels.show", self.labels.as_deref());
        let mut put = |flag: &str, key: &str, value: Option<Value>| {
            all.extend(value.map(|value| Override { key: key.to_owned(), value, flag: flag.to_owned() }));
        };
        put("--center", "frame.center", self.center.as_deref().map(center).transpose()?);
        put("--fit", "frame.fit", self.fit.as_deref().map(fit));
        put("--width", "output.width", self.width.map(Value::Float));
        put("--height", "output.height", self.height.as_deref().map(height));
        put("--scale", "output.scale", self.scale.map(Value::Float));
        put("--dpi", "output.dpi", self.dpi.map(Value::Float));
        put("--classes", "scale.classes", self.classes.map(Value::Integer));
        for assignment in &self.set {
            let one = Override::parse(assignment).ok_or_else(|| {
                usage(format!("`--set {assignment}` is no KEY=VALUE")).hint("write --set labels.show=all")
            })?;
            all.push(one);
        }
        Ok(all)
    }
}

fn text(all: &mut Vec<Override>, flag: &str, key: &str, value: Option<&str>) {
    all.extend(value.map(|value| Override {
        key: key.to_owned(),
        value: Value::String(value.to_owned()),
        flag: flag.to_owned(),
    }));
}

/// A style file named on the command line lies where the user stands, not beside the map file.
fn style_path(style: &str) -> String {
    let is_path = style.ends_with(".toml") || style.contains(['/', '\\']);
    match std::path::absolute(style) {
        Ok(path) if is_path => path.display().to_string(),
        _ => style.to_owned(),
    }
}

fn numbers(list: &str) -> Option<Vec<f64>> {
    let numbers: Result<Vec<f64>, _> = list.split(',').map(|part| part.trim().parse::<f64>()).collect();
    numbers.ok().filter(|numbers| numbers.iter().all(|number| number.is_finite()))
}

fn array(numbers: Vec<f64>) -> Value {
    Value::Array(numbers.into_iter().map(Value::Float).collect())
}

fn center(list: &str) -> Result<Value, Diagnostics> {
    lon_lat(list).map(|pair| array(pair.to_vec()))
}

/// A position as it is typed: longitude and latitude.
pub fn lon_lat(list: &str) -> Result<[f64; 2], Diagnostics> {
    match numbers(list).as_deref() {
        Some(&[lon, lat]) => Ok([lon, lat]),
        _ => Err(usage(format!("`--center {list}` is no position"))
            .hint("write --center -75,5: longitude, latitude")
            .into()),
    }
}

/// Several names when commas part them.
fn list(what: &str) -> Value {
    if !what.contains(',') {
        return Value::String(what.to_owned());
    }
    Value::Array(what.split(',').map(|name| Value::String(name.trim().to_owned())).collect())
}

/// A box when it is four numbers, places when it is a list, else a name.
fn fit(what: &str) -> Value {
    match numbers(what) {
        Some(edges) if edges.len() == 4 => array(edges),
        _ => list(what),
    }
}

fn height(what: &str) -> Value {
    what.parse::<f64>().map_or_else(|_| Value::String(what.to_owned()), Value::Float)
}
