//! Tables whose rows are drawn as dots: read, and their positions found.

use super::{Files, digest};
use crate::compose::Dot;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::join;
use crate::plan::PointsPlan;
use crate::table::{self, Form};

/// The dots of every table.
pub(super) fn read(
    plans: &[PointsPlan],
    files: &dyn Files,
    digests: &mut Vec<(String, String)>,
    warnings: &mut Diagnostics,
) -> Result<Vec<Vec<Dot>>, Diagnostics> {
    let mut faults = Diagnostics::default();
    let mut all = Vec::new();
    for plan in plans {
        match dots(plan, files, digests, warnings) {
            Ok(dots) => all.push(dots),
            Err(found) => faults.extend(found),
        }
    }
    if faults.0.is_empty() { Ok(all) } else { Err(faults) }
}

fn dots(
    plan: &PointsPlan,
    files: &dyn Files,
    digests: &mut Vec<(String, String)>,
    warnings: &mut Diagnostics,
) -> Result<Vec<Dot>, Diagnostics> {
    let bytes = files.read(&plan.file)?;
    let digest = (plan.file.clone(), digest(&bytes));
    if !digests.contains(&digest) {
        digests.push(digest);
    }
    let read = table::read(&plan.file, &bytes, Form::of(&plan.file), &plan.table)?;
    warnings.extend(read.warnings);
    let table = read.value;
    let name = plan.name.as_deref().map(|name| table.column(name)).transpose()?;
    let positions = join::positions(&table, plan.lon.as_deref(), plan.lat.as_deref(), warnings)?;
    let dots: Vec<Dot> = positions
        .into_iter()
        .map(|(row, at)| Dot {
            at,
            line: table.line(row),
            name: name.map_or("", |name| table.cell(row, name)).to_owned(),
        })
        .collect();
    if dots.len() < table.len() {
        let what = match table.len() - dots.len() {
            1 => "1 row has no position, and no point".to_owned(),
            more => format!("{more} rows have no position, and no point"),
        };
        warnings.push(Diagnostic::warning(what).at(Place::file(&plan.file)));
    }
    Ok(dots)
}

/// Points that are not on the map.
pub(super) fn lost(plans: &[PointsPlan], dots: &[Vec<Dot>], lost: &[usize], warnings: &mut Diagnostics) {
    for ((plan, dots), lost) in plans.iter().zip(dots).zip(lost).filter(|(_, lost)| **lost > 0) {
        let verb = if *lost == 1 { "lies" } else { "lie" };
        let what = format!("{lost} of {} points {verb} outside of the map", dots.len());
        warnings.push(Diagnostic::warning(what).at(Place::file(&plan.file)).hint("widen `frame.fit`"));
    }
}
