//! Pairs to tree. One function per rule of the grammar; what could not be read is reported here
//! with the place where reading stopped.

mod expr;
mod literal;

use heng_diag::{Diagnostic, Span};
use heng_model::name::normal_name;
use pest::{
    Parser,
    iterators::{Pair, Pairs},
};

use crate::{
    ast::{
        At, Attr, Block, BlockKind, Case, Count, DataLine, Decl, Def, Field, File, Item, Line, Method, MethodCode,
        Name, Param, Require, TypeName, Unit,
    },
    fold::{COMMENT, is_hidden},
    keywords,
    parse::{HengParser, Prepared, Rule},
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
        let shown = self.unquoted(pair).trim().to_owned();
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
                    if holds_block(&part) {
                        file.items.push(Item::Lost);
                    }
                    self.bad(part, Rule::block);
                }
                Rule::bad_tail => self.leftover(part),
                Rule::stray_close => self.diagnostics.push(wording::stray_brace(self.span(&part))),
                _ => {}
            }
        }
        file
    }

    /// Reports a line that could not be read, then reads the blocks behind it, so that what stands
    /// inside is not lost with it.
    fn bad(&mut self, pair: Pair<'_, Rule>, wanted: Rule) {
        let start = self.base + pair.as_span().start();
        let (stop, _) = self.prepared.diagnose(wanted, pair.as_str(), start);
        let line_end = start + first_line(pair.as_str()).len();
        let stop = stop.clamp(start, line_end);
        let line = self.prepared.span(start, line_end);
        let place = self.prepared.span(stop, line_end);
        let slice = |span: Span| self.original.get(span.start as usize..span.end as usize).unwrap_or("").trim();
        self.diagnostics.push(wording::bad_line(slice(line), slice(place), line, place, wanted));
        self.lost.extend(leading_name(slice(line)));
        let kinds = kinds_of(slice(line), wanted);
        self.held(pair, kinds);
    }

    /// Reads the blocks of a bad line by themselves. Of the kinds of block that it may be, it is the
    /// one that leaves the fewest bad lines.
    fn held(&mut self, pair: Pair<'_, Rule>, kinds: &[Rule]) {
        let outer = self.base;
        // On one line it is part of what was reported.
        let lines = |part: &Pair<'_, Rule>| part.as_rule() == Rule::bad_block && part.as_str().contains('\n');
        for block in pair.into_inner().filter(lines) {
            let prepared = self.prepared;
            let open = block.as_span().start() + 1;
            let Some((at, text)) = prepared.stretch(outer + open, outer + block.as_span().end()) else { continue };
            self.base = at;
            let read = |rule| HengParser::parse(rule, text).ok()?.next();
            let block = kinds.iter().copied().filter_map(read).min_by_key(bad_lines);
            for name in block.iter().flat_map(declared) {
                let name = self.name(&name);
                self.lost.push(name.key);
            }
            match block {
                Some(body) if body.as_rule() == Rule::body => drop(self.lines(body)),
                Some(body) if body.as_rule() == Rule::dbody => drop(self.data_lines(body)),
                Some(body) if body.as_rule() == Rule::pbody => drop(self.parameters(body)),
                Some(rows) => drop(self.rows(rows)),
                None => {}
            }
        }
        self.base = outer;
    }

    /// Reports what is left over behind a line that could be read.
    fn leftover(&mut self, pair: Pair<'_, Rule>) {
        let start = self.base + pair.as_span().start();
        let span = self.prepared.span(start, start + first_line(pair.as_str()).len());
        let rest = self.original.get(span.start as usize..span.end as usize).unwrap_or("");
        self.diagnostics.push(wording::leftover(rest, span));
        self.held(pair, &[Rule::body, Rule::dbody, Rule::pbody, Rule::held_rows]);
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
                    let block = holds_block(&part);
                    self.bad(part, Rule::body_item);
                    Some(Line::Lost { span, block })
                }
                Rule::bad_tail => {
                    self.leftover(part);
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

    fn data_lines(&mut self, body: Pair<'_, Rule>) -> Vec<DataLine> {
        let mut lines = Vec::new();
        for part in body.into_inner() {
            let line = match part.as_rule() {
                Rule::decl => self.decl(part).map(DataLine::Decl),
                Rule::def => self.def(part).map(DataLine::Def),
                Rule::require => self.require(part).map(DataLine::Require),
                Rule::group => {
                    let mut inner = part.into_inner();
                    let name = inner.next().map(|name| self.name(&name));
                    let body = inner.find(|part| part.as_rule() == Rule::dbody);
                    name.zip(body).map(|(name, body)| DataLine::Group(name, self.data_lines(body)))
                }
                Rule::bad_line => {
                    self.bad(part, Rule::ditem);
                    None
                }
                Rule::bad_tail => {
                    self.leftover(part);
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
        let mut defs = Vec::new();
        for part in body.into_inner() {
            match part.as_rule() {
                Rule::def => defs.extend(self.def(part)),
                Rule::bad_line => self.bad(part, Rule::pitem),
                Rule::bad_tail => self.leftover(part),
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

/// The first line of a text in the form the grammar reads, up to its comment.
fn first_line(text: &str) -> &str {
    text.lines().next().and_then(|line| line.split(COMMENT).next()).unwrap_or("").trim_end()
}

/// The kinds of block that may stand behind a line that could not be read.
fn kinds_of(line: &str, wanted: Rule) -> &'static [Rule] {
    match wanted {
        Rule::ditem => &[Rule::dbody],
        Rule::pitem => &[Rule::pbody],
        Rule::row_item => &[Rule::held_rows, Rule::body],
        Rule::body_item => &[Rule::body, Rule::held_rows],
        _ => {
            let first = line.split(|sign: char| !sign.is_alphanumeric() && sign != '_').next().unwrap_or("");
            let words = ["数据", "data", "参数", "params", "规则包", "pack", "方法", "method", "指标", "一级指标", "indicator", "bonus"];
            match crate::lower::nearest_name(first, words.into_iter()).as_deref() {
                Some("数据" | "data") => &[Rule::dbody],
                Some("参数" | "params") => &[Rule::pbody],
                Some(_) => &[Rule::body],
                None => &[Rule::body, Rule::dbody, Rule::pbody],
            }
        }
    }
}

/// Whether a line that could not be read has a block.
fn holds_block(bad: &Pair<'_, Rule>) -> bool {
    bad.clone().into_inner().any(|part| part.as_rule() == Rule::bad_block)
}

/// The name that a line would have declared, had it been read: its first word that is no keyword.
fn leading_name(line: &str) -> Option<String> {
    let words = line.split(|sign: char| !sign.is_alphanumeric() && sign != '_').filter(|word| !word.is_empty());
    let keyword = |word: &str| keywords::KEYWORDS.iter().any(|keyword| keyword.zh == word || keyword.en == word);
    words.take(2).find(|word| !keyword(word)).map(normal_name)
}

/// The names that a block declares.
fn declared<'b>(block: &Pair<'b, Rule>) -> Vec<Pair<'b, Rule>> {
    let declares = |part: &Pair<'b, Rule>| {
        matches!(part.as_rule(), Rule::decl | Rule::def | Rule::group | Rule::param | Rule::method)
    };
    let name = |part: Pair<'b, Rule>| part.into_inner().find(|inner| inner.as_rule() == Rule::name);
    block.clone().into_inner().flatten().filter(declares).filter_map(name).collect()
}

/// How much of a block could not be read, in bytes.
fn bad_lines(body: &Pair<'_, Rule>) -> usize {
    let parts = body.clone().into_inner().flatten();
    parts.filter(|part| matches!(part.as_rule(), Rule::bad_line | Rule::bad_tail)).map(|part| part.as_str().len()).sum()
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
