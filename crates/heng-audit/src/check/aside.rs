//! Figures of the text against the cells of tables that bear the same name: by what the row is of and what the
//! column gives.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::{Family, Figure},
    graph::{Graph, Table, TableCell},
    head::{Gives, gives, plain},
    pattern::patterns,
    vocabulary::has,
    wording,
};

patterns! {
    STAGE = r"年初|年末|全年|本年度?|当年|年度|部门|批复|调整后?|实际|累计|共计?|预算数?|决算数?|支出数?|执行数?|完成数?|总额|金额|人员|人数|数$|数额|的|为|达到?|已|安排|发生|支付|使用|核定";
}

/// A name that is shorter says too little.
const TELLING: usize = 2;

/// A cell with what it is of.
struct Named<'t> {
    stem: String,
    gives: Gives,
    cell: &'t TableCell,
    value: Number,
    half: Number,
    family: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Money,
    Percent,
    Count,
}

/// Compares every figure whose name a row of a table has.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let cells: Vec<Named> = graph.tables.iter().flat_map(|table| cells(graph, table)).collect();
    let year = graph.year();
    let own = |figure: &&Figure| figure.period.is_none() || year.is_none() || figure.period == year;
    graph.figures.iter().filter(own).filter_map(|figure| one(graph, &cells, figure)).collect()
}

fn one(graph: &Graph, cells: &[Named], figure: &Figure) -> Option<Diagnostic> {
    let family = match &figure.family {
        Family::Money => Kind::Money,
        Family::Percent if figure.unit_word == "%" => Kind::Percent,
        Family::Count(_) => Kind::Count,
        Family::Percent | Family::Points => return None,
    };
    let own = graph.own(figure);
    let words = &graph.words.list;
    if has(own, &words.comparison) && family != Kind::Percent || has(graph.lead(figure), &words.across) {
        return None;
    }
    let stem = stem(&plain(&figure.name()));
    let stem = if family == Kind::Percent { stem.trim_end_matches('率').to_owned() } else { stem };
    if stem.chars().count() < TELLING || has(&stem, &words.total) {
        return None;
    }
    let same: Vec<&Named> = cells.iter().filter(|cell| cell.family == family && cell.stem == stem).collect();
    let close = |cell: &&&Named| (&cell.value - &figure.value).abs() <= &cell.half + &figure.half;
    if same.iter().any(|cell| close(&cell)) {
        return None;
    }
    let wanted: &[Gives] = match stage(graph, figure) {
        Gives::Planned => &[Gives::Planned],
        Gives::Adjusted => &[Gives::Adjusted],
        _ if family == Kind::Percent => &[Gives::Reckoned, Gives::Other, Gives::Done],
        _ => &[Gives::Done, Gives::Other],
    };
    let meant: Vec<&&Named> = same.iter().filter(|cell| wanted.contains(&cell.gives)).collect();
    let [only] = meant.as_slice() else { return None };
    let bigger = if only.value > figure.value { &only.value } else { &figure.value };
    let near = &(&only.value - &figure.value).abs() * &Number::from(2) <= *bigger;
    near.then(|| wording::text_and_table(graph, figure, only.cell))
}

/// What the words around a figure say it gives.
fn stage(graph: &Graph, figure: &Figure) -> Gives {
    let own = graph.own(figure);
    let words = &graph.words.budget;
    if ["决算", "实际", "执行", "支付"].iter().any(|word| own.contains(word)) {
        Gives::Done
    } else if has(own, &words.adjusted) {
        Gives::Adjusted
    } else if has(own, &words.planned) || own.contains("计划") {
        Gives::Planned
    } else {
        Gives::Done
    }
}

/// A name without the words for when and how it was reckoned.
fn stem(name: &str) -> String {
    STAGE.replace_all(name, "").replace("支出支出", "支出")
}

fn cells<'t>(graph: &Graph, table: &'t Table) -> Vec<Named<'t>> {
    let from = table.head_rows();
    let scores = table.rows.iter().take(from).flatten().any(|cell| has(&cell.text, &graph.words.table.score));
    if scores {
        return Vec::new();
    }
    let mut found = Vec::new();
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0).min(24);
    let names: Vec<String> = (0..width).map(|column| table.column_name(column)).collect();
    for row in table.rows.iter().skip(from) {
        let stem = stem(&table.row_name(row));
        if stem.chars().count() < TELLING || has(&stem, &graph.words.table.total) {
            continue;
        }
        for (cell, name) in row.iter().zip(&names).skip(1) {
            found.extend(named(graph, table, &stem, cell, name));
        }
    }
    found
}

fn named<'t>(graph: &Graph, table: &Table, stem: &str, cell: &'t TableCell, name: &str) -> Option<Named<'t>> {
    let text = cell.text.trim();
    let filled = !text.is_empty() && text.chars().any(|c| c.is_ascii_digit());
    let percent = text.ends_with('%') || name.contains('率') || name.contains('%');
    let plain = text.trim_end_matches('%').replace([',', ' '], "");
    let value = if percent { Number::parse_decimal(&plain) } else { cell.value.clone() };
    let value = value.filter(|_| filled && !name.contains("序号") && !name.contains("编码"))?;
    let places = if percent {
        plain.split_once('.').map_or(0, |(_, rest)| u32::try_from(rest.len()).unwrap_or(0))
    } else {
        cell.places
    };
    let half = Number::scaled(5, places + 1);
    let (family, value, half) = match (percent, table.unit) {
        (true, _) => (Kind::Percent, value, half),
        (false, Some(unit)) => (Kind::Money, &value * &Number::from(unit), &half * &Number::from(unit)),
        (false, None) => (Kind::Count, value, Number::ZERO),
    };
    Some(Named { stem: stem.to_owned(), gives: gives(graph, name), cell, value, half, family })
}
