//! Pages: boxes follow each other and stay where they belong.

use super::*;
use crate::paint::{Color, Paint};
use crate::style;

fn content(classes: usize) -> (PageContent, style::Style) {
    let never = |_: &str| Err(crate::diagnostic::Diagnostic::error("no file").into());
    let style = style::load("newsroom", 390.0, &[], &never).unwrap_or_else(|error| panic!("{error}"));
    let entry = |i: usize| LegendEntry {
        key: i.to_string(),
        label: format!("A class with a rather long name, number {i}"),
        count: None,
        paint: Paint::Solid(Color::rgb(1, 2, 3)),
        symbol: None,
        upper: None,
        mark: LegendMark::Swatch,
    };
    let legend = LegendContent {
        title: None,
        entries: (0..classes).map(entry).collect(),
        form: LegendForm::Entries,
        vertical: false,
        upright: false,
        bar: None,
        look: style.legend.clone(),
        circles: None,
        square: None,
        more: Vec::new(),
    };
    let content = PageContent {
        title: Some(Rich::plain("From one prison to ten countries")),
        deck: Some(Rich::plain(
            "Where the group is said to operate, by strength of the reports that name it",
        )),
        legend: Some(legend),
        callouts: vec![(0, Rich::plain("A remark")), (1, Rich::plain("Another remark that is longer"))],
        source: Some(Rich::plain("Source: somebody")),
        credit: Some(Rich::plain("Made with Natural Earth")),
        ..PageContent::default()
    };
    (content, style)
}

fn boxes(page: &Page) -> Vec<Rect> {
    let rect = |(block, at): &(Block, Point)| Rect::from_origin_size(*at, block.size);
    let mut all: Vec<Rect> = page.title.iter().chain(&page.deck).map(rect).collect();
    all.extend(page.legend.iter().map(|(legend, at)| Rect::from_origin_size(*at, legend.size)));
    all.push(page.map);
    all.extend(page.callouts.iter().map(|(_, block)| block).chain(&page.foot).map(rect));
    all
}

#[test]
fn boxes_follow_each_other_and_stay_on_the_page() {
    for classes in [1, 3, 9] {
        let (content, style) = content(classes);
        let options = PageOptions {
            width: 390.0,
            height: None,
            look: &style.page,
            text: &style.text,
            number_radius: style.callout.number_radius.0,
        };
        let page = layout(&content, &options, 0.8);
        let sheet = Rect::from_origin_size(Point::ZERO, page.size);
        let all = boxes(&page);
        for (i, a) in all.iter().enumerate() {
            assert!(sheet.union(*a) == sheet, "box {i} {a} leaves the page {sheet}");
            for b in &all[i + 1..] {
                let both = a.intersect(*b);
                assert!(both.width() < 0.01 || both.height() < 0.01, "{a} and {b} overlap");
            }
        }
    }
}

#[test]
fn swatches_and_words_of_a_legend_stay_in_its_box() {
    let (content, style) = content(9);
    let legend = content.legend.as_ref().map(|legend| LegendBox::set(legend, &style.text, 358.0));
    let Some(legend) = legend else { panic!("no legend") };
    for swatch in &legend.swatches {
        let Some((words, at)) = &swatch.words else { panic!("an entry without words") };
        assert!(swatch.rect.x1 <= at.x && at.x + words.size.width <= 358.5);
        assert!(at.y + words.size.height <= legend.size.height + 0.01);
    }
}
