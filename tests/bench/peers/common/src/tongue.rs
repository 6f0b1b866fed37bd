//! How the rules are said in each language. A language differs in a few words alone: [`Tongue`] lists them.

use crate::{
    department::{SOCIAL, TYPES},
    rules::{LOOKUP, Node, indicators, names, sums},
};

mod formula;
mod rego;
mod script;
mod table;

pub use formula::Formula;
pub use rego::rego;
pub use script::{Cel, Rhai, Zen, rhai};
pub use table::{Numpy, Polars};

/// The words of a language.
pub trait Tongue {
    /// A datum.
    fn field(&self, name: &str) -> String;
    /// A number.
    fn number(&self, number: &str) -> String;
    /// A word.
    fn text(&self, text: &str) -> String {
        format!("\"{text}\"")
    }
    /// An operator between two.
    fn infix(&self, sign: &str, left: &str, right: &str) -> String {
        format!("({left} {sign} {right})")
    }
    /// The operators of *and* and *or*.
    fn joints(&self) -> [&'static str; 2] {
        [" && ", " || "]
    }
    /// All hold.
    fn all(&self, parts: &[String]) -> String {
        format!("({})", parts.join(self.joints()[0]))
    }
    /// One holds.
    fn any(&self, parts: &[String]) -> String {
        format!("({})", parts.join(self.joints()[1]))
    }
    /// Half up to two places.
    fn round(&self, inner: &str) -> String;
    /// Not below nought.
    fn floor(&self, inner: &str) -> String;
    /// The lesser.
    fn least(&self, left: &str, right: &str) -> String;
    /// A condition as 1 or 0.
    fn one(&self, part: &str) -> String {
        format!("({part} ? 1 : 0)")
    }
    /// How many hold.
    fn count(&self, parts: &[String]) -> String {
        format!("({})", parts.iter().map(|part| self.one(part)).collect::<Vec<_>>().join(" + "))
    }
    /// The mean of the table.
    fn mean(&self) -> String;
    /// Points by type and social effect; usually a chain of cases.
    fn lookup(&self) -> String {
        let mut cases = Vec::new();
        for (kind, row) in TYPES.iter().zip(LOOKUP) {
            for (effect, points) in SOCIAL.iter().zip(row) {
                let same = |name: &str, word: &str| self.infix("==", &self.field(name), &self.text(word));
                let both = self.all(&[same("dept_type", kind), same("social_grade", effect)]);
                cases.push((both, self.number(points)));
            }
        }
        self.cases(&cases, &self.number("0"))
    }
    /// The first case that holds.
    fn cases(&self, cases: &[(String, String)], other: &str) -> String {
        let chain: String = cases.iter().map(|(when, then)| format!("{when} ? {then} : ")).collect();
        format!("({chain}{other})")
    }
    /// Whether amounts are exact. If not, a quotient is compared with a little to spare.
    fn exact(&self) -> bool;

    /// An indicator.
    fn say(&self, node: &Node) -> String {
        let all = |nodes: &[Node]| nodes.iter().map(|node| self.say(node)).collect::<Vec<_>>();
        match node {
            Node::Field(name) => self.field(name),
            Node::Number(number) => self.number(number),
            Node::Text(text) => self.text(text),
            Node::Infix(sign, left, right) => self.infix(sign, &self.say(left), &self.say(right)),
            Node::Share(left, right, sign, limit) => {
                let share = self.infix("/", &self.field(left), &self.field(right));
                let spare = match (self.exact(), *sign) {
                    (true, _) => self.number(limit),
                    (false, ">=") => self.infix("-", &self.number(limit), "1e-12"),
                    (false, _) => self.infix("+", &self.number(limit), "1e-12"),
                };
                self.infix(sign, &share, &spare)
            }
            Node::All(nodes) => self.all(&all(nodes)),
            Node::Any(nodes) => self.any(&all(nodes)),
            Node::Round(inner) => self.round(&self.say(inner)),
            Node::Floor(inner) => self.floor(&self.say(inner)),
            Node::Least(left, right) => self.least(&self.say(left), &self.say(right)),
            Node::Count(names) => self.count(&names.iter().map(|name| self.field(name)).collect::<Vec<_>>()),
            Node::Mean => self.mean(),
            Node::Lookup => self.lookup(),
            Node::Cases(cases, other) => {
                let cases: Vec<_> = cases.iter().map(|(when, then)| (self.say(when), self.say(then))).collect();
                self.cases(&cases, &self.say(other))
            }
        }
    }

    /// The 38 columns and the grade: names, and what they are computed from. `of` says how an earlier column is named.
    fn columns(&self, of: &dyn Fn(&str) -> String) -> Vec<(String, String)> {
        let mut columns: Vec<_> = names().into_iter().zip(indicators().iter().map(|node| self.say(node))).collect();
        for (name, parts) in sums() {
            let sum = parts.iter().map(|part| of(part)).collect::<Vec<_>>().join(" + ");
            columns.push((name, sum));
        }
        let least = |points: &str| if self.exact() { self.number(points) } else { format!("{} - 0.005", self.number(points)) };
        let reached = |points: &str| self.infix(">=", &of("total"), &least(points));
        let cases: Vec<_> =
            [("90", "优"), ("80", "良"), ("60", "中")].map(|(from, grade)| (reached(from), self.text(grade))).into();
        columns.push(("grade".to_owned(), self.cases(&cases, &self.text("差"))));
        columns
    }
}
