//! Values, data, states and outcomes.

use heng_model::{
    Facts, FieldId, Name, Node, NodeId, Number, Outcome, Quantity, State, Type, Value, Verdict, expr::Status,
    scorecard::NodeScore, value::DatumRef,
};

use crate::{
    Phrase,
    number::{Style, amount, points},
    wording::{self, UNKNOWN},
};

impl Phrase<'_> {
    /// How many peers a value was held against.
    #[must_use]
    pub fn peers(&self, count: heng_model::scorecard::PeerCount) -> String {
        wording::peers(self.lang, count)
    }

    /// A value in the unit of its type: `2366.79万元`, `99.93%`, `3.2个百分点`, `2023年12月31日`, `是`.
    #[must_use]
    pub fn value(&self, value: &Value, ty: &Type) -> String {
        match value {
            Value::Number(number) => self.number(number, ty.quantity().unwrap_or(Quantity::Plain)),
            Value::Date(date) => wording::date(self.lang, *date),
            Value::Bool(yes) => self.word(if *yes { wording::YES } else { wording::NO }).to_owned(),
            Value::Text(text) => text.to_string(),
            Value::Rows(_, rows) => wording::rows(self.lang, rows.len()),
            Value::List(values) => {
                let of = if let Type::List(of) = ty { of } else { ty };
                let values: Vec<_> = values.iter().map(|value| self.value(value, of)).collect();
                values.join(self.word(wording::LISTED))
            }
            Value::State(state, _) => self.state(*state).to_owned(),
            Value::Verdict(verdict, _) => self.verdict(*verdict).to_owned(),
        }
    }

    /// A number in its unit, exactly where it is a short decimal, else rounded half-up to two
    /// places with a leading `≈`.
    #[must_use]
    pub fn number(&self, number: &Number, quantity: Quantity) -> String {
        amount(number, quantity, self.lang, Style::Prose)
    }

    /// A datum by its name; in a table with the row's number and, where the table has a key, its key:
    /// `采购合同 第2行（保洁服务）签订日期`.
    #[must_use]
    pub fn datum(&self, datum: DatumRef, facts: &Facts) -> String {
        let field = self.field_path(datum.field, str::to_owned);
        let Some((row, column)) = datum.cell else { return field };
        let row = self.row(datum.field, row, facts);
        wording::cell(self.lang, &row, self.column(datum.field, column))
    }

    /// A row of a table by its number and key: `采购合同 第2行（保洁服务）`.
    #[must_use]
    pub fn row(&self, table: FieldId, row: u32, facts: &Facts) -> String {
        let key = self.row_key(table, row, facts);
        wording::row(self.lang, &self.field_path(table, str::to_owned), row.saturating_add(1), key.as_deref())
    }

    /// What the row's key column holds.
    fn row_key(&self, table: FieldId, row: u32, facts: &Facts) -> Option<String> {
        let key = self.program.schema.field(table)?.table()?.key?;
        let ty = &self.program.schema.column(table, key)?.ty;
        let cell = facts.cell(DatumRef { field: table, cell: Some((row, key)) })?;
        cell.value.as_ref().map(|value| self.value(value, ty))
    }

    /// The type of a datum; none for a whole table.
    #[must_use]
    pub fn datum_type(&self, datum: DatumRef) -> Option<Type> {
        let schema = &self.program.schema;
        match datum.cell {
            Some((_, column)) => schema.column(datum.field, column).map(|column| column.ty.clone()),
            None => schema.field(datum.field)?.scalar(),
        }
    }

    /// A column's name.
    #[must_use]
    pub fn column(&self, table: FieldId, column: u16) -> &str {
        let column = self.program.schema.column(table, column);
        column.map_or(UNKNOWN, |column| self.named(&column.name, column.alias.as_ref()))
    }

    /// What a verdict is called.
    #[must_use]
    pub fn verdict(&self, v: Verdict) -> &'static str {
        self.word(wording::verdict_said(v))
    }

    /// What a state is called.
    #[must_use]
    pub fn state(&self, s: State) -> &'static str {
        self.word(wording::state_said(s))
    }

    /// What a source status is called.
    #[must_use]
    pub fn status(&self, s: Status) -> &'static str {
        self.word(wording::status(s))
    }

    /// What a row of the table came to: `9.50分`, `0.00至10.00分，待核`, `不适用`.
    #[must_use]
    pub fn outcome(&self, outcome: &Outcome, full: &Number) -> String {
        match outcome {
            Outcome::Score(score) => wording::score(self.lang, score),
            Outcome::Graded(Some(letter)) => letter.to_string(),
            Outcome::Graded(None) => self.word(wording::NO_POINTS).to_owned(),
            Outcome::NotApplicable => self.verdict(Verdict::NotApplicable).to_owned(),
            // Without points there is no range.
            Outcome::Open { verdict, .. } if full.is_zero() => self.verdict(*verdict).to_owned(),
            Outcome::Unwritten if full.is_zero() => self.word(wording::UNWRITTEN).to_owned(),
            Outcome::Open { least, most, verdict } => {
                wording::open(self.lang, &points(least), &points(most), self.verdict(*verdict))
            }
            Outcome::Unwritten => {
                let (least, most) = (Number::ZERO.min(full.clone()), Number::ZERO.max(full.clone()));
                wording::open(self.lang, &points(&least), &points(&most), self.word(wording::UNWRITTEN))
            }
        }
    }

    /// The parts of a row that is a profile, each with its unit.
    #[must_use]
    pub fn profile(&self, node: &Node, score: &NodeScore) -> Vec<(Name, String)> {
        let result = node.body.and_then(|body| self.program.body(body)).map(|body| body.result);
        let ty = match result.and_then(|result| self.program.expr(result)).map(|expr| &expr.ty) {
            Some(Type::List(inner)) => (**inner).clone(),
            _ => Type::POINTS,
        };
        let part = |(name, number): &(Name, Number)| (name.clone(), self.value(&Value::Number(number.clone()), &ty));
        score.profile.iter().map(part).collect()
    }

    /// The name of an indicator.
    #[must_use]
    pub fn node_name(&self, id: NodeId) -> &str {
        self.program.node(id).map_or(UNKNOWN, |node| self.node_title(node))
    }

    /// The name of a node at hand.
    #[must_use]
    pub fn node_title<'n>(&self, node: &'n Node) -> &'n str {
        self.named(&node.name, node.alias.as_ref())
    }

    /// A field's path with dots, each name written by `write`.
    pub(crate) fn field_path(&self, id: FieldId, write: impl Fn(&str) -> String) -> String {
        let Some(field) = self.program.schema.field(id) else { return UNKNOWN.to_owned() };
        let Some((own, groups)) = field.path.split_last() else { return UNKNOWN.to_owned() };
        let own = self.named(own, field.alias.as_ref());
        let names = groups.iter().map(|group| &**group).chain([own]).map(write);
        names.collect::<Vec<_>>().join(".")
    }
}
