//! Scales of words and of numbers.

use proptest::strategy::Strategy as _;

use super::*;
use crate::paint::Pattern;

const DARK: Color = Color::rgb(0x6f, 0x17, 0x10);
const MIDDLE: Color = Color::rgb(0xc1, 0x55, 0x3b);
const PALE: Color = Color::rgb(0xf3, 0xcf, 0xb6);
const LAND: Color = Color::rgb(0xe6, 0xe2, 0xdc);
const HATCH: PatternForm = PatternForm::Hatch { angle: 45.0, spacing: 6.0, width: 2.0 };

pub(super) fn options() -> ScaleOptions {
    ScaleOptions {
        kind: None,
        classes: Vec::new(),
        order: Vec::new(),
        method: Method::Quantile,
        count: 5,
        palette: None,
        reverse: false,
        square: SquareOptions {
            corners: [PALE, DARK, MIDDLE, Color::rgb(0, 0, 0)],
            hatches: Vec::new(),
            fading: None,
            second_breaks: Vec::new(),
        },
        midpoint: 0.0,
        ramp: vec![DARK, MIDDLE, PALE],
        categories: (0..8).map(|i| Color::rgb(20 * i, 255 - 30 * i, 40 + 15 * i)).collect(),
        doubt: HATCH,
        stripe_angle: 45.0,
        stripe_width: 9.0,
        no_data: Paint::Solid(Color::rgb(0xfa, 0xf8, 0xf5)),
        no_data_label: "No data".to_owned(),
        absent: LAND,
        number: NumberFormat {
            decimal: '.',
            group: ",".to_owned(),
            prefix: String::new(),
            suffix: String::new(),
        },
        words: RangeWords::default(),
    }
}

fn words(words: &[&str]) -> Vec<Value> {
    words.iter().map(|word| Value::Text((*word).into())).collect()
}

fn numbers(numbers: &[f64]) -> Vec<Value> {
    numbers.iter().map(|number| Value::Number(*number)).collect()
}

fn scaled(values: &[Value], options: &ScaleOptions) -> Warned<Scale> {
    Scale::new(values.iter(), options).unwrap_or_else(|error| panic!("{error}"))
}

fn fault(values: &[Value], options: &ScaleOptions) -> String {
    Scale::new(values.iter(), options).map(|scale| scale.value).expect_err("a fault").to_string()
}

fn labels(scale: &Scale) -> Vec<&str> {
    scale.classes.iter().map(|class| class.label.as_str()).collect()
}

fn counts(scale: &Scale) -> Vec<usize> {
    scale.classes.iter().map(|class| class.count).collect()
}

fn class(value: &str, pattern: Option<PatternForm>) -> ClassOptions {
    ClassOptions { value: value.to_owned(), label: String::new(), color: None, pattern }
}

fn hatched(ground: Color, mark: Color) -> Paint {
    Paint::Pattern(Pattern { ground, mark, form: HATCH, origin: (0.0, 0.0) })
}

#[test]
fn words_of_strength_are_ordered_and_doubt_is_hatched() {
    let values = words(&["reported", "origin", "established", "reported", "Established "]);
    let scale = scaled(&values, &options());
    assert_eq!(scale.warnings.to_string(), "");
    let scale = scale.value;
    assert_eq!(
        (scale.kind, labels(&scale), counts(&scale)),
        (
            Kind::Ordered,
            vec!["Origin", "Established ", "Reported"].into_iter().map(str::trim).collect(),
            vec![1, 2, 2]
        )
    );
    let paints: Vec<&Paint> = scale.classes.iter().map(|class| &class.paint).collect();
    assert_eq!(paints, [&Paint::Solid(DARK), &Paint::Solid(MIDDLE), &hatched(PALE, MIDDLE)]);
    assert_eq!(scale.paint(Some(&values[0])).as_ref(), &hatched(PALE, MIDDLE));
    assert_eq!(scale.paint(None).as_ref(), &Paint::Solid(LAND));
    assert!(scale.no_data.is_none());
}

#[test]
fn what_is_only_reported_never_wears_the_dark_end() {
    for list in [
        &["reported"][..],
        &["reported", "none"],
        &["established", "reported"],
        &["alleged", "suspected", "no"],
    ] {
        let scale = scaled(&words(list), &options()).value;
        for class in
            scale.classes.iter().filter(|class| strength::of(&class.value).is_some_and(|one| one.doubtful))
        {
            let Paint::Pattern(pattern) = &class.paint else {
                panic!("{list:?}: {} is not hatched", class.label)
            };
            assert_ne!(pattern.ground, DARK, "{list:?}");
            assert!(oklab::lightness(pattern.ground) > oklab::lightness(pattern.mark), "{list:?}");
        }
    }
    let two = scaled(&words(&["alleged", "reported"]), &options());
    assert_eq!(two.warnings.to_string(), "");
    // one word out of the list, and nothing is taken for granted
    assert_eq!(scaled(&words(&["reported", "blue"]), &options()).value.kind, Kind::Nominal);
    assert_eq!(
        labels(&scaled(&words(&["low", "high", "medium"]), &options()).value),
        ["High", "Medium", "Low"]
    );
}

#[test]
fn categories_stand_by_their_number_of_places() {
    let scale = scaled(&words(&["b", "other", "other", "other", "c", "b", "a"]), &options()).value;
    assert_eq!(
        (scale.kind, labels(&scale), counts(&scale)),
        (Kind::Nominal, vec!["B", "A", "C", "Other"], vec![2, 1, 1, 3])
    );
    let many: Vec<String> = (0..9).map(|i| format!("class {i}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert!(fault(&words(&many), &options()).starts_with("there are 9 categories and 8 colours"));
    let paired = ScaleOptions { palette: Some("paired".to_owned()), ..options() };
    assert_eq!(
        scaled(&words(&many), &paired).value.classes[0].paint,
        Paint::Solid(Color::rgb(0xa6, 0xce, 0xe3))
    );
}

#[test]
fn named_classes_are_obeyed() {
    let named = ScaleOptions {
        classes: vec![class("a", None), class("B", Some(HATCH)), class("c", None)],
        ..options()
    };
    let scale = scaled(&words(&["b", "A"]), &named);
    assert_eq!(scale.warnings.to_string(), "no place is in the class \"c\"");
    assert_eq!((counts(&scale.value), scale.value.kind), (vec![1, 1, 0], Kind::Ordered));
    assert_eq!(scale.value.classes[1].paint, hatched(MIDDLE, DARK));
    let named = ScaleOptions { classes: vec![class("established", None)], ..options() };
    assert_eq!(
        fault(&words(&["etablished", "established", "x"]), &named),
        "some values have no class: \"etablished\" (1 place), \"x\" (1 place)\n\
         hint: did you mean \"established\" by \"etablished\"?\nhint: add a [[scale.class]] for each value"
    );
    let twice = ScaleOptions { classes: vec![class("a", None), class(" A", None)], ..options() };
    assert!(fault(&words(&["a"]), &twice).contains("is given twice"));
    let coded = ScaleOptions { classes: vec![class("1.0", None), class("0", None)], ..options() };
    assert_eq!(counts(&scaled(&numbers(&[0.0, 1.0, -0.0]), &coded).value), [1, 2]);
}

#[test]
fn keys_are_unique_xml_names() {
    let keys: Vec<String> = scaled(&words(&["Côte d'Ivoire", "cote-d.ivoire", "国", "no data!"]), &options())
        .value
        .classes
        .into_iter()
        .map(|class| class.key)
        .collect();
    assert_eq!(keys, ["cote-d-ivoire", "cote-d-ivoire-2", "no-data-2", "class-4"]);
}

#[test]
fn missing_is_not_absent() {
    let mut values = words(&["yes"]);
    values.push(Value::Missing);
    let scale = scaled(&values, &options()).value;
    assert_eq!(scale.no_data.as_ref().map(|class| class.count), Some(1));
    assert_eq!(scale.paint(Some(&Value::Missing)).as_ref(), &options().no_data);
    assert_eq!(scale.paint(None).as_ref(), &Paint::Solid(LAND));
    assert!(fault(&[Value::Missing], &options()).starts_with("no place has a value: every cell"));
    assert!(fault(&[], &options()).contains("no row was matched"));
    let endless = scaled(&numbers(&[1.0, f64::INFINITY, f64::NAN]), &options());
    assert!(endless.warnings.to_string().starts_with("2 values are infinite"));
    assert_eq!(endless.value.paint(Some(&Value::Number(f64::NAN))).as_ref(), &options().no_data);
    // a map of numbers shows land without a row as no data
    assert_eq!(endless.value.paint(None).as_ref(), &options().no_data);
}

#[test]
fn numbers_are_classed_and_labelled() {
    let by = |method, count, values: &[f64]| {
        let scale = scaled(&numbers(values), &ScaleOptions { method, count, ..options() }).value;
        (labels(&scale).into_iter().map(str::to_owned).collect::<Vec<_>>(), counts(&scale))
    };
    let wide: Vec<f64> = (0..100).map(|i| f64::from(i * i) * 13.0 + 7.0).collect();
    let (labels, counts) = by(Method::Quantile, 4, &wide);
    assert_eq!(labels, ["under 8,000", "8,000 – 32,000", "32,000 – 72,000", "72,000 and more"]);
    assert_eq!(counts, [25, 25, 25, 25]);
    assert_eq!(
        by(Method::Equal, 4, &wide).0,
        ["under 31,900", "31,900 – 63,750", "63,750 – 95,600", "95,600 and more"]
    );
    assert_eq!(
        by(Method::Pretty, 5, &wide).0,
        [
            "under 25,000",
            "25,000 – 50,000",
            "50,000 – 75,000",
            "75,000 – 100,000",
            "100,000 – 125,000",
            "125,000 and more"
        ]
    );
    assert_eq!(by(Method::Log, 4, &wide).0, ["under 100", "100 – 10,000", "10,000 and more"]);
    assert_eq!(
        by(Method::Breaks(vec![1000.0, 5e5]), 4, &wide),
        (
            vec!["under 1,000".to_owned(), "1,000 – 500,000".to_owned(), "500,000 and more".to_owned()],
            vec![9, 91, 0]
        )
    );
    // small whole numbers as inclusive ranges, few values one by one
    assert_eq!(
        by(Method::Jenks, 3, &[1.0, 2.0, 3.0, 10.0, 11.0, 12.0, 30.0]).0,
        ["1 – 9", "10 – 19", "20 – 30"].map(str::to_owned).into_iter().collect::<Vec<_>>()
    );
    assert_eq!(by(Method::Quantile, 5, &[0.0, 1.0, 1.0]), (vec!["0".to_owned(), "1".to_owned()], vec![1, 2]));
    assert_eq!(by(Method::Quantile, 5, &[2.5, 2.5]).0, ["2.5"]);
    // decimals as needed, minus as U+2212
    assert_eq!(by(Method::Equal, 2, &[-1.5, -0.25, 0.125, 0.5]).0, ["under −0.5", "−0.5 and more"]);
}

#[test]
fn numbers_that_cannot_be_classed() {
    let with = |method, count| ScaleOptions { method, count, ..options() };
    let values = numbers(&[-1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert!(fault(&values, &with(Method::Log, 3)).contains("zero or more, and one is -1"));
    assert!(fault(&values, &with(Method::Breaks(vec![2.0, 2.0]), 3)).contains("must ascend"));
    assert!(fault(&values, &with(Method::Breaks(vec![]), 3)).contains("no class break"));
    assert!(fault(&values, &with(Method::Breaks(vec![f64::NAN]), 3)).contains("no class break"));
    assert!(fault(&values, &with(Method::Quantile, 10)).contains("there can be 2 to 9"));
    assert!(
        fault(&words(&["a"]), &ScaleOptions { kind: Some(Kind::Sequential), ..options() })
            .contains("such as \"a\"")
    );
    let palette = |name: &str| ScaleOptions { palette: Some(name.to_owned()), ..options() };
    assert!(fault(&values, &palette("viridsi")).contains("did you mean \"viridis\""));
    assert!(fault(&values, &palette("Set1")).contains("is one of categories"));
    let equal = scaled(
        &numbers(&[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0]),
        &with(Method::Quantile, 5),
    );
    assert!(
        equal.warnings.to_string().starts_with("so many values are equal that 5 quantile classes became")
    );
}

#[test]
fn low_is_pale_and_clear_of_the_ground() {
    let values: Vec<Value> = (0..50).map(|i| Value::Number(f64::from(i) * 100.0)).collect();
    for name in
        palettes::all().iter().filter(|one| one.family == palettes::Family::Sequential).map(|one| one.name)
    {
        for count in [3, 5, 7, 9] {
            let scale = scaled(&values, &ScaleOptions { palette: Some(name.to_owned()), count, ..options() });
            assert_eq!(scale.warnings.to_string(), "", "{name} {count}");
            let colors: Vec<Color> = scale.value.classes.iter().map(|class| class.paint.ground()).collect();
            assert!(
                colors.windows(2).all(|pair| oklab::lightness(pair[0]) > oklab::lightness(pair[1])),
                "{name} {count}: {colors:?}"
            );
            for ground in [options().no_data.ground(), LAND, Color::rgb(255, 255, 255)] {
                assert!(
                    oklab::distance(colors[0], ground) > 0.05,
                    "{name} {count}: {} on {ground}",
                    colors[0]
                );
            }
        }
    }
    // ColorBrewer's own five, where the palest is clear
    let scale = scaled(&values, &ScaleOptions { palette: Some("ylorrd".to_owned()), ..options() }).value;
    assert_eq!(scale.classes[0].paint, Paint::Solid(Color::rgb(0xff, 0xff, 0xb2)));
    assert_eq!(scale.classes[4].paint, Paint::Solid(Color::rgb(0xbd, 0x00, 0x26)));
    let three = scaled(&values, &ScaleOptions { count: 3, ..options() }).value;
    assert_eq!(
        three.classes.iter().map(|class| class.paint.ground()).collect::<Vec<_>>(),
        [PALE, MIDDLE, DARK]
    );
    let turned = scaled(&values, &ScaleOptions { count: 3, reverse: true, ..options() }).value;
    assert_eq!(turned.classes[0].paint, Paint::Solid(DARK));
}

#[test]
fn diverging_classes_lie_evenly_about_the_midpoint() {
    let values = numbers(&[-8.0, -3.0, -1.0, 0.5, 2.0, 4.0, 9.5, 12.0]);
    let with = |method, count| ScaleOptions { kind: Some(Kind::Diverging), method, count, ..options() };
    let inner = |scale: &Scale| {
        scale.classes.windows(2).filter_map(|pair| pair[1].bounds.map(|bounds| bounds.0)).collect::<Vec<_>>()
    };
    let equal = scaled(&values, &with(Method::Equal, 6)).value;
    // nothing lies below -8: that class is left out
    assert_eq!(inner(&equal), [-4.0, 0.0, 4.0, 8.0]);
    let odd = scaled(&values, &with(Method::Equal, 3)).value;
    assert_eq!((inner(&odd), labels(&odd)), (vec![-4.0, 4.0], vec!["under −4", "−4 – 4", "4 and more"]));
    assert_eq!(odd.classes[1].paint, Paint::Solid(Color::rgb(0xf7, 0xf7, 0xf7)));
    for (method, count) in
        [(Method::Quantile, 4), (Method::Quantile, 5), (Method::Jenks, 6), (Method::Pretty, 5)]
    {
        let breaks = inner(&scaled(&values, &with(method.clone(), count)).value);
        // a mirrored break is only missing where no value lies beyond it
        for distance in breaks.iter().filter(|one| !breaks.contains(&(0.0 - **one))) {
            assert!(0.0 - distance < -8.0 || 0.0 - distance > 12.0, "{method:?} {count}: {breaks:?}");
        }
    }
    // the same distance, the same darkness, though no value lies beyond -4
    let lopsided =
        scaled(&numbers(&[-3.0, 1.0, 7.0, 12.0]), &with(Method::Breaks(vec![-4.0, 0.0, 4.0, 8.0]), 5)).value;
    let colors = palettes::by_name("RdBu").expect("known").colors(6);
    assert_eq!(lopsided.classes.iter().map(|class| class.paint.ground()).collect::<Vec<_>>(), colors[1..]);
    assert!(
        scaled(&numbers(&[1.0, 2.0, 9.0]), &with(Method::Equal, 4))
            .warnings
            .to_string()
            .starts_with("every value is at or above")
    );
}

#[test]
fn combinations_are_classes_of_their_own() {
    let several = |list: &[&str]| Value::Several(words(list).into());
    let values = [
        several(&["NATO", "EU"]),
        several(&["EU ", "nato"]),
        several(&["EU", "Schengen", "NATO"]),
        several(&["EU", "eu"]),
        Value::Text("NATO".into()),
        several(&[]),
        Value::Missing,
    ];
    let order = ["EU", "NATO", "Schengen"].map(str::to_owned).to_vec();
    let scale = scaled(&values, &ScaleOptions { order, ..options() }).value;
    assert_eq!(
        (scale.kind, labels(&scale), counts(&scale)),
        (Kind::Nominal, vec!["EU only", "NATO only", "Schengen only"], vec![1, 1, 0])
    );
    let told: Vec<(&str, &str, usize)> =
        scale.entries().map(|one| (one.key.as_str(), one.label.as_str(), one.count)).collect();
    // Schengen alone is nowhere on the map
    assert_eq!(
        told,
        [
            ("eu", "EU only", 1),
            ("nato", "NATO only", 1),
            ("eu nato", "EU + NATO", 2),
            ("eu nato schengen", "EU + NATO + Schengen", 1)
        ]
    );
    let total: usize = scale.entries().map(|one| one.count).sum();
    assert_eq!(total + 1 + scale.no_data.as_ref().map_or(0, |class| class.count), values.len());
    assert_eq!(scale.shown(&values[0]).map(|class| class.key.as_str()), Some("eu nato"));
    let bands: Vec<Paint> = scale.classes[..2].iter().map(|class| class.paint.clone()).collect();
    assert_eq!(scale.paint(Some(&values[0])).bands(), bands);
    assert_eq!(scale.paint(Some(&values[3])).as_ref(), &scale.classes[0].paint);
    // in no class at all is not the same as no data
    assert_eq!(scale.paint(Some(&values[5])).as_ref(), &scale.absent);
    assert_eq!(scale.paint(Some(&values[6])).as_ref(), &options().no_data);
    let fault = fault(&values[..2], &ScaleOptions { kind: Some(Kind::Sequential), ..options() });
    assert!(fault.contains("needs numbers"), "{fault}");
}

proptest::proptest! {
    /// Every value lands in exactly one class, whose bounds hold it; classes add up; equal values are together;
    /// the order of the values is nothing.
    #[test]
    fn every_number_has_its_class(
        list in proptest::collection::vec(proptest::prop_oneof![-50.0..50.0_f64, (0..9_i32).prop_map(f64::from), 0.0..1e9_f64], 1..80),
        count in 2..=9_usize,
        method in 0..5_usize,
        diverging in proptest::bool::ANY,
    ) {
        let method = [Method::Quantile, Method::Equal, Method::Jenks, Method::Pretty, Method::Breaks(vec![-3.5, 0.0, 8.0, 1e6])][method].clone();
        let kind = diverging.then_some(Kind::Diverging);
        let options = ScaleOptions { kind, method, count, midpoint: 2.0, ..options() };
        let values = numbers(&list);
        let scale = scaled(&values, &options).value;
        proptest::prop_assert_eq!(counts(&scale).iter().sum::<usize>(), list.len());
        let last = scale.classes.len() - 1;
        let mut seen = vec![0; last + 1];
        for value in &list {
            let class = scale.class(&Value::Number(*value)).expect("a class");
            let (low, high) = class.bounds.expect("bounds");
            let index = scale.classes.iter().position(|one| one.key == class.key).expect("its own");
            seen[index] += 1;
            proptest::prop_assert!(*value >= low && (*value < high || (index == last && *value <= high)), "{} in {}..{}", value, low, high);
        }
        proptest::prop_assert_eq!(&seen, &counts(&scale));
        for pair in scale.classes.windows(2) {
            proptest::prop_assert_eq!(pair[0].bounds.map(|bounds| bounds.1), pair[1].bounds.map(|bounds| bounds.0));
        }
        let mut turned = values.clone();
        turned.reverse();
        proptest::prop_assert_eq!(scaled(&turned, &options).value, scale);
    }
}
