//! One figure with two values: the same words, the same year, and amounts that differ.

use std::collections::BTreeMap;

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::{Family, Figure},
    graph::{Graph, Table, TableCell},
    pattern::patterns,
    vocabulary::{ends, has},
    wording,
};

patterns! {
    TARGET = r"[≥≤>＞<＜]|不低于|不少于|不高于|不超过|超过|高于|低于|目标|计划|指标值|每|任务|新增|再|又|另|还|分别|各";
    GENERAL = r"^(?:预算|资金|任务|项目|支出|支付|部门|整体|整体支出|部门预算)*(?:执行|完成|到位|支付|支出|使用|达标|覆盖|合格|及时|公开|整改)率$|^(?:群众|社会|社会公众)?满意[率度]$";
}

/// Names of money that end so are of one figure.
const ENDS: [&str; 9] = ["支出", "收入", "预算", "决算", "经费", "费", "拨款", "资产", "采购金额"];

/// From this many characters on, a label names one figure of a report.
const TELLING: usize = 4;

/// Compares figures of the same name.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut known: BTreeMap<(String, Option<i64>), &Figure> = BTreeMap::new();
    let mut found = Vec::new();
    let year = graph.year();
    for figure in graph.figures.iter().filter(|figure| names_one(graph, figure)) {
        let key = (key(&figure.name()), figure.period.or(year));
        match known.get(&key) {
            Some(first)
                if first.sentence != figure.sentence
                    && differ(graph, first, figure)
                    && subject(graph, first) == subject(graph, figure) =>
            {
                found.push(wording::two_values(graph, first, figure));
            }
            Some(_) => {}
            None => drop(known.insert(key, figure)),
        }
    }
    found.extend(tables(graph, &known, year));
    found.extend(super::swap::check(graph, &found));
    found
}

/// The label without the words that change nothing.
fn key(label: &str) -> String {
    let plain = label
        .replace(['的', '数'], "")
        .replace("总额", "")
        .replace("合计", "")
        .replace("“三公”", "三公")
        .replace("各项", "");
    let plain = plain.replace("自我评价", "自评").replace("自评综合", "自评").replace("自评总分", "自评得分");
    if ["对照", "自评得分"].iter().any(|word| plain.contains(word)) && plain.ends_with("自评得分") {
        "自评得分".to_owned()
    } else {
        plain
    }
}

fn names_one(graph: &Graph, figure: &Figure) -> bool {
    let words = graph.words;
    let score = figure.family == Family::Points && ends(&figure.label, &words.score.own);
    let money = figure.family == Family::Money
        && figure.name().chars().count() >= TELLING
        && !(is_bare(graph, figure) && of_a_project(graph, figure))
        && !has(&figure.label, &words.list.comparison)
        && ENDS.iter().any(|end| key(&figure.label).ends_with(end));
    score || money || is_telling(graph, figure)
}

/// Whether a label is long enough to name one thing: its figure is compared where the two are close, as those of
/// two things would not be.
fn is_telling(graph: &Graph, figure: &Figure) -> bool {
    let own = graph.own(figure);
    let long = figure.label.chars().count() > TELLING;
    let plain = !has(own, &graph.words.list.comparison) && !TARGET.is_match(own) && !has(own, &graph.words.list.across);
    let rate = own.ends_with(['率', '度', '为', '到', '达', '约', '：']) && figure.label.contains(['率', '度']);
    match figure.family {
        Family::Count(_) | Family::Money => long && plain && !is_bare(graph, figure),
        Family::Percent => {
            long && figure.unit_word == "%"
                && rate
                && !TARGET.is_match(own)
                && !super::share::is_bound(graph, figure)
                && !GENERAL.is_match(&figure.label)
                && !["同比", "增长", "下降", "比"].iter().any(|word| own.contains(word))
        }
        Family::Points => false,
    }
}

/// Whether a label says 支出 or 预算 and not of what.
fn is_bare(graph: &Graph, figure: &Figure) -> bool {
    figure.subject.is_empty() && graph.words.list.bare.contains(&figure.label)
}

/// Whether the paragraph speaks of one thing among many before a figure that does not say of what it is.
fn of_a_project(graph: &Graph, figure: &Figure) -> bool {
    let Some(block) = graph.document.blocks.get(figure.block) else { return false };
    let before = graph.text(block.span.start..figure.span.start).replace("项目支出", "");
    has(&before, &graph.words.list.thing)
}

fn differ(graph: &Graph, a: &Figure, b: &Figure) -> bool {
    let off = (&a.value - &b.value).abs();
    let certain = a.family == Family::Points || ENDS.iter().any(|end| key(&a.label).ends_with(end));
    let most = if a.value > b.value { &a.value } else { &b.value };
    let near = certain && a.family == Family::Money
        || a.family == Family::Points
        || &off * &Number::from(4) <= *most && graph.is_planned(a) == graph.is_planned(b);
    a.family == b.family && near && off > &a.half + &b.half
}

/// Whose figures a sentence gives: the words of organisations in it, and those of the past.
fn subject(graph: &Graph, figure: &Figure) -> Vec<&'static str> {
    let sentence = graph.text(graph.sentence(figure.span.start).start..figure.span.start);
    let near: String = sentence.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
    let words = [
        "中心",
        "本级",
        "下属",
        "二级",
        "局",
        "站",
        "所",
        "项目为",
        "该项目",
        "上年",
        "去年",
        "下年",
        "调整",
        "追加",
        "其中",
        "累计",
        "市级",
        "区级",
        "省级",
        "中央",
        "人均",
        "每",
    ];
    words.into_iter().filter(|word| near.contains(word)).collect()
}

/// Cells of tables against the figures of the text: a row of a table has one amount and the name of the figure.
fn tables(graph: &Graph, known: &BTreeMap<(String, Option<i64>), &Figure>, year: Option<i64>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for table in &graph.tables {
        let Some(unit) = table.unit else { continue };
        for row in &table.rows {
            let filled: Vec<_> = row.iter().filter(|cell| !cell.text.trim().is_empty()).collect();
            let [name, cells @ ..] = filled.as_slice() else { continue };
            let Some(cell) = outturn(graph, table, row, cells) else { continue };
            let (None, Some(value)) = (&name.value, &cell.value) else { continue };
            let plain = name.text.replace(['“', '”', ' ', '"'], "");
            let Some(figure) =
                known.get(&(key(plain.trim_start_matches("其中").trim_start_matches([':', '：'])), year))
            else {
                continue;
            };
            let value = value * &Number::from(unit);
            let half = &Number::scaled(5, cell.places + 1) * &Number::from(unit);
            let half = if half < Number::scaled(1, 2) { Number::ZERO } else { half };
            let elsewhere = cells.iter().filter(|other| !std::ptr::eq(**other, cell)).any(|other| {
                other
                    .value
                    .as_ref()
                    .is_some_and(|value| (&(value * &Number::from(unit)) - &figure.value).abs() <= &half + &figure.half)
            });
            if figure.family == Family::Money && !elsewhere && (&value - &figure.value).abs() > &half + &figure.half {
                found.push(wording::text_and_table(graph, figure, cell));
            }
        }
    }
    found
}

/// The cell of a row that a text speaks of: the only one, or that of the accounts.
fn outturn<'t>(graph: &Graph, table: &Table, row: &'t [TableCell], cells: &[&'t TableCell]) -> Option<&'t TableCell> {
    if let [only] = cells {
        return Some(only);
    }
    let head = table.rows.first()?;
    let named = |column: &usize| head.get(*column).is_some_and(|cell| has(&cell.text, &graph.words.table.outturn));
    let mut all = (1..row.len()).filter(named);
    let column = all.next().filter(|_| all.next().is_none())?;
    row.get(column).filter(|cell| !cell.text.trim().is_empty())
}

/// Every figure that has a name of its own: the name, the least and the greatest value, as printed, where.
pub(crate) fn named(graph: &Graph) -> Vec<(String, Number, Number, String, usize)> {
    let year = graph.year();
    let own = |figure: &&Figure| {
        names_one(graph, figure) && (figure.period.is_none() || year.is_none() || figure.period == year)
    };
    let text = graph.figures.iter().filter(own).map(|figure| {
        let (low, high) = (&figure.value - &figure.half, &figure.value + &figure.half);
        (key(&figure.name()), low, high, figure.printed.clone(), figure.span.start)
    });
    let mut found: Vec<_> = text.collect();
    for table in &graph.tables {
        for row in &table.rows {
            let filled: Vec<_> = row.iter().filter(|cell| !cell.text.trim().is_empty()).collect();
            let ([name, cell], Some(unit)) = (filled.as_slice(), table.unit) else { continue };
            let (None, Some(value)) = (&name.value, &cell.value) else { continue };
            let one = Number::from(unit);
            let (value, half) = (value * &one, &Number::scaled(5, cell.places + 1) * &one);
            found.push((key(&name.text), &value - &half, &value + &half, cell.text.clone(), cell.span.start));
        }
    }
    found
}
