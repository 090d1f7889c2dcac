//! Workbooks: what is found on a sheet, how it is told, and what happens to files that are broken on purpose.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;

const XLSX: &[u8] = include_bytes!("../../../tests/tables/life-expectancy.xlsx");
const ODS: &[u8] = include_bytes!("../../../tests/tables/life-expectancy.ods");
const EXCEL: &[u8] = include_bytes!("../../../tests/tables/excel.xlsx");

fn book(bytes: &[u8], sheet: Option<&str>) -> Result<Warned<Table>> {
    let options = TableOptions { sheet: sheet.map(str::to_owned), ..TableOptions::default() };
    read("b.xlsx", bytes, Form::Delimited, &options)
}

fn fault(bytes: &[u8], sheet: Option<&str>) -> String {
    book(bytes, sheet).map(|read| read.value.columns).expect_err("a fault").to_string()
}

/// The workbook with the parts whose name ends so changed.
fn changed(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut entry = from.by_index(index).expect("a part");
        let name = entry.name().expect("a name").into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("read");
        if name.ends_with(part) {
            content = change(String::from_utf8(content).expect("XML")).into_bytes();
        }
        to.start_file(name, SimpleFileOptions::default()).expect("started");
        to.write_all(&content).expect("written");
    }
    to.finish().expect("finished").into_inner()
}

#[test]
fn a_sheet_of_an_excel_workbook() {
    let read = book(XLSX, None).expect("a table");
    let table = read.value;
    assert_eq!(table.columns, ["Country", "2002", "2007", "years", "relative", "Read on", "Complete"]);
    assert_eq!(table.len(), 11);
    assert_eq!(
        rows(&table)[1],
        (6, vec!["Bolivia", "63.883", "65.554", "1.671", "2.61571936195857%", "2024-01-05", "FALSE"])
    );
    assert_eq!(table.cell(5, 0), "Congo, Dem. Rep.");
    assert_eq!((table.cell(9, 2), table.decimal(2), table.decimal(0)), ("#N/A", Some('.'), None));
    assert_eq!(table.place(9, 2).to_string(), "b.xlsx, Data!D14");
    assert_eq!(
        read.warnings.to_string(),
        "the workbook has 2 sheets; \"Data\" is read (b.xlsx)\n\
         hint: choose another by `sheet` in [data], or `--sheet`: \"About\"\n\
         2 rows were left out before the header in row 4 (b.xlsx, Data, row 1)\n\
         1 row was left out after the data (b.xlsx, Data, row 17)\n\
         1 cell holds the error #N/A; it counts as no data (b.xlsx, Data!D14)"
    );
}

#[test]
fn a_sheet_of_an_open_document() {
    let read = book(ODS, None).expect("a table");
    let table = read.value;
    assert_eq!(table.columns, ["Country", "2002", "2007", "growth", "read on", "complete"]);
    assert_eq!(table.len(), 11);
    assert_eq!(
        rows(&table)[1],
        (6, vec!["Bolivia", "63.883", "65.554", "2.61571936195857%", "2024-01-05", "FALSE"])
    );
    assert_eq!(table.cell(3, 0), "Chile");
    assert_eq!(table.place(3, 3).to_string(), "b.xlsx, Años 2002–2007!D8");
    assert_eq!(
        read.warnings.to_string(),
        "1 row was left out before the header in row 4 (b.xlsx, Años 2002–2007, row 1)\n\
         1 row was left out after the data (b.xlsx, Años 2002–2007, row 16)"
    );
}

#[test]
fn formulas_of_a_workbook_that_excel_wrote_give_their_saved_values() {
    let read = book(EXCEL, Some("sheet to read from")).expect("a table");
    assert_eq!(read.value.columns, ["Column Header"]);
    assert_eq!(read.value.cells(0).collect::<Vec<_>>(), ["11", "22", "ABCdef", "ABCdef", "ABCdef"]);
    assert_eq!(read.warnings.to_string(), "");
}

#[test]
fn a_sheet_is_named_or_numbered() {
    for name in ["Notes", "notes ", "3"] {
        assert_eq!(book(XLSX, Some(name)).expect(name).value.columns, ["country", "note"], "{name}");
    }
    assert_eq!(
        fault(XLSX, Some("Dta")),
        "there is no sheet \"Dta\" (b.xlsx)\nhint: did you mean \"Data\"?\nhint: its sheets are \"About\", \"Data\", \"Notes\""
    );
    assert!(fault(XLSX, Some("9")).starts_with("there is no sheet \"9\""));
    assert_eq!(book(XLSX, Some("About")).map(|read| read.value.len()), Ok(1));
}

#[test]
fn values_that_were_not_saved_are_told() {
    let sheet = changed(XLSX, "sheet2.xml", |text| {
        let at = text.find("<f>D5-C5</f>").expect("a formula");
        let end = at + text[at..].find("</c>").expect("its end");
        format!("{}<f>D5-C5</f>{}", &text[..at], &text[end..])
    });
    let told = book(&sheet, Some("Data")).expect("a table").warnings.to_string();
    assert!(
        told.contains(
            "1 cell holds a formula whose value was not saved; it counts as no data (b.xlsx, Data!E5)"
        ),
        "{told}"
    );
}

#[test]
fn broken_and_hostile_workbooks_are_refused_and_nothing_runs_away() {
    let promise = changed(XLSX, "sharedStrings.xml", |text| {
        text.replace("uniqueCount=\"", "uniqueCount=\"99999999999")
    });
    assert!(fault(&promise, None).starts_with("the workbook is damaged: it promises too many strings"));
    let cut = changed(ODS, "content.xml", |text| {
        text[..text.rfind("</table:table-row>").expect("a row")].to_owned()
    });
    assert!(fault(&cut, None).starts_with("the workbook is damaged: it ends in the middle"));
    let cut = changed(XLSX, "sheet2.xml", |text| text[..text.len() / 2].to_owned());
    assert!(fault(&cut, Some("Data")).starts_with("the workbook is damaged"));
    let many = "<table:table-row table:number-rows-repeated=\"999999999\"><table:table-cell table:number-columns-repeated=\"9999\" ";
    let repeated =
        changed(ODS, "content.xml", |text| text.replace("<table:table-row><table:table-cell ", many));
    assert!(fault(&repeated, None).contains("it has more than 20 million cells"));
    for reference in ["XFE5", "A1048577", "ZZZZZZZZZ5", "B99999999999", "5", "B", "é1"] {
        let far = changed(XLSX, "sheet2.xml", |text| text.replace("r=\"B6\"", &format!("r=\"{reference}\"")));
        assert!(book(&far, Some("Data")).is_err(), "{reference}");
    }
    let wide = changed(XLSX, "sheet2.xml", |text| text.replace("r=\"H6\"", "r=\"XFD6\""));
    assert_eq!(book(&wide, Some("Data")).map(|read| read.value.len()), Ok(11));
    let dimension =
        changed(XLSX, "sheet2.xml", |text| text.replace("ref=\"B1:H17\"", "ref=\"ZZZZZZ99999999999:A1\""));
    assert_eq!(book(&dimension, Some("Data")).map(|read| read.value.len()), Ok(11));
    assert!(fault(b"PK\x03\x04", None).starts_with("the workbook is damaged"));
    assert!(fault(&changed(XLSX, ".xml", |_| String::new()), None).starts_with("the workbook is damaged"));
    let mut other = ZipWriter::new(Cursor::new(Vec::new()));
    other.start_file("a.csv", SimpleFileOptions::default()).expect("started");
    let other = other.finish().expect("finished").into_inner();
    assert!(fault(&other, None).starts_with("the file is a zip archive without a workbook in it"));
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused() {
    let styles = changed(XLSX, "styles.xml", |text| text + &" ".repeat(21_000_000));
    assert!(fault(&styles, None).starts_with("the workbook is too large"));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]

    /// Whatever bytes of a workbook are overwritten, reading it ends in a table or an error.
    #[test]
    fn no_workbook_panics(which in proptest::bool::ANY, changes in proptest::collection::vec((0..8000_usize, proptest::num::u8::ANY), 1..20)) {
        let part = if which { "sheet2.xml" } else { "content.xml" };
        let bytes = if which { XLSX } else { ODS };
        let broken = changed(bytes, part, |text| {
            let mut bytes = text.into_bytes();
            for (at, byte) in &changes {
                let at = at % bytes.len();
                bytes[at] = byte & 0x7f;
            }
            String::from_utf8_lossy(&bytes).into_owned()
        });
        let _ = book(&broken, None);
        // and the archive itself
        let mut raw = bytes.to_vec();
        for (at, byte) in &changes {
            let at = at % raw.len();
            raw[at] = *byte;
        }
        let _ = book(&raw, None);
    }
}
