//! The id and the name of each place: properties that are named, or found by their names and what they hold.

use std::collections::{BTreeMap, BTreeSet};

use super::{BordersOptions, Feature, RawPolygon, fault};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, fold, nearest};

/// A place with its polygons as the file has them.
pub(super) struct Named {
    pub id: String,
    pub name: String,
    pub polygons: Vec<RawPolygon>,
}

/// Properties that hold ids, best first, as [`fold`] leaves them.
const IDS: [&str; 21] = [
    "id",
    "geoid",
    "geoid20",
    "geoid10",
    "fips",
    "code",
    "isocode",
    "iso31662",
    "iso",
    "isoa3",
    "nutsid",
    "lauid",
    "ags",
    "rs",
    "inseecode",
    "codeinsee",
    "gid",
    "pcode",
    "key",
    "fid",
    "objectid",
];

/// Properties that hold names, best first.
const NAMES: [&str; 20] = [
    "name",
    "nameen",
    "namelong",
    "namelsad",
    "fullname",
    "label",
    "title",
    "gen",
    "nom",
    "nombre",
    "nome",
    "naam",
    "navn",
    "namn",
    "nazwa",
    "bezeichnung",
    "district",
    "county",
    "region",
    "municipality",
];

/// Gives each feature its id and name. Features of one id are one place.
pub(super) fn named(
    features: Vec<Feature>,
    options: &BordersOptions,
    warnings: &mut Diagnostics,
) -> Result<Vec<Named>, Diagnostics> {
    let features = without_copies(features, options, warnings);
    let columns: BTreeSet<&str> =
        features.iter().flat_map(|feature| feature.properties.keys()).map(String::as_str).collect();
    let columns: Vec<&str> = columns.into_iter().collect();
    let mut faults = Diagnostics::default();
    let mut told = |key: &str, wished: &Option<String>| -> Option<String> {
        let wished = wished.as_ref()?;
        let exact = columns.iter().find(|column| *column == wished);
        let found = exact.or_else(|| columns.iter().find(|column| fold(column) == fold(wished)));
        if found.is_none() {
            faults.push(no_property(options, key, wished, &columns));
        }
        found.map(|column| (*column).to_owned())
    };
    let (id, name) = (told("borders.id", &options.id), told("borders.name", &options.name));
    faults.into_result()?;
    let found = Columns { features: &features, columns: &columns };
    let name = name.or_else(|| found.name().map(str::to_owned));
    let id = id.or_else(|| found.id(name.as_deref()).map(str::to_owned));
    let own_ids: BTreeSet<&str> = features.iter().filter_map(|feature| feature.id.as_deref()).collect();
    let has_own = own_ids.len() == features.len() && options.id.is_none();
    Ok(joined(features, id.as_deref(), name.as_deref(), has_own, options, warnings))
}

/// The features without those that are another one again, in all they hold.
fn without_copies(
    features: Vec<Feature>,
    options: &BordersOptions,
    warnings: &mut Diagnostics,
) -> Vec<Feature> {
    let mut known = BTreeMap::<(Option<String>, BTreeMap<String, String>), Vec<usize>>::new();
    let mut kept: Vec<Feature> = Vec::new();
    let mut copies = 0;
    for feature in features {
        let same = known.entry((feature.id.clone(), feature.properties.clone())).or_default();
        if same.iter().any(|at| kept[*at].polygons == feature.polygons) {
            copies += 1;
            continue;
        }
        same.push(kept.len());
        kept.push(feature);
    }
    if copies > 0 {
        let what = match copies {
            1 => "1 feature is there twice, and counts once".to_owned(),
            more => format!("{more} features are there again, and count once"),
        };
        warnings.push(Diagnostic::warning(what).at(Place::file(options.file.clone())));
    }
    kept
}

fn no_property(options: &BordersOptions, key: &str, wished: &str, columns: &[&str]) -> Diagnostic {
    let what = format!("the places of {} have no property \"{wished}\"", options.file);
    let one = Diagnostic::error(what).at(Place::default().key(key));
    match nearest(wished, columns) {
        Some(near) => one.hint(format!("did you mean \"{near}\"?")),
        None if columns.is_empty() => one.hint("they have no properties at all"),
        None => one.hint(format!("they have {}", columns.join(", "))),
    }
}

/// The properties of a file.
struct Columns<'f> {
    features: &'f [Feature],
    columns: &'f [&'f str],
}

impl<'f> Columns<'f> {
    fn values(&self, column: &'f str) -> impl Iterator<Item = &'f str> {
        self.features.iter().map(move |one| one.properties.get(column).map_or("", String::as_str))
    }

    /// How many different values a property has, when none is empty; 0 when one is.
    fn distinct(&self, column: &'f str) -> usize {
        let all: BTreeSet<&str> = self.values(column).collect();
        if all.contains("") { 0 } else { all.len() }
    }

    /// Words rather than numbers and codes.
    fn is_wordy(&self, column: &'f str) -> bool {
        let words = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
        self.values(column).filter(|text| words(text)).count() * 10 >= self.features.len() * 8
    }

    fn by_header(&self, known: &[&str], fits: &dyn Fn(&'f str) -> bool) -> Option<&'f str> {
        let of =
            |word: &&str| self.columns.iter().copied().find(|column| fold(column) == **word && fits(column));
        known.iter().find_map(of)
    }

    /// The name: by its header, then whatever has "name" in it or ends as the names of statistical offices do, then the
    /// wordiest that tells most places apart.
    fn name(&self) -> Option<&'f str> {
        let wordy = |column: &'f str| self.is_wordy(column);
        let like = |column: &&'f str| {
            let word = fold(column);
            (word.contains("name") || word.ends_with("nm")) && self.is_wordy(column)
        };
        self.by_header(&NAMES, &wordy).or_else(|| self.columns.iter().copied().find(like)).or_else(|| {
            let wordy = self.columns.iter().copied().filter(|column| self.is_wordy(column));
            let most = wordy.rev().max_by_key(|column| self.distinct(column))?;
            (self.distinct(most) * 2 > self.features.len()).then_some(most)
        })
    }

    /// The id: a property of different values that is called so, or ends as codes do.
    fn id(&self, name: Option<&str>) -> Option<&'f str> {
        let unique = |column: &'f str| self.distinct(column) == self.features.len();
        let like = |column: &&'f str| {
            let word = fold(column);
            (word.ends_with("cd") || word.ends_with("code") || word.ends_with("id") || word.ends_with("key"))
                && unique(column)
        };
        self.by_header(&IDS, &unique)
            .or_else(|| self.columns.iter().copied().find(like))
            .or_else(|| self.columns.iter().copied().find(|column| Some(*column) == name && unique(column)))
            // a place may consist of several features
            .or_else(|| self.by_header(&IDS, &|column| name.is_none() && self.distinct(column) > 0))
    }
}

/// Features with one id become one place.
fn joined(
    features: Vec<Feature>,
    id: Option<&str>,
    name: Option<&str>,
    has_own: bool,
    options: &BordersOptions,
    warnings: &mut Diagnostics,
) -> Vec<Named> {
    let mut places: Vec<Named> = Vec::new();
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    let (mut nameless, mut shapeless, mut several) = (0, 0, BTreeSet::new());
    for (number, feature) in features.into_iter().enumerate() {
        let property = |column: Option<&str>| {
            let value = column.and_then(|column| feature.properties.get(column)).map(String::as_str);
            value.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let own = || feature.id.clone().filter(|_| has_own);
        // the format's own id stands before a property that was only found
        let found = if options.id.is_some() { property(id) } else { own().or_else(|| property(id)) };
        if feature.polygons.is_empty() {
            shapeless += 1;
            continue;
        }
        let by_name = || property(name);
        nameless += usize::from(found.is_none() && by_name().is_none());
        let id = found.or_else(by_name).unwrap_or_else(|| (number + 1).to_string());
        let name = by_name().unwrap_or_else(|| id.clone());
        match at.get(&id) {
            Some(known) => {
                several.insert(id);
                places[*known].polygons.extend(feature.polygons);
            }
            None => {
                at.insert(id.clone(), places.len());
                places.push(Named { id, name, polygons: feature.polygons });
            }
        }
    }
    let mut warn = |what: String, hint: &str| {
        let one = fault(options, what);
        warnings.push(Diagnostic { severity: crate::diagnostic::Severity::Warning, ..one.hint(hint) });
    };
    if nameless > 0 {
        let what = format!("{nameless} places have neither an id nor a name, and are called by their number");
        warn(what, "name the properties: `id` and `name` in [borders]");
    }
    if shapeless > 0 {
        let what = match shapeless {
            1 => "1 place has no polygon, and is left out".to_owned(),
            more => format!("{more} places have no polygon, and are left out"),
        };
        warn(what, "rows of the table that name them are reported as unmatched");
    }
    if !several.is_empty() && options.id.is_none() {
        let first = several.iter().next().cloned().unwrap_or_default();
        let what = format!(
            "{} ids stand at several features (\"{first}\"); those are taken as one place",
            several.len()
        );
        warn(what, "name a property that tells them apart: `id` in [borders]");
    }
    places
}
