//! Parts of a table: pointers, filters, periods, and the marks of numbers.

use super::*;

const GAPMINDER: &[u8] = include_bytes!("../../../tests/tables/gapminder-long.csv");

fn with(file: &str, bytes: &[u8], options: &TableOptions) -> Result<Warned<Table>> {
    read(file, bytes, Form::of(file), options)
}

fn filtered(text: &str) -> Result<Table> {
    let options = TableOptions { filter: Filter::Expression(text.to_owned()), ..TableOptions::default() };
    with("g.csv", GAPMINDER, &options).map(|read| read.value)
}

fn at_period(bytes: &[u8], when: Option<&str>, at: Option<&str>) -> Result<Warned<Table>> {
    let own = |text: Option<&str>| text.map(str::to_owned);
    with("g.csv", bytes, &TableOptions { when: own(when), at: own(at), ..TableOptions::default() })
}

fn fault<T>(result: Result<T>) -> String {
    result.map(|_| "no fault").expect_err("a fault").to_string()
}

#[test]
fn expressions_pick_rows() {
    let count = |text: &str| filtered(text).unwrap_or_else(|error| panic!("{text}: {error}")).len();
    assert_eq!(count("year = 2007"), 142);
    assert_eq!(count("year == 2007 AND continent = africa"), 52);
    assert_eq!(count("year != 1952 and continent in (Africa, 'Asia')"), 85);
    assert_eq!(count("year = 2007 and continent not in (Africa, Asia)"), 57);
    assert_eq!(count("not (year = 2007 or continent = Africa)"), 90);
    assert_eq!(count("year = 2007 and pop >= 1000000000"), 2);
    assert_eq!(count("\"gdpPercap\"<500 and year=2007"), 4);
    assert_eq!(count("country = \"Bosnia and Herzegovina\" or country = Sri Lanka"), 4);
    assert_eq!(count("country < b and year ≤ 1952"), 7);
}

#[test]
fn an_expression_that_is_none_says_where() {
    let said = |text: &str| fault(filtered(text));
    assert!(
        said("year 2007").starts_with("the filter is not understood at its end: here =, !=, <, <=, >, >= or")
    );
    assert!(
        said("year = 2007 and")
            .starts_with("the filter is not understood at its end: here the name of a column")
    );
    assert!(said("(year = 2007").contains("here `)` should come"));
    assert!(said("year = 2007 )").starts_with("the filter is not understood at character 13, `)`"));
    assert!(said("year = \"2007").contains("at character 8, `\"2007`: a quote is opened here"));
    assert!(said("yaer = 2007").contains("did you mean \"year\"?"));
    assert!(said("year = 2008").starts_with(
        "no row is left where \"year\" is \"2008\" (g.csv)\nhint: \"year\" holds \"1952\", \"2007\""
    ));
    assert!(said(&"(".repeat(100_000)).contains("too deep"));
    assert!(said("").contains("not understood"));
}

#[test]
fn comparisons_know_how_a_column_writes_its_numbers() {
    let text = "c;v\nPeru;1.234,5\nChile;999,5\nBrazil;..\n";
    let options = |filter: &str| TableOptions {
        filter: Filter::Expression(filter.to_owned()),
        ..TableOptions::default()
    };
    let kept = with("a.csv", text.as_bytes(), &options("v > 1000")).expect("rows").value;
    assert_eq!(rows(&kept), [(2, vec!["Peru", "1.234,5"])]);
    let unclear = with("a.csv", b"c,v\nPeru,\"1,234\"\n", &options("v > 1"));
    assert!(fault(unclear).starts_with("\"1,234\" may be 1234 or 1.234 (a.csv:2, v)"));
}

#[test]
fn one_period_of_a_long_table() {
    let kept = |when, at| {
        at_period(GAPMINDER, when, at)
            .map(|read| (read.value.len(), read.value.cell(0, 2).to_owned(), read.warnings.0.len()))
    };
    let year = |year: &str, warnings| Ok((142, year.to_owned(), warnings));
    assert_eq!(kept(Some("2007"), None), year("2007", 0));
    assert_eq!(kept(None, Some("1952")), year("1952", 0));
    assert_eq!(kept(Some("year"), Some("1952")), year("1952", 0));
    assert_eq!(kept(Some("year"), None), year("2007", 1));
    let told = at_period(GAPMINDER, Some("year"), None).expect("reads").warnings.to_string();
    assert!(
        told.starts_with("\"year\" has 2 periods, 1952 to 2007; the latest, 2007, is shown (g.csv)"),
        "{told}"
    );
    assert!(
        fault(at_period(GAPMINDER, Some("2008"), None)).starts_with("no row has \"2008\" in column \"year\"")
    );
    assert!(fault(at_period(GAPMINDER, Some("yaer"), None)).contains("did you mean \"year\""));
    assert!(
        fault(at_period(b"c,v\nPeru,1\n", None, Some("2007"))).starts_with("no column of periods is found")
    );
    assert!(
        fault(at_period(b"c,2006,2007\nPeru,1,2\n", Some("2007"), None))
            .contains("show it by `--value 2007`")
    );
}

#[test]
fn rows_that_are_left_out_still_tell_how_numbers_are_written() {
    let text = "c,year,v\nPeru,2002,69.9\nPeru,2007,71.421\nChile,2007,78.553\n";
    let read = at_period(text.as_bytes(), Some("2007"), None).expect("reads").value;
    assert_eq!(read.decimal_mark(2).map(|mark| mark.value), Ok('.'));
}

#[test]
fn a_scant_last_period_is_passed_over_and_days_need_an_order() {
    let text = "c,date,v\nPeru,2020-01-01,1\nChile,2020-01-01,2\nBrazil,2020-01-01,3\nPeru,2020-02-01,4\n";
    let read = at_period(text.as_bytes(), Some("date"), None).expect("reads");
    assert_eq!(read.value.len(), 3);
    assert!(
        read.warnings.to_string().contains("2020-01-01 is shown, since the later one has only 1 rows"),
        "{}",
        read.warnings
    );
    let german = "c,Stichtag,v\nPeru,05.03.2020,1\nPeru,06.03.2020,2\n";
    let said = fault(at_period(german.as_bytes(), Some("Stichtag"), None));
    assert!(said.starts_with("which period is the latest cannot be told: \"05.03.2020\""), "{said}");
    assert_eq!(
        at_period(german.as_bytes(), Some("Stichtag"), Some("06.03.2020")).map(|read| read.value.len()),
        Ok(1)
    );
}

#[test]
fn a_year_finds_its_column() {
    let table = quiet("a.csv", "c,2009 [YR2009],2010 [YR2010]\nPeru,1,2\n");
    assert_eq!(table.column("2010"), Ok(2));
    assert_eq!(quiet("a.csv", "c,X2009,X2010\nPeru,1,2\n").column("2009"), Ok(1));
    assert!(quiet("a.csv", "c,X2010,Y2010\nPeru,1,2\n").column("2010").is_err());
    assert!(table.column("2011").is_err());
}

#[test]
fn a_pointer_finds_the_table_and_its_lack_is_told() {
    let pointed = |text: &str, pointer: &str| {
        let options = TableOptions { pointer: Some(pointer.to_owned()), ..TableOptions::default() };
        with("a.json", text.as_bytes(), &options).map(|read| read.value)
    };
    let text = "{\"meta\":{\"n\":1},\"data\":[{\"a/b~c\":[{\"c\":\"Peru\",\"v\":3},\n{\"c\":\"Chile\",\"v\":4}]}],\"tags\":[{\"x\":1}]}";
    let table = pointed(text, "/data/0/a~1b~0c").expect("a table");
    assert_eq!(rows(&table), [(1, vec!["Peru", "3"]), (2, vec!["Chile", "4"])]);
    assert_eq!(pointed(text, "#/data/0/a~1b~0c").map(|table| table.len()), Ok(2));
    assert!(fault(pointed(text, "/dta")).contains("did you mean `/data`?"));
    assert!(fault(pointed(text, "data")).contains("a pointer begins with a slash"));
    assert!(fault(pointed(text, "/data/1")).starts_with("`/data` is a list of 1 items, and has no item `1`"));
    assert!(fault(pointed(text, "/meta/n")).contains("a single value"));
    let lost = |text: &str| refused("a.json", text.as_bytes());
    assert!(lost(text).contains("hint: say where it lies: `--pointer /data`"), "{}", lost(text));
    let nested = lost("{\"response\":{\"page\":1,\"data\":[{\"c\":\"Peru\"}]}}");
    assert!(nested.contains("`--pointer /response/data`"), "{nested}");
    // as the World Bank answers
    assert!(lost("[{\"page\":1},[{\"c\":\"Peru\",\"v\":3}]]").contains("`--pointer /1`"));
}

#[test]
fn json_on_standard_input_is_seen_by_its_first_letter() {
    assert_eq!(quiet("-", " [{\"c\":\"Peru\"}]").columns, ["c"]);
    assert_eq!(quiet("-", "c\n[Peru]\n").len(), 1);
}

#[test]
fn other_columns_settle_a_mark_and_it_is_told() {
    let mark =
        |text: &str| quiet("a.csv", text).decimal_mark(1).map(|mark| (mark.value, mark.warnings.to_string()));
    let (point, told) = mark("c,v,w\nPeru,\"1,234\",2.5\n").expect("settled");
    assert_eq!(point, '.');
    assert!(
        told.starts_with(
            "\"1,234\" is read as 1234, since \"2.5\" in column \"w\" can only be read so (a.csv:2, v)"
        ),
        "{told}"
    );
    // programs write positions with a point whatever the country
    let said = fault(mark("c,v,lat\nPeru,\"1,234\",-12.5\n"));
    assert!(said.contains("--decimal \",\"` reads 1.234"), "{said}");
    assert!(mark("c,v,w,x1\nPeru,\"1,234\",2.5,\"2,5\"\n").is_err());
}

#[test]
fn encodings_go_by_the_names_that_people_use() {
    for label in ["latin-1", "Latin1", "ISO-8859-1", "cp1252", "windows_1252", "ANSI"] {
        let options = TableOptions { encoding: Some(label.to_owned()), ..TableOptions::default() };
        let table = with("a.csv", b"pa\xeds,v\nPer\xfa,1\n", &options).expect(label).value;
        assert_eq!((table.columns[0].as_str(), table.cell(0, 0)), ("país", "Perú"), "{label}");
    }
    let options = TableOptions { encoding: Some("utf16le".to_owned()), ..TableOptions::default() };
    let bytes: Vec<u8> = "c,v\nPeru,1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(with("a.csv", &bytes, &options).map(|read| read.value.len()), Ok(1));
}

#[test]
fn a_typed_list_knows_its_characters() {
    let listed = |text: &str| {
        read(PRESENCE, text.as_bytes(), Form::of(PRESENCE), &TableOptions::default()).map(|read| read.value)
    };
    let table = listed("Venezuela: origin;  Korea, Rep., Peru: established;").expect("a list");
    assert_eq!(
        rows(&table),
        [(1, vec!["Venezuela", "origin"]), (21, vec!["Korea, Rep., Peru", "established"])]
    );
    assert_eq!(table.place(1, 0).to_string(), "--presence:1:21");
    assert_eq!(listed("Peru; Chile\nBrazil").map(|table| (table.columns.len(), table.len())), Ok((1, 3)));
    assert!(
        fault(listed("Perú: a; Chile"))
            .starts_with("\"Chile\" has no value, where others have one (--presence:1:10)")
    );
    assert!(fault(listed("Peru: a; : b")).starts_with("before the colon stands no place (--presence:1:10)"));
    assert!(fault(listed(" ; ")).starts_with("the list is empty"));
}

proptest::proptest! {
    /// Whatever is typed as a filter, reading it ends in a table or an error.
    #[test]
    fn no_filter_panics(text in "[a-z\"'()=<>!, éor andnotin0-9.]{0,60}") {
        let _ = filtered(&text);
    }

    #[test]
    fn no_list_panics(text in "[A-Za-z:;,= é\n]{0,60}") {
        let _ = read(PRESENCE, text.as_bytes(), Form::Presence, &TableOptions::default());
    }
}
