//! `pressmap init`: a commented map file and a table to start from. The comments are those of the schema.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use pressmap::diagnostic::{Diagnostic, Diagnostics};
use pressmap::spec;
use serde_json::Value as Json;

use super::{Terminal, output};

/// Write a commented map file and a table to start from
#[derive(Args, Debug)]
#[command(after_help = "Example:
  pressmap init my-map && pressmap render my-map/map.toml")]
pub struct Init {
    /// The folder; it is made when there is none
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
}

/// Invented data: a shape to overwrite.
const TABLE: &str = "country,presence,source
Spain,origin,invented for this example
Portugal,established,invented for this example
France,established,invented for this example
Italy,reported,invented for this example
";

const HEAD: &str = "# A map file. Lines that begin with # are off: take the # away to use them.
# Draw it with: pressmap render map.toml

title    = \"The finding, in a few words\"
subtitle = \"One sentence that says what is shown\"
source   = \"invented data\"

[data]
file = \"data.csv\"

[[scale.class]]
value = \"origin\"
label = \"Where it began\"

[[scale.class]]
value = \"established\"
label = \"Established\"

[[scale.class]]
value   = \"reported\"
label   = \"Reported, unconfirmed\"
pattern = \"hatch\"

# ---------------------------------------------------------------------------
# Every key there is:
";

impl Init {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Diagnostics> {
        let map = self.dir.join("map.toml");
        let data = self.dir.join("data.csv");
        for path in [&map, &data] {
            if path.exists() {
                let one = Diagnostic::output(format!(
                    "{} is there already and will not be written over",
                    path.display()
                ));
                return Err(one.hint("name another folder").into());
            }
        }
        output::make_folder(&self.dir)?;
        let text = format!("{HEAD}{}", commented(&spec::map_schema()));
        output::write_all(&[(map.clone(), text.into_bytes()), (data, TABLE.as_bytes().to_vec())])?;
        terminal.remark(&format!("{} is ready: pressmap render {}", map.display(), map.display()));
        Ok(())
    }
}

/// Every key of the schema as a comment, section by section.
fn commented(schema: &Json) -> String {
    let mut text = String::new();
    section(schema, schema, "", false, &mut text);
    text
}

fn section(root: &Json, schema: &Json, path: &str, list: bool, text: &mut String) {
    let Some(properties) = schema.get("properties").and_then(Json::as_object) else { return };
    if !path.is_empty() {
        let (open, close) = if list { ("[[", "]]") } else { ("[", "]") };
        let _ = write!(text, "\n# {open}{path}{close}\n");
    }
    let mut inner = Vec::new();
    for (key, value) in properties {
        let is_list = value.get("items").is_some() && value.pointer("/items/$ref").is_some();
        let target = value.pointer("/items/$ref").or_else(|| value.get("$ref"));
        let object =
            target.and_then(Json::as_str).and_then(|name| root.pointer(name.trim_start_matches('#')));
        if let Some(object) = object.filter(|object| object.get("properties").is_some()) {
            inner.push((key, object, is_list));
            continue;
        }
        let description =
            value.get("description").and_then(Json::as_str).unwrap_or_default().replace('\n', " ");
        let _ = writeln!(text, "# {key:<10} {description}");
    }
    for (key, object, is_list) in inner {
        let full = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        section(root, object, &full, is_list, text);
    }
}
