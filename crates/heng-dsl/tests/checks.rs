//! What the checker can prove, and what it leaves alone.

use heng_diag::{Diagnostic, Lang};

fn findings(text: &str) -> Vec<Diagnostic> {
    heng_dsl::compile(&[("t.heng".to_owned(), text.to_owned())]).diagnostics
}

/// A pack of one indicator.
fn pack(body: &str, data: &str, more: &str) -> String {
    format!(
        "规则包 试 {{\n    评价年度：2023\n    满分：10分\n    取整方式：按整\n    缺报：停止\n    不适用：折算\n    无佐证：待核\n    迟报：照计\n    有争议：待核\n}}\n\n\
         一级指标 甲 10分 {{\n{body}\n}}\n\n数据 {{\n{data}\n}}\n{more}"
    )
}

fn codes(body: &str, data: &str, more: &str) -> Vec<&'static str> {
    findings(&pack(body, data, more)).iter().map(|found| found.code).collect()
}

#[test]
fn two_subjects_leave_no_field_without_a_row() {
    let data = "率：比率 [0%, 100%]\n类别：选项 {货物, 服务}";
    let table =
        |last: &str| format!("分档 率，类别 {{\n ≥ 90%，货物：10分\n ≥ 80%，服务：8分\n < 90%，货物：2分\n{last}\n}}");
    assert_eq!(codes(&table(" < 80%，服务：0分"), data, ""), Vec::<&str>::new());
    let found = findings(&pack(&table(" < 70%，服务：0分"), data, ""));
    let [gap] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(gap.code, "band/gap");
    let title = gap.title.get(Lang::Zh);
    assert!(title.contains("率 = 7") && title.contains("类别 = 服务"), "{title}");
    assert_eq!(codes(&table(" 其他，其他：0分"), data, ""), Vec::<&str>::new());
}

#[test]
fn a_gap_between_two_numbers_is_named_at_its_point() {
    let data = "数一：个数 [0, 20]\n数二：个数 [0, 20]";
    let body = "分档 数一，数二 {\n ≤ 5，其他：10分\n > 5，< 10：6分\n > 5，> 10：3分\n}";
    let found = findings(&pack(body, data, ""));
    let [gap] = found.as_slice() else { panic!("{found:#?}") };
    assert!(gap.title.get(Lang::Zh).contains("数二 = 10"), "{}", gap.title.get(Lang::Zh));
}

#[test]
fn a_row_that_reaches_into_the_open_row_above_is_told_and_mended() {
    let data = "率：比率";
    let rows = |rows: &str| pack(&format!("分档 率 {{\n{rows}\n}}"), data, "");
    for (bad, stretch, wins, good) in [
        (" ≥ 90%：10分\n [80%, 91%)：8分\n < 80%：0分", "[90%, 91%)", "≥ 90%", "[80%, 90%)"),
        (" < 60%：0分\n [50%, 80%)：8分\n ≥ 80%：10分", "[50%, 60%)", "< 60%", "[60%, 80%)"),
    ] {
        let text = rows(bad);
        let found = findings(&text);
        let [cut] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!((cut.code, cut.is_error()), ("band/overlap", false));
        let title = cut.title.get(Lang::Zh);
        assert!(title.contains(stretch) && title.contains(wins), "{title}");
        let [fix] = cut.fixes.as_slice() else { panic!("{cut:#?}") };
        let mended = heng_diag::apply_fixes(&text, cut.primary.as_ref().unwrap().span.file, &[fix]).text;
        assert!(mended.contains(good), "{mended}");
        assert_eq!(findings(&mended), Vec::new());
    }
    let found = findings(&rows(" > 90%：10分\n [80%, 91%)：8分\n < 80%：0分"));
    let [cut] = found.as_slice() else { panic!("{found:#?}") };
    assert!(cut.fixes.is_empty(), "90% itself would belong to no row: {cut:#?}");
    for fine in [
        " ≥ 90%：10分\n [80%, 90%]：8分\n < 80%：0分",
        " ≥ 90%：10分\n ≥ 80%：8分\n < 80%：0分",
        " [80%, 90%)：8分\n ≥ 80%：10分\n < 80%：0分",
    ] {
        assert_eq!(findings(&rows(fine)), Vec::new(), "{fine}");
    }
}

#[test]
fn points_that_turn_twice_are_a_warning_and_a_peak_is_not() {
    let data = "率：比率";
    let table = |points: [u8; 4]| {
        let [a, b, c, d] = points;
        format!("分档 率 {{\n ≥ 90%：{a}分\n [80%, 90%)：{b}分\n [70%, 80%)：{c}分\n < 70%：{d}分\n}}")
    };
    for fine in [[10, 8, 5, 0], [0, 5, 8, 10], [5, 10, 5, 0], [5, 5, 5, 5], [10, 0, 0, 10]] {
        assert_eq!(codes(&table(fine), data, ""), Vec::<&str>::new(), "{fine:?}");
    }
    assert_eq!(codes(&table([10, 5, 8, 0]), data, ""), ["band/zigzag"]);
}

#[test]
fn an_earlier_line_keeps_the_score_in_its_range() {
    let data = "完成率：比率 ≥ 0%";
    assert_eq!(codes("得分 = 满分 × 完成率", data, ""), ["score/range"]);
    assert_eq!(codes("当 完成率 > 100%：满分\n得分 = 满分 × 完成率", data, ""), Vec::<&str>::new());
    assert_eq!(codes("当 完成率 ≥ 130%：0分\n得分 = 满分 × 完成率", data, ""), ["score/range"]);
    assert_eq!(codes("须 完成率 ≤ 100%，否则 0分\n得分 = 满分 × 完成率", data, ""), Vec::<&str>::new());
    let either = "当 完成率 > 100% 或 完成率 < 10%：0分\n得分 = 满分 × 完成率";
    assert_eq!(codes(either, data, ""), Vec::<&str>::new());
}

#[test]
fn a_divisor_is_looked_at_under_chained_conditions() {
    let data = "数一：金额 ≥ 0元\n数二：金额 ≥ 0元\n数三：金额 ≥ 0元";
    let body = |case: &str| format!("{case}\n得分 = 满分 × （数三 ÷ （数一 + 数二）），不超过 满分");
    assert_eq!(codes(&body(""), data, ""), ["number/zero-divisor"]);
    assert_eq!(codes(&body("当 数一 = 0元 且 数二 = 0元：不适用"), data, ""), Vec::<&str>::new());
    assert_eq!(codes(&body("当 数一 = 0元 或 数三 = 0元：不适用"), data, ""), Vec::<&str>::new());
    assert_eq!(codes(&body("当 数一 = 0元 且 数三 = 0元：不适用"), data, ""), ["number/zero-divisor"]);
}

#[test]
fn a_method_divides_by_what_its_callers_give() {
    let method = "\n方法 比（分子：金额，分母：金额）= 分子 ÷ 分母\n";
    let body = "得分 = 满分 × 比（数一，数二），不超过 满分";
    assert_eq!(codes(body, "数一：金额 ≥ 0元\n数二：金额 > 0元", method), Vec::<&str>::new());
    assert_eq!(codes(body, "数一：金额 ≥ 0元\n数二：金额 ≥ 0元", method), ["number/zero-divisor"]);
    let guarded = format!("当 数二 = 0元：不适用\n{body}");
    assert_eq!(codes(&guarded, "数一：金额 ≥ 0元\n数二：金额 ≥ 0元", method), Vec::<&str>::new());
}

/// Ten mistakes that have nothing to do with each other, and the line each is reported at.
#[test]
fn ten_independent_mistakes_are_ten_findings() {
    let text = "规则包 试 {
    评价年度：2023
    缺报：停止
    不适用：折算
    无佐证：待核
    迟报：照计
    有争议：待核
}

一级指标 甲 30分 {
    二级指标 子一 10分 {
        分档 支出 ÷ 预算 {
            > 90%：10分
            < 90%：0分
        }
    }
    二级指标 子二 10分 {
        得分 = 满分 × 支除率，不超过 满分
    }
    二级指标 子三 9分 {
        计分 {
            已建立：9分
        }
    }
}

一级指标 乙 20分 {
    分档 率 {
        [80%, 100%]：20分
        [60%, 80%]：10分
        < 60%：0分
    }
}

一级指标 丙 20分 {
    扣分 {
        问题数 超过 0个，每 1个：2分
    }
}

一级指标 丁 10分 {
    得分 = 满分 × （支出 ÷ 调整预算），不超过 满分
}

一级指标 戊 10分 {
    分档 方式 {
        公开：10分
        邀请：5分
    }
}

一级指标 己 10分 {
    当 支出 > 3个：0分
    得分 = 满分
}

数据 {
    支出：金额 ≥ 0元
    预算：金额 > 0元
    调整预算：金额 ≥ 0元
    率：比率 [0%, 100%]
    问题数：个数
    已建立：是否
    方式：选项 {公开, 邀请, 询价}
    率：比率
    期限 日期
}
";
    let found = findings(text);
    let mut codes: Vec<&str> = found.iter().map(|found| found.code).collect();
    codes.sort_unstable();
    let said: Vec<String> = found.iter().map(|one| format!("{} {}", one.code, one.title.get(Lang::Zh))).collect();
    assert_eq!(codes.len(), 10, "{}", said.join("\n"));
    codes.dedup();
    assert!(codes.len() >= 9, "{}", said.join("\n"));
}
