//! What a row or case gives, and the blocks 分档 and 逐项.

use heng_diag::Pair;

use super::{Reader, template::parts};

/// Results without a number.
const PLAIN: [(Pair, &str); 5] = [
    (Pair("本项不适用", "not applicable"), "不适用"),
    (Pair("待核", "to be reviewed"), "待核"),
    (Pair("退回", "returned"), "退回"),
    (Pair("停止评分", "scoring stops"), "停止"),
    (Pair("得满分", "full marks"), "满分"),
];

impl Reader<'_> {
    pub(super) fn semicolon(&self) -> &'static str {
        self.word(Pair("；", "; "))
    }

    /// What a row or a case gives.
    pub(super) fn result(&self, text: &str) -> Option<String> {
        let text = text.trim();
        if let Some((_, rule)) = PLAIN.iter().find(|(said, _)| self.is(text, *said)) {
            return Some((*rule).to_owned());
        }
        let one = |template: Pair, make: &dyn Fn(&str) -> Option<String>| {
            self.fits(text, template, |holes| match holes {
                [one] => make(one),
                _ => None,
            })
        };
        one(Pair("得满分的{}", "{} of full marks"), &|part| Some(format!("{} × 满分", self.value(part)?)))
            .or_else(|| one(Pair("按“{}”计分", "scored as {}"), &|made| self.expression(made)))
            .or_else(|| {
                one(Pair("由评审人评分（{}）", "judged by a reviewer ({})"), &|made| self.expression(made))
            })
            .or_else(|| {
                one(Pair("按下列标准评分（{}）", "scored as follows ({})"), &|block| self.block(block))
            })
            .or_else(|| self.linear(text))
            .or_else(|| one(Pair("取{}", "taken as {}"), &|value| self.value(value)))
            .or_else(|| one(Pair("为“{}”", "\"{}\""), &|word| Some(word.to_owned())))
            .or_else(|| one(Pair("得{}", "{}"), &|points| self.points(points)))
    }

    /// Plain points.
    fn points(&self, text: &str) -> Option<String> {
        let points = self.expression(text)?;
        points.ends_with(['分', 't', 's', '满', '%']).then_some(points)
    }

    fn linear(&self, text: &str) -> Option<String> {
        const WAYS: [Pair; 3] = [
            Pair("从{}按比例减至{}", "falling in proportion from {} to {}"),
            Pair("从{}按比例增至{}", "rising in proportion from {} to {}"),
            Pair("从{}按比例变至{}", "moving in proportion from {} to {}"),
        ];
        WAYS.into_iter().find_map(|way| {
            self.fits(text, way, |holes| match holes {
                [from, to] => Some(format!("线性 {} 到 {}", self.value(from)?, self.value(to)?)),
                _ => None,
            })
        })
    }

    /// The last part of a body: the score itself, as lines of a rule file.
    pub(super) fn score(&self, text: &str) -> Option<String> {
        let text = text.trim();
        if self.is(text, Pair("得分为各下级指标得分之和", "the scores of the indicators below are added up"))
        {
            return Some("得分 = 合计（下级）".to_owned());
        }
        let one = |template: Pair, make: &dyn Fn(&str) -> Option<String>| {
            self.fits(text, template, |holes| match holes {
                [one] => Some(format!("得分 = {}", make(one)?)),
                _ => None,
            })
        };
        one(Pair("得分 = {}", "score = {}"), &|made| self.expression(made))
            .or_else(|| {
                let share = Pair("得分为满分乘以{}", "the score is full marks times {}");
                one(share, &|share| Some(format!("满分 × {}", self.amount(share)?)))
            })
            .or_else(|| self.block(text))
            .or_else(|| self.result(text).map(|result| format!("得分 = {result}")))
    }

    /// A block.
    pub(super) fn block(&self, text: &str) -> Option<String> {
        self.each(text)
            .or_else(|| self.deductions(text))
            .or_else(|| self.checklist(text))
            .or_else(|| self.grid(text))
            .or_else(|| self.bands(text))
            .or_else(|| self.conditions(text))
    }

    fn each(&self, text: &str) -> Option<String> {
        self.fits(text, Pair("对每项{}分别评分（{}）：{}", "each of {} is scored ({}): {}"), |holes| {
            let [rows, share, body] = holes else { return None };
            let parts = self.clauses(body);
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            Some(format!("逐项 {}，{} {{\n{}\n}}", self.rows(rows)?, self.share(share)?, self.lines(&parts, true)?))
        })
    }

    /// The clauses for a row; what else a demand leads to belongs to it.
    fn clauses(&self, body: &str) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for part in parts(body, self.semicolon()) {
            match out.last_mut() {
                Some(last) if part.starts_with("else ") => *last = format!("{last}; {part}"),
                _ => out.push(part.to_owned()),
            }
        }
        out
    }

    fn share(&self, text: &str) -> Option<String> {
        const WHOLE: [(Pair, &str); 3] = [
            (Pair("满分均分", "full marks shared out evenly"), "均分"),
            (Pair("取各项得分的平均", "the mean of the scores counts"), "平均"),
            (Pair("各项得分相加", "the scores are added up"), "合计"),
        ];
        if let Some((_, rule)) = WHOLE.iter().find(|(said, _)| self.is(text, *said)) {
            return Some((*rule).to_owned());
        }
        let by = self.fits(text, Pair("每项满分为{}", "full marks of each: {}"), |holes| {
            Some(format!("满分 各 {}", self.expression(holes.first()?)?))
        });
        by.or_else(|| {
            self.fits(text, Pair("满分按{}分摊", "full marks shared out by {}"), |holes| {
                Some(format!("加权 {}", self.expression(holes.first()?)?))
            })
        })
    }

    // ---- 分档 ------------------------------------------------------------------------------------

    /// Rows of one subject, which the first of them names.
    fn bands(&self, text: &str) -> Option<String> {
        let rows = parts(text, self.semicolon());
        let (first, rest) = rows.split_first()?;
        let head = Pair("{}的，{}", "if {}: {}");
        self.fits(first, head, |holes| {
            let [left, result] = holes else { return None };
            let result = self.result(result)?;
            let (subject, cell) = self.subject_and_cell(left)?;
            let mut lines = vec![format!("{cell}：{result}")];
            for row in rest {
                lines.push(self.band(row)?);
            }
            Some(format!("分档 {subject} {{\n{}\n}}", lines.join("\n")))
        })
    }

    /// The subject of a 分档 and its first cell: the shortest subject with which the rest is a cell.
    fn subject_and_cell(&self, text: &str) -> Option<(String, String)> {
        for (at, _) in text.char_indices().skip(1) {
            let (subject, cell) = text.split_at_checked(at)?;
            if !super::template::closed(subject) {
                continue;
            }
            if let Some(cell) = self.cell(cell, true)
                && let Some(subject) = self.amount(subject)
            {
                return Some((subject, cell));
            }
        }
        None
    }

    fn band(&self, row: &str) -> Option<String> {
        let rest = self.fits(row, Pair("其余的，{}", "otherwise: {}"), |holes| {
            Some(format!("其他：{}", self.result(holes.first()?)?))
        });
        rest.or_else(|| {
            self.fits(row, Pair("{}的，{}", "if {}: {}"), |holes| match holes {
                [cell, result] => Some(format!("{}：{}", self.cell(cell, false)?, self.result(result)?)),
                _ => None,
            })
        })
    }

    /// Rows of several subjects, which stand before them.
    fn grid(&self, text: &str) -> Option<String> {
        self.fits(text, Pair("按{}评分：{}", "scored by {}: {}"), |holes| {
            let [subjects, rows] = holes else { return None };
            let subjects = parts(subjects, self.word(Pair("、", ", ")));
            if subjects.len() < 2 {
                return None;
            }
            let rows = parts(rows, self.semicolon()).into_iter().map(|row| self.grid_row(row, &subjects));
            let rows = rows.collect::<Option<Vec<String>>>()?;
            let subjects: Option<Vec<String>> = subjects.iter().map(|subject| self.amount(subject)).collect();
            Some(format!("分档 {} {{\n{}\n}}", subjects?.join("，"), rows.join("\n")))
        })
    }

    /// A cell for each subject; a subject that a row is silent about may be anything.
    fn grid_row(&self, row: &str, subjects: &[&str]) -> Option<String> {
        let rest = self.fits(row, Pair("其余的，{}", "otherwise: {}"), |holes| {
            Some(format!("{}：{}", vec!["其他"; subjects.len()].join("，"), self.result(holes.first()?)?))
        });
        rest.or_else(|| {
            self.fits(row, Pair("{}的，{}", "if {}: {}"), |holes| match holes {
                [left, result] => Some(format!("{}：{}", self.cells(left, subjects)?.join("，"), self.result(result)?)),
                _ => None,
            })
        })
    }

    /// The cells of a row in the order of the subjects: the first cell is as short as can be.
    fn cells(&self, text: &str, subjects: &[&str]) -> Option<Vec<String>> {
        let (subject, later) = subjects.split_first()?;
        if let Some(rest) = text.strip_prefix(subject) {
            let word = self.word(Pair("且", " and "));
            let ends = rest.match_indices(word).map(|(at, _)| at).chain([rest.len()]);
            for end in ends.filter(|end| rest.get(..*end).is_some_and(super::template::closed)) {
                let Some(cell) = self.cell(rest.get(..end)?, true) else { continue };
                let after = rest.get(end..)?.strip_prefix(word);
                let cells = match after {
                    Some(after) => self.cells(after, later),
                    None => Some(vec!["其他".to_owned(); later.len()]),
                };
                if let Some(cells) = cells {
                    return Some([vec![cell], cells].concat());
                }
            }
        }
        let cells = self.cells(text, later)?;
        Some([vec!["其他".to_owned()], cells].concat())
    }

    /// Rows that are conditions of their own.
    fn conditions(&self, text: &str) -> Option<String> {
        let rows = parts(text, self.semicolon()).into_iter().map(|row| {
            let rest = self.fits(row, Pair("其他情形，{}", "otherwise: {}"), |holes| {
                Some(format!("其他：{}", self.result(holes.first()?)?))
            });
            rest.or_else(|| self.case(row).map(|(when, then)| format!("{when}：{then}")))
        });
        let rows = rows.collect::<Option<Vec<String>>>().filter(|rows| !rows.is_empty())?;
        Some(format!("分档 {{\n{}\n}}", rows.join("\n")))
    }

    /// A condition and what it gives.
    pub(super) fn case(&self, text: &str) -> Option<(String, String)> {
        self.fits(text, Pair("{}的，{}", "if {}: {}"), |holes| match holes {
            [condition, result] => Some((self.condition(condition)?, self.result(result)?)),
            _ => None,
        })
    }
}
