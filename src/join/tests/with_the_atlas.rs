//! Whole columns, joined by the bundled atlas: which system of codes is taken, what context settles, and
//! that the order of the rows decides nothing.

use proptest::prelude::*;

use super::super::{Fate, Join, JoinOptions, join};
use crate::atlas::{Atlas, CodeSystem, Level, Via};
use crate::table::{self, Form, TableOptions};

fn atlas() -> &'static Atlas {
    Atlas::bundled()
}

/// Joins cells that stand below a header.
fn column(header: &str, cells: &[&str]) -> Join {
    let quoted: String = cells.iter().map(|cell| format!("\"{cell}\",x\n")).collect();
    let text = format!("{header},v\n{quoted}");
    let table =
        table::read("p.csv", text.as_bytes(), Form::Delimited, &TableOptions::default()).expect("a table");
    let options =
        JoinOptions { place: Some(header.to_owned()), value: Some("v".to_owned()), ..JoinOptions::default() };
    join(&table.value, atlas(), &options).unwrap_or_else(|error| panic!("{error}"))
}

fn word(fate: &Fate) -> &'static str {
    match fate {
        Fate::Matched(id, _) => &atlas().place(*id).code,
        Fate::Ambiguous(_) => "several",
        Fate::Unmatched(_) => "unknown",
        Fate::Aggregate => "group",
        Fate::Empty => "empty",
    }
}

fn fates(header: &str, cells: &[&str]) -> Vec<&'static str> {
    column(header, cells).rows.iter().map(|row| word(&row.fate)).collect()
}

fn told(header: &str, cells: &[&str]) -> String {
    column(header, cells).diagnostics(atlas(), false).to_string()
}

#[test]
fn a_column_of_codes_is_read_by_one_system() {
    let system = |cells: &[&str]| column("c", cells).code_system.map(CodeSystem::word);
    assert_eq!(fates("c", &["GER", "SUI", "NED", "ALG", "FRA"]), ["DEU", "CHE", "NLD", "DZA", "FRA"]);
    assert_eq!(system(&["GER", "SUI", "NED", "ALG", "FRA"]), Some("ioc"));
    assert_eq!(system(&["GER", "SUI", "SVN", "IDN", "LVA"]), Some("fifa"));
    assert_eq!(system(&["DEU", "CHE", "FRA"]), Some("iso-alpha-3"));
    assert_eq!(system(&["EL", "DE", "UK", "EU27_2020"]), Some("eurostat"));
    assert_eq!(system(&["GM", "EI", "JA", "FR", "UK"]), Some("fips"));
    assert_eq!(system(&["4", "8.0", "012", "'840"]), Some("iso-numeric"));
    assert_eq!(system(&["1", "19", "4", "8", "276"]), Some("m49"));
    assert_eq!(system(&["Peru", "CHL", "Brazil"]), None);
    assert_eq!(fates("c", &["EL", "DE", "UK", "EU27_2020"]), ["GRC", "DEU", "GBR", "group"]);
    assert_eq!(fates("c", &["GM", "EI", "JA", "AU", "AS", "CH"]), ["DEU", "IRL", "JPN", "AUT", "AUS", "CHN"]);
    assert_eq!(fates("c", &["4", "8.0", "012", "'840", "1"]), ["AFG", "ALB", "DZA", "USA", "group"]);
    // Bahrain by the IOC, Brunei by ISO
    assert_eq!(fates("c", &["BRN", "GER", "SUI"])[0], "BHR");
    assert_eq!(fates("c", &["BRN", "DEU", "CHE"])[0], "BRN");
    // neither reading is sure
    assert_eq!(fates("c", &["BRN", "GER", "SUI", "DEU", "CHE", "NLD"])[0], "several");
    assert!(told("c", &["GER", "SUI", "NED"]).contains("column \"c\" is read as IOC codes"));
    assert_eq!(told("noc", &["GER", "SUI", "NED"]), "");
    assert_eq!(fates("fips", &["AU", "GM"]), ["AUT", "DEU"]);
    assert_eq!(fates("c", &["WLD", "USA", "ROM", "XKX", "OED"]), ["group", "USA", "ROU", "XKX", "group"]);
}

#[test]
fn one_odd_code_is_no_system() {
    let cells = ["FRA", "USA", "PER", "GER"];
    assert_eq!(fates("iso3", &cells), ["FRA", "USA", "PER", "unknown"]);
    assert_eq!(fates("c", &cells), ["FRA", "USA", "PER", "unknown"]);
    assert!(told("c", &cells).contains("GER is the IOC code of Germany (DEU)"));
    assert_eq!(fates("c", &["GER", "France", "Peru"])[0], "unknown");
    // what a language calls a country is not taken for a code
    assert_eq!(fates("c", &["FRA", "USA", "CAD"])[2], "unknown");
}

#[test]
fn numbers_are_codes_where_nearly_all_of_them_are() {
    // the codes of FAOSTAT: 4 is Algeria there, and Afghanistan by ISO
    let fao = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "23", "53", "105"];
    assert!(fates("c", &fao).iter().all(|fate| *fate == "unknown"));
    assert_eq!(fates("c", &["Peru", "Chile", "4", "862"]), ["PER", "CHL", "unknown", "VEN"]);
}

#[test]
fn case_matters_only_among_names() {
    assert_eq!(fates("c", &["fr", "de", "na"]), ["FRA", "DEU", "NAM"]);
    assert_eq!(fates("c", &["fra", "deu", "Per"]), ["FRA", "DEU", "PER"]);
    assert_eq!(fates("c", &["NA", "FR"]), ["NAM", "FRA"]);
    assert_eq!(fates("c", &["NA", "France", "Peru"])[0], "empty");
    assert_eq!(fates("c", &["France", "Peru", "de", "Sur"])[2..], ["unknown", "unknown"]);
    assert_eq!(fates("c", &["France", "🇩🇪", "usa", "u.k."]), ["FRA", "DEU", "USA", "GBR"]);
}

#[test]
fn other_rows_settle_a_name_of_several_places() {
    assert_eq!(fates("c", &["Congo", "DR Congo", "Peru"])[0], "COG");
    assert_eq!(fates("c", &["Korea", "North Korea"])[0], "KOR");
    assert_eq!(fates("c", &["Virgin Islands", "British Virgin Islands"])[0], "VIR");
    assert_eq!(fates("c", &["Congo", "Peru"])[0], "several");
    assert_eq!(fates("c", &["Congo", "DR Congo", "Congo, Rep."])[0], "several");
    assert!(told("c", &["Congo", "DR Congo"]).contains(
        "\"Congo\" is read as Republic of Congo (COG), as DR Congo (COD) has a row of its own (p.csv:2)"
    ));
    // a state that is no more is never the rest of its land
    assert_eq!(fates("c", &["Czechoslovakia", "Slovakia"])[0], "several");
    assert_eq!(fates("c", &["East Germany", "Peru"])[0], "several");
    assert_eq!(fates("c", &["Micronesia", "Palau"])[0], "FSM");
    assert_eq!(fates("c", &["Micronesia", "Melanesia", "Palau"])[0], "group");
    assert_eq!(fates("c", &["America", "Europe", "France"])[0], "group");
}

#[test]
fn korea_in_a_list_of_the_oecd_is_its_member() {
    let members = [
        "Australia",
        "Austria",
        "Belgium",
        "Canada",
        "Chile",
        "Czechia",
        "Denmark",
        "Estonia",
        "Finland",
        "France",
        "Germany",
        "Greece",
        "Hungary",
        "Iceland",
        "Ireland",
        "Italy",
        "Japan",
        "Mexico",
        "Norway",
        "Poland",
    ];
    let with = |more: &[&'static str]| {
        let cells: Vec<&str> = ["Korea"].iter().chain(&members).chain(more).copied().collect();
        fates("c", &cells)[0]
    };
    assert_eq!(with(&[]), "KOR");
    assert_eq!(with(&["OECD - Total"]), "KOR");
    assert_eq!(with(&["China"]), "several");
    assert_eq!(fates("c", &["Korea", "Japan", "Germany"])[0], "several");
}

#[test]
fn what_a_name_is_instead_is_told() {
    for (name, says) in [
        (
            "England",
            "England is a country of the United Kingdom, not a place of its own here; the whole is United Kingdom (GBR)",
        ),
        ("Abkhazia", "the whole is Georgia (GEO)"),
        (
            "Yugoslavia",
            "\"Yugoslavia\" is a state that ended in 1992; today on its land: Bosnia and Herzegovina (BIH), Croatia (HRV)",
        ),
        ("East Germany", "ended in 1990; today its land belongs to Germany (DEU)"),
        ("Channel Islands", "is several places: Guernsey (GGY) and Jersey (JEY)"),
        ("Texas", "Texas is a state of the U.S. (US-TX)"),
    ] {
        let told = told("c", &["France", "Peru", "Chile", name]);
        assert!(told.contains(says), "{told}");
    }
}

#[test]
fn every_unknown_name_gets_its_suggestion() {
    let cells: Vec<String> =
        ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("Venezu{a}la{b}"))).collect();
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let join = column("c", &cells);
    assert!(join.rows.iter().all(|row| match &row.fate {
        Fate::Unmatched(near) => near.iter().any(|id| atlas().place(*id).code == "VEN"),
        Fate::Matched(..) => true,
        _ => false,
    }));
}

/// Cells of all kinds: names, codes of several systems, names of several places, states that are no more,
/// parts, groups and strangers.
const POOL: [&str; 40] = [
    "Peru",
    "Perú",
    "PER",
    "pe",
    "604",
    "Chile",
    "CHI",
    "CHL",
    "Congo",
    "DR Congo",
    "COG",
    "Korea",
    "KOR",
    "South Korea",
    "GER",
    "DEU",
    "SUI",
    "CHE",
    "BRN",
    "AU",
    "GM",
    "DE",
    "NA",
    "na",
    "Czechoslovakia",
    "Slovakia",
    "England",
    "Micronesia",
    "Melanesia",
    "Polynesia",
    "World",
    "EU",
    "",
    "n/a",
    "Venezeula",
    "Atlantis",
    "4",
    "019",
    "America",
    "Georgia",
];

/// What may become of a cell in fewer rows that are read alike: the same, or what the missing rows settled
/// is open again. Never another place.
fn is_less_sure(whole: &Fate, part: &Fate) -> bool {
    match (whole, part) {
        (Fate::Matched(id, Via::Context), Fate::Ambiguous(ids)) => ids.contains(id),
        // rows that are gone may have named the other candidates, or the groups beside
        (Fate::Ambiguous(ids), Fate::Matched(id, Via::Context)) => ids.contains(id),
        (Fate::Aggregate, Fate::Matched(_, Via::Name | Via::Alias)) => true,
        (one, other) => one == other,
    }
}

proptest! {
    /// Neither the order of the rows nor how often a cell stands there decides a fate.
    #[test]
    fn order_and_repetition_decide_nothing(picks in prop::collection::vec(0..POOL.len(), 1..30), turn in 0..97_usize) {
        let cells: Vec<&str> = picks.iter().map(|pick| POOL[*pick]).collect();
        let mut other: Vec<&str> = cells.iter().chain(cells.iter().rev().take(turn % 7)).copied().collect();
        let by = turn % other.len();
        other.rotate_left(by);
        other.reverse();
        let (one, two) = (by_level("c", &cells), by_level("c", &other));
        prop_assert_eq!(one.code_system, two.code_system);
        for row in &one.rows {
            let same = two.rows.iter().find(|other| two.input(other) == one.input(row)).expect("the row is there");
            prop_assert_eq!(&row.fate, &same.fate, "{}", one.input(row));
        }
    }

    /// Some of the rows, read alike, have the same fates, but for what the others settled.
    #[test]
    fn a_part_of_the_rows_has_the_same_fates(
        picks in prop::collection::vec((0..POOL.len(), any::<bool>()), 2..30),
    ) {
        let cells: Vec<&str> = picks.iter().map(|(pick, _)| POOL[*pick]).collect();
        let part: Vec<&str> = picks.iter().filter(|(_, kept)| *kept).map(|(pick, _)| POOL[*pick]).collect();
        let (whole, part) = (by_level("c", &cells), by_level("c", &part));
        if whole.code_system == part.code_system && !whole.rows.is_empty() {
            for row in &part.rows {
                let same = whole.rows.iter().find(|other| whole.input(other) == part.input(row)).expect("the row is there");
                // a code of two systems is open where both stand in the column
                let rival = matches!((&same.fate, &row.fate), (Fate::Ambiguous(ids), Fate::Matched(id, _)) | (Fate::Matched(id, _), Fate::Ambiguous(ids)) if ids.contains(id));
                prop_assert!(rival || is_less_sure(&same.fate, &row.fate), "{}: {:?} {:?}", part.input(row), same.fate, row.fate);
            }
        }
    }

    /// No way to write a name leads to another place.
    #[test]
    fn a_name_is_one_place_however_it_is_written(
        pick in any::<prop::sample::Index>(), way in 0..WAYS.len(), capitals in any::<bool>(),
    ) {
        let places: Vec<_> = atlas().places(Level::Country).iter().collect();
        let place = pick.get(&places);
        let names = atlas().names_of(place.id);
        let mut all: Vec<String> = names.into_iter().map(|one| one.name).collect();
        all.push(place.name.to_string());
        let plain = pick.get(&all);
        let cased = if capitals { plain.to_uppercase() } else { plain.clone() };
        let written = WAYS[way](&cased);
        let found = atlas().lookup(&written, Level::Country);
        let itself = atlas().lookup(plain, Level::Country);
        // two or three capitals may be a code of ISO
        if plain.chars().count() > 3 {
            prop_assert_eq!(place_of(&found), place_of(&itself), "{} as {}", plain, written);
        }
    }
}

/// Ways to write one name.
const WAYS: [fn(&str) -> String; 8] = [
    |name| format!("  {name}\u{a0}"),
    |name| format!("{name}*"),
    |name| format!("{name} [2]"),
    |name| format!("{name}¹"),
    |name| name.replace(' ', "_"),
    |name| name.replace(['’', '\''], "`"),
    |name| format!("\u{feff}{name}†"),
    |name| name.replace(' ', "\u{2009}"),
];

fn place_of(lookup: &crate::atlas::Lookup) -> Option<crate::atlas::PlaceId> {
    match lookup {
        crate::atlas::Lookup::One(id, _) => Some(*id),
        _ => None,
    }
}

/// Joins a column of countries.
fn by_level(header: &str, cells: &[&str]) -> Join {
    let mut text = format!("{header},v\n");
    // a first row that no cell of the pool settles, so that the table is never empty
    text.push_str("Norway,x\n");
    cells.iter().for_each(|cell| text.push_str(&format!("\"{cell}\",x\n")));
    let table =
        table::read("p.csv", text.as_bytes(), Form::Delimited, &TableOptions::default()).expect("a table");
    let options = JoinOptions {
        place: Some(header.to_owned()),
        value: Some("v".to_owned()),
        level: Some(Level::Country),
        ..JoinOptions::default()
    };
    let mut join = join(&table.value, atlas(), &options).unwrap_or_else(|error| panic!("{error}"));
    join.rows.remove(0);
    join
}
