//! Decisions about arrows: where they go, how much they stand for, and what shows it.

use super::Desk;
use super::data::{table_options, word};
use crate::compose::{Flow, FlowEnd};
use crate::diagnostic::Diagnostic;
use crate::scale::{Kind, Method, NumberFormat, ScaleOptions};
use crate::spec::{
    DataSpec, FlowBySpec, FlowSpec, FlowTargets, FlowValues, FlowsSpec, MapSpec, PositionSpec,
};
use crate::style::Style;
use crate::table::TableOptions;
use crate::text::Rich;
use crate::words::Words;

/// Arrows of a figure.
pub struct FlowPlan {
    /// Those of the map file.
    pub flows: Vec<Flow>,
    /// A table of more.
    pub table: Option<FlowTable>,
    /// Classes of colour show how much they stand for; `None`: widths do.
    pub colors: Option<ScaleOptions>,
    /// Width of the widest, px.
    pub max_width: f64,
    /// None is narrower, px.
    pub least_width: f64,
    /// What they are, in the legend.
    pub label: Option<Rich>,
    /// How the numbers of the legend are written.
    pub number: NumberFormat,
}

/// A table with a row for each arrow.
pub struct FlowTable {
    /// The file as the map file names it.
    pub file: String,
    /// How to read it.
    pub table: TableOptions,
    /// Columns of origins, of targets and of amounts; `None`: found by their names.
    pub columns: [Option<String>; 3],
}

impl Desk<'_> {
    /// The arrows.
    pub(super) fn flows(
        &mut self,
        spec: &MapSpec,
        style: &Style,
        scale: &ScaleOptions,
        fixed: &'static Words,
    ) -> FlowPlan {
        let FlowsSpec { from, to, value, max_width, classes, palette, prefix, suffix, label, .. } =
            &spec.flows;
        let columns = [word(from), word(to), word(value)];
        if spec.flows.file.is_none() && (columns.iter().any(Option::is_some) || spec.flows.filter.is_some()) {
            let one = Diagnostic::error("[flows] names columns, but no table that has them");
            self.fault("flows.file", one.hint("write `file = \"flows.csv\"` in [flows]"));
        }
        let max_width = max_width.unwrap_or(style.flow.max_width.0);
        let count = classes.unwrap_or(3);
        self.within("flows.classes", count as f64, 2.0..=9.0);
        let number = fixed.number(prefix.as_deref(), suffix.as_deref());
        let colors = (spec.flows.by.unwrap_or_default() == FlowBySpec::Color).then(|| ScaleOptions {
            kind: Some(Kind::Sequential),
            classes: Vec::new(),
            method: Method::Quantile,
            count: count.clamp(2, 9),
            palette: palette.clone(),
            reverse: false,
            // the palest would not stand out from land
            ramp: scale.ramp[..scale.ramp.len().saturating_sub(1).max(scale.ramp.len().min(2))].to_vec(),
            number: number.clone(),
            ..scale.clone()
        });
        let data = DataSpec { filter: spec.flows.filter.clone(), ..DataSpec::default() };
        FlowPlan {
            flows: self.typed_flows(&spec.flow),
            table: spec.flows.file.clone().map(|file| FlowTable {
                file,
                table: table_options(&data),
                columns,
            }),
            colors,
            max_width: self.within("flows.max_width", max_width, 2.0..=200.0),
            least_width: style.flow.least_width.0.min(max_width),
            label: label.as_deref().filter(|text| !text.trim().is_empty()).map(Rich::parse),
            number,
        }
    }

    /// Those that the map file lists.
    fn typed_flows(&mut self, specs: &[FlowSpec]) -> Vec<Flow> {
        let mut all = Vec::new();
        for (i, spec) in specs.iter().enumerate() {
            let from = self.position(&format!("flow.{i}.from"), &spec.from);
            let one;
            let targets = match &spec.to {
                FlowTargets::One(name) => {
                    one = [PositionSpec::Place(name.clone())];
                    &one[..]
                }
                FlowTargets::Many(many) => many,
            };
            let values = self.flow_values(&format!("flow.{i}.value"), spec.value.as_ref(), targets.len());
            let key = format!("flow.{i}.to");
            let ends = targets.iter().zip(values).filter_map(|(target, value)| {
                self.position(&key, target).map(|target| FlowEnd { target, value })
            });
            let to: Vec<FlowEnd> = ends.collect();
            all.extend(from.map(|from| Flow { from, to }));
        }
        all
    }

    /// A value for each of so many targets.
    fn flow_values(&mut self, key: &str, values: Option<&FlowValues>, targets: usize) -> Vec<Option<f64>> {
        let all = match values {
            None => return vec![None; targets],
            Some(FlowValues::One(value)) => vec![*value; targets],
            Some(FlowValues::Many(values)) => values.clone(),
        };
        if all.len() != targets {
            let one = Diagnostic::error(format!("there are {} values for {targets} targets", all.len()));
            self.fault(key, one.hint("write one number for each place of `to`, in the same order"));
        }
        if let Some(bad) = all.iter().find(|value| !(value.is_finite() && **value > 0.0)) {
            let one = Diagnostic::error(format!("an arrow cannot stand for {bad}"));
            self.fault(key, one.hint("write a number above zero, and let the arrow run the other way"));
        }
        all.into_iter().map(Some).chain(std::iter::repeat(None)).take(targets).collect()
    }
}
