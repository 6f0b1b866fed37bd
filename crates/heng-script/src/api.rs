//! What scripts can call, said once: `heng script doc` prints it, editors read it, and a test holds
//! it to what the engine really knows.

use heng_diag::Text;

/// A function that every script can call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiFunction {
    /// Its Chinese and its English name.
    pub names: [&'static str; 2],
    /// Its parameters, Chinese and English.
    pub parameters: &'static [[&'static str; 2]],
    /// What it gives, Chinese and English.
    pub gives: [&'static str; 2],
    /// What it is for, Chinese and English.
    pub about: [&'static str; 2],
}

impl ApiFunction {
    /// The call as one writes it.
    #[must_use]
    pub fn call(&self) -> Text {
        let [zh, en] = [0, 1].map(|lang| {
            let pick = |words: &[&'static str; 2]| if lang == 0 { words[0] } else { words[1] };
            let parameters: Vec<&str> = self.parameters.iter().map(pick).collect();
            format!("{}({})", pick(&self.names), parameters.join(", "))
        });
        Text::new(zh, en)
    }
}

const fn function(
    names: [&'static str; 2],
    parameters: &'static [[&'static str; 2]],
    gives: [&'static str; 2],
    about: [&'static str; 2],
) -> ApiFunction {
    ApiFunction { names, parameters, gives, about }
}

const NUMBER: [&str; 2] = ["数", "number"];
const TEXT: [&str; 2] = ["文本", "text"];
const YES_NO: [&str; 2] = ["是否", "yes or no"];
const WHOLE: [&str; 2] = ["整数", "whole number"];
const ARRAY: [&str; 2] = ["数组", "array"];
const DATE: [&str; 2] = ["日期", "date"];
const TABLE: [&str; 2] = ["表", "table"];
const COLUMN: [&str; 2] = ["栏名", "column"];
const FROM: [&str; 2] = ["从", "from"];
const TO: [&str; 2] = ["到", "to"];
const PLACES: [&str; 2] = ["位数", "places"];
const ROW: [&str; 2] = ["行", "row"];
const REMARK: [&str; 2] = ["意见", "a remark"];
const ANY: [&str; 2] = ["值", "value"];

/// A table of a document that a check of documents is given: its name and its columns, Chinese and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentTable {
    /// Its name.
    pub names: [&'static str; 2],
    /// Its columns, beside 行号 and 处.
    pub columns: &'static [[&'static str; 2]],
    /// What a row of it is.
    pub about: [&'static str; 2],
}

/// What a check of documents is given, beside 年度 and 名称.
pub const DOCUMENT: &[DocumentTable] = &[
    DocumentTable {
        names: ["数字", "figures"],
        columns: &[
            ["标签", "label"],
            ["名称", "name"],
            ["类", "kind"],
            ["单位", "unit"],
            ["数值", "value"],
            ["年度", "period"],
            ["印作", "printed"],
            ["句", "sentence"],
            ["位置", "where"],
        ],
        about: [
            "段落里的一个数；金额按元，年度没写的没有值",
            "a figure of a paragraph; amounts in yuan; the period has no value where none is said",
        ],
    },
    DocumentTable {
        names: ["合计", "totals"],
        columns: &[
            ["名称", "name"],
            ["数值", "value"],
            ["分项和", "sum"],
            ["数字行", "figure"],
            ["分项", "parts"],
            ["分项名称", "part_names"],
        ],
        about: ["一个总数和文里列的分项；分项是“数字”的行号", "a total and its parts, by their rows among the figures"],
    },
    DocumentTable {
        names: ["评分表", "scores"],
        columns: &[["指标", "indicator"], ["分值", "points"], ["得分", "score"], ["扣分原因", "reason"]],
        about: ["评分表的一行，不算合计", "a row of a score sheet, totals left out"],
    },
    DocumentTable {
        names: ["单元格", "cells"],
        columns: &[
            ["表", "table"],
            ["行次", "row"],
            ["列次", "column"],
            ["行名", "row_name"],
            ["列名", "column_name"],
            ["文字", "text"],
            ["数值", "value"],
        ],
        about: ["表里的一格；表写了单位的按元", "a cell of a table; in yuan where the table says its unit"],
    },
    DocumentTable {
        names: ["段落", "paragraphs"], columns: &[["文字", "text"]], about: ["一段文字", "a paragraph"]
    },
];

/// Everything scripts can call, in the order of the documentation.
pub const FUNCTIONS: &[ApiFunction] = &[
    function(
        ["必须改", "must_fix"],
        &[ROW, TEXT],
        REMARK,
        ["核对文件时：这一行必须改", "in a check of documents: the row must be mended"],
    ),
    function(
        ["应说明", "should_explain"],
        &[ROW, TEXT],
        REMARK,
        ["核对文件时：这一行应说明", "in a check of documents: the row should be explained"],
    ),
    function(
        ["供参考", "worth_noting"],
        &[ROW, TEXT],
        REMARK,
        ["核对文件时：这一行供参考", "in a check of documents: the row is worth noting"],
    ),
    function(["合计", "sum"], &[ARRAY], NUMBER, ["一列数的精确的和", "the exact sum of an array"]),
    function(["合计", "sum"], &[TABLE, COLUMN], NUMBER, ["表里一栏的和", "the exact sum of a column"]),
    function(
        ["最大", "largest"],
        &[ARRAY],
        NUMBER,
        ["最大的数；空数组是错", "the largest number; an empty array is an error"],
    ),
    function(
        ["最小", "smallest"],
        &[ARRAY],
        NUMBER,
        ["最小的数；空数组是错", "the smallest number; an empty array is an error"],
    ),
    function(
        ["列", "column"],
        &[TABLE, COLUMN],
        ARRAY,
        ["一栏的值，照行的次序", "the cells of a column, in the order of the rows"],
    ),
    function(
        ["去重", "distinct"],
        &[ARRAY],
        ARRAY,
        ["不重复的值，照第一次出现的次序", "the values without repetition, in order of first appearance"],
    ),
    function(
        ["行的", "rows_where"],
        &[TABLE, COLUMN, ANY],
        ARRAY,
        ["这一栏等于这个值的行", "the rows whose cell in the column equals the value"],
    ),
    function(
        ["排序", "sorted"],
        &[TABLE, COLUMN],
        ARRAY,
        [
            "照一栏从小到大排的行，相等的照原来的次序；空着的不排，放在后面",
            "the rows by a column, smallest first, equals in their order; rows without a value come last",
        ],
    ),
    function(
        ["重复行", "repeated_rows"],
        &[TABLE, ["栏名数组", "columns"]],
        ARRAY,
        ["这些栏都相同的两行，一对一对：[前一行, 后一行]", "pairs [earlier row, row] that are equal in these columns"],
    ),
    function(["长度", "count"], &[ANY], WHOLE, ["行数、项数、字数", "rows, elements, entries or characters"]),
    function(
        ["商", "quotient"],
        &[["甲", "a"], ["乙", "b"], PLACES],
        NUMBER,
        ["甲 ÷ 乙，四舍五入", "a ÷ b, rounded half-up"],
    ),
    function(["舍入", "round"], &[NUMBER, PLACES], NUMBER, ["四舍五入", "rounded half-up"]),
    function(
        ["大写", "in_capitals"],
        &[["元", "yuan"]],
        TEXT,
        ["金额的大写：壹仟肆佰零玖元伍角整", "an amount as cheques write it in Chinese"],
    ),
    function(["天数", "days"], &[FROM, TO], WHOLE, ["相隔的自然日", "calendar days from one date to another"]),
    function(
        ["工作日数", "working_days"],
        &[FROM, TO],
        WHOLE,
        [
            "起始日之后到结束日（含）有几个工作日；规则包要写日历",
            "working days after the first date up to and including the second; the pack must name a calendar",
        ],
    ),
    function(["日期", "date"], &[["年", "year"], ["月", "month"], ["日", "day"]], DATE, ["一个日期", "a date"]),
    function(
        ["有值", "has_value"],
        &[ANY],
        YES_NO,
        ["有没有值（不是缺报、无佐证等状态）", "whether there is a value, not a state"],
    ),
    function(
        ["状态", "state_of"],
        &[ANY],
        TEXT,
        ["状态的名称；有值的是空文本", "the word of the state; empty where there is a value"],
    ),
    function(
        ["含", "contains"],
        &[["全体", "whole"], ["部分", "part"]],
        YES_NO,
        ["文本、数组、映射里有没有", "whether a text, array or map holds it"],
    ),
    function(["项", "entry"], &[["名", "name"], ANY], ["映射", "map"], ["一项的映射", "a map of one entry"]),
    function(
        ["取", "get"],
        &[["映射", "map"], ["名", "name"], ["缺省", "otherwise"]],
        ANY,
        ["映射里的一项，没有就是缺省", "an entry of a map, or the default"],
    ),
    function(
        ["身份证号有效", "is_citizen_number"],
        &[TEXT],
        YES_NO,
        ["18 位，日期存在，校验码对（GB 11643）", "18 places, a real date, the right check digit (GB 11643)"],
    ),
    function(
        ["信用代码有效", "is_credit_code"],
        &[TEXT],
        YES_NO,
        [
            "统一社会信用代码 18 位，校验码对（GB 32100）",
            "a unified social credit code with the right check sign (GB 32100)",
        ],
    ),
    function(
        ["打印", "show"],
        &[ANY],
        ["无", "nothing"],
        ["heng script run 时显示；评分时不显示", "shown by heng script run, silent when scoring"],
    ),
];

/// Definitions for editors that know rhai, one function per name, in `lang`'s documentation.
#[must_use]
pub fn definitions() -> String {
    let mut out = String::from("module static;\n");
    for function in FUNCTIONS {
        for (lang, name) in function.names.iter().enumerate() {
            let pick = |words: &[&'static str; 2]| if lang == 0 { words[0] } else { words[1] };
            let parameters: Vec<String> =
                function.parameters.iter().map(|words| format!("{}: ?", pick(words))).collect();
            out.push_str(&format!(
                "\n/// {} → {}\nfn {name}({}) -> ?;\n",
                pick(&function.about),
                pick(&function.gives),
                parameters.join(", "),
            ));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{sandbox, words};

    #[test]
    fn the_table_and_the_engine_know_the_same_functions() {
        let listed: BTreeSet<&str> = FUNCTIONS.iter().flat_map(|function| function.names).collect();
        let asks: BTreeSet<String> =
            words::STATES.iter().flat_map(|(_, [zh, en])| [format!("是{zh}"), format!("is_{en}")]).collect();
        let signatures = sandbox::engine().gen_fn_signatures(false);
        let word = |name: &&str| name.chars().all(|sign| sign.is_alphanumeric() || sign == '_');
        let known: BTreeSet<&str> =
            signatures.iter().filter_map(|signature| signature.split(['(', ' ']).next()).filter(word).collect();
        let known: BTreeSet<&str> = known
            .into_iter()
            .filter(|name| !asks.contains(*name) && *name != "to_string" && !name.is_empty())
            .collect();
        assert_eq!(known, listed);
    }

    #[test]
    fn definitions_hold_both_names() {
        let text = definitions();
        assert!(text.contains("fn 重复行(表: ?, 栏名数组: ?) -> ?;"));
        assert!(text.contains("fn repeated_rows(table: ?, columns: ?) -> ?;"));
    }
}
