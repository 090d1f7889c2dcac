//! What stands around the map: the page's content from the plan, the scale and the insets.

use super::InsetParts;
use super::points::{Points, with_points};
use super::seen::Shows;
use crate::atlas::{Atlas, DE_FACTO, Level, UN};
use crate::compose::{self, LegendOptions, Sentences, Shown, Spot};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::join::{Join, Value};
use crate::page::{
    InsetContent, LegendContent, LegendEntry, LegendForm, PageContent, PageOptions, SquareContent,
};
use crate::plan::Plan;
use crate::scale::Scale;
use crate::text::{self, Rich};

/// Size and looks of the page.
pub(super) fn page_options(plan: &Plan) -> PageOptions<'_> {
    PageOptions {
        width: plan.output.width,
        height: plan.output.height,
        look: &plan.style.page,
        text: &plan.style.text,
        number_radius: plan.style.callout.number_radius.0,
    }
}

/// Title and deck as they are set, and what of the legend they or names on the map tell.
pub(super) fn sentences(plan: &Plan, scale: &Scale, warnings: &mut Diagnostics) -> Sentences {
    let words = [plan.words.title.clone(), plan.words.deck.clone()];
    let narrow = plan.output.width < plan.style.page.narrow;
    let made = compose::sentences(words, scale, &plan.legend, &plan.style, narrow);
    warnings.extend(made.warnings);
    made.value
}

/// What stands around the map, and a legend that stands on it. On a narrow page the callouts and insets stand under
/// the map, and the legend above.
pub(super) fn content(
    plan: &Plan,
    join: &Join,
    scale: &Scale,
    atlas: &Atlas,
    shows: Shows,
    (sentences, arrows, points): (&Sentences, Vec<LegendEntry>, &[Points]),
    insets: &[InsetParts<'_>],
) -> (PageContent, Option<(LegendContent, Spot)>) {
    let style = &plan.style;
    let narrow = plan.output.width < style.page.narrow;
    let number = |value: &Value| match value {
        Value::Number(number) => Some(*number),
        _ => None,
    };
    let shown = Shown {
        no_data: shows.no_data,
        values: join.value_column.is_some(),
        numbers: join.values.values().filter_map(number).collect(),
        told: sentences.told.clone(),
    };
    let below = |inset: &InsetParts<'_>| InsetContent {
        title: inset.plan.title.clone(),
        aspect: inset.frame.aspect(),
        share: if inset.plan.beside { inset.plan.share } else { 1.0 },
    };
    let spot = plan.legend.spot.filter(|_| !narrow);
    let main = || {
        let classes = legend(plan, join, scale, &shown, spot);
        with_points(with_arrows(classes, arrows, plan, spot), plan, points, spot)
    };
    let legend = plan.legend.show.then(main).flatten();
    let (above, on_map) = match spot {
        None => (legend, None),
        Some(spot) => (None, legend.map(|legend| (legend, spot))),
    };
    let page = PageContent {
        title: sentences.title.clone(),
        deck: sentences.deck.clone(),
        accents: sentences.swatches.clone(),
        legend: above,
        callouts: if narrow {
            plan.callouts.iter().map(|one| one.text.clone()).enumerate().collect()
        } else {
            Vec::new()
        },
        charts: plan.charts.iter().map(|chart| compose::chart_size(chart, style)).collect(),
        insets: if narrow {
            insets.iter().filter(|inset| !inset.plan.locator).map(below).collect()
        } else {
            Vec::new()
        },
        note: plan.words.note.clone(),
        source: plan.words.source.as_ref().map(|source| source_line(plan, source)),
        credit: Some(credit(plan, atlas, shows.dispute, &sources(join, insets))),
    };
    (page, on_map)
}

/// The legend: of the classes, and of circles and of two numbers at once where the scale has them.
fn legend(
    plan: &Plan,
    join: &Join,
    scale: &Scale,
    told: &Shown,
    spot: Option<Spot>,
) -> Option<LegendContent> {
    let (style, number) = (&plan.style, &plan.map.scale.number);
    let options = LegendOptions { spot, ..plan.legend.clone() };
    let named = |column: &Option<String>| column.as_deref().map(|name| Rich::plain(&name.replace('_', " ")));
    let (mut title, mut above) = (legend_title(plan, join, scale), None);
    let mut shown = scale.clone();
    if let Some(symbols) = &plan.symbols {
        above = symbols.title.clone();
        match symbols.colored {
            true => {
                above = above.or_else(|| named(&join.size_column));
                title = plan.legend.title.clone().or_else(|| named(&join.value_column));
            }
            // one colour of circles needs no words of its own
            false => {
                above = above.or_else(|| title.take());
                shown.classes.clear();
            }
        }
    }
    let square =
        plan.axes.clone().and_then(|axes| compose::square_content(scale, axes, plan.words.fixed, style));
    if square.is_some() {
        title = plan.legend.title.clone();
        shown.classes.clear();
    }
    let sizes = scale.sizes.as_ref();
    let circles =
        sizes.map(|sizes| compose::circle_content(sizes, above, &sizes.symbol, plan.words.fixed, style));
    if circles.is_none() && square.is_none() {
        return compose::legend_content(&shown, told, &options, number, title, &style.legend);
    }
    // the square has the title above it
    let (title, over) = if square.is_some() { (None, title) } else { (title, None) };
    let square = square.map(|square| SquareContent { title: over, ..square });
    let title = title.filter(|_| !shown.classes.is_empty());
    let rest = compose::legend_content(&shown, told, &options, number, title, &style.legend);
    let rest = rest.unwrap_or_else(|| empty(plan, spot));
    Some(LegendContent { circles, square, ..rest })
}

/// The legend with entries for arrows.
fn with_arrows(
    legend: Option<LegendContent>,
    arrows: Vec<LegendEntry>,
    plan: &Plan,
    spot: Option<Spot>,
) -> Option<LegendContent> {
    if arrows.is_empty() {
        return legend;
    }
    let mut legend = legend.unwrap_or_else(|| empty(plan, spot));
    legend.entries.extend(arrows);
    Some(legend)
}

/// A legend without entries.
pub(super) fn empty(plan: &Plan, spot: Option<Spot>) -> LegendContent {
    LegendContent {
        title: None,
        entries: Vec::new(),
        form: LegendForm::Entries,
        look: plan.style.legend.clone(),
        vertical: plan.legend.vertical.unwrap_or(spot.is_some()),
        upright: false,
        bar: None,
        circles: None,
        square: None,
        more: Vec::new(),
    }
}

/// The words above the legend. Numbers without a title would say nothing: they get the name of their column.
fn legend_title(plan: &Plan, join: &Join, scale: &Scale) -> Option<Rich> {
    let numeric = scale.classes.iter().any(|class| class.bounds.is_some());
    let silent = plan.words.title.is_none() && plan.words.deck.is_none() && numeric;
    let column =
        || join.value_column.as_deref().filter(|_| silent).map(|name| Rich::plain(&name.replace('_', " ")));
    plan.legend.title.clone().or_else(column)
}

fn source_line(plan: &Plan, source: &Rich) -> Rich {
    let fixed = plan.words.fixed;
    let mut line = Rich::plain(&format!("{}{}", fixed.source, fixed.colon));
    line.0.extend(source.0.iter().cloned());
    line
}

/// Where the bundled borders come from: those of the states of the U.S. are not those of the countries.
pub(super) fn sources(main: &Join, insets: &[InsetParts<'_>]) -> String {
    let levels: Vec<Level> =
        std::iter::once(main.level).chain(insets.iter().map(|inset| inset.join.level)).collect();
    let states = levels.contains(&Level::UsState);
    let others = levels.iter().any(|level| *level != Level::UsState);
    let all = [("Natural Earth", others), ("U.S. Census Bureau", states)];
    all.iter().filter(|(_, used)| *used).map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// The user's credit and that of the borders; whose they are is said where the map shows a disputed area or line.
fn credit(plan: &Plan, atlas: &Atlas, shows_dispute: bool, sources: &str) -> Rich {
    let fixed = plan.words.fixed;
    let mut borders = format!("{}{}{sources}", fixed.borders, fixed.colon);
    if shows_dispute {
        let view = view_words(plan, atlas);
        borders.push_str(&format!("; {}; {}{}{view}", fixed.dashed, fixed.view, fixed.colon));
    }
    match &plan.words.credit {
        None => Rich::plain(&borders),
        Some(own) => {
            let mut line = own.clone();
            line.0.extend(Rich::plain(&format!(" · {borders}")).0);
            line
        }
    }
}

/// Whose borders they are, in words: the name of a country where the figure's language is that of the atlas.
fn view_words(plan: &Plan, atlas: &Atlas) -> String {
    match plan.view.name.as_str() {
        DE_FACTO => "de facto".to_owned(),
        UN => plan.words.fixed.united_nations.to_owned(),
        name => {
            let place = atlas.places(Level::Country).iter().find(|place| place.alpha2 == name);
            let english = place.filter(|_| plan.words.fixed.tag == "en");
            english.map_or(name, |place| &place.name).to_owned()
        }
    }
}

/// Letters that the bundled fonts lack, in one warning.
pub(super) fn warn_missing_letters(content: &PageContent, warnings: &mut Diagnostics) {
    let words = [&content.title, &content.deck, &content.note, &content.source, &content.credit];
    let font = text::Font { family: text::FAMILIES[0].to_owned(), weight: 400, italic: false };
    let mut lost: Vec<char> =
        words.into_iter().flatten().flat_map(|rich| text::missing(&rich.text(), &font)).collect();
    lost.extend(content.callouts.iter().flat_map(|(_, rich)| text::missing(&rich.text(), &font)));
    let legend = content.legend.iter().flat_map(|legend| &legend.entries);
    lost.extend(legend.flat_map(|entry| text::missing(&entry.label, &font)));
    lost.sort_unstable();
    lost.dedup();
    if !lost.is_empty() {
        let shown: String = lost.iter().take(12).map(|c| format!(" {c}")).collect();
        warnings.push(Diagnostic::warning(format!("the bundled fonts have no letter for{shown}")));
    }
}
