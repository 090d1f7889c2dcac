//! The program's own few words on a figure, and how numbers are written, by language.
//!
//! Number marks follow CLDR 48 (`main/LANG/numbers.json`); a language without an entry is an error, never a
//! guess.

use crate::scale::NumberFormat;

/// The fixed words and marks of a language.
#[derive(Debug, PartialEq)]
pub struct Words {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// "Source".
    pub source: &'static str,
    /// "No data".
    pub no_data: &'static str,
    /// Between a word and what it introduces.
    pub colon: &'static str,
    /// Before the last of a list.
    pub and: &'static str,
    /// "Borders".
    pub borders: &'static str,
    /// "disputed lines dashed".
    pub dashed: &'static str,
    /// "view", of whose borders they are.
    pub view: &'static str,
    /// "United Nations".
    pub united_nations: &'static str,
    /// The lowest class; `{}` stands for its upper bound.
    pub under: &'static str,
    /// The highest class; `{}` stands for its lower bound.
    pub over: &'static str,
    /// A class that a place is in without being in any other; `{}` stands for its name.
    pub only: &'static str,
    /// What the number in a circle of points that are close together counts.
    pub points: &'static str,
    /// "Map".
    pub map: &'static str,
    /// North, south, east and west in a letter.
    pub compass: [&'static str; 4],
    /// Between whole and fraction.
    pub decimal: char,
    /// Between groups of three digits.
    pub group: &'static str,
    /// One million and several, `{}` stands for how many; then a thousand times as many (CLDR's long compact forms).
    pub large: [[&'static str; 2]; 2],
}

/// Every language there is; the first is the default.
pub const LANGUAGES: &[Words] = &[
    Words {
        tag: "en",
        source: "Source",
        no_data: "No data",
        colon: ": ",
        and: "and",
        borders: "Borders",
        dashed: "disputed lines dashed",
        view: "view",
        united_nations: "United Nations",
        under: "under {}",
        over: "{} and more",
        only: "{} only",
        points: "number of points",
        map: "Map",
        compass: ["N", "S", "E", "W"],
        decimal: '.',
        group: ",",
        large: [["{} million", "{} million"], ["{} billion", "{} billion"]],
    },
    Words {
        tag: "es",
        source: "Fuente",
        no_data: "Sin datos",
        colon: ": ",
        and: "y",
        borders: "Fronteras",
        dashed: "líneas en disputa, discontinuas",
        view: "perspectiva",
        united_nations: "Naciones Unidas",
        under: "menos de {}",
        over: "{} y más",
        only: "solo {}",
        points: "número de puntos",
        map: "Mapa",
        compass: ["N", "S", "E", "O"],
        decimal: ',',
        group: ".",
        large: [["{} millón", "{} millones"], ["{} mil millones", "{} mil millones"]],
    },
    Words {
        tag: "fr",
        source: "Source",
        no_data: "Pas de données",
        colon: "\u{a0}: ",
        and: "et",
        borders: "Frontières",
        dashed: "lignes contestées en tirets",
        view: "point de vue",
        united_nations: "Nations unies",
        under: "moins de {}",
        over: "{} et plus",
        only: "{} seulement",
        points: "nombre de points",
        map: "Carte",
        compass: ["N", "S", "E", "O"],
        decimal: ',',
        group: "\u{202f}",
        large: [["{} million", "{} millions"], ["{} milliard", "{} milliards"]],
    },
    Words {
        tag: "pt",
        source: "Fonte",
        no_data: "Sem dados",
        colon: ": ",
        and: "e",
        borders: "Fronteiras",
        dashed: "linhas disputadas tracejadas",
        view: "perspetiva",
        united_nations: "Nações Unidas",
        under: "menos de {}",
        over: "{} e mais",
        only: "só {}",
        points: "número de pontos",
        map: "Mapa",
        compass: ["N", "S", "L", "O"],
        decimal: ',',
        group: ".",
        large: [["{} milhão", "{} milhões"], ["{} mil milhões", "{} mil milhões"]],
    },
    Words {
        tag: "de",
        source: "Quelle",
        no_data: "Keine Daten",
        colon: ": ",
        and: "und",
        borders: "Grenzen",
        dashed: "umstrittene Linien gestrichelt",
        view: "Sicht",
        united_nations: "Vereinte Nationen",
        under: "unter {}",
        over: "{} und mehr",
        only: "nur {}",
        points: "Zahl der Punkte",
        map: "Karte",
        compass: ["N", "S", "O", "W"],
        decimal: ',',
        group: ".",
        large: [["{} Million", "{} Millionen"], ["{} Milliarde", "{} Milliarden"]],
    },
    Words {
        tag: "it",
        source: "Fonte",
        no_data: "Nessun dato",
        colon: ": ",
        and: "e",
        borders: "Confini",
        dashed: "linee contese tratteggiate",
        view: "punto di vista",
        united_nations: "Nazioni Unite",
        under: "meno di {}",
        over: "{} e più",
        only: "solo {}",
        points: "numero di punti",
        map: "Mappa",
        compass: ["N", "S", "E", "O"],
        decimal: ',',
        group: ".",
        large: [["{} milione", "{} milioni"], ["{} miliardo", "{} miliardi"]],
    },
    Words {
        tag: "nl",
        source: "Bron",
        no_data: "Geen gegevens",
        colon: ": ",
        and: "en",
        borders: "Grenzen",
        dashed: "betwiste lijnen gestreept",
        view: "standpunt",
        united_nations: "Verenigde Naties",
        under: "minder dan {}",
        over: "{} en meer",
        only: "alleen {}",
        points: "aantal punten",
        map: "Kaart",
        compass: ["N", "Z", "O", "W"],
        decimal: ',',
        group: ".",
        large: [["{} miljoen", "{} miljoen"], ["{} miljard", "{} miljard"]],
    },
];

/// The words of a language by its tag; a region subtag is passed over (`es-MX` → `es`).
pub fn of(tag: &str) -> Option<&'static Words> {
    let language = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    LANGUAGES.iter().find(|one| one.tag == language)
}

impl Words {
    /// How numbers are written, with a unit before or after.
    pub fn number(&self, prefix: Option<&str>, suffix: Option<&str>) -> NumberFormat {
        NumberFormat {
            decimal: self.decimal,
            group: self.group.to_owned(),
            prefix: prefix.unwrap_or_default().to_owned(),
            suffix: suffix.unwrap_or_default().to_owned(),
        }
    }

    /// "a", "a and b", "a, b and c".
    pub fn list(&self, items: &[&str]) -> String {
        match items {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.and),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_subtag_is_passed_over() {
        assert_eq!(of("es-MX").map(|words| words.source), Some("Fuente"));
        assert_eq!(of("tlh"), None);
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(LANGUAGES[0].list(&["Peru", "Chile", "Brazil"]), "Peru, Chile and Brazil");
        assert_eq!(LANGUAGES[1].list(&["Perú"]), "Perú");
    }
}
