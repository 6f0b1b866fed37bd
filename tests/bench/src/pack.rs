//! Rule packs of any length, for measuring how long it takes to read and check one.

use std::fmt::Write;

/// A pack of about so many lines without a finding, made of groups that differ in their names alone: bands,
/// formulas, checklists, deductions, tables, dates, cases, demands, methods of weighing.
pub fn text(lines: usize) -> String {
    let per_group = GROUP.lines().count() + DATA.lines().count();
    let groups = (lines.saturating_sub(HEAD.lines().count() + 2) / per_group).max(1);
    let mut text = HEAD.replace("POINTS", &(20 * groups).to_string());
    let numbered = |text: &mut String, form: &str| {
        for number in 1..=groups {
            text.push_str(&form.replace('#', &number.to_string()));
        }
    };
    numbered(&mut text, GROUP);
    let _ = writeln!(text, "数据 {{");
    numbered(&mut text, DATA);
    text.push_str("}\n");
    text
}

const HEAD: &str = "规则包 长表 {
    评价年度：2023
    满分：POINTS分
    不适用：折算
    取整方式：按整
    缺报：停止
    无佐证：0分
    迟报：照计
    有争议：待核
}
";

const GROUP: &str = "一级指标 组# 20分 {
    依据：《办法》第#条
    二级指标 调整率# 4分 {
        状态：演示
        当 预算# = 0元：不适用
        分档 调整# ÷ 预算# {
            ≤ 10%：满分
            (10%, 30%]：线性 满分 到 0分
            > 30%：0分
        }
    }
    二级指标 支出率# 4分 {
        当 预算# = 0元 或 支出# 缺报：待核
        率 = 支出# ÷ 预算#
        得分 = 满分 × 率，不超过 满分，不低于 0分，保留2位
    }
    二级指标 制度齐全# 4分 {
        佐证：制度文件
        计分 {
            制度#.健全：1分
            制度#.执行 且 非 制度#.违规：2分
            制度#.公开 或 个数（合同# 凡 按时） ≥ 2：1分
        }
    }
    二级指标 合同签订# 4分 {
        当 合同# 为空：满分
        须 存在（合同# 凡 价款 > 0元），否则 提示
        得分 = 满分 × 占比（合同# 凡 签订日 在 中标日 起 30天 内）
    }
    二级指标 控制# 4分 {
        得分 = 权重表 {
            数额#、次数#：60%、40%
            数额#：100%
        }
        三级指标 数额# 2分 {
            当 预算# = 0元：待核
            扣分 { 支出# ÷ 预算# 超过 100%，每 1个百分点：0.5分 }
        }
        三级指标 次数# 2分 {
            当 合同# 为空：不适用
            扣分 { 合同# 凡 非 按时，每 1项：1分 }
        }
    }
}
";

const DATA: &str = "    预算#：金额，必填，说明“部门年初预算”
    支出#：金额 ≥ 0元
    调整#：金额 ≥ 0元，可缺，缺报视为待核
    制度# { 健全：是否；执行：是否；违规：是否；公开：是否 }
    合同#：表 {
        名称：文本，键
        价款：金额
        按时：是否
        中标日：日期
        签订日：日期，可缺
    }
";
