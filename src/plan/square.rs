//! A bivariate scale as it was asked for: its two columns, and the words at the sides of its legend.

use super::Desk;
use crate::diagnostic::Diagnostic;
use crate::spec::{KindSpec, MapSpec, ValueSpec};
use crate::text::Rich;

impl Desk<'_> {
    /// The words at the two sides of the legend: those that are given, else the names of the columns. `None` for any other
    /// scale.
    pub(super) fn axes(&mut self, map: &MapSpec) -> Option<[Rich; 2]> {
        let spec = &map.scale;
        if !spec.kind.is_some_and(KindSpec::is_of_two) {
            for (key, given) in
                [("axes", spec.axes.is_some()), ("second_breaks", spec.second_breaks.is_some())]
            {
                let one =
                    Diagnostic::error(format!("`{key}` is for a scale of two columns, and this is another"));
                if given {
                    self.fault(&format!("scale.{key}"), one.hint("write `kind = \"bivariate\"` in [scale]"));
                }
            }
            return None;
        }
        let columns: Vec<String> = match &map.data.value {
            Some(ValueSpec::Memberships(names)) => names.iter().map(|name| name.0.clone()).collect(),
            Some(ValueSpec::Column(names)) => names.0.split(',').map(|name| name.trim().to_owned()).collect(),
            None => Vec::new(),
        };
        let Ok([first, second]) = <[String; 2]>::try_from(columns) else {
            let one = Diagnostic::error(format!("{} needs two columns of numbers", of_two(spec.kind)));
            self.fault("data.value", one.hint("name both, for example `value = [\"income\", \"health\"]`"));
            return None;
        };
        match spec.axes.as_deref() {
            Some([first, second]) => Some([Rich::parse(first), Rich::parse(second)]),
            Some(other) => {
                let one =
                    Diagnostic::error(format!("a square has two sides, and `axes` has {}", other.len()));
                self.fault("scale.axes", one.hint("write the words of the first column and of the second"));
                None
            }
            None => Some([first, second].map(|name| Rich::plain(&name.replace('_', " ")))),
        }
    }
}

/// What a scale of two columns is called.
fn of_two(kind: Option<KindSpec>) -> &'static str {
    if kind == Some(KindSpec::ValueByAlpha) { "a value-by-alpha scale" } else { "a bivariate scale" }
}
