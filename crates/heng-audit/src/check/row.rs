//! What the text says of a row of a table without its amounts: by how much it changed against the year before,
//! what share of the total it is.

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
    YEAR = r"20\d\d";
    CHANGED = r"^(.{2,20}?)(?:本年度?|今年|20\d\d年)?(?:同比|(?:比|较|与)(?:上年|去年|上一年|20\d\d年)度?(?:相比)?)(?:略有|有所|大幅)?(增长|增加|上升|提高|下降|减少|降低)了?(?:约)?$";
}

/// Compares every such percentage with its row.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let percents = graph.figures.iter().filter(|figure| figure.family == Family::Percent && figure.unit_word == "%");
    percents.filter_map(|percent| changed(graph, percent)).collect()
}

fn changed(graph: &Graph, percent: &Figure) -> Option<Diagnostic> {
    let captured = CHANGED.captures(graph.own(percent));
    let (name, verb) = match captured.as_ref() {
        Some(captured) => (captured.get(1)?.as_str().to_owned(), captured.get(2)?.as_str()),
        // 教育支出占支出总额的 85%，较上年增长 5%: the subject stands in the clause before.
        None => named_before(graph, percent)?,
    };
    let name = plain(&name);
    let mut rows = graph.tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
    let (table, row) = rows.find(|(table, row)| table.row_name(row) == name)?;
    if rows.any(|(table, row)| table.row_name(row) == name && table.row_name(row).chars().count() > 1) {
        return None;
    }
    let (now, past) = years(graph, table, row)?;
    let (a, b) = (now.value.as_ref()?, past.value.as_ref().filter(|past| past.signum() > 0)?);
    let came = (&(a - b) * &Number::from(100)).checked_div(b)?;
    let down = ["下降", "减少", "降低"].contains(&verb);
    let said = if down { -&percent.value } else { percent.value.clone() };
    let off = (&came - &said).abs();
    let turned = (&came + &said).abs() <= percent.half && !came.is_zero();
    let near = off <= Number::from(10) || turned;
    (off > percent.half && near).then(|| wording::changed_row(graph, percent, now, past, &came, turned))
}

/// The subject of the clause before, where that gives no amount.
fn named_before(graph: &Graph, percent: &Figure) -> Option<(String, &'static str)> {
    let own = graph.own(percent);
    let lead = graph.lead(percent);
    let verbs = ["增长", "增加", "上升", "提高", "下降", "减少", "降低"];
    let verb = verbs.into_iter().find(|verb| own.trim_end_matches('了').ends_with(verb))?;
    let compared = ["较上年", "比上年", "同比", "较去年", "比去年"].iter().any(|word| own.starts_with(word));
    let before = graph.figures.get(graph.number(percent).checked_sub(1)?)?;
    let joined = before.family == Family::Percent && before.sentence == percent.sentence && lead.chars().count() <= 12;
    let (name, _) = graph.own(before).split_once('占')?;
    (compared && joined && !lead.contains('；')).then(|| (name.to_owned(), verb))
}

/// The cells of a row for this year and the year before, where each is the only one of its kind.
fn years<'t>(graph: &Graph, table: &Table, row: &'t [TableCell]) -> Option<(&'t TableCell, &'t TableCell)> {
    let of = |wanted: Gives| {
        let column = |(column, cell): (usize, &'t TableCell)| {
            let name = table.column_name(column);
            let other = has(&name, &graph.words.budget.opening) || name.contains("预算");
            let fits = gives(graph, &name) == wanted && !other && cell.value.is_some();
            (fits && cell.text.chars().any(|c| c.is_ascii_digit())).then_some(cell)
        };
        let mut all = row.iter().enumerate().skip(1).filter_map(column);
        all.next().filter(|_| all.next().is_none())
    };
    of(Gives::Done).zip(of(Gives::Past)).or_else(|| by_year(table, row))
}

/// The cells under the only two years that the head names, the later first.
fn by_year<'t>(table: &Table, row: &'t [TableCell]) -> Option<(&'t TableCell, &'t TableCell)> {
    let mut dated: Vec<(String, &TableCell)> = Vec::new();
    for (column, cell) in row.iter().enumerate().skip(1) {
        let name = table.column_name(column);
        let plain = !name.contains(['率', '比', '%', '增', '减']) && !name.contains("预算");
        let year = YEAR.find(&name).filter(|_| plain && cell.value.is_some());
        dated.extend(year.map(|year| (year.as_str().to_owned(), cell)));
    }
    dated.sort_by(|a, b| b.0.cmp(&a.0));
    match dated.as_slice() {
        [now, past] if now.0 != past.0 => Some((now.1, past.1)),
        _ => None,
    }
}
