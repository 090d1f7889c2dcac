//! Tables whose rows are drawn as symbols: read, their positions found, their values classed and sized.

use super::Files;
use super::tables::further_table;
use crate::compose::{self, Dot, DotClass, Dots, Spot};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::join::{self, Value};
use crate::page::{LegendContent, LegendEntry, LegendMark};
use crate::paint::Paint;
use crate::plan::{Plan, PointsPlan};
use crate::scale::{Scale, Sizes};
use crate::symbol::Symbol;
use crate::table::Table;
use crate::text::Rich;

/// A table of points, and what sizes them.
pub(super) struct Points {
    /// What is drawn.
    pub dots: Dots,
    /// Amounts into radii.
    pub sizes: Option<Sizes>,
}

/// The points of every table.
pub(super) fn read(
    plans: &[PointsPlan],
    files: &dyn Files,
    digests: &mut Vec<(String, String)>,
    warnings: &mut Diagnostics,
) -> Result<Vec<Points>, Diagnostics> {
    let mut faults = Diagnostics::default();
    let mut all = Vec::new();
    for plan in plans {
        match points(plan, files, digests, warnings) {
            Ok(points) => all.push(points),
            Err(found) => faults.extend(found),
        }
    }
    if faults.0.is_empty() { Ok(all) } else { Err(faults) }
}

fn points(
    plan: &PointsPlan,
    files: &dyn Files,
    digests: &mut Vec<(String, String)>,
    warnings: &mut Diagnostics,
) -> Result<Points, Diagnostics> {
    let table = further_table(&plan.file, &plan.table, files, digests, warnings)?;
    let name = plan.name.as_deref().map(|name| table.column(name)).transpose()?;
    let positions = join::positions(&table, plan.lon.as_deref(), plan.lat.as_deref(), warnings)?;
    let rows: Vec<usize> = positions.iter().map(|(row, _)| *row).collect();
    let Valued { classes, class_of, values } = classed(plan, &table, &rows, warnings)?;
    let (amounts, sizes) = sized(plan, &table, &rows, warnings)?;
    let mut without = 0;
    let mut dots = Vec::with_capacity(positions.len());
    for (i, (row, at)) in positions.into_iter().enumerate() {
        let class = class_of[i];
        let mut data = Vec::new();
        data.extend(values.get(i).and_then(written).map(|value| ("value", value)));
        let mut radius = classes[class].radius;
        if let Some(sizes) = &sizes {
            let amount = match amounts[i] {
                Value::Number(amount) => Some(amount),
                _ => None,
            };
            let Some((amount, sized)) = amount.and_then(|amount| Some((amount, sizes.radius(amount)?)))
            else {
                without += 1;
                continue;
            };
            data.push(("size", amount.to_string()));
            radius = sized;
        }
        let name = name.map_or("", |name| table.cell(row, name)).to_owned();
        dots.push(Dot { at, line: table.line(row), name, class, radius, data });
    }
    warnings.extend(untold(&plan.file, table.len() - rows.len(), "position"));
    warnings.extend(untold(&plan.file, without, "amount above zero"));
    let (labels, dodge, cluster) = (plan.labels, plan.dodge, plan.cluster);
    Ok(Points { dots: Dots { dots, classes, sized: sizes.is_some(), labels, dodge, cluster }, sizes })
}

/// Rows that lack something and are not drawn.
fn untold(file: &str, count: usize, what: &str) -> Option<Diagnostic> {
    let what = match count {
        0 => return None,
        1 => format!("1 row has no {what}, and no point"),
        more => format!("{more} rows have no {what}, and no point"),
    };
    Some(Diagnostic::warning(what).at(Place::file(file)))
}

fn written(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::Text(text) => Some(text.to_string()),
        _ => None,
    }
}

/// The classes of points, which one each row is in, and the values that say so.
struct Valued {
    classes: Vec<DotClass>,
    class_of: Vec<usize>,
    values: Vec<Value>,
}

fn classed(
    plan: &PointsPlan,
    table: &Table,
    rows: &[usize],
    warnings: &mut Diagnostics,
) -> Result<Valued, Diagnostics> {
    let class = |key: &str, label: String, paint: Paint, symbol: &Symbol| DotClass {
        key: key.to_owned(),
        label,
        paint,
        symbol: symbol.clone(),
        radius: plan.radius * if symbol.is_form() { 1.0 } else { plan.drawing },
    };
    let Some((column, options)) = &plan.classes else {
        let label = plan.legend.as_ref().map_or_else(String::new, Rich::text);
        let one = class("all", label, Paint::Solid(plan.color), plan.symbols.of(0, ""));
        return Ok(Valued { classes: vec![one], class_of: vec![0; rows.len()], values: Vec::new() });
    };
    let all = join::values_of(table, column, warnings)?;
    let values: Vec<Value> = rows.iter().map(|row| all[*row].clone()).collect();
    let scale = Scale::new(values.iter(), options).map_err(|mut one| {
        one.place.get_or_insert_with(|| Place::file(&plan.file).key(column));
        one
    })?;
    let (scale, found) = (scale.value, scale.warnings);
    let mut classes: Vec<DotClass> = scale
        .classes
        .iter()
        .enumerate()
        .map(|(i, one)| class(&one.key, one.label.clone(), one.paint.clone(), plan.symbols.of(i, &one.value)))
        .collect();
    // classes of one colour are told apart by their symbols
    let apart = (0..classes.len()).all(|index| is_first(&classes, index));
    warnings.extend(found.into_iter().filter(|one| !apart || !one.message.ends_with("look the same")));
    let missing = classes.len();
    if let Some(none) = scale.no_data.as_ref().filter(|none| none.count > 0) {
        classes.push(class(&none.key, none.label.clone(), none.paint.clone(), &Symbol::CIRCLE));
    }
    let index = |value: &Value| {
        let key = scale.class(value).map(|class| &class.key);
        key.and_then(|key| scale.classes.iter().position(|class| class.key == *key)).unwrap_or(missing)
    };
    let class_of = values.iter().map(|value| index(value).min(classes.len() - 1)).collect();
    Ok(Valued { class_of, classes, values })
}

/// Whether no class before the one at `index` looks like it.
fn is_first(classes: &[DotClass], index: usize) -> bool {
    let own = &classes[index];
    classes[..index].iter().all(|one| one.symbol != own.symbol || one.paint != own.paint)
}

/// The amount of each row, and what they become.
fn sized(
    plan: &PointsPlan,
    table: &Table,
    rows: &[usize],
    warnings: &mut Diagnostics,
) -> Result<(Vec<Value>, Option<Sizes>), Diagnostics> {
    let Some((column, options, number)) = &plan.sizes else { return Ok((Vec::new(), None)) };
    let all = join::values_of(table, column, warnings)?;
    let amounts: Vec<Value> = rows.iter().map(|row| all[*row].clone()).collect();
    let sizes = Sizes::new(amounts.iter(), options, number.clone()).map_err(|mut one| {
        one.place.get_or_insert_with(|| Place::file(&plan.file).key(column));
        one
    })?;
    Ok((amounts, Some(sizes)))
}

/// `legend` with what is said of points: classes without words above them follow its entries, others stand below.
pub(super) fn with_points(
    mut legend: Option<LegendContent>,
    plan: &Plan,
    points: &[Points],
    spot: Option<Spot>,
) -> Option<LegendContent> {
    let style = &plan.style;
    let empty = || super::content::empty(plan, spot);
    for (i, (own, points)) in plan.points.iter().zip(points).enumerate() {
        let entry = |class: &DotClass| LegendEntry {
            key: format!("points-{}-{}", i + 1, class.key),
            label: class.label.clone(),
            count: None,
            paint: class.paint.clone(),
            mark: LegendMark::Swatch,
            symbol: Some((class.symbol.clone(), class.radius)),
            upper: None,
        };
        let told = points.dots.classes.iter().filter(|class| !class.label.is_empty());
        let mut entries: Vec<LegendEntry> = told.map(entry).collect();
        entries.extend(clustered(i, points, plan));
        let title = own.legend.clone().filter(|_| own.classes.is_some());
        match &mut legend {
            _ if entries.is_empty() => {}
            None => legend = Some(LegendContent { title, entries, ..empty() }),
            Some(legend) if title.is_none() => legend.entries.extend(entries),
            Some(legend) => legend.more.push(LegendContent { title, entries, ..empty() }),
        }
        let Some((sizes, (column, ..))) = points.sizes.as_ref().zip(own.sizes.as_ref()) else { continue };
        let words = || Rich::plain(&column.replace('_', " "));
        let title = own.size_title.clone().unwrap_or_else(words);
        let symbol = points.dots.classes.first().map_or(Symbol::CIRCLE, |class| class.symbol.clone());
        let symbol = if own.symbols.is_one() { symbol } else { Symbol::CIRCLE };
        let circles = compose::circle_content(sizes, Some(title), &symbol, plan.words.fixed, style);
        legend.get_or_insert_with(empty).circles = Some(circles);
    }
    legend
}

/// The entry of the circles that stand for points close together; `None` where there are none.
fn clustered(index: usize, points: &Points, plan: &Plan) -> Option<LegendEntry> {
    points.dots.cluster?;
    let paint = match points.dots.classes.as_slice() {
        [one] => one.paint.clone(),
        _ => Paint::Solid(plan.style.map.point),
    };
    Some(LegendEntry {
        key: format!("points-{}-count", index + 1),
        label: plan.words.fixed.points.to_owned(),
        count: None,
        paint,
        mark: LegendMark::Count,
        symbol: Some((Symbol::CIRCLE, plan.style.points.cluster_radius.0)),
        upper: None,
    })
}

/// Points that are not on the map, and those that could not be moved apart.
pub(super) fn lost(
    plans: &[PointsPlan],
    points: &[Points],
    lost: &[(usize, usize)],
    warnings: &mut Diagnostics,
) {
    for ((plan, points), (lost, crowded)) in plans.iter().zip(points).zip(lost) {
        if *lost > 0 {
            let verb = if *lost == 1 { "lies" } else { "lie" };
            let what = format!("{lost} of {} points {verb} outside of the map", points.dots.dots.len());
            warnings.push(Diagnostic::warning(what).at(Place::file(&plan.file)).hint("widen `frame.fit`"));
        }
        if *crowded > 0 {
            let verb = if *crowded == 1 { "lies" } else { "lie" };
            let what = format!("{crowded} of {} points still {verb} over others", points.dots.dots.len());
            let one = Diagnostic::warning(what).at(Place::file(&plan.file));
            warnings
                .push(one.hint("make the figure larger or the points smaller, or write `cluster = true`"));
        }
    }
}
