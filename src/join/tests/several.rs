//! Several values for one place: rows that are striped, cells that are split, columns of yes and no.

use super::*;

fn values(text: &str, options: &JoinOptions) -> Vec<Vec<String>> {
    let join = joined_by(text, options).expect("joins");
    let word = |value: &Value| match value {
        Value::Text(text) => text.to_string(),
        other => format!("{other:?}"),
    };
    join.values.values().map(|value| value.each().iter().map(word).collect()).collect()
}

fn fault(text: &str, options: &JoinOptions) -> String {
    joined_by(text, options).expect_err("a fault").to_string()
}

fn stripe() -> JoinOptions {
    JoinOptions { duplicates: Duplicates::Stripe, ..JoinOptions::default() }
}

fn split() -> JoinOptions {
    JoinOptions { split: Some(";".to_owned()), ..JoinOptions::default() }
}

fn yes_and_no() -> JoinOptions {
    JoinOptions { memberships: vec!["EU".to_owned(), "NATO".to_owned()], ..JoinOptions::default() }
}

#[test]
fn striped_rows_are_kept_side_by_side_each_value_once() {
    let text = "country,value\nPeru,A\nChile,B\nPeru,B\nPeru, a \nPeru,\nChile,b\n";
    assert_eq!(values(text, &stripe()), [vec!["A", "B"], vec!["B"]]);
    // what agrees is one, also where it stands in one cell
    let text = "country,value\nPeru,A;B\nPeru,B; a\nChile,B;;b\nBrazil,-\n";
    assert_eq!(values(text, &split()), [vec!["A", "B"], vec!["B"], vec!["Missing"]]);
    assert_eq!(
        values("country,value\nPeru,A;B\nPeru,C\n", &JoinOptions { split: split().split, ..stripe() }),
        [["A", "B", "C"]]
    );
    let said = joined_by("country,value\nPeru,A;B\nPeru,A\n", &split()).expect("joins");
    assert_eq!(said.conflicts, [(0, 1)]);
}

#[test]
fn first_last_and_sum_know_of_several() {
    let by = |duplicates| JoinOptions { duplicates, split: Some(";".to_owned()), ..JoinOptions::default() };
    let text = "country,value\nPeru,A;B\nPeru,C\n";
    assert_eq!(values(text, &by(Duplicates::First)), [["A", "B"]]);
    assert_eq!(values(text, &by(Duplicates::Last)), [["C"]]);
    assert!(fault(text, &by(Duplicates::Sum)).contains("their values are words"));
}

#[test]
fn numbers_are_striped_only_as_names_of_categories() {
    let text = "country,value\nPeru,1\nChile,2\nPeru,3\n";
    assert!(
        fault(text, &stripe())
            .starts_with("Peru has two numbers, 1 on line 2 and 3 on line 4: stripes show classes"),
        "{}",
        fault(text, &stripe())
    );
    assert_eq!(values("country,value\nPeru,1\nChile,2\nPeru,1.0\n", &stripe()).len(), 2);
    let named = JoinOptions { numbers_are_classes: true, ..stripe() };
    assert_eq!(values(text, &named)[0].len(), 2);
    assert!(
        fault("country,value\nPeru,1;3\nChile,2\n", &split()).starts_with("\"1;3\" holds several numbers")
    );
    assert_eq!(values("country,value\nPeru,1;3\nChile,x\n", &split())[0], ["1", "3"]);
}

#[test]
fn five_values_are_too_many() {
    let text = "country,value\nChile,A\nPeru,A\nPeru,B\nPeru,C\nPeru,D\n";
    let join = joined_by(text, &stripe()).expect("joins");
    assert!(join.crowded.is_empty());
    let join = joined_by(&format!("{text}Peru,E\nPeru,F\n"), &stripe()).expect("joins");
    let said = messages::all(&join, &hand(), false).to_string();
    assert!(said.starts_with("Peru has more than 4 values (\"A\", \"B\", \"C\", \"D\", \"E\")"), "{said}");
}

#[test]
fn columns_of_yes_and_no_are_memberships() {
    let text = "country,EU,NATO,since\nPeru,x,✓,1\nChile,No,1,\nBrazil,YES,,\nNorway,-,0,\n";
    let found = values(text, &yes_and_no());
    assert_eq!(found, [vec!["EU", "NATO"], vec!["NATO"], vec!["EU"], vec![]]);
    let listed = JoinOptions { value: Some("EU, nato".to_owned()), ..JoinOptions::default() };
    assert_eq!(values(text, &listed), found);
    let join = joined_by(text, &listed).expect("joins");
    assert_eq!(join.value_column.as_deref(), Some("EU, NATO"));
    let said = fault("country,EU,NATO\nPeru,x,2004?\nChile,?,x\n", &yes_and_no());
    assert!(
        said.starts_with(
            "\"2004?\" (and 1 more cell) is neither yes nor no, and \"NATO\" is read as a column of"
        ),
        "{said}"
    );
    assert!(fault("country,EU\nPeru,x\n", &yes_and_no()).contains("NATO"));
}

#[test]
fn a_value_of_several_makes_no_row_larger() {
    // a table of a million rows holds a million of them
    assert_eq!(size_of::<Value>(), size_of::<String>());
}
