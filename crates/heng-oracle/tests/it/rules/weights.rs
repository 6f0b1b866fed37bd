//! Groups whose children are weighed by a table.

use std::fmt::Write;

use super::Writer;

impl Writer<'_> {
    /// A 权重表 over the children whose text is given. Some rows may be lacking; then 其他 says what happens.
    pub fn weights(&mut self, below: &str, level: usize) -> String {
        let word = ["", "一级指标 ", "二级指标 ", "三级指标 "][level];
        let mut names: Vec<&str> =
            below.lines().filter_map(|line| line.strip_prefix(word)?.split_whitespace().next()).collect();
        if self.wish.reversed {
            names.reverse();
        }
        let of = if self.draw.percent(30) { "（得分 × 2）" } else { "" };
        let whole = self.draw.percent(50);
        let mut text = format!("得分 = 权重表 {of} {{\n");
        for set in (1..1_usize << names.len()).rev() {
            if !whole && self.draw.percent(40) {
                continue;
            }
            let mut row: Vec<&str> =
                names.iter().enumerate().filter(|(index, _)| set >> index & 1 == 1).map(|(_, name)| *name).collect();
            if self.draw.percent(50) {
                row.reverse();
            }
            let mut rest = 100;
            let mut weights = Vec::new();
            for _ in 1..row.len() {
                let weight = self.draw.below(rest + 1);
                rest -= weight;
                weights.push(format!("{weight}%"));
            }
            weights.push(format!("{rest}%"));
            writeln!(text, "{}：{}", row.join("、"), weights.join("、")).unwrap();
        }
        if !whole {
            let other = self.draw.of(&["停止", "待核", "0分", "不适用"]);
            writeln!(text, "其他：{}", if self.wish.rising { "0分" } else { other }).unwrap();
        }
        let tail = if of.is_empty() { "" } else { "，不超过 满分" };
        text + "}" + tail + "\n"
    }
}
