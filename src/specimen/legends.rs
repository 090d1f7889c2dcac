//! The map files of the legends' sheet and the tables that they name, in the order of the sheet. Each begins with a
//! remark that says what it shows.

/// A form of legend.
#[derive(Clone, Copy, Debug)]
pub struct Legend {
    /// Its name.
    pub name: &'static str,
    /// A map file that has it.
    pub map: &'static str,
}

impl Legend {
    /// What it shows, as the map file says.
    pub fn about(&self) -> &'static str {
        self.map.lines().next().unwrap_or_default().trim_start_matches("# ")
    }
}

macro_rules! legends {
    ($($name:literal)*) => {
        &[$(Legend { name: $name, map: include_str!(concat!("../../examples/legends/", $name, ".toml")) }),*]
    };
}

/// Every form, those of one map side by side.
pub const LEGENDS: &[Legend] = legends![
    "list" "counts" "on-the-map"
    "patterns" "highlight" "inline"
    "diverging" "gradient" "continuous-standing"
    "histogram-continuous" "circles-colored" "flows"
    "steps" "steps-standing" "continuous"
    "histogram" "bivariate" "value-by-alpha"
    "overlap" "direct" "circles"
    "flows-colored" "points" "clusters"
];

/// The tables, by the names that the map files call them.
const TABLES: &[(&str, &str)] = &[
    ("countries.csv", include_str!("../../examples/legends/countries.csv")),
    ("../letters.csv", include_str!("../../examples/letters.csv")),
    ("../deep-space.csv", include_str!("../../examples/deep-space.csv")),
    ("../andean-community.csv", include_str!("../../examples/andean-community.csv")),
    ("../../data/presence/european-union.csv", include_str!("../../data/presence/european-union.csv")),
    ("../../data/presence/american-blocs.csv", include_str!("../../data/presence/american-blocs.csv")),
];

/// The table that a map file of the sheet calls so.
pub fn table(name: &str) -> Option<&'static str> {
    TABLES.iter().find(|(one, _)| *one == name).map(|(_, text)| *text)
}
