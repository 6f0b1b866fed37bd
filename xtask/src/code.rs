//! Rust text seen the way the rules need it: what is code, what is a string, what is test.
//!
//! This is a lexer for comments and literals only. Everything a rule must not see is overwritten
//! with blanks, byte for byte, so that offsets and lines stay those of the file.

/// The code of one file, tests left out.
#[derive(Debug)]
pub struct Code {
    /// The text with comments, the insides of literals and test items blanked.
    pub plain: String,
    /// String literals outside tests: byte offset and contents as written.
    pub strings: Vec<(usize, String)>,
}

impl Code {
    /// Takes a file apart.
    pub fn read(source: &str) -> Code {
        let mut plain = String::with_capacity(source.len());
        let mut strings = Vec::new();
        let mut rest = source;
        while !rest.is_empty() {
            let (piece, length) = next_piece(rest);
            let (whole, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            match piece {
                Piece::Code => plain.push_str(whole),
                Piece::Hidden => push_blank(&mut plain, whole),
                Piece::Text => {
                    strings.push((plain.len(), contents(whole).to_owned()));
                    push_blank(&mut plain, whole);
                }
            }
            rest = after;
        }
        let (plain, tests) = without_tests(&plain);
        strings.retain(|(at, _)| !tests.iter().any(|(start, end)| start <= at && at < end));
        Code { plain, strings }
    }

    /// The line of a byte offset, from 1.
    pub fn line(&self, offset: usize) -> usize {
        line_of(&self.plain, offset)
    }

    /// Byte offsets where `path` (such as `std::fs`) is named: written out, or taken from a group
    /// in a `use`.
    pub fn mentions(&self, path: &str) -> Vec<usize> {
        let written = occurrences(&self.plain, path);
        let imported = uses(&self.plain).into_iter().filter(|(_, used)| !occurrences(used, path).is_empty());
        let mut found: Vec<usize> = written.into_iter().chain(imported.map(|(at, _)| at)).collect();
        found.sort_unstable();
        found.dedup_by_key(|at| line_of(&self.plain, *at));
        found
    }
}

/// The line of a byte offset, from 1.
pub fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// Modules that a file declares as test code in files of their own: `#[cfg(test)] mod name;`.
pub fn test_modules(source: &str) -> Vec<&str> {
    let after = source.split("#[cfg(test)]").skip(1);
    after.filter_map(|text| text.trim_start().strip_prefix("mod ")?.split_once(';')).map(|(name, _)| name).collect()
}

/// What a stretch of text is.
enum Piece {
    Code,
    /// A comment or a character: nothing a rule looks at.
    Hidden,
    /// A string literal.
    Text,
}

/// The piece at the start of `rest`, and its length in bytes.
fn next_piece(rest: &str) -> (Piece, usize) {
    if rest.starts_with("//") {
        return (Piece::Hidden, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (Piece::Hidden, block_comment(rest));
    }
    if let Some(length) = string_literal(rest) {
        return (Piece::Text, length);
    }
    if let Some(length) = character(rest) {
        return (Piece::Hidden, length);
    }
    let word = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
    let one = rest.chars().next().map_or(1, char::len_utf8);
    (Piece::Code, word.max(one))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of a block comment; block comments nest.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut before = ' ';
    for (at, c) in rest.char_indices() {
        match (before, c) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth = depth.saturating_sub(1),
            _ => {
                before = c;
                continue;
            }
        }
        if depth == 0 {
            return at + 1;
        }
        before = ' ';
    }
    rest.len()
}

/// The length of a string literal of any kind.
fn string_literal(rest: &str) -> Option<usize> {
    let prefix = ["br", "cr", "r", "b", "c", ""].iter().find(|prefix| {
        rest.strip_prefix(**prefix)
            .is_some_and(|after| after.starts_with('"') || (prefix.ends_with('r') && is_raw(after)))
    })?;
    let body = rest.get(prefix.len()..)?;
    let hashes = body.len() - body.trim_start_matches('#').len();
    let open = prefix.len() + hashes + 1;
    let inner = rest.get(open..)?;
    let length = if prefix.ends_with('r') {
        let close = format!("\"{}", "#".repeat(hashes));
        inner.find(&close).map_or(inner.len(), |at| at + close.len())
    } else {
        escaped(inner)
    };
    Some(open + length)
}

fn is_raw(after: &str) -> bool {
    after.starts_with('#') && after.trim_start_matches('#').starts_with('"')
}

/// The length up to and including the quote that closes an escaped string.
fn escaped(inner: &str) -> usize {
    let mut skip = false;
    for (at, c) in inner.char_indices() {
        match c {
            _ if skip => skip = false,
            '\\' => skip = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    inner.len()
}

/// The length of a character literal; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let first = inner.chars().next()?;
    if first == '\\' {
        let after = inner.get(2..)?;
        return after.find('\'').map(|at| at + 4);
    }
    let width = first.len_utf8();
    inner.get(width..)?.starts_with('\'').then_some(width + 2)
}

/// What stands between the quotes of a literal.
fn contents(literal: &str) -> &str {
    let start = literal.find('"').map_or(0, |at| at + 1);
    let end = literal.rfind('"').unwrap_or(literal.len());
    literal.get(start..end).unwrap_or("")
}

fn push_blank(plain: &mut String, hidden: &str) {
    plain.extend(hidden.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
}

/// Blanks every item under `#[cfg(test)]`, and says where they stood.
fn without_tests(plain: &str) -> (String, Vec<(usize, usize)>) {
    const MARK: &str = "#[cfg(test)]";
    if plain.contains("#![cfg(test)]") {
        return (String::new(), vec![(0, plain.len())]);
    }
    let mut kept = String::with_capacity(plain.len());
    let mut tests = Vec::new();
    let mut rest = plain;
    while let Some((before, item)) = rest.find(MARK).and_then(|at| rest.split_at_checked(at)) {
        kept.push_str(before);
        let (test, after) = item.split_at_checked(item_length(item)).unwrap_or((item, ""));
        tests.push((kept.len(), kept.len() + test.len()));
        push_blank(&mut kept, test);
        rest = after;
    }
    kept.push_str(rest);
    (kept, tests)
}

/// The length of the item at the start: up to its closing brace, or to its semicolon.
fn item_length(item: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in item.char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && c == '}' {
                    return at + 1;
                }
            }
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    item.len()
}

/// Places where `path` stands as a whole path or as the start of one.
fn occurrences(text: &str, path: &str) -> Vec<usize> {
    let joins = |c: char| is_word(c) || c == ':';
    text.match_indices(path)
        .filter(|(at, _)| {
            let before = text.get(..*at).and_then(|head| head.chars().next_back());
            let after = text.get(at + path.len()..).and_then(|tail| tail.chars().next());
            !before.is_some_and(joins) && !after.is_some_and(is_word)
        })
        .map(|(at, _)| at)
        .collect()
}

/// Every path that a `use` brings in, groups taken apart, with the offset of its `use`.
fn uses(plain: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for at in occurrences(plain, "use") {
        let tree = plain.get(at + 3..).and_then(|after| after.split(';').next()).unwrap_or("");
        let mut paths = Vec::new();
        expand("", tree, &mut paths);
        found.extend(paths.into_iter().map(|path| (at, path)));
    }
    found
}

fn expand(prefix: &str, tree: &str, paths: &mut Vec<String>) {
    for part in top_level(tree) {
        match part.split_once('{') {
            Some((head, group)) => {
                let inner = group.trim_end().strip_suffix('}').unwrap_or(group);
                expand(&format!("{prefix}{}", head.trim()), inner, paths);
            }
            None => paths.push(format!("{prefix}{}", part.trim())),
        }
    }
}

/// The parts of a list, split at the commas outside braces.
fn top_level(list: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    list.split(move |c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })
    .filter(|part| !part.trim().is_empty())
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(source: &str) -> Vec<String> {
        Code::read(source).strings.into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn comments_and_strings_are_not_code() {
        let code =
            Code::read("let a = \"std::fs\"; // std::fs\n/* std::fs /* nested */ std::fs */ let b = '\"'; std::io");
        assert!(code.mentions("std::fs").is_empty());
        assert_eq!(code.mentions("std::io").len(), 1);
        assert_eq!(code.line(code.mentions("std::io")[0]), 2);
    }

    #[test]
    fn every_kind_of_string_is_found() {
        let source = r##"f("一", "a\"b", r"\", r#"x"y"#, b"bytes", br"raw", 'c', '\'', "last"); fn g<'a>(x: &'a str) { r#type("end") }"##;
        assert_eq!(strings(source), ["一", "a\\\"b", "\\", "x\"y", "bytes", "raw", "last", "end"]);
    }

    #[test]
    fn tests_are_left_out_and_what_follows_is_not() {
        let source = "fn a() { f(\"kept\") }\n#[cfg(test)]\nmod tests { fn b() { std::fs::read(\"gone\"); } }\nfn c() { std::env::args(); f(\"after\") }";
        let code = Code::read(source);
        assert!(code.mentions("std::fs").is_empty());
        assert_eq!(code.mentions("std::env").iter().map(|at| code.line(*at)).collect::<Vec<_>>(), [4]);
        assert_eq!(strings(source), ["kept", "after"]);
        assert_eq!(strings("#[cfg(test)]\nmod tests;\nconst A: &str = \"kept\";"), ["kept"]);
        assert!(strings("#![cfg(test)]\nconst A: &str = \"gone\";").is_empty());
    }

    #[test]
    fn groups_in_use_are_taken_apart() {
        let code = Code::read("use std::{collections::BTreeMap, io::{self, stdout}, fs};\nuse crate::std_fs;");
        for path in ["std::fs", "std::io::stdout", "std::io", "std::collections"] {
            assert_eq!(code.mentions(path).len(), 1, "{path}");
        }
        assert!(code.mentions("std::env").is_empty());
    }

    #[test]
    fn a_path_is_not_its_longer_neighbour() {
        assert!(Code::read("std::fsx::a; my::std::fs::b; std::io::stdout2()").mentions("std::fs").is_empty());
        assert!(Code::read("std::io::stdout2()").mentions("std::io::stdout").is_empty());
    }

    #[test]
    fn test_files_are_those_declared_as_tests() {
        assert_eq!(test_modules("mod a;\n#[cfg(test)]\nmod tests;\n#[cfg(test)]\nmod b { }\n"), ["tests"]);
    }
}
