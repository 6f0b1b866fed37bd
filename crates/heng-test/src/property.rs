//! 性质: what must hold of the rules whatever the figures are, one line each.
//!
//! | Chinese | English |
//! |---|---|
//! | `支出 越大，支出率 不减` | `spent rises, rate never falls` |
//! | `超编人数 越大，控制率 不增` | `surplus rises, control never rises` |
//! | `支出率 在 0分 到 满分` | `rate within 0 to full` |
//! | `支出、预算 同乘，支出率 不变` | `spent, budget scaled together, rate stays` |
//! | `采购合同 调换行序，合同签订 不变` | `contracts reordered, signing stays` |
//! | `支出 换单位，支出率 不变` | `spent in other units, rate stays` |
//!
//! 总分 (total) stands for the whole table.

/// A line of 性质.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// As it is written.
    pub text: String,
    /// The line of the file, from 1.
    pub line: u32,
    /// What it claims.
    pub claim: Claim,
}

/// What must hold; names are as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// When the datum rises, the score never falls (`rising`), or never rises.
    Monotone {
        /// The datum, or a column of a table.
        datum: Vec<String>,
        /// The indicator.
        indicator: String,
        /// Whether it must never fall.
        rising: bool,
    },
    /// The score lies between two.
    Within {
        /// The indicator.
        indicator: String,
        /// The least; 满分 for full marks.
        low: String,
        /// The most.
        high: String,
    },
    /// The score stays while the data change.
    Stays {
        /// How the data change.
        while_: Alike,
        /// The data.
        data: Vec<Vec<String>>,
        /// The indicator.
        indicator: String,
    },
}

/// Changes that change nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alike {
    /// All data are multiplied by one factor.
    Scaled,
    /// The rows of a table stand in another order.
    Reordered,
    /// An amount is written in another unit.
    Rewritten,
}

/// The verbs behind the data, in both languages.
const CHANGES: [(&str, &str, Option<Alike>); 4] = [
    ("越大", "rises", None),
    ("同乘", "scaled together", Some(Alike::Scaled)),
    ("调换行序", "reordered", Some(Alike::Reordered)),
    ("换单位", "in other units", Some(Alike::Rewritten)),
];

impl Property {
    /// Reads a line; none where it is no property.
    #[must_use]
    pub fn read(text: &str, line: u32) -> Option<Property> {
        let claim = within(text).or_else(|| change(text))?;
        Some(Property { text: text.to_owned(), line, claim })
    }
}

fn within(text: &str) -> Option<Claim> {
    let (indicator, bounds) = [" 在 ", " within "].iter().find_map(|word| text.split_once(word))?;
    let (low, high) = [" 到 ", " to "].iter().find_map(|word| bounds.split_once(word))?;
    let bound = |text: &str| {
        let text = crate::expect::points_text(text);
        let known = matches!(text.as_str(), "满分" | "full") || text.parse::<heng_model::Number>().is_ok();
        known.then_some(text)
    };
    // 满分 ends in 分, which is no unit there.
    let bound =
        |text: &str| if matches!(text.trim(), "满分" | "full") { Some("满分".to_owned()) } else { bound(text) };
    Some(Claim::Within { indicator: name(indicator)?, low: bound(low)?, high: bound(high)? })
}

fn change(text: &str) -> Option<Claim> {
    let (cause, effect) = text.rsplit_once(['，', ','])?;
    let (cause, effect) = (cause.trim(), effect.trim());
    let (data, alike) = CHANGES.iter().find_map(|(zh, en, alike)| {
        let data = cause.strip_suffix(zh).or_else(|| cause.strip_suffix(en))?;
        data.ends_with(char::is_whitespace).then_some((data.trim(), *alike))
    })?;
    let ending = |zh: &str, en: &str| {
        let name = effect.strip_suffix(zh).or_else(|| effect.strip_suffix(en))?;
        name.ends_with(char::is_whitespace).then(|| name.trim().to_owned())
    };
    let data: Vec<Vec<String>> = data.split(['、', ',', '，']).map(path).collect::<Option<_>>()?;
    match alike {
        None => {
            let (indicator, rising) = ending("不减", "never falls")
                .map(|name| (name, true))
                .or_else(|| ending("不增", "never rises").map(|name| (name, false)))?;
            let [datum] = <[Vec<String>; 1]>::try_from(data).ok()?;
            Some(Claim::Monotone { datum, indicator: name(&indicator)?, rising })
        }
        Some(while_) => Some(Claim::Stays { while_, data, indicator: name(&ending("不变", "stays")?)? }),
    }
}

fn path(text: &str) -> Option<Vec<String>> {
    text.split(['.', '．']).map(name).collect()
}

/// A name without the marks 「」 around it.
fn name(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = text.strip_prefix('「').and_then(|text| text.strip_suffix('」')).unwrap_or(text);
    (!bare.is_empty()).then(|| heng_model::normal_name(bare))
}

#[cfg(test)]
mod tests {
    use super::{Alike, Claim, Property};

    fn claim(text: &str) -> Option<Claim> {
        Property::read(text, 1).map(|property| property.claim)
    }

    fn names(all: &[&str]) -> Vec<String> {
        all.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn both_languages_say_the_same() {
        let pairs = [
            ("甲 越大，乙 不减", "甲 rises, 乙 never falls"),
            ("甲 越大，乙 不增", "甲 rises, 乙 never rises"),
            ("乙 在 0分 到 满分", "乙 within 0 to full"),
            ("甲、丙 同乘，乙 不变", "甲, 丙 scaled together, 乙 stays"),
            ("表 调换行序，乙 不变", "表 reordered, 乙 stays"),
            ("甲 换单位，总分 不变", "甲 in other units, 总分 stays"),
        ];
        for (zh, en) in pairs {
            assert!(claim(zh).is_some(), "{zh}");
            assert_eq!(claim(zh), claim(en), "{zh}");
        }
    }

    #[test]
    fn names_are_taken_as_they_are_written() {
        let found = claim("三公经费.决算数 越大，“三公经费”控制率 不增");
        let datum = names(&["三公经费", "决算数"]);
        assert_eq!(found, Some(Claim::Monotone { datum, indicator: "“三公经费”控制率".into(), rising: false }));
        let found = claim("「本年 三公」、乙 同乘，丙 不变");
        let data = vec![names(&["本年 三公"]), names(&["乙"])];
        assert_eq!(found, Some(Claim::Stays { while_: Alike::Scaled, data, indicator: "丙".into() }));
    }

    #[test]
    fn what_claims_nothing_is_refused() {
        for text in [
            "甲 越大",
            "甲 越大，乙",
            "甲、丙 越大，乙 不减",
            "甲 越大，乙 不变",
            "乙 在 0分",
            "乙 在 甲 到 10分",
            "越大，乙 不减",
        ] {
            assert_eq!(claim(text), None, "{text}");
        }
    }
}
