//! What sensitivity and calibration are told in.

use heng_diag::{Diagnostic, Lang, Pair, Severity, Text};
use heng_model::{Number, Rounding};

use crate::{
    calibrate::Line,
    sensitivity::{Department, Sensitivity, Variant},
};

/// How many departments and variations a list shows.
const MOST: usize = 20;

fn shown(number: &Number) -> String {
    number.fixed(2, Rounding::HalfUp)
}

fn per_cent(number: &Number) -> String {
    let hundredfold = number * &Number::from(100);
    hundredfold.decimal_text().unwrap_or_else(|| hundredfold.fixed(2, Rounding::HalfUp))
}

/// Points that were drawn anew.
#[must_use]
pub fn points(range: &Number, rounds: usize, seed: u64) -> Text {
    let range = per_cent(range);
    Text::new(
        format!("分值各变动 ±{range}% 以内，抽 {rounds} 次（种子 {seed}）"),
        format!("points vary within ±{range}%, drawn {rounds} times (seed {seed})"),
    )
}

/// A threshold that was moved.
#[must_use]
pub fn threshold(node: &str, at: &Number, step: &Number, up: bool) -> Text {
    let (sign, step) = (if up { "+" } else { "−" }, per_cent(step));
    let at = at.decimal_text().unwrap_or_else(|| shown(at));
    Text::new(format!("{node}：界限 {at} {sign}{step}%"), format!("{node}: threshold {at} {sign}{step}%"))
}

/// An indicator that was left out.
#[must_use]
pub fn dropped(node: &str) -> Text {
    Text::new(format!("不要 {node}"), format!("without {node}"))
}

const HEADS: [Pair; 3] = [
    Pair("界限移动一步（一次一个）", "Thresholds moved by a step, one at a time"),
    Pair("去掉一个指标，其余折算到满分", "One indicator left out, the rest scaled to full marks"),
    Pair("名次最不稳的部门", "The departments whose places are least solid"),
];

fn variant(one: &Variant, lang: Lang) -> String {
    let Variant { name, moved, farthest, regraded } = one;
    let text = Text::new(
        format!("{}：名次变动 {moved} 个，最远 {farthest} 位；等级变动 {regraded} 个", name.zh),
        format!("{}: {moved} change places, {farthest} places at most; {regraded} change grades", name.en),
    );
    text.get(lang).to_owned()
}

fn department(one: &Department, lang: Lang) -> String {
    let (best, worst) = one.range;
    let place = one.place;
    let mut text = Text::new(
        format!("{}  {}分  第 {place} 名（{best}–{worst}）", one.key, shown(&one.total)),
        format!("{}  {}  rank {place} ({best}–{worst})", one.key, shown(&one.total)),
    );
    if let Some(grade) = one.grade.as_ref().filter(|_| !one.others.is_empty()) {
        let others: Vec<&str> = one.others.iter().map(|other| &**other).collect();
        text.zh.push_str(&format!("  {grade}，也可能 {}", others.join("、")));
        text.en.push_str(&format!("  {grade}, perhaps {}", others.join(", ")));
    }
    text.get(lang).to_owned()
}

/// All of it, as text.
#[must_use]
pub fn story(found: &Sensitivity, rejected: usize, lang: Lang) -> String {
    let count = found.departments.len();
    let wide = |one: &Department| one.range.1 - one.range.0;
    let (fixed, close) = (
        found.departments.iter().filter(|one| wide(one) == 0).count(),
        found.departments.iter().filter(|one| wide(one) <= 3).count(),
    );
    let graded = found.departments.iter().filter(|one| one.grade.is_some()).count();
    let solid = found.departments.iter().filter(|one| one.grade.is_some() && one.others.is_empty()).count();
    let mut head = Text::new(
        format!("{count} 个部门：名次怎样变都不动的 {fixed} 个，上下不过 3 位的 {close} 个"),
        format!("{count} departments: {fixed} keep their place throughout, {close} move within 3 places"),
    );
    if graded > 0 {
        head.zh.push_str(&format!("；等级怎样变都不动的 {solid} 个"));
        head.en.push_str(&format!("; {solid} keep their grade throughout"));
    }
    if graded > 0 && !found.graded_by_lines {
        head.zh.push_str("\n等级不是按总分的固定界线定的：分值变动、去掉指标时只看名次，界限移动时才看等级");
        head.en.push_str(
            "\ngrades do not hang on fixed lines of the total: where points vary or an indicator is left out only ranks are followed, grades where thresholds move",
        );
    }
    if found.open > 0 {
        head.zh.push_str(&format!("\n{} 个部门总分未定，没有排", found.open));
        head.en.push_str(&format!("\n{} departments have no decided total and no place", found.open));
    }
    if rejected > 0 {
        head.zh.push_str(&format!("\n{rejected} 行读不了"));
        head.en.push_str(&format!("\n{rejected} rows could not be read"));
    }
    let mut out = format!("{}\n\n{}", head.get(lang), variant(&found.points, lang));
    for (head, list) in HEADS.iter().zip([&found.thresholds, &found.dropped]) {
        let mut moving: Vec<&Variant> = list.iter().filter(|one| one.moved + one.regraded > 0).collect();
        moving.sort_by_key(|one| std::cmp::Reverse((one.moved, one.farthest)));
        if list.is_empty() {
            continue;
        }
        out.push_str(&format!("\n\n{}", head.get(lang)));
        for one in moving.iter().take(MOST) {
            out.push_str(&format!("\n  {}", variant(one, lang)));
        }
        let still = list.len() - moving.len();
        let rest = Text::new(format!("其余 {still} 处没有影响"), format!("{still} others change nothing"));
        out.push_str(&format!("\n  {}", rest.get(lang)));
    }
    let mut loose: Vec<&Department> = found.departments.iter().filter(|one| wide(one) > 0).collect();
    loose.sort_by_key(|one| std::cmp::Reverse(wide(one)));
    if !loose.is_empty() {
        out.push_str(&format!("\n\n{}", HEADS[2].get(lang)));
        for one in loose.into_iter().take(MOST) {
            out.push_str(&format!("\n  {}", department(one, lang)));
        }
    }
    out.push('\n');
    out
}

/// The heads of the file of departments.
pub const COLUMNS: Pair =
    Pair("部门,总分,名次,最好,最差,等级,也可能\n", "department,total,rank,best,worst,grade,perhaps\n");

/// Lines that give the shares asked for, as text.
#[must_use]
pub fn lines(found: &[Line], count: usize, open: usize, lang: Lang) -> String {
    let mut head = Text::new(format!("{count} 个部门的总分已定"), format!("{count} departments have a decided total"));
    if open > 0 {
        head.zh.push_str(&format!("；{open} 个未定或读不了，没有算"));
        head.en.push_str(&format!("; {open} are open or could not be read and are left out"));
    }
    let mut out = head.get(lang).to_owned();
    let told = |what: Pair, line: &Option<(Number, usize)>| {
        let (at, on) = line.as_ref()?;
        let share = Number::from(*on).checked_div(&Number::from(count))?;
        let share = (&share * &Number::from(100)).fixed(1, Rounding::HalfUp);
        let text = Text::new(
            format!("\n  {}：≥ {}分，{on} 个（{share}%）", what.0, shown(at)),
            format!("\n  {}: ≥ {}, {on} departments ({share}%)", what.1, shown(at)),
        );
        Some(text.get(lang).to_owned())
    };
    for line in found {
        let share = per_cent(&line.share);
        let head = Text::new(
            format!("\n\n{}：连同以上各等 {share}%", line.name),
            format!("\n\n{}: with the grades above it {share}%", line.name),
        );
        out.push_str(head.get(lang));
        let kinds = [
            (Pair("够这么多的最高线", "highest line that reaches it"), &line.least),
            (Pair("不超过这么多的最低线", "lowest line not beyond it"), &line.most),
            (Pair("最接近的整分", "nearest in whole points"), &line.whole),
        ];
        for (what, line) in kinds {
            out.push_str(&told(what, line).unwrap_or_default());
        }
    }
    out.push('\n');
    out
}

/// No department has a decided total.
#[must_use]
pub fn nothing_decided() -> Diagnostic {
    let title = Text::new("没有一个部门的总分已定", "no department has a decided total");
    Diagnostic::general("batch/nothing-decided", Severity::Error, title).help(Text::new(
        "规则没有写完，或者数据缺报；用 heng batch 看每个部门的状态",
        "the rules are not whole, or data are missing; heng batch shows the status of each department",
    ))
}
