//! Last year's register, filled in by people, in this year's report.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::kit::{Copy, Run, heng, root};

const HEADS: [&str; 9] =
    ["存在问题", "对应指标", "失分", "改进措施", "责任人", "完成期限", "对下年预算的影响", "是否完成", "完成情况"];

/// A register as people leave one: a title, heads with blanks, a problem merged over its measures, dates as
/// dates and as text, a column and a row of their own, and our sum below.
fn filled(folder: &Path) -> PathBuf {
    let mut book = Workbook::new();
    let plain = Format::new();
    book.add_worksheet().set_name("说明").unwrap().write(0, 0, "填好发回").unwrap();
    let sheet = book.add_worksheet().set_name("整改台账").unwrap();
    sheet.merge_range(0, 0, 0, 9, "2022年度 整改台账", &plain).unwrap();
    for (column, head) in (0u16..).zip(HEADS) {
        sheet.write(1, column, format!(" {head}　")).unwrap();
    }
    sheet.write(1, 9, "备注").unwrap();
    let rows = [
        ["", "绩效管理制度执行", "３", "印发管理办法", "张三 ", "", "增加培训经费", "已完成", ""],
        ["", "绩效管理制度执行", "", "定期督查", "李四", "2023年6月底", "", "", "未完成，人手不够"],
        ["资产账实不符", "资产盘点情况", "1.5", "", "", "", "", "基本完成", "还差两处"],
        ["合同备案晚", "采购合同备案率", "1", "按期备案", "王五", "2023-06-30", "", "进行中", ""],
    ];
    for (row, cells) in (2u32..).zip(rows) {
        for (column, text) in (0u16..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write(row, column, text).unwrap();
        }
    }
    sheet.merge_range(2, 0, 3, 0, "对绩效评价重视不够", &plain).unwrap();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_with_format(2, 5, ExcelDateTime::from_ymd(2023, 3, 31).unwrap(), &date).unwrap();
    sheet.write(6, 9, "另有一件事，见会议纪要").unwrap();
    sheet.merge_range(7, 0, 7, 8, "失分: 5.50", &plain).unwrap();
    let path = folder.join("上年台账.xlsx");
    book.save(&path).unwrap();
    path
}

fn report(case: &Path, more: &[&str]) -> Run {
    let case = case.to_string_lossy().into_owned();
    let mut args = vec!["report", &case, "--force"];
    args.extend(more);
    heng(&args)
}

/// What a document says, a line for each paragraph and row.
fn text(path: &Path) -> String {
    let name = path.file_name().unwrap().to_string_lossy();
    heng_audit::read(&name, &std::fs::read(path).unwrap()).unwrap().document.text
}

#[test]
fn the_report_says_what_became_of_last_years_problems() {
    let copy = Copy::of("potou-2023");
    let file = filled(copy.path());
    let run = report(copy.path(), &["--last-register", &file.to_string_lossy()]);
    assert_eq!(run.code, 0, "{}", run.err);
    for said in ["第 6 行 采购合同备案率", "第 5、7 行没有写明", "没有读：备注"] {
        assert!(run.err.contains(said), "{said}: {}", run.err);
    }
    let told = text(&copy.path().join("out/整体绩效自评报告.docx"));
    for line in [
        "上年台账共5项：已完成1项，进行中1项，未完成1项，没有写明是否完成2项。其中1项的指标，本年评分表没有。",
        "对绩效评价重视不够 | 绩效管理制度执行(失3分) | 印发管理办法 | 张三，2023年3月31日 | 已完成 | 得7.50分，失2.50分",
        "对绩效评价重视不够 | 绩效管理制度执行 | 定期督查 | 李四，2023年6月底 | 未完成，人手不够 | 得7.50分，失2.50分",
        "基本完成；还差两处",
        "合同备案晚 | 采购合同备案率(失1分) | 按期备案 | 王五，2023-06-30 | 进行中 | 评分表没有这个指标",
        "另有一件事，见会议纪要",
    ] {
        let plain = |text: &str| text.replace('（', "(").replace('）', ")");
        assert!(plain(&told).contains(&plain(line)), "{line}\n{told}");
    }
    let page = text(&copy.path().join("out/自评结果.html"));
    assert!(page.contains("上年问题整改情况") && page.contains("合同备案晚"), "{page}");
}

#[test]
fn what_is_left_is_carried_over_and_read_again() {
    let copy = Copy::of("potou-2023");
    let file = filled(copy.path());
    assert_eq!(report(copy.path(), &["--last-register", &file.to_string_lossy()]).code, 0);
    let own = copy.path().join("out/整改台账.xlsx");
    let register = text(&own);
    for left in ["对绩效评价重视不够(上年转入)", "资产账实不符(上年转入)", "合同备案晚(上年转入)", "另有一件事"]
    {
        assert!(register.replace('（', "(").replace('）', ")").contains(left), "{left}\n{register}");
    }
    assert!(!register.contains("印发管理办法"), "what was done is not carried over");
    // Our own workbook is one that can be read next year, and its remark does not pile up.
    let next = copy.path().join("next");
    let (own, next_text) = (own.to_string_lossy().into_owned(), next.to_string_lossy().into_owned());
    let run = report(copy.path(), &["--last-register", &own, "--out", &next_text]);
    assert_eq!(run.code, 0, "{}", run.err);
    let again = text(&next.join("整改台账.xlsx"));
    let rows = |text: &str| text.lines().filter(|line| line.contains("转入")).count();
    assert_eq!((rows(&register), rows(&again)), (4, 4), "{again}");
    assert!(!again.contains("（上年转入）（上年转入）"));
}

#[test]
fn the_case_may_name_the_register_and_a_file_that_is_none_is_refused() {
    let copy = Copy::of("potou-2023");
    filled(copy.path());
    let named = report(copy.path(), &["--last-register", &copy.path().join("上年台账.xlsx").to_string_lossy()]);
    assert_eq!(named.code, 0);
    let first = std::fs::read(copy.path().join("out/整体绩效自评报告.docx")).unwrap();
    copy.edit("heng.toml", "facts =", "last_register = \"上年台账.xlsx\"\nfacts =");
    assert_eq!(report(copy.path(), &[]).code, 0);
    assert!(std::fs::read(copy.path().join("out/整体绩效自评报告.docx")).unwrap() == first);
    let other = copy.path().join("out/评分表.xlsx").to_string_lossy().into_owned();
    let text = root().join("README.md").to_string_lossy().into_owned();
    for (file, code, said) in [(&other, 3, "表头"), (&text, 3, "读不出来"), (&"没有.xlsx".to_owned(), 5, "没有.xlsx")]
    {
        let run = report(copy.path(), &["--last-register", file]);
        assert_eq!(run.code, code, "{}", run.err);
        assert!(run.err.contains(said), "{}", run.err);
    }
}

#[test]
fn an_english_register_is_read_too() {
    let copy = Copy::of("potou-2023-en");
    assert_eq!(report(copy.path(), &[]).code, 0);
    let own = copy.path().join("out/register.xlsx").to_string_lossy().into_owned();
    let next = copy.path().join("next");
    let run = report(copy.path(), &["--lang", "en", "--last-register", &own, "--out", &next.to_string_lossy()]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("rows that do not say whether they were done: 3, 4, 5, 6"), "{}", run.err);
    let told = text(&next.join("self-evaluation-report.docx"));
    assert!(
        told.contains("Last year's register has 4 rows: 0 done, 0 under way, 0 not done, 4 that do not say."),
        "{told}"
    );
}
