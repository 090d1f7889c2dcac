//! `[data]` and `[borders]` of the map file: which table, how it is read, and whose places its rows are.

use super::map::UnitsSpec;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `[data]`: the table and its columns.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DataSpec {
    /// Path of the data file, relative to the map file. Default: none, a map without data.
    pub file: Option<String>,
    /// Name of the column that holds places. Default: found.
    pub place: Option<Word>,
    /// Name of the column that holds values; a year in a table with a column for each. A list names columns of yes and
    /// no, each called after a class: a place is in all whose cell says yes; of a bivariate scale, its two columns. Default: found.
    pub value: Option<ValueSpec>,
    /// Mark between several values of one cell, such as `;`: the place is in all of these classes. Default: none.
    pub split: Option<String>,
    /// Name of the column that holds longitudes in degrees, for rows that say where they are; goes with `lat`. Default: found by its name, where no column holds places.
    pub lon: Option<Word>,
    /// Name of the column that holds latitudes. Default: found with `lon`.
    pub lat: Option<Word>,
    /// What the places are: `country`, `us-state`, `admin-1` (states and provinces of any country), or `own` for those of `[borders]`. Default: `own` where `[borders]` names a file, else found.
    pub level: Option<LevelSpec>,
    /// What counts as one place: `own`, each with a code of its own, or `sovereign`, territories with their state.
    /// Default: `own`.
    pub units: Option<UnitsSpec>,
    /// The country, or countries, whose provinces the places are; implies `level = "admin-1"`. Default: any.
    pub within: Option<OneOrMore>,
    /// Name of the column that holds the country of each province. Default: found.
    pub country: Option<Word>,
    /// Field delimiter, one character. Default: found.
    pub delimiter: Option<char>,
    /// Character encoding (`utf-8`, `windows-1252` …). Default: found.
    pub encoding: Option<String>,
    /// Decimal mark of numbers, `.` or `,`. Default: found.
    pub decimal: Option<char>,
    /// Line of the header, 1-based; 0 for a file without one. Default: found.
    pub header_row: Option<usize>,
    /// Sheet of a workbook, by its name or its number from 1. Default: the first that holds a table.
    pub sheet: Option<Word>,
    /// Where the table lies in a JSON file, a JSON Pointer such as `/data/0/rows`. Default: the whole file.
    pub pointer: Option<String>,
    /// Which rows count: an expression such as `year = 2007 and continent in (Africa, Asia)`, or `{ year = 2007 }`. Default: all.
    pub filter: Option<FilterSpec>,
    /// Column of the periods of a long table, or a period in the one that is found. Default: none, one row a place.
    pub when: Option<Word>,
    /// The period that is shown (`2007`, `2020-03`). Default: the latest, if `when` names a column.
    pub at: Option<Word>,
    /// Two rows for one place that disagree: `error`, `first`, `last`, `sum`, or `stripe` to show all values side by
    /// side. Default: `error`.
    pub duplicates: Option<DuplicatesSpec>,
}

/// `[borders]`: places of your own, in place of the bundled ones.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BordersSpec {
    /// Path of a file of polygons, relative to the map file: GeoJSON, TopoJSON, a shapefile (`.shp`, or all in a `.zip`), GeoPackage or FlatGeobuf. Default: none, the bundled borders.
    pub file: Option<String>,
    /// Property that holds the ids of the places. Default: found.
    pub id: Option<String>,
    /// Property that holds their names. Default: found.
    pub name: Option<String>,
    /// Layer of a file that has several. Default: the one there is.
    pub layer: Option<String>,
    /// Coordinate system: `EPSG:27700`, a PROJ string or well-known text. Default: what the file says, else degrees.
    pub crs: Option<String>,
}

/// Which rows of a table count.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum FilterSpec {
    /// Those where each of these columns holds this text.
    Columns(BTreeMap<String, Word>),
    /// Those of which the expression is true.
    Expression(String),
}

/// A text that may be written as a number, a date or a truth value, without quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word(pub String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(from)? {
            toml::Value::String(text) => Ok(Word(text)),
            value @ (toml::Value::Integer(_)
            | toml::Value::Float(_)
            | toml::Value::Boolean(_)
            | toml::Value::Datetime(_)) => Ok(Word(value.to_string())),
            _ => Err(serde::de::Error::custom("a text or a number should stand here")),
        }
    }
}

impl JsonSchema for Word {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Word".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["string", "number", "boolean"] })
    }
}

/// Administrative level of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LevelSpec {
    /// Countries and territories.
    Country,
    /// States of the United States.
    UsState,
    /// States, provinces and the like of any country (ISO 3166-2).
    #[serde(rename = "admin-1")]
    Admin1,
    /// The places of `[borders]`.
    Own,
}

/// One name, or several.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMore {
    /// One.
    One(String),
    /// Several.
    More(Vec<String>),
}

impl OneOrMore {
    /// All of them.
    pub fn all(&self) -> &[String] {
        match self {
            OneOrMore::One(one) => std::slice::from_ref(one),
            OneOrMore::More(more) => more,
        }
    }
}

/// What to do with rows that disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DuplicatesSpec {
    /// An error that names both lines.
    Error,
    /// The first row counts.
    First,
    /// The last row counts.
    Last,
    /// Numbers are added.
    Sum,
    /// The place shows the classes of all its rows as stripes.
    Stripe,
}

/// Where the values stand.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ValueSpec {
    /// One column of values.
    Column(Word),
    /// Columns of yes and no, each called after a class, in the order of the legend.
    Memberships(Vec<Word>),
}
