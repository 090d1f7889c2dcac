//! Which rows of a table count: conditions on its columns, as an expression or as pairs.
//!
//! A value that is a number is compared as a number, whatever the marks of the column; any other as text, without
//! case. A cell that is empty is neither less nor more than anything.

mod parse;

use crate::diagnostic::{Diagnostic, Place, Result};

use self::parse::{Condition, Order};
use super::{Filter, Table, build, number, trim};

/// A condition whose columns are found.
enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Among(usize, Vec<Value>),
    Order(usize, Order, Value),
}

/// A value of a condition: its text in lower case, and its number if it is one.
struct Value {
    text: String,
    number: Option<f64>,
    /// The decimal mark of the column that it is compared with.
    mark: char,
}

impl Table {
    /// Keeps only the rows that pass `filter`.
    ///
    /// # Errors
    /// It cannot be understood, names a column that is not there, or leaves no row.
    pub(super) fn filter(&mut self, filter: &Filter) -> Result<()> {
        let condition = match filter {
            Filter::All => return Ok(()),
            Filter::Equal(pairs) if pairs.is_empty() => return Ok(()),
            Filter::Equal(pairs) => {
                let pair =
                    |(column, text): &(String, String)| Condition::Among(column.clone(), vec![text.clone()]);
                Condition::All(pairs.iter().map(pair).collect())
            }
            Filter::Expression(text) => parse::parse(text)?,
        };
        let test = self.test(&condition)?;
        let kept: Vec<bool> = (0..self.len()).map(|row| test.passes(self, row)).collect();
        if !kept.contains(&true) {
            return Err(self.nothing_kept(&condition).into());
        }
        self.retain(|row| kept[row])
    }

    fn test(&self, condition: &Condition) -> Result<Test> {
        let all = |list: &[Condition]| list.iter().map(|one| self.test(one)).collect::<Result<Vec<_>>>();
        Ok(match condition {
            Condition::All(list) => Test::All(all(list)?),
            Condition::Any(list) => Test::Any(all(list)?),
            Condition::Not(inner) => Test::Not(Box::new(self.test(inner)?)),
            Condition::Among(column, texts) => {
                let column = self.column(column)?;
                Test::Among(column, texts.iter().map(|text| self.value(column, text)).collect::<Result<_>>()?)
            }
            Condition::Order(column, order, text) => {
                let column = self.column(column)?;
                Test::Order(column, *order, self.value(column, text)?)
            }
        })
    }

    fn value(&self, column: usize, text: &str) -> Result<Value> {
        let text = trim(text);
        let number = number::parse(text, '.');
        let mark = match number {
            Some(_) => self.decimal_mark(column)?.value,
            None => '.',
        };
        Ok(Value { text: text.to_lowercase(), number, mark })
    }

    fn nothing_kept(&self, condition: &Condition) -> Diagnostic {
        let error = Diagnostic::error(format!("no row is left where {}", words(condition)))
            .at(Place::file(self.file.clone()));
        let Some(Ok(column)) = first_column(condition).map(|name| self.column(name)) else { return error };
        let mut seen: Vec<&str> = Vec::new();
        for cell in self.cells(column) {
            if seen.len() < 8 && !seen.contains(&cell) {
                seen.push(cell);
            }
        }
        error.hint(format!("\"{}\" holds {}", self.columns[column], build::quoted(&seen)))
    }
}

impl Test {
    fn passes(&self, table: &Table, row: usize) -> bool {
        match self {
            Test::All(list) => list.iter().all(|one| one.passes(table, row)),
            Test::Any(list) => list.iter().any(|one| one.passes(table, row)),
            Test::Not(inner) => !inner.passes(table, row),
            Test::Among(column, values) => values.iter().any(|value| value.is(table.cell(row, *column))),
            Test::Order(column, order, value) => value.orders(*order, table.cell(row, *column)),
        }
    }
}

impl Value {
    fn is(&self, cell: &str) -> bool {
        let same = |number: f64| number::parse(cell, self.mark) == Some(number);
        cell.to_lowercase() == self.text || self.number.is_some_and(same)
    }

    fn orders(&self, order: Order, cell: &str) -> bool {
        let found = match self.number {
            Some(number) => number::parse(cell, self.mark).and_then(|cell| cell.partial_cmp(&number)),
            None if cell.is_empty() => None,
            None => Some(cell.to_lowercase().as_str().cmp(&self.text)),
        };
        found.is_some_and(|found| match order {
            Order::Less => found.is_lt(),
            Order::LessOrSame => found.is_le(),
            Order::More => found.is_gt(),
            Order::MoreOrSame => found.is_ge(),
        })
    }
}

/// A condition in a sentence.
fn words(condition: &Condition) -> String {
    let joined = |list: &[Condition], with: &str| list.iter().map(words).collect::<Vec<_>>().join(with);
    match condition {
        Condition::All(list) => joined(list, " and "),
        Condition::Any(list) => format!("({})", joined(list, " or ")),
        Condition::Not(inner) => format!("not ({})", words(inner)),
        Condition::Among(column, values) => {
            let values: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
            format!("\"{column}\" is {}", values.join(" or "))
        }
        Condition::Order(column, order, value) => {
            let sign = match order {
                Order::Less => "<",
                Order::LessOrSame => "<=",
                Order::More => ">",
                Order::MoreOrSame => ">=",
            };
            format!("\"{column}\" {sign} {value}")
        }
    }
}

fn first_column(condition: &Condition) -> Option<&str> {
    match condition {
        Condition::All(list) | Condition::Any(list) => list.iter().find_map(first_column),
        Condition::Not(inner) => first_column(inner),
        Condition::Among(column, _) | Condition::Order(column, _, _) => Some(column),
    }
}
