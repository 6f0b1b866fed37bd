//! The steps of a computation, each with an id that stays the same from run to run.

use std::collections::BTreeMap;

use heng_model::{
    Facts, Name, Program,
    expr::SourceRef,
    scorecard::{Role, Step},
};
use heng_phrase::Phrase;
use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};

use super::datum::{exact, path, row_name};

/// Writes the steps of one program's scores.
pub(super) struct Trace<'a> {
    pub(super) phrase: &'a Phrase<'a>,
    pub(super) program: &'a Program,
    pub(super) facts: &'a Facts,
}

/// Steps under an id, written as they are reached: a tree of them in memory would cost more than all
/// their words. An id is the ids above it and what the step is there; a second one of the same kind in
/// one place is counted.
pub(super) struct Steps<'a> {
    pub(super) trace: &'a Trace<'a>,
    pub(super) above: &'a str,
    pub(super) steps: &'a [Step],
}

impl Serialize for Steps<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        let mut list = serializer.serialize_seq(Some(self.steps.len()))?;
        for step in self.steps {
            let segment = self.trace.segment(&step.role).replace('/', "／");
            let mut id = format!("{}/{segment}", self.above);
            let count = seen.entry(segment).and_modify(|count| *count += 1).or_insert(1);
            if *count > 1 {
                id.push_str(&format!("#{count}"));
            }
            list.serialize_element(&Written { trace: self.trace, id: &id, step })?;
        }
        list.end()
    }
}

/// One step with its parts.
struct Written<'a> {
    trace: &'a Trace<'a>,
    id: &'a str,
    step: &'a Step,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Written { trace, id, step } = *self;
        let mut members = serializer.serialize_map(Some(8))?;
        members.serialize_entry("id", id)?;
        members.serialize_entry("role", role(&step.role))?;
        members.serialize_entry("text", &trace.text(step))?;
        members.serialize_entry("value", &exact(&step.value))?;
        let shown = trace.phrase.step_value(step);
        members.serialize_entry("shown", &shown)?;
        members.serialize_entry("numbers", &step.expr.map(|_| trace.phrase.expr_with_numbers(step)))?;
        members.serialize_entry("at", &trace.at(step).and_then(|at| place(trace.program, at)))?;
        members.serialize_entry("parts", &Steps { trace, above: id, steps: &step.parts })?;
        members.end()
    }
}

impl Trace<'_> {
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

/// A line of a rule file.
#[derive(Serialize)]
pub(super) struct Place<'p> {
    file: &'p Name,
    line: u32,
}

/// A line of a rule file; none for what stands in no file.
pub(super) fn place(program: &Program, at: SourceRef) -> Option<Place<'_>> {
    let file = program.files.get(usize::from(at.file))?;
    (at.line > 0).then_some(Place { file, line: at.line })
}
