//! What a template can name. Every name has a Chinese and an English spelling.

use std::collections::BTreeMap;

use heng_diag::Lang;
use heng_phrase::{Phrase, decimal, points};
use heng_report::{Item, Record, Row, Sheet};
use minijinja::Value;

use crate::{last_register::LastRegister, register::Register, wording};

/// What a template is filled from.
pub(crate) struct Context<'a> {
    pub sheet: &'a Sheet<'a>,
    pub record: &'a Record,
    pub register: &'a Register,
    pub last: Option<&'a LastRegister>,
    pub lang: Lang,
}

type Map = BTreeMap<&'static str, Value>;

/// Puts a value under both of its names.
fn put(map: &mut Map, (zh, en): (&'static str, &'static str), value: impl Into<Value>) {
    let value = value.into();
    map.insert(zh, value.clone());
    map.insert(en, value);
}

impl Context<'_> {
    /// The variables of a template.
    pub fn value(&self) -> Value {
        let (pack, record) = (&self.sheet.program.pack, self.record);
        let phrase = Phrase::new(self.sheet.program, self.lang);
        let blank = |what: &str| Value::from_safe_string(wording::blank(self.lang, what));
        let or_blank = |text: Option<String>, what: heng_diag::Pair| {
            text.filter(|text| !text.is_empty()).map_or_else(|| blank(what.get(self.lang)), Value::from)
        };
        let subject = self.sheet.subject;
        let filled = subject.filled.map(|day| phrase.value(&heng_model::Value::Date(day), &heng_model::Type::Date));
        let mut map = Map::new();
        put(&mut map, ("题名", "title"), record.title.clone());
        put(&mut map, ("评价年度", "year"), pack.year.to_string());
        put(&mut map, ("单位", "department"), or_blank(Some(subject.name.to_string()), wording::DEPARTMENT));
        put(&mut map, ("填报日期", "filled"), or_blank(filled, wording::FILLED));
        put(&mut map, ("通知", "notice"), or_blank(pack.notice.as_ref().map(ToString::to_string), wording::NOTICE));
        put(&mut map, ("总分", "total"), record.total_text.clone());
        put(&mut map, ("已定分", "is_decided"), record.total.is_some());
        put(&mut map, ("满分", "full"), decimal(&record.full));
        put(&mut map, ("等级", "grade"), record.grade.clone().unwrap_or_default());
        put(&mut map, ("一级指标", "groups"), self.tree());
        put(&mut map, ("失分", "losses"), items(&record.losses));
        put(&mut map, ("假设", "assumed"), items(&record.assumed));
        put(&mut map, ("待定", "open"), items(&record.open));
        put(&mut map, ("提示", "findings"), record.findings.clone());
        put(&mut map, ("核实情况", "statuses"), record.statuses.clone());
        put(&mut map, ("声明", "disclaimers"), record.disclaimers.clone());
        put(&mut map, ("台账", "register"), self.register.value(self.lang));
        let last = self.last.map(|last| last.value(record, self.lang)).unwrap_or_default();
        put(&mut map, ("上年台账", "last_register"), last);
        put(&mut map, ("上年统计", "last_counts"), self.last.map(|last| last.counts(record)).unwrap_or_default());
        Value::from(map)
    }

    /// The groups and indicators of the first level, with those below them.
    fn tree(&self) -> Vec<Value> {
        let rows = self.record.rows.iter().filter(|row| row.level == 1);
        rows.map(|row| self.row(row, 0)).collect()
    }

    fn row(&self, row: &Row, depth: u8) -> Value {
        let mut map = Map::new();
        let below = self.record.rows.iter().filter(|child| child.parent == Some(row.id) && depth < 9);
        let children: Vec<Value> = below.map(|child| self.row(child, depth + 1)).collect();
        put(&mut map, ("名称", "name"), row.name.clone());
        put(&mut map, ("分值", "full"), decimal(&row.full));
        put(&mut map, ("得分", "score"), row.outcome.clone());
        put(&mut map, ("失分", "lost"), lost(row));
        put(&mut map, ("原因", "reason"), row.reason.clone());
        put(&mut map, ("标准", "criterion"), row.criterion.clone());
        put(&mut map, ("佐证", "evidence"), row.evidence.clone());
        put(&mut map, ("核实", "status"), row.status.clone());
        put(&mut map, ("有假设", "is_assumed"), row.is_assumed);
        put(&mut map, ("下级", "children"), children);
        Value::from(map)
    }

    /// Every row by its name.
    pub fn groups(&self) -> BTreeMap<String, Value> {
        self.record.rows.iter().map(|row| (row.name.clone(), self.row(row, 0))).collect()
    }
}

/// Points lost, or nothing.
fn lost(row: &Row) -> String {
    row.lost.as_ref().filter(|lost| lost.signum() > 0).map(points).unwrap_or_default()
}

fn items(items: &[Item]) -> Vec<Value> {
    let item = |item: &Item| {
        let mut map = Map::new();
        put(&mut map, ("指标", "indicator"), item.name.clone());
        put(&mut map, ("分", "points"), item.points.clone());
        put(&mut map, ("说明", "text"), item.text.clone());
        Value::from(map)
    };
    items.iter().map(item).collect()
}
