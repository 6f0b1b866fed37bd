//! rhai, cel and zen: expressions as in C.

use super::Tongue;

fn point(number: &str) -> String {
    if number.contains('.') { number.to_owned() } else { format!("{number}.0") }
}

/// rhai; numbers are decimals.
pub struct Rhai;

impl Tongue for Rhai {
    fn field(&self, name: &str) -> String {
        format!("d.{name}")
    }
    fn number(&self, number: &str) -> String {
        point(number)
    }
    fn round(&self, inner: &str) -> String {
        format!("half_up({inner}, 2)")
    }
    fn floor(&self, inner: &str) -> String {
        format!("max({inner}, 0.0)")
    }
    fn least(&self, left: &str, right: &str) -> String {
        format!("min({left}, {right})")
    }
    fn one(&self, part: &str) -> String {
        format!("one({part})")
    }
    fn mean(&self) -> String {
        "{ let sum = 0.0; for s in d.sub { sum += if s.a >= s.t { 1.0 } else { half_up(s.a / s.t, 4) }; } half_up(12.0 * sum / d.sub.len(), 2) }".to_owned()
    }
    fn lookup(&self) -> String {
        "lookup[d.dept_type][d.social_grade]".to_owned()
    }
    fn cases(&self, cases: &[(String, String)], other: &str) -> String {
        let chain: String = cases.iter().map(|(when, then)| format!("if {when} {{ {then} }} else ")).collect();
        if cases.is_empty() { other.to_owned() } else { format!("{chain}{{ {other} }}") }
    }
    fn exact(&self) -> bool {
        true
    }
}

/// The whole script of rhai: a function of the department and the lookup.
pub fn rhai() -> String {
    let columns = Rhai.columns(&str::to_owned);
    let lets: String = columns.iter().map(|(name, value)| format!("  let {name} = {value};\n")).collect();
    let all: Vec<_> = columns.iter().map(|(name, _)| name.as_str()).collect();
    format!("fn score(d, lookup) {{\n{lets}  [{}]\n}}\n", all.join(", "))
}

/// cel; numbers are doubles, `max`, `min` and `sum` are the host's.
pub struct Cel;

impl Tongue for Cel {
    fn field(&self, name: &str) -> String {
        format!("d.{name}")
    }
    fn number(&self, number: &str) -> String {
        point(number)
    }
    fn round(&self, inner: &str) -> String {
        format!("(double(int({inner} * 100.0 + 0.500000001)) / 100.0)")
    }
    fn floor(&self, inner: &str) -> String {
        format!("max(0.0, {inner})")
    }
    fn least(&self, left: &str, right: &str) -> String {
        format!("min({left}, {right})")
    }
    fn one(&self, part: &str) -> String {
        format!("({part} ? 1.0 : 0.0)")
    }
    fn mean(&self) -> String {
        let rates = "d.sub.map(s, s.a >= s.t ? 1.0 : double(int(s.a / s.t * 10000.0 + 0.50000001)) / 10000.0)";
        self.round(&format!("(12.0 * sum({rates}) / double(size(d.sub)))"))
    }
    fn lookup(&self) -> String {
        "lookup[d.dept_type][d.social_grade]".to_owned()
    }
    fn exact(&self) -> bool {
        false
    }
}

/// zen; numbers are decimals.
pub struct Zen;

impl Tongue for Zen {
    fn field(&self, name: &str) -> String {
        name.to_owned()
    }
    fn number(&self, number: &str) -> String {
        number.to_owned()
    }
    fn joints(&self) -> [&'static str; 2] {
        [" and ", " or "]
    }
    fn round(&self, inner: &str) -> String {
        format!("round({inner}, 2)")
    }
    fn floor(&self, inner: &str) -> String {
        format!("max([0, {inner}])")
    }
    fn least(&self, left: &str, right: &str) -> String {
        format!("min([{left}, {right}])")
    }
    fn mean(&self) -> String {
        "round(12 * sum(map(sub, #.a >= #.t ? 1 : round(#.a / #.t, 4))) / len(sub), 2)".to_owned()
    }
    fn exact(&self) -> bool {
        true
    }
}
