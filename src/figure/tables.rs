//! The tables of a figure: read, their digests noted, those of maps joined.

use super::metadata::digest;
use super::{Files, Job, seen};
use crate::atlas::{Atlas, Level};
use crate::diagnostic::Diagnostics;
use crate::join::{self, Join};
use crate::plan::MapPlan;
use crate::table::{self, Form, Table, TableOptions};

/// Reads and joins the table of a map; a map without one has an empty join.
pub(super) fn read_join(
    map: &MapPlan,
    atlas: &Atlas,
    job: &Job<'_>,
    files: &dyn Files,
    digests: &mut Vec<(String, String)>,
    warnings: &mut Diagnostics,
) -> Result<Join, Diagnostics> {
    let join = read_table(map, atlas, files, digests, warnings)?;
    if map.file.is_none() {
        return Ok(join);
    }
    let found = join.diagnostics(atlas, job.allow_unmatched).into_result()?;
    warnings.extend(found);
    warnings.extend(seen::merged(&join, atlas));
    Ok(join)
}

/// The same, whatever became of the rows.
pub(super) fn read_table(
    map: &MapPlan,
    atlas: &Atlas,
    files: &dyn Files,
    digests: &mut Vec<(String, String)>,
    warnings: &mut Diagnostics,
) -> Result<Join, Diagnostics> {
    let Some(file) = &map.file else {
        let mut empty = Join::empty(map.join.level.unwrap_or(Level::Country));
        empty.within.clone_from(&map.join.within);
        return Ok(empty);
    };
    let (table, noted) = read(file, &map.table, files, warnings)?;
    digests.push(noted);
    join::join(&table, atlas, &map.join)
}

/// Reads a table beside the map's own: of points, of arrows. A file that was read before is not noted again.
pub(super) fn further_table(
    file: &str,
    options: &TableOptions,
    files: &dyn Files,
    digests: &mut Vec<(String, String)>,
    warnings: &mut Diagnostics,
) -> Result<Table, Diagnostics> {
    let (table, noted) = read(file, options, files, warnings)?;
    if !digests.contains(&noted) {
        digests.push(noted);
    }
    Ok(table)
}

/// The table, and the file's name with its digest. A large file does not stay in memory beside its table.
fn read(
    file: &str,
    options: &TableOptions,
    files: &dyn Files,
    warnings: &mut Diagnostics,
) -> Result<(Table, (String, String)), Diagnostics> {
    let bytes = files.read(file)?;
    let noted = (file.to_owned(), digest(&bytes));
    let table = table::read(file, &bytes, Form::of(file), options)?;
    warnings.extend(table.warnings);
    Ok((table.value, noted))
}
