//! The spelling table: every keyword in Chinese and English. The grammar file `keywords.pest` holds
//! the same spellings; a test reads both and holds them together.

/// A keyword with its two first spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The rule of the grammar.
    pub rule: &'static str,
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

macro_rules! table {
    ($($rule:literal $zh:literal $en:literal;)*) => {
        /// Every keyword that has two spellings.
        pub const KEYWORDS: &[Keyword] = &[$(Keyword { rule: $rule, zh: $zh, en: $en }),*];
    };
}
table! {
    "kw_pack" "规则包" "pack"; "kw_indicator" "指标" "indicator"; "kw_bonus" "加分指标" "bonus";
    "kw_data" "数据" "data"; "kw_params" "参数" "params"; "kw_method" "方法" "method"; "kw_todo" "待编" "todo"; "kw_use" "引用" "use"; "kw_variant" "变体" "variant";
    "kw_amend" "修订" "amend"; "kw_change" "改" "change"; "kw_add" "增" "add"; "kw_drop" "删" "drop";
    "kw_swap" "替换" "replace"; "kw_move" "移" "move"; "kw_rename" "改名" "rename"; "kw_after" "之后" "after";
    "kw_before" "之前" "before";
    "kw_when" "当" "when"; "kw_require" "须" "require"; "kw_else" "否则" "else"; "kw_other" "其他" "else";
    "kw_where" "凡" "where"; "kw_and" "且" "and"; "kw_or" "或" "or"; "kw_not" "非" "not";
    "kw_in" "在" "in"; "kw_from" "起" "from"; "kw_within" "内" "within";
    "kw_bands" "分档" "bands"; "kw_checks" "计分" "points_for"; "kw_deduct" "扣分" "deduct";
    "kw_each" "逐项" "each"; "kw_rated" "评定" "rated"; "kw_linear" "线性" "linear"; "kw_weights" "权重表" "weights";
    "kw_start" "从" "from"; "kw_to" "到" "to"; "kw_per" "每" "per";
    "kw_evenly" "均分" "evenly"; "kw_mean" "平均" "mean"; "kw_sum" "合计" "sum"; "kw_full" "满分" "full";
    "kw_by" "各" "each"; "kw_weighted" "加权" "weighted"; "kw_skip" "略去" "skip";
    "kw_high_first" "从高到低" "highest_first"; "kw_low_first" "从低到高" "lowest_first";
    "kw_ties_skip" "并列占位" "ties_skip"; "kw_ties_dense" "并列不占位" "ties_dense"; "kw_ties_mean" "并列平均" "ties_mean";
    "kw_peers" "同组" "peers"; "kw_along" "按" "by";
    "kw_at_most" "不超过" "at_most"; "kw_at_least" "不低于" "at_least"; "kw_round" "保留" "round"; "kw_places" "位" "places";
    "kw_half_up" "四舍五入" "half_up"; "kw_half_even" "四舍六入" "half_even"; "kw_round_up" "进一" "round_up";
    "kw_truncate" "舍去" "truncate"; "kw_integer" "取整" "to_whole";
    "kw_above" "以上" "and_above"; "kw_below" "以下" "and_below"; "kw_through" "至" "through";
    "kw_incl" "(含)" "(incl)"; "kw_excl" "(不含)" "(excl)";
    "kw_gt" "超过" "above"; "kw_lt" "低于" "below"; "kw_away" "偏离" "away_from";
    "kw_empty" "为空" "empty"; "kw_not_empty" "不为空" "not_empty"; "kw_missing" "缺报" "missing";
    "kw_no_evidence" "无佐证" "no_evidence"; "kw_late" "迟报" "late"; "kw_disputed" "有争议" "disputed";
    "kw_none" "无" "none"; "kw_na" "不适用" "not_applicable";
    "kw_table" "表" "table"; "kw_choice" "选项" "choice"; "kw_choice_from" "自" "from"; "kw_list" "列" "list";
    "kw_exactly" "恰" "exactly"; "kw_least" "至少" "at_least"; "kw_most" "至多" "at_most";
    "kw_check" "检查" "check"; "kw_script" "脚本" "script";
    "at_required" "必填" "required"; "at_optional" "可缺" "optional"; "at_may_na" "可不适用" "may_not_apply";
    "at_report" "仅报告" "report_only"; "at_key" "键" "key"; "at_missing_as" "缺报视为" "missing_as";
    "at_note" "说明" "note"; "at_source" "来源" "source"; "at_basis" "依据" "basis"; "at_reason" "理由" "reason";
    "at_status" "状态" "status"; "at_reviewed" "复核" "reviewed"; "at_whole" "按整" "whole";
    "at_pro_rata" "按比例" "pro_rata"; "at_up" "不足一个按一个" "part_as_whole";
}

/// The fields of packs and indicators, Chinese and English.
pub const FIELDS: &[(&str, &str)] = &[
    ("地区", "region"),
    ("评价年度", "year"),
    ("通知", "notice"),
    ("填报截止", "due"),
    ("状态", "status"),
    ("说明", "note"),
    ("满分", "full"),
    ("取整方式", "steps"),
    ("不适用", "not_applicable"),
    ("缺报", "missing"),
    ("无佐证", "no_evidence"),
    ("无", "none"),
    ("迟报", "late"),
    ("有争议", "disputed"),
    ("来源", "source"),
    ("依据", "basis"),
    ("佐证", "evidence"),
    ("英文名", "name_en"),
    ("中文名", "name_zh"),
    ("复核", "reviewed"),
    ("日历", "calendar"),
    ("声明", "disclaimer"),
    ("编号", "id"),
    ("指标解释", "meaning"),
    ("基于", "based_on"),
    ("等级次序", "grades"),
];

/// Further spellings of a keyword, as notices use them, each with its English: rule, Chinese, English.
pub const SYNONYMS: &[(&str, &str, &str)] = &[
    ("kw_ge", "≥", ">="),
    ("kw_ge", "不低于", "at_least"),
    ("kw_ge", "不少于", "not_fewer_than"),
    ("kw_ge", "不小于", "not_less_than"),
    ("kw_ge", "至少", "no_less_than"),
    ("kw_ge", "达到", "reaching"),
    ("kw_le", "≤", "<="),
    ("kw_le", "不超过", "at_most"),
    ("kw_le", "不高于", "not_above"),
    ("kw_le", "不多于", "not_more_than"),
    ("kw_le", "不大于", "not_greater_than"),
    ("kw_le", "至多", "up_to"),
    ("kw_gt", ">", ">"),
    ("kw_gt", "高于", "higher_than"),
    ("kw_gt", "多于", "more_than"),
    ("kw_gt", "大于", "greater_than"),
    ("kw_lt", "<", "<"),
    ("kw_lt", "不足", "short_of"),
    ("kw_lt", "不满", "under"),
    ("kw_lt", "少于", "fewer_than"),
    ("kw_lt", "小于", "less_than"),
    ("kw_ne", "≠", "!="),
    ("kw_ne", "不等于", "unequal_to"),
    ("kw_eq", "=", "="),
    ("kw_eq", "等于", "equal_to"),
    ("kw_within_is", "以内", "and_within"),
    ("kw_outside", "以外", "and_outside"),
    ("kw_places", "位小数", "decimal_places"),
    ("at_alias", "英文名", "name_en"),
    ("at_alias", "中文名", "name_zh"),
];

/// Units: Chinese, and English for one and for more.
pub const UNITS: &[(&str, &str, &str)] = &[
    ("个百分点", "percentage_points", "percentage_points"),
    ("个工作日", "working_day", "working_days"),
    ("个自然日", "calendar_day", "calendar_days"),
    ("万元", "wan_yuan", "wan_yuan"),
    ("亿元", "yi_yuan", "yi_yuan"),
    ("元", "yuan", "yuan"),
    ("分", "point", "points"),
    ("天", "day", "days"),
    ("年", "year", "year"),
    ("项", "item", "items"),
    ("起", "case", "cases"),
    ("次", "time", "times"),
    ("个", "unit", "units"),
    ("人", "person", "people"),
    ("件", "piece", "pieces"),
    ("户", "household", "households"),
    ("家", "firm", "firms"),
];

/// Words that are not keywords of the grammar but have a meaning where they stand: types, results,
/// effects, statuses, special names and built-in functions.
pub const WORDS: &[(&str, &str)] = &[
    // types
    ("金额", "money"),
    ("比率", "ratio"),
    ("百分点", "percentage_points"),
    ("分", "points"),
    ("数", "number"),
    ("个数", "count"),
    ("日期", "date"),
    ("天数", "days"),
    ("工作日数", "working_days"),
    ("年度", "year_type"),
    ("是否", "yes_no"),
    ("文本", "text"),
    ("选项", "choice"),
    ("表", "table"),
    // results and effects
    ("不适用", "not_applicable"),
    ("待核", "review"),
    ("停止", "stop"),
    ("退回", "return"),
    ("提示", "remark"),
    ("照计", "as_is"),
    ("不符合", "not_met"),
    ("折算", "rescale"),
    // statuses
    ("已核实", "verified"),
    ("二手", "secondary"),
    ("未核实", "unverified"),
    ("演示", "demo"),
    // special names
    ("满分", "full"),
    ("得分", "score"),
    ("结果", "result"),
    ("总分", "total"),
    ("下级", "children"),
    ("等级", "grade"),
    ("构成", "profile"),
    ("评价年度", "year"),
    // functions
    ("合计", "sum"),
    ("平均", "mean"),
    ("加权平均", "weighted_mean"),
    ("几何平均", "geometric_mean"),
    ("调和平均", "harmonic_mean"),
    ("最小", "min"),
    ("最大", "max"),
    ("中位数", "median"),
    ("占比", "share"),
    ("存在", "exists"),
    ("列", "list"),
    ("名次", "rank"),
    ("百分位", "percent_rank"),
    ("标准分", "z_score"),
    ("同组个数", "peer_count"),
    ("同组平均", "peer_mean"),
    ("同组中位数", "peer_median"),
    ("同组最大", "peer_max"),
    ("同组最小", "peer_min"),
    ("取大", "larger"),
    ("取小", "smaller"),
    ("绝对值", "abs"),
    ("年", "year_of"),
    ("开方", "sqrt"),
    ("方根", "root"),
    ("升序", "sorted"),
    ("连写", "joined"),
    ("累计", "running_totals"),
    ("累进取整", "cumulative_round"),
    ("内插分位数", "quantile_between"),
    ("就近分位数", "quantile_nearest"),
    ("取第", "nth"),
    ("ln", "ln"),
    ("log10", "log10"),
    ("是", "yes"),
    ("否", "no"),
];

/// The Chinese form of a field word.
pub fn field(word: &str) -> Option<&'static str> {
    FIELDS.iter().find(|(zh, en)| *zh == word || *en == word).map(|(zh, _)| *zh)
}

/// The field word with which a line begins that has no colon.
pub fn field_at_start(line: &str) -> Option<&'static str> {
    let line = line.trim_start();
    let begins = |word: &&'static str| {
        let rest = line.strip_prefix(*word).unwrap_or("");
        let whole = !word.is_ascii() || rest.starts_with(char::is_whitespace);
        !rest.trim().is_empty() && whole && word.chars().count() > 1
    };
    FIELDS.iter().flat_map(|(zh, en)| [*zh, *en]).filter(begins).max_by_key(|word| word.len())
}

/// The Chinese form of a word with a meaning; the word itself when it has none.
pub fn canonical(word: &str) -> &str {
    WORDS.iter().find(|(_, en)| *en == word).map_or(word, |(zh, _)| zh)
}

/// Whether a word stands for something in the language wherever it stands, so that it is no name by itself.
pub fn is_reserved(word: &str) -> bool {
    use pest::Parser as _;
    !word.is_empty()
        && crate::parse::HengParser::parse(crate::parse::Rule::reserved, word)
            .is_ok_and(|mut pairs| pairs.next().is_some_and(|pair| pair.as_str() == word))
}

/// The unit of any spelling.
pub fn unit(word: &str) -> Option<(&'static str, &'static str, &'static str)> {
    let word = if word == "pp" { "percentage_points" } else { word };
    UNITS.iter().find(|(zh, one, many)| [zh, one, many].contains(&&word)).copied()
}

/// The level that a headline word names: 一级 = 1.
pub fn level(word: &str) -> Option<u8> {
    let first = word.chars().next()?;
    let level = "一二三四五六".chars().position(|numeral| numeral == first)?;
    u8::try_from(level + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_and_the_table_agree() {
        let grammar = include_str!("keywords.pest");
        for keyword in KEYWORDS {
            let start =
                grammar.find(&format!("{} ", keyword.rule)).unwrap_or_else(|| panic!("no rule {}", keyword.rule));
            // A rule goes on to the bracket that ends a line.
            let rule = grammar.get(start..).and_then(|rule| rule.split("}\n").next()).unwrap();
            for word in [keyword.zh, keyword.en] {
                assert!(rule.contains(&format!("\"{word}\"")), "{} lacks {word}", keyword.rule);
            }
        }
        for (rule, zh, en) in SYNONYMS {
            let start = grammar.find(&format!("{rule} ")).unwrap_or_else(|| panic!("no rule {rule}"));
            let rule = grammar.get(start..).and_then(|rule| rule.split('}').next()).unwrap();
            for word in [zh, en] {
                assert!(rule.contains(&format!("\"{word}\"")), "{rule} lacks {word}");
            }
        }
        let units = include_str!("grammar.pest").split("\nunit ").nth(1).unwrap();
        for word in UNITS.iter().flat_map(|(zh, one, many)| [zh, one, many]) {
            assert!(units.contains(&format!("\"{word}\"")), "{word} is no unit of the grammar");
        }
        for (zh, en) in FIELDS {
            assert!(grammar.contains(&format!("\"{zh}\"")), "{zh}");
            assert!(grammar.contains(&format!("\"{en}\"")), "{en}");
        }
        let rules = grammar.lines().filter(|line| line.starts_with("kw_") || line.starts_with("at_"));
        for rule in rules {
            let name = rule.split_whitespace().next().unwrap();
            let signs = ["kw_ge", "kw_le", "kw_ne", "kw_eq", "kw_within_is", "kw_outside", "at_alias"];
            assert!(
                signs.contains(&name) || KEYWORDS.iter().any(|keyword| keyword.rule == name),
                "{name} is not in the table"
            );
        }
    }
}
