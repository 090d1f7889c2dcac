//! `pressmap places`: what there is, and what is known of one place.

use clap::Args;
use pressmap::atlas::{Atlas, Level, Lookup, Place};
use pressmap::diagnostic::{Diagnostic, Diagnostics};

use super::{Format, Terminal, terminal};

/// List the places, or show one
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pressmap places
  pressmap places \"Ivory Coast\"
  pressmap places Americas --format csv
  pressmap places --level us-state --format json")]
pub struct Places {
    /// A name, a code or a region
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// country or us-state
    #[arg(long, default_value = "country", value_parser = ["country", "us-state"])]
    level: String,
    /// How the list is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

impl Places {
    pub fn run(&self, _: &Terminal) -> Result<(), Diagnostics> {
        let atlas = Atlas::bundled();
        let level = if self.level == "us-state" { Level::UsState } else { Level::Country };
        let chosen: Vec<&Place> = match &self.name {
            None => atlas.places.iter().filter(|place| place.level == level).collect(),
            Some(name) => find(atlas, name, level)?,
        };
        let text = match self.format {
            Format::Table => table(&chosen),
            Format::Csv => csv(&chosen)?,
            Format::Json => json(&chosen),
        };
        terminal::print(text.as_bytes())
    }
}

fn find<'a>(atlas: &'a Atlas, name: &str, level: Level) -> Result<Vec<&'a Place>, Diagnostics> {
    match atlas.lookup(name, level) {
        Lookup::One(id, _) => Ok(vec![atlas.place(id)]),
        Lookup::Many(ids) => Ok(ids.into_iter().map(|id| atlas.place(id)).collect()),
        Lookup::Aggregate | Lookup::Unknown => {
            if let Some(ids) = atlas.members(name) {
                return Ok(ids.into_iter().map(|id| atlas.place(id)).collect());
            }
            let one = Diagnostic::error(format!("no place is called \"{name}\""));
            let near: Vec<String> = atlas
                .suggest(name, level)
                .iter()
                .map(|id| format!("\"{}\"", atlas.place(*id).name))
                .collect();
            Err(match near.is_empty() {
                true => one.into(),
                false => one.hint(format!("did you mean {}?", near.join(" or "))).into(),
            })
        }
    }
}

fn fields(place: &Place) -> [String; 9] {
    [
        place.code.to_owned(),
        place.alpha2.to_owned(),
        place.numeric.to_owned(),
        place.name.to_owned(),
        place.continent.to_owned(),
        place.region.to_owned(),
        place.sovereign.to_owned(),
        format!("{},{}", place.label.lon, place.label.lat),
        format!("{:.0}", place.area_km2),
    ]
}

const HEADS: [&str; 9] =
    ["code", "alpha2", "numeric", "name", "continent", "region", "sovereign", "label", "area_km2"];

fn table(places: &[&Place]) -> String {
    let rows: Vec<[String; 9]> = places.iter().map(|place| fields(place)).collect();
    let width = |i: usize| {
        let cells = rows.iter().map(|row| row[i].chars().count());
        cells.chain([HEADS[i].len()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEADS.len()).map(width).collect();
    let line = |cells: Vec<&str>| {
        let padded: Vec<String> =
            cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        format!("{}\n", padded.join("  ").trim_end())
    };
    let mut text = line(HEADS.to_vec());
    for row in &rows {
        text.push_str(&line(row.iter().map(String::as_str).collect()));
    }
    text
}

fn csv(places: &[&Place]) -> Result<String, Diagnostics> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let fault = |error: String| Diagnostics::from(Diagnostic::output(error));
    writer.write_record(HEADS).map_err(|error| fault(error.to_string()))?;
    for place in places {
        writer.write_record(fields(place)).map_err(|error| fault(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| fault(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| fault(error.to_string()))
}

fn json(places: &[&Place]) -> String {
    let one = |place: &&Place| {
        serde_json::json!({
            "code": place.code,
            "alpha2": place.alpha2,
            "numeric": place.numeric,
            "name": place.name,
            "continent": place.continent,
            "region": place.region,
            "sovereign": place.sovereign,
            "label": [place.label.lon, place.label.lat],
            "area_km2": place.area_km2,
        })
    };
    let all: Vec<serde_json::Value> = places.iter().map(one).collect();
    format!("{}\n", serde_json::json!({ "places": all }))
}
