//! What several test files share: pictures side by side, an SVG as pixels, whether references are to be written.

#![allow(dead_code, reason = "each test file is a crate of its own and uses its part")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::{self, fontdb, roxmltree};

/// The folder that a clone has at its top.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_pressmap");

/// Whether references are to be written: `BLESS=1 cargo test`. The test fails all the same, so that it is
/// never left on.
pub fn blessing() -> bool {
    std::env::var_os("BLESS").is_some_and(|value| !value.is_empty() && value != "0")
}

/// The map files of `examples/`, in the order of their names.
pub fn examples() -> Vec<PathBuf> {
    let folder = root().join("examples");
    let mut all: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("an entry of examples/").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    all.sort();
    assert!(all.len() >= 4, "examples/ holds {} map files", all.len());
    all
}

/// The file's name without folder and ending.
pub fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The program with a bare environment and no standard input, started in `folder`.
pub fn program(folder: &Path) -> std::process::Command {
    let mut command = std::process::Command::new(PROGRAM);
    command.current_dir(folder).stdin(std::process::Stdio::null());
    command
}

/// Runs the program in `folder` and asserts that it ends with `code`; gives stdout and stderr.
#[track_caller]
pub fn run(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let output = program(folder).args(arguments).output().expect("the program starts");
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "pressmap {}\n{stderr}", arguments.join(" "));
    (String::from_utf8_lossy(&output.stdout).into_owned(), stderr)
}

/// A folder for what a failed test leaves behind, made empty.
pub fn failures(name: &str) -> PathBuf {
    let folder = root().join("target/case-failures").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

/// Leaves `expected | difference | actual` where a person can look at it, and says where.
pub fn leave(test: &str, name: &str, expected: &Pixmap, actual: &Pixmap) -> String {
    let folder = failures(&format!("{test}-{name}"));
    let sheet = folder.join("expected-difference-actual.png");
    let _ = std::fs::create_dir_all(&folder);
    let _ = side_by_side(expected, actual).save_png(&sheet);
    sheet.display().to_string()
}

/// usvg with the bundled fonts and no others.
pub fn svg_options() -> usvg::Options<'static> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        fonts.load_fonts_dir(root().join("data/fonts"));
        assert!(fonts.len() >= 8, "data/fonts holds the bundled faces");
        Arc::new(fonts)
    });
    usvg::Options { fontdb: Arc::clone(fonts), ..usvg::Options::default() }
}

/// An SVG as another program (resvg) draws it, `scale` pixels per px.
pub fn rasterise(svg: &str, scale: f32) -> Result<Pixmap, String> {
    let tree = usvg::Tree::from_str(svg, &svg_options()).map_err(|error| error.to_string())?;
    let size = tree.size();
    let (width, height) = ((size.width() * scale).round() as u32, (size.height() * scale).round() as u32);
    let mut pixels = Pixmap::new(width, height).ok_or("a picture without pixels")?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    Ok(pixels)
}

/// The largest difference of a channel between two pixels.
pub fn distance(a: PremultipliedColorU8, b: PremultipliedColorU8) -> u8 {
    let pairs = [(a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()), (a.alpha(), b.alpha())];
    pairs.into_iter().map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0)
}

/// Two pictures and between them where they differ (red on grey): expected | difference | actual.
pub fn side_by_side(expected: &Pixmap, actual: &Pixmap) -> Pixmap {
    let (width, height) = (expected.width().max(actual.width()), expected.height().max(actual.height()));
    let mut sheet = Pixmap::new(width * 3, height).expect("a sheet with pixels");
    for y in 0..height {
        for x in 0..width {
            let (a, b) = (expected.pixel(x, y), actual.pixel(x, y));
            let row = (y * width * 3) as usize;
            let mut put =
                |column: u32, color| sheet.pixels_mut()[row + (column * width + x) as usize] = color;
            put(1, difference(a, b));
            a.into_iter().for_each(|color| put(0, color));
            b.into_iter().for_each(|color| put(2, color));
        }
    }
    sheet
}

fn difference(a: Option<PremultipliedColorU8>, b: Option<PremultipliedColorU8>) -> PremultipliedColorU8 {
    let opaque = |r, g, b| PremultipliedColorU8::from_rgba(r, g, b, 255).expect("an opaque colour");
    match (a, b) {
        (Some(a), Some(b)) if distance(a, b) == 0 => {
            let grey = 200 + (u16::from(a.green()) * 55 / 255) as u8;
            opaque(grey, grey, grey)
        }
        (Some(a), Some(b)) => opaque(255, 160 - distance(a, b).min(160), 160 - distance(a, b).min(160)),
        _ => opaque(255, 0, 255),
    }
}

/// XML without a script, with every id once, that another SVG reader takes.
pub fn well_formed(svg: &str) -> Result<(), String> {
    let document = roxmltree::Document::parse(svg).map_err(|error| error.to_string())?;
    let mut ids = BTreeSet::new();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        if ["script", "foreignObject", "image", "iframe"].contains(&node.tag_name().name()) {
            return Err(format!("it holds <{}>", node.tag_name().name()));
        }
        for attribute in node.attributes() {
            let name = attribute.name();
            if name.starts_with("on") || (name == "href" && !attribute.value().starts_with('#')) {
                return Err(format!("it holds {name}=\"{}\"", attribute.value()));
            }
            if name == "id" && !ids.insert(attribute.value()) {
                return Err(format!("the id {} is there twice", attribute.value()));
            }
        }
    }
    usvg::Tree::from_str(svg, &svg_options()).map(|_| ()).map_err(|error| error.to_string())
}
