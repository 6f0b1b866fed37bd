//! A whole criterion: cases, demands, the score, its bounds, and what its names stand for.

use heng_diag::{Lang, Pair};

use super::{Reader, template::parts};

/// Words with which a sentence begins in a capital.
const OURS: [&str; 10] = ["If", "The", "For", "Each", "Required", "Where", "Starting", "Judged", "Full", "Scored"];

impl Reader<'_> {
    /// The lines of a criterion.
    pub(super) fn body(&self, text: &str) -> Option<String> {
        let sentences = self.sentences(text);
        let mut rest: Vec<&str> = sentences.iter().map(String::as_str).collect();
        let mut definitions = Vec::new();
        rest.retain(|sentence| match self.definitions(sentence) {
            Some(found) => {
                definitions.extend(found);
                false
            }
            None => true,
        });
        let lines = self.lines(&rest, false)?;
        Some(put_in(&lines, &definitions))
    }

    /// The sentences of a text, their first letters as they stand inside one.
    fn sentences(&self, text: &str) -> Vec<String> {
        if self.lang == Lang::Zh {
            return parts(text, "。").into_iter().map(ToOwned::to_owned).collect();
        }
        let text = text.trim_end().trim_end_matches('.');
        let small = |sentence: &str| match OURS.iter().find(|word| sentence.split([' ', ':']).next() == Some(**word)) {
            Some(word) => format!("{}{}", word.to_lowercase(), sentence.trim_start_matches(*word)),
            None => sentence.to_owned(),
        };
        parts(text, ". ").into_iter().map(small).collect()
    }

    /// What names stand for; what is a parameter is the pack's own.
    fn definitions(&self, sentence: &str) -> Option<Vec<(String, String)>> {
        let rest = sentence.strip_prefix(self.word(Pair("其中：", "where ")))?;
        let mut out = Vec::new();
        for line in parts(rest, self.word(Pair("；", "; "))) {
            let (name, value) = line.split_once(" = ")?;
            if !self.mask.is_name(name) {
                return None;
            }
            if !self.mask.is_parameter(name) {
                out.push((name.to_owned(), self.expression(value)?));
            }
        }
        Some(out)
    }

    /// Cases and demands, then the score, then its bounds. Where the parts are `joined`, the score may be
    /// several of them; else each part is a sentence, and the score the last.
    pub(super) fn lines(&self, all: &[&str], joined: bool) -> Option<String> {
        let (parts, tails) = match all.split_last() {
            Some((last, before)) if !before.is_empty() => match self.tails(last) {
                Some(tails) => (before, tails),
                None => (all, String::new()),
            },
            _ => (all, String::new()),
        };
        let mut lines = Vec::new();
        for (count, part) in parts.iter().enumerate() {
            let rest = parts.get(count..)?.join(self.word(Pair("；", "; ")));
            if let Some(score) = self.score(&rest).filter(|_| joined || count + 1 == parts.len()) {
                lines.push(format!("{score}{tails}"));
                return Some(lines.join("\n"));
            }
            lines.push(self.before(part)?);
        }
        None
    }

    /// A demand or a case before the score.
    fn before(&self, text: &str) -> Option<String> {
        let demand = self.fits(text, Pair("须{}，否则{}", "required: {}; else {}"), |holes| {
            let [need, otherwise] = holes else { return None };
            let need = self.condition(need)?;
            let note = self.is(otherwise, Pair("作提示", "it is noted"));
            let otherwise = if note { "提示".to_owned() } else { self.result(otherwise)? };
            Some(format!("须 {need}，否则 {otherwise}"))
        });
        demand.or_else(|| self.case(text).map(|(when, then)| format!("当 {when}：{then}")))
    }

    /// Bounds and rounding of a block: `得分不超过满分，保留2位`.
    fn tails(&self, text: &str) -> Option<String> {
        let rest = text.strip_prefix(self.word(Pair("得分", "the score: ")))?;
        let mut out = String::new();
        for tail in parts(rest, self.word(Pair("，", ", "))) {
            let bound = [(Pair("不超过{}", "at most {}"), "不超过"), (Pair("不低于{}", "at least {}"), "不低于")];
            let bound = bound.into_iter().find_map(|(said, word)| {
                self.fits(tail, said, |holes| Some(format!("，{word} {}", self.value(holes.first()?)?)))
            });
            let rounding = || {
                let leads = ["保留", "取整", "舍去", "进一", "round", "integer", "truncate"];
                leads.iter().any(|lead| tail.starts_with(lead)).then(|| format!("，{tail}"))
            };
            out.push_str(&bound.or_else(rounding)?);
        }
        (!out.is_empty()).then_some(out)
    }
}

/// The lines with their definitions: inside 逐项 where only its rows read them, else at the top.
fn put_in(lines: &str, definitions: &[(String, String)]) -> String {
    if definitions.is_empty() {
        return lines.to_owned();
    }
    let written: Vec<String> = definitions.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let head = lines.lines().find(|line| line.starts_with("逐项 "));
    let outside: String = lines.lines().take_while(|line| !line.starts_with("逐项 ")).chain(head).collect();
    let read_outside = definitions.iter().any(|(name, _)| outside.contains(name.as_str()));
    match head.and_then(|head| lines.split_once(head).map(|(before, after)| (before, head, after))) {
        Some((before, head, after)) if !read_outside => format!("{before}{head}\n{}{after}", written.join("\n")),
        _ => format!("{}\n{lines}", written.join("\n")),
    }
}
