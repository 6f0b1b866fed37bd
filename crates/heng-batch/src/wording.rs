//! All wording of batches, Chinese and English side by side.

use heng_diag::{Diagnostic, Pair, Severity, Text};
use heng_model::Verdict;

fn error(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    Diagnostic::general(code, Severity::Error, Text::new(zh, en))
}

/// No column is a datum.
#[must_use]
pub fn no_data(heads: &[String]) -> Diagnostic {
    let list = heads.join("、");
    error("batch/no-data", "第一行里没有一列是规则要的数据", "no column of the first line is a datum of the rules")
        .note(Text::new(format!("第一行写着：{list}"), format!("the first line reads: {list}")))
        .help(Text::new(
            "第一行写列名，列名与规则“数据”一段相同，单位写在括号里：预算数（万元）",
            "the first line names the columns as the rule file's data block does, units in brackets: budget(万元)",
        ))
}

/// `--key` names no column.
#[must_use]
pub fn no_key(key: &str, heads: &[String]) -> Diagnostic {
    let list = heads.join("、");
    error("batch/no-key", format!("没有叫“{key}”的列"), format!("no column is called “{key}”"))
        .help(Text::new(format!("列有：{list}"), format!("the columns are: {list}")))
}

/// Columns that are not read.
#[must_use]
pub fn unread(heads: &[String]) -> Diagnostic {
    let title = Text::new(
        format!("这些列规则没有要，不读：{}", heads.join("、")),
        format!("the rules ask for none of these columns, they are not read: {}", heads.join(", ")),
    );
    Diagnostic::general("batch/unread", Severity::Hint, title)
}

/// The file is empty.
#[must_use]
pub fn empty() -> Diagnostic {
    error("batch/empty", "文件是空的", "the file is empty")
        .help(Text::new("第一行写列名，以下每行一个部门", "the first line names the columns, then a line a department"))
}

/// Why a row was set aside.
#[must_use]
pub fn wrong_quotes() -> Text {
    Text::new("引号没有成对", "the quotes are not closed")
}

/// Why a row was set aside.
#[must_use]
pub fn wrong_encoding() -> Text {
    Text::new("不是这种编码的文字", "not text in the encoding of the file")
}

/// Why a row was set aside.
#[must_use]
pub fn wrong_width(found: usize, wanted: usize) -> Text {
    Text::new(format!("有 {found} 格，列名有 {wanted} 个"), format!("{found} cells under {wanted} heads"))
}

/// The heads of the file of rows set aside.
pub const REJECT_HEADS: Pair = Pair("行,列,原因,值\n", "row,column,reason,value\n");

/// The head of the grade.
pub const GRADE: Pair = Pair("等级", "grade");

/// The head of the status.
pub const STATUS: Pair = Pair("状态", "status");

/// The total is decided.
pub const SCORED: Pair = Pair("已评", "scored");

/// The rules are not written to the end.
pub const UNWRITTEN: Pair = Pair("待编", "unwritten");

/// A verdict as the status of a department.
#[must_use]
pub fn verdict(verdict: Verdict) -> Pair {
    match verdict {
        Verdict::NotApplicable => Pair("不适用", "not applicable"),
        Verdict::Review => Pair("待核", "review"),
        Verdict::Return => Pair("退回", "return"),
        Verdict::Stop => Pair("停止", "stop"),
    }
}

/// What the impact of a rule change is told in.
pub mod impact {
    use heng_diag::{Pair, Text};
    use heng_model::{Number, Rounding};

    use crate::impact::{Department, text::signed};

    /// The title of the page.
    pub const TITLE: Pair = Pair("规则修改的影响", "What the change of rules does");
    /// Heads a list.
    pub const GRADES: Pair = Pair("等级变动（个）", "Grades that change (departments)");
    /// Heads a list.
    pub const PARTS: Pair =
        Pair("变动来自哪些指标（全部部门合计）", "Where the change comes from (all departments together)");
    /// Heads a picture.
    pub const SPREAD: Pair =
        Pair("总分变动（分）的分布：各有几个部门", "Departments by change of the total, in points");
    /// Heads a list.
    pub const GAIN: Pair = Pair("增加最多的", "Who gains most");
    /// Heads a list.
    pub const LOSE: Pair = Pair("减少最多的", "Who loses most");
    /// What is no indicator's own.
    pub const REST: Pair = Pair("合成方式（折算、否决、取整）", "how groups are put together");

    /// The first lines.
    #[must_use]
    pub fn summary(counts: &[usize; 4], mean: &Number, rejected: u64) -> Text {
        let [up, down, same, open] = counts;
        let mean = signed(mean);
        let mut text = Text::new(
            format!("增加 {up} 个部门，减少 {down} 个，不变 {same} 个；平均 {mean}分"),
            format!("{up} departments gain, {down} lose, {same} stay; {mean} points on average"),
        );
        if *open > 0 {
            text.zh.push_str(&format!("\n{open} 个部门有一边总分未定，没有比较"));
            text.en.push_str(&format!("\n{open} departments have no decided total on one side and are not compared"));
        }
        if rejected > 0 {
            text.zh.push_str(&format!("\n{rejected} 行读不了，没有比较"));
            text.en.push_str(&format!("\n{rejected} rows could not be read and are not compared"));
        }
        text
    }

    /// What a part adds.
    #[must_use]
    pub fn part(sum: &Number, up: usize, down: usize) -> Text {
        let sum = signed(sum);
        Text::new(
            format!("{sum}分（{up} 个部门增加，{down} 个减少）"),
            format!("{sum} points ({up} departments gain, {down} lose)"),
        )
    }

    /// How a department moves.
    #[must_use]
    pub fn moved(one: &Department, change: &Number) -> Text {
        let shown = |total: &Option<Number>| total.as_ref().map(|n| n.fixed(2, Rounding::HalfUp)).unwrap_or_default();
        let (old, new, change) = (shown(&one.old.total), shown(&one.new.total), signed(change));
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

    /// Heads a list.
    #[must_use]
    pub fn near(distance: &Number, count: usize) -> Text {
        Text::new(
            format!("新规则下离等级界线不到 {distance} 分的：{count} 个"),
            format!("within {distance} points of a grade under the new rules: {count}"),
        )
    }
}
