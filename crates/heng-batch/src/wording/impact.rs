//! What the impact of a rule change is told in.

use heng_diag::{Diagnostic, Pair, Severity, Text};
use heng_model::Number;

use crate::impact::{
    Department, Impact,
    story::{Story, shown, signed},
};

/// The title of the page.
pub const TITLE: Pair = Pair("规则修改的影响", "What the change of rules does");
/// What is compared unless an indicator is named.
pub const TOTAL: Pair = Pair("总分", "total");
/// Heads a list.
pub const GRADES: Pair = Pair("等级变动（个部门）", "Grades that change (departments)");
/// Heads a list.
pub const ITEMS: Pair = Pair("变动来自哪些修改", "Which change of the rules did how much");
/// Heads a picture.
pub const BRIDGE: Pair =
    Pair("平均得分怎样从旧规则走到新规则", "The mean from the old rules to the new, change by change");
/// Heads a list.
pub const LEAVES: Pair = Pair("变动落在哪些指标", "On which indicators it falls");
/// Heads a picture.
pub const SPREAD: Pair = Pair("多少变动各有几个部门", "Departments by change");
/// Heads a list.
pub const GAIN: Pair = Pair("增加最多的", "Who gains most");
/// Heads a list.
pub const LOSE: Pair = Pair("减少最多的", "Who loses most");
/// Heads a list.
pub const LINES: Pair = Pair("界线以上各有几个部门", "Departments on or above a line");
/// What is no indicator's own.
pub const REST: Pair = Pair("合成方式（折算、否决、取整）", "how groups are put together");
/// What is no change of the rule files.
pub const CONTEXT: Pair = Pair("脚本和工作日历", "scripts and calendar");
/// What no single change has a share in.
pub const UNSPLIT: Pair = Pair("没有分摊的", "not split");
/// Column heads of the items.
pub const ITEM_HEADS: [Pair; 6] = [
    Pair("修改", "change"),
    Pair("平均影响", "mean effect"),
    Pair("只改这一项", "made alone"),
    Pair("增加的部门", "gain by it"),
    Pair("减少的部门", "lose by it"),
    Pair("误差", "error"),
];
/// Column heads of the departments.
pub const DEPARTMENT_HEADS: [Pair; 8] = [
    Pair("部门", "department"),
    Pair("旧规则", "old"),
    Pair("新规则", "new"),
    Pair("变动", "change"),
    Pair("旧名次", "old rank"),
    Pair("新名次", "new rank"),
    Pair("旧等级", "old grade"),
    Pair("新等级", "new grade"),
];
/// Names of the sheets.
pub const SHEETS: [Pair; 3] = [Pair("影响", "impact"), Pair("各部门", "departments"), Pair("退出来的行", "rejects")];
/// Column heads of the rows set aside.
pub const REJECT_HEADS: [Pair; 4] =
    [Pair("行", "row"), Pair("列", "column"), Pair("原因", "reason"), Pair("值", "value")];
/// The old and the new mean.
pub const MEANS: [Pair; 2] = [Pair("旧规则平均", "mean before"), Pair("新规则平均", "mean after")];
/// The nearest threshold.
pub const NEAREST: Pair = Pair("近旁的界线", "line nearby");
/// Whole.
pub const SUM: Pair = Pair("合计", "sum");

/// `--of` names no indicator.
#[must_use]
pub fn no_indicator(name: &str) -> Diagnostic {
    let title = Text::new(
        format!("两套规则里没有都叫“{name}”的指标，或者有几个"),
        format!("the two rule sets do not both have one indicator “{name}”"),
    );
    Diagnostic::general("impact/no-indicator", Severity::Error, title).help(Text::new(
        "写两套规则都有的一个指标或一组指标的名称",
        "name an indicator or a group that both rule sets have",
    ))
}

/// The unit in which is compared.
#[must_use]
pub fn unit(impact: &Impact) -> Pair {
    if impact.what.share { Pair("%", "%") } else { Pair("分", " points") }
}

/// The unit of a change: the difference of two shares is no share.
#[must_use]
pub fn change_unit(impact: &Impact) -> Pair {
    if impact.what.share { Pair("个百分点", " percentage points") } else { unit(impact) }
}

/// A heading over figures, with the unit in which they are.
#[must_use]
pub fn measured(heading: Pair, unit: Pair) -> Text {
    Text::new(format!("{}（{}）", heading.0, unit.0), format!("{} ({})", heading.1, unit.1.trim_start()))
}

/// What is compared.
#[must_use]
pub fn compared(impact: &Impact) -> Text {
    let what = &impact.what;
    let [old, new] = &what.full;
    let mut text = Text::new(
        format!("比的是：{}，满分 {old}分 → {new}分", what.name.zh),
        format!("compared: {}, full marks {old} → {new}", what.name.en),
    );
    if what.share {
        text.zh.push_str("；两边满分不同，比得分率（得分 ÷ 满分）");
        text.en.push_str("; as they differ, points ÷ full marks are compared");
    }
    text
}

/// The first lines.
#[must_use]
pub fn summary(story: &Story<'_>, impact: &Impact) -> Text {
    let [up, down, same, open] = story.counts;
    let unit = change_unit(impact);
    let (mean, old, new) = (signed(&story.mean), shown(&story.means[0]), shown(&story.means[1]));
    let mut text = if up + down + same == 0 {
        nothing(impact)
    } else {
        Text::new(
            format!("增加 {up} 个部门，减少 {down} 个，不变 {same} 个；平均 {mean}{}（{old} → {new}）", unit.0),
            format!("{up} departments gain, {down} lose, {same} stay; {mean}{} on average ({old} → {new})", unit.1),
        )
    };
    if story.moved > 0 {
        text.zh.push_str(&format!("\n{} 个部门名次变动；总分相同的名次相同", story.moved));
        text.en.push_str(&format!("\n{} departments change places; equal scores share a place", story.moved));
    }
    if open > 0 {
        let names = |sign: &str| story.open.iter().take(5).copied().collect::<Vec<_>>().join(sign);
        let more = if open > 5 { ["等", " …"] } else { ["", ""] };
        text.zh.push_str(&format!("\n{open} 个部门有一边得分未定，没有比较：{}{}", names("、"), more[0]));
        text.en.push_str(&format!(
            "\n{open} departments have no decided score on one side and are not compared: {}{}",
            names(", "),
            more[1]
        ));
    }
    let rejected = impact.rejected();
    if rejected > 0 {
        text.zh.push_str(&format!("\n{rejected} 行读不了，没有比较"));
        text.en.push_str(&format!("\n{rejected} rows could not be read and are not compared"));
    }
    text
}

/// No department has two decided scores: what could be compared instead.
fn nothing(impact: &Impact) -> Text {
    let mut text = Text::new(
        "没有一个部门两边的得分都已定，没有可比的",
        "no department has a decided score on both sides: there is nothing to compare",
    );
    if !impact.comparable.is_empty() {
        let names: Vec<&str> = impact.comparable.iter().map(|name| &**name).collect();
        text.zh.push_str(&format!("\n两边都已定的有：{}；用 --of 比其中一个", names.join("、")));
        text.en.push_str(&format!("\ndecided on both sides: {}; compare one of them by --of", names.join(", ")));
    }
    text
}

/// How the change was taken apart.
#[must_use]
pub fn method(impact: &Impact, whole: usize) -> Text {
    let count = impact.items.len();
    let mut text = match impact.orders {
        None => Text::new(
            format!("{count} 处修改，按沙普利值分摊（各种先后次序的平均，精确），各部分相加正好是全部变动"),
            format!(
                "{count} changes, split by Shapley value (the mean over every order, exact); the parts add up to the whole change"
            ),
        ),
        Some((orders, seed)) => Text::new(
            format!(
                "{count} 处修改，按沙普利值分摊，抽 {orders} 种先后次序估计（种子 {seed}），误差是两倍标准误；各部分相加正好是全部变动"
            ),
            format!(
                "{count} changes, split by Shapley value, estimated from {orders} orders (seed {seed}); the error is twice the standard error; the parts add up to the whole change"
            ),
        ),
    };
    if whole > 0 {
        text.zh.push_str(&format!("。{whole} 个部门只改一部分时得分未定，没有分摊"));
        text.en.push_str(&format!(
            ". {whole} departments have no decided score under some of the changes and are not split"
        ));
    }
    text
}

/// What changed no score.
#[must_use]
pub fn idle(names: &[Text]) -> Text {
    let list = |sign: &str, pick: fn(&Text) -> &str| names.iter().map(pick).collect::<Vec<_>>().join(sign);
    Text::new(
        format!("没有改变任何得分的：{}", list("；", |name| &name.zh)),
        format!("without effect on any score: {}", list("; ", |name| &name.en)),
    )
}

/// What an item adds.
#[must_use]
pub fn part(mean: &Number, alone: Option<&Number>, counts: [usize; 2], error: Option<&Number>, unit: Pair) -> Text {
    let [up, down] = counts;
    let mean = signed(mean);
    let mut text = Text::new(
        format!("平均 {mean}{}（{up} 个部门增加，{down} 个减少", unit.0),
        format!("{mean}{} on average ({up} departments gain, {down} lose", unit.1),
    );
    if let Some(error) = error {
        text.zh.push_str(&format!("，误差 ±{}", shown(error)));
        text.en.push_str(&format!(", error ±{}", shown(error)));
    }
    if let Some(alone) = alone {
        text.zh.push_str(&format!("；只改这一项 {}", signed(alone)));
        text.en.push_str(&format!("; made alone {}", signed(alone)));
    }
    text.zh.push('）');
    text.en.push(')');
    text
}

/// How a department moves.
#[must_use]
pub fn moved(one: &Department, change: &Number) -> Text {
    let total = |total: &Option<Number>| total.as_ref().map(shown).unwrap_or_default();
    let (old, new, change) = (total(&one.old.total), total(&one.new.total), signed(change));
    let mut text = Text::same(format!("{change}  {old} → {new}"));
    if let Some((old, new)) = one.ranks {
        text.zh.push_str(&format!("  第 {old} 名 → 第 {new} 名"));
        text.en.push_str(&format!("  rank {old} → {new}"));
    }
    if let (Some(old), Some(new)) = (&one.old.grade, &one.new.grade)
        && old != new
    {
        text.zh.push_str(&format!("  {old} → {new}"));
        text.en.push_str(&format!("  {old} → {new}"));
    }
    text
}

/// How many stand on or above a line.
#[must_use]
pub fn line(at: &Number, counts: [usize; 2]) -> Text {
    let [old, new] = counts;
    Text::same(format!("≥ {}：{old} → {new}", shown(at)))
}

/// Heads a list.
#[must_use]
pub fn near(distance: &Number, count: usize, unit: Pair) -> Text {
    let distance = distance.decimal_text().unwrap_or_default();
    Text::new(
        format!("新规则下离界线不到 {distance}{}的：{count} 个", unit.0),
        format!("within {distance}{} of a line under the new rules: {count}", unit.1),
    )
}

/// How many more there are than are shown.
#[must_use]
pub fn more(count: usize) -> Text {
    Text::new(format!("另有 {count} 个"), format!("and {count} more"))
}
