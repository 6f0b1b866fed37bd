//! Words without spaces. A clerk writes `当执行率≥95%：满分` as the notice does; the grammar needs to
//! know where 当 ends. A run of characters that is neither a keyword nor a declared name is cut into
//! keywords, names and amounts. Where exactly one way of cutting can be read, it is taken; where two
//! can, both are shown and nothing is guessed. So a new name can cause an error elsewhere, and can
//! never change what a line means in silence.

use std::collections::{BTreeMap, BTreeSet};

use heng_diag::Diagnostic;
use pest::Parser;

use crate::{
    fold::{Changes, Folded},
    keywords::{FIELDS, KEYWORDS, WORDS},
    parse::{HengParser, Rule},
    wording,
};

/// The private character that marks a boundary; the grammar takes it for a blank.
const MARK: &str = "\u{E000}";
/// How many ways of cutting one line are looked at.
const MOST: usize = 16;

/// The text with a mark at every boundary that a space would otherwise show.
pub fn mark(
    folded: &Folded,
    span: impl Fn(usize, usize) -> heng_diag::Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Folded {
    // An amendment speaks of names that another file declares, so nothing in it is cut.
    let amends = |line: &str| ["修订 ", "amend "].iter().any(|word| line.starts_with(word));
    if folded.text.lines().any(amends) {
        return folded.with(Changes::default());
    }
    let vocabulary = Vocabulary::of(&folded.text);
    let mut insertions: Vec<(usize, &'static str)> = Vec::new();
    let mut start = 0;
    // Whether the blocks around hold rows.
    let mut in_rows: Vec<bool> = Vec::new();
    for line in folded.text.split_inclusive('\n') {
        let readings = match tight_headline(line) {
            Some(at) => vec![vec![at]],
            None => vocabulary.readings(line, in_rows.last() == Some(&true)),
        };
        // A case stands among the lines of a block, never among the rows of a table.
        let case =
            in_rows.last() != Some(&true) && runs(line).first().is_some_and(|(at, run)| may_be_case(line, *at, run));
        let rules: &[Rule] = if case { &LINES } else { &EITHER };
        let chosen = match readings.as_slice() {
            [] => None,
            [only] => Some(only),
            [..] => {
                let mut sound = readings.iter().filter(|cuts| parses(&cut(line, cuts), rules));
                let first = sound.next();
                if let (Some(first), Some(second)) = (first, sound.next()) {
                    let end = start + line.trim_end().len();
                    let shown = |cuts: &[usize]| cut(line, cuts).trim().replace(MARK, " ");
                    diagnostics.push(wording::two_readings(span(start, end), &shown(first), &shown(second)));
                }
                first.or(readings.first())
            }
        };
        insertions.extend(chosen.into_iter().flatten().map(|at| (start + at, MARK)));
        start += line.len();
        nest(line, &mut in_rows);
    }
    folded.with(Changes { insertions, ..Changes::default() })
}

fn cut(line: &str, cuts: &[usize]) -> String {
    let mut out = String::with_capacity(line.len() + cuts.len() * 3);
    let mut last = 0;
    for at in cuts {
        out.push_str(line.get(last..*at).unwrap_or(""));
        out.push_str(MARK);
        last = *at;
    }
    out.push_str(line.get(last..).unwrap_or(""));
    out
}

/// Whether some line of the language reads the text; an opening brace at its end counts as closed.
fn parses(line: &str, rules: &[Rule]) -> bool {
    let line = line.trim();
    let closed = if line.ends_with('{') { format!("{line}}}") } else { line.to_owned() };
    rules.iter().any(|rule| HengParser::parse(*rule, &closed).is_ok())
}

const LINES: [Rule; 2] = [Rule::lone_line, Rule::lone_data];
const EITHER: [Rule; 4] = [Rule::lone_line, Rule::lone_row, Rule::lone_weights, Rule::lone_data];

/// Opens and closes the blocks of a line.
fn nest(line: &str, in_rows: &mut Vec<bool>) {
    let words = ["分档", "计分", "扣分", "权重表", "bands", "points_for", "deduct", "weights"];
    let mut from = 0;
    for (at, sign) in line.match_indices(['{', '}']) {
        if sign == "{" {
            let head = line.get(from..at).unwrap_or("");
            in_rows.push(words.iter().any(|word| head.contains(word)));
        } else {
            in_rows.pop();
        }
        from = at;
    }
}

struct Vocabulary {
    keywords: BTreeSet<&'static str>,
    names: BTreeSet<String>,
    /// First characters of keywords and names, to skip quickly.
    firsts: BTreeMap<char, Vec<String>>,
}

impl Vocabulary {
    fn of(text: &str) -> Vocabulary {
        let chinese = |word: &&'static str| word.chars().all(|c| !c.is_ascii());
        let extra = [
            "不少于",
            "不小于",
            "达到",
            "不高于",
            "不多于",
            "不大于",
            "高于",
            "多于",
            "大于",
            "不足",
            "不满",
            "少于",
            "小于",
            "不等于",
            "等于",
            "以内",
            "以外",
            "位小数",
            "一级指标",
            "二级指标",
            "三级指标",
        ];
        let keywords: BTreeSet<&'static str> = KEYWORDS
            .iter()
            .map(|keyword| keyword.zh)
            .chain(WORDS.iter().map(|(zh, _)| *zh))
            .chain(extra)
            .filter(chinese)
            .collect();
        let names = names(text);
        let mut firsts: BTreeMap<char, Vec<String>> = BTreeMap::new();
        for word in keywords.iter().map(|word| (*word).to_owned()).chain(names.iter().cloned()) {
            if let Some(first) = word.chars().next() {
                firsts.entry(first).or_default().push(word);
            }
        }
        Vocabulary { keywords, names, firsts }
    }

    /// The ways of cutting a line: offsets of boundaries. One empty way when nothing needs a cut.
    fn readings(&self, line: &str, in_rows: bool) -> Vec<Vec<usize>> {
        let mut ways: Vec<Vec<usize>> = vec![Vec::new()];
        for (at, run) in runs(line) {
            let case = !in_rows && may_be_case(line, at, run);
            if self.whole(run) && !case {
                continue;
            }
            let mut cuts = self.segment(run);
            // The name that the whole run is stays a reading beside those that begin with 当.
            if case && self.whole(run) {
                cuts.retain(|cuts| cuts.is_empty() || cuts.first() == Some(&"当".len()));
            }
            if cuts.is_empty() {
                continue;
            }
            let mut longer = Vec::new();
            for way in &ways {
                for cut in &cuts {
                    if longer.len() < MOST {
                        longer.push(way.iter().copied().chain(cut.iter().map(|offset| at + offset)).collect());
                    }
                }
            }
            ways = longer;
        }
        ways
    }

    /// Whether a run is one word: a keyword, a name, or something without Chinese characters.
    fn whole(&self, run: &str) -> bool {
        run.is_ascii()
            || if run.starts_with(|c: char| c.is_ascii_digit()) {
                amount(run) == Some(run.len()) || self.names.contains(run)
            } else {
                self.names.contains(run) || self.keywords.contains(run)
            }
    }

    /// Every way to cut a run into known words and amounts; each is a list of inner offsets.
    fn segment(&self, run: &str) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        let mut stack: Vec<(usize, Vec<usize>)> = vec![(0, Vec::new())];
        let mut steps = 0;
        while let Some((at, cuts)) = stack.pop() {
            steps += 1;
            if steps > 4096 || found.len() >= MOST {
                break;
            }
            let rest = run.get(at..).unwrap_or("");
            if rest.is_empty() {
                found.push(cuts);
                continue;
            }
            let mut next = |length: usize| {
                let mut longer = cuts.clone();
                if at > 0 {
                    longer.push(at);
                }
                stack.push((at + length, longer));
            };
            if let Some(length) = amount(rest) {
                next(length);
            }
            let latin = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                next(latin);
            }
            for word in rest.chars().next().and_then(|first| self.firsts.get(&first)).into_iter().flatten() {
                if rest.starts_with(word.as_str()) {
                    next(word.len());
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }
}

/// The length of a number with its unit at the start of a text.
fn amount(text: &str) -> Option<usize> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let dated = text.get(4..).is_some_and(|rest| rest.starts_with(['年', '-']));
    if dated && let Ok(mut pairs) = HengParser::parse(Rule::date, text) {
        return pairs.next().map(|pair| pair.as_span().end());
    }
    HengParser::parse(Rule::quantity, text).ok()?.next().map(|pair| pair.as_span().end())
}

/// The runs of word characters in a line that may need cutting, with their offsets: not in quotes,
/// comments, headlines and the text of a field.
fn runs(line: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let trimmed = line.trim_start();
    // The names of an import are declared elsewhere.
    if is_headline(trimmed) || is_field(trimmed) || crate::import::is_use(trimmed) {
        return found;
    }
    let mut start: Option<usize> = None;
    let mut quote: Option<char> = None;
    let mut previous = ' ';
    for (at, character) in line.char_indices() {
        if let Some(close) = quote {
            if character == close {
                quote = None;
            }
            previous = character;
            continue;
        }
        let slashes = character == '/' && line.get(at + 1..).is_some_and(|rest| rest.starts_with('/'));
        let comment = previous.is_whitespace() && (character == '#' || slashes);
        let word = character.is_alphanumeric() || character == '_' || (character == '.' && previous.is_ascii_digit());
        if word && start.is_none() {
            start = Some(at);
        }
        if !word {
            if let Some(from) = start.take() {
                found.extend(line.get(from..at).map(|run| (from, run)));
            }
            quote = match character {
                '“' => Some('”'),
                '「' => Some('」'),
                '《' => Some('》'),
                '"' => Some('"'),
                _ => None,
            };
        }
        if comment {
            return found;
        }
        previous = character;
    }
    if let Some(from) = start {
        found.extend(line.get(from..).map(|run| (from, run.trim_end())));
    }
    found
}

/// Whether a run at the start of a line may be 当 and the name behind it: what the line gives stands
/// behind a colon, after a comparison.
fn may_be_case(line: &str, at: usize, run: &str) -> bool {
    let before = line.get(..at).unwrap_or("");
    let after = line.get(at + run.len()..).unwrap_or("").trim_start();
    let compares = after.starts_with(['=', '≥', '≤', '>', '<', '≠', '!']);
    before.trim().is_empty() && run.starts_with('当') && compares && after.contains(':')
}

/// Where the name begins in a headline whose word runs into it, and which says its points: `指标紧凑10分{`.
fn tight_headline(line: &str) -> Option<usize> {
    let start = line.len() - line.trim_start().len();
    let words = ["一级指标", "二级指标", "三级指标", "四级指标", "五级指标", "六级指标", "加分指标", "指标"];
    let word = words.iter().find(|word| line.get(start..).is_some_and(|line| line.starts_with(**word)))?;
    let rest = line.get(start + word.len()..)?;
    let head = rest.split('{').next().filter(|head| rest.len() > head.len())?.trim_end();
    let points = head.strip_suffix('分')?.trim_end().ends_with(|c: char| c.is_ascii_digit());
    let runs_in = rest.starts_with(|c: char| c.is_alphabetic());
    (points && runs_in).then_some(start + word.len())
}

fn is_headline(line: &str) -> bool {
    let words = [
        "规则包",
        "一级指标",
        "二级指标",
        "三级指标",
        "四级指标",
        "五级指标",
        "六级指标",
        "加分指标",
        "pack ",
        "indicator ",
        "bonus ",
    ];
    line.contains('{') && (words.iter().any(|word| line.starts_with(word)) || line.starts_with("指标 "))
}

fn is_field(line: &str) -> bool {
    let word = line.split(':').next().unwrap_or("").trim();
    line.contains(':') && FIELDS.iter().any(|(zh, en)| *zh == word || *en == word)
}

/// Whether a line is `name = …`. A line that begins with 当 and gives a result is a case; 须 and the
/// blocks never begin a definition.
fn defines(line: &str) -> bool {
    let before = line.split('=').next().unwrap_or("");
    let starts = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    line.contains('=')
        && !before.contains([':', ',', '(', '{', '"', '“'])
        && !starts(&["须", "逐项", "分档", "扣分", "计分"])
        && (!line.starts_with('当') || !line.contains(':'))
}

/// The names a text declares, found line by line: before `:`, `=` and `{` at the start of a line,
/// between the braces of a 选项, after 方法 and between its brackets.
fn names(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut add = |name: &str| {
        let name = name.trim();
        if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_') {
            names.insert(name.to_owned());
        }
    };
    let (mut depth, mut data) = (0usize, false);
    for line in text.lines().map(str::trim_start) {
        let (opens, closes) = (line.matches('{').count(), line.matches('}').count());
        if depth == 0 {
            data = line.starts_with("数据") || line.starts_with("data");
        }
        depth = (depth + opens).saturating_sub(closes);
        if is_headline(line) {
            let head = line.split('{').next().unwrap_or("").trim();
            head.split_whitespace().skip(1).for_each(&mut add);
            continue;
        }
        let method = line.strip_prefix("方法").or_else(|| line.strip_prefix("method "));
        let before = |signs: &[char]| line.find(signs).and_then(|at| line.get(..at)).unwrap_or("");
        if let Some(method) = method {
            let (name, rest) = method.split_once('(').unwrap_or((method, ""));
            add(name);
            let parameters = rest.split(')').next().unwrap_or("");
            parameters.split([',', ';']).for_each(|parameter| add(parameter.split(':').next().unwrap_or("")));
        } else if data {
            line.split(['{', ';']).for_each(|part| add(part.split([':', '=']).next().unwrap_or("")));
            // A line that lacks its colon declares a name all the same.
            if !line.contains([':', '=', '{']) {
                let run = line.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
                WORDS.iter().filter_map(|(ty, _)| run.strip_suffix(*ty)).for_each(&mut add);
            }
        } else if defines(line) {
            add(before(&['=']));
        }
        for list in line.split("选项").skip(1).chain(line.split("choice").skip(1)) {
            if let Some(words) = list.trim_start().strip_prefix('{') {
                words.split('}').next().unwrap_or("").split([',', '、']).for_each(&mut add);
            }
        }
    }
    let keywords: BTreeSet<&str> = KEYWORDS.iter().map(|keyword| keyword.zh).collect();
    names.retain(|name| !keywords.contains(name.as_str()));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &str = "执行率:比率\n支出决算数:金额\n调整预算数:金额\n采购合同:表 {\n公告日期:日期\n签订日期:日期\n}\n自行调整额:金额\n年初预算数:金额\n";

    fn marked(line: &str, more: &str) -> (String, usize) {
        let text = format!("数据 {{\n{NAMES}{more}}}\n{line}\n");
        let mut diagnostics = Vec::new();
        let folded = mark(&Folded::new(&text), |_, _| heng_diag::Span::default(), &mut diagnostics);
        (folded.text.lines().last().unwrap().replace(MARK, "·"), diagnostics.len())
    }

    #[test]
    fn one_reading_is_taken() {
        for (line, expected) in [
            ("当执行率≥95%：满分", "当·执行率≥95%:满分"),
            ("采购合同凡公告日期在签订日期起2个工作日内", "采购合同·凡·公告日期·在·签订日期·起·2个工作日·内"),
            ("分档自行调整额÷年初预算数｛", "分档·自行调整额/年初预算数{"),
            ("得分=满分×执行率，不超过满分，保留2位", "得分=满分*执行率,不超过·满分,保留·2位"),
            ("说明：当执行率不满时", "说明:当执行率不满时"),
            ("执行率以上", "执行率·以上"),
        ] {
            let (found, findings) = marked(line, "");
            assert_eq!(found.replace("2·位", "2位"), expected, "{line}");
            assert_eq!(findings, 0, "{line}");
        }
    }

    #[test]
    fn a_declared_name_stays_whole() {
        assert_eq!(marked("当期执行率=支出决算数÷调整预算数", "").0, "当期执行率=支出决算数/调整预算数");
        assert_eq!(marked("当执行律≥95%：满分", "").0, "当执行律>=95%:满分".replace(">=", "≥"));
    }

    #[test]
    fn of_two_cuts_the_one_that_reads_is_taken() {
        let (found, findings) = marked("当年预算=0元：不适用", "当年:金额\n预算:金额\n年预算:金额\n");
        assert_eq!((found.as_str(), findings), ("当·年预算=0元:不适用", 0));
    }

    #[test]
    fn a_case_is_found_beside_a_name_that_begins_like_one() {
        let both = "当年预算:金额\n年预算:金额\n";
        for (line, expected) in [
            ("当年预算=0元：不适用", "当·年预算=0元:不适用"),
            ("当年预算≥1元：0分", "当·年预算≥1元:0分"),
            ("当当年预算=0元：不适用", "当·当年预算=0元:不适用"),
            ("当年预算=年预算+1元", "当年预算=年预算+1元"),
        ] {
            let (found, findings) = marked(line, both);
            assert_eq!((found.as_str(), findings), (expected, 0), "{line}");
        }
        // Where only the longer name is declared, the line is no case, and nothing is made of it.
        assert_eq!(marked("当年预算=0元：不适用", "当年预算:金额\n").0, "当年预算=0元:不适用");
    }

    #[test]
    fn a_headline_may_run_into_its_name() {
        for (line, expected) in [
            ("指标紧凑10分｛", "指标·紧凑10分{"),
            ("三级指标预算执行率 5 分 {", "三级指标·预算执行率 5 分 {"),
            ("加分指标创新−2分{ 待编 }", "加分指标·创新-2分{ 待编 }"),
            ("指标 紧凑 10分 {", "指标 紧凑 10分 {"),
            ("指标解释：按10分计{", "指标解释:按10分计{"),
        ] {
            assert_eq!(marked(line, "").0.replace('−', "-"), expected, "{line}");
        }
    }

    #[test]
    fn two_readings_are_refused() {
        let (_, findings) = marked("当甲且且乙：满分", "甲:是否\n甲且:是否\n乙:是否\n且乙:是否\n");
        assert_eq!(findings, 1);
    }
}
