//! Every folder of `tests/cases/` is a case: what a user types, and what comes of it.
//!
//! A case holds `command` (a line each command, as typed in that folder; `< file` feeds standard input), its
//! input files, and references: `expected.code` (0 without it), `expected.stderr`, `expected.stdout`,
//! `expected.svg` or `expected.png` for the one figure of that kind that is written, and `expected.files`, the
//! names of all other files that are written or changed. What has no reference must not come about, and every
//! reference must be met. Only a case called `warn-…` or `error-…` may say anything on standard error.
//!
//! `BLESS=1 cargo test --test cases` writes the references and then fails. A case that fails leaves
//! `expected | difference | actual` in `target/case-failures/`.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Failed, Trial};
use resvg::tiny_skia::Pixmap;
use support::{blessing, failures, root, side_by_side, well_formed};

/// References are read in reviews: the largest one, in bytes.
const LARGEST: usize = 20 * 1024;
/// No case may run longer; most take a hundredth of it in a debug build.
const LONGEST: Duration = Duration::from_secs(120);
/// The references a case can have.
const REFERENCES: [&str; 6] =
    ["expected.code", "expected.files", "expected.png", "expected.stderr", "expected.stdout", "expected.svg"];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let folder = root().join("tests/cases");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(&folder).expect("tests/cases").map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    let trials = cases.into_iter().map(|case| Trial::test(name(&case), move || check(&case)));
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    if blessing() && !arguments.list {
        eprintln!("BLESS=1 wrote the references: look at them (git diff tests/cases), then test without it");
        return ExitCode::from(101);
    }
    conclusion.exit_code()
}

fn name(case: &Path) -> String {
    case.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn check(case: &Path) -> Result<(), Failed> {
    let left_behind = failures(&name(case));
    let outcome = Outcome::of(case)?;
    outcome.lint(&name(case))?;
    let actual = outcome.references()?;
    if blessing() {
        return bless(case, &actual);
    }
    let faults = compare(case, &actual);
    if faults.is_empty() {
        return Ok(());
    }
    outcome.leave(case, &actual, &left_behind);
    Err(format!("{faults}\nwhat came out: {}", left_behind.display()).into())
}

/// What a case's commands did.
struct Outcome {
    code: i32,
    stdout: Vec<u8>,
    stderr: String,
    /// Files that are new or changed, by their path in the case's folder.
    written: BTreeMap<String, Vec<u8>>,
}

impl Outcome {
    fn of(case: &Path) -> Result<Outcome, Failed> {
        let scratch = tempfile::tempdir()?;
        let folder = scratch.path().join("case");
        copy(case, &folder)?;
        let before = files(&folder)?;
        let typed = fs::read_to_string(case.join("command")).map_err(|e| format!("`command`: {e}"))?;
        let mut outcome =
            Outcome { code: 0, stdout: Vec::new(), stderr: String::new(), written: BTreeMap::new() };
        for line in typed.lines().filter(|line| !line.trim().is_empty()) {
            outcome.run(line, &folder, scratch.path())?;
            if outcome.code != 0 {
                break;
            }
        }
        let after = files(&folder)?;
        if let Some(lost) = before.keys().find(|path| !after.contains_key(*path)) {
            return Err(format!("{lost} was removed").into());
        }
        outcome.written = after.into_iter().filter(|(path, bytes)| before.get(path) != Some(bytes)).collect();
        Ok(outcome)
    }

    /// Runs one line as typed.
    fn run(&mut self, line: &str, folder: &Path, scratch: &Path) -> Result<(), Failed> {
        let mut words = shlex::split(line).ok_or("`command`: a quote is not closed")?;
        let stdin = words.iter().position(|word| word == "<").map(|at| words.split_off(at));
        let stdin = match stdin.as_deref() {
            None => Stdio::null(),
            Some([_, file]) => File::open(folder.join(file)).map_err(|e| format!("{file}: {e}"))?.into(),
            Some(_) => return Err("`command`: < takes one file, at the end".into()),
        };
        if words.first().is_none_or(|word| word != "pressmap") {
            return Err("`command` does not begin with pressmap".into());
        }
        let (out, err) = (scratch.join("stdout"), scratch.join("stderr"));
        let mut child = support::program(folder)
            .args(&words[1..])
            .stdin(stdin)
            .stdout(File::create(&out)?)
            .stderr(File::create(&err)?)
            .spawn()?;
        let start = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if start.elapsed() > LONGEST {
                child.kill()?;
                return Err(format!("still running after {LONGEST:?}: {line}").into());
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        self.code = status.code().ok_or("the program was killed by a signal")?;
        self.stdout.extend(fs::read(out)?);
        self.stderr.push_str(&fs::read_to_string(err)?);
        Ok(())
    }

    /// What holds for every case, whatever its references say.
    fn lint(&self, name: &str) -> Result<(), Failed> {
        if !(0..=3).contains(&self.code) {
            return Err(format!("exit code {}\n{}", self.code, self.stderr).into());
        }
        let may_speak = name.starts_with("warn-") || name.starts_with("error-");
        if !may_speak && !self.stderr.is_empty() {
            return Err(format!("only warn-… and error-… cases may say anything:\n{}", self.stderr).into());
        }
        if name.starts_with("error-") == (self.code == 0) {
            return Err(format!(
                "a case is called error-… when it fails, but this one ended with {}",
                self.code
            )
            .into());
        }
        if self.code != 0 && self.stderr.is_empty() {
            return Err("it failed without a word".into());
        }
        for (path, bytes) in &self.written {
            if path.ends_with(".svg") {
                well_formed(&text(bytes)).map_err(|fault| format!("{path}: {fault}"))?;
            }
        }
        Ok(())
    }

    /// The references that would be met.
    fn references(&self) -> Result<BTreeMap<&'static str, Vec<u8>>, Failed> {
        let mut all = BTreeMap::new();
        if self.code != 0 {
            all.insert("expected.code", format!("{}\n", self.code).into_bytes());
        }
        if !self.stderr.is_empty() {
            all.insert("expected.stderr", self.stderr.clone().into_bytes());
        }
        if !self.stdout.is_empty() {
            all.insert("expected.stdout", without_fonts(&text(&self.stdout)).into_bytes());
        }
        let mut others = String::new();
        let figures = [("svg", "expected.svg"), ("png", "expected.png")].map(|(ending, reference)| {
            let mut of_kind = self.written.keys().filter(|path| path.ends_with(&format!(".{ending}")));
            (of_kind.next().filter(|_| of_kind.next().is_none()), reference)
        });
        for (path, bytes) in &self.written {
            match figures.iter().find(|(only, _)| *only == Some(path)) {
                Some((_, "expected.svg")) => {
                    all.insert("expected.svg", without_fonts(&text(bytes)).into_bytes());
                }
                Some((_, reference)) => {
                    all.insert(reference, bytes.clone());
                }
                None => writeln!(others, "{path}")?,
            }
        }
        if !others.is_empty() {
            all.insert("expected.files", others.into_bytes());
        }
        match all.iter().find(|(_, bytes)| bytes.len() > LARGEST) {
            Some((reference, bytes)) => Err(format!(
                "{reference} would have {} bytes, more than {LARGEST}: make the case smaller",
                bytes.len()
            )
            .into()),
            None => Ok(all),
        }
    }

    /// Leaves what came out where a person can look at it.
    fn leave(&self, case: &Path, actual: &BTreeMap<&str, Vec<u8>>, folder: &Path) {
        let _ = fs::create_dir_all(folder);
        for (reference, bytes) in actual {
            let _ = fs::write(folder.join(reference.replace("expected", "actual")), bytes);
        }
        for reference in ["expected.svg", "expected.png"] {
            let (Ok(expected), Some(actual)) = (fs::read(case.join(reference)), actual.get(reference)) else {
                continue;
            };
            let picture = |bytes: &[u8]| match reference {
                "expected.svg" => support::rasterise(&text(bytes), 2.0).ok(),
                _ => Pixmap::decode_png(bytes).ok(),
            };
            if let (Some(expected), Some(actual)) = (picture(&expected), picture(actual)) {
                let _ =
                    side_by_side(&expected, &actual).save_png(folder.join("expected-difference-actual.png"));
            }
        }
    }
}

/// Copies a case without its references.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        let told = name.to_string_lossy();
        if path.is_dir() {
            copy(&path, &to.join(&name))?;
        } else if told != "command" && !told.starts_with("expected.") {
            fs::copy(&path, to.join(&name))?;
        }
    }
    Ok(())
}

/// Every file under a folder, by its path in it.
fn files(folder: &Path) -> std::io::Result<BTreeMap<String, Vec<u8>>> {
    let mut all = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(here) = waiting.pop() {
        for entry in fs::read_dir(here)? {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let within = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                all.insert(within, fs::read(&path)?);
            }
        }
    }
    Ok(all)
}

fn bless(case: &Path, actual: &BTreeMap<&str, Vec<u8>>) -> Result<(), Failed> {
    for reference in REFERENCES {
        let path = case.join(reference);
        match actual.get(reference) {
            Some(bytes) if fs::read(&path).is_ok_and(|old| alike(reference, &old, bytes)) => {}
            Some(bytes) => fs::write(path, bytes)?,
            None if path.exists() => fs::remove_file(path)?,
            None => {}
        }
    }
    Ok(())
}

/// Everything that is not as its reference says; empty when all is well.
fn compare(case: &Path, actual: &BTreeMap<&str, Vec<u8>>) -> String {
    let mut faults = String::new();
    let stored: BTreeSet<String> = fs::read_dir(case)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| name.starts_with("expected."))
        .collect();
    for name in &stored {
        if !actual.contains_key(name.as_str()) {
            let _ =
                writeln!(faults, "{name} is there, but nothing came about that it could be compared with");
        }
    }
    for (reference, bytes) in actual {
        match fs::read(case.join(reference)) {
            Ok(expected) if alike(reference, &expected, bytes) => {}
            Ok(expected) => {
                let _ = writeln!(faults, "{reference} differs{}", first_difference(&expected, bytes));
            }
            Err(_) => {
                let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(2000)]);
                let _ = writeln!(faults, "{reference} is missing (BLESS=1 writes it); it would be\n{shown}");
            }
        }
    }
    faults
}

/// PNG may differ by 1 in a channel; all else is equal to the byte.
fn alike(reference: &str, expected: &[u8], actual: &[u8]) -> bool {
    if reference != "expected.png" {
        return expected == actual;
    }
    let (Ok(expected), Ok(actual)) = (Pixmap::decode_png(expected), Pixmap::decode_png(actual)) else {
        return false;
    };
    (expected.width(), expected.height()) == (actual.width(), actual.height())
        && expected.pixels().iter().zip(actual.pixels()).all(|(a, b)| support::distance(*a, *b) <= 1)
}

/// Where two texts differ first: the line, and what stands around there in both.
fn first_difference(expected: &[u8], actual: &[u8]) -> String {
    let (Ok(expected), Ok(actual)) = (std::str::from_utf8(expected), std::str::from_utf8(actual)) else {
        return String::new();
    };
    let same = expected.chars().zip(actual.chars()).take_while(|(a, b)| a == b).count();
    let line = expected.chars().take(same).filter(|c| *c == '\n').count() + 1;
    let around = |text: &str| text.chars().skip(same.saturating_sub(40)).take(160).collect::<String>();
    format!(" in line {line}, here:\n--- expected\n{}\n--- actual\n{}\n---", around(expected), around(actual))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// An SVG without the letters of its fonts, which nobody reads in a review.
fn without_fonts(svg: &str) -> String {
    const START: &str = ";base64,";
    let mut parts = svg.split(START);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_alphanumeric() && !"+/=".contains(c)).unwrap_or(part.len());
        let _ = write!(kept, "{START}…{}", &part[end..]);
    }
    kept
}
