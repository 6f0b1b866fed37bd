//! A workbook of facts that went through LibreOffice says what it said before: a department may fill
//! it in with any program.
#![allow(clippy::unwrap_used, reason = "tests say what they expect by failing")]

use std::{error::Error, fs, path::Path, process::Command};

use heng_data::{FactsFile, Reading, read_facts};
use heng_dsl::compile;
use heng_model::Schema;
use heng_outside::{LIBRE_OFFICE, need, run};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, XlsxError};

const NAME: &str = "数据.xlsx";

/// One datum of every kind, and a table whose columns have units and states.
const RULES: &str = "
规则包 往返 {
    评价年度：2023
    满分：1分
}
数据 {
    预算数：金额
    决算数：金额，可缺
    满意度：比率
    人数：个数
    办结日期：日期
    已公开：是否
    原因：文本，可缺
    性质：选项 {一般, 严重}
    采购合同：表 { 名称：文本；金额：金额；签订日期：日期，可缺；按时：是否 }
    审计问题：表 { 事由：文本 }
}
一级指标 甲 1分 { 待编 }
";

fn schema() -> Schema {
    let compiled = compile(&[("往返.heng".to_owned(), RULES.to_owned())]);
    let errors: Vec<_> = compiled.diagnostics.iter().filter(|found| found.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    compiled.program.unwrap().schema
}

fn workbook() -> Result<Vec<u8>, XlsxError> {
    let percent = Format::new().set_num_format("0.00%");
    let money = Format::new().set_num_format("#,##0.00");
    let day = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let date = |month, date| ExcelDateTime::from_ymd(2023, month, date);
    let mut book = Workbook::new();
    let data = book.add_worksheet().set_name("基本数据")?;
    data.write_row(0, 0, ["数据项", "值", "单位", "状态", "出处"])?;
    let names = ["预算数", "决算数", "满意度", "人数", "办结日期", "已公开", "原因", "性质", "审计问题"];
    data.write_column(1, 0, names)?;
    data.write_number_with_format(1, 1, 2366.79, &money)?.write_string(1, 2, "万元")?.write_string(1, 4, "附表１")?;
    data.write_formula(2, 1, Formula::new("=1000*3+0.1").set_result("3000.1"))?.write_string(2, 2, "元")?;
    data.write_string(2, 3, "有争议")?;
    data.write_number_with_format(3, 1, 0.8525, &percent)?;
    data.write_number(4, 1, 45)?.write_string(4, 2, "人")?;
    data.write_with_format(5, 1, &date(12, 31)?, &day)?;
    data.write_boolean(6, 1, false)?;
    data.write_string(7, 1, "春节在二月，“两节”之间 <未>办 & 待办")?;
    data.write_string(8, 1, "一般")?.write_string(9, 1, "无")?;
    let table = book.add_worksheet().set_name("采购合同")?;
    table.merge_range(0, 0, 0, 4, "2023年度采购合同明细表", &Format::new().set_bold())?;
    table.write_row(1, 0, ["名称", "金额（万元）", "签订日期", "签订日期.状态", "按时"])?;
    table.write_string(2, 0, "保洁")?.write_number(2, 1, 18.5)?.write_with_format(2, 2, &date(5, 24)?, &day)?;
    table.write_string(2, 3, "无佐证")?.write_string(2, 4, "是")?;
    table.write_string(3, 0, "印刷")?.write_string(3, 1, "１,２００.５０")?.write_string(3, 4, "否")?;
    book.save_to_buffer()
}

fn read(bytes: Vec<u8>) -> Reading {
    read_facts(&schema(), &[FactsFile { name: NAME.to_owned(), bytes }])
}

/// Opens a workbook in LibreOffice and saves it again.
fn through_libre_office(soffice: &Path, bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let (before, after) = (folder.path().join("in.xlsx"), folder.path().join("saved"));
    fs::write(&before, bytes)?;
    // A profile of its own, so that a LibreOffice that is already open does not answer instead.
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let mut command = Command::new(soffice);
    command.args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"]).arg(&after).arg(&before);
    run(&mut command)?;
    Ok(fs::read(after.join("in.xlsx"))?)
}

#[test]
fn the_workbook_is_read_without_findings() -> Result<(), Box<dyn Error>> {
    let reading = read(workbook()?);
    assert_eq!(reading.diagnostics, []);
    Ok(())
}

#[test]
#[ignore = "needs LibreOffice"]
fn a_workbook_saved_by_libre_office_says_the_same() -> Result<(), Box<dyn Error>> {
    let Some(soffice) = need(&LIBRE_OFFICE)? else { return Ok(()) };
    let bytes = workbook()?;
    let saved = through_libre_office(&soffice, &bytes)?;
    assert_ne!(bytes, saved, "LibreOffice wrote nothing of its own");
    let (before, after) = (read(bytes), read(saved));
    assert_eq!(after.diagnostics, []);
    assert_eq!(before.facts, after.facts);
    Ok(())
}
