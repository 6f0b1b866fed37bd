//! 逐项: a body per row, the full marks shared out among the rows.

use std::rc::Rc;

use heng_model::{
    Effect, FieldId, Number, Value, Verdict,
    expr::{Each, Share},
    scorecard::{Cause, Role, Step},
    value::Fault,
};

use crate::{
    arith,
    engine::Engine,
    frame::{Frame, Scope},
    halt::{Eval, Halt, Site},
    journal::Journal,
};

/// A row, what its part of the full marks is in proportion to, and what it came to.
struct Part {
    row: u32,
    weight: Number,
    /// The steps to the weight; they stand in the row's.
    weighing: Vec<Step>,
    score: Scored,
    journal: Journal,
}

enum Scored {
    Points(Number),
    /// 不适用: left out, its share goes to the others.
    Out,
    Open(Halt),
}

impl Part {
    fn applies(&self) -> bool {
        !matches!(self.score, Scored::Out)
    }
}

impl Engine<'_> {
    /// Computes a 逐项.
    pub fn each(&mut self, each: &Each, scope: &Scope, site: Site) -> Eval {
        let (table, rows) = self.rows(0, each.rows, scope, site)?;
        if rows.is_empty() {
            return Err(site.verdict(Verdict::Review));
        }
        let mut parts = self.weighed(each, table, rows, scope, site)?;
        self.shared_out(each, table, &mut parts, scope, site)?;
        let mut points = Vec::new();
        let mut open = Vec::new();
        for part in parts {
            self.journal.append(part.journal);
            match part.score {
                Scored::Points(score) => points.push(score),
                Scored::Out => {}
                Scored::Open(halt) => open.push(halt),
            }
        }
        if let Some(halt) = self.gravest(open) {
            return Err(Box::new(halt));
        }
        if points.is_empty() {
            return Err(site.verdict(Verdict::NotApplicable));
        }
        let count = Number::from(points.len());
        let total: Number = points.into_iter().sum();
        match each.share {
            Share::Mean => self.sized(arith::divide(&total, &count).map_err(|fault| site.fault(fault))?, site),
            _ => self.sized(total, site),
        }
    }

    /// The rows with the weights of their shares.
    fn weighed(&mut self, each: &Each, table: FieldId, rows: Vec<u32>, scope: &Scope, site: Site) -> Eval<Vec<Part>> {
        let mut parts = Vec::new();
        for row in rows {
            let (weight, journal) = self.captured(|engine| match each.share {
                Share::Even | Share::Mean | Share::Sum => Ok(Number::ONE),
                Share::Column(share) | Share::Weighted(share) => {
                    engine.number(0, share, &scope.in_row(table, row), site)
                }
            });
            self.journal.append_silently(&journal);
            let (score, weighing) = (Scored::Points(Number::ZERO), journal.steps);
            parts.push(Part { row, weight: weight?, weighing, score, journal: Journal::default() });
        }
        Ok(parts)
    }

    /// Scores the rows. When some turn out not to apply, their share goes to the others, which are
    /// scored again.
    fn shared_out(&mut self, each: &Each, table: FieldId, parts: &mut [Part], scope: &Scope, site: Site) -> Eval<()> {
        let shared = !matches!(each.share, Share::Mean | Share::Sum);
        loop {
            let stretch = self.shown.attempt();
            let fulls = fulls(each, parts, &scope.frame.full, site)?;
            let before = parts.iter().filter(|part| part.applies()).count();
            for (part, full) in parts.iter_mut().zip(fulls).filter(|(part, _)| part.applies()) {
                let place = scope.in_row(table, part.row);
                let (score, journal) = self.captured(|engine| engine.row(each, table, part, full, &place, site));
                part.score = score;
                part.journal = journal;
            }
            let after = parts.iter().filter(|part| part.applies()).count();
            if !shared || after == before || after == 0 {
                return Ok(());
            }
            // The steps of this turn are thrown away.
            self.shown.undo(stretch);
        }
    }

    /// The score of one row, states dealt with: this row alone.
    fn row(&mut self, each: &Each, table: FieldId, part: &Part, full: Number, place: &Scope, site: Site) -> Scored {
        let outer = Some(Rc::clone(&place.frame));
        let frame = Frame::new(Some(each.body), outer, place.frame.node, full.clone()).in_row(place.row.clone());
        let inside = Scope::of(Rc::new(frame), place.reading).settling(false);
        let result = self.recorded(Role::Row(table, part.row), None, |engine| {
            engine.journal.steps.extend_from_slice(&part.weighing);
            match engine.body(each.body, &inside, site).value {
                Err(halt) => engine.row_effect(halt, full, &inside),
                Ok(Value::Number(points)) => Ok(Value::Number(points)),
                Ok(_) => Err(site.misfit()),
            }
        });
        match result {
            Ok(Value::Number(points)) => Scored::Points(points),
            Ok(_) => Scored::Open(*site.misfit()),
            Err(halt) if halt.verdict() == Some(Verdict::NotApplicable) => Scored::Out,
            Err(halt) => Scored::Open(*halt),
        }
    }

    fn row_effect(&mut self, halt: Box<Halt>, full: Number, scope: &Scope) -> Eval {
        let Halt::State(state, datum, at) = *halt else { return Err(halt) };
        match self.effect(state, datum, scope.reading, |effect| effect != Effect::NotMet) {
            Some(Effect::Zero) => {
                self.note_effect(&halt);
                Ok(Value::Number(Number::ZERO))
            }
            Some(Effect::Full) => {
                self.note_effect(&halt);
                Ok(Value::Number(full))
            }
            Some(Effect::Verdict(verdict)) => {
                if !verdict.is_open() {
                    self.note_effect(&halt);
                }
                Err(Box::new(Halt::Verdict(verdict, Cause::State(state, datum), at)))
            }
            Some(Effect::AsIs | Effect::NotMet) | None => Err(Halt::undeclared(state, datum, at)),
        }
    }

    /// The gravest of the open rows, the first of equals; the others are told beside it.
    fn gravest(&mut self, open: Vec<Halt>) -> Option<Halt> {
        let mut rest = open.into_iter();
        let mut gravest = rest.next()?;
        for mut halt in rest {
            if halt.verdict() > gravest.verdict() {
                std::mem::swap(&mut halt, &mut gravest);
            }
            self.journal.findings.extend(halt.findings());
        }
        Some(gravest)
    }
}

/// 满分 of each row.
fn fulls(each: &Each, parts: &[Part], full: &Number, site: Site) -> Eval<Vec<Number>> {
    let all: Number = parts.iter().map(|part| part.weight.clone()).sum();
    let applicable: Number = parts.iter().filter(|part| part.applies()).map(|part| part.weight.clone()).sum();
    let shares_of = |pool: &Number| {
        let each = pool.checked_div(&applicable).ok_or_else(|| site.fault(Fault::DivisionByZero))?;
        Ok(parts.iter().map(|part| &part.weight * &each).collect())
    };
    match each.share {
        Share::Mean | Share::Sum => Ok(parts.iter().map(|_| full.clone()).collect()),
        Share::Even | Share::Weighted(_) => shares_of(full),
        Share::Column(_) if all == applicable => Ok(parts.iter().map(|part| part.weight.clone()).collect()),
        Share::Column(_) => shares_of(&all),
    }
}
