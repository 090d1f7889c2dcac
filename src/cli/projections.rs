//! `pressmap projections`: what there is, what is known of one, and a specimen sheet.

use std::path::PathBuf;

use clap::Args;
use pressmap::atlas::Atlas;
use pressmap::diagnostic::Diagnostics;
use pressmap::specimen::{self, Specimens};
use pressmap::{projection, style};

use super::flags::lon_lat;
use super::lists::unknown;
use super::output::{self, FileFormat};
use super::{Terminal, files, terminal};

/// List the projections, show one, or draw a specimen sheet
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pressmap projections
  pressmap projections albers
  pressmap projections -o sheet.svg -o sheet.png
  pressmap projections orthographic --center 150,-30 -o globe.svg")]
pub struct Projections {
    /// Only this one
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Draw a specimen sheet: .svg, .png, .webp or .jpg
    #[arg(short, long = "output", value_name = "OUT")]
    outputs: Vec<String>,
    /// What comes to the middle of each specimen
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true, requires = "outputs")]
    center: Option<String>,
    /// Turn around the middle, degrees clockwise
    #[arg(long, value_name = "DEGREES", allow_hyphen_values = true, default_value_t = 0.0)]
    rotate: f64,
    /// Width of the sheet in px
    #[arg(long, value_name = "PX", default_value_t = 1600, value_parser = clap::value_parser!(u16).range(200..=10_000))]
    width: u16,
    /// A bundled style, or a style file
    #[arg(long, value_name = "STYLE", default_value = style::BUNDLED[0].0)]
    style: String,
}

impl Projections {
    pub fn run(&self, _: &Terminal) -> Result<(), Diagnostics> {
        let names: Vec<&str> = match self.name.as_deref() {
            None => projection::NAMES.to_vec(),
            Some(name) if projection::NAMES.contains(&name) => vec![name],
            Some(name) => return Err(unknown("projection", name, projection::NAMES)),
        };
        if !self.outputs.is_empty() {
            return self.draw(&names);
        }
        let text = match names.as_slice() {
            [one] => card(one),
            many => list(many),
        };
        terminal::print(text.as_bytes())
    }

    fn draw(&self, names: &[&str]) -> Result<(), Diagnostics> {
        let mut targets = Vec::new();
        for out in &self.outputs {
            targets.push((PathBuf::from(out), FileFormat::of_path(out)?));
        }
        let center = self.center.as_deref().map(lon_lat).transpose()?;
        let open = |name: &str| {
            let bytes = files::read(name.as_ref(), name)?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        };
        let width = f64::from(self.width);
        let look = style::load(&self.style, width, &[], &open)?;
        let sheet = Specimens { names, center, rotate: self.rotate, width };
        let scene = specimen::projections(&sheet, Atlas::bundled(), &look)?;
        let mut written = Vec::new();
        for (path, format) in targets {
            written.push((path, format.encode_scene(&scene, 1.0, 96.0)?));
        }
        output::write_all(&written)
    }
}

/// A line each: name, and what it keeps true.
fn list(names: &[&str]) -> String {
    let width = names.iter().map(|name| name.len()).max().unwrap_or(0);
    let line = |name: &&str| {
        let keeps = projection::about(name).map_or("", |about| about.keeps.words());
        format!("{name:<width$}  {keeps}\n")
    };
    names.iter().map(line).collect()
}

/// All that is known of one.
fn card(name: &str) -> String {
    let Some(about) = projection::about(name) else { return format!("{name}\n") };
    let parallels = match about.parallels {
        Some((south, north)) if south == north => format!("parallels  one, {south}° unless told\n"),
        Some((south, north)) => {
            format!("parallels  two, {south}° and {north}° unless told or fitted to what is shown\n")
        }
        None => String::new(),
    };
    format!(
        "{name}\nkeeps      {}\nkind       {}\nby         {}\n{parallels}",
        about.keeps.words(),
        about.surface,
        about.by
    )
}
