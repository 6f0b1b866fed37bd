//! Templates with holes: `{}超过{}的，扣{}`. What stands in a hole has all its brackets closed.

/// The first way in which `text` fits `template` and `accept` takes what stands in its holes.
pub(super) fn matches<T>(text: &str, template: &str, accept: &mut dyn FnMut(&[&str]) -> Option<T>) -> Option<T> {
    let literals: Vec<&str> = template.split("{}").collect();
    let (first, rest) = literals.split_first()?;
    let text = text.strip_prefix(first)?;
    fill(text, rest, &mut Vec::new(), accept)
}

fn fill<'t, T>(
    text: &'t str,
    literals: &[&str],
    holes: &mut Vec<&'t str>,
    accept: &mut dyn FnMut(&[&str]) -> Option<T>,
) -> Option<T> {
    let Some((literal, rest)) = literals.split_first() else {
        return if text.is_empty() { accept(holes) } else { None };
    };
    if rest.is_empty() {
        let hole = text.strip_suffix(literal)?.trim();
        if hole.is_empty() || !closed(hole) {
            return None;
        }
        holes.push(hole);
        let found = accept(holes);
        holes.pop();
        return found;
    }
    let mut from = 0;
    while let Some(at) = text.get(from..)?.find(literal) {
        let at = from + at;
        let (hole, after) = (text.get(..at)?.trim(), text.get(at + literal.len()..)?);
        if !hole.is_empty() && closed(hole) {
            holes.push(hole);
            if let Some(found) = fill(after, rest, holes, accept) {
                return Some(found);
            }
            holes.pop();
        }
        from = at + text.get(at..)?.chars().next()?.len_utf8();
    }
    None
}

/// Whether all brackets of a text are closed in it.
pub(super) fn closed(text: &str) -> bool {
    let mut depth = 0_i32;
    for sign in text.chars() {
        match sign {
            '（' | '(' | '[' | '{' | '“' => depth += 1,
            '）' | ')' | ']' | '}' | '”' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// The parts of a text between a separator that stands in no bracket.
pub(super) fn parts<'t>(text: &'t str, separator: &str) -> Vec<&'t str> {
    let (mut out, mut start, mut from) = (Vec::new(), 0, 0);
    while let Some(found) = text.get(from..).and_then(|rest| rest.find(separator)) {
        let at = from + found;
        from = at + separator.len();
        if text.get(start..at).is_some_and(closed) {
            out.extend(text.get(start..at).map(str::trim));
            start = from;
        }
    }
    out.extend(text.get(start..).map(str::trim));
    out.retain(|part| !part.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_in_every_way_until_one_is_taken() {
        let mut seen = Vec::new();
        let found = matches("甲的乙的丙", "{}的{}", &mut |holes| {
            seen.push(holes.join("|"));
            (holes[1] == "丙").then_some(())
        });
        assert!(found.is_some());
        assert_eq!(seen, ["甲|乙的丙", "甲的乙|丙"]);
        let mut none = |_: &[&str]| Some(());
        assert!(matches("（甲的乙）", "{}的{}", &mut none).is_none(), "a hole does not break a bracket open");
        assert!(matches("甲", "{}的", &mut none).is_none());
        assert!(matches("甲的", "{}的", &mut none).is_some());
        assert_eq!(parts("甲；乙（丙；丁）；戊。", "；"), ["甲", "乙（丙；丁）", "戊。"]);
    }
}
