//! Facts in a workbook, as a clerk fills it in: written here and read back.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_types,
    reason = "tests say what they expect by failing"
)]

#[path = "support/world.rs"]
mod world;

use heng_data::{Reading, read_facts};
use insta::assert_snapshot;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};
use world::{facts, file, findings, kinds};

/// A cell of a test workbook.
enum Put {
    /// A text.
    Text(&'static str),
    /// A number with its number format.
    Number(&'static str, &'static str),
    /// A date.
    Date(u16, u8, u8),
    /// Yes or no.
    Bool(bool),
    /// A formula that failed.
    Fault,
    /// Nothing.
    Empty,
}
use Put::{Bool, Date, Empty, Fault, Number, Text};

impl From<&'static str> for Put {
    fn from(text: &'static str) -> Put {
        if text.is_empty() { Empty } else { Text(text) }
    }
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &Put) -> Result<(), XlsxError> {
    match cell {
        Text(text) => sheet.write_string(row, column, *text).map(drop),
        Number(digits, format) => {
            let format = Format::new().set_num_format(*format);
            sheet.write_number_with_format(row, column, digits.parse::<f64>().unwrap(), &format).map(drop)
        }
        Date(year, month, day) => {
            let format = Format::new().set_num_format("yyyy/m/d");
            sheet.write_with_format(row, column, &ExcelDateTime::from_ymd(*year, *month, *day)?, &format).map(drop)
        }
        Bool(yes) => sheet.write_boolean(row, column, *yes).map(drop),
        Fault => sheet.write_formula(row, column, Formula::new("=1/0").set_result("#DIV/0!")).map(drop),
        Empty => Ok(()),
    }
}

/// A workbook of sheets; each row a list of cells, each sheet with the row it starts on.
fn workbook(sheets: Vec<(&str, u32, Vec<Vec<Put>>)>) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, first, rows) in &sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (*first..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                put(sheet, row, column, cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn reading(sheets: Vec<(&str, u32, Vec<Vec<Put>>)>) -> Reading {
    read_facts(&kinds(), &[file("数据.xlsx", workbook(sheets))])
}

fn read(sheets: Vec<(&str, u32, Vec<Vec<Put>>)>) -> String {
    let reading = reading(sheets);
    assert_eq!(findings(&reading), "");
    facts(&kinds(), &reading)
}

fn refuse(sheets: Vec<(&str, u32, Vec<Vec<Put>>)>) -> String {
    findings(&reading(sheets))
}

macro_rules! rows {
    ($([$($cell:expr),* $(,)?]),* $(,)?) => { vec![$(vec![$(Put::from($cell)),*]),*] };
}

#[test]
fn each_kind_of_value() {
    assert_snapshot!(read(vec![
        ("文件", 0, rows![["性质", "事实"], ["出处", "决算报表"], ["单位", "某局"], ["填报日期", Date(2024, 10, 15)]]),
        ("基本数据", 2, rows![
            ["序号", "数据项", "说明", "值", "单位", "状态", "佐证", "理由", "出处"],
            ["1", "年初预算数", "批复的", Number("2366.79", "General"), "万元", "迟报", "批复", "", "附表1"],
            ["2", "满意度", "", Number("0.855", "0.0%")],
            ["3", "变化", "", "－３个百分点"],
            ["4", "编制数", "", Number("45", "0"), "人"],
            ["5", "得票数", "", "１２.５０　"],
            ["6", "平均分", "", Number("7.5", "0.0\"分\"")],
            ["7", "办理天数", "", Number("30", "0"), "天"],
            ["8", "评价年度", "", Number("2023", "0")],
            ["9", "批复日期", "", Date(2023, 12, 31)],
            ["10", "涉密", "", Bool(false)],
            ["11", "偏差原因", "", "春节在二月"],
            ["12", "性质", "", "挪用"],
            ["13", "三公经费.预算数", "", "12万元"],
            ["14", "决算数", "", Number("98600", "#,##0.00"), "元"],
            ["15", "目标质量", "", Number("0.75", "0%"), "", "", "目标表", "大体达成"],
        ]),
    ]), @r"
    年初预算数 = 23667900 Late @基本数据!D4 出处:附表1 佐证:批复
    满意度 = 0.855 @基本数据!D5 出处:决算报表
    变化 = -0.03 @基本数据!D6 出处:决算报表
    编制数 = 45 @基本数据!D7 出处:决算报表
    得票数 = 12.5 @基本数据!D8 出处:决算报表
    平均分 = 7.5 @基本数据!D9 出处:决算报表
    办理天数 = 30 @基本数据!D10 出处:决算报表
    评价年度 = 2023 @基本数据!D11 出处:决算报表
    批复日期 = 2023-12-31 @基本数据!D12 出处:决算报表
    涉密 = false @基本数据!D13 出处:决算报表
    偏差原因 = “春节在二月” @基本数据!D14 出处:决算报表
    性质 = “挪用” @基本数据!D15 出处:决算报表
    三公经费.预算数 = 120000 @基本数据!D16 出处:决算报表
    三公经费.决算数 = 98600 @基本数据!D17 出处:决算报表
    目标质量 = 0.75 @基本数据!D18 出处:决算报表 佐证:目标表 理由:大体达成
    ");
}

#[test]
fn a_group_heading_holds_until_a_blank_row() {
    assert_snapshot!(read(vec![("数据", 0, rows![
        ["Datum", "Value", "Unit"],
        ["三公经费"],
        ["预算数", Number("12", "0"), "万元"],
        ["决算数", "9.86万元"],
        [],
        ["编制数", "45"],
        ["注：金额以万元为单位"],
    ])]), @r"
    编制数 = 45 @数据!B6
    三公经费.预算数 = 120000 @数据!B3
    三公经费.决算数 = 98600 @数据!B4
    ");
}

#[test]
fn states_and_blanks() {
    assert_snapshot!(read(vec![("数据", 0, rows![
        ["数据项", "值", "单位", "状态"],
        ["年初预算数", "缺报", "万元"],
        ["编制数", "", "", "无佐证"],
        ["得票数", "不适用"],
        ["涉密", "", "", ""],
        ["采购合同", "无"],
    ])]), @r"
    年初预算数 = – Missing @数据!B2
    编制数 = – NoEvidence @数据!B3
    得票数 = – NotApplicable @数据!B4
    涉密 = – Missing @数据!B5
    采购合同 None @数据!B6
    ");
    assert_snapshot!(refuse(vec![("数据", 0, rows![
        ["数据项", "值", "单位", "状态"],
        ["编制数", "不适用"],
        ["得票数", Number("1", "0"), "", "缺报"],
        ["涉密", Bool(true), "", "迟了"],
    ])]), @r"
    data/state 数据.xlsx [数据!B2]: “编制数”不能填“不适用” | 只有标明“可不适用”的数据可以填“不适用”
    data/state 数据.xlsx [数据!B3]: “得票数”有值，又写“缺报” | 有值时状态只能是 “无佐证”、“迟报” 或 “有争议”；否则把值删去
    data/state 数据.xlsx [数据!D4]: “涉密”的状态不能是“迟了” | 可写：缺报、无、不适用、无佐证、迟报、有争议
    ");
}

#[test]
fn mistakes_name_the_cell() {
    assert_snapshot!(refuse(vec![("收支", 0, rows![
        ["数据项", "值", "单位", "佐正"],
        ["年初预算数", Number("2366.79", "General")],
        ["满意度", Number("0.85", "General")],
        ["编制数", Fault],
        ["批复日期", Number("45291", "0")],
        ["得票数", Date(2023, 1, 1)],
        ["性质", "其他"],
        ["三公经费.预算数", "12万元", "元"],
        ["支出决算数", "1元"],
        ["编制数", "45"],
        ["", "5"],
    ])]), @r"
    data/header 数据.xlsx [收支!D1]: 不认得表头“佐正” | 是不是“佐证”？
    data/header 数据.xlsx [收支!A11]: 这一行有内容，没有写数据项 | 在“数据项”一栏写上名称，或把这一行删去
    data/unit 数据.xlsx [收支!B2]: “年初预算数”是 2366.79，没有写单位 | 写明是 “2366.79元”、“2366.79万元” 还是 “2366.79亿元”
    data/unit 数据.xlsx [收支!B3]: “满意度”是 0.85，没有写单位 | 写明是 “0.85%” 还是 “85%”
    data/cell-error 数据.xlsx [收支!B4]: “编制数”的单元格算错了：#DIV/0! | 改好公式，或直接填数
    data/date 数据.xlsx [收支!B5]: “批复日期”不是日期：“45291” | 写年月日，如 2023年12月31日、2023-12-31、2023/12/31；在 Excel 里也可以用日期格式
    data/type 数据.xlsx [收支!B6]: “得票数”要填数，不能是“2023-01-01” | 例如 “12.5”
    data/choice 数据.xlsx [收支!B7]: “性质”没有“其他”这个选项 | 可选：一般、挪用、虚列支出、无
    data/unit 数据.xlsx [收支!B8]: “三公经费.预算数”有两个单位：数旁边写“万元”，单位栏写“元” | 只留对的那一个
    data/unknown 数据.xlsx [收支!A9]: 规则没有要“支出决算数”这项数据 | 是不是“决算数”？
    data/duplicate 数据.xlsx [收支!A10]: “编制数”给了两次 | 只留一处，哪怕两处相同：同一个数据不能有两个来源 (前一次在 数据.xlsx [收支!B4])
    ");
}

#[test]
fn tables() {
    assert_snapshot!(read(vec![("采购合同", 0, rows![
        ["2023年度采购合同明细表"],
        [],
        ["序号", "名称", "金额（万元）", "公告日期", "公告日期.状态", "公告日期.佐证", "备注"],
        ["1", "保洁服务", Number("18", "0.00"), Date(2023, 5, 24), "有争议", "截图", "续签"],
        ["2", " 物业 ", "缺报", "", "", "", ""],
        [],
        ["3", "印刷", "1,200.50", "2023年6月1日"],
        ["", "", "", ""],
    ])]), @r"
    采购合同 @采购合同!B4
      “保洁服务” @采购合同!B4 · 180000 @采购合同!C4 · 2023-05-24 Disputed @采购合同!D4 佐证:截图 · – Missing @采购合同!B4
      “物业” @采购合同!B5 · – Missing @采购合同!C5 · – Missing @采购合同!D5 · – Missing @采购合同!B5
      “印刷” @采购合同!B7 · 12005000 @采购合同!C7 · 2023-06-01 @采购合同!D7 · – Missing @采购合同!B7
    ");
    assert_snapshot!(read(vec![("采购合同", 0, rows![
        ["状态", "迟报"],
        ["出处", "合同台账"],
        ["名称", "金额"],
        ["甲", "1元"],
    ])]), @r"
    采购合同 Late @采购合同!A4 出处:合同台账
      “甲” @采购合同!A4 出处:合同台账 · 1 @采购合同!B4 出处:合同台账 · – Missing @采购合同!A4 出处:合同台账 · – Missing @采购合同!A4 出处:合同台账
    ");
    for none in
        [rows![["名称", "金额"], ["无"]], rows![["无"]], rows![["采购合同明细表"], ["名称", "金额"], ["", "none"]]]
    {
        let text = read(vec![("采购合同", 0, none)]);
        assert!(text.starts_with("采购合同 None @采购合同!"), "{text}");
    }
    // A sheet with heads and nothing below is not handed in.
    assert_snapshot!(read(vec![("采购合同", 0, rows![["名称", "金额"]])]), @"采购合同 Missing @采购合同!A2");
}

/// A table sheet with regions merged: first row, last row, first column, last column.
fn merged(rows: Vec<Vec<Put>>, regions: &[[u32; 4]]) -> Reading {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("采购合同").unwrap();
    let narrow = |column: u32| u16::try_from(column).unwrap();
    for [first, last, left, right] in regions {
        sheet.merge_range(*first, narrow(*left), *last, narrow(*right), "", &Format::new()).unwrap();
    }
    for (row, cells) in (0..).zip(&rows) {
        for (column, cell) in (0..).zip(cells) {
            put(sheet, row, column, cell).unwrap();
        }
    }
    read_facts(&kinds(), &[file("数据.xlsx", book.save_to_buffer().unwrap())])
}

#[test]
fn words_of_a_merged_cell_hold_for_its_rows_and_numbers_do_not() {
    let rows = || {
        rows![
            ["2023年度采购合同明细表"],
            ["序号", "名称", "金额（万元）", "公告日期", "公告日期.佐证"],
            [Number("1", "0"), "甲", Number("18", "0"), Date(2023, 5, 24), "截图"],
            ["", "乙", Number("2", "0"), "", ""],
            ["", "丙", Number("3", "0"), "", ""],
        ]
    };
    let reading = merged(rows(), &[[0, 0, 0, 4], [2, 4, 0, 0], [2, 3, 3, 3], [2, 4, 4, 4]]);
    assert_eq!(findings(&reading), "");
    assert_snapshot!(facts(&kinds(), &reading), @r"
    采购合同 @采购合同!B3
      “甲” @采购合同!B3 · 180000 @采购合同!C3 · 2023-05-24 @采购合同!D3 佐证:截图 · – Missing @采购合同!B3
      “乙” @采购合同!B4 · 20000 @采购合同!C4 · 2023-05-24 @采购合同!D4 佐证:截图 · – Missing @采购合同!B4
      “丙” @采购合同!B5 · 30000 @采购合同!C5 · – Missing @采购合同!D5 佐证:截图 · – Missing @采购合同!B5
    ");
    let mut amounts = rows();
    amounts[3][2] = Empty;
    let found = findings(&merged(amounts, &[[2, 3, 2, 2]]));
    let said = "data/merged 数据.xlsx [采购合同!C3]: 合并的单元格里是数“18”，不知道每行各是多少";
    assert!(found.contains(said) && found.contains("第 2 行没有填“金额”"), "{found}");
    let mut amounts = rows();
    (amounts[2][2], amounts[3][2]) = (Text("１８万元"), Empty);
    assert!(findings(&merged(amounts, &[[2, 3, 2, 2]])).contains("data/merged"));
    // Heads of two rows are heads, not records.
    let heads = rows![["名称", "金额"], [], ["甲", "1元"]];
    let reading = merged(heads, &[[0, 1, 0, 0], [0, 1, 1, 1]]);
    assert_eq!(findings(&reading), "");
    assert!(facts(&kinds(), &reading).contains("“甲” @采购合同!A3 · 1 @采购合同!B3"));
}

#[test]
fn mistakes_in_tables() {
    assert_snapshot!(refuse(vec![("采购合同", 0, rows![
        ["名称", "金额", "公告日起", "占比", "别的"],
        ["甲", Number("18", "0"), "2023-05-24", "1%"],
        ["甲", "", "", "", "x"],
        ["", "1元"],
        ["合计", "19元"],
    ])]), @r"
    data/unknown 数据.xlsx [采购合同!C1]: “采购合同”没有“公告日起”这一栏 | 是不是“公告日期”？
    data/computed 数据.xlsx [采购合同!D1]: “占比”由规则计算，不用填 | 把这一栏删去
    data/unknown 数据.xlsx [采购合同!E1]: “采购合同”没有“别的”这一栏 | 不需要的栏删去
    data/total-row 数据.xlsx [采购合同!A5]: “采购合同”里有“合计”行 | 把它删去：每一行都会当作数据，合计会算两次
    data/unit 数据.xlsx [采购合同!B2]: “金额”是 18，没有写单位 | 写明是 “18元”、“18万元” 还是 “18亿元”
    data/missing-cell 数据.xlsx [采购合同!B3]: “采购合同”第 2 行没有填“金额” | 填上；确实报不出来的，写“缺报”
    data/missing-cell 数据.xlsx [采购合同!A4]: “采购合同”第 3 行没有填“名称” | 填上；确实报不出来的，写“缺报”
    data/key 数据.xlsx [采购合同!A3]: 两行的“名称”都是“甲” | 各行靠这一栏区分，不能相同 (前一次在 数据.xlsx [采购合同!A2])
    ");
    assert_snapshot!(refuse(vec![("采购合同", 0, rows![["名称", "金额", "金额（元）"], ["甲", "1元", "2"]])]), @"data/duplicate 数据.xlsx [采购合同!C1]: “金额（元）”给了两次 | 只留一处，哪怕两处相同：同一个数据不能有两个来源");
    assert_snapshot!(refuse(vec![("采购合同", 0, rows![["甲", "18万元"], ["乙", "1万元"]])]), @"data/header 数据.xlsx [采购合同!A1]: 工作表“采购合同”找不到表头 | 表头一行写各栏的名称，与规则文件相同；单位可以写在括号里，如 预算（万元）");
    assert_snapshot!(refuse(vec![("采购合同", 0, rows![["无"]]), ("数据", 0, rows![["数据项", "值"], ["采购合同", "无"]])]), @"data/duplicate 数据.xlsx [数据!A2]: “采购合同”给了两次 | 只留一处，哪怕两处相同：同一个数据不能有两个来源 (前一次在 数据.xlsx [采购合同!A1])");
}

#[test]
fn sheets_that_are_not_known() {
    assert_snapshot!(refuse(vec![
        ("采购合同表", 0, rows![["名称", "金额"], ["甲", "1元"]]),
        ("草稿", 0, rows![["随手记"]]),
        ("空", 0, rows![]),
    ]), @r"
    data/sheet 数据.xlsx [采购合同表!A1]: 工作表“采购合同表”没有读：它不是哪张表的名称，也没有“数据项”表头 | 是不是“采购合同”？
    warning data/sheet 数据.xlsx [草稿!A1]: 工作表“草稿”没有读：它不是哪张表的名称，也没有“数据项”表头
    ");
}

#[test]
fn a_required_datum_left_blank_is_missing_at_its_cell() {
    let mut schema = kinds();
    schema.fields[0].traits.optional = false;
    schema.fields.last_mut().unwrap().traits.optional = false;
    let book = workbook(vec![
        ("数据", 0, rows![["数据项", "值", "单位"], ["年初预算数", "", "万元"]]),
        ("采购合同", 0, rows![["名称", "金额"]]),
    ]);
    assert_snapshot!(findings(&read_facts(&schema, &[file("数据.xlsx", book)])), @r"
    warning data/missing 数据.xlsx [数据!B2]: “年初预算数”没有报送
    warning data/missing 数据.xlsx [采购合同!A2]: “采购合同”没有报送 | 确实没有的，写“无”
    ");
}

#[test]
fn numbers_are_what_the_cell_shows() {
    assert_snapshot!(read(vec![("数据", 0, rows![
        ["数据项", "值"],
        ["年初预算数", Number("2366.79", "#,##0.00\"万元\"")],
        ["得票数", Number("0.1", "0")],
        ["三公经费.预算数", Number("12", "0.00万元")],
    ])]), @r"
    年初预算数 = 23667900 @数据!B2
    得票数 = 0.1 @数据!B3
    三公经费.预算数 = 120000 @数据!B4
    ");
    assert_snapshot!(refuse(vec![("数据", 0, rows![
        ["数据项", "值", "单位"],
        ["年初预算数", Number("23667900", "0!.0000"), "万元"],
        ["得票数", Number("0.30000000000000004", "0.00")],
    ])]), @r"
    warning data/number-format 数据.xlsx [数据!B2]: 单元格显示的数和存的数不是一个数 | 数字格式“0!.0000”缩小了显示；读的是存的数，请核对单位
    hint data/float-noise 数据.xlsx [数据!B3]: 按 0.3 读：单元格里存的是 0.30000000000000004，是二进制小数的尾差
    ");
}

#[test]
fn amounts_come_back_exactly() {
    for digits in ["0.01", "2366.79", "4853.06", "123456789012.34", "0.29", "1.005", "999999999999999", "-0.07"] {
        let text =
            read(vec![("数据", 0, rows![["数据项", "值", "单位"], ["年初预算数", Number(digits, "General"), "元"]])]);
        assert_eq!(text, format!("年初预算数 = {digits} @数据!B2"));
    }
}

#[test]
fn the_workbook_and_the_text_file_give_the_same_facts() {
    let sheets = vec![
        (
            "数据",
            0,
            rows![
                ["数据项", "值", "单位"],
                ["年初预算数", Number("2366.79", "0.00"), "万元"],
                ["满意度", Number("0.85", "0%")]
            ],
        ),
        ("采购合同", 0, rows![["名称", "金额（万元）"], ["甲", Number("18", "0")]]),
    ];
    let body = "\"年初预算数\" = \"2366.79万元\"\n\"满意度\" = \"85%\"\n[[\"采购合同\"]]\n\"名称\" = \"甲\"\n\"金额\" = \"18万元\"";
    let values = |text: &str| -> Vec<String> {
        text.split([' ', '·', '\n']).filter(|word| !word.starts_with('@')).map(str::to_owned).collect()
    };
    let plain = world::toml(&kinds(), body);
    assert_eq!(values(&read(sheets)), values(&facts(&kinds(), &plain)));
}

#[test]
fn damaged_workbooks_are_answered() {
    let whole = workbook(vec![
        (
            "数据",
            0,
            rows![
                ["数据项", "值"],
                ["年初预算数", "1元"],
                ["满意度", Number("0.5", "0%")],
                ["批复日期", Date(2023, 1, 1)]
            ],
        ),
        ("采购合同", 0, rows![["名称", "金额"], ["甲", "1元"]]),
    ]);
    assert_snapshot!(findings(&read_facts(&kinds(), &[file("数据.xlsx", &b"not a workbook"[..])])), @"read/broken 数据.xlsx: 文件坏了，读不了 | 用原来的程序打开，另存一份");
    for end in (0..whole.len()).step_by(97) {
        let reading = read_facts(&kinds(), &[file("数据.xlsx", &whole[..end])]);
        assert!(reading.has_errors(), "cut at {end}");
    }
    for at in (0..whole.len()).step_by(13) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x5a;
        let _ = read_facts(&kinds(), &[file("数据.xlsx", bytes)]);
    }
}

/// The workbook with a text in one of its parts replaced.
fn tampered(whole: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let mut copy = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().to_string();
        let mut body = String::new();
        file.read_to_string(&mut body).unwrap();
        let body = if name == part { body.replace(from, to) } else { body };
        copy.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        copy.write_all(body.as_bytes()).unwrap();
    }
    copy.finish().unwrap().into_inner()
}

#[test]
fn wild_cell_names_are_answered() {
    let whole = workbook(vec![("数据", 0, rows![["数据项", "值"], ["年初预算数", "1元"]])]);
    let part = "xl/worksheets/sheet1.xml";
    let answer = |to: &str| {
        let book = tampered(&whole, part, "r=\"B2\"", to);
        findings(&read_facts(&kinds(), &[file("数据.xlsx", book)]))
    };
    assert_eq!(answer("r=\"B2\""), "");
    for wild in ["AAAAAAAAAAAA2", "B99999999999", "2", "B", "", "XFD1048576"] {
        let found = answer(&format!("r=\"{wild}\""));
        let known = ["", "data/workbook", "data/header", "data/missing"];
        assert!(found.lines().all(|line| known.iter().any(|code| line.starts_with(code))), "{wild}: {found}");
    }
}

#[test]
fn a_table_in_two_files() {
    let book = workbook(vec![("采购合同", 0, rows![["名称", "金额"], ["甲", "1元"]])]);
    let files = [file("数据.xlsx", book), file("事实.toml", "\"采购合同\" = \"无\"")];
    assert_snapshot!(findings(&read_facts(&kinds(), &files)), @r#"data/duplicate 1:1 "\"采购合同\"": “采购合同”给了两次 | 只留一处，哪怕两处相同：同一个数据不能有两个来源 (前一次在 数据.xlsx [采购合同!A2])"#);
}
