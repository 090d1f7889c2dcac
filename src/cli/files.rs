//! Reading files: a map file or a table as typed, and the files that a map file names.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use pressmap::Files;
use pressmap::diagnostic::{Diagnostic, Diagnostics, Place, Result as OneResult, nearest};
use pressmap::strict::Override;
use pressmap::table::PRESENCE;
use toml::Value;

use super::flags::TableFlags;
use super::usage;

/// Name of standard input.
pub const STDIN: &str = "-";

/// Endings of tables.
const TABLES: [&str; 12] =
    ["csv", "tsv", "tab", "txt", "json", "ndjson", "jsonl", "geojson", "xlsx", "xlsm", "xls", "ods"];

/// Files beside a map file.
#[derive(Default)]
pub struct Beside {
    folder: PathBuf,
    /// What was read from standard input.
    piped: Option<Vec<u8>>,
    /// What was typed as a list of places.
    typed: Option<String>,
    /// A borders file named on the command line: it lies where the user stands, as do its parts.
    here: Option<String>,
}

impl Files for Beside {
    fn read(&self, name: &str) -> OneResult<Vec<u8>> {
        match (&self.piped, &self.typed, name) {
            (Some(bytes), _, STDIN) => Ok(bytes.clone()),
            (_, Some(text), PRESENCE) => Ok(text.clone().into_bytes()),
            _ => {
                let here = self.here.as_deref().is_some_and(|file| name == file || is_part(name, file));
                let path = if here { PathBuf::from(name) } else { self.folder.join(name) };
                read(&path, name)
            }
        }
    }
}

/// Whether `name` is a part of the shapefile `file`.
fn is_part(name: &str, file: &str) -> bool {
    let split =
        |path: &str| path.rsplit_once('.').map(|(stem, ending)| (stem.to_owned(), ending.to_lowercase()));
    match (split(name), split(file)) {
        (Some((stem, part)), Some((whole, ending))) => {
            ending == "shp" && stem == whole && ["dbf", "prj", "cpg"].contains(&part.as_str())
        }
        _ => false,
    }
}

/// What was typed as INPUT, read.
pub struct Input {
    /// Its name as typed.
    pub name: String,
    /// The map file's text; empty for a table.
    pub text: String,
    /// Keys that follow from the input itself (`data.file`).
    pub overrides: Vec<Override>,
    /// The files it may name.
    pub files: Beside,
    /// The figure's name without folder and ending.
    pub stem: String,
    /// The paths that must not be overwritten.
    pub sources: Vec<PathBuf>,
}

impl Input {
    /// Reads what was typed: INPUT, a list of places, or both, where the list takes the place of the map file's table.
    pub fn typed(name: Option<&str>, table: &TableFlags) -> Result<Input, Diagnostics> {
        let mut input = Input::of(name, table.presence.as_deref())?;
        input.files.here = table.borders.clone();
        Ok(input)
    }

    fn of(name: Option<&str>, presence: Option<&str>) -> Result<Input, Diagnostics> {
        let Some(text) = presence else {
            let missing =
                || usage("INPUT is missing").hint("name a map file or a table, or write --presence");
            return Input::open(name.ok_or_else(missing)?);
        };
        let files = Beside { typed: Some(text.to_owned()), ..Beside::default() };
        let Some(name) = name else {
            return Ok(Input { stem: "map".to_owned(), ..Input::table(PRESENCE, files) });
        };
        let input = Input::open(name)?;
        if input.text.is_empty() {
            let one = usage(format!("both {name} and --presence give a table"));
            return Err(one.hint("leave one of them out; --presence goes with a map file").into());
        }
        let folder = input.files.folder.clone();
        let overrides = Input::table(PRESENCE, Beside::default()).overrides;
        Ok(Input { files: Beside { folder, ..files }, overrides, ..input })
    }

    /// Reads INPUT: a map file (`.toml`), a table, or `-`.
    pub fn open(name: &str) -> Result<Input, Diagnostics> {
        let path = Path::new(name);
        let stem =
            path.file_stem().map_or_else(|| "map".to_owned(), |stem| stem.to_string_lossy().into_owned());
        if name == STDIN {
            let mut bytes = Vec::new();
            let read = std::io::stdin().lock().read_to_end(&mut bytes);
            read.map_err(|error| Diagnostic::error(format!("standard input cannot be read: {error}")))?;
            let files = Beside { piped: Some(bytes), ..Beside::default() };
            return Ok(Input { stem: "map".to_owned(), ..Input::table(name, files) });
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("toml") => Input::map(name, path, stem),
            Some(ending) if TABLES.contains(&ending) => {
                Ok(Input { stem, sources: vec![path.to_owned()], ..Input::table(name, Beside::default()) })
            }
            _ => {
                read(path, name)?;
                let one = Diagnostic::usage(format!("{name} is neither a map file nor a table by its name"));
                Err(one
                    .hint(
                        "map files end in .toml; tables in .csv, .tsv, .txt, .json, .geojson, .xlsx or .ods",
                    )
                    .into())
            }
        }
    }

    fn map(name: &str, path: &Path, stem: String) -> Result<Input, Diagnostics> {
        let bytes = read(path, name)?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let line =
                error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count()
                    + 1;
            Diagnostic::error("a map file must be UTF-8 text")
                .at(Place::line(name, line))
                .hint("save it as UTF-8")
        })?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        Ok(Input {
            name: name.to_owned(),
            text,
            overrides: Vec::new(),
            files: Beside { folder, ..Beside::default() },
            stem,
            sources: vec![path.to_owned()],
        })
    }

    fn table(name: &str, files: Beside) -> Input {
        let file = Override {
            key: "data.file".to_owned(),
            value: Value::String(name.to_owned()),
            flag: name.to_owned(),
        };
        Input {
            name: name.to_owned(),
            text: String::new(),
            overrides: vec![file],
            files,
            stem: String::new(),
            sources: Vec::new(),
        }
    }
}

/// The bytes of `path`, which the user calls `name`.
pub fn read(path: &Path, name: &str) -> OneResult<Vec<u8>> {
    fs::read(path).map_err(|error| {
        let reason = match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
            std::io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
            std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
            _ => error.to_string(),
        };
        let one = Diagnostic::error(format!("{name} cannot be opened: {reason}"));
        Box::new(match nearby(path) {
            Some(near) if error.kind() == std::io::ErrorKind::NotFound => {
                one.hint(format!("did you mean {near}?"))
            }
            _ => one,
        })
    })
}

/// A file in the same folder whose name is nearly the same.
fn nearby(path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_string_lossy().into_owned();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = fs::read_dir(folder).ok()?;
    let mut names: Vec<String> = entries
        .take(2000)
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .collect();
    names.sort_unstable();
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    let near = nearest(&wanted, &known)?;
    Some(path.with_file_name(near).display().to_string())
}
