//! The fates of rows, by a handful of places written by hand; `with_the_atlas.rs` has those by the real one.

mod several;
mod with_the_atlas;

use super::*;
use crate::atlas::{CodeSystem, Coded, Locator, Lookup, Remark, code_number};
use crate::diagnostic::Severity;
use crate::table::{self, Form, TableOptions};

/// Places by hand: code, alpha-2, numeric, name, aliases, level.
struct Hand(Vec<Entry>);

type Entry = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str], Level);

fn hand() -> Hand {
    use Level::{Country, UsState};
    Hand(vec![
        ("VEN", "VE", "862", "Venezuela", &["Venezuela, RB"], Country),
        ("COL", "CO", "170", "Colombia", &[], Country),
        ("PER", "PE", "604", "Peru", &["Perú"], Country),
        ("CHL", "CL", "152", "Chile", &[], Country),
        ("BRA", "BR", "076", "Brazil", &["Brasil"], Country),
        ("USA", "US", "840", "United States", &["U.S.", "USA"], Country),
        ("NAM", "NA", "516", "Namibia", &[], Country),
        ("NOR", "NO", "578", "Norway", &[], Country),
        ("COG", "CG", "178", "Republic of the Congo", &["Congo"], Country),
        ("COD", "CD", "180", "DR Congo", &["Congo"], Country),
        ("GEO", "GE", "268", "Georgia", &[], Country),
        ("US-GA", "GA", "13", "Georgia", &[], UsState),
        ("US-TX", "TX", "48", "Texas", &[], UsState),
        ("US-CO", "CO", "08", "Colorado", &[], UsState),
        ("US-FL", "FL", "12", "Florida", &[], UsState),
    ])
}

impl Gazetteer for Hand {
    fn lookup(&self, name: &str, level: Level) -> Lookup {
        let name = name.trim().to_lowercase();
        if ["world", "oecd", "total", "africa", "europe", "americas"].contains(&name.as_str()) {
            return Lookup::Aggregate;
        }
        let mut found = Vec::new();
        for (index, (code, alpha2, numeric, common, aliases, at)) in self.0.iter().enumerate() {
            let is = |text: &str| text.to_lowercase() == name;
            let via = match () {
                () if is(common) => Via::Name,
                () if aliases.iter().any(|alias| is(alias)) => Via::Alias,
                () if is(alpha2) => Via::Alpha2,
                () if is(code) => Via::Alpha3,
                () if name.trim_start_matches('0') == numeric.trim_start_matches('0') => Via::Numeric,
                () => continue,
            };
            if *at == level {
                found.push((PlaceId(index as u32), via));
            }
        }
        match found.as_slice() {
            [] => Lookup::Unknown,
            [(id, via)] => Lookup::One(*id, *via),
            many => Lookup::Many(many.iter().map(|(id, _)| *id).collect()),
        }
    }

    fn belongs_to(&self, _: PlaceId, _: PlaceId) -> bool {
        false
    }

    fn suggest(&self, name: &str, level: Level) -> Vec<PlaceId> {
        let near = |place: &&(usize, &str)| strsim::damerau_levenshtein(place.1, name) < 3;
        let names: Vec<(usize, &str)> = self
            .0
            .iter()
            .enumerate()
            .filter(|(_, place)| place.5 == level)
            .map(|(id, place)| (id, place.3))
            .collect();
        names.iter().filter(near).map(|(id, _)| PlaceId(*id as u32)).collect()
    }

    fn code_and_name(&self, id: PlaceId) -> (&str, &str) {
        let place = &self.0[id.0 as usize];
        (place.0, place.3)
    }

    fn coded(&self, code: &str, system: CodeSystem) -> Option<Coded> {
        let code = code.to_uppercase();
        let is = |place: &Entry| match system {
            CodeSystem::Alpha2 => place.1 == code,
            CodeSystem::Alpha3 => place.0 == code,
            CodeSystem::Numeric | CodeSystem::M49 => place.2.parse::<u16>().ok() == code_number(&code),
            _ => false,
        };
        let found = self.0.iter().position(|place| place.5 == Level::Country && is(place));
        found.map(|id| Coded::Place(PlaceId(id as u32)))
    }

    fn remark(&self, _: &str, _: Level) -> Option<Remark> {
        None
    }

    fn is_group_beside(&self, _: &str, _: &[&str]) -> bool {
        false
    }

    fn locator(&self, _: Level) -> Locator {
        Locator::default()
    }
}

fn read(text: &str) -> Table {
    let form = if text.starts_with(['[', '{']) { Form::Json } else { Form::Delimited };
    table::read("p.csv", text.as_bytes(), form, &TableOptions::default()).expect("a table").value
}

fn joined_by(text: &str, options: &JoinOptions) -> Result<Join, Diagnostics> {
    join_by(&read(text), &hand(), options)
}

fn joined(text: &str) -> Join {
    joined_by(text, &JoinOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn columns(text: &str) -> (String, Option<String>) {
    let join = joined(text);
    (join.place_column, join.value_column)
}

fn told(text: &str) -> Vec<String> {
    messages::all(&joined(text), &hand(), false).0.iter().map(ToString::to_string).collect()
}

fn code(fate: &Fate) -> &'static str {
    match fate {
        Fate::Matched(id, _) => hand().0[id.0 as usize].0,
        Fate::Ambiguous(_) => "ambiguous",
        Fate::Unmatched(_) => "unmatched",
        Fate::Aggregate => "aggregate",
        Fate::Empty => "empty",
    }
}

fn codes(text: &str) -> Vec<&'static str> {
    joined(text).rows.iter().map(|row| code(&row.fate)).collect()
}

fn values(text: &str) -> Vec<Value> {
    joined(text).rows.into_iter().map(|row| row.value).collect()
}

#[test]
fn every_row_has_a_fate() {
    let text = "country,value\nU.S.,1\nCongo,2\nVenezeula,3\nWorld,4\n-,5\nPeru,6\nPER,6\n";
    assert_eq!(codes(text), ["USA", "ambiguous", "unmatched", "aggregate", "empty", "PER", "PER"]);
    let join = joined(text);
    assert_eq!(
        join.rows.iter().map(|row| row.duplicate).collect::<Vec<_>>(),
        [false, false, false, false, false, false, true]
    );
    assert_eq!(join.values.len(), 2);
    assert_eq!(
        told(text),
        [
            "\"Congo\" may be Republic of the Congo (COG) or DR Congo (COD) (p.csv:3)\nhint: write the full name, or the code, such as COG",
            "no country is called \"Venezeula\" (p.csv:4)\nhint: did you mean \"Venezuela\"?\nhint: `--allow-unmatched` draws the map without such rows",
            "1 row is a total or a group of places, and not drawn: World (p.csv:5)",
            "1 row names no place (p.csv:6, country)",
        ]
    );
}

#[test]
fn unmatched_rows_are_warnings_where_allowed_unless_nothing_is_left() {
    let some = messages::all(&joined("country,v\nPeru,1\nXxxxxx,2\n"), &hand(), true);
    assert!(!some.has_errors() && some.0.len() == 1);
    let none = messages::all(&joined("country,v\nYyyyyy,1\nXxxxxx,2\n"), &hand(), true);
    assert_eq!(none.0.iter().filter(|one| one.severity == Severity::Error).count(), 1);
    assert!(none.to_string().contains("no row of column \"country\" is a country"));
}

#[test]
fn many_strangers_are_counted() {
    let rows: String = (0..200).map(|i| format!("Xxxxx{},1\n", i / 2)).collect();
    let told = told(&format!("country,value\nPeru,1\n{rows}"));
    assert_eq!(told.len(), 21);
    assert!(told[0].starts_with("no country is called \"Xxxxx0\" (and 1 more row) (p.csv:3)"));
    assert!(told[20].starts_with("80 more names are not known; in all, 200 of 201 rows (p.csv, country)"));
}

#[test]
fn columns_are_found() {
    let found = |place: &str, value: &str| (place.to_owned(), (!value.is_empty()).then(|| value.to_owned()));
    assert_eq!(columns("a,b,c\nx1,Peru,3\nx2,Chile,4\n"), found("b", "c"));
    assert_eq!(
        columns("iso3,country,year,presence\nPER,Peru,2020,yes\nCHL,Chile,2020,no\n"),
        found("country", "presence")
    );
    // a slip in the country column, and a country in every row of another
    assert_eq!(
        columns("country,source,v\nPeru,U.S.,1\nChlie,U.S.,2\nBrazil,U.S.,3\n"),
        found("country", "v")
    );
    // all misspelt: the header alone stands
    assert_eq!(columns("country,value\nVenezeula,1\n"), found("country", "value"));
    // numbers that happen to be codes, and words that do
    assert_eq!(columns("who,n\nPeru,170\nChile,604\n"), found("who", "n"));
    assert_eq!(columns("member,land\nno,Peru\nno,Chile\n"), found("land", "member"));
    assert_eq!(columns("who,EU\nPeru,NO\nChile,YES\nBrazil,NO\n"), found("who", "EU"));
    assert_eq!(columns("continent,name\nAmericas,Peru\nAmericas,Chile\n"), found("name", "continent"));
    assert_eq!(
        columns("country,lon,lat,url,gdp,notes\nPeru,1,2,http,5,x\nChile,1,2,http,6,y\n"),
        found("country", "gdp")
    );
    assert_eq!(columns("country,notes,source\nPeru,a,b\n"), found("country", ""));
    assert_eq!(columns("country\nPeru\nChile\n"), found("country", ""));
    assert_eq!(columns("[{\"value\": 1, \"name\": \"Peru\"}]"), found("name", "value"));
}

#[test]
fn the_latest_full_year_of_a_wide_table_is_taken_and_told() {
    let join = joined("Country Name,2020,2021,2022\nPeru,1,2,\nChile,3,4,\n");
    assert_eq!(join.value_column.as_deref(), Some("2021"));
    assert!(join.warnings.to_string().contains("\"2021\" is shown"));
}

#[test]
fn no_place_column_lists_the_columns() {
    let error = joined_by("a,b\nx,1\ny,2\n", &JoinOptions::default()).expect_err("no places").to_string();
    assert!(error.ends_with("hint: its columns are \"a\", \"b\""), "{error}");
    let unknown = JoinOptions { place: Some("contry".to_owned()), ..JoinOptions::default() };
    let error = joined_by("country,b\nPeru,1\n", &unknown).expect_err("no such column").to_string();
    assert!(error.contains("did you mean \"country\"?"));
}

#[test]
fn a_file_without_a_header_is_refused() {
    for text in ["Peru\nChile\nBrazil\n", "Peru,3\nChile,4\n", "PER,3\nCHL,4\n"] {
        let error = joined_by(text, &JoinOptions::default()).expect_err("no header").to_string();
        assert!(error.starts_with("the file seems to have no header"), "{error}");
    }
    assert_eq!(codes("name,v\nPeru,1\n"), ["PER"]);
}

#[test]
fn states_are_told_from_countries() {
    let level = |text: &str| joined(text).level;
    assert_eq!(level("state,v\nGeorgia,1\nTexas,2\nFlorida,3\n"), Level::UsState);
    assert_eq!(level("country,v\nGeorgia,1\nPeru,2\n"), Level::Country);
    assert_eq!(level("country,v\nGeorgia,1\n"), Level::Country);
    assert_eq!(level("state,v\nCO,1\n"), Level::UsState);
    assert_eq!(level("iso2,v\nCO,1\n"), Level::Country);
    let options = JoinOptions { level: Some(Level::UsState), ..JoinOptions::default() };
    let join = joined_by("name,v\nGeorgia,1\n", &options).expect("joins");
    assert_eq!(code(&join.rows[0].fate), "US-GA");
}

#[test]
fn na_is_namibia_only_among_codes() {
    assert_eq!(codes("iso2,v\nNA,1\nPE,2\n"), ["NAM", "PER"]);
    assert_eq!(codes("country,v\nNA,1\nPeru,2\n"), ["empty", "PER"]);
    assert_eq!(codes("iso3,v\nNA,1\nPER,2\n"), ["empty", "PER"]);
    assert_eq!(values("iso2,v\nNA,1\nPE,NA\n"), [Value::Number(1.0), Value::Missing]);
}

#[test]
fn values_are_numbers_when_they_are() {
    use Value::{Missing, Number, Text};
    assert_eq!(
        values("country,v\nPeru,\"1,5\"\nChile,..\nBrazil,\"1.000,25\"\n"),
        [Number(1.5), Missing, Number(1000.25)]
    );
    assert_eq!(
        values("country,v\nPeru,yes\nChile,n/a\nBrazil,none\n"),
        [Text("yes".into()), Missing, Text("none".into())]
    );
    assert_eq!(values("country\nPeru\n"), [Text(PRESENT.into())]);
    // another column shows how the file writes decimals
    assert_eq!(values("country;value;share\nPeru;1.234;0,5\n"), [Number(1234.0)]);
    // JSON numbers are what they are
    assert_eq!(values("[{\"country\":\"Peru\",\"v\":1.234}]"), [Number(1.234)]);
}

#[test]
fn unclear_numbers_are_asked_about() {
    let fault = |text: &str| joined_by(text, &JoinOptions::default()).expect_err("unclear").to_string();
    let asked = fault("country;value\nPeru;1,234\nChile;987\n");
    assert!(
        asked.starts_with("\"1,234\" may be 1234 or 1.234 (p.csv:2, value)\nhint: say which mark"),
        "{asked}"
    );
    assert!(
        fault("country;v\nPeru;1.5\nChile;1,5\n")
            .starts_with("one column writes decimals in two ways: \"1.5\" on line 2 and \"1,5\" on line 3")
    );
    let broken = fault("country,v\nPeru,1\nChile,2\nBrazil,3\nNorway,4\nGeorgia,abc\n");
    assert!(
        broken.starts_with("\"abc\" (line 6) is not a number, while the rest of the column is (p.csv:6, v)"),
        "{broken}"
    );
}

#[test]
fn duplicates_agree_or_are_settled() {
    let text = "country,year,value\nPeru,2019,1\nPeru,2020,2\nChile,2019,\nChile,2020,4\n";
    let by = |duplicates| {
        let join = joined_by(text, &JoinOptions { duplicates, ..JoinOptions::default() }).expect("joins");
        (join.values.into_values().collect::<Vec<_>>(), join.conflicts)
    };
    let numbers = |a, b| vec![Value::Number(a), Value::Number(b)];
    assert_eq!(by(Duplicates::First), (numbers(1.0, 4.0), vec![]));
    assert_eq!(by(Duplicates::Last), (numbers(2.0, 4.0), vec![]));
    assert_eq!(by(Duplicates::Sum), (numbers(3.0, 4.0), vec![]));
    assert_eq!(by(Duplicates::Error), (numbers(1.0, 4.0), vec![(0, 1)]));
    let said = told(text);
    assert_eq!(said.len(), 1);
    assert!(
        said[0].starts_with(
            "Peru has two values: 1 on line 2 and 2 on line 3 (p.csv:3)\nhint: \"year\" holds several periods: show one by `--when 2020`"
        ),
        "{said:?}"
    );
    assert!(told("country,value\nPeru,yes\nPeru,Yes\n").is_empty());
    let words = JoinOptions { duplicates: Duplicates::Sum, ..JoinOptions::default() };
    assert!(joined_by("country,value\nPeru,yes\nPeru,no\n", &words).is_err());
}

#[test]
fn the_report_is_the_contract() {
    let join = joined("country,presence\nU.S.,reported\nCongo,x\nUSA,reported\nPeru,\n");
    let places = hand();
    let report = report::Report::by(&join, &places, &|id| id.0 != 2);
    let written = |write: &dyn Fn(&mut dyn std::io::Write) -> std::io::Result<()>| {
        let mut bytes = Vec::new();
        write(&mut bytes).expect("memory takes it");
        String::from_utf8(bytes).expect("text")
    };
    assert_eq!(
        written(&|out| report.write_json(out)),
        concat!(
            r#"{"file":"p.csv","place_column":"country","value_column":"presence","level":"country","code_system":null,"rows":["#,
            r#"{"line":2,"input":"U.S.","status":"matched","code":"USA","name":"United States","via":"alias","drawn":true,"candidates":[],"value":"reported"},"#,
            r#"{"line":3,"input":"Congo","status":"ambiguous","code":null,"name":null,"via":null,"drawn":false,"candidates":[{"code":"COG","name":"Republic of the Congo"},{"code":"COD","name":"DR Congo"}],"value":"x"},"#,
            r#"{"line":4,"input":"USA","status":"matched","code":"USA","name":"United States","via":"alias","drawn":true,"duplicate":true,"candidates":[],"value":"reported"},"#,
            r#"{"line":5,"input":"Peru","status":"matched","code":"PER","name":"Peru","via":"name","drawn":false,"candidates":[],"value":null}"#,
            r#"],"summary":{"matched":3,"ambiguous":1,"unmatched":0,"aggregate":0,"duplicate":1,"empty":0}}"#,
            "\n"
        )
    );
    assert_eq!(
        written(&|out| report.write_csv(out)),
        "line,input,status,code,name,via,drawn,duplicate,candidates,value,note\n\
         2,U.S.,matched,USA,United States,alias,true,false,,reported,\n\
         3,Congo,ambiguous,,,,false,false,COG;COD,x,\n\
         4,USA,matched,USA,United States,alias,true,true,,reported,\n\
         5,Peru,matched,PER,Peru,name,false,false,,,\n"
    );
    assert_eq!(
        written(&|out| report.write_text(out)),
        "line  input  status              place                               value\n\
         2     U.S.   matched             USA United States                   reported\n\
         3     Congo  ambiguous           Republic of the Congo or DR Congo?  x\n\
         4     USA    matched, duplicate  USA United States                   reported\n\
         5     Peru   matched, not drawn  PER Peru\n\n\
         3 matched, 1 of them duplicate, 1 ambiguous\n"
    );
}

proptest::proptest! {
    /// Rows are conserved, and neither their order nor the other rows change the fate of one (as long as the
    /// columns are named, and no other row settles what `NA` is).
    #[test]
    fn rows_are_conserved_in_any_order(picks in proptest::collection::vec(0..12_usize, 1..40), seed in 0..97_usize) {
        const NAMES: [&str; 12] =
            ["Peru", "PER", "Congo", "World", "Xxxx", "-", "Perú", "us", "604", "NA", "Chile", "Venezeula"];
        let options = JoinOptions {
            place: Some("country".to_owned()), value: Some("v".to_owned()), level: Some(Level::Country), ..JoinOptions::default()
        };
        let fates = |order: &[usize]| {
            let lines: String = order.iter().map(|row| format!("{},{row}\n", NAMES[picks[*row]])).collect();
            let join = joined_by(&format!("country,v\nVenezuela,99\n{lines}"), &options).expect("joins");
            let mut fates: Vec<(usize, Fate)> = order.iter().copied().zip(join.rows.into_iter().skip(1).map(|row| row.fate)).collect();
            fates.sort_by_key(|(row, _)| *row);
            fates
        };
        let order: Vec<usize> = (0..picks.len()).collect();
        let mut turned = order.clone();
        turned.rotate_left(seed % picks.len());
        turned.reverse();
        let first = fates(&order);
        proptest::prop_assert_eq!(first.len(), picks.len());
        proptest::prop_assert_eq!(first, fates(&turned));
    }
}
