//! Criteria read back: the canonical sentence first, then the ways in which notices say it.

use heng_diag::Lang;
use heng_model::{Program, schema::Shape};
use heng_notice::{Frame, Names, read_canonical, read_sentence};

use crate::{
    compare::Why,
    field::Field,
    page::{Row, plain},
    wording,
};

/// Reads sentences with the names of a pack.
pub(crate) struct Reader<'a> {
    program: &'a Program,
    names: Names,
    lang: Lang,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(program: &'a Program, lang: Lang) -> Reader<'a> {
        Reader { program, names: Names::of(program), lang }
    }

    /// The lines of a criterion, which belongs to an indicator of the pack or to a new one.
    pub(crate) fn read(&self, sentence: &str, row: Option<&Row>) -> Result<Vec<String>, Why> {
        if ["待编", "评分标准待编。", "The rule is not written yet."].iter().any(|word| plain(word) == plain(sentence))
        {
            return Ok(vec!["待编".to_owned()]);
        }
        let canonical = read_canonical(sentence, &self.names, self.lang);
        let widened = || read_canonical(&wide(sentence), &self.names, self.lang);
        if let Ok(lines) = canonical.or_else(|refusal| widened().map_err(|_| refusal)) {
            return Ok(lines);
        }
        let full = row.and_then(|row| row.text(Field::Points).parse().ok());
        let indicator = row.map(|row| row.text(Field::Name)).unwrap_or_default();
        let frame = Frame { full: full.as_ref(), indicator, lang: self.lang };
        let reading = read_sentence(sentence, &frame).map_err(|refusal| Why::Sentence(refusal.text()))?;
        match reading.data.iter().find(|datum| !self.is_declared(&datum.name)) {
            Some(datum) => Err(Why::Undeclared(datum.name.clone())),
            None if reading.steps_unsaid => Err(Why::Sentence(wording::steps())),
            None => Ok(reading.lines),
        }
    }

    /// Whether the pack has a figure of this name.
    fn is_declared(&self, name: &str) -> bool {
        let field = |field: &heng_model::schema::Field| {
            field.dotted() == name || field.alias.as_ref().is_some_and(|alias| **alias == *name)
        };
        let table = |shape: &Shape| matches!(shape, Shape::Table(_));
        self.program.schema.fields.iter().any(|found| field(found) && !table(&found.shape))
            || self.program.lets.iter().any(|found| *found.name == *name)
    }
}

/// A Chinese sentence with its signs in full width, as the canonical one has them.
fn wide(sentence: &str) -> String {
    let sign = |sign: char| match sign {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '(' => '（',
        ')' => '）',
        other => other,
    };
    sentence.chars().map(sign).collect()
}
