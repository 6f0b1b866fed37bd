//! One spelling for signs and small numbers, so that the patterns need to know only one.

use regex::Regex;
use std::sync::LazyLock;

static COUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        "(每|符合|满足|达到|具备|做到|完成|不符合|缺失|违反|有|发现|缺|缺少|少|低|低于|超|超过|超出|扣|得|降低|任|迟报|逾期|迟|高|高于|增加|偏离|出现|查实|存在|漏报|漏|落实|整改|[,;。:)]|^)",
        "([一二两三四五六七八九])",
        "(个百分点|个工作日|个自然日|个|项|处|起|次|天|日|例|件|份|条|户|人|家|宗|篇|期|笔|分)"
    ))
    .ok()
});
static BARE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("每(项|起|次|处|例|件|份|天|条|户|人|日|宗)(的?,?(?:扣|减|不符合|未))").ok());
static PERCENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("百分之([零一二三四五六七八九十百]+|[0-9.]+)").ok());

/// Folds a Chinese sentence: half-width signs, no blanks, digits for counted small numbers.
pub(crate) fn fold(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').map(half).collect();
    let text = text
        .replace("＜=", "≤")
        .replace("<=", "≤")
        .replace(">=", "≥")
        .replace("——", "-")
        .replace("--", "-")
        .replace("分)、", "分);");
    let text = match &*PERCENT {
        Some(percent) => percent.replace_all(&text, |found: &regex::Captures<'_>| {
            let said = found.get(1).map_or("", |part| part.as_str());
            small(said).map_or_else(|| format!("百分之{said}"), |number| format!("{number}%"))
        }),
        None => text.as_str().into(),
    };
    let text = match &*BARE {
        Some(bare) => bare.replace_all(&text, "每1$1$2"),
        None => text,
    };
    match &*COUNTED {
        Some(counted) => counted
            .replace_all(&text, |found: &regex::Captures<'_>| {
                let part = |index| found.get(index).map_or("", |part| part.as_str());
                format!("{}{}{}", part(1), digit(part(2)).unwrap_or_default(), part(3))
            })
            .into_owned(),
        None => text.into_owned(),
    }
}

/// The half-width or one spelling of a sign.
pub(crate) fn half(c: char) -> char {
    match c {
        '～' | '〜' | '∼' => '~',
        '－' | '—' | '–' | '−' | '﹣' => '-',
        '≧' | '⩾' => '≥',
        '≦' | '⩽' => '≤',
        '【' => '[',
        '】' => ']',
        '﹪' => '%',
        '、' | '。' => c,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn digit(text: &str) -> Option<u32> {
    Some(match text {
        "一" => 1,
        "二" | "两" => 2,
        "三" => 3,
        "四" => 4,
        "五" => 5,
        "六" => 6,
        "七" => 7,
        "八" => 8,
        "九" => 9,
        _ => return None,
    })
}

/// A number up to a hundred in Chinese or digits.
fn small(text: &str) -> Option<String> {
    if text.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return Some(text.to_owned());
    }
    let number = match text.split_once('十') {
        _ if text == "百" || text == "一百" => 100,
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens)? };
            tens * 10 + if ones.is_empty() { 0 } else { digit(ones)? }
        }
        None => digit(text)?,
    };
    Some(number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_numbers_have_one_spelling() {
        assert_eq!(fold("每低１个百分点 扣０.５分，"), "每低1个百分点扣0.5分,");
        assert_eq!(fold("百分之九十五以上"), "95%以上");
        assert_eq!(fold("每发现一起扣两分"), "每发现1起扣2分");
        assert_eq!(fold("统一项目管理"), "统一项目管理");
    }
}
