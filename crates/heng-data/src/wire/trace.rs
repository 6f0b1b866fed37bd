//! The steps of a computation, each with an id that stays the same from run to run.

use std::collections::BTreeMap;

use heng_model::{
    Facts, Program,
    expr::SourceRef,
    scorecard::{Role, Step},
};
use heng_phrase::Phrase;
use serde_json::{Value as Json, json};

use super::datum::{exact, path, row_name};

/// Writes the steps of one program's scores.
pub(super) struct Trace<'a> {
    pub(super) phrase: &'a Phrase<'a>,
    pub(super) program: &'a Program,
    pub(super) facts: &'a Facts,
}

impl Trace<'_> {
    /// Steps under `above`. An id is the ids above it and what the step is there; a second one of the
    /// same kind in one place is counted.
    pub(super) fn steps(&self, above: &str, steps: &[Step]) -> Json {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        let mut written = Vec::new();
        for step in steps {
            let segment = self.segment(&step.role).replace('/', "／");
            let count = seen.entry(segment.clone()).and_modify(|count| *count += 1).or_insert(1);
            let id = if *count == 1 { format!("{above}/{segment}") } else { format!("{above}/{segment}#{count}") };
            written.push(self.step(&id, step));
        }
        Json::Array(written)
    }

    fn step(&self, id: &str, step: &Step) -> Json {
        let numbers = step.expr.map(|_| Json::String(self.phrase.expr_with_numbers(step)));
        let members = [
            ("id", Json::String(id.to_owned())),
            ("role", Json::String(role(&step.role).to_owned())),
            ("text", Json::String(self.text(step))),
            ("value", exact(&step.value)),
            ("shown", Json::String(self.phrase.step_value(step))),
            ("numbers", numbers.unwrap_or(Json::Null)),
            ("at", self.at(step).and_then(|at| place(self.program, at)).unwrap_or(Json::Null)),
            ("parts", self.steps(id, &step.parts)),
        ];
        // `json!` would copy every part once for each step around it.
        Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// What the step computes, in words.
    fn text(&self, step: &Step) -> String {
        match (&step.role, step.expr) {
            (Role::Read(datum), _) => self.phrase.datum(*datum, self.facts),
            (Role::Row(table, row), None) => self.phrase.row(*table, *row, self.facts),
            (Role::Child(node), None) => self.phrase.node_name(*node).to_owned(),
            (Role::Said(message), _) => message.to_string(),
            (Role::Peers(count), _) => self.phrase.peers(*count),
            (Role::Let(id), _) => self.program.definition(*id).map_or_else(String::new, |found| found.name.to_string()),
            (_, Some(expr)) => self.phrase.expr(expr),
            (Role::Method(id), None) => {
                self.program.method(*id).map_or_else(String::new, |found| found.name.to_string())
            }
            (_, None) => String::new(),
        }
    }

    fn at(&self, step: &Step) -> Option<SourceRef> {
        let of_expr = step.expr.and_then(|id| self.program.expr(id)).map(|expr| expr.at);
        of_expr.or_else(|| match &step.role {
            Role::Let(id) => self.program.definition(*id).map(|found| found.at),
            Role::Child(id) => self.program.node(*id).map(|found| found.at),
            Role::Method(id) => self.program.method(*id).map(|found| found.at),
            _ => None,
        })
    }

    /// What a step is among its siblings. Ids are the same in every language.
    fn segment(&self, role: &Role) -> String {
        let nth = |n: &u32| u64::from(*n) + 1;
        match role {
            Role::Case(n) => format!("当{}", nth(n)),
            Role::CaseResult(n) => format!("当{}结果", nth(n)),
            Role::Demand(n) => format!("须{}", nth(n)),
            Role::Result => "得分".to_owned(),
            Role::Grade => "等级".to_owned(),
            Role::Operand(n) => format!("项{}", nth(n)),
            Role::Let(id) => match self.program.definition(*id) {
                Some(found) if found.parameter => format!("参数:{}", found.name),
                Some(found) => format!("定义:{}", found.name),
                None => "定义:?".to_owned(),
            },
            Role::Read(datum) => format!("数据:{}", path(self.program, *datum, self.facts)),
            Role::Subject(n) => format!("对象{}", nth(n)),
            Role::Band(n) => format!("档{}", nth(n)),
            Role::Asked(n) => format!("问{}", nth(n)),
            Role::Tally(n) => format!("条{}", nth(n)),
            Role::Row(table, row) => format!("行:{}", row_name(self.program, *table, *row, self.facts)),
            Role::Child(id) => format!("下级:{}", self.program.node(*id).map_or("?", |node| &node.key)),
            Role::Method(id) => format!("方法:{}", self.program.method(*id).map_or("?", |method| &method.name)),
            Role::Peers(_) => "同组".to_owned(),
            Role::Said(_) => "检查".to_owned(),
        }
    }
}

/// The code of a role.
fn role(role: &Role) -> &'static str {
    match role {
        Role::Case(_) => "case",
        Role::CaseResult(_) => "case_result",
        Role::Demand(_) => "demand",
        Role::Result => "result",
        Role::Grade => "grade",
        Role::Operand(_) => "operand",
        Role::Let(_) => "let",
        Role::Read(_) => "read",
        Role::Subject(_) => "subject",
        Role::Band(_) => "band",
        Role::Asked(_) => "asked",
        Role::Tally(_) => "tally",
        Role::Row(..) => "row",
        Role::Child(_) => "child",
        Role::Method(_) => "method",
        Role::Peers(_) => "peers",
        Role::Said(_) => "said",
    }
}

/// A line of a rule file; none for what stands in no file.
pub(super) fn place(program: &Program, at: SourceRef) -> Option<Json> {
    let file = program.files.get(usize::from(at.file))?;
    (at.line > 0).then(|| json!({ "file": file, "line": at.line }))
}
