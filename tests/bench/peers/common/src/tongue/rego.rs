//! rego: each case of a chain is a rule of its own.

use super::Tongue;
use crate::{
    department::{SOCIAL, TYPES},
    rules::{LOOKUP, Node, indicators, names, sums},
};

struct Rego;

impl Tongue for Rego {
    fn field(&self, name: &str) -> String {
        format!("input.{name}")
    }
    fn number(&self, number: &str) -> String {
        number.to_owned()
    }
    fn all(&self, parts: &[String]) -> String {
        format!("all_of([{}])", parts.join(", "))
    }
    fn any(&self, parts: &[String]) -> String {
        format!("any_of([{}])", parts.join(", "))
    }
    fn round(&self, inner: &str) -> String {
        format!("half_up({inner})")
    }
    fn floor(&self, inner: &str) -> String {
        format!("max([0, {inner}])")
    }
    fn least(&self, left: &str, right: &str) -> String {
        format!("min([{left}, {right}])")
    }
    fn count(&self, parts: &[String]) -> String {
        format!("count([1 | some x in [{}]; x])", parts.join(", "))
    }
    fn mean(&self) -> String {
        "half_up(12 * sum([rate(s) | some s in input.sub]) / count(input.sub))".to_owned()
    }
    fn lookup(&self) -> String {
        "lookup[input.dept_type][input.social_grade]".to_owned()
    }
    fn exact(&self) -> bool {
        false
    }
}

impl Rego {
    fn rule(&self, name: &str, node: &Node) -> String {
        let Node::Cases(cases, other) = node else { return format!("{name} := {}\n", self.say(node)) };
        let mut rule = name.to_owned();
        for (when, then) in cases {
            rule += &format!(" := {} if {{ {} }} else", self.say(then), self.guard(when));
        }
        format!("{rule} := {} if {{ true }}\n", self.say(other))
    }

    /// A condition in the body of a rule: what must hold together stands side by side.
    fn guard(&self, node: &Node) -> String {
        match node {
            Node::All(nodes) => nodes.iter().map(|node| self.guard(node)).collect::<Vec<_>>().join("; "),
            Node::Infix(sign, left, right) => format!("{} {sign} {}", self.say(left), self.say(right)),
            node => self.say(node),
        }
    }
}

/// The whole policy.
pub fn rego() -> String {
    let mut policy = "package score\nimport rego.v1\n\n\
        half_up(x) := floor((x * 100) + 0.500000001) / 100\n\
        rate(s) := 1 if { s.a >= s.t } else := floor(((s.a / s.t) * 10000) + 0.50000001) / 10000\n\
        any_of(xs) := count([1 | some x in xs; x]) > 0\n\
        all_of(xs) := count([1 | some x in xs; x]) == count(xs)\n"
        .to_owned();
    let row = |(kind, row): (&&str, [&str; 4])| {
        let points: Vec<_> = SOCIAL.iter().zip(row).map(|(effect, points)| format!("\"{effect}\": {points}")).collect();
        format!("\"{kind}\": {{{}}}", points.join(", "))
    };
    policy += &format!("lookup := {{{}}}\n", TYPES.iter().zip(LOOKUP).map(row).collect::<Vec<_>>().join(", "));
    for (name, node) in names().iter().zip(indicators()) {
        policy += &Rego.rule(name, &node);
    }
    for (name, parts) in sums() {
        policy += &format!("{name} := {}\n", parts.join(" + "));
    }
    policy += "grade := \"优\" if { total > 89.995 } else := \"良\" if { total > 79.995 } else := \"中\" if { total > 59.995 } else := \"差\"\n";
    let mut all = names();
    all.extend(sums().into_iter().map(|(name, _)| name));
    policy + &format!("result := [{}, grade]\n", all.join(", "))
}
