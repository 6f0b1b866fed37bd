//! Suites in TOML: `pack`, `common` and `[[case]]`.

use std::collections::BTreeMap;

use heng_diag::Diagnostic;
use serde::Deserialize;

use crate::{
    expect::{Expect, points_text},
    suite::{Base, Suite, TestCase},
    wording,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    pack: Option<String>,
    variant: Option<String>,
    source: Option<String>,
    status: Option<String>,
    #[serde(default)]
    common: String,
    #[serde(default)]
    base: Vec<String>,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    clause: Option<String>,
    #[serde(default)]
    published: bool,
    #[serde(default)]
    facts: String,
    #[serde(default)]
    scores: BTreeMap<String, String>,
    total: Option<String>,
    grade: Option<String>,
    says: Option<Vec<String>>,
    refused: Option<String>,
}

pub(super) fn read(name: &str, text: &str) -> Result<Suite, Vec<Diagnostic>> {
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(0, |span| line_of(text, span.start));
        vec![wording::bad_toml(name, line, error.message())]
    })?;
    let mut base: Vec<Base> = file.base.iter().cloned().map(Base::File).collect();
    if !file.common.trim().is_empty() {
        base.push(Base::Text(file.common.clone()));
    }
    let heads: Vec<u32> =
        (1..).zip(text.lines()).filter(|(_, line)| line.trim() == "[[case]]").map(|(n, _)| n).collect();
    let cases = file.case.into_iter().enumerate().map(|(index, case)| TestCase {
        name: case.name,
        line: heads.get(index).copied().unwrap_or(0),
        clause: case.clause,
        published: case.published,
        base: base.clone(),
        facts: case.facts,
        expect: Expect {
            scores: case.scores.into_iter().map(|(name, score)| (name, points_text(&score))).collect(),
            total: case.total.as_deref().map(points_text),
            grade: case.grade,
            says: case.says,
            refused: case.refused,
        },
    });
    Ok(Suite {
        pack: file.pack,
        variant: file.variant,
        source: file.source,
        status: file.status,
        cases: cases.collect(),
        ..Suite::default()
    })
}

/// The line on which a byte stands, from 1.
fn line_of(text: &str, byte: usize) -> u32 {
    let breaks = text.bytes().take(byte).filter(|byte| *byte == b'\n').count();
    u32::try_from(breaks + 1).unwrap_or(u32::MAX)
}
