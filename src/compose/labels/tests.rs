//! What must hold for every map, on synthetic ones.

use super::generate::{Scene, Wish};
use super::optimise::{Effort, NONE, choose, first_fit};
use super::polygon::{Shape, convex_overlap};
use super::problem::Problem;
use super::state::State;
use super::*;
use kurbo::{Affine, Shape as _, Vec2};
use proptest::prelude::*;

const FRAME: Rect = Rect::new(0.0, 0.0, 800.0, 600.0);

fn path(svg: &str) -> Path {
    Path::from_svg(svg).unwrap()
}

/// One line of `letters` at `em` px, in two lines, and at a smaller step.
fn forms(letters: usize, em: f64) -> Vec<Form> {
    let width = 0.58 * em * letters as f64;
    let form = |width: f64, em: f64, lines: usize, penalty: f64| Form {
        spread: false,
        size: Size::new(width, em * (1.2 * lines as f64 - 0.5)),
        lines,
        penalty,
    };
    vec![form(width, em, 1, 0.0), form(0.55 * width, em, 2, 0.1), form(0.85 * width, 0.85 * em, 1, 0.4)]
}

fn area(svg: &str, letters: usize) -> Request {
    let target = Target::Area(path(svg).into());
    Request {
        forms: forms(letters, 12.0),
        target,
        priority: 1.0,
        may_lead: true,
        reach: f64::INFINITY,
        land: Land::Weighed,
    }
}

fn point(x: f64, y: f64, letters: usize, priority: f64) -> Request {
    let forms = forms(letters, 12.0)[..1].to_vec();
    let target = Target::Point(Point::new(x, y), 2.0);
    Request { forms, target, priority, may_lead: false, reach: f64::INFINITY, land: Land::Weighed }
}

fn obstacle(svg: &str, weight: f64, owner: Option<usize>) -> Obstacle {
    Obstacle { path: path(svg).into(), reach: 0.0, weight, owner }
}

/// Splits an outline (convex box or band) into convex pieces.
fn pieces(request: &Request, placement: &Placement) -> Vec<Vec<Point>> {
    let outline = placement.outline(&request.forms[placement.form]);
    let half = outline.len() / 2;
    if half == 2 {
        return vec![outline];
    }
    let last = outline.len() - 1;
    (0..half - 1)
        .map(|k| vec![outline[k], outline[k + 1], outline[last - k - 1], outline[last - k]])
        .collect()
}

/// Everything that the module promises.
fn check(requests: &[Request], frame: Rect, placed: &[Option<Placement>]) {
    assert_eq!(requests.len(), placed.len());
    let all: Vec<(&Request, &Placement)> =
        requests.iter().zip(placed).filter_map(|(r, p)| Some((r, p.as_ref()?))).collect();
    for (k, (request, p)) in all.iter().enumerate() {
        let own = pieces(request, p);
        assert!(
            own.iter().flatten().all(|q| frame.inflate(1e-6, 1e-6).contains(*q)),
            "outside the frame: {p:?}"
        );
        assert!(
            p.leader.iter().flatten().all(|q| frame.inflate(1e-6, 1e-6).contains(*q)),
            "leader leaves: {p:?}"
        );
        if let Target::Area(outline) = &request.target {
            check_area(outline, p, &own);
        }
        for (other_request, other) in &all[k + 1..] {
            let others = pieces(other_request, other);
            let meet = |a: &[Point], b: &[Point]| convex_overlap(a, b);
            assert!(!own.iter().any(|a| others.iter().any(|b| meet(a, b))), "{p:?} overlaps {other:?}");
            for (line, words) in [(&p.leader, &others), (&other.leader, &own)] {
                for w in line.iter().flat_map(|l| l.windows(2)) {
                    assert!(!words.iter().any(|b| meet(w, b)), "a leader crosses words: {p:?} {other:?}");
                }
            }
            let (a, b) = (p.leader.iter().flat_map(|l| l.windows(2)), || {
                other.leader.iter().flat_map(|l| l.windows(2))
            });
            assert!(!a.into_iter().any(|v| b().any(|w| meet(v, w))), "leaders cross: {p:?} {other:?}");
        }
    }
}

/// Wholly inside or wholly outside; a leader ends inside.
fn check_area(outline: &Path, p: &Placement, own: &[Vec<Point>]) {
    let shape = Shape::new(outline, 0.0);
    let crosses = shape.edges().any(|e| own.iter().any(|b| convex_overlap(&[e.p0, e.p1], b)));
    assert!(!crosses, "words across the outline: {p:?}");
    if let Some(end) = p.leader.as_ref().and_then(|l| l.last()) {
        assert!(shape.contains(*end), "the leader ends outside: {p:?}");
    }
}

fn placed(requests: &[Request], obstacles: &[Obstacle]) -> Vec<Option<Placement>> {
    let placed = place(requests, obstacles, FRAME);
    check(requests, FRAME, &placed);
    placed
}

#[test]
fn letters_are_spaced_apart_where_the_area_has_room_for_it() {
    let with_spread = |svg: &str| {
        let mut request = area(svg, 8);
        let usual = request.forms[0];
        let size = Size::new(usual.size.width * 1.6, usual.size.height);
        request.forms.push(Form { size, spread: true, ..usual });
        let out = placed(&[request], &[]);
        out[0].as_ref().map(|placement| placement.form)
    };
    assert_eq!(with_spread("M100 100H400V300H100Z"), Some(3));
    // the spaced words would not fit, and never stand outside
    assert_eq!(with_spread("M100 100H170V300H100Z"), Some(0));
    assert_ne!(with_spread("M100 100H130V130H100Z"), Some(3));
}

#[test]
fn land_is_closed_to_some_and_free_to_others() {
    let land = obstacle("M0 0H800V600H0Z", BARRED, None);
    let small = |land: Land| Request { land, ..area("M400 300h20v20h-20Z", 6) };
    assert!(placed(&[small(Land::Closed)], &[obstacle("M0 0H800V600H0Z", 0.3, None)])[0].is_none());
    assert!(placed(&[small(Land::Weighed)], &[obstacle("M0 0H800V600H0Z", 0.3, None)])[0].is_some());
    let dot = |land: Land| Request { land, ..point(400.0, 300.0, 6, 1.0) };
    assert!(placed(&[dot(Land::Free)], std::slice::from_ref(&land))[0].is_some());
    assert!(placed(&[dot(Land::Weighed)], &[land])[0].is_none());
}

#[test]
fn a_name_that_fits_stands_in_the_middle_without_a_leader() {
    let out = placed(&[area("M100 100H400V300H100Z", 8)], &[]);
    let p = out[0].as_ref().unwrap();
    assert!(p.rect.center().distance(Point::new(250.0, 200.0)) < 3.0, "{p:?}");
    assert!(p.leader.is_none() && p.along.is_none() && p.form == 0 && p.align == Align::Middle);
}

#[test]
fn a_narrow_place_takes_two_lines() {
    let out = placed(&[area("M100 100H150V300H100Z", 9)], &[]);
    assert_eq!(out[0].as_ref().unwrap().form, 1);
}

#[test]
fn a_ring_keeps_the_name_off_its_hole() {
    placed(&[area("M100 100H300V300H100Z M130 130H270V270H130Z", 8)], &[]);
    let c = placed(&[area("M100 100H300V140H160V260H300V300H100Z", 16)], &[]);
    assert!(c[0].as_ref().unwrap().leader.is_none());
}

#[test]
fn a_long_bent_country_has_its_name_along_it() {
    let strip = "M400 60 C380 200 360 300 380 520 L402 520 C382 300 402 200 424 60 Z";
    // All around lies what must not be covered.
    let sea = obstacle(&format!("M0 0H800V600H0Z {strip}"), 1.0, None);
    let out = placed(&[area(strip, 14)], &[sea]);
    let p = out[0].as_ref().unwrap();
    assert!(p.along.is_some() && p.leader.is_none(), "{p:?}");
    assert!(p.rect.height() > 2.0 * p.rect.width());
}

#[test]
fn a_tiny_island_alone_needs_no_leader_but_one_in_a_crowd_does() {
    let island = "M400 300h4v4h-4Z";
    let alone = placed(&[area(island, 8)], &[]);
    assert!(alone[0].as_ref().unwrap().leader.is_none());
    let reefs: String = (0..100)
        .map(|k| (k % 10 * 10, k / 10 * 10))
        .filter(|&c| c != (50, 50))
        .map(|(x, y)| format!("M{} {}h2v2h-2Z ", 351 + x, 251 + y))
        .collect();
    let crowd = placed(&[area(island, 8)], &[obstacle(&reefs, 0.5, None)]);
    assert!(crowd[0].as_ref().unwrap().leader.is_some());
}

#[test]
fn islands_in_a_chain_all_get_their_names() {
    let chain: Vec<Request> =
        (0..12).map(|k| area(&format!("M{} {}h6v8h-6Z", 400 + k % 3 * 9, 60 + k * 40), 7 + k % 9)).collect();
    let own: Vec<Obstacle> = (0..12)
        .map(|k| obstacle(&format!("M{} {}h6v8h-6Z", 400 + k % 3 * 9, 60 + k * 40), 0.9, Some(k)))
        .collect();
    assert!(placed(&chain, &own).iter().all(|p| p.as_ref().is_some_and(|p| p.form == 0)));
}

#[test]
fn a_flow_through_the_middle_is_dodged() {
    let mut flow = obstacle("M250 0V600", 0.6, None);
    flow.reach = 4.0;
    let out = placed(&[area("M100 100H400V300H100Z", 8)], &[flow]);
    let rect = out[0].as_ref().unwrap().rect;
    assert!(rect.x1 < 246.0 || rect.x0 > 254.0);
}

#[test]
fn nobody_stands_on_a_legend() {
    let legend = obstacle("M100 100H400V300H100Z", 1.0, None);
    let out = placed(&[area("M100 100H400V300H100Z", 8)], std::slice::from_ref(&legend));
    let covered = out[0].as_ref().map(|p| p.rect.intersect(legend.path.bounding_box()));
    assert!(covered.is_none_or(|r| r.is_zero_area()));
}

#[test]
fn imhof_puts_a_free_points_name_to_the_upper_right() {
    let out = placed(&[point(400.0, 300.0, 8, 1.0)], &[]);
    let p = out[0].as_ref().unwrap();
    assert!(p.rect.x0 > 400.0 && p.rect.y1 < 306.0 && p.rect.y0 < 294.0 && p.align == Align::Start, "{p:?}");
}

#[test]
fn names_keep_off_other_points_symbols() {
    let requests: Vec<Request> = (0..5).map(|k| point(300.0 + 22.0 * f64::from(k), 300.0, 6, 1.0)).collect();
    for (k, p) in placed(&requests, &[]).into_iter().enumerate() {
        let Some(p) = p else { continue };
        for (other, request) in requests.iter().enumerate().filter(|(other, _)| *other != k) {
            let Target::Point(centre, radius) = request.target else { continue };
            let apart = p.rect.inflate(radius, radius).contains(centre);
            assert!(!apart, "label {k} covers symbol {other}");
        }
    }
}

#[test]
fn the_less_important_is_dropped() {
    // Two points whose names fit only one at a time.
    let frame = Rect::new(0.0, 0.0, 62.0, 16.0);
    for (first, second) in [(1.0, 5.0), (5.0, 1.0)] {
        let requests = [point(3.0, 8.0, 6, first), point(59.0, 8.0, 6, second)];
        let out = place(&requests, &[], frame);
        assert_eq!(out.iter().flatten().count(), 1);
        assert_eq!(out[0].is_some(), first > second);
    }
}

#[test]
fn hopeless_requests_are_dropped_quietly() {
    let empty = Request { forms: Vec::new(), ..area("M0 0H100V100H0Z", 3) };
    let nowhere = Request { target: Target::Area(Path::new().into()), ..area("M0 0H1V1Z", 3) };
    let nan = Request { target: Target::Point(Point::new(f64::NAN, 0.0), 1.0), ..area("M0 0H1V1Z", 3) };
    let mut huge = area("M0 0H100V100H0Z", 3000);
    huge.forms.truncate(1);
    let mut odd = area("M10 10H100V100H10Z", 3);
    odd.forms[0].size.width = f64::INFINITY;
    odd.priority = f64::NAN;
    let out = place(&[empty, nowhere, nan, huge, odd], &[], FRAME);
    assert!(out[..4].iter().all(Option::is_none));
    assert_eq!(out[4].as_ref().map(|p| p.form), Some(1));
    assert!(place(&[area("M0 0H50V50H0Z", 3)], &[], Rect::ZERO)[0].is_none());
}

/// Words of a name and the band of an arrow along `y`.
fn through(y: f64) -> Piece {
    Piece {
        stands: vec![Stand::arrow(&[Point::new(0.0, y), Point::new(800.0, y)], 3.0, 0.1)],
        ..Piece::default()
    }
}

#[test]
fn names_and_pieces_make_room_for_each_other() {
    let land = [area("M100 100H400V300H100Z", 8)];
    let block = |rect: Rect, cost: f64| Stand::block(rect, cost);
    let middle = Rect::new(100.0, 100.0, 400.0, 300.0);
    // a legend leaves its best place when a name has none else, and a name its best place for a legend that has none
    let aside = Piece {
        stands: vec![block(middle, 0.0), block(middle + Vec2::new(0.0, 250.0), 0.2)],
        ..Piece::default()
    };
    let both = arrange(&land, vec![aside], &[], FRAME, |_| Vec::new());
    assert_eq!(both.pieces, [Some(1)]);
    let upper = Piece { stands: vec![block(Rect::new(100.0, 100.0, 400.0, 205.0), 0.0)], ..Piece::default() };
    let both = arrange(&land, vec![upper], &[], FRAME, |_| Vec::new());
    assert_eq!(both.pieces, [Some(0)]);
    assert!(
        both.labels[0].as_ref().is_some_and(|name| name.rect.y0 >= 205.0 && name.leader.is_none()),
        "{both:?}"
    );
}

#[test]
fn an_arrow_keeps_off_all_names_but_its_own() {
    let land = [area("M100 100H400V300H100Z", 8)];
    let at = |spares: Vec<usize>| {
        let later = |likely: Vec<Option<Placement>>| {
            let y = likely[0].as_ref().map_or(0.0, |name| name.rect.center().y);
            vec![Piece { spares, is_arrow: true, ..through(y) }]
        };
        arrange(&land, Vec::new(), &[], FRAME, later).labels[0].as_ref().map(|name| name.rect.center().y)
    };
    assert_eq!(at(vec![0]), Some(200.0));
    assert!(at(Vec::new()).is_some_and(|y| (y - 200.0).abs() > 8.0));
}

#[test]
fn lines_of_remarks_run_across_arrows_and_not_through_words() {
    let remark = |y: f64| {
        let words = Rect::new(100.0, y, 200.0, y + 40.0);
        let stand = |x: f64, cost: f64| {
            let rect = words + Vec2::new(x, 0.0);
            Stand::remark(
                rect,
                [Point::new(rect.x0 + 50.0, y + 40.0), Point::new(150.0, 480.0 + y / 10.0)],
                cost,
            )
        };
        Piece { stands: vec![stand(0.0, 0.0), stand(400.0, 0.5)], ..Piece::default() }
    };
    let arrow = || Piece { is_arrow: true, ..through(400.0) };
    let across = arrange(&[], vec![remark(100.0), arrow()], &[], FRAME, |_| Vec::new());
    assert_eq!(across.pieces, [Some(0), Some(0)]);
    let two = arrange(&[], vec![remark(100.0), remark(300.0)], &[], FRAME, |_| Vec::new());
    assert!(two.pieces.iter().all(Option::is_some) && two.pieces != [Some(0), Some(0)], "{two:?}");
    let arrows = arrange(&[], vec![arrow(), arrow()], &[], FRAME, |_| Vec::new());
    assert_eq!(arrows.pieces, [Some(0), Some(0)]);
}

/// Points strewn at random, from a small generator.
fn strewn(count: usize, seed: u64) -> Vec<Request> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    (0..count)
        .map(|_| point(800.0 * next(), 600.0 * next(), 4 + (8.0 * next()) as usize, 0.5 + next()))
        .collect()
}

#[test]
fn a_crowd_gets_a_fifth_more_names_than_greedily() {
    let requests = strewn(420, 11);
    let setting = Setting::new(&requests, &[]);
    let scene =
        Scene { sites: &setting.sites, ground: &setting.ground, frame: FRAME, labels: requests.len() };
    let labels: Vec<Vec<Candidate>> = requests
        .iter()
        .enumerate()
        .map(|(index, request)| Wish { index, request, scene: &scene }.candidates(None))
        .collect();
    let problem = Problem::new(&labels, vec![1.0; labels.len()], |_, _| false);
    let start = vec![NONE; labels.len()];
    let count = |chosen: &[u32]| chosen.iter().filter(|&&c| c != NONE).count();
    let (greedy, ours) = (count(&first_fit(&problem)), count(&choose(&problem, &start, Effort::Full).chosen));
    assert!(ours as f64 >= 1.2 * greedy as f64, "{ours} against {greedy}");
}

#[test]
fn twice_the_same() {
    let requests = strewn(120, 5);
    let [a, b] = [0, 1].map(|_| format!("{:?}", placed(&requests, &[])));
    assert_eq!(a, b);
}

/// A wobbly blob around `centre`.
fn blob(centre: Point, radii: &[f64], flat: f64, turn: f64) -> Path {
    let mut path = Path::new();
    for (k, &r) in radii.iter().enumerate() {
        let (sin, cos) = libm::sincos(k as f64 / radii.len() as f64 * std::f64::consts::TAU);
        let p = Point::new(r * cos, r * flat * sin);
        if k == 0 { path.move_to(p) } else { path.line_to(p) }
    }
    path.close_path();
    Affine::translate(centre.to_vec2()) * Affine::rotate(turn) * path
}

prop_compose! {
    fn any_area()(
        x in 0.0..800.0, y in 0.0..600.0,
        size in 2.0..90.0, radii in prop::collection::vec(0.6..1.2, 5..24),
        flat in 0.15..1.0, turn in 0.0..3.2, letters in 3..16_usize,
    ) -> Request {
        let radii: Vec<f64> = radii.into_iter().map(|r: f64| r * size).collect();
        let target = Target::Area(blob(Point::new(x, y), &radii, flat, turn).into());
        Request { forms: forms(letters, 12.0), target, priority: size, may_lead: true, reach: f64::INFINITY, land: Land::Weighed }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_map_keeps_the_promises(requests in prop::collection::vec(any_area(), 1..30)) {
        let obstacles: Vec<Obstacle> = requests.iter().enumerate().filter_map(|(k, r)| {
            let Target::Area(path) = &r.target else { return None };
            Some(Obstacle { path: path.clone(), reach: 0.0, weight: 0.9, owner: Some(k) })
        }).collect();
        placed(&requests, &obstacles);
    }

    #[test]
    fn every_crowd_of_points_keeps_them_too(count in 1..150_usize, seed in any::<u64>()) {
        placed(&strewn(count, seed), &[]);
    }

    #[test]
    fn two_hundred_and_fifty_boxes(seed in any::<u64>()) {
        let requests: Vec<Request> = strewn(250, seed).into_iter().map(|mut r| {
            let Target::Point(centre, _) = r.target else { return r };
            r.target = Target::Area(Path::from(Rect::from_center_size(centre, (30.0, 18.0)).to_path(0.1)).into());
            r
        }).collect();
        placed(&requests, &[]);
    }
}

#[test]
fn three_make_room_for_a_fourth() {
    let at = |k: f64| Rect::new(100.0 * k, 0.0, 100.0 * k + 40.0, 8.0);
    let could = |stands: &[f64]| -> Vec<Candidate> {
        let all = stands.iter().zip([0.0, 0.1]);
        all.map(|(k, cost)| Candidate::level(0, at(*k), Align::Middle, cost, 10.0)).collect()
    };
    // each would rather stand where the next one comes; the last has no other place
    let labels = [could(&[0.0, 1.0]), could(&[1.0, 2.0]), could(&[2.0, 3.0]), could(&[0.0])];
    let problem = Problem::new(&labels, vec![1.0; 4], |_, _| false);
    let mut state = State::new(&problem);
    state.first_fit(&[0, 1, 2, 3]);
    assert_eq!(state.chosen, [0, 0, 0, NONE]);
    assert!(state.fit_in(&[0, 1, 2, 3]));
    assert_eq!(state.chosen, [1, 1, 1, 0]);
    assert!(!state.fit_in(&[0, 1, 2, 3]));
}
