//! `pressmap legends` and `pressmap symbols`: what there is, a map file that shows one, and specimen sheets.

use std::path::PathBuf;

use clap::Args;
use pressmap::diagnostic::{Diagnostic, Diagnostics, Result as OneResult};
use pressmap::scene::Scene;
use pressmap::specimen::{self, LEGENDS, Legend, Sample};
use pressmap::strict::Override;
use pressmap::style::{self, Style};
use pressmap::symbol::Symbol;
use pressmap::{Files, Job};
use toml::Value;

use super::lists::unknown;
use super::output::{self, FileFormat};
use super::{Terminal, files, terminal};

/// List the forms of legend, print a map file that has one, or draw a specimen sheet
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pressmap legends
  pressmap legends histogram
  pressmap legends -o sheet.svg -o sheet.png")]
pub struct Legends {
    /// Print the map file of this one, or draw it alone
    #[arg(value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    sheet: Sheet,
}

/// List the symbols of points, or draw a specimen sheet
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pressmap symbols
  pressmap symbols -o sheet.svg")]
pub struct Symbols {
    #[command(flatten)]
    sheet: Sheet,
}

/// Where and how a sheet is drawn.
#[derive(Args, Debug)]
struct Sheet {
    /// Draw a specimen sheet: .svg, .png, .webp or .jpg
    #[arg(short, long = "output", value_name = "OUT")]
    outputs: Vec<String>,
    /// Width of the sheet in px
    #[arg(long, value_name = "PX", default_value_t = 2000, value_parser = clap::value_parser!(u16).range(200..=10_000))]
    width: u16,
    /// Pixels for each px of a raster image
    #[arg(long, value_name = "N", default_value_t = 1.0)]
    scale: f64,
    /// A bundled style, or a style file
    #[arg(long, value_name = "STYLE", default_value = style::BUNDLED[0].0)]
    style: String,
}

/// The tables of the bundled map files, and files of styles.
struct Bundled;

impl Files for Bundled {
    fn read(&self, name: &str) -> OneResult<Vec<u8>> {
        match specimen::table(name) {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => files::read(name.as_ref(), name),
        }
    }
}

impl Legends {
    pub fn run(&self, _: &Terminal) -> Result<(), Diagnostics> {
        let chosen: Vec<&Legend> = match self.name.as_deref() {
            None => LEGENDS.iter().collect(),
            Some(name) => {
                let names: Vec<&str> = LEGENDS.iter().map(|legend| legend.name).collect();
                let found = LEGENDS.iter().find(|legend| legend.name == name);
                vec![found.ok_or_else(|| unknown("legend", name, &names))?]
            }
        };
        if !self.sheet.outputs.is_empty() {
            return self.sheet.write(|width, look| self.draw(&chosen, width, look));
        }
        match (self.name.is_some(), chosen.as_slice()) {
            (true, [one]) => terminal::print(one.map.as_bytes()),
            (_, many) => {
                let width = many.iter().map(|legend| legend.name.len()).max().unwrap_or(0);
                let line = |one: &&Legend| format!("{:<width$}  {}\n", one.name, one.about());
                terminal::print(many.iter().map(line).collect::<String>().as_bytes())
            }
        }
    }

    fn draw(&self, chosen: &[&Legend], width: f64, look: &Style) -> Result<Scene, Diagnostics> {
        let (_, column) = specimen::columns(width, look);
        let rim = |wide: f64| Ok::<f64, Diagnostics>(self.sheet.look(wide)?.page.margin.0);
        // a figure has a rim of its own, which the sheet takes away again
        let wide = column + 2.0 * rim(column)?;
        let rim = rim(wide)?;
        let put = |key: &str, value| Override { key: key.to_owned(), value, flag: format!("--{key}") };
        let overrides =
            [put("output.width", Value::Float(wide)), put("style", Value::String(self.sheet.style.clone()))];
        let sample = |legend: &&Legend| {
            let job =
                Job { name: legend.name, text: legend.map, overrides: &overrides, allow_unmatched: false };
            let figure = pressmap::draw(&job, &Bundled)?;
            let (name, about) = (legend.name.to_owned(), legend.about().replace('`', ""));
            Ok(Sample { name, about, scene: figure.scene, rim })
        };
        let samples = chosen.iter().map(sample).collect::<Result<Vec<Sample>, Diagnostics>>()?;
        Ok(specimen::figures("Forms of legend", samples, width, look))
    }
}

impl Symbols {
    pub fn run(&self, _: &Terminal) -> Result<(), Diagnostics> {
        let names = Symbol::names();
        if self.sheet.outputs.is_empty() {
            return terminal::print(format!("{}\n", names.join("\n")).as_bytes());
        }
        self.sheet.write(|width, look| Ok(specimen::symbols(&names, width, look)))
    }
}

impl Sheet {
    fn look(&self, width: f64) -> Result<Style, Diagnostics> {
        let open = |name: &str| {
            let bytes = files::read(name.as_ref(), name)?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        };
        style::load(&self.style, width, &[], &open)
    }

    /// Draws into every output, or into none.
    fn write(&self, draw: impl FnOnce(f64, &Style) -> Result<Scene, Diagnostics>) -> Result<(), Diagnostics> {
        if !(0.1..=10.0).contains(&self.scale) {
            return Err(Diagnostic::usage("--scale takes a number from 0.1 to 10").into());
        }
        let mut targets = Vec::new();
        for out in &self.outputs {
            targets.push((PathBuf::from(out), FileFormat::of_path(out)?));
        }
        let width = f64::from(self.width);
        let scene = draw(width, &self.look(width)?)?;
        let mut written = Vec::new();
        for (path, format) in targets {
            written.push((path, format.encode_scene(&scene, self.scale, 96.0)?));
        }
        output::write_all(&written)
    }
}
