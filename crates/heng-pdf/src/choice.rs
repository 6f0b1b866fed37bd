//! Which fonts print the report: those it asks for, or others that stand in, each of them named.

use heng_docs::fonts::{AskedFont, BODY, HEAD, KAI, LATIN, PAGE, TITLE};

/// The fonts of a report, by the names they are installed under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Of the title.
    pub title: String,
    /// Of headings of the first level, and heads of tables.
    pub head: String,
    /// Of headings of the second level, and remarks.
    pub kai: String,
    /// Of the body.
    pub body: String,
    /// Of letters and digits.
    pub latin: String,
    /// Of page numbers.
    pub page: String,
    /// What stands in for what.
    pub substitutions: Vec<Substitution>,
}

/// A font that is not installed, and the one that stands in for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substitution {
    /// The font the report asks for.
    pub asked: &'static str,
    /// The font that prints it.
    pub used: String,
}

impl Choice {
    /// The names of all chosen fonts, each once.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for name in [&self.title, &self.head, &self.kai, &self.body, &self.latin, &self.page] {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }
}

/// Chooses among the families that are installed.
///
/// # Errors
/// The font that nothing installed can stand in for.
pub fn choose(installed: &[String]) -> Result<Choice, &'static str> {
    let mut substitutions = Vec::new();
    let mut of = |asked: AskedFont| -> Result<String, &'static str> {
        let used = asked.choose(installed).ok_or(asked.name)?.to_owned();
        if !asked.is(&used) {
            substitutions.push(Substitution { asked: asked.name, used: used.clone() });
        }
        Ok(used)
    };
    let [title, head, kai, body, latin, page] = [of(TITLE)?, of(HEAD)?, of(KAI)?, of(BODY)?, of(LATIN)?, of(PAGE)?];
    Ok(Choice { title, head, kai, body, latin, page, substitutions })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_substitution_is_named() {
        let installed = ["仿宋_GB2312", "SimHei", "Noto Serif CJK SC", "Liberation Serif"].map(str::to_owned);
        let choice = choose(&installed).unwrap();
        let said: Vec<_> = choice.substitutions.iter().map(|one| (one.asked, one.used.as_str())).collect();
        assert_eq!(
            said,
            [
                ("方正小标宋简体", "Noto Serif CJK SC"),
                ("楷体_GB2312", "Noto Serif CJK SC"),
                ("Times New Roman", "Liberation Serif"),
                ("宋体", "Noto Serif CJK SC"),
            ]
        );
        assert_eq!(choice.names(), ["Noto Serif CJK SC", "SimHei", "仿宋_GB2312", "Liberation Serif"]);
        assert_eq!(choose(&["Arial".to_owned()]), Err("方正小标宋简体"));
    }
}
