//! Rule texts out of draws. Every form of the language that scores has a place here.

mod letters;
mod weights;

use std::{collections::BTreeSet, fmt::Write};

use crate::draw::Draw;

/// What a text is to be like.
#[derive(Clone, Copy, Default)]
pub struct Wish {
    /// All points times this many; 0 counts as 1.
    pub scale: usize,
    /// Siblings the other way round.
    pub reversed: bool,
    /// No places are rounded, so that points may be scaled.
    pub unrounded: bool,
    /// More of every datum is better.
    pub rising: bool,
}

/// Ends of rows, and so the values on which facts must lie.
pub const RATIOS: [&str; 7] = ["60%", "75%", "80%", "90%", "100%", "105%", "120%"];
pub const MONEYS: [&str; 4] = ["100元", "2.5万元", "3万元", "10万元"];
const STATES: [&str; 4] = ["缺报", "无佐证", "迟报", "有争议"];
const MODES: [&str; 4] = ["", " 四舍六入", " 进一", " 舍去"];

pub fn rules(supply: &[u16], wish: Wish) -> String {
    let wish = Wish { scale: wish.scale.max(1), ..wish };
    let mut writer = Writer { draw: Draw::new(supply), wish, used: BTreeSet::new(), names: 0, method: false };
    writer.whole()
}

struct Writer<'a> {
    draw: Draw<'a>,
    wish: Wish,
    used: BTreeSet<&'static str>,
    names: usize,
    method: bool,
}

impl Writer<'_> {
    fn whole(&mut self) -> String {
        let mut text = String::from("规则包 生成 {\n评价年度：2023\n");
        writeln!(text, "等级次序：{}", letters::ORDER.join("、")).unwrap();
        let total = 100;
        writeln!(text, "满分：{}分\n日历：cn", total * self.wish.scale).unwrap();
        writeln!(text, "取整方式：{}", self.draw.of(&["按整", "按比例", "不足一个按一个"])).unwrap();
        writeln!(text, "不适用：{}", self.draw.of(&["折算", "折算", "满分", "0分", "停止"])).unwrap();
        for state in STATES {
            let effect = self.effect(state != "缺报");
            writeln!(text, "{state}：{effect}").unwrap();
        }
        writeln!(text, "无：{}", self.effect(false)).unwrap();
        if !self.wish.rising && self.draw.percent(10) {
            let (when, then) = (self.condition(1), self.draw.of(&["0分", "待核", "不适用"]));
            writeln!(text, "当 {when}：{then}").unwrap();
        }
        if !self.wish.unrounded && self.draw.percent(20) {
            writeln!(text, "总分 = 合计（下级），保留1位").unwrap();
        }
        text += &self.grade();
        text += "}\n";
        text += &self.children(total, 1);
        if !self.wish.unrounded && !self.wish.rising && self.draw.percent(35) {
            text += &self.lettered_group();
            if self.draw.percent(40) {
                text += &self.profile();
            }
        }
        text += &self.data();
        if self.method {
            text += "方法 完成率（完成：金额，目标：金额；可选：比率，可缺）：比率 = 分档 {\n可选 缺报：50%\n可选 无佐证：25%\n目标 > 0元：完成 ÷ 目标，不超过 100%\n其他：0%\n}\n";
        }
        text
    }

    fn grade(&mut self) -> String {
        let scale = self.wish.scale;
        let subject = if self.draw.percent(50) { "总分，保留2位" } else { "总分" };
        if self.draw.percent(25) || self.wish.unrounded {
            return String::new();
        }
        let rows: String = [(90, "优"), (80, "良"), (60, "中")]
            .iter()
            .map(|(end, word)| format!("≥ {}分：{word}\n", end * scale))
            .collect();
        format!("等级 = 分档（{subject}）{{\n{rows}其他：差\n}}\n")
    }

    fn effect(&mut self, keeps: bool) -> &'static str {
        if keeps && self.draw.percent(40) {
            return "照计";
        }
        self.draw.of(&["0分", "满分", "视为不符合", "不适用", "待核", "退回", "停止", "0分"])
    }

    fn name(&mut self, kind: &str) -> String {
        self.names += 1;
        format!(
            "{kind}{}",
            char::from(b'A' + u8::try_from(self.names % 26).unwrap()).to_string() + &(self.names / 26).to_string()
        )
    }

    fn points(&self, points: usize) -> String {
        format!("{}分", points * self.wish.scale)
    }

    // ---- the tree --------------------------------------------------------------------------------

    fn children(&mut self, total: usize, level: usize) -> String {
        let number = 1 + self.draw.below(3);
        let mut texts = Vec::new();
        for index in 0..number {
            let points = if index + 1 == number { total - total / number * index } else { total / number };
            texts.push(self.child(points, level));
        }
        if self.draw.percent(12) && !self.wish.rising {
            texts.push(self.bonus());
        }
        if self.wish.reversed {
            texts.reverse();
        }
        texts.concat()
    }

    fn child(&mut self, points: usize, level: usize) -> String {
        let word = ["", "一级", "二级", "三级"][level];
        let mut text = format!("{word}指标 {} {} {{\n", self.name("标"), self.points(points));
        let group = level < 3 && points >= 6 && self.draw.percent(if level == 1 { 60 } else { 25 });
        if self.draw.percent(15) {
            writeln!(text, "不适用：{}", self.draw.of(&["折算", "满分", "0分", "停止"])).unwrap();
        }
        if self.draw.percent(20) {
            let state = self.draw.of(&STATES);
            writeln!(text, "{state}：{}", self.effect(state != "缺报")).unwrap();
        }
        text += &self.lines(points, group);
        if !self.wish.unrounded && self.draw.percent(8) {
            text += &self.letter_of_points();
        }
        if group {
            let below = self.children(points, level + 1);
            if self.draw.percent(5) {
                text += &self.weights(&below, level + 1);
            } else if self.draw.percent(15) {
                let tail = self.tail();
                writeln!(text, "得分 = 合计（下级）{tail}").unwrap();
            } else if self.draw.percent(8) {
                let fold = self.draw.of(&["平均", "最小", "最大"]);
                writeln!(text, "得分 = {fold}（下级）").unwrap();
            }
            text += &below;
        } else {
            text += &self.criterion(points);
        }
        text + "}\n"
    }

    fn bonus(&mut self) -> String {
        let name = self.name("加");
        let condition = self.condition(1);
        let cap = self.points(4);
        match self.draw.below(3) {
            0 => format!("加分指标 {name} {cap} {{\n计分 {{ {condition}：{cap} }}\n}}\n"),
            1 => format!("加分指标 {name} −{cap} {{\n扣分 {{ {condition}：{cap} }}\n}}\n"),
            _ => {
                let value = self.value(4);
                format!("加分指标 {name} {cap} {{\n当 {condition}：0分\n得分 = {value}\n}}\n")
            }
        }
    }

    /// 当 and 须 lines.
    fn lines(&mut self, points: usize, group: bool) -> String {
        let mut text = String::new();
        if self.wish.rising {
            return text;
        }
        if self.draw.percent(if group { 8 } else { 20 }) {
            let when = self.condition(1);
            let then = match self.draw.below(4) {
                0 => "不适用".to_owned(),
                1 => self.draw.of(&["待核", "退回", "停止"]).to_owned(),
                _ => self.value(points),
            };
            writeln!(text, "当 {when}：{then}").unwrap();
        }
        if self.draw.percent(if group { 5 } else { 12 }) {
            let need = self.condition(1);
            let or = self.draw.of(&["", "，否则 待核", "，否则 0分", "，否则 提示"]);
            writeln!(text, "须 {need}：“不对”{or}").unwrap();
        }
        text
    }

    fn tail(&mut self) -> String {
        let mut text = String::new();
        if self.draw.percent(40) {
            text += "，不超过 满分";
        }
        if self.draw.percent(30) {
            text += "，不低于 0分";
        }
        if !self.wish.unrounded && self.draw.percent(50) {
            let places = self.draw.below(4);
            let mode = self.draw.of(&MODES);
            if self.draw.percent(20) {
                text += self.draw.of(&["，取整", "，舍去", "，进一"]);
            } else {
                write!(text, "，保留{places}位{mode}").unwrap();
            }
        }
        text
    }

    // ---- criteria --------------------------------------------------------------------------------

    fn criterion(&mut self, points: usize) -> String {
        if self.wish.rising {
            return self.rising(points);
        }
        let forms = if self.wish.unrounded { 12 } else { 14 };
        match self.draw.below(forms) {
            0 | 1 => self.bands(points, 1) + &self.tail() + "\n",
            2 => self.two_subjects(points),
            3 => self.free_bands(points) + &self.tail() + "\n",
            4 => self.adding(points) + &self.tail() + "\n",
            5 => self.deducting(points),
            6 => self.each(points) + &self.tail() + "\n",
            7 => {
                let (rows, condition) = (self.rows(), self.row_condition(2));
                format!("得分 = 满分 × 占比（{rows} 凡 {condition}）{}\n", self.tail())
            }
            8 => {
                let (ratio, tail) = (self.ratio(), self.tail());
                format!("比率步 = {ratio}\n得分 = 满分 × 比率步，不超过 满分，不低于 0分{tail}\n")
            }
            9 => self.quotient(),
            10 => self.by_method(),
            11 => self.folded(),
            12 => self.judged(points),
            _ => self.endless(),
        }
    }

    /// Roots and logarithms, rounded to stated places.
    fn endless(&mut self) -> String {
        let (ratio, places) = (self.ratio(), self.draw.below(5));
        let formula = match self.draw.below(4) {
            0 => format!("满分 × 开方（{ratio}）"),
            1 => format!("满分 × ln（1 + {ratio}） ÷ ln（10）"),
            2 => format!("满分 × （{ratio}）^（2 ÷ 3）"),
            _ => format!("满分 × log10（1 + {ratio}）"),
        };
        format!("得分 = （{formula}，保留{places}位），不超过 满分，不低于 0分\n")
    }

    fn rising(&mut self, points: usize) -> String {
        let ratio = self.field(&["率甲", "率乙"]);
        match self.draw.below(4) {
            0 => {
                let (low, high) = (points / 3, points / 2);
                format!(
                    "分档 {ratio} {{\n≥ 90%：满分\n[75%, 90%)：线性 {} 到 满分\n> 60%：{}\n其他：0分\n}}{}\n",
                    self.points(high),
                    self.points(low),
                    self.tail()
                )
            }
            1 => {
                let step = self.draw.of(&["按整", "按比例", "不足一个按一个"]);
                format!("扣分 {{\n{ratio} 低于 90%，每 5%：{}，{step}\n}}{}\n", self.points(1), self.tail())
            }
            2 => format!(
                "计分 {{\n{ratio} ≥ 80%：{}\n{ratio} 超过 60%，每 10%：{}，按整\n}}，不超过 满分{}\n",
                self.points(points / 2),
                self.points(1),
                self.tail()
            ),
            _ => format!("得分 = 满分 × {ratio}，不超过 满分{}\n", self.tail()),
        }
    }

    /// Some points, at most `points`.
    fn value(&mut self, points: usize) -> String {
        match self.draw.below(8) {
            0..=2 => "满分".to_owned(),
            3 => format!("{} × 满分", self.draw.of(&["50%", "70%", "33.3%"])),
            4 => "0分".to_owned(),
            5 => format!("满分 × {}", self.draw.of(&["1 ÷ 3", "2 ÷ 7"])),
            _ => {
                let some = self.draw.below(points + 1);
                self.points(some)
            }
        }
    }

    /// What a row of a 分档 gives.
    fn row_value(&mut self, points: usize, deep: usize) -> String {
        match self.draw.below(20) {
            0 => "不适用".to_owned(),
            1 => "待核".to_owned(),
            2 if deep > 0 => self.bands(points, deep - 1),
            _ => self.value(points),
        }
    }

    fn bands(&mut self, points: usize, deep: usize) -> String {
        let subject = match self.draw.below(3) {
            0 => format!("（{}）", self.ratio()),
            _ => self.field(&["率甲", "率乙", "率丙"]).to_owned(),
        };
        let mut text = format!("分档 {subject} {{\n");
        for state in STATES {
            if self.draw.percent(12) {
                writeln!(text, "{state}：{}", self.row_value(points, 0)).unwrap();
            }
        }
        let first = self.draw.below(4);
        let ends: Vec<&str> = RATIOS[first..first + 2 + self.draw.below(2)].to_vec();
        let above: Vec<bool> = ends.iter().map(|_| self.draw.percent(50)).collect();
        let last = ends.len() - 1;
        writeln!(text, "{} {}：{}", if above[last] { "≥" } else { ">" }, ends[last], self.row_value(points, deep))
            .unwrap();
        for index in (0..last).rev() {
            let low = if above[index] { "[" } else { "(" };
            let high = if above[index + 1] { ")" } else { "]" };
            let value = match self.draw.below(3) {
                0 => format!("线性 {} 到 {}", self.value(points), self.value(points)),
                _ => self.row_value(points, deep),
            };
            writeln!(text, "{low}{}, {}{high}：{value}", ends[index], ends[index + 1]).unwrap();
        }
        let rest = if self.draw.percent(50) {
            "其他".to_owned()
        } else {
            format!("{} {}", if above[0] { "<" } else { "≤" }, ends[0])
        };
        writeln!(text, "{rest}：{}", self.row_value(points, deep)).unwrap();
        text + "}"
    }

    fn two_subjects(&mut self, points: usize) -> String {
        let (word, ratio) = (self.field(&["类甲"]), self.field(&["率甲", "率乙"]));
        let end = self.draw.of(&RATIOS);
        let mut text = format!("分档 {word}，{ratio} {{\n");
        if self.draw.percent(30) {
            writeln!(text, "其他，缺报：{}", self.value(points)).unwrap();
        }
        writeln!(text, "红、黄，≥ {end}：{}", self.row_value(points, 0)).unwrap();
        writeln!(text, "红，其他：{}", self.row_value(points, 1)).unwrap();
        writeln!(text, "其他，其他：{}", self.row_value(points, 0)).unwrap();
        text + "}" + &self.tail() + "\n"
    }

    fn free_bands(&mut self, points: usize) -> String {
        let mut text = "分档 {\n".to_owned();
        for _ in 0..1 + self.draw.below(3) {
            let condition = self.condition(2);
            writeln!(text, "{condition}：{}", self.row_value(points, 1)).unwrap();
        }
        writeln!(text, "其他：{}", self.row_value(points, 0)).unwrap();
        text + "}"
    }

    fn adding(&mut self, points: usize) -> String {
        let start = if self.draw.percent(20) { format!("从 {} ", self.points(1)) } else { String::new() };
        let mut text = format!("计分 {start}{{\n");
        for _ in 0..1 + self.draw.below(3) {
            let row = self.counted();
            let some = 1 + self.draw.below(points.max(2) / 2);
            writeln!(text, "{}", row.replace("@", &self.points(some))).unwrap();
        }
        text + "}，不超过 满分"
    }

    fn deducting(&mut self, points: usize) -> String {
        let ends = match self.draw.below(5) {
            0 => format!("从 {} 到 0分 ", self.points(points / 2)),
            1 => format!("到 {} ", self.points(points / 4)),
            _ => String::new(),
        };
        let mut text = format!("扣分 {ends}{{\n");
        for _ in 0..1 + self.draw.below(3) {
            let row = self.counted();
            let some = 1 + self.draw.below(points.max(2) / 2);
            writeln!(text, "{}", row.replace("@", &self.points(some))).unwrap();
        }
        text + "}" + &self.tail() + "\n"
    }

    /// A row of a 计分 or 扣分 with `@` for its points.
    fn counted(&mut self) -> String {
        let step = self.draw.of(&["按整", "按比例", "不足一个按一个"]);
        match self.draw.below(5) {
            0 | 1 => self.condition(2) + "：@",
            2 => {
                let (rows, each) = (self.rows(), 1 + self.draw.below(3));
                let condition = self.row_condition(1);
                format!("{rows} 凡 {condition}，每 {each}项：@，{step}")
            }
            3 => {
                let number = self.field(&["数甲"]);
                format!("{number}，每 {}项：@，{step}", 1 + self.draw.below(3))
            }
            _ => {
                let ratio = self.field(&["率甲", "率乙"]);
                let (side, end) = (self.draw.of(&["超过", "低于", "偏离"]), self.draw.of(&RATIOS));
                format!("{ratio} {side} {end}，每 {}：@，{step}", self.draw.of(&["5%", "1个百分点", "7%"]))
            }
        }
    }

    fn each(&mut self, points: usize) -> String {
        let rows = self.rows();
        let filter = if self.draw.percent(30) { format!(" 凡 {}", self.row_condition(1)) } else { String::new() };
        let share = self.draw.of(&["均分", "平均", "合计", "满分 各 分值", "加权 权"]);
        let mut body = String::new();
        if self.draw.percent(40) {
            let then = self.draw.of(&["不适用", "不适用", "0分", "待核", "满分"]);
            writeln!(body, "当 {}：{then}", self.row_condition(1)).unwrap();
        }
        if self.draw.percent(15) {
            let or = self.draw.of(&["", "，否则 0分", "，否则 提示"]);
            writeln!(body, "须 {}{or}", self.row_condition(1)).unwrap();
        }
        match self.draw.below(5) {
            0 => writeln!(body, "得分 = 满分 × 占，不超过 满分").unwrap(),
            1 => writeln!(body, "步 = 占 − 10%\n得分 = 满分 × 步，不超过 满分，不低于 0分").unwrap(),
            2 => writeln!(body, "扣分 {{ {}：{} }}", self.row_condition(1), self.points(1)).unwrap(),
            3 => {
                let end = self.draw.of(&RATIOS);
                writeln!(body, "分档 占 {{\n≥ {end}：满分\n其他：{}\n}}", self.value(points.min(2))).unwrap();
            }
            _ => writeln!(body, "分档 {{\n{}：满分\n其他：0分\n}}", self.row_condition(2)).unwrap(),
        }
        let most = if share == "均分" { "" } else { "，不超过 满分" };
        format!("逐项 {rows}{filter}，{share} {{\n{body}}}{most}")
    }

    fn quotient(&mut self) -> String {
        let (above, below) = (self.field(&["金甲"]), self.field(&["金乙"]));
        let then = self.draw.of(&["不适用", "0分", "满分", "待核"]);
        let tail = self.tail();
        format!("当 {below} = 0元：{then}\n率步 = {above} ÷ {below}\n得分 = 满分 × 率步，不超过 满分{tail}\n")
    }

    fn by_method(&mut self) -> String {
        self.method = true;
        let (done, wanted) = (self.field(&["金甲"]), self.field(&["金乙"]));
        let maybe = self.field(&["率甲", "率乙", "率丙"]);
        format!("得分 = 满分 × 完成率（{done}，{wanted}，{maybe}）{}\n", self.tail())
    }

    fn folded(&mut self) -> String {
        if self.draw.percent(30) {
            return self.listed();
        }
        let fold = self.ratio_fold();
        format!("得分 = 满分 × {fold}，不超过 满分{}\n", self.tail())
    }

    fn judged(&mut self, points: usize) -> String {
        if self.draw.percent(30) {
            return "待编\n".to_owned();
        }
        format!("得分 = 评定 [0分, {}]{}\n", self.points(points), self.tail())
    }

    // ---- parts -----------------------------------------------------------------------------------

    fn field(&mut self, choices: &[&'static str]) -> &'static str {
        let name = self.draw.of(choices);
        self.used.insert(name);
        name
    }

    fn rows(&mut self) -> &'static str {
        self.field(&["表甲", "表乙"])
    }

    fn ratio_fold(&mut self) -> String {
        let rows = self.rows();
        let filter = if self.draw.percent(40) { format!(" 凡 {}", self.row_condition(1)) } else { String::new() };
        let options = self.draw.of(&["", "", "，略去 缺报", "，略去 缺报、无佐证", "，略去 迟报，至少 2项"]);
        match self.draw.below(5) {
            0 => format!("加权平均（{rows}{filter}，占，权）"),
            1 => format!("占比（{rows} 凡 {}）", self.row_condition(2)),
            op => format!("{}（{rows}{filter}，占{options}）", ["平均", "最小", "最大", "中位数", "合计"][op]),
        }
    }

    fn ratio(&mut self) -> String {
        let (one, other) = (self.field(&["率甲", "率乙"]), self.field(&["率乙", "率丙"]));
        match self.draw.below(6) {
            0 => format!("取大（{one}，{other}）"),
            1 => format!("取小（{one}，{other}）"),
            2 => format!("（{one} + {other}） ÷ 2"),
            3 => format!("100% − 绝对值（{one} − {other}）"),
            4 => self.ratio_fold(),
            _ => one.to_owned(),
        }
    }

    fn compare(&mut self) -> &'static str {
        self.draw.of(&["≥", ">", "≤", "<", "=", "≠"])
    }

    fn condition(&mut self, deep: usize) -> String {
        let compare = self.compare();
        match self.draw.below(if deep > 0 { 15 } else { 11 }) {
            0 | 1 => {
                let ratio = self.field(&["率甲", "率乙", "率丙"]);
                format!("{ratio} {compare} {}", self.draw.of(&RATIOS))
            }
            2 => self.field(&["是甲", "是乙"]).to_owned(),
            3 => format!("{} {compare} {}", self.field(&["金甲", "金乙"]), self.draw.of(&MONEYS)),
            4 => format!("{} = {}", self.field(&["类甲"]), self.draw.of(&["红", "黄"])),
            5 => self.limit("日甲", "日乙"),
            6 => {
                let name = self.field(&["率甲", "率乙", "金甲", "日甲", "是甲"]);
                format!("{name} {}", self.draw.of(&["缺报", "无佐证", "迟报", "有争议", "为空", "不为空"]))
            }
            7 => format!("{} {}", self.rows(), self.draw.of(&["为空", "不为空", "缺报"])),
            8 => {
                let rows = self.rows();
                format!("存在（{rows} 凡 {}）", self.row_condition(1))
            }
            9 => {
                let rows = self.rows();
                format!("个数（{rows} 凡 {}） {compare} {}项", self.row_condition(1), 1 + self.draw.below(3))
            }
            10 => {
                let ratio = self.field(&["率甲", "率乙"]);
                format!("{ratio} 在 {}", self.draw.of(&["[60%, 80%)", "(75%, 100%]", "[80%, 90%]"]))
            }
            11 => format!("（{}） 且 （{}）", self.condition(deep - 1), self.condition(deep - 1)),
            12 => format!("（{}） 或 （{}）", self.condition(deep - 1), self.condition(deep - 1)),
            13 => format!("非 （{}）", self.condition(deep - 1)),
            _ => {
                let fold = self.ratio_fold();
                format!("{fold} {compare} {}", self.draw.of(&RATIOS))
            }
        }
    }

    fn limit(&mut self, end: &'static str, start: &'static str) -> String {
        self.used.insert(end);
        self.used.insert(start);
        match self.draw.below(4) {
            0 => format!("{end} ≤ {start}"),
            1 => format!("年（{end}） = 2023年"),
            2 => format!("天数（{start}，{end}） ≤ 7个自然日"),
            _ => format!("{end} 在 {start} 起 {} 内", self.draw.of(&["7天", "5个工作日", "7个自然日", "30天"])),
        }
    }

    fn row_condition(&mut self, deep: usize) -> String {
        let compare = self.compare();
        match self.draw.below(if deep > 0 { 10 } else { 7 }) {
            0 => "合格".to_owned(),
            1 => format!("占 {compare} {}", self.draw.of(&RATIOS)),
            2 => format!("种 = {}", self.draw.of(&["红", "黄"])),
            3 => format!("额 {compare} {}", self.draw.of(&MONEYS)),
            4 => format!("倍额 {compare} {}", self.draw.of(&MONEYS)),
            5 => format!(
                "{} {}",
                self.draw.of(&["占", "额", "合格"]),
                self.draw.of(&["缺报", "无佐证", "为空", "不为空"])
            ),
            6 => {
                self.used.insert("日乙");
                format!("期 在 日乙 起 {} 内", self.draw.of(&["7天", "5个工作日", "7个自然日"]))
            }
            7 => format!("（{}） 且 （{}）", self.row_condition(deep - 1), self.row_condition(deep - 1)),
            8 => format!("（{}） 或 （{}）", self.row_condition(deep - 1), self.row_condition(deep - 1)),
            _ => format!("非 （{}）", self.row_condition(deep - 1)),
        }
    }

    // ---- data ------------------------------------------------------------------------------------

    fn data(&mut self) -> String {
        let mut text = "数据 {\n".to_owned();
        for name in self.used.clone() {
            let kind = match name.chars().next().unwrap() {
                '率' => "比率 [0%, 200%]",
                '金' => "金额 ≥ 0元",
                '数' => "个数 ≥ 0",
                '是' => "是否",
                '类' => "选项 {红, 黄, 蓝}",
                '日' => "日期",
                _ => {
                    text += &self.table(name);
                    continue;
                }
            };
            writeln!(text, "{name}：{kind}{}", self.traits()).unwrap();
        }
        text + "}\n"
    }

    fn traits(&mut self) -> String {
        let mut text = String::new();
        if !self.wish.rising && self.draw.percent(40) {
            text += "，可缺";
            if self.draw.percent(40) {
                let effect = self.draw.of(&["不符合", "满分", "待核", "不适用"]);
                write!(text, "，缺报视为{effect}").unwrap();
            }
        }
        if self.draw.percent(20) {
            text += "，可不适用";
        }
        text
    }

    fn table(&mut self, name: &str) -> String {
        let columns = ["占：比率 [0%, 200%]", "额：金额 ≥ 0元", "合格：是否", "种：选项 {红, 黄, 蓝}", "期：日期"];
        let mut text = format!("{name}：表 {{\n号：文本，键，仅报告\n权：数 ≥ 0，仅报告\n分值：分 ≥ 0分，仅报告\n");
        for column in columns {
            writeln!(text, "{column}{}，仅报告", self.traits()).unwrap();
        }
        writeln!(text, "倍额 = 额 × 2").unwrap();
        text + "}" + self.draw.of(&["", "，可缺"]) + "\n"
    }
}
