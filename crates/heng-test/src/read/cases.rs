//! Suites written like a rule file:
//!
//! ```text
//! 规则：../2023.heng
//!
//! 用例 支出率差千分之一 {
//!     数据：../example/facts.toml
//!     调整预算数：1000万元
//!     三公经费.决算数：9万元
//!     采购合同 = 表格 {
//!         名称｜金额
//!         电脑｜30万元
//!     }
//!     期望 {
//!         部门预算资金支出率：9.99分
//!         总分：97.5分
//!         等级：优
//!     }
//! }
//! ```
//!
//! ```text
//! 性质 {
//!     部门预算支出 越大，部门预算资金支出率 不减
//! }
//! ```
//!
//! A line is read by itself, so a wrong line costs one finding. Signs may be full-width.

use heng_diag::Diagnostic;

use crate::{
    expect::{Expect, points_text},
    facts::put,
    property::Property,
    suite::{Base, Suite, TestCase},
    wording,
};

/// Where the reader is.
enum Place {
    Top,
    Case,
    Expect,
    Properties,
    Table { path: Vec<String>, heads: Vec<String>, rows: Vec<toml::Value> },
}

pub(super) fn read(name: &str, text: &str) -> Result<Suite, Vec<Diagnostic>> {
    let mut reader =
        Reader { name, suite: Suite::default(), facts: toml::Table::new(), place: Place::Top, wrong: Vec::new() };
    for (number, line) in (1..).zip(text.lines()) {
        reader.line(number, line);
    }
    if !matches!(reader.place, Place::Top) {
        reader.wrong.push(wording::not_closed(name));
    }
    if reader.suite.cases.is_empty() && reader.suite.properties.is_empty() && reader.wrong.is_empty() {
        reader.wrong.push(wording::no_cases(name));
    }
    if reader.wrong.is_empty() { Ok(reader.suite) } else { Err(reader.wrong) }
}

struct Reader<'a> {
    name: &'a str,
    suite: Suite,
    facts: toml::Table,
    place: Place,
    wrong: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn line(&mut self, number: u32, line: &str) {
        let line = without_comment(line).trim();
        if line.is_empty() {
            return;
        }
        let read = match &self.place {
            Place::Top => self.top(number, line),
            Place::Case => self.in_case(line),
            Place::Properties => self.in_properties(number, line),
            Place::Expect => self.in_expect(line),
            Place::Table { .. } => self.in_table(line),
        };
        if read.is_none() {
            let in_properties = matches!(self.place, Place::Properties);
            let say = if in_properties { wording::bad_property } else { wording::bad_line };
            self.wrong.push(say(self.name, number, line));
        }
    }

    fn top(&mut self, number: u32, line: &str) -> Option<()> {
        if let Some(head) = keyword(line, ["用例", "test"]) {
            let name = head.strip_suffix(['{', '｛'])?.trim();
            self.suite.cases.push(TestCase { name: name.to_owned(), line: number, ..TestCase::default() });
            self.place = Place::Case;
            return (!name.is_empty()).then_some(());
        }
        if keyword(line, ["性质", "properties"]).is_some_and(|rest| matches!(rest, "{" | "｛")) {
            self.place = Place::Properties;
            return Some(());
        }
        let (key, value) = pair(line)?;
        match key {
            "规则" | "rules" => self.suite.pack = Some(value.to_owned()),
            "变体" | "variant" => self.suite.variant = Some(value.to_owned()),
            _ => return None,
        }
        Some(())
    }

    fn in_case(&mut self, line: &str) -> Option<()> {
        if is_end(line) {
            let facts = std::mem::take(&mut self.facts);
            self.suite.cases.last_mut()?.facts =
                if facts.is_empty() { String::new() } else { toml::to_string(&facts).ok()? };
            self.place = Place::Top;
            return Some(());
        }
        if let Some(rest) = keyword(line, ["期望", "expect"])
            && matches!(rest, "{" | "｛")
        {
            self.place = Place::Expect;
            return Some(());
        }
        if let Some((path, _)) = table_head(line) {
            self.place = Place::Table { path: path_of(path), heads: Vec::new(), rows: Vec::new() };
            return Some(());
        }
        let (key, value) = pair(line)?;
        let case = self.suite.cases.last_mut()?;
        match key {
            "数据" | "base" => case.base.push(Base::File(value.to_owned())),
            "依据" | "clause" => case.clause = Some(value.to_owned()),
            _ => put(&mut self.facts, &path_of(key), value.to_owned().into()),
        }
        Some(())
    }

    fn in_properties(&mut self, number: u32, line: &str) -> Option<()> {
        if is_end(line) {
            self.place = Place::Top;
            return Some(());
        }
        if let Some(property) = Property::read(line, number) {
            self.suite.properties.push(property);
            return Some(());
        }
        let (key, value) = pair(line)?;
        matches!(key, "数据" | "base").then(|| self.suite.property_base.push(Base::File(value.to_owned())))
    }

    fn in_expect(&mut self, line: &str) -> Option<()> {
        if is_end(line) {
            self.place = Place::Case;
            return Some(());
        }
        let (key, value) = pair(line)?;
        let Expect { scores, total, grade, says, refused } = &mut self.suite.cases.last_mut()?.expect;
        match key {
            "总分" | "total" => *total = Some(points_text(value)),
            "等级" | "grade" => *grade = Some(if value == "无" { "none".to_owned() } else { value.to_owned() }),
            "提示" | "says" => says.get_or_insert_with(Vec::new).push(value.to_owned()),
            "拒收" | "refused" => *refused = Some(value.to_owned()),
            _ => {
                scores.insert(key.to_owned(), points_text(value));
            }
        }
        Some(())
    }

    fn in_table(&mut self, line: &str) -> Option<()> {
        let Place::Table { path, heads, rows } = &mut self.place else { return None };
        if is_end(line) {
            let (path, rows) = (std::mem::take(path), std::mem::take(rows));
            put(&mut self.facts, &path, toml::Value::Array(rows));
            self.place = Place::Case;
            return Some(());
        }
        let cells = line.split(['｜', '|']).map(str::trim);
        if heads.is_empty() {
            *heads = cells.map(str::to_owned).collect();
            return Some(());
        }
        let cells: Vec<&str> = cells.collect();
        let mut row = toml::Table::new();
        for (head, cell) in heads.iter().zip(&cells).filter(|(_, cell)| !cell.is_empty()) {
            row.insert(head.clone(), (*cell).to_owned().into());
        }
        rows.push(toml::Value::Table(row));
        (cells.len() <= heads.len()).then_some(())
    }
}

fn path_of(text: &str) -> Vec<String> {
    text.split(['.', '．']).map(|part| part.trim().trim_matches(['「', '」']).to_owned()).collect()
}

fn is_end(line: &str) -> bool {
    matches!(line, "}" | "｝")
}

fn without_comment(line: &str) -> &str {
    line.split_once(['#', '＃']).map_or(line, |(before, _)| before)
}

/// What follows a keyword in one of its spellings.
fn keyword<'l>(line: &'l str, words: [&str; 2]) -> Option<&'l str> {
    words.iter().find_map(|word| line.strip_prefix(word)).map(str::trim)
}

/// `key：value`, without quotes around the value.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(['：', ':'])?;
    let value = value.trim();
    let bare = value.strip_prefix(['"', '“']).and_then(|value| value.strip_suffix(['"', '”'])).unwrap_or(value);
    let key = key.trim();
    (!key.is_empty() && !bare.is_empty()).then_some((key, bare))
}

/// `name = 表格 {`.
fn table_head(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.split_once(['=', '＝'])?;
    let rest = rest.trim().strip_suffix(['{', '｛'])?.trim();
    matches!(rest, "表格" | "table").then_some((name.trim(), rest))
}
