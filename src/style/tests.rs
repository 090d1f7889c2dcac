//! Styles: whole at every width, strict in every key.

use super::*;

fn never(name: &str) -> Result<String, crate::diagnostic::Diagnostics> {
    Err(crate::diagnostic::Diagnostic::error(format!("cannot open {name}")).into())
}

#[test]
fn every_bundled_style_is_whole_at_every_width() {
    for (name, _) in BUNDLED {
        for width in [200.0, 390.0, 1600.0, 10_000.0] {
            let style = load(name, width, &[], &never).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(style.text.source.size.0 >= 8.0, "{name} at {width}: source is too small");
        }
    }
}

#[test]
fn the_packed_default_is_the_file() {
    let file: toml::Table = toml::from_str(BUNDLED[0].1).expect("TOML");
    assert_eq!(*load::default(), file);
}

#[test]
fn a_length_meets_both_ends() {
    let at = |width| load("newsroom", width, &[], &never).map(|style| style.text.title.size.0).unwrap_or(0.0);
    assert!(at(390.0) < at(800.0) && at(800.0) < at(1600.0));
}

#[test]
fn styles_may_not_extend_each_other_in_a_circle() {
    let open =
        |name: &str| Ok(format!("extends = \"{}\"", if name == "a.toml" { "b.toml" } else { "a.toml" }));
    let error = load("a.toml", 1600.0, &[], &open).err().map(|all| all.to_string()).unwrap_or_default();
    assert!(error.contains("circle: a.toml → b.toml → a.toml"), "{error}");
}

#[test]
fn a_misspelt_key_of_a_style_is_named_with_its_line() {
    let open = |_: &str| Ok("[page]\nbackgruond = \"#fff\"\n".to_owned());
    let error = load("mine.toml", 1600.0, &[], &open).err().map(|all| all.to_string()).unwrap_or_default();
    assert_eq!(
        error,
        "`backgruond` is not a key of [page] (mine.toml:2:1, page.backgruond)\nhint: did you mean `background`?"
    );
}
