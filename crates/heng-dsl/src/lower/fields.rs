//! 栏目: what packs and indicators say about themselves, and the attributes behind a comma.

use heng_diag::Span;
use heng_model::{
    Effect, Number,
    expr::{Citation, Status, StepRounding},
    name::{half_width, normal_name},
    program::{Inapplicable, Node},
    state::{Effects, State, Verdict},
};

use super::Lowering;
use crate::{
    ast::{At, Attr, Field},
    build, keywords, wording,
};

/// The status that a word names.
pub fn status_word(word: &str) -> Option<Status> {
    Some(match keywords::canonical(&normal_name(word)) {
        "已核实" => Status::Verified,
        "二手" => Status::Secondary,
        "未核实" => Status::Unverified,
        "演示" => Status::Demo,
        _ => return None,
    })
}

/// The verdict that a word names.
pub fn verdict_word(word: &str) -> Option<Verdict> {
    Some(match keywords::canonical(word) {
        "不适用" => Verdict::NotApplicable,
        "待核" => Verdict::Review,
        "退回" => Verdict::Return,
        "停止" => Verdict::Stop,
        _ => return None,
    })
}

/// The effect that a text names.
pub fn effect_word(text: &str) -> Option<Effect> {
    let text = normal_name(text);
    if let Some(verdict) = verdict_word(&text) {
        return Some(Effect::Verdict(verdict));
    }
    Some(match keywords::canonical(&text) {
        "照计" => Effect::AsIs,
        "满分" => Effect::Full,
        "不符合" | "视为不符合" => Effect::NotMet,
        "0分" | "0 分" | "0 points" | "0points" => Effect::Zero,
        _ => return None,
    })
}

fn state_key(key: &str) -> Option<State> {
    Some(match key {
        "缺报" => State::Missing,
        "无" => State::None,
        "无佐证" => State::NoEvidence,
        "迟报" => State::Late,
        "有争议" => State::Disputed,
        _ => return None,
    })
}

fn inapplicable_word(text: &str) -> Option<Inapplicable> {
    Some(match keywords::canonical(&normal_name(text)) {
        "折算" => Inapplicable::Rescale,
        "满分" => Inapplicable::Full,
        "停止" => Inapplicable::Stop,
        "0分" | "0 points" => Inapplicable::Zero,
        _ => return None,
    })
}

impl Lowering<'_> {
    /// Reads a field of an indicator or group. Returns whether the field may stand there.
    pub(super) fn node_field(&mut self, node: &mut Node, field: &Field) -> bool {
        let text = field.text.it.as_str();
        match field.key {
            "编号" => node.key = text.into(),
            "英文名" | "中文名" => node.alias = Some(text.into()),
            "佐证" => node.evidence = Some(text.into()),
            "说明" => node.note = Some(joined(node.note.as_deref(), text).into()),
            "指标解释" => node.meaning = Some(text.into()),
            "不适用" => {
                node.inapplicable = self.choice_of(field, inapplicable_word(text), "折算、满分、0分、停止");
                // A datum that does not apply makes what reads it not apply; the line says what then
                // becomes of the points.
                if node.inapplicable.is_some() {
                    node.effects.declare(State::NotApplicable, Effect::Verdict(Verdict::NotApplicable));
                }
            }
            _ => return self.effect_field(&mut node.effects, field) || self.cite_field(&mut node.cite, field),
        }
        true
    }

    fn effect_field(&mut self, effects: &mut Effects, field: &Field) -> bool {
        let Some(state) = state_key(field.key) else { return false };
        let words = "0分、满分、照计、不适用、待核、退回、停止、视为不符合";
        match self.choice_of(field, effect_word(&field.text.it), words) {
            Some(Effect::AsIs) if !state.keeps_value() => {
                self.diagnostics.push(wording::as_is_without_value(field.key, field.text.span));
            }
            Some(effect) => effects.declare(state, effect),
            // It was said, if not understood: nobody need say it again.
            None => effects.declare(state, Effect::Verdict(Verdict::Stop)),
        }
        true
    }

    fn cite_field(&mut self, cite: &mut Citation, field: &Field) -> bool {
        let text = field.text.it.as_str();
        match field.key {
            "依据" => cite.basis = Some(joined(cite.basis.as_deref(), text).into()),
            "来源" => cite.source = Some(joined(cite.source.as_deref(), text).into()),
            "状态" => cite.status = self.choice_of(field, status_word(text), "已核实、二手、未核实、演示"),
            "复核" => match build::literal_date(text) {
                Some(date) => cite.reviewed = Some(date),
                None => self.diagnostics.push(wording::no_such_day(text, field.text.span)),
            },
            _ => return false,
        }
        true
    }

    fn choice_of<T>(&mut self, field: &Field, found: Option<T>, words: &str) -> Option<T> {
        if found.is_none() {
            self.diagnostics.push(wording::unknown_word(field.key, &field.text.it, field.text.span, words));
        }
        found
    }

    /// Reads a field of the pack.
    pub(super) fn pack_field(&mut self, node: &mut Node, field: &Field) {
        let text = field.text.it.as_str();
        let pack = &mut self.program.pack;
        match field.key {
            "地区" => pack.region = Some(text.into()),
            "通知" => pack.notice = Some(text.into()),
            "日历" => pack.calendar = Some(text.into()),
            "声明" => pack.disclaimers.push(text.into()),
            "说明" => {
                pack.note = Some(joined(pack.note.as_deref(), text).into());
                node.note = pack.note.clone();
            }
            "评价年度" => match normal_name(text).trim_end_matches(['年', '度']).trim().parse::<i16>() {
                Ok(year) if (1949..=9999).contains(&year) => pack.year = year,
                _ => self.diagnostics.push(wording::bad_year(text, field.text.span)),
            },
            "填报截止" => match build::literal_date(text) {
                Some(date) => pack.due = Some(date),
                None => self.diagnostics.push(wording::no_such_day(text, field.text.span)),
            },
            "等级次序" => self.letters_field(field),
            "满分" => {
                self.full_said = true;
                if let Some(full) = self.points_text(text, field.text.span) {
                    node.full = full;
                }
            }
            "取整方式" => {
                let steps = match keywords::canonical(&normal_name(text)) {
                    "按整" | "whole" => Some(StepRounding::Whole),
                    "按比例" | "pro_rata" => Some(StepRounding::ProRata),
                    "不足一个按一个" | "part_as_whole" => Some(StepRounding::Up),
                    _ => None,
                };
                self.steps = self.choice_of(field, steps, "按整、按比例、不足一个按一个");
            }
            _ => {
                if !self.node_field(node, field) {
                    self.diagnostics.push(wording::misplaced_field(field.key, field.span));
                }
            }
        }
    }

    /// 等级次序：A、B+、B …, the best first.
    fn letters_field(&mut self, field: &Field) {
        let text: String = field.text.it.chars().map(half_width).map(|c| if c == '−' { '-' } else { c }).collect();
        let words: Vec<heng_model::Name> = text
            .split(['、', ',', '>'])
            .map(|word| word.trim().trim_matches(['“', '”', '"', '「', '」']))
            .filter(|word| !word.is_empty())
            .map(Into::into)
            .collect();
        let twice = words.iter().enumerate().find(|(at, word)| words.iter().take(*at).any(|earlier| earlier == *word));
        if let Some((_, word)) = twice {
            self.diagnostics.push(wording::defined_twice(word, field.text.span, field.text.span));
        }
        self.program.pack.letters = Some(self.choice_of_words(words));
    }

    fn points_text(&mut self, text: &str, span: Span) -> Option<Number> {
        let number = ["分", "points", "point"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text).trim();
        let parsed = Number::parse_decimal(&normal_name(number));
        if parsed.is_none() {
            self.diagnostics.push(wording::bad_points(text, span));
        }
        parsed
    }

    /// The citation among attributes, and the attributes that are none.
    pub(super) fn citation<'b>(&mut self, attrs: &'b [At<Attr>]) -> (Citation, Vec<&'b At<Attr>>) {
        let mut cite = Citation::default();
        let mut rest = Vec::new();
        for attr in attrs {
            match &attr.it {
                Attr::Basis(text) => cite.basis = Some(text.as_str().into()),
                Attr::Source(text) => cite.source = Some(text.as_str().into()),
                Attr::Reason(text) | Attr::Note(text) => cite.reason = Some(text.as_str().into()),
                Attr::Reviewed(date) => cite.reviewed = Some(*date),
                Attr::Status(name) => match status_word(&name.key) {
                    Some(status) => cite.status = Some(status),
                    None => self.diagnostics.push(wording::unknown_word(
                        "状态",
                        &name.shown,
                        name.span,
                        "已核实、二手、未核实、演示",
                    )),
                },
                _ => rest.push(attr),
            }
        }
        (cite, rest)
    }
}

/// Lines of one field read as one text.
fn joined(earlier: Option<&str>, text: &str) -> String {
    earlier.map_or_else(|| text.to_owned(), |earlier| format!("{earlier}；{text}"))
}
