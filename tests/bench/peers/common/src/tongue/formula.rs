//! Formulas of a spreadsheet. Data are named by columns, `{row}` stands for the row.

use super::Tongue;

/// Formulas over the columns of [`crate::department`], found by `column`.
pub struct Formula<'a> {
    /// The letters of the column of a datum.
    pub column: &'a dyn Fn(&str) -> String,
}

impl Tongue for Formula<'_> {
    fn field(&self, name: &str) -> String {
        format!("${}{{row}}", (self.column)(name))
    }
    fn number(&self, number: &str) -> String {
        number.to_owned()
    }
    fn infix(&self, sign: &str, left: &str, right: &str) -> String {
        format!("({left}{}{right})", if sign == "==" { "=" } else { sign })
    }
    fn all(&self, parts: &[String]) -> String {
        format!("AND({})", parts.join(","))
    }
    fn any(&self, parts: &[String]) -> String {
        format!("OR({})", parts.join(","))
    }
    fn round(&self, inner: &str) -> String {
        format!("ROUND({inner},2)")
    }
    fn floor(&self, inner: &str) -> String {
        format!("MAX(0,{inner})")
    }
    fn least(&self, left: &str, right: &str) -> String {
        format!("MIN({left},{right})")
    }
    fn count(&self, parts: &[String]) -> String {
        format!("({})", parts.iter().map(|part| format!("IF({part},1,0)")).collect::<Vec<_>>().join("+"))
    }
    fn mean(&self) -> String {
        let range = format!("{}:{}", self.field("r0"), self.field("r11"));
        format!("ROUND(12*SUM({range})/COUNT({range}),2)")
    }
    fn lookup(&self) -> String {
        let place = |name: &str, range: &str| format!("MATCH({},points!{range},0)", self.field(name));
        format!("INDEX(points!$B$2:$E$5,{},{})", place("dept_type", "$A$2:$A$5"), place("social_grade", "$B$1:$E$1"))
    }
    fn cases(&self, cases: &[(String, String)], other: &str) -> String {
        let chain: String = cases.iter().map(|(when, then)| format!("IF({when},{then},")).collect();
        format!("{chain}{other}{}", ")".repeat(cases.len()))
    }
    fn exact(&self) -> bool {
        true
    }
}
