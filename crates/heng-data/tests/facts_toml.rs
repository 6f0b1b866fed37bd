//! Facts in TOML: each kind of value, each state, each mistake with its message.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_types,
    reason = "tests say what they expect by failing"
)]

#[path = "support/world.rs"]
mod world;

use heng_model::Schema;
use insta::assert_snapshot;
use world::{contracts, facts, file, findings, kinds, optional, quantity, scalar, table, toml};

/// What is read from a body without a single finding.
fn read(body: &str) -> String {
    let reading = toml(&kinds(), body);
    assert_eq!(findings(&reading), "");
    facts(&kinds(), &reading)
}

/// The findings about a body.
fn refuse(body: &str) -> String {
    findings(&toml(&kinds(), body))
}

#[test]
fn each_kind_of_value() {
    assert_snapshot!(read(r#"
"年初预算数" = "２，３６６．７９ 万元"
"满意度" = "85.5%"
"变化" = "-3个百分点"
"编制数" = 45
"得票数" = 0.1
"平均分" = "7.5分"
"办理天数" = "30天"
"评价年度" = "2023年度"
"批复日期" = 2023-12-31
"涉密" = "√"
"偏差原因" = "  春节在二月 "
"性质" = "虚列支出"
"三公经费"."预算数" = "12万元"
"目标质量" = { "值" = "75%", "理由" = "大体达成", "佐证" = ["目标表", "照片"] }
"#), @r"
    年初预算数 = 23667900 @2
    满意度 = 0.855 @3
    变化 = -0.03 @4
    编制数 = 45 @5
    得票数 = 0.1 @6
    平均分 = 7.5 @7
    办理天数 = 30 @8
    评价年度 = 2023 @9
    批复日期 = 2023-12-31 @10
    涉密 = true @11
    偏差原因 = “春节在二月” @12
    性质 = “虚列支出” @13
    三公经费.预算数 = 120000 @14
    目标质量 = 0.75 @15 佐证:目标表、照片 理由:大体达成
    ");
}

#[test]
fn the_same_value_in_other_spellings() {
    assert_snapshot!(read("\"年初预算数\" = \"¥1,234.50\"\n\"编制数\" = \"45人\"\n\"批复日期\" = \"2023年2月8日\"\n\"涉密\" = false\n\"办理天数\" = 3.5\n\"三公经费.决算数\" = \"0.5亿元\"\n\"三公经费\".\"预算数\" = { value = 12, unit = \"万元\" }"), @r"
    年初预算数 = 1234.5 @1
    编制数 = 45 @2
    办理天数 = 3.5 @5
    批复日期 = 2023-02-08 @3
    涉密 = false @4
    三公经费.预算数 = 120000 @7
    三公经费.决算数 = 50000000 @6
    ");
}

#[test]
fn numbers_never_go_through_a_binary_fraction() {
    assert_snapshot!(read("\"得票数\" = 0.12345678901234567890123"), @"得票数 = 0.12345678901234567890123 @1");
    assert_snapshot!(read("\"得票数\" = 1_000.5e-3"), @"得票数 = 1.0005 @1");
}

#[test]
fn states_alone() {
    for (zh, en) in [
        ("缺报", "missing"),
        ("无", "none"),
        ("不适用", "not_applicable"),
        ("无佐证", "no_evidence"),
        ("迟报", "late"),
        ("有争议", "disputed"),
    ] {
        let read = |word: &str| read(&format!("\"得票数\" = \"{word}\""));
        assert_eq!(read(zh), read(en));
        assert_eq!(read(zh), read(&format!(" {zh}　")));
    }
    assert_snapshot!(read("\"得票数\" = \"不适用\""), @"得票数 = – NotApplicable @1");
}

#[test]
fn states_beside_a_value() {
    assert_snapshot!(read(r#"
"年初预算数" = { "值" = "10万元", "状态" = "迟报", "佐证" = "批复", "出处" = "报告一", "理由" = "系统故障" }
"编制数" = { value = 45, state = "no_evidence" }
"得票数" = { "状态" = "不适用", "理由" = "没有投票" }
"#), @r"
    年初预算数 = 100000 Late @2 出处:报告一 佐证:批复 理由:系统故障
    编制数 = 45 NoEvidence @3
    得票数 = – NotApplicable @4 理由:没有投票
    ");
    assert_snapshot!(refuse(r#"
"年初预算数" = { "值" = "10万元", "状态" = "缺报" }
"编制数" = { "值" = 45, "状态" = "迟到" }
"得票数" = { "值" = 45, "状态" = "不适用" }
"涉密" = "不适用"
"#), @r#"
    data/state 2:19 "\"10万元\"": “年初预算数”有值，又写“缺报” | 有值时状态只能是 “无佐证”、“迟报” 或 “有争议”；否则把值删去
    data/state 3:28 "\"迟到\"": “编制数”的状态不能是“迟到” | 可写：缺报、无、不适用、无佐证、迟报、有争议
    data/state 4:17 "45": “得票数”有值，又写“不适用” | 有值时状态只能是 “无佐证”、“迟报” 或 “有争议”；否则把值删去
    data/state 5:8 "\"不适用\"": “涉密”不能填“不适用” | 只有标明“可不适用”的数据可以填“不适用”
    "#);
}

#[test]
fn a_choice_lists_own_word_is_no_state() {
    assert_snapshot!(read("\"性质\" = \"无\""), @"性质 = “无” @1");
}

#[test]
fn none_is_for_optional_data_only() {
    let schema = Schema {
        fields: vec![scalar("编制数", quantity(heng_model::Quantity::Count), Default::default())],
        choices: vec![],
    };
    assert_snapshot!(findings(&toml(&schema, "\"编制数\" = \"无\"")), @r#"data/state 1:9 "\"无\"": “编制数”不能填“无” | 只有表和标明“可缺”的数据可以填“无”；没有报送的填“缺报”，数额是零的填 0 和单位"#);
    assert_snapshot!(findings(&toml(&schema, "\"编制数\" = \"缺报\"")), @"");
}

#[test]
fn mistakes_in_numbers() {
    assert_snapshot!(refuse(r#"
"年初预算数" = 2366.79
"满意度" = "0.85"
"变化" = 3
"编制数" = "45.5人"
"得票数" = "95%"
"平均分" = "7.5万元"
"办理天数" = "5个工作日"
"评价年度" = "-1"
"三公经费"."预算数" = "12,34万元"
"三公经费"."决算数" = "很多"
"#), @r#"
    data/unit 2:11 "2366.79": “年初预算数”是 2366.79，没有写单位 | 写明是 “2366.79元”、“2366.79万元” 还是 “2366.79亿元”
    data/unit 3:9 "\"0.85\"": “满意度”是 0.85，没有写单位 | 写明是 “0.85%” 还是 “85%”
    data/unit 4:8 "3": “变化”是 3，没有写单位 | 写成 “3个百分点”
    data/whole 5:9 "\"45.5人\"": “编制数”是个数，要填不小于 0 的整数，不能是“45.5人”
    data/unit 6:9 "\"95%\"": “得票数”要填数，单位不能是“%” | 例如 “12.5”
    data/unit 7:9 "\"7.5万元\"": “平均分”要填分，单位不能是“万元” | 例如 “7.5分”
    data/unit 8:10 "\"5个工作日\"": “办理天数”要填天数，单位不能是“个工作日” | 例如 “30天”
    data/whole 9:10 "\"-1\"": “评价年度”是年度，要填不小于 0 的整数，不能是“-1”
    data/number 10:16 "\"12,34万元\"": “三公经费.预算数”的逗号位置不对：“12,34万元” | 逗号只作千分位，每三位一个，如 1,234,567.89；小数点用 “.”
    data/type 11:16 "\"很多\"": “三公经费.决算数”要填金额，不能是“很多” | 例如 “2366.79万元”
    "#);
    assert_snapshot!(refuse(r#"
"年初预算数" = "100美元"
"满意度" = true
"变化" = [1]
"编制数" = -3
"得票数" = nan
"平均分" = 99999999999999999999999999999999999999999
"办理天数" = 0x1F
"三公经费"."预算数" = { "值" = "12万元", "单位" = "元" }
"#), @r#"
    data/unit 2:11 "\"100美元\"": “年初预算数”要填金额，单位不能是“美元” | 例如 “2366.79万元”
    data/type 3:9 "true": “满意度”要填比率，不能是“true” | 例如 “85%”
    data/type 4:8 "[1]": “变化”要填一个值（百分点），不是一列
    data/whole 5:9 "-3": “编制数”是个数，要填不小于 0 的整数，不能是“-3”
    data/type 6:9 "nan": “得票数”要填数，不能是“nan” | 例如 “12.5”
    data/number 7:9 "99999999999999999999999999999999999999999": “平均分”的位数太多
    data/type 8:10 "0x1F": “办理天数”要填天数，不能是“0x1F” | 例如 “30天”
    data/unit 9:24 "\"12万元\"": “三公经费.预算数”有两个单位：数旁边写“万元”，单位栏写“元” | 只留对的那一个
    "#);
}

#[test]
fn mistakes_in_other_values() {
    assert_snapshot!(refuse(r#"
"批复日期" = "2023-02-30"
"涉密" = "有"
"偏差原因" = true
"性质" = "挪用款"
"满意度" = "105%"
"#), @r#"
    data/date 2:10 "\"2023-02-30\"": “批复日期”没有这一天：“2023-02-30” | 核对年、月、日
    data/type 3:8 "\"有\"": “涉密”要填是或否，不能是“有” | 例如 “是”
    data/type 4:10 "true": “偏差原因”要填文字，不能是“true”
    data/choice 5:8 "\"挪用款\"": “性质”没有“挪用款”这个选项 | 是不是“挪用”？ | 可选：一般、挪用、虚列支出、无
    data/domain 6:9 "\"105%\"": “满意度”是 105%，不在 [0%, 100%] 以内 | 核对数和单位；数没有错时，请改规则文件里的范围
    "#);
    assert_snapshot!(refuse("\"批复日期\" = 45291"), @r#"data/date 1:10 "45291": “批复日期”不是日期：“45291” | 写年月日，如 2023年12月31日、2023-12-31、2023/12/31；在 Excel 里也可以用日期格式"#);
    assert_snapshot!(refuse("\"批复日期\" = 2023-02-08T13:00:00"), @r#"data/date 1:10 "2023-02-08T13:00:00": “批复日期”不是日期：“2023-02-08T13:00:00” | 写年月日，如 2023年12月31日、2023-12-31、2023/12/31；在 Excel 里也可以用日期格式"#);
    assert_snapshot!(refuse("\"批复日期\" = \"2023年12月\""), @r#"data/date 1:10 "\"2023年12月\"": “批复日期”不是日期：“2023年12月” | 写年月日，如 2023年12月31日、2023-12-31、2023/12/31；在 Excel 里也可以用日期格式"#);
}

#[test]
fn names() {
    assert_snapshot!(refuse(r#"
"年初预算" = "1元"
"完全不认得" = 1
"预算数" = { "值" = "1元", "依据" = "x", "证据" = "y" }
"三公经费" = "12万元"
"#), @r#"
    data/unknown 2:1 "\"年初预算\"": 规则没有要“年初预算”这项数据 | 是不是“年初预算数”？
    data/unknown 3:1 "\"完全不认得\"": 规则没有要“完全不认得”这项数据 | 名称要与规则文件“数据”一段里的相同；不需要的删去
    data/unknown-attribute 4:23 "\"依据\"": “三公经费.预算数”下面不能写“依据” | 可以写：值、单位、状态、佐证、理由、出处
    data/unknown-attribute 4:35 "\"证据\"": “三公经费.预算数”下面不能写“证据” | 可以写：值、单位、状态、佐证、理由、出处
    data/group 5:10 "\"12万元\"": “三公经费”是一组数据，不是一个值 | 把它的各项写在下面，如 ["三公经费"]
    "#);
    assert_snapshot!(read("\" 三公经费．预算数\" = \"1元\""), @"三公经费.预算数 = 1 @1");
    assert_snapshot!(refuse("\"编制数\" = { \"值\" = 1, \"行\" = [] }\n\"采购合同\" = { \"值\" = \"无\", \"单位\" = \"元\" }"), @r#"
    data/unknown-attribute 1:20 "\"行\"": “编制数”下面不能写“行” | 可以写：值、单位、状态、佐证、理由、出处
    data/unknown-attribute 2:23 "\"单位\"": “采购合同”下面不能写“单位” | 可以写：行、状态、佐证、理由、出处
    "#);
    let twice = Schema {
        fields: ["甲.预算数", "乙.预算数"].map(|path| scalar(path, heng_model::Type::Bool, optional())).into(),
        choices: vec![],
    };
    assert_snapshot!(findings(&toml(&twice, "\"预算数\" = true")), @r#"data/ambiguous 1:1 "\"预算数\"": 不止一项数据叫“预算数” | 写全名：甲.预算数、乙.预算数"#);
}

#[test]
fn aliases_are_names() {
    let mut schema = kinds();
    schema.fields[0].alias = Some("initial budget".into());
    schema.fields[12].alias = Some("three_public.budget".into());
    let reading = toml(&schema, "\"initial budget\" = \"1元\"\nthree_public.budget = \"2元\"");
    assert_eq!(findings(&reading), "");
    assert_snapshot!(facts(&schema, &reading), @r"
    年初预算数 = 1 @1
    三公经费.预算数 = 2 @2
    ");
}

#[test]
fn given_twice() {
    assert_snapshot!(refuse("\"编制数\" = 1\n\"编制数\" = 2"), @r#"data/duplicate 2:1 "\"编制数\"": “编制数”给了两次 | 只留一处，哪怕两处相同：同一个数据不能有两个来源 (前一次在这里 1行)"#);
    assert_snapshot!(refuse("\"三公经费\".\"预算数\" = \"1元\"\n\"三公经费.预算数\" = \"1元\""), @r#"data/duplicate 2:1 "\"三公经费.预算数\"": “三公经费.预算数”给了两次 | 只留一处，哪怕两处相同：同一个数据不能有两个来源 (前一次在这里 1行)"#);
    let files =
        [file("一.toml", "\"编制数\" = 1"), file("二.toml", "\"编制数\" = 1"), file("三.json", "{\"编制数\": 2}")];
    assert_snapshot!(findings(&heng_data::read_facts(&kinds(), &files)), @r#"
    data/duplicate 1:1 "\"编制数\"": “编制数”给了两次 | 只留一处，哪怕两处相同：同一个数据不能有两个来源 (前一次在这里 1行)
    data/duplicate 1:2 "\"编制数\"": “编制数”给了两次 | 只留一处，哪怕两处相同：同一个数据不能有两个来源 (前一次在这里 1行)
    "#);
}

#[test]
fn the_file_about_itself() {
    assert_snapshot!(read(r#"
"编制数" = 45
"得票数" = { "值" = 1, "出处" = "选举办" }
["文件"]
"性质" = "假设"
"出处" = "自评报告"
"单位" = "某局"
"填报日期" = "2024年10月15日"
["三公经费"]
"出处" = "决算报表"
"预算数" = "1元"
"决算数" = { "值" = "2元", "出处" = "附表3" }
[["采购合同"]]
"出处" = "合同台账"
"名称" = "甲"
"金额" = "1元"
"#), @r"
    编制数 = 45 @2 出处:自评报告 假设
    得票数 = 1 @3 出处:选举办 假设
    三公经费.预算数 = 1 @11 出处:决算报表 假设
    三公经费.决算数 = 2 @12 出处:附表3 假设
    采购合同 @13 出处:自评报告 假设
      “甲” @15 出处:合同台账 假设 · 1 @16 出处:合同台账 假设 · – Missing @13 出处:自评报告 假设 · – Missing @13 出处:自评报告 假设
    ");
    let reading = toml(&kinds(), "[file]\nbasis = \"reported\"\nunit_name = \"Bureau\"\nfilled = 2024-10-15");
    assert_eq!(findings(&reading), "");
    assert_eq!(&*reading.subject.name, "Bureau");
    assert_eq!(reading.subject.filled, Some(jiff::civil::date(2024, 10, 15)));
    assert_snapshot!(refuse("[file]\nbasis = \"估计\"\nfilled = \"2024-13-01\"\nunit = \"x\"\nsource = true"), @r#"
    data/basis 2:9 "\"估计\"": 文件的性质不能是“估计” | 写 “事实”（已报送的数）或 “假设”（为试算而设的数）
    data/date 3:10 "\"2024-13-01\"": “filled”没有这一天：“2024-13-01” | 核对年、月、日
    data/unknown-attribute 4:1 "unit": “文件”一段里不能写“unit” | 可以写：性质、出处、单位、填报日期
    data/type 5:10 "true": “source”要写成文字
    "#);
    assert_snapshot!(refuse("file = 1"), @r#"data/group 1:8 "1": “文件”一段要写成名称和值"#);
}

#[test]
fn two_departments_in_one_run() {
    let body = |name: &str| format!("[\"文件\"]\n\"单位\" = \"{name}\"");
    let files = [file("一.toml", body("甲局")), file("二.toml", body("甲局")), file("三.toml", body("乙局"))];
    assert_snapshot!(findings(&heng_data::read_facts(&kinds(), &files)), @r#"data/duplicate 2:8 "\"乙局\"": 两处的“单位”不一样 | 一次只评一个部门；核对是不是混进了别的文件 (前一次在这里 2行)"#);
}

#[test]
fn rows() {
    assert_snapshot!(read(r#"
[["采购合同"]]
"名称" = "保洁服务"
"金额" = "18万元"
"公告日期" = { "值" = "2023-05-24", "状态" = "有争议" }
[["采购合同"]]
"名称" = "物业"
"金额" = "缺报"
"#), @r"
    采购合同 @2
      “保洁服务” @3 · 180000 @4 · 2023-05-24 Disputed @5 · – Missing @2
      “物业” @7 · – Missing @8 · – Missing @6 · – Missing @6
    ");
    assert_snapshot!(read("\"采购合同\" = \"无\""), @"采购合同 None @1");
    assert_snapshot!(read("\"采购合同\" = { \"值\" = \"none\", \"出处\" = \"台账\" }"), @"采购合同 None @1 出处:台账");
    assert_snapshot!(read("\"采购合同\" = { \"状态\" = \"迟报\", \"行\" = [{ \"名称\" = \"甲\", \"金额\" = \"1元\" }] }"), @r"
    采购合同 Late @1
      “甲” @1 · 1 @1 · – Missing @1 · – Missing @1
    ");
}

#[test]
fn mistakes_in_rows() {
    assert_snapshot!(refuse(r#"
[["采购合同"]]
"名称" = "甲"
"金额" = 18
"公告日起" = "2023-05-24"
"占比" = "5%"
[["采购合同"]]
"名称" = " 甲"
"公告日期" = "明天"
[["采购合同"]]
"金额" = "1元"
"#), @r#"
    data/unit 4:8 "18": “金额”是 18，没有写单位 | 写明是 “18元”、“18万元” 还是 “18亿元”
    data/unknown 5:1 "\"公告日起\"": “采购合同”没有“公告日起”这一栏 | 是不是“公告日期”？
    data/computed 6:1 "\"占比\"": “占比”由规则计算，不用填 | 把这一栏删去
    data/missing-cell 7:1 "[[\"采购合同\"]]": “采购合同”第 2 行没有填“金额” | 填上；确实报不出来的，写“缺报”
    data/key 7:1 "[[\"采购合同\"]]": 两行的“名称”都是“甲” | 各行靠这一栏区分，不能相同 (前一次在这里 2行)
    data/date 9:10 "\"明天\"": “公告日期”不是日期：“明天” | 写年月日，如 2023年12月31日、2023-12-31、2023/12/31；在 Excel 里也可以用日期格式
    data/missing-cell 10:1 "[[\"采购合同\"]]": “采购合同”第 3 行没有填“名称” | 填上；确实报不出来的，写“缺报”
    "#);
    assert_snapshot!(refuse("\"采购合同\" = []"), @r#"data/empty-table 1:10 "[]": “采购合同”一行也没有 | 确实没有的，写明 “无”；还没有报的，把它删去"#);
    assert_snapshot!(refuse("\"采购合同\" = [1]"), @r#"data/table 1:11 "1": “采购合同”是表，要写成若干行 | TOML 里一行写一段 [["采购合同"]]，工作簿里另有一张同名的工作表；没有的写 “无”"#);
    assert_snapshot!(refuse("\"采购合同\" = \"没有\""), @r#"data/table 1:10 "\"没有\"": “采购合同”是表，要写成若干行 | TOML 里一行写一段 [["采购合同"]]，工作簿里另有一张同名的工作表；没有的写 “无”"#);
    assert_snapshot!(refuse("\"采购合同\" = \"迟报\""), @r#"data/table 1:10 "\"迟报\"": “采购合同”是表，要写成若干行 | TOML 里一行写一段 [["采购合同"]]，工作簿里另有一张同名的工作表；没有的写 “无”"#);
    assert_snapshot!(refuse("\"采购合同\" = \"不适用\""), @r#"data/state 1:10 "\"不适用\"": “采购合同”不能填“不适用” | 只有标明“可不适用”的数据可以填“不适用”"#);
    assert_snapshot!(refuse("[\"采购合同\"]\n\"名称\" = \"甲\"\n\"金额\" = \"1元\""), @r#"data/table 1:1 "[\"采购合同\"]": “采购合同”是表，这里只给了一行，没有写成列表 | TOML 里每一行用双方括号 [["采购合同"]]，JSON 里用 [ … ]"#);
    assert_snapshot!(refuse("\"采购合同\" = { \"状态\" = \"无\", \"行\" = [{ \"名称\" = \"甲\", \"金额\" = \"1元\" }] }"), @r#"data/state 1:10 "{ \"状态\" = \"无\", \"行\" = [{ \"名称\" = \"甲\", \"金额\" = \"1元\" }] }": “采购合同”有值，又写“无” | 有值时状态只能是 “无佐证”、“迟报” 或 “有争议”；否则把值删去"#);
}

#[test]
fn how_many_rows() {
    let mut contracts = contracts();
    if let heng_model::schema::Shape::Table(table) = &mut contracts.shape {
        (table.least_rows, table.most_rows) = (2, Some(2));
    }
    let schema = Schema { fields: vec![contracts], choices: vec![] };
    assert_snapshot!(findings(&toml(&schema, "\"采购合同\" = [{\"名称\" = \"甲\", \"金额\" = \"1元\"}]")), @r#"data/rows 1:10 "[{\"名称\" = \"甲\", \"金额\" = \"1元\"}]": “采购合同”有 1 行，应为恰好 2 行"#);
    assert_snapshot!(findings(&toml(&schema, "\"采购合同\" = \"无\"")), @r#"data/state 1:10 "\"无\"": “采购合同”至少要有 2 行，不能填“无”"#);
}

#[test]
fn what_is_not_handed_in_is_missing_and_never_nought() {
    let schema = Schema {
        fields: vec![
            scalar("编制数", quantity(heng_model::Quantity::Count), Default::default()),
            scalar("三公经费.预算数", quantity(heng_model::Quantity::Money), Default::default()),
            scalar("说明", heng_model::Type::Text, optional()),
            table("审计问题", vec![], Default::default()),
        ],
        choices: vec![],
    };
    assert_snapshot!(findings(&toml(&schema, "\"编制数\" = \"\"")), @r#"
    warning data/missing 1:9 "\"\"": “编制数”没有报送
    warning data/missing -: “三公经费.预算数”没有报送
    warning data/missing -: “审计问题”没有报送 | 确实没有的，写“无”
    "#);
    // A file that cannot be read says nothing about what is missing.
    assert_snapshot!(findings(&toml(&schema, "\"编制数\" = ")), @r#"data/syntax 1:9 "": 这里不合 TOML 的写法"#);
    assert_eq!(findings(&toml(&schema, "\"编制数\"=\"缺报\"\n\"三公经费.预算数\"=\"缺报\"\n\"审计问题\"=\"无\"")), "");
}

#[test]
fn mistakes_in_the_form() {
    assert_snapshot!(refuse("年初预算数 = \"1元\"\n编制数 = 2\n\"得票数\" = 1"), @r#"
    data/syntax 1:1 "年初预算数": 名称“年初预算数”要加英文双引号 | 写成 "年初预算数"
    data/syntax 2:1 "编制数": 名称“编制数”要加英文双引号 | 写成 "编制数"
    "#);
    assert_snapshot!(refuse("\"编制数\" ＝ 2"), @r#"data/syntax 1:7 "＝": 这里要用英文标点“=”，不能用“＝” | TOML 的引号、等号、方括号和逗号都用英文标点；引号里面的文字不受影响"#);
    assert_snapshot!(refuse("\"年初预算数\" = “1元”"), @r#"data/syntax 1:11 "“": 这里要用英文标点“"”，不能用““” | TOML 的引号、等号、方括号和逗号都用英文标点；引号里面的文字不受影响"#);
    assert_snapshot!(refuse("\"年初预算数\" = 12万元\n\"编制数\" = 2"), @r#"data/syntax 1:11 "12万元": 值“12万元”要加英文双引号 | 写成 "12万元""#);
    assert_snapshot!(refuse("[三公经费]\n\"预算数\" = \"1元\""), @r#"data/syntax 1:2 "三公经费": 名称“三公经费”要加英文双引号 | 写成 "三公经费""#);
    let fixed = toml(&kinds(), "  年初预算数 = \"1元\"").diagnostics.remove(0).fixes.remove(0);
    assert!(fixed.safe && fixed.edits[0].replacement == "\"年初预算数\"");
    assert_eq!((fixed.edits[0].span.start, fixed.edits[0].span.end), (2, 17));
}

#[test]
fn files_that_are_no_text() {
    let refuse = |name: &str, bytes: &[u8]| findings(&heng_data::read_facts(&kinds(), &[file(name, bytes)]));
    assert_snapshot!(refuse("甲.toml", b"# \n\"\xb1\xe0\xd6\xc6\xca\xfd\" = 1"), @"data/encoding 甲.toml: 第 2 行起不是 UTF-8 文字 | 文件多半存成了 GBK/GB18030；请用编辑器“另存为”，编码选 UTF-8");
    assert_snapshot!(refuse("甲.json", b"\xff\xfe{\0}\0"), @"data/encoding 甲.json: 文件存成了 UTF-16（“Unicode”） | 请用编辑器“另存为”，编码选 UTF-8");
    assert_snapshot!(refuse("甲.xls", b""), @"data/file-kind 甲.xls: “甲.xls”不是能读的数据文件 | 数据文件用 .toml、.json 或 .xlsx；旧的 .xls 请在 Excel 里另存为 .xlsx");
    assert_snapshot!(refuse("甲", b""), @"data/file-kind 甲: “甲”不是能读的数据文件 | 数据文件用 .toml、.json 或 .xlsx；旧的 .xls 请在 Excel 里另存为 .xlsx");
    assert_snapshot!(refuse("甲.toml", &vec![b' '; (64 << 20) + 1]), @"data/size 甲.toml: “甲.toml”太大：超过 64 MB | 一个部门的数据远不到这么大；看看是不是给错了文件，或工作簿里嵌了图片");
}

#[test]
fn byte_order_mark_and_line_ends_make_no_difference() {
    let plain = "\"编制数\" = 45\n\"三公经费\".\"预算数\" = \"1元\"\n";
    let marked = format!("\u{feff}{}", plain.replace('\n', "\r\n"));
    assert_eq!(read(plain), read(&marked));
    assert_eq!(refuse(&marked.replace("45", "四五")), refuse(&plain.replace("45", "四五")));
}

#[test]
fn a_judgement_outside_its_band_is_refused() {
    use heng_model::{
        FieldId, Number, Quantity,
        schema::{Bound, Interval, Rating, Shape},
        value::DatumRef,
    };
    let mut field = scalar("质量", quantity(Quantity::Points), optional());
    let end = |at: i64| Some(Bound { at: Number::from(at), closed: true });
    field.shape = Shape::Rating(Rating { quantity: Quantity::Points, band: Interval { low: end(0), high: end(3) } });
    let schema = Schema { fields: vec![field], choices: Vec::new() };
    assert_eq!(findings(&toml(&schema, "\"质量\" = { \"值\" = \"3分\", \"理由\" = \"好\" }")), "");
    let reading = toml(&schema, "\"质量\" = { \"值\" = \"3.5分\", \"理由\" = \"好\" }");
    assert!(findings(&reading).contains("data/domain"), "{}", findings(&reading));
    assert!(reading.facts.cell(DatumRef::field(FieldId(0))).unwrap().value.is_none());
}

#[test]
fn reason_and_evidence_beside_a_table_are_those_of_its_figures() {
    use heng_model::{FieldId, value::DatumRef};
    let schema = Schema { fields: vec![contracts()], choices: Vec::new() };
    let name = schema.fields[0].table().unwrap().columns[0].name.to_string();
    let body = format!(
        "[\"{}\"]\n\"佐证\" = \"合同台账\"\n\"行\" = [{{ \"{name}\" = \"一\" }}, {{ \"{name}\" = {{ \"值\" = \"二\", \"佐证\" = \"另附\" }} }}]\n",
        schema.fields[0].dotted()
    );
    let reading = toml(&schema, &body);
    let evidence =
        |row| reading.facts.cell(DatumRef { field: FieldId(0), cell: Some((row, 0)) }).unwrap().evidence.clone();
    assert_eq!(
        (evidence(0).as_deref(), evidence(1).as_deref()),
        (Some("合同台账"), Some("另附")),
        "{}",
        findings(&reading)
    );
}
