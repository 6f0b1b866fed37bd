//! Indicators with letters instead of points, and groups made of their letters.

use std::fmt::Write;

use super::{STATES, Writer};

/// The letters, the best first.
pub const ORDER: [&str; 5] = ["A", "B+", "B", "C", "D"];

impl Writer<'_> {
    /// A group without points.
    pub fn lettered_group(&mut self) -> String {
        let name = self.name("字");
        let children = 1 + self.draw.below(3);
        let mut text = format!("一级指标 {name} {{\n");
        if self.draw.percent(25) {
            writeln!(text, "不适用：{}", self.draw.of(&["折算", "满分", "0分", "停止"])).unwrap();
        }
        if self.draw.percent(10) {
            let when = self.condition(1);
            writeln!(text, "当 {when}：{}", self.draw.of(&["D", "不适用", "待核"])).unwrap();
        }
        text += &self.letter_of_group(children);
        for _ in 0..children {
            text += &self.lettered();
        }
        text + "}\n"
    }

    fn letter_of_group(&mut self, children: usize) -> String {
        let [good, fair] = [self.draw.of(&ORDER), self.draw.of(&ORDER)];
        match self.draw.below(8) {
            0 => String::new(),
            1 => "等级 = 最小（等级（下级））\n".to_owned(),
            2 => "等级 = 最大（等级（下级））\n".to_owned(),
            3 => {
                let worst = vec!["其他"; children.saturating_sub(1)];
                let row: Vec<&str> = ["A、B+"].into_iter().chain(worst).collect();
                let fewer = if children > 1 { "A、C：B\n" } else { "" };
                format!("等级 = 分档 等级（下级） {{\n{}：A\n{fewer}其他：C\n}}\n", row.join("，"))
            }
            4 => format!("等级 = 分档 个数（下级 凡 等级 ≥ {good}） {{ ≥ 2：A；1：{fair}；其他：D }}\n"),
            5 => format!("等级 = 分档 占比（下级 凡 等级 < {good} 或 等级 = {fair}） {{ ≥ 50%：D；其他：A }}\n"),
            6 => format!(
                "等级 = 分档 加权平均（下级，分档 等级 {{ A：4；B+、B：3；其他：1 }}，分档 等级 {{ {good}：2；其他：1 }}） {{ ≥ 3：A；≥ 1.5：B；其他：D }}\n"
            ),
            _ => "等级 = 最大（下级，分档 等级 { A：B；其他：等级 }）\n".to_owned(),
        }
    }

    /// A profile: an indicator that is a list.
    pub fn profile(&mut self) -> String {
        let (name, rows) = (self.name("字"), self.rows());
        let list = self.draw.of(&["列（", "累计（", "累进取整（"]);
        let step = if list == "累进取整（" { "，0.5%" } else { "" };
        format!("一级指标 {name} {{\n构成 = {list}{rows}，占{step}）\n}}\n")
    }

    /// An indicator without points.
    fn lettered(&mut self) -> String {
        let name = self.name("字");
        let mut text = format!("二级指标 {name} {{\n");
        if self.draw.percent(20) {
            let state = self.draw.of(&STATES);
            writeln!(text, "{state}：{}", self.effect(state != "缺报")).unwrap();
        }
        if self.draw.percent(30) {
            let when = self.condition(1);
            writeln!(text, "当 {when}：{}", self.draw.of(&["D", "C", "不适用", "不适用", "待核"])).unwrap();
        }
        let ratio = self.field(&["率甲", "率乙", "率丙"]);
        let missing = if self.draw.percent(15) { "缺报：D\n" } else { "" };
        text += &format!("等级 = 分档 {ratio} {{\n{missing}≥ 100%：A\n≥ 90%：B+\n≥ 75%：B\n其他：C\n}}\n");
        text + "}\n"
    }

    /// Functions of lists.
    pub fn listed(&mut self) -> String {
        let rows = self.rows();
        let share = self.draw.of(&["0%", "25%", "50%", "90%", "100%"]);
        let list = match self.draw.below(5) {
            0 => format!("内插分位数（{rows}，占，{share}）"),
            1 => format!("就近分位数（{rows}，占，{share}）"),
            2 => format!("最大（累进取整（{rows}，占，1%））"),
            3 => format!("取第（累进取整（{rows}，占 ÷ 3，0.5%），{}）", 1 + self.draw.below(2)),
            _ => format!("中位数（累计（{rows}，占））"),
        };
        format!("得分 = 满分 × {list}，不超过 满分，不低于 0分\n")
    }

    /// The letter of an indicator with points.
    pub fn letter_of_points(&mut self) -> String {
        let end = self.draw.of(&["50%", "60%", "90%"]);
        format!("等级 = 分档 得分 ÷ 满分 {{ ≥ {end}：A；> 0%：B；其他：D }}\n")
    }
}
