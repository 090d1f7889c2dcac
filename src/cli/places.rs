//! `pressmap places`: what there is, and what is known of one place.

use clap::Args;
use pressmap::atlas::{Atlas, CodeSystem, Coded, Kind, Level, Lookup, Place};
use pressmap::diagnostic::{Diagnostic, Diagnostics};

use super::{Format, Terminal, terminal};

/// List the places, or show one
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pressmap places
  pressmap places \"Ivory Coast\"    all its names and codes
  pressmap places Americas --format csv
  pressmap places --level us-state --format json
  pressmap places Venezuela --level admin-1    its states
  pressmap places VE-V")]
pub struct Places {
    /// A name or a code, of which everything known is shown; or a region, whose places are listed
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// country, us-state, or admin-1 (states and provinces of any country)
    #[arg(long, default_value = "country", value_parser = ["country", "us-state", "admin-1"])]
    level: String,
    /// How the list is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

impl Places {
    pub fn run(&self, _: &Terminal) -> Result<(), Diagnostics> {
        let atlas = Atlas::bundled();
        let level = match self.level.as_str() {
            "us-state" => Level::UsState,
            "admin-1" => Level::Admin1,
            _ => Level::Country,
        };
        let chosen: Vec<&Place> = match &self.name {
            None => atlas.places(level).iter().collect(),
            Some(name) => find(atlas, name, level)?,
        };
        let text = match (self.format, chosen.as_slice()) {
            (Format::Table, [one]) if self.name.is_some() => card(atlas, one),
            (Format::Table, _) => table(&chosen),
            (Format::Csv, _) => csv(&chosen)?,
            (Format::Json, _) => json(atlas, &chosen),
        };
        terminal::print(text.as_bytes())
    }
}

fn find<'a>(atlas: &'a Atlas, name: &str, level: Level) -> Result<Vec<&'a Place>, Diagnostics> {
    // a code of ISO 3166-2 can be nothing else
    if let Some(id) = atlas.province_by_code(name).filter(|_| level != Level::UsState && name.contains('-')) {
        return Ok(vec![atlas.place(id)]);
    }
    if let (Level::Admin1, Lookup::One(country, _)) = (level, atlas.lookup(name, Level::Country)) {
        return Ok(atlas.provinces_of(country).map(|one| atlas.place(one.id)).collect());
    }
    match atlas.lookup(name, level) {
        Lookup::One(id, _) => Ok(vec![atlas.place(id)]),
        // a state that is no more is not any of the places of today
        Lookup::Many(ids) if !atlas.remark(name, level).is_some_and(|remark| remark.is_past()) => {
            Ok(ids.into_iter().map(|id| atlas.place(id)).collect())
        }
        _ => match atlas.members(name) {
            Some(ids) => Ok(ids.into_iter().map(|id| atlas.place(id)).collect()),
            None => Err(unknown(atlas, name, level).into()),
        },
    }
}

/// Why there is no such place, and what may be meant.
fn unknown(atlas: &Atlas, name: &str, level: Level) -> Diagnostic {
    let named = |id| format!("{} ({})", atlas.place(id).name, atlas.place(id).code);
    let error = Diagnostic::error(format!("no place is called \"{name}\""));
    if let Some(remark) = atlas.remark(name, level) {
        return error.hint(format!("{name} {}", remark.sentence(&named)));
    }
    let other = CodeSystem::ALL.into_iter().find_map(|system| match atlas.coded(name, system)? {
        Coded::Place(id) => Some((system, id)),
        Coded::Group => None,
    });
    if let Some((system, id)) = other.filter(|_| level == Level::Country) {
        return error.hint(format!("{name} is the {} code of {}", system.title(), named(id)));
    }
    let near: Vec<String> =
        atlas.suggest(name, level).iter().map(|id| format!("\"{}\"", atlas.place(*id).name)).collect();
    if near.is_empty() { error } else { error.hint(format!("did you mean {}?", near.join(" or "))) }
}

/// The codes of a place by system, ISO first.
fn codes(atlas: &Atlas, place: &Place) -> Vec<(&'static str, Vec<String>)> {
    if let Some(province) = atlas.province(place.id) {
        let others: Vec<String> = province.codes.iter().map(|code| (*code).to_owned()).collect();
        let mut all = vec![("iso-3166-2", vec![place.code.to_string()]), ("other", others)];
        all.retain(|(_, codes)| !codes.is_empty());
        return all;
    }
    if place.level != Level::Country {
        return vec![
            ("iso-3166-2", vec![place.code.to_string()]),
            ("postal", vec![place.alpha2.to_string()]),
            ("fips", vec![place.numeric.to_string()]),
        ];
    }
    let own = [
        (CodeSystem::Alpha2, &place.alpha2),
        (CodeSystem::Alpha3, &place.code),
        (CodeSystem::Numeric, &place.numeric),
    ];
    let mut all: Vec<(&str, Vec<String>)> =
        own.iter().map(|(system, code)| (system.word(), vec![code.to_string()])).collect();
    for system in [CodeSystem::Ioc, CodeSystem::Fifa, CodeSystem::Fips, CodeSystem::Eurostat] {
        all.push((system.word(), atlas.codes_of(place.id, system).into_iter().map(str::to_owned).collect()));
    }
    all.retain(|(_, codes)| codes.iter().any(|code| !code.is_empty()));
    all
}

/// Everything that is known of one place, for reading.
fn card(atlas: &Atlas, place: &Place) -> String {
    let mut text = format!("{}  {}\n\n", place.code, place.name);
    let mut line = |what: &str, words: &str| {
        if !words.is_empty() {
            text.push_str(&format!("{what:<12}  {words}\n"));
        }
    };
    line("official", &place.official_name);
    line("short", if place.short_name == place.name { "" } else { &place.short_name });
    line("standing", &standing(atlas, place));
    let groups: Vec<&str> =
        [&*place.region, &*place.continent].into_iter().filter(|part| !part.is_empty()).collect();
    line("region", &groups.join(", "));
    line("area", &format!("{:.0} km²", place.area_km2));
    line("label at", &format!("{},{}", place.label.lon, place.label.lat));
    for (system, codes) in codes(atlas, place) {
        line(system, &codes.join(", "));
    }
    text.push_str(&names_by_language(atlas, place));
    text
}

fn standing(atlas: &Atlas, place: &Place) -> String {
    let of = match atlas.by_code(&place.sovereign) {
        Some(id) if id != place.id => format!(" ({})", atlas.place(id).name),
        _ => String::new(),
    };
    let what = match place.kind {
        Kind::State => "state",
        Kind::Territory => "territory",
        Kind::Part => "integral part with an ISO code of its own",
        Kind::DeFacto => "de facto state",
        Kind::Disputed => "disputed",
        Kind::Unclaimed => "unclaimed",
        Kind::District => "federal district",
        Kind::Province => {
            let province = atlas.province(place.id);
            match province.map(|one| (one.parts.len(), one.kind)) {
                Some((0, "")) | None => "province",
                Some((0, kind)) => kind,
                Some((_, kind)) => {
                    return format!(
                        "{kind}, made of {} provinces{of}",
                        province.map_or(0, |one| one.parts.len())
                    );
                }
            }
        }
    };
    format!("{what}{of}")
}

/// A line a language: its names. A name that several languages share stands with the first of them.
fn names_by_language(atlas: &Atlas, place: &Place) -> String {
    let mut text = String::from("\nnames\n");
    let mut last = String::new();
    let (english, others): (Vec<_>, Vec<_>) =
        atlas.names_of(place.id).into_iter().partition(|one| one.language == "en");
    for one in english.into_iter().chain(others) {
        if one.language == last {
            text.push_str(&format!(" · {}", one.name));
        } else {
            text.push_str(&format!(
                "{}{:<12}  {}",
                if last.is_empty() { "" } else { "\n" },
                one.language,
                one.name
            ));
            last = one.language;
        }
    }
    text.push('\n');
    text
}

fn fields(place: &Place) -> [String; 9] {
    [
        place.code.to_string(),
        place.alpha2.to_string(),
        place.numeric.to_string(),
        place.name.to_string(),
        place.continent.to_string(),
        place.region.to_string(),
        place.sovereign.to_string(),
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

fn json(atlas: &Atlas, places: &[&Place]) -> String {
    let one = |place: &&Place| {
        let names: Vec<serde_json::Value> = match places.len() {
            1 => atlas
                .names_of(place.id)
                .iter()
                .map(|n| serde_json::json!({"lang": n.language, "name": n.name}))
                .collect(),
            _ => Vec::new(),
        };
        let codes: serde_json::Map<String, serde_json::Value> = codes(atlas, place)
            .into_iter()
            .map(|(system, codes)| (system.to_owned(), codes.into()))
            .collect();
        let mut value = serde_json::json!({
            "code": place.code,
            "alpha2": place.alpha2,
            "numeric": place.numeric,
            "name": place.name,
            "official": place.official_name,
            "continent": place.continent,
            "region": place.region,
            "sovereign": place.sovereign,
            "label": [place.label.lon, place.label.lat],
            "area_km2": place.area_km2,
            "codes": codes,
        });
        if !names.is_empty() {
            value["names"] = names.into();
        }
        value
    };
    let all: Vec<serde_json::Value> = places.iter().map(one).collect();
    format!("{}\n", serde_json::json!({ "places": all }))
}
