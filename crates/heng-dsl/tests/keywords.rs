//! Every spelling in `keywords.pest`, and every unit, is read where it belongs: the file around it
//! compiles without an error, and in its tree the word stands as what it is.
#![allow(clippy::unwrap_used, reason = "tests say what they expect by failing")]

use heng_dsl::{Found, Wanted, compile, compile_with, dump_tree};

const KEYWORDS: &str = include_str!("../src/keywords.pest");
const GRAMMAR: &str = include_str!("../src/grammar.pest");

/// Where a keyword stands: `@` is the keyword.
enum Place {
    /// A line of an indicator that has a score besides.
    Line(&'static str),
    /// The lines that give an indicator its score.
    Score(&'static str),
    /// A line of 数据.
    Data(&'static str),
    /// Something at the top of a file.
    Top(&'static str),
}

use Place::{Data, Line, Score, Top};

/// For each rule a place for its word.
fn place(rule: &str) -> Option<Place> {
    Some(match rule {
        "kw_pack" => Top("@ 另一个 { 评价年度：2023 }"),
        "kw_indicator" => Top("@ 乙 0分 { 待编 }"),
        "kw_bonus" => Top("@ 乙 1分 { 待编 }"),
        "kw_data" => Top("@ { 又：金额，仅报告 }"),
        "kw_params" => Top("@ { 限 = 1分 }"),
        "kw_method" => Top("@ 法（数：数）= 数"),
        "kw_todo" => Score("@"),
        "kw_use" => Top("@ “别处.heng”"),
        "kw_amend" => Top("@ 明年 { 评价年度：2024 }"),
        "kw_variant" => Top("@ 某种 { 改 甲.得分：满分 → 0分 }"),
        "kw_change" => Top("修订 明年 { @ 甲.得分：满分 → 0分 }"),
        "kw_add" => Top("修订 明年 { @ 到 甲 { 说明：某事 } }"),
        "kw_drop" => Top("修订 明年 { @ 数据.起日 }"),
        "kw_swap" => Top("修订 明年 { @ 甲.评分标准 { 得分 = 0分 } }"),
        "kw_move" => Top("修订 明年 { @ 数据.日 之后 数据.起日 }"),
        "kw_rename" => Top("修订 明年 { @ 甲 → 乙 }"),
        "kw_after" => Top("修订 明年 { 增 @ 数据.日 { 某：比率 } }"),
        "kw_before" => Top("修订 明年 { 增 @ 数据.日 { 某：比率 } }"),
        "kw_when" => Line("@ 合格：0分"),
        "kw_require" => Line("@ 合格"),
        "kw_else" => Line("须 合格，@ 待核"),
        "kw_other" => Score("分档 { 合格：1分；@：0分 }"),
        "kw_where" => Line("甲数 = 合同 @ 按时"),
        "kw_and" | "kw_or" => Line("当 合格 @ 合格：0分"),
        "kw_not" => Line("当 @ 合格：0分"),
        "kw_in" => Line("当 率 @ [1%, 2%]：0分"),
        "kw_from" => Line("当 日 在 起日 @ 3天 内：0分"),
        "kw_within" => Line("当 日 在 起日 起 3天 @：0分"),
        "kw_bands" => Score("@ 率 { ≥ 1%：1分；其他：0分 }"),
        "kw_checks" | "kw_deduct" => Score("@ { 合格：1分 }"),
        "kw_each" => Score("@ 合同，均分 { 得分 = 满分 }"),
        "kw_rated" => Line("甲数 = @ [1%, 2%]"),
        "kw_weights" => Top("一级指标 组 0分 { 得分 = @ { 丙：100% }\n 二级指标 丙 5分 { 得分 = 0分 } }"),
        "kw_linear" => Score("分档 率 { [1%, 2%]：@ 0分 到 1分；其他：0分 }"),
        "kw_start" => Score("计分 @ 1分 { 合格：1分 }"),
        "kw_to" => Score("扣分 @ 1分 { 合格：1分 }"),
        "kw_per" => Score("计分 { 合同，@ 1项：1分 }"),
        "kw_evenly" | "kw_mean" | "kw_sum" => Score("逐项 合同，@ { 得分 = 满分 }"),
        "kw_full" => Score("逐项 合同，@ 各 分值 { 得分 = 满分 }"),
        "kw_by" => Score("逐项 合同，满分 @ 分值 { 得分 = 满分 }"),
        "kw_weighted" => Score("逐项 合同，@ 数 { 得分 = 满分 }"),
        "kw_skip" => Line("甲数 = 合计（合同，数，@ 缺报）"),
        "kw_high_first" | "kw_low_first" => Line("甲数 = 名次（率，@，并列占位）"),
        "kw_ties_skip" | "kw_ties_dense" | "kw_ties_mean" => Line("甲数 = 名次（率，从高到低，@）"),
        "kw_peers" => Line("甲数 = 同组平均（率，@ 按 合格）"),
        "kw_along" => Line("甲数 = 同组平均（率，同组 @ 合格）"),
        "kw_at_most" | "kw_at_least" => Line("甲数 = 率，@ 100%"),
        "kw_round" => Line("甲数 = 率，@ 2位"),
        "kw_places" => Line("甲数 = 率，保留 2 @"),
        "kw_half_up" | "kw_half_even" => Line("甲数 = 率，保留 2 位 @"),
        "kw_round_up" | "kw_truncate" | "kw_integer" => Line("甲数 = 率，@"),
        "kw_above" | "kw_below" | "kw_within_is" | "kw_outside" => Line("当 率 在 90% @：0分"),
        "kw_through" => Line("当 率 在 60%（含）@ 70%（含）：0分"),
        "kw_incl" | "kw_excl" => Line("当 率 在 60%@以上：0分"),
        "kw_ge" | "kw_le" | "kw_gt" | "kw_lt" | "kw_ne" | "kw_eq" => Line("当 率 @ 90%：0分"),
        "kw_away" => Score("扣分 { 率 @ 90%，每 1%：1分，按整 }"),
        "kw_empty" | "kw_not_empty" | "kw_missing" | "kw_no_evidence" | "kw_late" | "kw_disputed" | "kw_na" => {
            Line("当 日 @：0分")
        }
        "kw_none" => Score("分档 率 { @：0分；其他：1分 }"),
        "kw_table" => Data("又：@ { 名：文本 }，仅报告"),
        "kw_choice" => Data("又：@ {甲, 乙}，仅报告"),
        "kw_choice_from" => Top("方法 法（类型：选项 @ 类）= 分档 类型 { 甲：1分；其他：0分 }"),
        "kw_list" => Data("又：@ 金额，仅报告"),
        "kw_exactly" | "kw_least" | "kw_most" => Data("又：表，@ 2项 { 名：文本 }，仅报告"),
        "kw_check" => Top("方法 法（批：表）：@，脚本 a.rhai"),
        "kw_script" => Top("方法 法（批：表）：检查，@ a.rhai"),
        "at_required" | "at_optional" | "at_may_na" => Data("又：金额，@，仅报告"),
        "at_report" => Data("又：金额，@"),
        "at_key" => Data("又：表 { 名：文本，@ }，仅报告"),
        "at_missing_as" => Data("又：金额，@ 待核，仅报告"),
        "at_note" | "at_source" | "at_reason" | "at_basis" | "at_alias" => Data("又：金额，@ “文字”，仅报告"),
        "at_status" => Top("参数 { 限 = 1分，@ 未核实 }"),
        "at_reviewed" => Top("参数 { 限 = 1分，@ 2024-01-31 }"),
        "at_whole" | "at_pro_rata" | "at_up" => Score("扣分 { 率 超过 90%，每 1%：1分，@ }"),
        _ => return None,
    })
}

/// A whole file with a word in its place.
fn file(place: &Place, word: &str) -> String {
    let (mut line, mut score, mut data, mut top) = ("", "得分 = 满分", "", "");
    match place {
        Line(text) => line = text,
        Score(text) => score = text,
        Data(text) => data = text,
        Top(text) => top = text,
    }
    let pack = if top.starts_with("@ 另一个") { "" } else { "规则包 例子 { 评价年度：2023 }" };
    format!(
        "{pack}\n{top}\n一级指标 甲 100分 {{\n{line}\n{score}\n}}\n数据 {{\n{data}\n率：比率；日：日期；起日：日期；合格：是否\n\
         类：选项 {{甲, 乙}}；合同：表 {{ 名：文本；按时：是否；分值：分；数：数 }}\n}}\n"
    )
    .replace('@', word)
}

/// Whether the word is read there as the rule; else what is wrong.
fn read(text: &str, rule: &str, word: &str) -> Result<(), String> {
    // Another file is there to be imported.
    let beside = |_: &Wanted<'_>| Ok(vec![Found { name: "别处.heng".to_owned(), text: String::new() }]);
    let compiled = compile_with(&[("test.heng".to_owned(), text.to_owned())], &beside);
    let errors: Vec<_> =
        compiled.diagnostics.iter().filter(|found| found.is_error()).map(|found| &found.title.zh).collect();
    if !errors.is_empty() {
        return Err(format!("{rule} {word:?}: {errors:?}"));
    }
    let leaf = format!("{rule} {word:?}");
    let (tree, _) = dump_tree(text);
    let stands = tree.lines().any(|line| line.trim() == leaf);
    stands.then_some(()).ok_or_else(|| format!("{leaf} is not in the tree"))
}

/// The rules of a grammar file, each with its definition.
fn rules(grammar: &str) -> Vec<(String, String)> {
    let mut rules: Vec<(String, String)> = Vec::new();
    for line in grammar.lines().map(|line| line.split("//").next().unwrap()) {
        match line.split_once(" = ").filter(|(name, _)| !name.starts_with(' ')) {
            Some((name, definition)) => rules.push((name.trim().to_owned(), definition.to_owned())),
            None => {
                if let Some((_, definition)) = rules.last_mut() {
                    definition.push_str(line);
                }
            }
        }
    }
    rules
}

/// The literals of a definition that are read, not only looked at.
fn spellings(definition: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = definition;
    while let Some((before, after)) = rest.split_once('"') {
        let (literal, behind) = after.split_once('"').unwrap();
        if !before.trim_end().ends_with(['!', '&']) {
            found.push(literal.to_owned());
        }
        rest = behind;
    }
    found
}

#[test]
fn every_spelling_is_read_where_it_belongs() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (rule, definition) in
        rules(KEYWORDS).iter().filter(|(rule, _)| rule.starts_with("kw_") || rule.starts_with("at_"))
    {
        let Some(place) = place(rule) else {
            wrong.push(format!("{rule} has no place in this test"));
            continue;
        };
        let words = match rule.as_str() {
            "kw_indicator" => vec!["指标".to_owned(), "一级指标".to_owned(), "indicator".to_owned()],
            _ => spellings(definition),
        };
        assert!(!words.is_empty(), "{rule}");
        for word in words {
            count += 1;
            wrong.extend(read(&file(&place, &word), rule, &word).err());
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(count > 190, "only {count} spellings");
}

#[test]
fn every_level_of_indicators() {
    let levels = ["一级指标", "二级指标", "三级指标", "四级指标", "五级指标", "六级指标"];
    let open: String = levels.iter().map(|level| format!("{level} 甲{level} 100分 {{\n")).collect();
    let text = format!("规则包 例子 {{ 评价年度：2023 }}\n{open}待编\n{}", "}\n".repeat(levels.len()));
    for level in levels {
        assert_eq!(read(&text, "kw_indicator", level), Ok(()));
    }
}

#[test]
fn every_field_is_read_in_both_languages() {
    let text = |key: &str| match key {
        "评价年度" | "year" => "2023",
        "填报截止" | "due" | "复核" | "reviewed" => "2024-01-31",
        "状态" | "status" => "未核实",
        "满分" | "full" => "100分",
        "取整方式" | "steps" => "按整",
        "不适用" | "not_applicable" => "折算",
        "缺报" | "无佐证" | "无" | "迟报" | "有争议" | "missing" | "no_evidence" | "none" | "late" | "disputed" => {
            "0分"
        }
        _ => "文字",
    };
    let rules = rules(KEYWORDS);
    let (_, definition) = rules.iter().find(|(rule, _)| rule == "field_key").unwrap();
    let keys = spellings(definition);
    assert_eq!(keys.len(), 52);
    for key in keys {
        let year = if key == "评价年度" || key == "year" { "" } else { "评价年度：2023" };
        if key == "基于" || key == "based_on" {
            let file =
                format!("规则包 例子 {{ {year} }}\n修订 明年 {{ {key}：2022.heng }}\n一级指标 甲 100分 {{ 待编 }}\n");
            assert_eq!(read(&file, "field_key", &key), Ok(()));
            continue;
        }
        let file = format!("规则包 例子 {{\n{year}\n{key}：{}\n}}\n一级指标 甲 100分 {{ 待编 }}\n", text(&key));
        assert_eq!(read(&file, "field_key", &key), Ok(()));
    }
}

#[test]
fn every_unit_is_read_behind_a_number() {
    let rules = rules(GRAMMAR);
    let (_, definition) = rules.iter().find(|(rule, _)| rule == "unit").unwrap();
    let units = spellings(definition);
    assert!(units.len() > 40, "{units:?}");
    let mut wrong = Vec::new();
    for unit in units {
        // A Chinese unit stands behind its number without a blank or with one, an English one with it.
        for blank in
            ["", " "].iter().filter(|blank| !blank.is_empty() || !unit.starts_with(|c: char| c.is_ascii_alphabetic()))
        {
            let file = file(&Line("甲数 = 5@"), &format!("{blank}{unit}"));
            wrong.extend(read(&file, "unit", &unit).err());
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Chinese keywords may stand right before a digit: 保留2位, 每1项.
#[test]
fn digits_follow_chinese_words() {
    for (rule, word, place) in [
        ("kw_round", "保留", Line("甲数 = 率，@2位")),
        ("kw_per", "每", Score("计分 { 合同，@1项：1分 }")),
        ("kw_at_most", "不超过", Line("甲数 = 率，@100%")),
        ("kw_to", "到", Score("扣分 @1分 { 合格：1分 }")),
        ("kw_start", "从", Score("计分 @1分 { 合格：1分 }")),
        ("kw_lt", "不满", Line("当 率 在 80%以上@90%：0分")),
        ("kw_through", "至", Line("当 率 在 60%（含）@70%（含）：0分")),
        ("kw_exactly", "恰", Data("又：表，@2项 { 名：文本 }，仅报告")),
        ("kw_from", "起", Line("当 日 在 2023年1月1日@30天内：0分")),
    ] {
        assert_eq!(read(&file(&place, word), rule, word), Ok(()));
    }
}

#[test]
fn reserved_words_are_no_names_and_longer_words_are() {
    let rules = rules(KEYWORDS);
    let (_, definition) = rules.iter().find(|(rule, _)| rule == "reserved").unwrap();
    let mut wrong = Vec::new();
    for word in spellings(definition) {
        let sole = compile(&[("test.heng".to_owned(), file(&Line("@ = 1分"), &word))]);
        if !sole.diagnostics.iter().any(heng_diag::Diagnostic::is_error) {
            wrong.push(format!("{word} is a name"));
        }
        let longer = if word.is_ascii() { format!("{word}_x") } else { format!("{word}字样") };
        wrong.extend(read(&file(&Line("@ = 1分"), &longer), "name", &longer).err());
        let quoted = format!("「{word}」");
        wrong.extend(read(&file(&Line("@ = 1分"), &quoted), "name", &quoted).err());
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
