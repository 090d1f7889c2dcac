//! Every code and every name finds its place, and nothing is guessed.

use std::collections::BTreeSet;

use super::super::{Level, Lookup, PlaceId, Via, names, normalize};
use super::{atlas, id};

fn country(name: &str) -> Lookup {
    atlas().lookup(name, Level::Country)
}

fn state(name: &str) -> Lookup {
    atlas().lookup(name, Level::UsState)
}

fn codes(ids: &[PlaceId]) -> Vec<&'static str> {
    ids.iter().map(|id| &*atlas().place(*id).code).collect()
}

#[test]
fn every_code_and_name_finds_its_own_place() {
    let mut iso = 0;
    for place in [Level::Country, Level::UsState].iter().flat_map(|level| atlas().places(*level)) {
        let find = |text: &str, via| {
            assert_eq!(atlas().lookup(text, place.level), Lookup::One(place.id, via), "{text}");
        };
        find(&place.name, Via::Name);
        find(&place.name.to_uppercase(), if place.name.len() < 3 { Via::Alpha2 } else { Via::Name });
        find(&place.code, Via::Alpha3);
        if !place.alpha2.is_empty() {
            find(&place.alpha2, Via::Alpha2);
        }
        if !place.numeric.is_empty() {
            find(&place.numeric, Via::Numeric);
            find(place.numeric.trim_start_matches('0'), Via::Numeric);
            iso += usize::from(place.level == Level::Country);
        }
        assert_eq!(atlas().place(place.id).code, place.code);
        assert!(place.area_km2 > 0.0 && place.label.lat.abs() <= 90.0, "{}", place.code);
        assert!(atlas().by_code(&place.sovereign).is_some(), "{}", place.code);
    }
    assert_eq!(iso, 249);
}

#[test]
fn names_as_newspapers_and_statistics_write_them() {
    let table = [
        ("USA", "U.S.|U.S.A.|US|USA|America|United States of America|the United States|u.s."),
        ("VEN", "Venezuela, RB|Venezuela (Bolivarian Republic of)|VENEZUELA|ven|VE|Venezuela*"),
        ("GBR", "U.K.|UK|Great Britain|Britain|Vereinigtes Königreich|Royaume-Uni"),
        ("KOR", "Korea, Rep.|South Korea|Korea, South|Republic of Korea"),
        ("PRK", "Korea, Dem. People's Rep.|North Korea|DPRK|Korea, Dem. People’s Rep."),
        ("COD", "Congo, Dem. Rep.|DR Congo|DRC|Zaire|Congo (Kinshasa)|Congo - Kinshasa"),
        ("COG", "Congo, Rep.|Congo-Brazzaville|Republic of the Congo"),
        ("CIV", "Côte d'Ivoire|Cote d'Ivoire|Ivory Coast|Côte d’Ivoire|COTE D IVOIRE"),
        ("IRN", "Iran (Islamic Republic of)|Iran, Islamic Rep.|Persia"),
        ("BOL", "Bolivia (Plurinational State of)|Bolivia, Plurinational State of"),
        ("MKD", "Macedonia|North Macedonia|FYR Macedonia|Macedonia, FYR"),
        ("SWZ", "Swaziland|eSwatini"),
        ("MMR", "Burma|Myanmar (Burma)"),
        ("CPV", "Cape Verde|Cabo Verde"),
        ("CZE", "Czech Republic|Czechia|Tschechien|Tchéquie"),
        ("TUR", "Türkiye|Turkey|Turkiye"),
        ("NLD", "Holland|The Netherlands|Netherlands (Kingdom of the)"),
        ("VNM", "Viet Nam|Vietnam"),
        ("LAO", "Lao PDR|Lao People's Democratic Republic"),
        ("SYR", "Syrian Arab Republic|Syria"),
        ("FSM", "Micronesia, Fed. Sts.|Micronesia (Federated States of)|Micronesia"),
        ("PSE", "West Bank and Gaza|State of Palestine|Palestine"),
        ("NAM", "NA|Namibia"),
        ("GEO", "Georgia"),
        ("CYP", "Cyprus 7|Cyprus (2)|Chypre"),
        ("RUS", "Россия|Russian Federation|俄罗斯"),
        ("AFG", "4|004|4.0|AF"),
        ("TTO", "Trinidad & Tobago|Trinidad and Tobago"),
        ("BHS", "Bahamas, The|The Bahamas|Bahamas"),
        ("XKX", "Kosovo*|XK|Kosovo (under UNSCR 1244)"),
    ];
    for (code, names) in table {
        for name in names.split('|') {
            match country(name) {
                Lookup::One(found, _) => assert_eq!(found, id(code), "{name}"),
                other => panic!("{name}: {other:?}"),
            }
        }
    }
}

#[test]
fn states_by_name_postal_and_fips() {
    for name in ["Texas", "TX", "48", "US-TX", "Tex.", "texas ", "us-tx"] {
        assert!(matches!(state(name), Lookup::One(found, _) if found == id("US-TX")), "{name}");
    }
    assert_eq!(state("1"), Lookup::One(id("US-AL"), Via::Numeric));
    assert_eq!(state("Georgia"), Lookup::One(id("US-GA"), Via::Name));
    assert_eq!(state("Washington, D.C."), Lookup::One(id("US-DC"), Via::Alias));
    assert_eq!(state("United States"), Lookup::Aggregate);
    assert_eq!(state("Venezuela"), Lookup::Unknown);
    assert_eq!(country("Texas"), Lookup::Unknown);
}

#[test]
fn nothing_is_guessed() {
    for name in ["World", "Total", "OECD", "High income", "Sub-Saharan Africa", "EU-27", "European Union"] {
        assert_eq!(country(name), Lookup::Aggregate, "{name}");
    }
    for name in ["Venezeula", "Atlantis", "", " ", "***", "ve", "999", "Ruritania", "in", "no"] {
        assert_eq!(country(name), Lookup::Unknown, "{name}");
    }
    assert_eq!(country("Congo"), Lookup::Many(sorted(&["COD", "COG"])));
    assert_eq!(country("Korea"), Lookup::Many(sorted(&["KOR", "PRK"])));
    assert_eq!(country("Czechoslovakia"), Lookup::Many(sorted(&["CZE", "SVK"])));
    assert_eq!(country("East Germany"), Lookup::Many(sorted(&["DEU"])));
}

fn sorted(codes: &[&str]) -> Vec<PlaceId> {
    let mut ids: Vec<PlaceId> = codes.iter().map(|c| id(c)).collect();
    ids.sort();
    ids
}

/// Two sources that give one name to two places make it ambiguous. Which names those are is decided
/// by a person: a new one must be put into `ambiguous.csv` or `historical.csv`, or mended in
/// `corrections.csv` of the recipe.
#[test]
fn ambiguous_names_are_reviewed() {
    let tables = [include_str!("../../../data/ambiguous.csv"), include_str!("../../../data/historical.csv")];
    let mut reviewed = BTreeSet::new();
    for table in tables {
        for row in csv::Reader::from_reader(table.as_bytes()).records() {
            reviewed.insert(normalize::key(row.unwrap().get(0).unwrap()));
        }
    }
    for level in [Level::Country, Level::UsState] {
        for (key, lookup) in names::entries(level) {
            assert!(!matches!(lookup, Lookup::Many(_)) || reviewed.remove(key), "{key} is ambiguous");
        }
    }
    assert!(reviewed.is_empty(), "{reviewed:?} are not ambiguous");
}

#[test]
fn near_misses() {
    let suggest = |name: &str| codes(&atlas().suggest(name, Level::Country));
    assert_eq!(suggest("Venezeula").first(), Some(&"VEN"));
    assert_eq!(suggest("Columbia").first(), Some(&"COL"));
    assert_eq!(suggest("Equador").first(), Some(&"ECU"));
    assert_eq!(suggest("Untied States").first(), Some(&"USA"));
    assert_eq!(suggest("Bolivarian Venezuela").first(), Some(&"VEN"));
    assert!(suggest("Atlantis").is_empty() && suggest("").is_empty() && suggest("x").is_empty());
    assert!(suggest(&"Venezuela ".repeat(1000)).is_empty());
    assert!(suggest("Nigera").contains(&"NER") && suggest("Nigera").len() <= 3);
    assert_eq!(codes(&atlas().suggest("Masachusets", Level::UsState)), ["US-MA"]);
}

#[test]
fn regions_have_their_members() {
    let members = |name: &str| codes(&atlas().members(name).unwrap_or_else(|| panic!("{name}")));
    assert_eq!(members("EU").len(), 27);
    assert_eq!(members("united nations").len(), 193);
    assert!(members("South America").contains(&"VEN") && !members("South America").contains(&"MEX"));
    assert!(members("Latin America").contains(&"MEX") && members("Latin America").contains(&"CUB"));
    assert_eq!(members("World").len(), atlas().places(Level::Country).iter().count());
    assert!(atlas().members("Atlantis").is_none());
    assert!(atlas().regions().all(|r| !r.members.is_empty() && !r.definition.is_empty()));
}

#[test]
fn parts_follow_their_sovereign() {
    assert_eq!(atlas().follows(id("GUF")), Some(id("FRA")));
    assert_eq!(atlas().follows(id("SJM")), Some(id("NOR")));
    assert_eq!(atlas().follows(id("PRI")), None);
    assert_eq!(atlas().follows(id("FRA")), None);
}
