//! Tables of every form, real and odd.

mod chosen;
mod workbooks;

use super::*;

fn table(file: &str, bytes: &[u8]) -> Warned<Table> {
    let form = if file.ends_with("json") { Form::Json } else { Form::Delimited };
    read(file, bytes, form, &TableOptions::default()).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn quiet(file: &str, text: &str) -> Table {
    let read = table(file, text.as_bytes());
    assert_eq!(read.warnings.to_string(), "");
    read.value
}

fn refused(file: &str, bytes: &[u8]) -> String {
    let form = if file.ends_with("json") { Form::Json } else { Form::Delimited };
    read(file, bytes, form, &TableOptions::default())
        .map(|read| read.value.columns)
        .expect_err(file)
        .to_string()
}

/// Line and cells of every row.
fn rows(table: &Table) -> Vec<(usize, Vec<&str>)> {
    let cells = |row| (0..table.columns.len()).map(|column| table.cell(row, column)).collect();
    (0..table.len()).map(|row| (table.line(row), cells(row))).collect()
}

macro_rules! fixture {
    ($name:literal) => {
        table($name, include_bytes!(concat!("../../../tests/tables/", $name)))
    };
}

#[test]
fn real_tables_are_read_without_a_word() {
    type Expected<'e> = (Warned<Table>, usize, &'e [&'e str], &'e [&'e str]);
    let expected: [Expected; 5] = [
        (
            fixture!("gapminder-health-income.csv"),
            187,
            &["country", "income", "health", "population", "region"],
            &["Zimbabwe", "1801", "60.01", "15602751", "sub_saharan_africa"],
        ),
        (
            fixture!("gapminder_regions.csv"),
            244,
            &["Country", "Group", "ID"],
            &["Vanuatu", "East Asia & Pacific", "VU"],
        ),
        (fixture!("statecrime.csv"), 51, &["state", "violent"], &["Wyoming", "219.3"]),
        (fixture!("obesity.json"), 50, &["id", "rate", "state"], &["56", "0.143", "WY"]),
        (fixture!("olympics2014.json"), 87, &["name", "abbr", "medals.gold"], &["Zimbabwe", "ZWE", "0"]),
    ];
    for (read, count, columns, last) in expected {
        let table = read.value;
        assert_eq!(read.warnings.to_string(), "", "{}", table.file);
        assert_eq!(table.len(), count, "{}", table.file);
        assert_eq!(table.columns[..columns.len()], *columns, "{}", table.file);
        let cells: Vec<&str> = (0..last.len()).map(|column| table.cell(count - 1, column)).collect();
        assert_eq!(cells, last, "{}", table.file);
    }
}

#[test]
fn a_preamble_and_a_footer_are_left_out_and_told() {
    let read = fixture!("worldbank.csv");
    assert_eq!(read.value.columns[..2], ["Country Name", "Country Code"]);
    assert_eq!(read.value.line(0), 6);
    assert_eq!(read.value.len(), 5);
    assert_eq!(
        read.warnings.to_string(),
        "2 lines were left out before the header on line 5 (worldbank.csv:1)\n\
         2 lines were left out after the data (worldbank.csv:12)"
    );
}

#[test]
fn encodings_delimiters_and_line_ends_are_found() {
    let german = fixture!("german.csv");
    assert!(german.warnings.to_string().starts_with("the file is not UTF-8; it was read as windows-1252"));
    assert_eq!(german.value.columns, ["Land", "Einwohner", "Anteil in %", "Anmerkung"]);
    assert_eq!(german.value.cell(1, 3), "geschätzt; vorläufig");
    let spreadsheet = fixture!("utf16.tsv");
    assert_eq!(rows(&spreadsheet.value)[1], (3, vec!["México", "reportada"]));
    assert_eq!(rows(&quiet("a.csv", "a|b\rx|1\ry|2"))[1], (3, vec!["y", "2"]));
    assert_eq!(rows(&quiet("a.csv", "sep=|\r\na|b\r\nx|1;2\r\n"))[0], (3, vec!["x", "1;2"]));
    assert_eq!(rows(&quiet("a.csv", "a;b\nx;1,5\ny;2,5\n"))[0], (2, vec!["x", "1,5"]));
    assert_eq!(rows(&quiet("a.csv", "\"a\",\"b\"\n\"x\",\"1\"\n"))[0], (2, vec!["x", "1"]));
    assert_eq!(quiet("a.txt", "country\nKorea, Rep.\nCongo, Dem. Rep.\nPeru\n").columns, ["country"]);
    assert_eq!(quiet("a.csv", "country\nPeru\nChile\n").len(), 2);
}

#[test]
fn lines_are_physical_and_cells_are_trimmed() {
    let read = fixture!("odd.csv");
    assert_eq!(read.value.columns, ["country", "value", "note"]);
    assert_eq!(
        rows(&read.value),
        [
            (3, vec!["Peru", "3", "said \"so\",\nand again\r\nthus"]),
            (7, vec!["Chile", "4", ""]),
            (8, vec!["Brazil", "5", ""]),
            (10, vec!["Ecuador", "6", "x"]),
        ]
    );
    assert_eq!(
        read.warnings.to_string(),
        "2 rows have fewer cells than the header; the missing ones count as empty (odd.csv:7)"
    );
}

#[test]
fn headers_are_named_and_unique() {
    let read = table("a.csv", b"country,value,,Value,value\nPeru,1,2,3,4\n");
    assert_eq!(read.value.columns, ["country", "value", "column 3", "Value (2)", "value (3)"]);
    assert_eq!(read.warnings.0.len(), 2);
    // R writes no name above the names of rows
    assert_eq!(quiet("a.csv", "x,y\nPeru,1,2\nChile,3,4\n").columns, ["column 1", "x", "y"]);
    assert_eq!(quiet("a.csv", "country,value,\nPeru,1,x\nChile,2,x\n").columns[2], "column 3");
    assert_eq!(quiet("a.csv", ",value\nPeru,1\n").columns, ["column 1", "value"]);
}

#[test]
fn a_header_row_may_be_named() {
    let at = |row| {
        let options = TableOptions { header_row: Some(row), ..TableOptions::default() };
        read("a.csv", b"x,y\nPeru,1\nChile,2\n", Form::Delimited, &options)
    };
    assert_eq!(at(2).map(|read| read.value.columns), Ok(vec!["Peru".to_owned(), "1".to_owned()]));
    assert_eq!(at(0).map(|read| read.value.len()), Ok(3));
    assert!(at(9).is_err());
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let with = |options| read("a.csv", "à,b\nPeru,1\n".as_bytes(), Form::Delimited, &options).is_err();
    assert!(with(TableOptions { delimiter: Some(0xa0), ..TableOptions::default() }));
    assert!(with(TableOptions { delimiter: Some(b'"'), ..TableOptions::default() }));
    assert!(with(TableOptions { decimal: Some('x'), ..TableOptions::default() }));
    assert!(with(TableOptions { encoding: Some("klingon".to_owned()), ..TableOptions::default() }));
}

#[test]
fn what_cannot_be_read_says_why() {
    assert_eq!(refused("a.csv", b" \n\n"), "the file is empty (a.csv)");
    assert!(refused("a.csv", b"").contains("is empty"));
    assert!(
        refused("a.csv", b"country,value\n")
            .starts_with("the file has a header and no rows (a.csv:1)\nhint:")
    );
    assert!(refused("a.csv", b"a,b\nx,1\n\"Peru,2\ny,3\n").contains("never closed (a.csv:3)"));
    assert!(
        refused("a.csv", b"a,b\n\"x\" y,1\nz,2\n")
            .contains("comes `y,1` where a delimiter should be (a.csv:2)")
    );
    assert!(
        refused("a.csv", b"a,b\nx,1\nKorea, Rep.,2\ny,3\n")
            .starts_with("the row has 3 cells where the header has 2 (a.csv:3)")
    );
}

#[test]
fn json_of_every_shape() {
    let pandas = fixture!("pandas.json").value;
    assert_eq!(
        rows(&pandas).into_iter().map(|(_, cells)| cells).collect::<Vec<_>>(),
        [["Peru", "1.50"], ["Chile", ""], ["Brazil", "3e2"]]
    );
    assert_eq!((pandas.decimal(0), pandas.decimal(1)), (None, Some('.')));
    let lines = table("records.json", include_bytes!("../../../tests/tables/records.ndjson")).value;
    assert_eq!(rows(&lines), [(1, vec!["Peru", "1,5", "true"]), (3, vec!["Côte d’Ivoire", "2,25", ""])]);
    for text in [
        r#"[{"c":"Peru","v":3},{"v":4,"c":"Chile"}]"#,
        r#"{"about":"x","data":[{"c":"Peru","v":3},{"c":"Chile","v":4}]}"#,
        r#"{"c":["Peru","Chile"],"v":[3,4]}"#,
        r#"[["c","v"],["Peru",3],["Chile",4]]"#,
        r#"{"columns":["c","v"],"index":[0,1],"data":[["Peru",3],["Chile",4]]}"#,
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},
            "properties":{"c":"Peru","v":3}},{"type":"Feature","properties":{"c":"Chile","v":4}}]}"#,
    ] {
        let table = quiet("a.json", text);
        assert_eq!(table.columns, ["c", "v"], "{text}");
        assert_eq!(table.cells(1).collect::<Vec<_>>(), ["3", "4"], "{text}");
    }
    assert_eq!(
        rows(&quiet("a.json", "{\"Peru\": 3,\n \"Chile\": 4}")),
        [(1, vec!["Peru", "3"]), (2, vec!["Chile", "4"])]
    );
    assert_eq!(quiet("a.json", r#"{"Peru":{"v":3},"Chile":{"v":4}}"#).columns, ["name", "v"]);
    assert_eq!(quiet("a.json", r#"["Peru","Chile"]"#).columns, ["name"]);
    // a bounding box beside the features, lists within properties
    let text = r#"{"type":"FeatureCollection","bbox":[1,2,3,4],"features":[{"type":"Feature","geometry":null,
        "properties":{"c":["Peru","Chile"],"m":[[1,2],[3,4]],"v":null}}]}"#;
    assert_eq!(rows(&quiet("a.json", text)), [(1, vec!["Peru; Chile", "[[1,2],[3,4]]", ""])]);
}

#[test]
fn broken_json_says_where() {
    assert_eq!(
        refused("a.json", b"[{\"a\": 1},\n {\"a\": }]").lines().next(),
        Some("the JSON is broken: expected value (a.json:2:8)")
    );
    assert!(refused("a.json", b"[]").starts_with("the file holds no record"));
    assert!(refused("a.json", b"[{},{}]").starts_with("the records are empty"));
    assert!(refused("a.json", b"3").contains("a single value"));
    assert!(
        refused("a.json", b"[{\"a\":1}, 2]").contains("a record is an object (a.json:1:11)")
            || refused("a.json", b"[{\"a\":1}, 2]").contains("this is none")
    );
    assert!(refused("a.json", "[".repeat(100_000).as_bytes()).contains("JSON is broken"));
}

#[test]
fn columns_are_found_leniently_and_suggested() {
    let table = quiet("a.csv", "Country Name,value\nPeru,1\n");
    assert_eq!(table.column("country_name"), Ok(0));
    assert_eq!(
        table.column("valeu").expect_err("unknown").to_string(),
        "there is no column \"valeu\" (a.csv)\nhint: did you mean \"value\"?\nhint: its columns are \"Country Name\", \"value\""
    );
}

#[test]
fn a_filter_keeps_rows_and_their_lines() {
    let filter = |column: &str, text: &str| {
        let options = TableOptions {
            filter: Filter::Equal(vec![(column.to_owned(), text.to_owned())]),
            ..TableOptions::default()
        };
        read("a.csv", b"c,year\nPeru,2019\nPeru,2020\nChile,2020\n", Form::Delimited, &options)
    };
    let kept = filter("Year", "2020").expect("rows are left").value;
    assert_eq!(rows(&kept), [(3, vec!["Peru", "2020"]), (4, vec!["Chile", "2020"])]);
    let none = filter("year", "1999").expect_err("nothing is left").to_string();
    assert_eq!(
        none,
        "no row is left where \"year\" is \"1999\" (a.csv)\nhint: \"year\" holds \"2019\", \"2020\""
    );
    assert!(filter("yaer", "1999").expect_err("unknown").to_string().contains("did you mean \"year\""));
}

proptest::proptest! {
    /// Whatever the bytes, reading ends in a table or an error.
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
        for form in [Form::Delimited, Form::Json] {
            let _ = read("f", &bytes, form, &TableOptions::default());
        }
    }

    #[test]
    fn no_text_panics(text in "[a-z\",;\t\r\n{}\\[\\]:0-9. é]{0,120}") {
        for form in [Form::Delimited, Form::Json] {
            let _ = read("f", text.as_bytes(), form, &TableOptions::default());
        }
    }

    /// What is written by the rules is read back cell for cell, on the line where it stands.
    #[test]
    fn quoted_cells_come_back(cells in proptest::collection::vec(("[A-Z][a-z\",;\n\r é]{0,9}[a-z]", "[a-z]{1,4}"), 1..12)) {
        let mut text = "place,value\n".to_owned();
        let mut lines = Vec::new();
        for (place, value) in &cells {
            lines.push(1 + delimited::line_ends(&text));
            text.push_str(&format!("\"{}\",{value}\n", place.replace('"', "\"\"")));
        }
        let options = TableOptions { delimiter: Some(b','), ..TableOptions::default() };
        let table = read("f", text.as_bytes(), Form::Delimited, &options).expect("valid").value;
        let expected: Vec<_> = cells.iter().map(|(place, value)| vec![place.as_str(), value.as_str()]).collect();
        let found: Vec<_> = rows(&table).into_iter().map(|(_, cells)| cells).collect();
        proptest::prop_assert_eq!(found, expected);
        proptest::prop_assert_eq!((0..table.len()).map(|row| table.line(row)).collect::<Vec<_>>(), lines);
    }
}
