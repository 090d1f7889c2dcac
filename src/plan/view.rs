//! Decisions about whose borders are shown.

use super::Desk;
use crate::atlas::{DE_FACTO, Level, Lookup, Shown, UN, View, disputes, view_names};
use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::spec::{MapSpec, UnitsSpec};
use crate::table::{self, Form, TableOptions};

/// Columns of a table of views, as in `data/views.csv`.
const COLUMNS: [&str; 4] = ["view", "area", "shows", "lines"];

impl Desk<'_> {
    /// The view that a map file asks for, with what it adds to it.
    pub(super) fn view(
        &mut self,
        spec: &MapSpec,
        open: &dyn Fn(&str) -> Result<String, Diagnostics>,
    ) -> Result<View, Diagnostics> {
        let wish = spec.frame.view.as_deref().unwrap_or(DE_FACTO);
        let mut own = Vec::new();
        if let Some(file) = &spec.view.file {
            own.extend(self.table_of_views(file, open(file)?, wish)?);
        }
        for (area, shows) in &spec.view.areas {
            own.extend(self.shown(&format!("view.areas.{area}"), area, shows));
        }
        let is_own = spec.view.file.is_some() || !spec.view.areas.is_empty();
        let name = self.view_name(wish, is_own);
        let mut view = View::new(&name, spec.data.units == Some(UnitsSpec::Sovereign), &own);
        if let Some(name) = &spec.view.name {
            view.name.clone_from(name);
        }
        Ok(view)
    }

    /// A bundled view by its name, its code or its country; any other name where the map file says what it shows.
    fn view_name(&mut self, wish: &str, is_own: bool) -> String {
        if wish == DE_FACTO {
            return DE_FACTO.to_owned();
        }
        let known = view_names();
        let same =
            |name: &str| known.iter().find(|one| one.eq_ignore_ascii_case(name)).map(|one| (*one).to_owned());
        let country = || match self.atlas.lookup(wish, Level::Country) {
            Lookup::One(id, _) => Some(self.atlas.place(id).alpha2.as_ref()),
            _ => None,
        };
        let un = wish.eq_ignore_ascii_case("United Nations").then(|| UN.to_owned());
        if let Some(name) = same(wish).or(un).or_else(|| country().and_then(same)) {
            return name;
        }
        if !is_own {
            let one = Diagnostic::error(format!("there is no view called `{wish}`"));
            let hint = format!("the views are {}; one of your own is written in [view]", known.join(", "));
            self.fault("frame.view", one.hint(hint));
        }
        wish.to_owned()
    }

    /// What `[view.areas]` says of an area: a place, `own`, and `dashed` after either.
    fn shown(&mut self, key: &str, area: &str, shows: &str) -> Option<Shown> {
        let areas: Vec<&str> = disputes().iter().map(|dispute| dispute.area).collect();
        if !areas.contains(&area) {
            let one = Diagnostic::error(format!("there is no disputed area called `{area}`"));
            let hint = match nearest(area, &areas) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the areas are {}", areas.join(", ")),
            };
            self.fault(key, one.hint(hint));
            return None;
        }
        let (owner, dashed) = match shows.trim().strip_suffix("dashed") {
            Some(owner) => (owner.trim(), true),
            None => (shows.trim(), false),
        };
        let owner = match owner {
            "own" | "-" => None,
            name => Some(self.place(key, name, None)?),
        };
        Some(Shown { area: area.to_owned(), owner, dashed })
    }

    /// The rows of a user's table that are of the view `wish`.
    fn table_of_views(&mut self, file: &str, text: String, wish: &str) -> Result<Vec<Shown>, Diagnostics> {
        let table = table::read(file, text.as_bytes(), Form::of(file), &TableOptions::default())?.value;
        let mut columns = Vec::new();
        for name in COLUMNS {
            columns.push(table.column(name)?);
        }
        let mut shown = Vec::new();
        for row in 0..table.len() {
            let cell = |k: usize| table.cell(row, columns[k]).trim();
            if cell(0).eq_ignore_ascii_case(wish) {
                let shows = format!("{} {}", cell(2), if cell(3) == "dashed" { "dashed" } else { "" });
                shown.extend(self.shown("view.file", cell(1), &shows));
            }
        }
        Ok(shown)
    }
}
