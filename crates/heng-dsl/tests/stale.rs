//! Last year's file with this year in its head: everything that is left of last year is found, written in one
//! file or as an amendment.

use heng_dsl::compile;

/// Written for 2024, in order.
const LAST: &str = "规则包 某县2024年度整体支出绩效自评 {
    评价年度：2024
    填报截止：2025年3月31日
    通知：某财绩〔2025〕3号
    来源：某财绩〔2020〕8号，有效期至2024年12月31日
    满分：100分
    缺报：停止
    无佐证：0分
    迟报：照计
    有争议：待核
    不适用：折算
}

参数 {
    达标线 = 90%，依据“某财绩〔2020〕8号”，复核 2025年1月10日
    起算日 = 2024年1月1日
}

一级指标 支出进度 60分 {
    指标解释：2024年度预算支出占全年预算的比例
    分档 支出率 {
        ≥ 达标线：满分
        其他：0分
    }
}

一级指标 决算公开 40分 {
    说明：截至2024年12月31日的决算
    依据：某财预〔2015〕1号（已废止）
    当 公开日 < 起算日 或 年（公开日） < 2024年：0分
    得分 = 满分
}

数据 {
    支出率：比率 [0%, 100%]
    公开日：日期
}
";

fn found(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<_> = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let compiled = compile(&files);
    assert!(compiled.program.is_some(), "{:?}", compiled.diagnostics);
    let codes = compiled.diagnostics.iter().filter(|found| found.code.starts_with("stale/"));
    let mut said: Vec<String> = codes.map(|found| format!("{} {}", found.code, found.title.zh)).collect();
    said.sort();
    said
}

const LEFT: [&str; 9] = [
    "stale/date 决算公开 的说明里写的是 2024年12月31日",
    "stale/date 参数 起算日 是 2024-01-01",
    "stale/date 填报截止 2025-03-31",
    "stale/date 式里写的是 2024 年",
    "stale/date 支出进度 的说明里写的是 2024年度",
    "stale/date 标题写的是 2024 年度",
    "stale/review 参数 达标线 上次复核是 2025-01-10",
    "stale/source 依据已经废止",
    "stale/source 依据已过有效期",
];

/// Each of them, once.
fn all(said: &[String], but: &[&str]) {
    for left in LEFT.iter().filter(|left| !but.iter().any(|but| left.contains(but))) {
        assert_eq!(said.iter().filter(|line| line.starts_with(left)).count(), 1, "{left}: {said:#?}");
    }
    assert_eq!(said.len(), LEFT.len() - but.len(), "{said:#?}");
}

#[test]
fn last_years_file_was_in_order_but_for_what_is_repealed() {
    let said = found(&[("2024.heng", LAST)]);
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(said.first().unwrap().starts_with("stale/source 依据已经废止"), "{said:#?}");
}

#[test]
fn what_is_left_of_last_year_is_found() {
    let this = LAST.replace("评价年度：2024", "评价年度：2026");
    let this = this.replace("年（公开日） < 2024年", "年（公开日） < 2025年");
    let said = found(&[("2026.heng", &this)]);
    let said: Vec<String> = said.iter().map(|line| line.replace("式里写的是 2025 年", "式里写的是 2024 年")).collect();
    all(&said, &[]);
}

#[test]
fn an_amendment_leaves_last_years_words_behind_too() {
    let amendment = "修订 某县2025年度 {\n    基于：2024.heng\n    评价年度：2025\n    填报截止：2026年3月31日\n}\n";
    let said = found(&[("2024.heng", LAST), ("2025.heng", amendment)]);
    all(&said, &["填报截止", "上次复核"]);
}

#[test]
fn an_amendment_that_sets_everything_right_is_silent() {
    let amendment = "修订 2025 {
    基于：2024.heng
    评价年度：2025
    填报截止：2026年3月31日
    来源：某财绩〔2026〕1号
    改名 规则包 → 某县2025年度整体支出绩效自评
    改 支出进度.指标解释：2024年度预算支出占全年预算的比例 → 2025年度预算支出占全年预算的比例
    改 决算公开.说明：截至2024年12月31日的决算 → 截至2025年12月31日的决算
    改 决算公开.依据：某财预〔2015〕1号（已废止） → 某财预〔2025〕1号
    改 起算日：2024年1月1日 → 2025年1月1日
    替换 决算公开.评分标准 {
        当 公开日 < 起算日 或 年（公开日） < 评价年度：0分
        得分 = 满分
    }
}
";
    let said = found(&[("2024.heng", LAST), ("2025.heng", amendment)]);
    assert!(said.is_empty(), "{said:#?}");
}
