//! Every name that the upstream sources give to a place finds that place, or is on the reviewed list.
//!
//! `tests/names/upstream.tsv.gz` holds all names of CLDR 48 (Unicode-3.0), i18n-iso-countries 7 and django-countries 9
//! (both MIT) for the languages that the recipe takes: lines of code, name, language and source, written by
//! `data/recipe/places.py`. Debian's iso-codes (LGPL) is not bundled, nor is any of its names taken over: they are
//! read from where the package is installed (`apt-get install iso-codes`), or from the folder in
//! `PRESSMAP_ISO_CODES`, and without it that test says that it was left out. `PRESSMAP_REQUIRE_ISO_CODES` makes this
//! a failure.
//!
//! `tests/names/reviewed.csv` lists what is wrong upstream, or spelled in a way that only that source has, and why;
//! `data/ambiguous.csv` what is several. What it says of iso-codes names the field and not the name.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use pressmap::atlas::{Atlas, Level, Lookup};

/// A name that a source gives to a code.
struct Upstream {
    code: String,
    name: String,
    source: String,
    /// What the reviewed list has in its column of names: the name, or language and field.
    listed: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The code that a name leads to, or what else becomes of it.
fn found(name: &str) -> String {
    match Atlas::bundled().lookup(name, Level::Country) {
        Lookup::One(id, _) => Atlas::bundled().place(id).code.to_string(),
        Lookup::Many(_) => "several".to_owned(),
        Lookup::Aggregate => "a group".to_owned(),
        Lookup::Unknown => "unknown".to_owned(),
    }
}

/// Cells of some columns of a table of the repository.
fn listed<const N: usize>(file: &str, columns: [usize; N]) -> BTreeSet<[String; N]> {
    let mut table = csv::Reader::from_path(root().join(file)).expect("a table");
    let rows = table.records().map(|row| row.expect("a row"));
    rows.map(|row| columns.map(|at| row.get(at).expect("a cell").to_owned())).collect()
}

/// Checks names, and that what the list says of their sources is still so.
fn check(names: &[Upstream], sources: &[&str]) {
    let reviewed: BTreeSet<(String, String)> = listed("tests/names/reviewed.csv", [0, 1, 2, 3])
        .into_iter()
        .filter(|[source, ..]| sources.contains(&source.as_str()))
        .map(
            |[source, lang, code, name]| {
                if source == "iso-codes" { (code, format!("{lang} {name}")) } else { (code, name) }
            },
        )
        .collect();
    let mut wrong_and_listed = BTreeSet::new();
    let several: BTreeSet<String> =
        listed("data/ambiguous.csv", [0]).into_iter().map(|[name]| name.to_lowercase()).collect();
    let mut wrong = Vec::new();
    for Upstream { code, name, source, listed } in names {
        let found = found(name);
        let is_several = found == "several" && several.contains(&name.to_lowercase());
        if found == *code || is_several {
            continue;
        }
        let entry = (code.clone(), listed.clone());
        if reviewed.contains(&entry) {
            wrong_and_listed.insert(entry);
        } else {
            wrong.push(format!("{source}: {name} is {found}, not {code}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} names:\n{}", wrong.len(), names.len(), wrong.join("\n"));
    let right: Vec<_> = reviewed.difference(&wrong_and_listed).collect();
    assert!(right.is_empty(), "right or gone by now, take off the list: {right:?}");
}

#[test]
fn names_of_the_bundled_sources() {
    let packed = std::fs::read(root().join("tests/names/upstream.tsv.gz")).expect("the list");
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut text).expect("a gzip");
    let names: Vec<Upstream> = text
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let source = format!("{} {}", cells[3], cells[2]);
            let name = cells[1].to_owned();
            Upstream { code: cells[0].to_owned(), listed: name.clone(), name, source }
        })
        .collect();
    assert!(names.len() > 18_000, "{}", names.len());
    check(&names, &["cldr", "i18n-iso-countries", "django-countries"]);
}

#[test]
fn names_of_debian_iso_codes() {
    let given = std::env::var_os("PRESSMAP_ISO_CODES").map(PathBuf::from);
    let share = given.unwrap_or_else(|| PathBuf::from("/usr/share"));
    let Ok(json) = std::fs::read(share.join("iso-codes/json/iso_3166-1.json")) else {
        assert!(
            std::env::var_os("PRESSMAP_REQUIRE_ISO_CODES").is_none(),
            "iso-codes is not in {}",
            share.display()
        );
        eprintln!("left out: iso-codes is not in {}", share.display());
        return;
    };
    let entries: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    let mut names = Vec::new();
    let languages = [
        "en", "es", "fr", "pt", "pt_BR", "de", "it", "nl", "ru", "ar", "zh_CN", "zh_TW", "zh_HK", "ja", "hi",
        "tr",
    ];
    for language in languages {
        let translations = messages(&share.join(format!("locale/{language}/LC_MESSAGES/iso_3166-1.mo")));
        for entry in entries["3166-1"].as_array().expect("a list") {
            for field in ["name", "official_name", "common_name"] {
                let Some(english) = entry[field].as_str() else { continue };
                let name = translations.iter().find(|(from, _)| from == english).map(|(_, to)| to.as_str());
                let name = if language == "en" { Some(english) } else { name };
                names.extend(name.map(|name| Upstream {
                    code: entry["alpha_3"].as_str().expect("a code").to_owned(),
                    name: name.to_owned(),
                    source: format!("iso-codes {language} {field}"),
                    listed: format!("{language} {field}"),
                }));
            }
        }
    }
    assert!(names.len() > 400, "{}", names.len());
    check(&names, &["iso-codes"]);
}

/// The messages of a compiled gettext catalogue (GNU gettext manual, "The Format of GNU MO Files").
fn messages(path: &Path) -> Vec<(String, String)> {
    let Ok(bytes) = std::fs::read(path) else { return Vec::new() };
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize;
    assert_eq!(word(0), 0x9504_12de, "{}", path.display());
    let (count, from, to) = (word(8), word(12), word(16));
    let text = |table: usize, k: usize| {
        let (length, at) = (word(table + 8 * k), word(table + 8 * k + 4));
        String::from_utf8_lossy(&bytes[at..at + length]).into_owned()
    };
    (0..count)
        .map(|k| (text(from, k), text(to, k)))
        .filter(|(from, to)| !from.is_empty() && !to.is_empty())
        .collect()
}
