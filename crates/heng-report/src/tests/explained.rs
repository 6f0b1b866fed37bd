use heng_diag::Lang;
use heng_model::NodeId;

use super::sample::{gated, sample};
use crate::{explain, explain_all};

fn both(open: bool, name: &str) -> String {
    let sample = sample(open);
    let say = |lang| explain(&sample.sheet(), sample.node(name), &[], lang);
    format!("{}\n{}", say(Lang::Zh), say(Lang::En))
}

#[test]
fn a_formula_with_its_definition_and_an_assumption() {
    insta::assert_snapshot!(both(false, "部门预算资金支出率"), @"
    部门预算资金支出率（履职效能）
    得分：18.00分（分值20分）
    本项得分依据假设的数据：调整预算数
    评分标准
      调整预算数为0元的，本项不适用。得分 = 满分 × 支出率，不超过 满分，保留2位。其中：支出率 = 支出决算数 ÷ 调整预算数。
      出处：2023.heng 第16行
      状态：未核实
    用到的数据
      - 调整预算数：10000万元（assumptions.toml 第2行，假设：报告没有写）
      - 支出决算数：9000万元（facts.toml 第1行，自评报告一（四））
    计算过程
      1. 调整预算数为0元？10000万元 = 0元，不成立
      2. 支出率 = 支出决算数 ÷ 调整预算数 = 9000万元 ÷ 10000万元 = 90%
      3. 得分 = 20分 × 90%，不超过 20分，保留2位 = 18分
    失分
      失2.00分：支出率 = 9000万元 ÷ 10000万元 = 90%；20分 × 90% = 18分。

    部门预算资金支出率 (履职效能)
    Score: 18.00 points (of 20)
    These points rest on assumed data: 调整预算数
    Rule
      If 调整预算数 is 0 yuan: not applicable. score = full * 支出率, at most full, round 2. Where 支出率 = 支出决算数 / 调整预算数.
      Written in: 2023.heng line 16
      status: unverified
    Data read
      - 调整预算数: 100,000,000 yuan (assumptions.toml line 2, assumed: 报告没有写)
      - 支出决算数: 90,000,000 yuan (facts.toml line 1, 自评报告一（四）)
    Computation
      1. 调整预算数 is 0 yuan? 100,000,000 yuan = 0 yuan: does not hold
      2. 支出率 = 支出决算数 / 调整预算数 = 90,000,000 yuan / 100,000,000 yuan = 90%
      3. score = 20 points * 90%, at most 20 points, round 2 = 18 points
    Points lost
      2.00 lost: 支出率 = 90,000,000 yuan / 100,000,000 yuan = 90%; 20 points * 90% = 18 points.
    ");
}

#[test]
fn rows_one_by_one() {
    insta::assert_snapshot!(both(false, "部门整体绩效目标产出指标完成情况"), @"
    部门整体绩效目标产出指标完成情况（履职效能）
    得分：12.50分（分值15分）
    评分标准
      对每项绩效指标分别评分（满分均分）：得分 = 满分 × 完成率。
      出处：2023.heng 第21行
      状态：演示
    用到的数据
      - 绩效指标：3项（facts.toml 第19行，自评报告一（四））
      - 绩效指标 第1行（经费下达率）：完成率 100%（facts.toml 第21行，自评报告一（四））
      - 绩效指标 第2行（培训场次）：完成率 50%（facts.toml 第26行，自评报告一（四））
      - 绩效指标 第3行（走访户数）：完成率 100%（facts.toml 第31行，自评报告一（四））
    计算过程
      1. 绩效指标 第1行（经费下达率）：5分（5分 × 100% = 5分）
      2. 绩效指标 第2行（培训场次）：2.5分（5分 × 50% = 2.5分）
      3. 绩效指标 第3行（走访户数）：5分（5分 × 100% = 5分）
      4. 得分 = 12.5分
    失分
      失2.50分：共3项，1项未得满分：绩效指标 第2行（培训场次）得2.50分。

    部门整体绩效目标产出指标完成情况 (履职效能)
    Score: 12.50 points (of 15)
    Rule
      Each of 绩效指标 is scored (full marks shared out evenly): score = full * 完成率.
      Written in: 2023.heng line 21
      status: demo
    Data read
      - 绩效指标: 3 rows (facts.toml line 19, 自评报告一（四）)
      - 绩效指标 row 1 (经费下达率): 完成率 100% (facts.toml line 21, 自评报告一（四）)
      - 绩效指标 row 2 (培训场次): 完成率 50% (facts.toml line 26, 自评报告一（四）)
      - 绩效指标 row 3 (走访户数): 完成率 100% (facts.toml line 31, 自评报告一（四）)
    Computation
      1. 绩效指标 row 1 (经费下达率): 5 points (5 points * 100% = 5 points)
      2. 绩效指标 row 2 (培训场次): 2.5 points (5 points * 50% = 2.5 points)
      3. 绩效指标 row 3 (走访户数): 5 points (5 points * 100% = 5 points)
      4. score = 12.5 points
    Points lost
      2.50 lost: 3 rows, 1 not in full: 绩效指标 row 2 (培训场次) 2.50.
    ");
}

#[test]
fn a_band_names_its_line() {
    insta::assert_snapshot!(both(false, "预算编制约束性"), @"
    预算编制约束性（管理效率 / 预算管理）
    得分：≈1.33分（分值4分）
    评分标准
      自行调整额 ÷ 年初预算数 在10%以下的，得满分；超过10%至30%的，从满分按比例减至0分；超过30%的，得0分。
      出处：2023.heng 第34行
      状态：演示
    用到的数据
      - 自行调整额：700万元（facts.toml 第4行，自评报告一（四））
      - 年初预算数：3000万元（facts.toml 第5行，自评报告一（四））
    计算过程
      1. 700万元 ÷ 3000万元 ≈ 23.33%，属“(10%, 30%]”，从满分按比例减至0分（2023.heng 第33行）
      2. 得分 ≈ 1.33分
    起决定作用的规定
      2023.heng 第33行：(10%, 30%]，从满分按比例减至0分
    失分
      失≈2.67分：700万元 ÷ 3000万元 ≈ 23.33%，属“(10%, 30%]”，从满分按比例减至0分。

    预算编制约束性 (管理效率 / 预算管理)
    Score: ≈1.33 points (of 4)
    Rule
      If 自行调整额 / 年初预算数 is at most 10%: full marks; if above 10% and at most 30%: falling in proportion from full marks to 0 points; if above 30%: 0 points.
      Written in: 2023.heng line 34
      status: demo
    Data read
      - 自行调整额: 7,000,000 yuan (facts.toml line 4, 自评报告一（四）)
      - 年初预算数: 30,000,000 yuan (facts.toml line 5, 自评报告一（四）)
    Computation
      1. 7,000,000 yuan / 30,000,000 yuan ≈ 23.33%, in (10%, 30%]: falling in proportion from full marks to 0 points (2023.heng line 33)
      2. score ≈ 1.33 points
    What decided
      2023.heng line 33: (10%, 30%]: falling in proportion from full marks to 0 points
    Points lost
      ≈2.67 lost: 7,000,000 yuan / 30,000,000 yuan ≈ 23.33%, in (10%, 30%]: falling in proportion from full marks to 0 points.
    ");
}

#[test]
fn deductions_row_by_row() {
    insta::assert_snapshot!(both(false, "财务管理合规性"), @"
    财务管理合规性（管理效率 / 预算管理）
    得分：3.50分（分值6分）
    评分标准
      查实的财务问题每有1项扣1分；三公决算 ÷ 三公预算 超过100%的，每超过1个百分点扣0.5分（不足1个百分点的不计），扣完为止。
      出处：2023.heng 第46行
      状态：二手
    用到的数据
      - 财务问题：2项（facts.toml 第19行，自评报告一（四））
      - 财务问题 第1行：查实 是（facts.toml 第21行，自评报告一（四））
      - 财务问题 第2行：查实 否（facts.toml 第26行，自评报告一（四））
      - 三公决算：103.5万元（facts.toml 第7行，自评报告一（四））
      - 三公预算：100万元（facts.toml 第8行，自评报告一（四））
    计算过程
      1. 查实的财务问题1项，扣1分
      2. 103.5万元 ÷ 100万元 = 103.5%，超过100%，扣1.5分（3 × 0.5分）
      3. 得分 = 3.5分
    失分
      失2.50分：查实的财务问题1项，扣1分；103.5万元 ÷ 100万元 = 103.5%，超过100%，扣1.5分（3 × 0.5分）。

    财务管理合规性 (管理效率 / 预算管理)
    Score: 3.50 points (of 6)
    Rule
      For each of 财务问题 where 查实: 1 point off; if 三公决算 / 三公预算 is above 100%: 0.5 points off for each percentage point (a part of it does not count), until nothing is left.
      Written in: 2023.heng line 46
      status: secondary
    Data read
      - 财务问题: 2 rows (facts.toml line 19, 自评报告一（四）)
      - 财务问题 row 1: 查实 yes (facts.toml line 21, 自评报告一（四）)
      - 财务问题 row 2: 查实 no (facts.toml line 26, 自评报告一（四）)
      - 三公决算: 1,035,000 yuan (facts.toml line 7, 自评报告一（四）)
      - 三公预算: 1,000,000 yuan (facts.toml line 8, 自评报告一（四）)
    Computation
      1. 1 of 财务问题 where 查实: 1 point off
      2. 1,035,000 yuan / 1,000,000 yuan = 103.5%, above 100%: 1.5 points off (3 × 0.5 points)
      3. score = 3.5 points
    Points lost
      2.50 lost: 1 of 财务问题 where 查实: 1 point off; 1,035,000 yuan / 1,000,000 yuan = 103.5%, above 100%: 1.5 points off (3 × 0.5 points).
    ");
}

#[test]
fn a_checklist_says_what_failed_and_why() {
    insta::assert_snapshot!(both(false, "绩效管理制度建设"), @"
    绩效管理制度建设（管理效率 / 绩效与采购管理）
    得分：2.00分（分值6分）
    评分标准
      下列各项每有1项成立得2分：管理制度.事前评估、管理制度.绩效目标、管理制度.结果应用。
      出处：2023.heng 第53行
      状态：已核实
    用到的数据
      - 管理制度.事前评估：是（facts.toml 第9行，自评报告一（四））
      - 管理制度.绩效目标：否（facts.toml 第10行，自评报告一（四））
      - 管理制度.结果应用：缺报
    计算过程
      1. 管理制度.事前评估，得2分
      2. 管理制度.绩效目标：不成立，不得分
      3. “管理制度.结果应用”缺报：不成立，不得分
      4. 得分 = 2分
    失分
      失4.00分：3项中1项成立，未成立的：管理制度.绩效目标、管理制度.结果应用（缺报）。
    提示
      - “管理制度.结果应用”缺报，请补报。（2023.heng 第53行）

    绩效管理制度建设 (管理效率 / 绩效与采购管理)
    Score: 2.00 points (of 6)
    Rule
      For each of the following that holds, 2 points: 管理制度.事前评估; 管理制度.绩效目标; 管理制度.结果应用.
      Written in: 2023.heng line 53
      status: verified
    Data read
      - 管理制度.事前评估: yes (facts.toml line 9, 自评报告一（四）)
      - 管理制度.绩效目标: no (facts.toml line 10, 自评报告一（四）)
      - 管理制度.结果应用: missing
    Computation
      1. 管理制度.事前评估: 2 points
      2. 管理制度.绩效目标: no, no points
      3. 管理制度.结果应用: missing: no, no points
      4. score = 2 points
    Points lost
      4.00 lost: 1 of 3 hold, not: 管理制度.绩效目标, 管理制度.结果应用 (missing).
    Findings
      - 管理制度.结果应用 is missing; hand it in. (2023.heng line 53)
    ");
}

#[test]
fn a_share_names_the_rows_that_fail() {
    insta::assert_snapshot!(both(false, "采购合同签订时效性"), @"
    采购合同签订时效性（管理效率 / 绩效与采购管理）
    得分：1.00分（分值2分）
    本项得分依据假设的数据：合同
    评分标准
      得分为满分乘以签订日期在中标日期起合同签订时限（30天）内的合同占全部合同的比例。
      出处：2023.heng 第63行
      状态：未核实
    用到的数据
      - 合同：2项（assumptions.toml 第19行，假设）
      - 合同 第1行：签订日期 2023年3月20日，中标日期 2023年3月1日（assumptions.toml 第20至21行，假设）
      - 合同 第2行：签订日期 2023年6月30日，中标日期 2023年5月4日（assumptions.toml 第25至26行，假设）
    计算过程
      1. 签订日期在中标日期起合同签订时限（30天）内的合同占全部合同的比例 = 50%（2项中1项符合，不符合的：合同 第2行）
      2. 得分 = 2分 × 50% = 1分
    失分
      失1.00分：2项中1项符合，不符合的：合同 第2行。

    采购合同签订时效性 (管理效率 / 绩效与采购管理)
    Score: 1.00 points (of 2)
    These points rest on assumed data: 合同
    Rule
      The score is full marks times the share of 合同 where 签订日期 is within 合同签订时限 (30 days) from 中标日期 among all 合同.
      Written in: 2023.heng line 63
      status: unverified
    Data read
      - 合同: 2 rows (assumptions.toml line 19, assumed)
      - 合同 row 1: 签订日期 2023-03-20, 中标日期 2023-03-01 (assumptions.toml lines 20 to 21, assumed)
      - 合同 row 2: 签订日期 2023-06-30, 中标日期 2023-05-04 (assumptions.toml lines 25 to 26, assumed)
    Computation
      1. the share of 合同 where 签订日期 is within 合同签订时限 (30 days) from 中标日期 among all 合同 = 50% (1 of 2 rows qualify, not: 合同 row 2)
      2. score = 2 points * 50% = 1 point
    Points lost
      1.00 lost: 1 of 2 rows qualify, not: 合同 row 2.
    ");
}

#[test]
fn a_case_decides() {
    insta::assert_snapshot!(both(false, "资产收益上缴的及时性"), @"
    资产收益上缴的及时性（管理效率 / 绩效与采购管理）
    得分：2.00分（分值2分）
    评分标准
      没有处置的，得满分。得0分。
      出处：2023.heng 第67行
      状态：未核实
    用到的数据
      - 处置：无（facts.toml 第60行，自评报告一（四））
    计算过程
      1. 没有处置？成立
      2. 因此得满分
    起决定作用的规定
      2023.heng 第67行：没有处置，得满分

    资产收益上缴的及时性 (管理效率 / 绩效与采购管理)
    Score: 2.00 points (of 2)
    Rule
      If there are no 处置: full marks. 0 points.
      Written in: 2023.heng line 67
      status: unverified
    Data read
      - 处置: none (facts.toml line 60, 自评报告一（四）)
    Computation
      1. there are no 处置? yes
      2. therefore: full marks
    What decided
      2023.heng line 67: there are no 处置: full marks
    ");
}

#[test]
fn a_judgement_keeps_its_reason_and_evidence() {
    insta::assert_snapshot!(both(false, "绩效管理制度执行"), @"
    绩效管理制度执行（管理效率 / 绩效与采购管理）
    得分：7.50分（分值10分）
    评分标准
      由评审人评分（评定 [0分, 10分]）。
      出处：2023.heng 第68行
      状态：演示
    用到的数据
      - 评审.执行质量：7.5分（facts.toml 第70行，自评报告一（四），理由：结果应用不够充分，佐证：自评报告四）
    计算过程
      1. 得分 = 7.5分
    失分
      失2.50分：评审人评定；执行质量评7.5分，理由是“结果应用不够充分”。

    绩效管理制度执行 (管理效率 / 绩效与采购管理)
    Score: 7.50 points (of 10)
    Rule
      Judged by a reviewer (rated [0 points, 10 points]).
      Written in: 2023.heng line 68
      status: demo
    Data read
      - 评审.执行质量: 7.5 points (facts.toml line 70, 自评报告一（四）, reason: 结果应用不够充分, evidence: 自评报告四)
    Computation
      1. score = 7.5 points
    Points lost
      2.50 lost: judged by a reviewer; 执行质量 judged 7.5 points, because: 结果应用不够充分.
    ");
}

#[test]
fn what_does_not_apply_and_what_is_missing() {
    insta::assert_snapshot!(both(false, "公务用车管理"), @"
    公务用车管理（管理效率 / 绩效与采购管理）
    得分：不适用（分值5分）
    评分标准
      公务用车支出为0元的，本项不适用。得满分。
      出处：2023.heng 第73行
      状态：演示
    用到的数据
      - 公务用车支出：0元（facts.toml 第15行，自评报告一（四））
    计算过程
      1. 公务用车支出为0元？0元 = 0元，成立
    起决定作用的规定
      2023.heng 第73行：公务用车支出为0元，不适用

    公务用车管理 (管理效率 / 绩效与采购管理)
    Score: not applicable (of 5)
    Rule
      If 公务用车支出 is 0 yuan: not applicable. Full marks.
      Written in: 2023.heng line 73
      status: demo
    Data read
      - 公务用车支出: 0 yuan (facts.toml line 15, 自评报告一（四）)
    Computation
      1. 公务用车支出 is 0 yuan? 0 yuan = 0 yuan: holds
    What decided
      2023.heng line 73: 公务用车支出 is 0 yuan: not applicable
    ");
    insta::assert_snapshot!(both(true, "固定资产利用率"), @"
    固定资产利用率（管理效率 / 绩效与采购管理）
    得分：0.00至10.00分，停止（分值10分）
    评分标准
      须在用值不超过固定资产.总值，否则退回。得分 = 满分 × （在用值 ÷ 固定资产.总值）。
      出处：2023.heng 第79行
      状态：未核实
    用到的数据
      - 在用值：400万元（facts.toml 第17行，自评报告一（四））
      - 固定资产.总值：缺报
    计算过程
      1. 须在用值不超过固定资产.总值：“固定资产.总值”缺报
    提示
      - “固定资产.总值”缺报，请补报。（2023.heng 第79行）

    固定资产利用率 (管理效率 / 绩效与采购管理)
    Score: 0.00 to 10.00 points, stopped (of 10)
    Rule
      Required: 在用值 is at most 固定资产.总值; else returned. score = full * (在用值 / 固定资产.总值).
      Written in: 2023.heng line 79
      status: unverified
    Data read
      - 在用值: 4,000,000 yuan (facts.toml line 17, 自评报告一（四）)
      - 固定资产.总值: missing
    Computation
      1. required: 在用值 is at most 固定资产.总值; 固定资产.总值: missing
    Findings
      - 固定资产.总值 is missing; hand it in. (2023.heng line 79)
    ");
}

#[test]
fn a_group_tells_what_became_of_points_that_do_not_apply() {
    insta::assert_snapshot!(both(false, "绩效与采购管理"), @"
    绩效与采购管理（管理效率）
    得分：15.625分（分值25分）
    评分标准
      得分为各下级指标得分之和。
      出处：2023.heng 第48行
      状态：未注明
    计算过程
      1. 公务用车管理 不适用
      2. “公务用车管理”不适用，分值折算到其余指标
      3. 得分 = 15.625分
    失分
      失1.875分：“公务用车管理”不适用，分值折算到其余指标。

    绩效与采购管理 (管理效率)
    Score: 15.625 points (of 25)
    Rule
      The scores of the indicators below are added up.
      Written in: 2023.heng line 48
      status: not stated
    Computation
      1. 公务用车管理 not applicable
      2. 公务用车管理 does not apply, its points fall to the others
      3. score = 15.625 points
    Points lost
      1.875 lost: 公务用车管理 does not apply, its points fall to the others.
    ");
}

#[test]
fn what_is_overridden_says_so() {
    let sample = gated();
    let text = explain(&sample.sheet(), sample.node("预算编制约束性"), &[], Lang::Zh);
    let head: Vec<_> = text.lines().take(3).collect();
    insta::assert_snapshot!(head.join("\n"), @"
    预算编制约束性（管理效率 / 预算管理）
    得分：≈1.33分（分值4分）
    不计：“预算管理”另有规定在先
    ");
}

#[test]
fn all_are_told_with_the_total_last_and_unknown_ones_are_named() {
    let sample = sample(true);
    let all = explain_all(&sample.sheet(), &[], Lang::Zh);
    let titles: Vec<_> = all.split("\n\n").filter_map(|text| text.lines().next()).collect();
    insta::assert_snapshot!(titles.join("\n"), @"
    履职效能
    部门预算资金支出率（履职效能）
    部门整体绩效目标产出指标完成情况（履职效能）
    管理效率
    预算管理（管理效率）
    预算编制约束性（管理效率 / 预算管理）
    财务管理合规性（管理效率 / 预算管理）
    绩效与采购管理（管理效率）
    绩效管理制度建设（管理效率 / 绩效与采购管理）
    采购合同签订时效性（管理效率 / 绩效与采购管理）
    资产收益上缴的及时性（管理效率 / 绩效与采购管理）
    绩效管理制度执行（管理效率 / 绩效与采购管理）
    公务用车管理（管理效率 / 绩效与采购管理）
    固定资产利用率（管理效率 / 绩效与采购管理）
    数据质量（管理效率 / 绩效与采购管理）
    工作表彰
    某区部门整体支出绩效自评
    ");
    assert_eq!(
        explain(&sample.sheet(), NodeId(999), &[], Lang::En),
        "The rules have no such indicator; check its name.\n"
    );
}
