//! Arrows of the map file and of a table, and what shows how much they stand for.

use super::tables::further_table;
use super::{Files, Job};
use crate::atlas::{Atlas, PlaceId};
use crate::compose::{Flow, FlowEnd, FlowScale, Target};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, fold};
use crate::join::{self, Duplicates, Fate, Join, JoinOptions, Value};
use crate::plan::{FlowPlan, FlowTable, MapPlan};
use crate::scale::{Scale, Widths};
use crate::table::Table;

/// Names of columns of origins, of targets and of amounts.
const COLUMNS: [&[&str]; 3] = [&["from", "origin"], &["to", "destination"], &["value", "amount"]];

/// All arrows, in the order of the map file and then of the table, and their scale.
pub(super) fn read(
    plan: &FlowPlan,
    map: &MapPlan,
    atlas: &Atlas,
    job: &Job<'_>,
    files: &dyn Files,
    digests: &mut Vec<(String, String)>,
    warnings: &mut Diagnostics,
) -> Result<(Vec<Flow>, FlowScale), Diagnostics> {
    let mut flows = plan.flows.clone();
    if let Some(asked) = &plan.table {
        let table = further_table(&asked.file, &asked.table, files, digests, warnings)?;
        flows.extend(tabled(asked, &table, map, atlas, job, warnings)?);
    }
    let scale = scale(plan, &flows, warnings)?;
    Ok((flows, scale))
}

/// What shows the amounts.
fn scale(plan: &FlowPlan, flows: &[Flow], warnings: &mut Diagnostics) -> Result<FlowScale, Diagnostics> {
    let amounts: Vec<f64> = flows.iter().flat_map(|flow| &flow.to).filter_map(|end| end.value).collect();
    let mut made = FlowScale { label: plan.label.clone(), ..FlowScale::default() };
    if flows.is_empty() {
        made.label = None;
        return Ok(made);
    }
    match &plan.colors {
        Some(options) if !amounts.is_empty() => {
            let values: Vec<Value> = amounts.into_iter().map(Value::Number).collect();
            let scale = Scale::new(values.iter(), options)?;
            warnings.extend(scale.warnings);
            made.colors = Some(scale.value);
        }
        _ => made.widths = Widths::new(&amounts, plan.max_width, plan.least_width, plan.number.clone()),
    }
    Ok(made)
}

/// The column that is asked for, or found by its name.
fn column(asked: &FlowTable, which: usize, table: &Table) -> Result<Option<usize>, Diagnostics> {
    if let Some(name) = &asked.columns[which] {
        return Ok(Some(table.column(name)?));
    }
    let called = |word: &&str| table.columns.iter().position(|column| fold(column) == **word);
    Ok(COLUMNS[which].iter().find_map(called))
}

/// The arrows of a table. Rows with the same ends count together.
fn tabled(
    asked: &FlowTable,
    table: &Table,
    map: &MapPlan,
    atlas: &Atlas,
    job: &Job<'_>,
    warnings: &mut Diagnostics,
) -> Result<Vec<Flow>, Diagnostics> {
    let mut faults = Diagnostics::default();
    let mut found = [None; 3];
    for (which, key) in ["from", "to", "value"].into_iter().enumerate() {
        found[which] = column(asked, which, table)?;
        if which < 2 && found[which].is_none() {
            let [one, other] = [COLUMNS[which][0], COLUMNS[which][1]];
            let fault = Diagnostic::error(format!("no column is called `{one}` or `{other}`"));
            let hint =
                format!("name it by `{key} = \"…\"` in [flows]; the columns are {}", table.column_list());
            faults.push(fault.hint(hint).at(Place::file(&asked.file)));
        }
    }
    faults.into_result()?;
    let name = |which: usize| found[which].map(|column: usize| table.columns[column].clone());
    let options = |which: usize| JoinOptions {
        place: name(which),
        value: name(2),
        level: map.join.level,
        within: map.join.within.clone(),
        duplicates: Duplicates::First,
        ..JoinOptions::default()
    };
    let ends = [join::join(table, atlas, &options(0))?, join::join(table, atlas, &options(1))?];
    let mut faults = Diagnostics::default();
    for end in &ends {
        faults.extend(end.diagnostics(atlas, job.allow_unmatched));
    }
    warnings.extend(faults.into_result()?);
    Ok(gathered(table, &ends, found[2].is_some(), atlas, warnings))
}

/// Targets with amounts.
type Ends = Vec<(PlaceId, Option<f64>)>;

/// One flow for each origin, with its targets in the order of the rows.
fn gathered(
    table: &Table,
    ends: &[Join; 2],
    valued: bool,
    atlas: &Atlas,
    warnings: &mut Diagnostics,
) -> Vec<Flow> {
    let target = |id: PlaceId| Target { at: atlas.place(id).label, place: Some(id) };
    let end = |join: &Join, row: usize| {
        let fate = join.rows.iter().find(|fate| fate.row as usize == row)?;
        let Fate::Matched(id, _) = fate.fate else { return None };
        Some((id, fate.value.clone()))
    };
    let mut flows: Vec<(PlaceId, Ends)> = Vec::new();
    let mut empty = 0;
    for row in 0..table.len() {
        let (Some((from, value)), Some((to, _))) = (end(&ends[0], row), end(&ends[1], row)) else { continue };
        let value = match value {
            Value::Number(number) if number.is_finite() && number > 0.0 => Some(number),
            _ => None,
        };
        if from == to || (valued && value.is_none()) {
            empty += 1;
            continue;
        }
        let at = flows.iter().position(|(origin, _)| *origin == from).unwrap_or_else(|| {
            flows.push((from, Vec::new()));
            flows.len() - 1
        });
        let targets = &mut flows[at].1;
        match targets.iter_mut().find(|(id, _)| *id == to) {
            Some((_, sum)) => *sum = sum.zip(value).map(|(a, b)| a + b),
            None => targets.push((to, value)),
        }
    }
    if empty > 0 {
        let what = if empty == 1 { "1 row makes".to_owned() } else { format!("{empty} rows make") };
        let one = Diagnostic::warning(format!(
            "{what} no arrow: its ends are one place, or it has no amount above zero"
        ));
        warnings.push(one.at(Place::file(&table.file)));
    }
    let ends = |to: Ends| to.into_iter().map(|(id, value)| FlowEnd { target: target(id), value }).collect();
    flows.into_iter().map(|(from, to)| Flow { from: target(from), to: ends(to) }).collect()
}
