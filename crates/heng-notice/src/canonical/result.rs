//! What a row or case gives, and the blocks: 分档, 计分, 扣分, 逐项.

use heng_diag::{Lang, Pair};

use super::{Reader, template::parts};

/// Results without a number.
const PLAIN: [(Pair, &str); 5] = [
    (Pair("本项不适用", "not applicable"), "不适用"),
    (Pair("待核", "to be reviewed"), "待核"),
    (Pair("退回", "returned"), "退回"),
    (Pair("停止评分", "scoring stops"), "停止"),
    (Pair("得满分", "full marks"), "满分"),
];

/// What a part of a step counts.
const PARTS: [(Pair, &str); 3] = [
    (Pair("（不足{}的不计）", " (a part of it does not count)"), "按整"),
    (Pair("（不足{}的按比例计）", " (a part of it counts in proportion)"), "按比例"),
    (Pair("（不足{}的按{}计）", " (a part of it counts whole)"), "不足一个按一个"),
];

/// Steps beyond a limit.
const BEYOND: [(Pair, &str); 3] = [
    (Pair("{}超过{}的，每超过{}扣{}", "if {} is above {}: {} off for each {}"), "超过"),
    (Pair("{}低于{}的，每低{}扣{}", "if {} is below {}: {} off for each {}"), "低于"),
    (Pair("{}偏离{}的，每偏离{}扣{}", "if {} is away from {}: {} off for each {}"), "偏离"),
];

impl Reader<'_> {
    fn semicolon(&self) -> &'static str {
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

    // ---- 扣分 ------------------------------------------------------------------------------------

    fn deductions(&self, text: &str) -> Option<String> {
        let comma = self.word(Pair("，", "，"));
        let done = self.word(Pair("扣完为止", "until nothing is left"));
        let (rows, floor) = match text.strip_suffix(done) {
            Some(rows) => (rows.trim_end().trim_end_matches(comma).trim_end_matches(','), String::new()),
            None => self.floor(text)?,
        };
        let whole = self.fits(rows, Pair("{}", "{}"), |_| self.shortfall(rows));
        if let Some(row) = whole {
            return Some(format!("扣分{floor} {{\n{row}\n}}"));
        }
        let mut parts = parts(rows, self.semicolon());
        let from = parts.first().and_then(|part| {
            self.fits(part, Pair("从{}起扣", "starting from {}"), |holes| {
                Some(format!(" 从 {}", self.value(holes.first()?)?))
            })
        });
        if from.is_some() {
            parts.remove(0);
        }
        let rows: Option<Vec<String>> = parts.iter().map(|row| self.deduction(row)).collect();
        let rows = rows.filter(|rows| !rows.is_empty())?;
        Some(format!("扣分{}{floor} {{\n{}\n}}", from.unwrap_or_default(), rows.join("\n")))
    }

    fn floor<'t>(&self, text: &'t str) -> Option<(&'t str, String)> {
        let floor = Pair("，最低扣至{}", ", down to {} at the lowest");
        let (lead, _) = self.word(floor).split_once("{}")?;
        let (rows, rest) = text.rsplit_once(lead)?;
        let value = rest.trim_end_matches(" at the lowest");
        Some((rows, format!(" 到 {}", self.value(value)?)))
    }

    /// A single shortfall starts with who gets full marks.
    fn shortfall(&self, text: &str) -> Option<String> {
        let (text, partial) = self.partial(text);
        let said = Pair("{}达到{}的，得满分；每低{}扣{}", "if {} reaches {}: full marks; for each {} below it: {} off");
        self.fits(text, said, |holes| match holes {
            [amount, limit, step, points] => Some(self.step_row([amount, "低于", limit, step, points], partial?)?),
            _ => None,
        })
    }

    fn deduction(&self, text: &str) -> Option<String> {
        let (bare, partial) = self.partial(text);
        let beyond = BEYOND.iter().find_map(|(template, side)| {
            self.fits(bare, *template, |holes| match (holes, self.lang) {
                ([amount, limit, step, points], Lang::Zh) | ([amount, limit, points, step], Lang::En) => {
                    self.step_row([amount, side, limit, step, points], partial?)
                }
                _ => None,
            })
        });
        beyond.or_else(|| self.per_row(bare)).or_else(|| self.per_unit(bare, partial)).or_else(|| {
            self.fits(text, Pair("{}的，扣{}", "if {}: {} off"), |holes| match holes {
                [condition, points] => Some(format!("{}：{}", self.condition(condition)?, self.value(points)?)),
                _ => None,
            })
        })
    }

    fn step_row(&self, [amount, side, limit, step, points]: [&str; 5], partial: &str) -> Option<String> {
        let [amount, limit, step] = [self.amount(amount)?, self.amount(limit)?, self.amount(&self.counted(step))?];
        Some(format!("{amount} {side} {limit}，每 {step}：{}，{partial}", self.value(points)?))
    }

    /// A step whose one was not said: `each percentage point`.
    fn counted(&self, step: &str) -> String {
        let bare = step.chars().next().is_some_and(|sign| sign.is_ascii_alphabetic());
        if bare { format!("1 {step}") } else { step.to_owned() }
    }

    fn per_row(&self, text: &str) -> Option<String> {
        if self.lang == Lang::En {
            let one = self.fits(text, Pair("", "for each of {}: {} off"), |holes| match holes {
                [rows, points] => Some(format!("{}，每 1项：{}", self.rows(rows)?, self.value(points)?)),
                _ => None,
            });
            return one.or_else(|| {
                self.fits(text, Pair("", "for every {} of {}: {} off"), |holes| match holes {
                    [count, rows, points] => {
                        Some(format!("{}，每 {}：{}", self.rows(rows)?, self.value(count)?, self.value(points)?))
                    }
                    _ => None,
                })
            });
        }
        self.fits(text, Pair("{}每有{}项扣{}", ""), |holes| match holes {
            [rows, count, points] => {
                Some(format!("{}，每 {}项：{}", self.rows(rows)?, self.value(count)?, self.value(points)?))
            }
            _ => None,
        })
    }

    fn per_unit(&self, text: &str, partial: Option<&str>) -> Option<String> {
        self.fits(text, Pair("{}每满{}扣{}", "for each {} of {}: {} off"), |holes| {
            let [a, b, points] = holes else { return None };
            let (amount, count) = if self.lang == Lang::Zh { (a, b) } else { (b, a) };
            let partial = partial.map(|partial| format!("，{partial}")).unwrap_or_default();
            let count = self.amount(&self.counted(count))?;
            Some(format!("{}，每 {count}：{}{partial}", self.amount(amount)?, self.value(points)?))
        })
    }

    /// A row without what it says of a part of a step, and that.
    fn partial<'t>(&self, text: &'t str) -> (&'t str, Option<&'static str>) {
        for (said, rule) in PARTS {
            let said = self.word(said);
            let lead = said.split("{}").next().unwrap_or_default();
            let tail = said.rsplit("{}").next().unwrap_or_default();
            let Some((bare, rest)) = text.rsplit_once(lead) else { continue };
            let inside =
                said.contains("{}") && rest.ends_with(tail) && (tail != "计）" || !rest.ends_with("按比例计）"));
            if inside || (!said.contains("{}") && rest.is_empty()) {
                return (bare.trim_end(), Some(rule));
            }
        }
        (text, None)
    }

    // ---- 计分 ------------------------------------------------------------------------------------

    fn checklist(&self, text: &str) -> Option<String> {
        let (sentence, most) = self.most(text);
        let separator = self.word(Pair("、", "; "));
        const EQUAL: [Pair; 2] = [
            Pair("下列各项每有1项成立得{}：{}", "for each of the following that holds, {}: {}"),
            Pair("下列各项每有1项成立计{}：{}", "for each of the following that holds, {}: {}"),
        ];
        let equal = EQUAL.into_iter().find_map(|said| {
            self.fits(sentence, said, |holes| {
                let [points, items] = holes else { return None };
                let points = self.value(points)?;
                let rows = parts(items, separator)
                    .into_iter()
                    .map(|item| Some(format!("{}：{points}", self.condition(item)?)));
                rows.collect::<Option<Vec<String>>>()
            })
        });
        let own = || {
            let said = Pair("下列各项成立的分别得分：{}", "for each of the following that holds: {}");
            self.fits(sentence, said, |holes| {
                let rows = parts(holes.first()?, separator).into_iter().map(|item| self.own_points(item));
                rows.collect::<Option<Vec<String>>>()
            })
        };
        let rows = equal.or_else(own).filter(|rows| !rows.is_empty())?;
        Some(format!("计分{most} {{\n{}\n}}", rows.join("\n")))
    }

    fn most<'t>(&self, text: &'t str) -> (&'t str, String) {
        let lead = self.word(Pair("，最高得", ", at most "));
        let found = text.rsplit_once(lead).and_then(|(sentence, most)| Some((sentence, self.value(most)?)));
        found.map_or((text, String::new()), |(sentence, most)| (sentence, format!(" 到 {most}")))
    }

    /// A row with points of its own: `制度健全（2分）`.
    fn own_points(&self, text: &str) -> Option<String> {
        // A row that counts is said as a rule file writes it.
        let counts = self.fits(text, Pair("{}，每 {}：{}（{}）", "{}, per {}: {} ({})"), |holes| match holes {
            [what, step, points, _] => {
                let points = points.replace(", ", "，");
                let parts: Option<Vec<String>> = points.split('，').map(|part| self.expression(part)).collect();
                Some(format!("{}，每 {}：{}", self.expression(what)?, self.expression(step)?, parts?.join("，")))
            }
            _ => None,
        });
        if counts.is_some() {
            return counts;
        }
        self.fits(text, Pair("{}（{}）", "{} ({})"), |holes| match holes {
            [condition, points] => Some(format!("{}：{}", self.condition(condition)?, self.value(points)?)),
            _ => None,
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
