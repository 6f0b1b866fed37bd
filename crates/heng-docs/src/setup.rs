//! The head of a template, between two lines `+++`: which tables make the register, and which charts
//! the page has. It is TOML, in Chinese or English words.

use heng_diag::Diagnostic;
use serde::Deserialize;

use crate::{Template, wording};

/// The head of a template.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Setup {
    /// The tables behind the register.
    #[serde(default, alias = "台账")]
    pub register: Option<RegisterSetup>,
    /// Charts that set two figures side by side.
    #[serde(default, alias = "对比图")]
    pub compare: Vec<Compare>,
    /// Charts of the rows of a table.
    #[serde(default, alias = "分布图")]
    pub shares: Vec<Shares>,
}

/// The tables behind the register.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterSetup {
    /// Problems: a table with numbers and texts.
    #[serde(alias = "问题")]
    pub problems: Numbered,
    /// Measures.
    #[serde(alias = "措施")]
    pub measures: Numbered,
    /// Which measure answers which problem.
    #[serde(default, alias = "对应")]
    pub links: Option<Links>,
}

/// A table of numbered texts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Numbered {
    /// The table.
    #[serde(alias = "表")]
    pub table: String,
    /// The column of numbers.
    #[serde(alias = "编号")]
    pub number: String,
    /// The column of texts.
    #[serde(alias = "内容")]
    pub text: String,
}

/// The table that ties problems to measures and indicators, by the names of its columns.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Links {
    #[serde(alias = "表")]
    pub table: String,
    #[serde(alias = "问题")]
    pub problem: String,
    #[serde(alias = "措施")]
    pub measure: String,
    #[serde(default, alias = "指标")]
    pub indicator: Option<String>,
    #[serde(default, alias = "责任人")]
    pub owner: Option<String>,
    #[serde(default, alias = "完成期限")]
    pub due: Option<String>,
    #[serde(default, alias = "下年预算")]
    pub budget: Option<String>,
}

/// Two figures side by side, group by group.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Compare {
    #[serde(alias = "标题")]
    pub title: String,
    /// What the two bars are called.
    #[serde(alias = "图例")]
    pub legend: [String; 2],
    /// Label, first datum, second datum.
    #[serde(alias = "行")]
    pub rows: Vec<[String; 3]>,
}

/// The rows of a table as bars.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shares {
    #[serde(alias = "标题")]
    pub title: String,
    #[serde(alias = "表")]
    pub table: String,
    #[serde(alias = "名称")]
    pub name: String,
    #[serde(alias = "值")]
    pub value: String,
}

/// Head and body of a template.
pub(crate) fn split(template: Template<'_>) -> Result<(Setup, &str), Box<Diagnostic>> {
    let text = template.text.trim_start_matches('\u{feff}');
    let Some(rest) = text.strip_prefix("+++") else { return Ok((Setup::default(), text)) };
    let Some((head, body)) = rest.split_once("\n+++") else {
        return Err(Box::new(wording::open_head(template.name)));
    };
    let setup = toml::from_str(head).map_err(|error| Box::new(wording::bad_head(template.name, error.message())))?;
    Ok((setup, body.split_once('\n').map_or("", |(_, body)| body)))
}
