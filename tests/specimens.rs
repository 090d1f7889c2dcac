//! Every form of legend is on the specimen sheet, and each map file of the sheet is drawn without a warning.

mod support;

use std::collections::BTreeSet;
use std::fs;

use pressmap::diagnostic::{Diagnostic, Result};
use pressmap::specimen::{LEGENDS, table};
use pressmap::{Files, Job};
use support::root;

struct Bundled;

impl Files for Bundled {
    fn read(&self, name: &str) -> Result<Vec<u8>> {
        let text = table(name).ok_or_else(|| Diagnostic::error(format!("no table {name}")))?;
        Ok(text.as_bytes().to_vec())
    }
}

#[test]
fn the_sheet_shows_what_the_folder_holds() {
    let folder = fs::read_dir(root().join("examples/legends")).expect("examples/legends");
    let files = folder.map(|entry| entry.expect("an entry").path());
    let maps = files.filter(|path| path.extension().is_some_and(|ending| ending == "toml"));
    let stored: BTreeSet<String> =
        maps.map(|path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned()).collect();
    let shown: BTreeSet<String> = LEGENDS.iter().map(|legend| legend.name.to_owned()).collect();
    assert_eq!(stored, shown);
}

#[test]
fn every_form_that_a_map_file_can_ask_for_is_on_the_sheet() {
    let schema = pressmap::spec::map_schema();
    let forms = schema.pointer("/$defs/LegendFormSpec/oneOf").and_then(|forms| forms.as_array());
    let forms = forms.expect("the forms are in the schema");
    assert!(forms.len() > 5);
    for form in forms.iter().filter_map(|form| form["const"].as_str()) {
        // these come of themselves
        if !["auto", "list", "steps"].contains(&form) {
            let asked = format!("\"{form}\"");
            assert!(LEGENDS.iter().any(|legend| legend.map.contains(&asked)), "none has form = {asked}");
        }
    }
}

#[test]
fn the_figures_of_the_sheet_warn_of_nothing() {
    for legend in LEGENDS {
        let job = Job { name: legend.name, text: legend.map, overrides: &[], allow_unmatched: false };
        let figure = pressmap::draw(&job, &Bundled).expect("it is drawn");
        assert!(figure.warnings.0.is_empty(), "{}: {:?}", legend.name, figure.warnings);
        assert!(legend.map.starts_with("# ") && legend.about().ends_with('.'), "{}", legend.name);
    }
}
