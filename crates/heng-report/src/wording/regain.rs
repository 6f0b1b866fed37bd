//! The sentences of what would have been.

use heng_diag::Lang;

use super::{Pair, pick};

pub(crate) const REGAIN: Pair =
    Pair("怎样补回（只改一项数据，其他不变）", "What would bring points back (one fact changed, all else as it is)");
pub(crate) const NO_SINGLE_FACT: Pair =
    Pair("只改一项数据，连0.01分也补不回来。", "No change of a single fact brings back as much as 0.01 points.");
pub(crate) const NOT_BY_ONE_FACT: Pair = Pair("只改一项数据做不到", "no change of a single fact does it");
pub(crate) const CUT_SHORT: Pair = Pair("数据太多，没有全部试完。", "There was too much data to try all of it.");
pub(crate) const OR_ELSE: Pair = Pair("；或者", "; or ");

/// Points in English.
fn many(points: &str) -> String {
    let word = if points == "1" { "point" } else { "points" };
    format!("{points} {word}")
}

/// A level that no change reaches.
pub(crate) fn level(lang: Lang, points: &str, text: &str) -> String {
    pick(lang, format!("得{points}分：{text}"), format!("{}: {text}", many(points)))
}

/// A level and the ways to it.
pub(crate) fn regained(lang: Lang, points: &str, more: &str, ways: &str, others: usize) -> String {
    let rest = match others {
        0 => String::new(),
        _ => pick(
            lang,
            format!("；另有{others}项数据也可以"),
            if others == 1 {
                "; 1 other fact would do it too".to_owned()
            } else {
                format!("; {others} other facts would do it too")
            },
        ),
    };
    pick(
        lang,
        format!("得{points}分（多{more}分）：{ways}{rest}"),
        format!("{} ({more} more): {ways}{rest}", many(points)),
    )
}

pub(crate) fn without(lang: Lang, row: &str) -> String {
    pick(lang, format!("没有“{row}”这一行"), format!("without {row}"))
}

pub(crate) fn then_total(lang: Lang, change: &str, points: Option<&str>, total: &str) -> String {
    match points {
        Some(points) => pick(
            lang,
            format!("{change}（本项得{points}分，总分{total}）"),
            format!("{change} ({} here, total {total})", many(points)),
        ),
        None => pick(lang, format!("{change}（总分{total}）"), format!("{change} (total {total})")),
    }
}

pub(crate) fn no_longer(lang: Lang, name: &str, value: &str, state: &str) -> String {
    pick(lang, format!("“{name}”{value}不再是{state}"), format!("{name} {value} is no longer: {state}"))
}

pub(crate) fn moved(lang: Lang, name: &str, from: &str, to: &str, by: Option<&str>) -> String {
    match by {
        Some(by) => pick(lang, format!("“{name}”由{from}改为{to}，{by}"), format!("{name} from {from} to {to}, {by}")),
        None => pick(lang, format!("“{name}”由{from}改为{to}"), format!("{name} from {from} to {to}")),
    }
}

pub(crate) fn handed_in(lang: Lang, name: &str, value: &str) -> String {
    pick(lang, format!("“{name}”填报{value}"), format!("{name} handed in as {value}"))
}

pub(crate) fn by_amount(lang: Lang, up: bool, amount: &str) -> String {
    match up {
        true => pick(lang, format!("增加{amount}"), format!("{amount} more")),
        false => pick(lang, format!("减少{amount}"), format!("{amount} less")),
    }
}

pub(crate) fn by_days(lang: Lang, days: i64) -> String {
    let count = days.abs();
    let many = if count == 1 { "day" } else { "days" };
    match days > 0 {
        true => pick(lang, format!("晚{count}天"), format!("{count} {many} later")),
        false => pick(lang, format!("早{count}天"), format!("{count} {many} earlier")),
    }
}

pub(crate) fn cliffs(lang: Lang, least: &str) -> String {
    pick(
        lang,
        format!("断崖：数据差最末一位的1个单位，得分就差{least}分以上（离现在近的在前）"),
        format!("Cliffs: one unit of a figure's last place is worth {least} points or more (nearest first)"),
    )
}

pub(crate) fn no_cliffs(lang: Lang, least: &str) -> String {
    pick(
        lang,
        format!("没有断崖：哪一项数据差最末一位的1个单位，得分都差不到{least}分。"),
        format!("No cliffs: one unit of a figure's last place is nowhere worth {least} points."),
    )
}

pub(crate) fn step_over(lang: Lang, here: &str, there: &str) -> String {
    pick(lang, format!("由{here}到{there}"), format!("from {here} to {there}"))
}

pub(crate) fn worth(lang: Lang, here: &str, there: &str) -> String {
    pick(lang, format!("得分由{here}变为{there}"), format!("the score goes from {here} to {there}"))
}

pub(crate) fn away(lang: Lang, now: &str, units: Option<i64>) -> String {
    match units {
        Some(1) => pick(lang, format!("现在是{now}，就在边上"), format!("now {now}, right at the edge")),
        Some(units) => pick(lang, format!("现在是{now}，差{units}个单位"), format!("now {now}, {units} units away")),
        None => pick(lang, format!("现在是{now}"), format!("now {now}")),
    }
}

pub(crate) fn cliff(lang: Lang, node: &str, datum: &str, from: &str, worth: &str, away: &str) -> String {
    pick(
        lang,
        format!("- {node}：“{datum}”{from}，{worth}（{away}）"),
        format!("- {node}: {datum} {from}: {worth} ({away})"),
    )
}
