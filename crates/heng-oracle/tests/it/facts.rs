//! Facts out of draws: values on the ends of rows and on ties of rounding, and every state that may
//! be handed in.

use heng_model::{
    Cell, Facts, Number, Origin, Program, Quantity, State, Type, Value,
    facts::{Entry, TableFacts},
    schema::{Shape, Table, Traits},
};

use crate::draw::Draw;

/// How the facts of a case are to be.
#[derive(Clone, Copy)]
pub struct States(pub bool);

pub fn facts(program: &Program, supply: &[u16], states: States) -> Facts {
    let mut maker = Maker { draw: Draw::new(supply), states: states.0, program };
    let mut facts = Facts::missing(&program.schema);
    for (id, field) in program.schema.iter() {
        let entry = match &field.shape {
            Shape::Scalar(ty) => Entry::Scalar(maker.cell(ty, &field.traits)),
            Shape::Rating(rating) => Entry::Scalar(maker.judgement(rating.quantity, &field.traits)),
            Shape::Table(table) => Entry::Table(maker.table(table, &field.traits)),
        };
        facts.set(id, entry);
    }
    facts
}

struct Maker<'a> {
    draw: Draw<'a>,
    states: bool,
    program: &'a Program,
}

impl Maker<'_> {
    fn state(&mut self, traits: &Traits, table: bool) -> Option<State> {
        if !self.states || !self.draw.percent(18) {
            return None;
        }
        let mut choices = vec![State::NoEvidence, State::Late, State::Disputed, State::Missing];
        if table || traits.optional {
            choices.push(State::None);
        }
        if traits.may_not_apply {
            choices.push(State::NotApplicable);
        }
        Some(self.draw.of(&choices))
    }

    fn cell(&mut self, ty: &Type, traits: &Traits) -> Cell {
        let value = self.value(ty);
        let state = self.state(traits, false);
        let value = state.is_none_or(State::keeps_value).then_some(value);
        Cell { value, state, origin: Origin::default(), reason: None, evidence: None }
    }

    fn judgement(&mut self, quantity: Quantity, traits: &Traits) -> Cell {
        let mut cell = self.cell(&Type::Quantity(quantity), traits);
        cell.reason = (!self.draw.percent(8)).then(|| "好".into());
        cell.evidence = (!self.draw.percent(8)).then(|| "文件".into());
        cell
    }

    fn table(&mut self, table: &Table, traits: &Traits) -> TableFacts {
        let state = self.state(traits, true);
        let mut rows = Vec::new();
        if state.is_none_or(State::keeps_value) {
            for _ in 0..1 + self.draw.below(4) {
                let cells = table.columns.iter().map(|column| match column.formula {
                    Some(_) => Cell::missing(),
                    None => self.cell(&column.ty, &column.traits),
                });
                rows.push(cells.collect());
            }
        }
        TableFacts { state, rows, origin: Origin::default() }
    }

    fn value(&mut self, ty: &Type) -> Value {
        match ty {
            Type::Quantity(quantity) => Value::Number(self.number(*quantity)),
            Type::Bool => Value::Bool(self.draw.percent(50)),
            Type::Date => {
                let day = self.draw.of(&[1, 13, 16, 18, 19, 20, 21, 22, 27, 28, 30]);
                Value::Date(heng_model::Date::new(2023, 1, day).unwrap())
            }
            Type::Word(Some(list)) => {
                let words = &self.program.schema.choice(*list).unwrap().words;
                Value::Text(words[self.draw.below(words.len())].clone())
            }
            _ => Value::Text(format!("第{}", self.draw.below(1000)).into()),
        }
    }

    fn number(&mut self, quantity: Quantity) -> Number {
        let on_an_end = self.draw.percent(35);
        let any = i128::try_from(self.draw.below(1500)).unwrap();
        match quantity {
            Quantity::Ratio if on_an_end => Number::scaled(self.draw.of(&[60, 75, 80, 90, 100, 105, 120]), 2),
            Quantity::Ratio if self.draw.percent(20) => {
                Number::scaled(self.draw.of(&[60, 75, 80, 90, 100]) * 10_000 + self.draw.of(&[-1, 1]), 6)
            }
            // Ties of rounding, such as 0.125 and 0.0625.
            Quantity::Ratio if self.draw.percent(30) => Number::ratio(1 + any % 31, 32).unwrap(),
            Quantity::Ratio if self.draw.percent(15) => Number::ratio(1 + any % 9, 7).unwrap(),
            Quantity::Ratio => Number::scaled(any, 3),
            Quantity::Money if on_an_end => Number::from(self.draw.of(&[0, 50, 100, 12_500, 25_000, 30_000, 100_000])),
            Quantity::Money => Number::scaled(any * any, 2),
            Quantity::Points => Number::scaled(any % 100, 1),
            Quantity::Count => Number::from(i64::try_from(any % 9).unwrap()),
            _ => Number::from(i64::try_from(any % 4).unwrap()),
        }
    }
}
