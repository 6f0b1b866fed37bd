//! Pairs to tree. One function per rule of the grammar; what could not be read is reported here
//! with the place where reading stopped.

mod bracket;
mod expr;
mod literal;
mod recover;
mod weights;

use heng_diag::{Diagnostic, Span};
use heng_model::name::{half_width, normal_name};
use pest::iterators::{Pair, Pairs};

use crate::{
    ast::{
        At, Attr, Block, BlockKind, Case, Count, DataLine, Decl, Def, Field, File, Item, Line, Method, MethodCode,
        Name, Param, Require, TypeName, Unit,
    },
    fold::is_hidden,
    keywords,
    parse::{Prepared, Rule},
    wording,
};

/// Builds the tree of a prepared file.
pub fn build(prepared: &Prepared, original: &str, diagnostics: &mut Vec<Diagnostic>) -> File {
    let mut builder = Builder { prepared, original, diagnostics, base: 0, depth: 0, lost: Vec::new() };
    let Some(pair) = prepared.pairs(builder.diagnostics) else { return File::default() };
    let file = builder.file(pair);
    File { lost: builder.lost, ..file }
}

pub(crate) struct Builder<'a> {
    prepared: &'a Prepared,
    original: &'a str,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// Where the stretch that is being read begins; nought unless it is the block of a bad line.
    base: usize,
    /// How many operands stand around the one that is being read.
    depth: usize,
    /// Names in lines that could not be read.
    lost: Vec<String>,
}

impl Builder<'_> {
    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        self.prepared.span(self.base + pair.as_span().start(), self.base + pair.as_span().end())
    }

    /// The original text of a pair.
    fn text(&self, pair: &Pair<'_, Rule>) -> &str {
        let span = self.span(pair);
        self.original.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// The text of a pair without the quotes around it.
    fn unquoted(&self, pair: &Pair<'_, Rule>) -> String {
        let text: String = self.text(pair).trim().chars().filter(|sign| !is_hidden(*sign, None)).collect();
        let quoted = |(open, close): (char, char)| {
            let inner = text.strip_prefix(open)?.strip_suffix(close)?;
            (!inner.contains(close)).then(|| inner.to_owned())
        };
        let inner =
            [('“', '”'), ('"', '"'), ('「', '」'), ('＂', '＂'), ('＂', '"'), ('"', '＂')].into_iter().find_map(quoted);
        inner.unwrap_or(text)
    }

    fn name(&self, pair: &Pair<'_, Rule>) -> Name {
        let shown = letter(self.unquoted(pair).trim());
        Name { key: normal_name(&shown), shown, span: self.span(pair) }
    }

    fn file(&mut self, pair: Pair<'_, Rule>) -> File {
        let mut file = File::default();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::block => {
                    if let Some(block) = self.block(part) {
                        file.items.push(Item::Block(block));
                    }
                }
                Rule::data => file.items.push(Item::Data(self.data_body(part))),
                Rule::params => file.items.push(Item::Params(self.params(part))),
                Rule::method => {
                    if let Some(method) = self.method(part) {
                        file.items.push(Item::Method(method));
                    }
                }
                Rule::bad_line => {
                    if recover::holds_block(&part) {
                        file.items.push(Item::Lost);
                    }
                    self.bad(part, Rule::block);
                }
                Rule::bad_tail => {
                    let method = match file.items.last_mut() {
                        Some(Item::Method(method)) => Some(method),
                        _ => None,
                    };
                    let place = method.as_ref().map(|method| method.span);
                    if self.leftover(part, place)
                        && let Some(Method { code: MethodCode::Value(value), .. }) = method
                    {
                        *value = recover::spoiled(value);
                    }
                }
                Rule::stray_close => self.diagnostics.push(wording::stray_brace(self.span(&part))),
                _ => {}
            }
        }
        file
    }

    fn block(&mut self, pair: Pair<'_, Rule>) -> Option<Block> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let keyword = parts.next()?;
        let kind = match keyword.as_rule() {
            Rule::kw_pack => BlockKind::Pack,
            Rule::kw_bonus => BlockKind::Bonus,
            _ => BlockKind::Indicator(keywords::level(keyword.as_str())),
        };
        let name = self.name(&parts.next()?);
        let keyword = self.span(&keyword);
        let mut block = Block { kind, keyword, name, points: None, lines: Vec::new(), span };
        for part in parts {
            match part.as_rule() {
                Rule::points => block.points = self.points(&part),
                Rule::body => block.lines = self.lines(part),
                _ => {}
            }
        }
        Some(block)
    }

    fn points(&self, pair: &Pair<'_, Rule>) -> Option<At<heng_model::Number>> {
        let digits: String = pair.as_str().chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
        heng_model::Number::parse_decimal(&digits).map(|it| At { it, span: self.span(pair) })
    }

    fn lines(&mut self, body: Pair<'_, Rule>) -> Vec<Line> {
        let mut lines = Vec::new();
        for part in body.into_inner() {
            let span = self.span(&part);
            let line = match part.as_rule() {
                Rule::field => self.field(part).map(Line::Field),
                Rule::case => self.case(part).map(Line::Case),
                Rule::require => self.require(part).map(Line::Require),
                Rule::def => self.def(part).map(Line::Def),
                Rule::score => self.score(part).map(Line::Score),
                Rule::todo => Some(Line::Todo(span)),
                Rule::block => self.block(part).map(Line::Block),
                Rule::bad_line => {
                    let block = recover::holds_block(&part);
                    self.bad(part, Rule::body_item);
                    Some(Line::Lost { span, block })
                }
                Rule::bad_tail => {
                    if self.leftover(part, lines.last().and_then(recover::place)) {
                        lines.last_mut().into_iter().for_each(recover::spoil);
                    }
                    None
                }
                _ => None,
            };
            lines.extend(line);
        }
        lines
    }

    fn field(&mut self, pair: Pair<'_, Rule>) -> Option<Field> {
        let mut parts = pair.into_inner();
        let key = parts.next()?;
        let raw = parts.find(|part| part.as_rule() == Rule::raw)?;
        let text = At { it: self.unquoted(&raw), span: self.span(&raw) };
        Some(Field { key: keywords::field(key.as_str())?, span: self.span(&key), text })
    }

    fn case(&mut self, pair: Pair<'_, Rule>) -> Option<Case> {
        let span = self.span(&pair);
        let mut parts = operands(pair);
        Some(Case { when: self.expr(parts.next()?), then: self.expr(parts.next()?), span })
    }

    fn require(&mut self, pair: Pair<'_, Rule>) -> Option<Require> {
        let span = self.span(&pair);
        let (mut need, mut message, mut otherwise) = (None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::expr => need = Some(self.expr(part)),
                Rule::string => message = Some(self.unquoted(&part)),
                Rule::value => otherwise = Some(self.expr(part)),
                _ => {}
            }
        }
        Some(Require { need: need?, message, otherwise, span })
    }

    fn def(&mut self, pair: Pair<'_, Rule>) -> Option<Def> {
        let span = self.span(&pair);
        let (mut name, mut value, mut attrs) = (None, None, Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = Some(self.name(&part)),
                Rule::value => value = Some(self.expr(part)),
                Rule::attr => attrs.extend(self.attr(part)),
                _ => {}
            }
        }
        Some(Def { name: name?, value: value?, attrs, span })
    }

    fn attr(&mut self, pair: Pair<'_, Rule>) -> Option<At<Attr>> {
        let mut parts = pair.into_inner().filter(|part| part.as_rule() != Rule::comma);
        let word = parts.next()?;
        let span = self.span(&word);
        let value = parts.next();
        let span = value.as_ref().map_or(span, |value| span.to(self.span(value)));
        let text = |value: Option<Pair<'_, Rule>>| value.map(|value| self.unquoted(&value));
        let it = match word.as_rule() {
            Rule::at_required => Attr::Required,
            Rule::at_optional => Attr::Optional,
            Rule::at_may_na => Attr::MayNotApply,
            Rule::at_report => Attr::ReportOnly,
            Rule::at_key => Attr::Key,
            Rule::at_whole => Attr::Whole,
            Rule::at_pro_rata => Attr::ProRata,
            Rule::at_up => Attr::PartAsWhole,
            Rule::at_missing_as => Attr::MissingAs(self.name(&value?)),
            Rule::at_status => Attr::Status(self.name(&value?)),
            Rule::at_reviewed => {
                let value = value?;
                let Some(date) = literal::date(value.as_str()) else {
                    self.diagnostics.push(wording::no_such_day(self.text(&value), self.span(&value)));
                    return None;
                };
                Attr::Reviewed(date)
            }
            Rule::at_note => Attr::Note(text(value)?),
            Rule::at_source => Attr::Source(text(value)?),
            Rule::at_reason => Attr::Reason(text(value)?),
            Rule::at_alias => Attr::Alias(text(value)?),
            Rule::at_basis => Attr::Basis(text(value)?),
            _ => return None,
        };
        Some(At { it, span })
    }

    fn data_body(&mut self, pair: Pair<'_, Rule>) -> Vec<DataLine> {
        let body = pair.into_inner().find(|part| part.as_rule() == Rule::dbody);
        body.map(|body| self.data_lines(body)).unwrap_or_default()
    }

    /// A group; or a table or choice that lacks the colon behind its name.
    fn group(&mut self, pair: Pair<'_, Rule>, goes_on: bool) -> Option<DataLine> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner();
        let name = self.name(&inner.next()?);
        let body = inner.find(|part| part.as_rule() == Rule::dbody)?;
        let has_key = body.clone().into_inner().flatten().any(|part| part.as_rule() == Rule::at_key);
        let unread = body.clone().into_inner().all(|part| part.as_rule() == Rule::bad_line);
        let kind =
            ["表", "选项", "table", "choice"].iter().find(|kind| name.key.ends_with(*kind) && name.key != **kind);
        let choice = kind.is_some_and(|kind| matches!(*kind, "选项" | "choice")) && unread;
        let Some(kind) = kind.filter(|_| choice || goes_on || has_key) else {
            return Some(DataLine::Group(name, self.data_lines(body)));
        };
        let shown = |text: &str| text.strip_suffix(kind).unwrap_or(text).to_owned();
        let end = name.span.end.saturating_sub(u32::try_from(kind.len()).unwrap_or(0));
        self.diagnostics.push(wording::missing_colon(name.span, Span { start: end, end, ..name.span }));
        let ty = if choice { TypeName::AnyChoice } else { TypeName::Table(Vec::new(), self.data_lines(body)) };
        let name = Name { key: shown(&name.key), shown: shown(&name.shown), span: name.span };
        Some(DataLine::Decl(Decl { name, ty: At { it: ty, span }, attrs: Vec::new(), span }))
    }

    fn data_lines(&mut self, body: Pair<'_, Rule>) -> Vec<DataLine> {
        let mut lines = Vec::new();
        let mut parts = body.into_inner().peekable();
        while let Some(part) = parts.next() {
            let line = match part.as_rule() {
                Rule::decl => self.decl(part).map(DataLine::Decl),
                Rule::def => self.def(part).map(DataLine::Def),
                Rule::require => self.require(part).map(DataLine::Require),
                Rule::group => {
                    let goes_on = parts.peek().is_some_and(|next| next.as_rule() == Rule::bad_tail);
                    let line = self.group(part, goes_on);
                    if goes_on && matches!(line, Some(DataLine::Decl(_))) {
                        parts.next();
                    }
                    line
                }
                Rule::bad_line => {
                    self.bad(part, Rule::ditem);
                    None
                }
                Rule::bad_tail => {
                    if self.leftover(part, lines.last().and_then(recover::data_place)) {
                        lines.last_mut().into_iter().for_each(recover::spoil_data);
                    }
                    None
                }
                _ => None,
            };
            lines.extend(line);
        }
        lines
    }

    fn decl(&mut self, pair: Pair<'_, Rule>) -> Option<Decl> {
        let span = self.span(&pair);
        let (mut name, mut ty, mut attrs) = (None, None, Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = Some(self.name(&part)),
                Rule::type_ => ty = self.type_name(part),
                Rule::attr => attrs.extend(self.attr(part)),
                _ => {}
            }
        }
        Some(Decl { name: name?, ty: ty?, attrs, span })
    }

    fn type_name(&mut self, pair: Pair<'_, Rule>) -> Option<At<TypeName>> {
        let span = self.span(&pair);
        let kind = pair.into_inner().next()?;
        let it = match kind.as_rule() {
            Rule::table => self.table(kind),
            Rule::choice => self.choice(kind),
            Rule::list_type => TypeName::List(self.name(&scalar_name(kind)?)),
            _ => {
                let mut parts = kind.into_inner();
                let word = parts.next()?;
                if word.as_rule() == Rule::kw_check {
                    TypeName::Check
                } else {
                    let range = parts.next().map(|range| self.range(range));
                    TypeName::Scalar(self.name(&word), range)
                }
            }
        };
        Some(At { it, span })
    }

    fn table(&mut self, pair: Pair<'_, Rule>) -> TypeName {
        let (mut limits, mut lines) = (Vec::new(), Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::many => limits.extend(self.many(part)),
                Rule::dbody => lines = self.data_lines(part),
                _ => {}
            }
        }
        TypeName::Table(limits, lines)
    }

    fn many(&mut self, pair: Pair<'_, Rule>) -> Option<(Count, u32)> {
        let mut parts: Pairs<'_, Rule> = pair.into_inner();
        let word = match parts.next()?.as_rule() {
            Rule::kw_exactly => Count::Exactly,
            Rule::kw_least => Count::Least,
            _ => Count::Most,
        };
        Some((word, self.count(parts.next()?)?))
    }

    /// A whole number of things.
    fn count(&mut self, quantity: Pair<'_, Rule>) -> Option<u32> {
        let span = self.span(&quantity);
        let mut parts = quantity.into_inner();
        let number = parts.next().and_then(|number| literal::number(number.as_str())?.to_i64());
        let unit = parts.next().and_then(|unit| literal::unit(unit.as_str()));
        let count = number.and_then(|number| u32::try_from(number).ok());
        let count = count.filter(|_| unit.is_none_or(|unit| unit == Unit::Item));
        if count.is_none() {
            self.diagnostics.push(wording::bad_count(span));
        }
        count
    }

    fn choice(&self, pair: Pair<'_, Rule>) -> TypeName {
        let mut words = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::word => words.push(self.name(&part)),
                Rule::path => {
                    let names = part.into_inner().filter(|part| part.as_rule() == Rule::name);
                    return TypeName::ChoiceFrom(names.map(|name| self.name(&name)).collect());
                }
                _ => {}
            }
        }
        if words.is_empty() { TypeName::AnyChoice } else { TypeName::Choice(words) }
    }

    fn params(&mut self, pair: Pair<'_, Rule>) -> Vec<Def> {
        let body = pair.into_inner().find(|part| part.as_rule() == Rule::pbody);
        body.map(|body| self.parameters(body)).unwrap_or_default()
    }

    fn parameters(&mut self, body: Pair<'_, Rule>) -> Vec<Def> {
        let mut defs: Vec<Def> = Vec::new();
        for part in body.into_inner() {
            match part.as_rule() {
                Rule::def => defs.extend(self.def(part)),
                Rule::bad_line => self.bad(part, Rule::pitem),
                Rule::bad_tail => {
                    let single = self.leftover(part, defs.last().map(|def| def.span));
                    if let Some(def) = defs.last_mut().filter(|_| single) {
                        def.value = recover::spoiled(&def.value);
                    }
                }
                _ => {}
            }
        }
        defs
    }

    fn method(&mut self, pair: Pair<'_, Rule>) -> Option<Method> {
        let span = self.span(&pair);
        let (mut name, mut params, mut ty, mut code) = (None, Vec::new(), None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = Some(self.name(&part)),
                Rule::param => params.extend(self.param(part)),
                Rule::type_ => ty = self.type_name(part),
                Rule::value => code = Some(MethodCode::Value(self.expr(part))),
                Rule::body => code = Some(MethodCode::Body(self.lines(part))),
                Rule::script_file => {
                    code = Some(MethodCode::Script(At { it: self.text(&part).to_owned(), span: self.span(&part) }));
                }
                _ => {}
            }
        }
        Some(Method { name: name?, params, ty, code: code?, span })
    }

    fn param(&mut self, pair: Pair<'_, Rule>) -> Option<Param> {
        let (mut name, mut ty, mut optional) = (None, None, false);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = Some(self.name(&part)),
                Rule::type_ => ty = self.type_name(part),
                Rule::at_optional => optional = true,
                _ => {}
            }
        }
        Some(Param { name: name?, ty, optional })
    }
}

/// A date as a field's text gives it.
pub fn literal_date(text: &str) -> Option<jiff::civil::Date> {
    literal::date(&normal_name(text))
}

/// The parts of a pair that are expressions.
fn operands(pair: Pair<'_, Rule>) -> impl Iterator<Item = Pair<'_, Rule>> {
    pair.into_inner().filter(|part| matches!(part.as_rule(), Rule::expr | Rule::value | Rule::arith))
}

fn scalar_name(pair: Pair<'_, Rule>) -> Option<Pair<'_, Rule>> {
    pair.into_inner().find(|part| part.as_rule() == Rule::scalar_type)?.into_inner().next()
}

/// A letter with its sign in the one form in which letters are compared; any other name as it is.
fn letter(name: &str) -> String {
    let mut signs = name.chars().map(half_width);
    match (signs.next(), signs.next(), signs.next()) {
        (Some(letter @ 'A'..='Z'), Some('+'), None) => format!("{letter}+"),
        (Some(letter @ 'A'..='Z'), Some('-' | '−'), None) => format!("{letter}-"),
        _ => name.to_owned(),
    }
}
