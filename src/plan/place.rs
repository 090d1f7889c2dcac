//! Decisions about what is shown: the frame, and the places that the map file names.

use super::Desk;
use super::composite::COMPOSITES;
use crate::atlas::{Detail, Level, Lookup, PlaceId};
use crate::diagnostic::{Diagnostic, nearest};
use crate::frame::{Far, Fit, FrameOptions};
use crate::geometry::LonLat;
use crate::projection;
use crate::projection::proj_string::{self, is_proj_string};
use crate::spec::{ContextSpec, DetailSpec, FarSpec, FitSpec, FrameSpec};

/// Europe as it is usually framed: from Iceland to the Caucasus, from Crete to the North Cape. Its members reach to the
/// Pacific.
const EUROPE: [f64; 4] = [-24.5, 34.5, 45.0, 71.5];

impl Desk<'_> {
    /// What part of the world a map shows.
    pub(super) fn frame(
        &mut self,
        key: &str,
        spec: &FrameSpec,
        level: Option<Level>,
        padding: f64,
    ) -> FrameOptions {
        let asked = spec.projection.as_deref().filter(|name| is_proj_string(name)).and_then(|text| {
            let read = proj_string::read(text);
            read.map_err(|one| self.fault(&format!("{key}.projection"), *one)).ok()
        });
        let by_name = spec.projection.as_deref().filter(|name| *name != "auto" && !is_proj_string(name));
        let projection = match &asked {
            Some(asked) => Some(asked.name.to_owned()),
            None => by_name.map(|name| self.projection(key, name)),
        };
        if key != "frame" && spec.view.is_some() {
            let one = Diagnostic::error("an inset shows the borders as the whole figure does");
            self.fault(&format!("{key}.view"), one.hint("set `frame.view`, which holds for the insets too"));
        }
        let center = spec.center.map(|[lon, lat]| {
            let lon = self.within(&format!("{key}.center"), lon, -360.0..=360.0);
            let lat = self.within(&format!("{key}.center"), lat, -90.0..=90.0);
            LonLat::new(lon, lat)
        });
        let parallels = spec.parallels.map(|[a, b]| {
            let key = format!("{key}.parallels");
            (self.within(&key, a, -90.0..=90.0), self.within(&key, b, -90.0..=90.0))
        });
        let padding = self.within(&format!("{key}.padding"), spec.padding.unwrap_or(padding), 0.0..=2.0);
        if let Some(step) = spec.graticule {
            self.within(&format!("{key}.graticule"), step, 0.5..=90.0);
        }
        FrameOptions {
            fit: self.fit(&format!("{key}.fit"), spec.fit.as_ref(), level),
            projection,
            center: center.or(asked.as_ref().map(|asked| asked.center)),
            parallels: parallels.or(asked.as_ref().and_then(|asked| asked.parallels)),
            rotate: self.within(
                &format!("{key}.rotate"),
                spec.rotate.or(asked.as_ref().map(|asked| asked.roll)).unwrap_or(0.0),
                -360.0..=360.0,
            ),
            aspect: asked.as_ref().map(|asked| asked.aspect).unwrap_or_default(),
            padding,
            graticule: spec.graticule.map(|step| step.clamp(0.5, 90.0)),
            detail: spec.detail.map(detail),
            near: spec.context != Some(ContextSpec::All),
            far: far(key, spec),
        }
    }

    fn projection(&mut self, key: &str, name: &str) -> String {
        if !projection::NAMES.contains(&name) {
            let one = Diagnostic::error(format!("there is no projection called `{name}`"));
            let composites = COMPOSITES.iter().map(|composite| composite.name);
            let names: Vec<&str> = projection::NAMES.iter().copied().chain(composites).collect();
            let one = match nearest(name, &names) {
                Some(near) => one.hint(format!("did you mean `{near}`?")),
                None => one.hint(format!("the projections are {}", names.join(", "))),
            };
            self.fault(&format!("{key}.projection"), one);
        }
        name.to_owned()
    }

    fn fit(&mut self, key: &str, fit: Option<&FitSpec>, level: Option<Level>) -> Fit {
        match fit {
            None => Fit::Data,
            Some(FitSpec::Name(name)) if name == "data" => Fit::Data,
            Some(FitSpec::Name(name)) if name.eq_ignore_ascii_case("world") => Fit::World,
            Some(FitSpec::Name(name)) if name.eq_ignore_ascii_case("Europe") => Fit::Box(EUROPE),
            Some(FitSpec::Name(name)) => Fit::Places(self.region(key, name, level)),
            Some(FitSpec::Places(names)) if names.is_empty() => {
                let one = Diagnostic::error("the list of places to fit is empty");
                self.fault(key, one.hint("leave `fit` out to fit the data, or name places"));
                Fit::World
            }
            Some(FitSpec::Places(names)) => {
                Fit::Places(names.iter().flat_map(|name| self.region(key, name, level)).collect())
            }
            Some(FitSpec::Box(edges)) => {
                let [west, south, east, north] = *edges;
                let fine = south < north && south >= -90.0 && north <= 90.0 && west != east;
                if !fine || west.abs() > 360.0 || east.abs() > 360.0 {
                    let one = Diagnostic::error(format!(
                        "[{west}, {south}, {east}, {north}] is no box of the globe"
                    ));
                    self.fault(
                        key,
                        one.hint("write [west, south, east, north] in degrees, south below north"),
                    );
                    return Fit::World;
                }
                Fit::Box(*edges)
            }
        }
    }

    /// The places of a region, or the one place of that name.
    pub(super) fn region(&mut self, key: &str, name: &str, level: Option<Level>) -> Vec<PlaceId> {
        if level == Some(Level::Own) && matches!(self.atlas.lookup(name, Level::Own), Lookup::One(..)) {
            return self.place(key, name, level).into_iter().collect();
        }
        match self.atlas.members(name) {
            Some(places) => places,
            None => self.place(key, name, level).into_iter().collect(),
        }
    }

    /// The one place called `name`; a fault where there is none, or more than one.
    pub(super) fn place(&mut self, key: &str, name: &str, level: Option<Level>) -> Option<PlaceId> {
        let known_as = format!("{level:?} {:?} {name}", self.scope);
        if let Some(known) = self.named.get(&known_as) {
            return *known;
        }
        let own = self.atlas.own().map(|_| Level::Own);
        let levels: &[Level] = match level.or(own) {
            Some(Level::UsState) => &[Level::UsState, Level::Country, Level::Admin1, Level::Own],
            Some(Level::Admin1) => &[Level::Admin1, Level::Country, Level::UsState, Level::Own],
            Some(Level::Own) => &[Level::Own, Level::Country, Level::UsState, Level::Admin1],
            _ => &[Level::Country, Level::UsState, Level::Admin1, Level::Own],
        };
        let lookup = |level: &Level| match level {
            Level::Admin1 => self.atlas.lookup_province(name, &self.scope),
            _ => self.atlas.lookup(name, *level),
        };
        let found = levels.iter().map(lookup).find(|one| *one != Lookup::Unknown);
        let id = match found {
            Some(Lookup::One(id, _)) => Some(id),
            Some(Lookup::Many(ids)) => {
                let names: Vec<&str> = ids.iter().map(|id| &*self.atlas.place(*id).name).collect();
                let one = Diagnostic::error(format!("\"{name}\" may be any of {}", names.join(", ")));
                self.fault(key, one.hint("write the full name, or the ISO code"));
                None
            }
            _ => {
                let near = self.atlas.suggest(name, levels[0]);
                let named = |id| self.atlas.place(id).name.to_string();
                let one = Diagnostic::error(format!("no place is called \"{name}\""));
                let one = match (self.atlas.remark(name, levels[0]), near.first()) {
                    (Some(remark), _) => one.hint(format!("{name} {}", remark.sentence(&named))),
                    (None, Some(near)) => {
                        one.hint(format!("did you mean \"{}\"?", self.atlas.place(*near).name))
                    }
                    (None, None) => one.hint("`pressmap places` lists what there is"),
                };
                self.fault(key, one);
                None
            }
        };
        self.named.insert(known_as, id);
        id
    }
}

/// Far places of the main map's data go into an inset, and those of a named region beyond its frame.
fn far(key: &str, spec: &FrameSpec) -> Far {
    let is_data = |name: &str| name == "data";
    match (&spec.fit, spec.far) {
        (_, Some(FarSpec::Fit)) => Far::Fit,
        (Some(FitSpec::Name(name)), _) if !is_data(name) => Far::Leave,
        (Some(FitSpec::Places(_) | FitSpec::Box(_)), _) => Far::Fit,
        // an inset has no insets
        _ if key != "frame" => Far::Fit,
        _ => Far::Inset,
    }
}

fn detail(spec: DetailSpec) -> Detail {
    match spec {
        DetailSpec::Coarse => Detail::Coarse,
        DetailSpec::Medium => Detail::Medium,
        DetailSpec::Fine => Detail::Fine,
    }
}
