//! What headers say of their columns, in the languages of the tables that people bring.
//!
//! Words are written as [`fold`] leaves them: without case, space, `_` and `-`.

use crate::atlas::CodeSystem;
use crate::diagnostic::fold;

/// What the header says of a column of places, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PlaceHeader {
    /// It speaks against places: a source, a neighbour, a continent.
    Against,
    /// Nothing.
    None,
    /// It may be a place: `name`, `area`.
    Weak,
    /// A code of a place: `iso3`.
    Code,
    /// A place: `country`.
    Strong,
}

const STRONG: [&str; 42] = [
    "country",
    "countries",
    "countryname",
    "countryorarea",
    "countryorterritory",
    "countryterritory",
    "country/territory",
    "country/area",
    "countryregion",
    "country/region",
    "countryortransition",
    "nation",
    "nationname",
    "entity",
    "economy",
    "economyname",
    "place",
    "places",
    "state",
    "states",
    "statename",
    "usstate",
    "stateorterritory",
    "territory",
    "pays",
    "país",
    "pais",
    "países",
    "land",
    "länder",
    "staat",
    "paese",
    "paesi",
    "bundesstaat",
    "estado",
    "état",
    "страна",
    "国家",
    "國家",
    "国",
    "ülke",
    "देश",
];
const CODES: [&str; 56] = [
    "iso",
    "iso2",
    "iso3",
    "isoa2",
    "isoa3",
    "isocode",
    "isocode2",
    "isocode3",
    "iso2code",
    "iso3code",
    "alpha2",
    "alpha3",
    "isoalpha2",
    "isoalpha3",
    "alpha2code",
    "alpha3code",
    "iso31661alpha2",
    "iso31661alpha3",
    "cca2",
    "cca3",
    "ccn3",
    "code",
    "countrycode",
    "countryiso",
    "countryiso3",
    "countryiso2",
    "isonumeric",
    "numeric",
    "m49",
    "m49code",
    "adm0a3",
    "ioc",
    "ioccode",
    "noc",
    "noccode",
    "fifa",
    "fifacode",
    "gec",
    "geccode",
    "fipscode",
    "fips10",
    "fips104",
    "eurostat",
    "eurostatcode",
    "geo",
    "geocode",
    "geotimeperiod",
    "refarea",
    "fips",
    "statefips",
    "fipsstate",
    "statefp",
    "postal",
    "postalcode",
    "statecode",
    "stateabbr",
];
const WEAK: [&str; 16] = [
    "name",
    "location",
    "locationname",
    "area",
    "areaname",
    "region",
    "geography",
    "geographicarea",
    "where",
    "jurisdiction",
    "ort",
    "lieu",
    "lugar",
    "luogo",
    "abbr",
    "stusps",
];
const AGAINST: [&str; 20] = [
    "source",
    "note",
    "notes",
    "continent",
    "capital",
    "neighbour",
    "neighbor",
    "partner",
    "partnercountry",
    "sovereign",
    "sovereignt",
    "basis",
    "reporter",
    "publisher",
    "language",
    "languages",
    "lang",
    "locale",
    "currency",
    "comment",
];

/// What `header` says of a column of places.
pub(super) fn place_header(header: &str) -> PlaceHeader {
    let folded = fold(header);
    let among = |words: &[&str]| words.contains(&folded.as_str());
    if among(&STRONG) {
        PlaceHeader::Strong
    } else if among(&CODES) {
        PlaceHeader::Code
    } else if among(&AGAINST) {
        PlaceHeader::Against
    } else if among(&WEAK) {
        PlaceHeader::Weak
    } else {
        PlaceHeader::None
    }
}

/// The system of codes that `header` names.
pub(super) fn header_system(header: &str) -> Option<CodeSystem> {
    let folded = fold(header);
    let word = folded.trim_start_matches("country").trim_end_matches("code").trim_end_matches("codes");
    Some(match word {
        "ioc" | "noc" => CodeSystem::Ioc,
        "fifa" => CodeSystem::Fifa,
        "fips" | "fips10" | "fips104" | "gec" => CodeSystem::Fips,
        "eurostat" => CodeSystem::Eurostat,
        "iso2" | "isoa2" | "alpha2" | "isoalpha2" | "iso31661alpha2" | "cca2" => CodeSystem::Alpha2,
        "iso3" | "isoa3" | "alpha3" | "isoalpha3" | "iso31661alpha3" | "cca3" => CodeSystem::Alpha3,
        _ => return None,
    })
}

/// Whether `header` speaks of the states of a country.
pub(super) fn is_state_header(header: &str) -> bool {
    [
        "state",
        "states",
        "statename",
        "usstate",
        "stateorterritory",
        "statecode",
        "stateabbr",
        "fips",
        "statefips",
        "fipsstate",
        "statefp",
        "postal",
        "postalcode",
        "stusps",
    ]
    .contains(&fold(header).as_str())
}

/// Words of headers of provinces, in the singular.
const PROVINCES: [&str; 34] = [
    "state",
    "province",
    "provincia",
    "provincie",
    "provinz",
    "stateprovince",
    "provincestate",
    "stateorprovince",
    "estado",
    "etat",
    "bundesland",
    "land",
    "region",
    "admin1",
    "adm1",
    "adm1name",
    "name1",
    "subdivision",
    "department",
    "departamento",
    "departement",
    "prefecture",
    "governorate",
    "canton",
    "kanton",
    "oblast",
    "county",
    "voivodeship",
    "wojewodztwo",
    "comunidadautonoma",
    "regione",
    "iso31662",
    "entidad",
    "uf",
];

/// Whether `header` speaks of provinces, states and the like.
pub(super) fn is_province_header(header: &str) -> bool {
    let folded = fold(header);
    let bare = folded.trim_end_matches("name").trim_end_matches("code");
    let one = bare.strip_suffix('s').unwrap_or(bare);
    PROVINCES.iter().any(|word| [folded.as_str(), bare, one].contains(word))
}

/// Headers that name what a map shows, best first.
const VALUES: [&str; 32] = [
    "value",
    "values",
    "presence",
    "status",
    "class",
    "category",
    "amount",
    "count",
    "total",
    "number",
    "rate",
    "share",
    "percent",
    "percentage",
    "score",
    "level",
    "index",
    "group",
    "type",
    "obsvalue",
    "valor",
    "valeur",
    "wert",
    "valore",
    "estado",
    "estatus",
    "categoría",
    "categoria",
    "clase",
    "nivel",
    "anzahl",
    "anteil",
];

/// How well `header` names a column of values: lower is better, `None` for not at all. A header that
/// is the word comes before one that contains it.
pub(super) fn value_rank(header: &str) -> Option<usize> {
    let folded = fold(header);
    let whole = VALUES.iter().position(|word| *word == folded);
    whole.or_else(|| {
        let words = words_of(header);
        let part = VALUES.iter().position(|value| words.iter().any(|word| word == value));
        part.map(|rank| rank + VALUES.len())
    })
}

/// Words by which a header says that its column is about a row rather than what a map shows.
const ABOUT: [&str; 52] = [
    "source",
    "sources",
    "note",
    "notes",
    "url",
    "link",
    "href",
    "website",
    "date",
    "year",
    "years",
    "month",
    "day",
    "time",
    "quarter",
    "lon",
    "lat",
    "lng",
    "long",
    "longitude",
    "latitude",
    "id",
    "fid",
    "gid",
    "objectid",
    "rank",
    "no",
    "nr",
    "#",
    "code",
    "codes",
    "iso",
    "iso2",
    "iso3",
    "fips",
    "m49",
    "comment",
    "comments",
    "description",
    "basis",
    "confidence",
    "reference",
    "references",
    "ref",
    "updated",
    "wikipedia",
    "geometry",
    "indicator",
    "unit",
    "fuente",
    "año",
    "jahr",
];

/// Whether `header` says that its column is a note, a date, a position or a code.
pub(super) fn is_about(header: &str) -> bool {
    words_of(header).iter().any(|word| ABOUT.contains(&word.as_str()))
        || matches!(place_header(header), PlaceHeader::Code)
        || matches!(fold(header).as_str(), "index" | "x" | "y" | "unnamed:0")
}

fn words_of(header: &str) -> Vec<String> {
    let parts = header.split(|c: char| !c.is_alphanumeric() && c != '#');
    parts.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
