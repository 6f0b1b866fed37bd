//! 扣分 and 计分.

use heng_diag::{Lang, Pair};

use super::{Reader, template::parts};

/// What a part of a step counts.
const PARTS: [(Pair, &str); 3] = [
    (Pair("（不足{}的不计）", " (a part of it does not count)"), "按整"),
    (Pair("（不足{}的按比例计）", " (a part of it counts in proportion)"), "按比例"),
    (Pair("（不足{}的按{}计）", " (a part of it counts whole)"), "不足一个按一个"),
];

/// How rows say what they count, and what it gives each time.
struct Way {
    when: Pair,
    beyond: [(Pair, &'static str); 3],
    row: Pair,
    rows: Pair,
    unit: Pair,
}

/// A row takes off, adds points, or adds to a count.
const OFF: Way = Way {
    when: Pair("{}的，扣{}", "if {}: {} off"),
    beyond: [
        (Pair("{}超过{}的，每超过{}扣{}", "if {} is above {}: {} off for each {}"), "超过"),
        (Pair("{}低于{}的，每低{}扣{}", "if {} is below {}: {} off for each {}"), "低于"),
        (Pair("{}偏离{}的，每偏离{}扣{}", "if {} is away from {}: {} off for each {}"), "偏离"),
    ],
    row: Pair("{}每有{}项扣{}", "for each of {}: {} off"),
    rows: Pair("{}每有{}项扣{}", "for every {} of {}: {} off"),
    unit: Pair("{}每满{}扣{}", "for each {} of {}: {} off"),
};
const ON: Way = Way {
    when: Pair("{}的，得{}", "if {}: {}"),
    beyond: [
        (Pair("{}超过{}的，每超过{}得{}", "if {} is above {}: {} for each {}"), "超过"),
        (Pair("{}低于{}的，每低{}得{}", "if {} is below {}: {} for each {}"), "低于"),
        (Pair("{}偏离{}的，每偏离{}得{}", "if {} is away from {}: {} for each {}"), "偏离"),
    ],
    row: Pair("{}每有{}项得{}", "for each of {}: {}"),
    rows: Pair("{}每有{}项得{}", "for every {} of {}: {}"),
    unit: Pair("{}每满{}得{}", "for each {} of {}: {}"),
};
const COUNTED: Way = Way {
    when: Pair("{}的，计{}", "if {}: {}"),
    beyond: [
        (Pair("{}超过{}的，每超过{}计{}", "if {} is above {}: {} for each {}"), "超过"),
        (Pair("{}低于{}的，每低{}计{}", "if {} is below {}: {} for each {}"), "低于"),
        (Pair("{}偏离{}的，每偏离{}计{}", "if {} is away from {}: {} for each {}"), "偏离"),
    ],
    row: Pair("{}每有{}项计{}", "for each of {}: {}"),
    rows: Pair("{}每有{}项计{}", "for every {} of {}: {}"),
    unit: Pair("{}每满{}计{}", "for each {} of {}: {}"),
};

impl Reader<'_> {
    pub(super) fn deductions(&self, text: &str) -> Option<String> {
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
        let rows: Option<Vec<String>> = parts.iter().map(|row| self.counted_row(row, &OFF)).collect();
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

    /// A row that takes off or adds.
    fn counted_row(&self, text: &str, way: &Way) -> Option<String> {
        let (bare, partial) = self.partial(text);
        let beyond = way.beyond.iter().find_map(|(template, side)| {
            self.fits(bare, *template, |holes| match (holes, self.lang) {
                ([amount, limit, step, points], Lang::Zh) | ([amount, limit, points, step], Lang::En) => {
                    self.step_row([amount, side, limit, step, points], partial?)
                }
                _ => None,
            })
        });
        beyond.or_else(|| self.per_row(bare, way)).or_else(|| self.per_unit(bare, partial, way)).or_else(|| {
            self.fits(text, way.when, |holes| match holes {
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

    fn per_row(&self, text: &str, way: &Way) -> Option<String> {
        let one = self.fits(text, way.row, |holes| match holes {
            [rows, points] => Some(format!("{}，每 1项：{}", self.rows(rows)?, self.value(points)?)),
            _ => None,
        });
        one.or_else(|| {
            self.fits(text, way.rows, |holes| {
                let [a, b, points] = holes else { return None };
                let (rows, count) = if self.lang == Lang::Zh { (a, b) } else { (b, a) };
                let unit = if count.chars().all(|sign| sign.is_ascii_digit()) { "项" } else { "" };
                Some(format!("{}，每 {}{unit}：{}", self.rows(rows)?, self.value(count)?, self.value(points)?))
            })
        })
    }

    fn per_unit(&self, text: &str, partial: Option<&str>, way: &Way) -> Option<String> {
        self.fits(text, way.unit, |holes| {
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

    /// A 计分.
    pub(super) fn checklist(&self, text: &str) -> Option<String> {
        let (sentence, most) = self.most(text);
        let start = self.fits(sentence, Pair("从{}起加；{}", "starting from {}; {}"), |holes| match holes {
            [from, rest] => Some((format!(" 从 {}", self.value(from)?), (*rest).to_owned())),
            _ => None,
        });
        let (from, sentence) = start.unwrap_or((String::new(), sentence.to_owned()));
        let rows = self.listed(&sentence).filter(|rows| !rows.is_empty())?;
        Some(format!("计分{from}{most} {{\n{}\n}}", rows.join("\n")))
    }

    /// The rows of a 计分: conditions of equal points, conditions with their own, or clauses.
    fn listed(&self, sentence: &str) -> Option<Vec<String>> {
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
        let counted = || {
            let said = Pair("下列各项分别计分：{}", "the following add up: {}");
            self.fits(sentence, said, |holes| {
                let rows = parts(holes.first()?, self.semicolon()).into_iter();
                let rows = rows.map(|row| self.counted_row(row, &ON).or_else(|| self.counted_row(row, &COUNTED)));
                rows.collect::<Option<Vec<String>>>()
            })
        };
        equal.or_else(own).or_else(counted)
    }

    fn most<'t>(&self, text: &'t str) -> (&'t str, String) {
        let lead = self.word(Pair("，最高得", ", at most "));
        let found = text.rsplit_once(lead).and_then(|(sentence, most)| Some((sentence, self.value(most)?)));
        found.map_or((text, String::new()), |(sentence, most)| (sentence, format!(" 到 {most}")))
    }

    /// A row with points of its own: `制度健全（2分）`.
    fn own_points(&self, text: &str) -> Option<String> {
        self.fits(text, Pair("{}（{}）", "{} ({})"), |holes| match holes {
            [condition, points] => Some(format!("{}：{}", self.condition(condition)?, self.value(points)?)),
            _ => None,
        })
    }
}
