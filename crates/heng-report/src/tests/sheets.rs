use heng_diag::Lang;
use heng_model::{Facts, Number, Program, facts::Subject};

use super::{
    kit::Kit,
    sample::{gated, sample},
};
use crate::{Sheet, layout::width, score_sheet, teller::Teller};

#[test]
fn a_decided_sheet_at_100_columns() {
    insta::assert_snapshot!(score_sheet(&sample(false).sheet(), Lang::Zh, 100), @"
    某区部门整体支出绩效自评  评分表

    评价年度  2023年
    地区      某省某市某区
    通知      某财〔2024〕1号
    评价单位  某区档案局
    填报日期  2024年10月8日
    填报截止  2024年10月15日
    规则状态  演示
    声明      分值和标准是为演示编的，正式评分以财政部门印发的评分表为准。

    ----------------------------------------------------------------------------------------------------
    指标                                分值     得分  得分说明                                 标准状态
    ----------------------------------------------------------------------------------------------------
    履职效能                              35    30.50
      部门预算资金支出率                  20   18.00*  支出率 = 9000万元 ÷ 10000万元 = 90%；    未核实
                                                       20分 × 90% = 18分
      部门整体绩效目标产出指标完成情况    15    12.50  共3项，1项未得满分：绩效指标 第2行（培   演示
                                                       训场次）得2.50分

    管理效率                              35   ≈20.46
      预算管理                            10    ≈4.83
        预算编制约束性                     4    ≈1.33  700万元 ÷ 3000万元 ≈ 23.33%，属“(10%,    演示
                                                       30%]”，从满分按比例减至0分
        财务管理合规性                     6     3.50  查实的财务问题1项，扣1分；103.5万元 ÷    二手
                                                       100万元 = 103.5%，超过100%，扣1.5分（3
                                                       × 0.5分）
      绩效与采购管理                      25   15.625  “公务用车管理”不适用，分值折算到其余指
                                                       标
        绩效管理制度建设                   6     2.00  3项中1项成立，未成立的：管理制度.绩效目  已核实
                                                       标、管理制度.结果应用（缺报）
        采购合同签订时效性                 2    1.00*  2项中1项符合，不符合的：合同 第2行       未核实
        资产收益上缴的及时性               2     2.00  没有处置，得满分                         未核实
        绩效管理制度执行                  10     7.50  评审人评定                               演示
        公务用车管理                       5   不适用  公务用车支出为0元                        演示

    工作表彰                              +3     1.00  1分                                      未注明
    ----------------------------------------------------------------------------------------------------
    总分  ≈51.96 / 70    等级  中
    * 得分依据假设的数据，不是该单位报送的。

    失分（共≈19.04分）
      - 部门预算资金支出率 2.00分：支出率 = 9000万元 ÷ 10000万元 = 90%；20分 × 90% = 18分
      - 部门整体绩效目标产出指标完成情况 2.50分：共3项，1项未得满分：绩效指标 第2行（培训场次）得2.50分
      - 预算编制约束性 ≈2.67分：700万元 ÷ 3000万元 ≈ 23.33%，属“(10%, 30%]”，从满分按比例减至0分
      - 财务管理合规性 2.50分：查实的财务问题1项，扣1分；103.5万元 ÷ 100万元 = 103.5%，超过100%，扣1.5分
        （3 × 0.5分）
      - 绩效与采购管理 1.875分：“公务用车管理”不适用，分值折算到其余指标
      - 绩效管理制度建设 4.00分：3项中1项成立，未成立的：管理制度.绩效目标、管理制度.结果应用（缺报）
      - 采购合同签订时效性 1.00分：2项中1项符合，不符合的：合同 第2行
      - 绩效管理制度执行 2.50分：评审人评定；执行质量评7.5分，理由是“结果应用不够充分”

    依据假设的得分（共19.00分）
      - 部门预算资金支出率 18.00分：调整预算数
      - 采购合同签订时效性 1.00分：合同

    提示
      - “年初预算数”迟报；请核对报送日期，有正当理由的请说明。
      - 工作日历里没有2019年；请补上该年的放假调休安排。
      - 绩效管理制度建设：“管理制度.结果应用”缺报，请补报。

    评分标准的核实情况
      已核实 1项 6分；二手 1项 6分；未核实 3项 24分；演示 4项 34分；未注明 1项 0分
      注意：70分中有64分的评分标准没有核实，不能当作正式标准；以财政部门印发的评分表为准。
    ");
}

#[test]
fn an_open_sheet_has_a_range_and_no_grade() {
    insta::assert_snapshot!(score_sheet(&sample(true).sheet(), Lang::Zh, 100), @"
    某区部门整体支出绩效自评  评分表

    评价年度  2023年
    地区      某省某市某区
    通知      某财〔2024〕1号
    评价单位  某区档案局
    填报日期  2024年10月8日
    填报截止  2024年10月15日
    规则状态  演示
    声明      分值和标准是为演示编的，正式评分以财政部门印发的评分表为准。

    ----------------------------------------------------------------------------------------------------
    指标                                分值            得分  得分说明                          标准状态
    ----------------------------------------------------------------------------------------------------
    履职效能                              35           30.50
      部门预算资金支出率                  20          18.00*  支出率 = 9000万元 ÷ 10000万元 =   未核实
                                                              90%；20分 × 90% = 18分
      部门整体绩效目标产出指标完成情况    15           12.50  共3项，1项未得满分：绩效指标      演示
                                                              第2行（培训场次）得2.50分

    管理效率                              65   ≈18.58~≈51.58  下级“绩效与采购管理”待定
      预算管理                            10           ≈4.83
        预算编制约束性                     4           ≈1.33  700万元 ÷ 3000万元 ≈ 23.33%，属   演示
                                                              “(10%, 30%]”，从满分按比例减至
                                                              0分
        财务管理合规性                     6            3.50  查实的财务问题1项，扣1分；        二手
                                                              103.5万元 ÷ 100万元 = 103.5%，超
                                                              过100%，扣1.5分（3 × 0.5分）
      绩效与采购管理                      55     13.75~46.75  下级“固定资产利用率”待定
        绩效管理制度建设                   6            2.00  3项中1项成立，未成立的：管理制    已核实
                                                              度.绩效目标、管理制度.结果应用
                                                              （缺报）
        采购合同签订时效性                 2           1.00*  2项中1项符合，不符合的：合同      未核实
                                                              第2行
        资产收益上缴的及时性               2            2.00  没有处置，得满分                  未核实
        绩效管理制度执行                  10            7.50  评审人评定                        演示
        公务用车管理                       5          不适用  公务用车支出为0元                 演示
        固定资产利用率                    10      0.00~10.00  “固定资产.总值”缺报               未核实
        数据质量                          20      0.00~20.00  评分标准待编                      未注明

    工作表彰                              +3            1.00  1分                               未注明
    ----------------------------------------------------------------------------------------------------
    总分  ≈50.08至≈83.08 / 100    待定，不评等级
      下级“管理效率”待定
    * 得分依据假设的数据，不是该单位报送的。

    失分（共≈17.17分）
      - 部门预算资金支出率 2.00分：支出率 = 9000万元 ÷ 10000万元 = 90%；20分 × 90% = 18分
      - 部门整体绩效目标产出指标完成情况 2.50分：共3项，1项未得满分：绩效指标 第2行（培训场次）得2.50分
      - 预算编制约束性 ≈2.67分：700万元 ÷ 3000万元 ≈ 23.33%，属“(10%, 30%]”，从满分按比例减至0分
      - 财务管理合规性 2.50分：查实的财务问题1项，扣1分；103.5万元 ÷ 100万元 = 103.5%，超过100%，扣1.5分
        （3 × 0.5分）
      - 绩效管理制度建设 4.00分：3项中1项成立，未成立的：管理制度.绩效目标、管理制度.结果应用（缺报）
      - 采购合同签订时效性 1.00分：2项中1项符合，不符合的：合同 第2行
      - 绩效管理制度执行 2.50分：评审人评定；执行质量评7.5分，理由是“结果应用不够充分”

    依据假设的得分（共19.00分）
      - 部门预算资金支出率 18.00分：调整预算数
      - 采购合同签订时效性 1.00分：合同

    待定
      - 固定资产利用率 0.00至10.00分：“固定资产.总值”缺报，请补报。
      - 数据质量 0.00至20.00分：评分标准还没有编写；请在规则文件里写明后重新评分。

    提示
      - “年初预算数”迟报；请核对报送日期，有正当理由的请说明。
      - 工作日历里没有2019年；请补上该年的放假调休安排。
      - 绩效管理制度建设：“管理制度.结果应用”缺报，请补报。

    评分标准的核实情况
      已核实 1项 6分；二手 1项 6分；未核实 4项 34分；演示 4项 34分；未注明 2项 20分
      注意：100分中有94分的评分标准没有核实，不能当作正式标准；以财政部门印发的评分表为准。
    ");
}

#[test]
fn the_same_in_english() {
    insta::assert_snapshot!(score_sheet(&sample(true).sheet(), Lang::En, 100), @"
    某区部门整体支出绩效自评  Score sheet

    Evaluated year       2023
    Region               某省某市某区
    Notice               某财〔2024〕1号
    Department           某区档案局
    Filled in            2024-10-08
    Due                  2024-10-15
    Status of the rules  demo
    Please note          分值和标准是为演示编的，正式评分以财政部门印发的评分表为准。

    ----------------------------------------------------------------------------------------------------
    Indicator                           Max           Score  How it came about                Rule
    ----------------------------------------------------------------------------------------------------
    履职效能                             35           30.50
      部门预算资金支出率                 20          18.00*  支出率 = 90,000,000 yuan /       unverified
                                                             100,000,000 yuan = 90%; 20
                                                             points * 90% = 18 points
      部门整体绩效目标产出指标完成情况   15           12.50  3 rows, 1 not in full: 绩效指标  demo
                                                             row 2 (培训场次) 2.50

    管理效率                             65   ≈18.58~≈51.58  绩效与采购管理 is open
      预算管理                           10           ≈4.83
        预算编制约束性                    4           ≈1.33  7,000,000 yuan / 30,000,000      demo
                                                             yuan ≈ 23.33%, in (10%, 30%]:
                                                             falling in proportion from full
                                                             marks to 0 points
        财务管理合规性                    6            3.50  1 of 财务问题 where 查实: 1      secondary
                                                             point off; 1,035,000 yuan /
                                                             1,000,000 yuan = 103.5%, above
                                                             100%: 1.5 points off (3 × 0.5
                                                             points)
      绩效与采购管理                     55     13.75~46.75  固定资产利用率 is open
        绩效管理制度建设                  6            2.00  1 of 3 hold, not: 管理制度.绩效  verified
                                                             目标, 管理制度.结果应用
                                                             (missing)
        采购合同签订时效性                2           1.00*  1 of 2 rows qualify, not: 合同   unverified
                                                             row 2
        资产收益上缴的及时性              2            2.00  there are no 处置: full marks    unverified
        绩效管理制度执行                 10            7.50  judged by a reviewer             demo
        公务用车管理                      5             n/a  公务用车支出 is 0 yuan           demo
        固定资产利用率                   10      0.00~10.00  固定资产.总值: missing           unverified
        数据质量                         20      0.00~20.00  rule not written yet             not stated

    工作表彰                             +3            1.00  1 point                          not stated
    ----------------------------------------------------------------------------------------------------
    Total  ≈50.08 to ≈83.08 / 100    open, no grade
      管理效率 is open
    * The score rests on assumed data, not on data the department handed in.

    Points lost (≈17.17)
      - 部门预算资金支出率 2.00: 支出率 = 90,000,000 yuan / 100,000,000 yuan = 90%; 20 points * 90% = 18
        points
      - 部门整体绩效目标产出指标完成情况 2.50: 3 rows, 1 not in full: 绩效指标 row 2 (培训场次) 2.50
      - 预算编制约束性 ≈2.67: 7,000,000 yuan / 30,000,000 yuan ≈ 23.33%, in (10%, 30%]: falling in
        proportion from full marks to 0 points
      - 财务管理合规性 2.50: 1 of 财务问题 where 查实: 1 point off; 1,035,000 yuan / 1,000,000 yuan =
        103.5%, above 100%: 1.5 points off (3 × 0.5 points)
      - 绩效管理制度建设 4.00: 1 of 3 hold, not: 管理制度.绩效目标, 管理制度.结果应用 (missing)
      - 采购合同签订时效性 1.00: 1 of 2 rows qualify, not: 合同 row 2
      - 绩效管理制度执行 2.50: judged by a reviewer; 执行质量 judged 7.5 points, because: 结果应用不够充
        分

    Points resting on assumptions (19.00)
      - 部门预算资金支出率 18.00: 调整预算数
      - 采购合同签订时效性 1.00: 合同

    Open
      - 固定资产利用率 0.00 to 10.00: 固定资产.总值 is missing; hand it in.
      - 数据质量 0.00 to 20.00: The rule is not written yet; write it in the rule file and score again.

    Findings
      - 年初预算数 was handed in late; check the date, and give the reason if there is a good one.
      - The calendar has no year 2019; add that year's holidays and make-up days.
      - 绩效管理制度建设: 管理制度.结果应用 is missing; hand it in.

    How far the rules are verified
      verified: 1 rule, 6 points; secondary: 1 rule, 6 points; unverified: 4 rules, 34 points; demo: 4
      rules, 34 points; not stated: 2 rules, 20 points
      Warning: the rules for 94 of 100 points are not verified and are not the official rules; the
      scoring table issued by the finance bureau decides.
    ");
}

#[test]
fn a_gate_marks_what_it_overrides() {
    let sheet = score_sheet(&gated().sheet(), Lang::Zh, 100);
    let lines = sheet.lines().skip_while(|line| !line.contains("管理效率")).take(40);
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @"
    管理效率                              35   15.625
      预算管理                            10     0.00  有财务问题，得0分
        预算编制约束性                     4  (≈1.33)  不计：“预算管理”另有规定在先             演示
        财务管理合规性                     6   (3.50)  不计：“预算管理”另有规定在先             二手
      绩效与采购管理                      25   15.625  “公务用车管理”不适用，分值折算到其余指
                                                       标
        绩效管理制度建设                   6     2.00  3项中1项成立，未成立的：管理制度.绩效目  已核实
                                                       标、管理制度.结果应用（缺报）
        采购合同签订时效性                 2    1.00*  2项中1项符合，不符合的：合同 第2行       未核实
        资产收益上缴的及时性               2     2.00  没有处置，得满分                         未核实
        绩效管理制度执行                  10     7.50  评审人评定                               演示
        公务用车管理                       5   不适用  公务用车支出为0元                        演示

    工作表彰                              +3     1.00  1分                                      未注明
    ----------------------------------------------------------------------------------------------------
    总分  47.125 / 70    等级  中
    * 得分依据假设的数据，不是该单位报送的。
    (  ) 算出但不计的得分：上级另有规定在先。

    失分（共23.875分）
      - 部门预算资金支出率 2.00分：支出率 = 9000万元 ÷ 10000万元 = 90%；20分 × 90% = 18分
      - 部门整体绩效目标产出指标完成情况 2.50分：共3项，1项未得满分：绩效指标 第2行（培训场次）得2.50分
      - 预算管理 10.00分：有财务问题，得0分
      - 绩效与采购管理 1.875分：“公务用车管理”不适用，分值折算到其余指标
      - 绩效管理制度建设 4.00分：3项中1项成立，未成立的：管理制度.绩效目标、管理制度.结果应用（缺报）
      - 采购合同签订时效性 1.00分：2项中1项符合，不符合的：合同 第2行
      - 绩效管理制度执行 2.50分：评审人评定；执行质量评7.5分，理由是“结果应用不够充分”

    依据假设的得分（共19.00分）
      - 部门预算资金支出率 18.00分：调整预算数
      - 采购合同签订时效性 1.00分：合同

    提示
      - “年初预算数”迟报；请核对报送日期，有正当理由的请说明。
      - 工作日历里没有2019年；请补上该年的放假调休安排。
      - 绩效管理制度建设：“管理制度.结果应用”缺报，请补报。

    评分标准的核实情况
      已核实 1项 6分；二手 1项 6分；未核实 3项 24分；演示 4项 34分；未注明 1项 0分
      注意：70分中有64分的评分标准没有核实，不能当作正式标准；以财政部门印发的评分表为准。
    ");
}

#[test]
fn losses_and_bonuses_fill_the_gap_to_full_marks() {
    for sample in [sample(false), gated()] {
        let sheet = sample.sheet();
        let teller = Teller::new(&sheet, Lang::Zh);
        let (_, root, score) = teller.scores().next().unwrap();
        let lost: Number = teller.losses().into_iter().map(|loss| loss.points).sum();
        let bonus = sample.scorecard.nodes[sample.node("工作表彰").0 as usize].outcome.points().unwrap().clone();
        assert_eq!(&(score.outcome.points().unwrap() + &lost) - &bonus, root.full);
    }
}

/// The display column at which a text starts in a line.
fn column_of(line: &str, text: &str) -> Option<usize> {
    line.split_once(text).map(|(before, _)| width(before))
}

#[test]
fn every_line_fits_and_columns_stand_under_their_heads() {
    for lang in [Lang::Zh, Lang::En] {
        for sample in [sample(false), sample(true), gated()] {
            for columns in [60, 72, 80, 100, 120, 160, 240] {
                let sheet = score_sheet(&sample.sheet(), lang, columns);
                for line in sheet.lines() {
                    assert!(width(line) <= columns, "{columns} {lang:?}: {line}");
                    assert_eq!(line.trim_end(), line);
                }
                let words: [&str; 5] = match lang {
                    Lang::Zh => ["得分说明", "标准状态", "未核实", "演示", "二手"],
                    Lang::En => ["How it came", "Rule", "unverified", "demo", "secondary"],
                };
                let table: Vec<_> =
                    sheet.split("\n---").nth(1).into_iter().chain(sheet.split("\n---").nth(2)).collect();
                let table = table.join("\n");
                let head = table.lines().find(|line| line.contains(words[0])).unwrap();
                let status = column_of(head, words[1]).unwrap();
                let mut seen = 0;
                for line in table.lines().filter(|line| words[2..].iter().any(|word| line.ends_with(word))) {
                    let word = words[2..].iter().find(|word| line.ends_with(**word)).unwrap();
                    assert_eq!(width(line) - width(word), status, "{columns} {lang:?}: {line}");
                    seen += 1;
                }
                assert!(seen >= 8, "{seen}");
            }
        }
    }
}

#[test]
fn reasons_wrap_under_their_column() {
    let sheet = score_sheet(&sample(false).sheet(), Lang::Zh, 80);
    let head = sheet.lines().find(|line| line.contains("得分说明")).unwrap();
    let reason = column_of(head, "得分说明").unwrap();
    let broken = sheet.lines().skip_while(|line| !line.contains("得分说明")).filter(|line| {
        let blank = line.len() - line.trim_start().len();
        blank == reason && !line.trim().is_empty()
    });
    assert!(broken.count() >= 3);
}

#[test]
fn an_empty_program_and_a_missing_scorecard_are_survived() {
    let mut kit = Kit::new("空");
    kit.program.nodes.clear();
    let program: Program = kit.program;
    let card = heng_model::Scorecard { nodes: vec![], grade: None, grade_trace: None, findings: vec![] };
    let subject = Subject::default();
    let facts = Facts::default();
    let sheet = Sheet { program: &program, facts: &facts, subject: &subject, scorecard: &card };
    assert!(score_sheet(&sheet, Lang::Zh, 100).contains("（未填）"));
    let other = sample(true);
    let sheet = Sheet { program: &other.program, facts: &facts, subject: &subject, scorecard: &card };
    assert!(!score_sheet(&sheet, Lang::En, 10).is_empty());
}

/// A group that averages four indicators of 20 points still counts 20: the points by status make the full
/// marks, never more.
#[test]
fn points_by_status_make_the_full_marks_where_scores_are_averaged_too() {
    let mut sample = sample(false);
    let points = |sample: &super::sample::Sample| -> Number {
        Teller::new(&sample.sheet(), Lang::Zh).statuses().into_iter().map(|(.., points)| points).sum()
    };
    let before = points(&sample);
    for node in sample.program.nodes.iter_mut().skip(1).filter(|node| node.children.is_empty()) {
        node.full = &node.full * &Number::from(3);
    }
    let root = sample.program.nodes[0].full.clone();
    assert!(points(&sample) <= root.clone().max(before.clone()), "{} of {root}", points(&sample));
    assert!(before <= root, "{before} of {root}");
}
