//! What the formatter makes of one thing each.
#![allow(clippy::unwrap_used, reason = "tests say what they expect by failing")]

use heng_diag::Lang;
use heng_dsl::{FormatOptions, format};
use insta::assert_snapshot;

fn set(text: &str) -> String {
    let once = format(text, &FormatOptions::default()).text;
    assert_eq!(format(&once, &FormatOptions::default()).text, once, "twice is not once");
    once
}

fn english(text: &str) -> String {
    let english = format(text, &FormatOptions { to: Some(Lang::En) }).text;
    let back = format(&english, &FormatOptions { to: Some(Lang::Zh) }).text;
    assert_eq!(back, format(text, &FormatOptions { to: Some(Lang::Zh) }).text, "there and back is not the same");
    english
}

#[test]
fn signs_and_blanks() {
    assert_snapshot!(set("
三级指标　甲（一）　１０　分｛
当调整预算数=0元:不适用
  支出率=支出决算数/调整预算数*100%-5 %
\t得分=满分×占比(合同 凡 签订日期 在 中标日期 起 30 天 内),不超过 满分,保留 2 位
須：不是栏目
分档 (甲+乙)/丙{
〉：坏
>=90 %:5分
【80%，90%):4分，按整
60%(含)至80%(不含):−2分
70% 以上 不满 75% ：3 分
其他:0分}
}
"), @r"
    三级指标 甲（一） 10分 {
        当调整预算数 = 0元:不适用
        支出率 = 支出决算数 ÷ 调整预算数 × 100% − 5%
        得分 = 满分 × 占比（合同 凡 签订日期 在 中标日期 起 30天 内），不超过 满分，保留2位
        須：不是栏目
        分档（甲 + 乙） ÷ 丙 {
            〉：坏
            ≥ 90%：5分
            [80%, 90%)：4分，按整
            60%（含）至 80%（不含）：−2分
            70% 以上 不满 75%：3分
            其他：0分
        }
    }
    ");
}

#[test]
fn data_and_parameters() {
    assert_snapshot!(set("
数据{
甲:金额>=0元,必填,说明\"元\"
乙:表,至少 1 项{名称:文本,键;类别:选项{货物,服务 ,工程}
须 甲≥0元:\"太少\",否则 提示 },可缺
丙 : 比率[0%,100%],缺报视为 不符合
空{
}
}
参数{ 限额=200 万元,依据《采购法》第四条,状态 演示
起点=2022年07月01日; 终点=2022-12-31 }
方法 份额(类别:选项 自 乙.类别;日:日期,可缺):比率=分档 日{<2022年7月1日:30%;其他:40%}
"), @r"
    数据 {
        甲：金额 ≥ 0元，必填，说明“元”
        乙：表，至少 1项 {
            名称：文本，键
            类别：选项 {货物, 服务, 工程}
            须 甲 ≥ 0元：“太少”，否则 提示
        }，可缺
        丙：比率 [0%, 100%]，缺报视为不符合
        空 {}
    }

    参数 {
        限额 = 200万元，依据《采购法》第四条，状态 演示
        起点 = 2022年7月1日
        终点 = 2022年12月31日
    }

    方法 份额（类别：选项 自 乙.类别；日：日期，可缺）：比率 = 分档 日 {
        < 2022年7月1日：30%
        其他：40%
    }
    ");
}

#[test]
fn a_block_stays_on_its_line_while_it_is_short() {
    assert_snapshot!(set("
数据 { 专项资金：表{名称：文本；下达比例：比率}; 制度 { 已建立：是否；合法完整：是否；有效执行：是否；另一项很长的名称：是否；又一项很长的名称：是否 } }
三级指标 甲 3分 { 得分 = 分档 率 { ≥ 90%：3分；其他：0分 } }
"), @r"
    数据 {
        专项资金：表 { 名称：文本；下达比例：比率 }
        制度 {
            已建立：是否
            合法完整：是否
            有效执行：是否
            另一项很长的名称：是否
            又一项很长的名称：是否
        }
    }

    三级指标 甲 3分 { 得分 = 分档 率 { ≥ 90%：3分；其他：0分 } }
    ");
}

#[test]
fn what_was_broken_is_joined_where_it_fits() {
    assert_snapshot!(set("
一级指标 甲 3分 {
    得分 =
        满分 ×
      （ 甲 +
        乙 ），
        不超过 满分
    须 第一个很长的条件的名称 ≥ 第二个很长的条件的名称 且
        第三个很长的条件的名称 ≥ 第四个很长的条件的名称 且
            第五个很长的条件的名称 ≥ 第六个很长的条件的名称
    丙 = 取大（
        甲,   # 第一个
        乙
        # 没有了
    ）
}
数据 { 类别：选项 {
    货物,
    服务
} }
"), @r"
    一级指标 甲 3分 {
        得分 = 满分 × （甲 + 乙），不超过 满分
        须 第一个很长的条件的名称 ≥ 第二个很长的条件的名称 且
            第三个很长的条件的名称 ≥ 第四个很长的条件的名称 且
            第五个很长的条件的名称 ≥ 第六个很长的条件的名称
        丙 = 取大（
            甲，  # 第一个
            乙
            # 没有了
        ）
    }

    数据 {
        类别：选项 {货物, 服务}
    }
    ");
}

#[test]
fn comments_keep_their_place() {
    assert_snapshot!(set("
# 开头


// 第二段
规则包 例 { # 包
    评价年度：2023#不是注释
    地区：甲     # 尾
    通知：乙丙 # 尾二

    # 最后

} // 完
一级指标 甲 3分 {
    得分 = 甲# 紧跟着
}
# 属于乙
一级指标 乙 3分 {
    待编
}

# 末尾"), @r"
    # 开头

    // 第二段
    规则包 例 {  # 包
        评价年度：2023#不是注释
        地区：甲    # 尾
        通知：乙丙  # 尾二

        # 最后
    }  // 完

    一级指标 甲 3分 {
        得分 = 甲  # 紧跟着
    }

    # 属于乙
    一级指标 乙 3分 {
        待编
    }

    # 末尾
    ");
}

#[test]
fn points_of_one_line_indicators_stand_in_a_column() {
    assert_snapshot!(set("
一级指标 甲 30分 {
三级指标 采购意向公开合规性 2分 { 待编 }
三级指标 “三公”经费 10分 { 待编 }
三级指标 ABC 5.5分 { 待编 }
# 隔开
三级指标 单独 2分 { 待编 }
加分指标 扣 -5分 { 待编 }
}
"), @r"
    一级指标 甲 30分 {
        三级指标 采购意向公开合规性 2分 { 待编 }
        三级指标 “三公”经费        10分 { 待编 }
        三级指标 ABC              5.5分 { 待编 }
        # 隔开
        三级指标 单独 2分 { 待编 }
        加分指标 扣  −5分 { 待编 }
    }
    ");
}

#[test]
fn what_cannot_be_read_stays() {
    let broken = "一级指标 甲 3分 {\n得分=满分\n";
    assert_eq!(format(broken, &FormatOptions::default()).text, broken);
    assert_snapshot!(set("
一级指标 甲 3分 {
      得分:=满分××率   # 看看
  率=甲÷乙
    乙 = 丙  丁   戊
三级 指标 丙 {
   随便
     什么 }
}
"), @r"
    一级指标 甲 3分 {
        得分:=满分××率  # 看看
        率 = 甲 ÷ 乙
        乙 = 丙 丁   戊
        三级 指标 丙 {
       随便
         什么 }
    }
    ");
}

#[test]
fn a_text_does_not_become_a_comment() {
    assert_snapshot!(english("
规则包#1 {
    来源：//example.org/甲#乙
    说明：#号
    通知：甲 # 注
}
"), @r"
    pack#1 {
        source://example.org/甲#乙
        note:#号
        notice: 甲  # 注
    }
    ");
}

#[test]
fn a_separator_behind_what_cannot_be_read_stays() {
    assert_snapshot!(set("
规则包 例 {
    等级 =； 分档 总分 { ≥ 90：优 }
    甲 = 1；乙 = 2；
}
"), @r"
    规则包 例 {
        等级 =；
        分档 总分 { ≥ 90：优 }
        甲 = 1
        乙 = 2
    }
    ");
}

#[test]
fn no_blank_is_put_where_it_would_decide() {
    assert_snapshot!(set("
数据 { 甲：是否；甲且：是否；乙：是否；且乙：是否 }
一级指标 丙 3分 {
    当甲且且乙：满分
    当甲且乙：满分
}
"), @r"
    数据 { 甲：是否；甲且：是否；乙：是否；且乙：是否 }

    一级指标 丙 3分 {
        当甲且且乙：满分
        当 甲 且 乙：满分
    }
    ");
}

#[test]
fn levels_are_written_where_they_are_known() {
    assert_snapshot!(set("指标 甲 3分 {\n指标 乙 3分 { 待编 }\n}\n"), @r"
    一级指标 甲 3分 {
        二级指标 乙 3分 { 待编 }
    }
    ");
    assert_snapshot!(set("指标 甲 3分 {\n三级指标 乙 3分 { 待编 }\n}\n"), @r"
    指标 甲 3分 {
        三级指标 乙 3分 { 待编 }
    }
    ");
}

#[test]
fn an_english_file_is_set_in_english() {
    assert_snapshot!(set("
pack Example{year：2023
missing：stop}
indicator A 10 points {
when not(a＝0yuan)or b≥1 item:not_applicable
bands (total，round 2)×2 {≥90%：1points；（80%，90%）：“good”；60%(incl)through 80 % (excl):−1 points
else:0points}
}
method f（a：number,b:date）:ratio=a÷2022年7月1日
"), @r#"
    pack Example {
        year: 2023
        missing: stop
    }

    indicator A 10 points {
        when not (a = 0 yuan) or b >= 1 item: not_applicable
        bands (total, round 2) * 2 {
            >= 90%: 1 point
            (80%, 90%): "good"
            60% (incl) through 80% (excl): -1 point
            else: 0 points
        }
    }

    method f(a: number, b: date): ratio = a / 2022-07-01
    "#);
}

#[test]
fn every_word_goes_over_and_comes_back() {
    assert_snapshot!(english("
规则包 例 {
    评价年度：2023
    满分：100分
    填报截止：2024年10月15日
    无：视为不符合
    无佐证：0分
    取整方式：不足一个按一个
}

一级指标 甲 3分 {
    状态：演示
    说明：满分
    当 非（甲 缺报 或 乙 无佐证）：待核
    须 丙 在 丁 起 10个工作日 内：“过了期”，否则 提示
    须 率 达到 5% 且 率 不足 9% 或 率 多于 10%，否则 退回
    率 = 合计（表 凡 值 ≠ 是，值，略去 缺报、迟报，至少 2项） − 线性 满分 到 0分
    得分 = 分档 率，年（日） {
        90%（含）以上，2021年：满分
        60%（含）至 90%（不含），其他：满分 × 率，不低于 0分，保留2位小数 四舍六入
        20% 以内，≤ 2020年：评定 [0分, 3分]
        其他，缺报：0分，依据《法》第一条
    }
    扣分 从 1分 到 −2分 {
        问题 凡 查实，每 1起：1分
        率 超过 3%，每 1个百分点：0.5分，按比例
    }
}

数据 {
    甲：金额，必填，英文名“a”
    值：列 数，可不适用，仅报告
    满：检查
}
"), @r#"
    pack 例 {
        year: 2023
        full: 100 points
        due: 2024-10-15
        none: not_met
        no_evidence: 0 points
        steps: part_as_whole
    }

    indicator 甲 3 points {
        status: demo
        note: 满分
        when not (甲 missing or 乙 no_evidence): review
        require 丙 in 丁 from 10 working_days within: "过了期", else remark
        require 率 reaching 5% and 率 short_of 9% or 率 more_than 10%, else return
        率 = sum(表 where 值 != yes, 值, skip missing、late, at_least 2 items) - linear full to 0 points
        score = bands 率, year_of(日) {
            90% (incl) and_above, 2021 year: full
            60% (incl) through 90% (excl), else: full * 率, at_least 0 points, round 2 decimal_places half_even
            20% and_within, <= 2020 year: rated [0 points, 3 points]
            else, missing: 0 points, basis 《法》第一条
        }
        deduct from 1 point to -2 points {
            问题 where 查实, per 1 case: 1 point
            率 above 3%, per 1 percentage_points: 0.5 points, pro_rata
        }
    }

    data {
        甲: money, required, name_en "a"
        值: list number, may_not_apply, report_only
        满: check
    }
    "#);
}

#[test]
fn a_name_that_means_something_else_stays() {
    // 满分 is a datum here, and `total` names another: neither may be turned into the other's word.
    assert_snapshot!(english("
数据 {
    满分：数
    total：数
    合计：数
}
一级指标 甲 3分 {
    得分 = 满分 + total + 总分 + 合计 + 合计（表，合计）
}
"), @r"
    data {
        满分: number
        total: number
        合计: number
    }

    indicator 甲 3 points {
        score = 满分 + total + 总分 + 合计 + 合计(表, 合计)
    }
    ");
}

#[test]
fn words_keep_their_language_until_asked() {
    assert_snapshot!(set("一级指标 甲 1分 {\n  when 甲=0 yuan:不适用\n 得分 = full*share(乙 where 丙)\n}\n"), @r"
    一级指标 甲 1分 {
        when 甲 = 0 yuan: 不适用
        得分 = full * share(乙 where 丙)
    }
    ");
}

#[test]
fn cases_and_properties_are_turned_over_too() {
    let data = "数据 {
    支出：金额 ≥ 0元
    人数：个数
    名目：文本
    开始：日期
    合规：是否
    合同：表 {
        名称：文本，键
        金额：金额
        签订：日期，可缺
    }
}
";
    let cases = "
用例 两个人 { # 数据：不动
    数据：../example/facts.toml
    支出：90万元 # 支出：1元
    人数：1个
    名目：2个
    开始：2024年3月1日
    合规：是
    合同 = 表格 {
        名称｜金额｜签订
        2个｜30万元｜2024年3月20日
        无｜1亿元｜
    }
    期望 {
        支出率：10分
        合同：待核 0 … 10
        人：不适用
        率：≈3.11
        总分：≥ 8分
        等级：无
        提示：总分：不对
    }
}

性质 {
    支出 越大，支出率 不减
    甲.支出、人数 同乘，总分 不变
    支出率 在 0分 到 满分
    合同 调换行序，合同 不增
}
";
    assert_snapshot!(english(&format!("{data}{cases}")), @"
    data {
        支出: money >= 0 yuan
        人数: count
        名目: text
        开始: date
        合规: yes_no
        合同: table {
            名称: text, key
            金额: money
            签订: date, optional
        }
    }

    test 两个人 { # 数据：不动
        base: ../example/facts.toml
        支出: 90 wan_yuan # 支出：1元
        人数: 1 unit
        名目: 2个
        开始: 2024-03-01
        合规: yes
        合同 = table {
            名称 | 金额 | 签订
            2个 | 30 wan_yuan | 2024-03-20
            无 | 1 yi_yuan |
        }
        expect {
            支出率: 10 points
            合同: review 0 … 10
            人: not_applicable
            率: ≈3.11
            total: ≥ 8 points
            grade: none
            says: 总分：不对
        }
    }

    properties {
        支出 rises, 支出率 never falls
        甲.支出, 人数 scaled together, total stays
        支出率 within 0 points to full
        合同 reordered, 合同 never rises
    }
    ");
    assert_eq!(set(&format!("{data}{cases}")), format!("{data}{cases}"), "their words stay");
}
