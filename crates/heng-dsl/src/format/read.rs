//! From pairs to things, blocks and tokens. The tree is lossless: between two tokens of the grammar
//! stand blanks, line ends and comments only, so what stood before a token is read from the text
//! itself.

use heng_diag::{Diagnostic, Lang};
use pest::iterators::Pair;

use super::{
    proven,
    spell::{self, Role, Spelling},
    survey::Survey,
    token::{Block, Columns, Gap, Kind, Own, Part, Thing, Token},
};
use crate::{
    fold::{breaks_line, is_hidden},
    keywords,
    parse::{Prepared, Rule},
    proof,
};

/// A file as it is laid out.
pub struct Document<'a> {
    /// What stands at the top.
    pub things: Vec<Thing<'a>>,
    /// What stood after the last of them.
    pub end: Gap<'a>,
    /// The language of its signs.
    pub lang: Lang,
}

/// Reads a file. `to` is the language it is turned into, if any.
pub fn read<'a>(
    prepared: &'a Prepared,
    original: &'a str,
    root: Pair<'a, Rule>,
    diagnostics: &[Diagnostic],
    to: Option<Lang>,
) -> Document<'a> {
    let survey = Survey::of(root.clone());
    let ambiguous = diagnostics.iter().filter(|found| found.code == super::TWO_READINGS);
    let places = ambiguous
        .filter_map(|found| found.primary.as_ref().map(|label| (label.span.start as usize, label.span.end as usize)));
    let mut reader = Reader {
        prepared,
        original,
        ambiguous: places.collect(),
        lang: to.unwrap_or(survey.lang),
        to,
        survey,
        cursor: 0,
        trivia: Vec::new(),
        depth: 0,
        in_body: false,
        field: "",
        number: String::new(),
    };
    let things = reader.things(root.into_inner().collect());
    reader.pass(original.len());
    let end = reader.gap(true);
    Document { things, end, lang: reader.lang }
}

/// What stands between two tokens.
enum Trivia<'a> {
    Break,
    Comment(&'a str),
}

/// Where in the tree a token stands.
#[derive(Clone, Copy)]
struct Place {
    parents: [Rule; 3],
    before: Option<Rule>,
    after: Option<Rule>,
    first: bool,
    alone: bool,
}

struct Reader<'a> {
    prepared: &'a Prepared,
    original: &'a str,
    /// Lines that can be read in two ways: nothing on them is decided.
    ambiguous: Vec<(usize, usize)>,
    survey: Survey,
    lang: Lang,
    to: Option<Lang>,
    /// The byte of the original behind the last token.
    cursor: usize,
    trivia: Vec<Trivia<'a>>,
    /// How many indicators are open.
    depth: u8,
    /// Whether the innermost block holds lines of an indicator, row or method.
    in_body: bool,
    /// The field whose text comes next.
    field: &'static str,
    /// The number whose unit comes next.
    number: String,
}

impl<'a> Reader<'a> {
    /// The things of a body, of rows or of the file.
    fn things(&mut self, pairs: Vec<Pair<'a, Rule>>) -> Vec<Thing<'a>> {
        let mut things: Vec<Thing<'a>> = Vec::new();
        for pair in pairs {
            let rule = pair.as_rule();
            match rule {
                Rule::EOI => {}
                Rule::semi => {
                    // Behind a line that could not be read the sign stays: without it, what stands on
                    // the next line might be taken for the rest.
                    let stopped = |thing: &&mut Thing<'a>| matches!(thing.parts.last(), Some(Part::Token(last)) if last.kind == Kind::Unread);
                    if let Some(thing) = things.last_mut().filter(stopped) {
                        thing.parts.push(Part::Token(self.separator(&pair)));
                    } else {
                        let (start, end) = self.place(&pair);
                        self.pass(start);
                        self.cursor = end;
                    }
                }
                Rule::bad_tail if !things.is_empty() => {
                    let tail = Part::Token(self.unread(&pair));
                    if let Some(thing) = things.last_mut() {
                        thing.parts.push(tail);
                    }
                }
                _ => {
                    let mut parts = Vec::new();
                    let place = Place { parents: [Rule::body; 3], before: None, after: None, first: true, alone: true };
                    self.parts(pair, place, &mut parts);
                    let headline = matches!(
                        rule,
                        Rule::block
                            | Rule::data
                            | Rule::params
                            | Rule::method
                            | Rule::amend
                            | Rule::variant
                            | Rule::proof
                    );
                    things.push(Thing { parts, headline, rule });
                }
            }
        }
        things
    }

    fn parts(&mut self, pair: Pair<'a, Rule>, place: Place, out: &mut Vec<Part<'a>>) {
        let rule = pair.as_rule();
        if matches!(rule, Rule::bad_line | Rule::bad_tail | Rule::stray_close) {
            return out.push(Part::Token(self.unread(&pair)));
        }
        if rule == Rule::proof {
            return out.push(Part::Token(self.proof(&pair)));
        }
        let inner: Vec<Pair<'a, Rule>> = pair.clone().into_inner().collect();
        if inner.is_empty() {
            return out.push(Part::Token(self.token(&pair, place)));
        }
        let indicator = rule == Rule::block && inner.first().is_some_and(|word| word.as_rule() != Rule::kw_pack);
        self.depth += u8::from(indicator);
        self.walk(rule, inner, place, out);
        self.depth -= u8::from(indicator);
    }

    fn walk(&mut self, rule: Rule, inner: Vec<Pair<'a, Rule>>, place: Place, out: &mut Vec<Part<'a>>) {
        let rules: Vec<Rule> = inner.iter().map(Pair::as_rule).collect();
        let [parent, grand, _] = place.parents;
        let mut inner = inner.into_iter().enumerate();
        while let Some((index, child)) = inner.next() {
            let place = Place {
                parents: [rule, parent, grand],
                before: index.checked_sub(1).and_then(|before| rules.get(before).copied()),
                after: rules.get(index + 1).copied(),
                first: index == 0,
                alone: rules.len() == 1,
            };
            if child.as_rule() == Rule::open && rule != Rule::choice {
                let open = self.token(&child, place);
                let mut held = Vec::new();
                for (_, part) in inner.by_ref() {
                    if part.as_rule() == Rule::close {
                        out.push(Part::Block(self.block(open, held, &part, place)));
                        break;
                    }
                    held.push(part);
                }
                continue;
            }
            self.parts(child, place, out);
        }
    }

    fn block(&mut self, open: Token<'a>, held: Vec<Pair<'a, Rule>>, close: &Pair<'a, Rule>, place: Place) -> Block<'a> {
        let start = self.cursor;
        let outer = self.in_body;
        let (pairs, in_body) = match held.first().map(Pair::as_rule) {
            Some(Rule::body | Rule::tight_body) => (inside(held), true),
            Some(Rule::tight_rows) => (inside(held), outer),
            Some(Rule::dbody | Rule::pbody | Rule::tight_data | Rule::abody) => (inside(held), false),
            _ => (held, outer),
        };
        self.in_body = in_body;
        let things = self.things(pairs);
        self.in_body = outer;
        let (end, _) = self.place(close);
        let one_line = !self.original.get(start..end).unwrap_or("").contains(|c| c == '\n' || breaks_line(c));
        let close = self.token(close, place);
        Block { open, things, close, one_line }
    }

    /// Where a pair stands in the original: its first byte and the byte behind its last character.
    fn place(&self, pair: &Pair<'_, Rule>) -> (usize, usize) {
        let span = pair.as_span();
        let start = self.prepared.folded.original(span.start()) as usize;
        let Some(last) = span.as_str().chars().next_back() else { return (start, start) };
        let at = self.prepared.folded.original(span.end() - last.len_utf8()) as usize;
        let length = self.original.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        (start, at + length)
    }

    /// Reads what stands between the last token and `start`.
    fn pass(&mut self, start: usize) {
        let text = self.original.get(self.cursor..start).unwrap_or("");
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let next = characters.peek().map(|(_, next)| *next);
            let hidden = is_hidden(character, next);
            if character == '\n' || (hidden && breaks_line(character)) {
                self.trivia.push(Trivia::Break);
            } else if !hidden && !character.is_whitespace() {
                let rest = text.get(at..).unwrap_or("");
                let ends = |(at, c): (usize, char)| {
                    let next = rest.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
                    (c == '\n' || (is_hidden(c, next) && breaks_line(c))).then_some(at)
                };
                let end = rest.char_indices().find_map(ends).unwrap_or(rest.len());
                self.trivia.push(Trivia::Comment(rest.get(..end).unwrap_or("").trim_end()));
                while characters.next_if(|(place, _)| *place < at + end).is_some() {}
            }
        }
    }

    /// What stood before a token.
    fn gap(&mut self, touching: bool) -> Gap<'a> {
        let mut gap = Gap { touching: touching && self.trivia.is_empty(), ..Gap::default() };
        let mut breaks = 0;
        for trivia in self.trivia.drain(..) {
            match trivia {
                Trivia::Break => breaks += 1,
                Trivia::Comment(text) if breaks == 0 && self.cursor > 0 => gap.trailing = Some(text),
                Trivia::Comment(text) => {
                    gap.own.push(Own { blank: breaks > 1, text });
                    breaks = 0;
                }
            }
        }
        gap.broken = breaks > 0 || gap.has_comment();
        gap.blank = breaks > 1;
        gap
    }

    fn make(&mut self, rule: Rule, (start, end): (usize, usize), kind: Kind, spelling: Spelling<'a>) -> Token<'a> {
        let touching = self.cursor == start;
        self.pass(start);
        let gap = self.gap(touching);
        self.cursor = end;
        let lang = self.to.or(spelling.own).unwrap_or(self.lang);
        let columns = Columns::of(&spelling);
        Token { rule, span: (start, end), kind, spelling, lang, gap, columns }
    }

    fn separator(&mut self, pair: &Pair<'a, Rule>) -> Token<'a> {
        self.make(Rule::semi, self.place(pair), Kind::Semicolon, Spelling::sign("；", ";"))
    }

    fn unread(&mut self, pair: &Pair<'a, Rule>) -> Token<'a> {
        // The pair may reach over the comment behind it; its last part does not.
        let (start, end) = self.place(pair);
        let end = pair.clone().into_inner().last().map_or(end, |last| self.place(&last).1);
        let text = self.original.get(start..end).unwrap_or("").trim_end();
        let spelling =
            if text.contains('\r') { Spelling::same(text.replace("\r\n", "\n")) } else { Spelling::same(text) };
        self.make(Rule::bad_line, (start, start + text.len()), Kind::Unread, spelling)
    }

    /// A 用例 or 性质: its words stay as they are, unless the file is turned over as a whole.
    fn proof(&mut self, pair: &Pair<'a, Rule>) -> Token<'a> {
        let (start, end) = self.place(pair);
        let text = proof::indented(self.original.get(start..end).unwrap_or(""));
        let text = self.to.map_or_else(|| text.clone(), |to| proven::turned(&text, &self.survey, to));
        self.make(Rule::proof, (start, end), Kind::Word, Spelling::same(text))
    }

    fn token(&mut self, pair: &Pair<'a, Rule>, place: Place) -> Token<'a> {
        let (start, end) = self.place(pair);
        let text = self.original.get(start..end).unwrap_or("");
        if self.ambiguous.iter().any(|(from, to)| (*from..*to).contains(&start)) {
            return self.make(pair.as_rule(), (start, end), Kind::Verbatim, Spelling::same(text));
        }
        let (kind, spelling) = self.spelled(pair, text, place);
        self.make(pair.as_rule(), (start, end), kind, spelling)
    }

    fn spelled(&mut self, pair: &Pair<'a, Rule>, text: &'a str, place: Place) -> (Kind, Spelling<'a>) {
        let [parent, ..] = place.parents;
        let rule = pair.as_rule();
        match rule {
            Rule::name => (Kind::Word, self.name(text, place)),
            Rule::head => (Kind::Word, Spelling::same(text.trim())),
            Rule::raw => (Kind::Word, spell::field_text(self.field, text.trim())),
            Rule::side_text => (Kind::Word, Spelling::same(text.trim())),
            Rule::part_points => (Kind::Word, spell::part("分值", "points", text)),
            Rule::part_criterion => (Kind::Word, spell::part("评分标准", "criterion", text)),
            Rule::script_file => (Kind::Word, Spelling::same(text)),
            Rule::cite => (Kind::Text, Spelling::same(text)),
            Rule::string => (Kind::Text, spell::quoted(text)),
            Rule::date => (Kind::Word, spell::date(pair.as_str())),
            Rule::points => (Kind::Points, spell::points(pair.as_str())),
            Rule::number => {
                self.number = pair.as_str().to_owned();
                (Kind::Number, Spelling::same(pair.as_str()))
            }
            Rule::unit => (Kind::Unit, spell::unit(pair.as_str(), &self.number)),
            Rule::kw_indicator => (Kind::Word, self.indicator(pair.as_str())),
            _ => match sign(rule, parent, pair.as_str()) {
                Some(found) => found,
                None => self.keyword(pair, rule),
            },
        }
    }

    fn keyword(&mut self, pair: &Pair<'a, Rule>, rule: Rule) -> (Kind, Spelling<'a>) {
        let text = pair.as_str();
        if rule == Rule::field_key {
            self.field = keywords::field(text).unwrap_or("");
        }
        let spelling = spell::keyword(rule, text).unwrap_or_else(|| Spelling::same(text));
        (keyword_kind(rule), spelling)
    }

    /// 指标 says its level where it can.
    fn indicator(&self, text: &str) -> Spelling<'a> {
        const LEVELS: [&str; 6] = ["一级指标", "二级指标", "三级指标", "四级指标", "五级指标", "六级指标"];
        let own = Some(spell::language(text));
        let level = LEVELS.get(usize::from(self.depth.saturating_sub(1))).filter(|_| self.survey.levels);
        match (keywords::level(text), level) {
            (None, None) => Spelling { zh: "指标".into(), en: "indicator".into(), own },
            (Some(_), None) => Spelling::same(text.to_owned()),
            (_, Some(level)) => Spelling { zh: (*level).into(), en: "indicator".into(), own },
        }
    }

    fn name(&self, text: &'a str, place: Place) -> Spelling<'a> {
        let found = role(place, self.in_body).and_then(|role| Some((role, spell::word(role, text)?)));
        let Some((role, spelling)) = found else { return Spelling::same(text) };
        let shadowed = |text: &str| self.survey.declared.contains(text);
        let free = matches!(role, Role::Type | Role::Result | Role::Status | Role::Effect);
        if free || !(shadowed(&spelling.zh) || shadowed(&spelling.en)) { spelling } else { Spelling::same(text) }
    }
}

fn inside(held: Vec<Pair<'_, Rule>>) -> Vec<Pair<'_, Rule>> {
    held.into_iter().flat_map(Pair::into_inner).collect()
}

/// What a name may mean to the language where it stands.
fn role(place: Place, in_body: bool) -> Option<Role> {
    match (place.parents, place.before) {
        ([Rule::scalar_type, ..], _) => Some(Role::Type),
        ([Rule::call, ..], _) if place.first => Some(Role::Function),
        ([Rule::def, ..], _) if place.first && in_body => Some(Role::Result),
        ([Rule::attr, ..], Some(Rule::at_status)) => Some(Role::Status),
        ([Rule::attr, ..], Some(Rule::at_missing_as)) => Some(Role::Effect),
        _ if place.after == Some(Rule::member) => None,
        ([Rule::expr, Rule::value, Rule::require], _) if place.alone => Some(Role::Otherwise),
        ([Rule::expr, Rule::value, _], _) if place.alone => Some(Role::Outcome),
        ([Rule::expr | Rule::arith, ..], _) => Some(Role::Operand),
        _ => None,
    }
}

/// Punctuation, brackets and operators.
fn sign<'a>(rule: Rule, parent: Rule, text: &'a str) -> Option<(Kind, Spelling<'a>)> {
    let listed = matches!(parent, Rule::choice | Rule::interval);
    let (kind, zh, en) = match rule {
        Rule::open | Rule::close if parent != Rule::choice => {
            (if rule == Rule::open { Kind::BlockOpen } else { Kind::BlockClose }, text, text)
        }
        Rule::open => (Kind::ChoiceOpen, text, text),
        Rule::close => (Kind::ChoiceClose, text, text),
        Rule::lparen if parent == Rule::interval => (Kind::RangeOpen, text, text),
        Rule::rparen if parent == Rule::interval => (Kind::RangeClose, text, text),
        Rule::lparen if parent == Rule::row_key => (Kind::CallOpen, "[", "["),
        Rule::rparen if parent == Rule::row_key => (Kind::Close, "]", "]"),
        // Square where round is meant is for the checker to say: an error is not printed away.
        Rule::lparen if matches!(text, "[" | "［") => (Kind::CallOpen, "[", "["),
        Rule::rparen if matches!(text, "]" | "］") => (Kind::Close, "]", "]"),
        Rule::lparen if parent == Rule::group_expr => (Kind::GroupOpen, "（", "("),
        Rule::lparen => (Kind::CallOpen, "（", "("),
        Rule::rparen => (Kind::Close, "）", ")"),
        Rule::comma if listed => (Kind::ListComma, ",", ","),
        Rule::comma | Rule::or_comma if matches!(parent, Rule::weight_names | Rule::weight_list) => {
            (Kind::Comma, "、", ",")
        }
        Rule::comma => (Kind::Comma, "，", ","),
        Rule::or_comma => (Kind::OrComma, "、", "、"),
        Rule::semi => (Kind::Semicolon, "；", ";"),
        Rule::colon => (Kind::Colon, "：", ":"),
        Rule::dot => (Kind::Dot, ".", "."),
        Rule::gets => (Kind::Word, "=", "="),
        Rule::arrow => (Kind::Word, "→", "->"),
        Rule::add => (Kind::Word, "+", "+"),
        Rule::sub => (Kind::Word, "−", "-"),
        Rule::mul => (Kind::Word, "×", "*"),
        Rule::div => (Kind::Word, "÷", "/"),
        Rule::pow => (Kind::Word, "^", "^"),
        Rule::neg => (Kind::Negative, "−", "-"),
        Rule::kw_incl => (Kind::Edge, "（含）", "(incl)"),
        Rule::kw_excl => (Kind::Edge, "（不含）", "(excl)"),
        _ => return None,
    };
    Some((kind, Spelling::sign(zh, en)))
}

fn keyword_kind(rule: Rule) -> Kind {
    match rule {
        Rule::kw_bands
        | Rule::kw_weights
        | Rule::kw_not
        | Rule::kw_when
        | Rule::kw_require
        | Rule::kw_each
        | Rule::kw_linear
        | Rule::kw_start
        | Rule::kw_to
        | Rule::kw_per
        | Rule::kw_by
        | Rule::kw_weighted => Kind::Prefix,
        Rule::at_note | Rule::at_source | Rule::at_reason | Rule::at_alias | Rule::at_basis => Kind::Label,
        Rule::at_missing_as => Kind::MissingAs,
        Rule::kw_round => Kind::Round,
        Rule::kw_places => Kind::Places,
        _ => Kind::Word,
    }
}
