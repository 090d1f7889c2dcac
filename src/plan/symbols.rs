//! `[symbols]` as it was asked for → the sizes of circles, and whether a second value colours them.

use super::Desk;
use crate::diagnostic::Diagnostic;
use crate::scale::SizeOptions;
use crate::spec::{MapSpec, ValueSpec};
use crate::style::SymbolLook;
use crate::symbol::Symbol;
use crate::text::Rich;

/// Circles on the places of a map.
pub struct SymbolPlan {
    /// What sizes them.
    pub sizes: SizeOptions,
    /// The scale of another column colours them.
    pub colored: bool,
    /// Words above those of the legend.
    pub title: Option<Rich>,
}

/// The column that `[symbols]` names.
pub(super) fn size_column(map: &MapSpec) -> Option<String> {
    Some(map.symbols.as_ref()?.column.as_ref()?.0.clone())
}

/// Whether the value of another column colours the circles.
pub(super) fn is_colored(map: &MapSpec) -> bool {
    match (size_column(map), &map.data.value) {
        (None, _) | (_, None) => false,
        (Some(size), Some(ValueSpec::Column(value))) => size != value.0,
        (Some(_), Some(ValueSpec::Memberships(_))) => true,
    }
}

impl Desk<'_> {
    /// The circles of a map on a page of this width in px.
    pub(super) fn symbols(&mut self, map: &MapSpec, look: &SymbolLook, width: f64) -> Option<SymbolPlan> {
        for (i, _) in map.scale.class.iter().enumerate().filter(|(_, class)| class.symbol.is_some()) {
            let one = Diagnostic::error("the symbols of classes are for points");
            let hint = "write them in [[points.scale.class]]; [symbols] has one `symbol` for all, as areas are compared";
            self.fault(&format!("scale.class.{i}.symbol"), one.hint(hint));
        }
        let spec = map.symbols.as_ref()?;
        if map.data.file.is_none() {
            let one = Diagnostic::error("[symbols] draws the amounts of a table, and the map has none");
            self.fault("symbols", one.hint("write `file = \"…\"` in [data]"));
        }
        let max_radius = spec.max_radius.map(|asked| self.within("symbols.max_radius", asked, 2.0..=400.0));
        let examples = spec.legend.clone().unwrap_or_default();
        if examples.len() > 4 {
            let one =
                Diagnostic::error(format!("{} circles in a legend cannot be told apart", examples.len()));
            self.fault("symbols.legend", one.hint("two or three round values are best, and four the most"));
        }
        let sizes = SizeOptions {
            flannery: spec.flannery.unwrap_or(false),
            max_radius: max_radius.unwrap_or(look.max_radius.0),
            least_radius: look.least_radius.0,
            room: max_radius.is_none().then_some(look.crowd * width * width),
            examples,
            fill: look.fill,
            symbol: self.area_symbol(spec.symbol.as_deref()),
        };
        let title = spec.title.as_deref().filter(|text| !text.trim().is_empty()).map(Rich::parse);
        Some(SymbolPlan { sizes, colored: is_colored(map), title })
    }

    /// What shows amounts by its area: plain shapes do.
    fn area_symbol(&mut self, name: Option<&str>) -> Symbol {
        const PLAIN: [&str; 7] =
            ["circle", "square", "diamond", "triangle", "triangle-down", "pentagon", "hexagon"];
        let Some(name) = name else { return Symbol::CIRCLE };
        let found = Symbol::named(name).filter(|_| PLAIN.contains(&name));
        found.unwrap_or_else(|| {
            let one = Diagnostic::error(format!("\"{name}\" is no symbol whose area shows an amount"));
            self.fault("symbols.symbol", one.hint(format!("write {}", PLAIN.join(", "))));
            Symbol::CIRCLE
        })
    }
}
