//! Every code has a page, and what the page shows is so: its bad file gives this finding and no
//! other error, its good file gives no finding at all.
#![allow(clippy::unwrap_used, reason = "tests say what they expect by failing")]

#[path = "support/library.rs"]
mod library;
#[path = "support/markdown.rs"]
mod markdown;

use std::{collections::BTreeSet, fs, path::Path};

use heng_diag::{FileId, Fix, apply_fixes};
use heng_dsl::{Compiled, compile_with};
use markdown::{Fence, documents, sections, workspace};

/// The net under the reader: no file is known that falls into it; and a choice that is not made in a file.
const WITHOUT_EXAMPLE: [&str; 2] = ["syntax/unreadable", "variant/unknown"];

/// A page about a code, with its fences.
struct Page {
    code: String,
    fences: Vec<Fence>,
}

fn pages() -> Vec<Page> {
    let root = workspace().join("docs/codes");
    let page = |(path, text): (std::path::PathBuf, String)| {
        let code = path.strip_prefix(&root).unwrap().with_extension("").to_str().unwrap().to_owned();
        let fences = sections(&text).into_iter().flat_map(|section| section.fences);
        Page { code, fences: fences.filter(|fence| fence.info.starts_with("heng")).collect() }
    };
    documents("docs/codes").into_iter().map(page).collect()
}

fn check(page: &Page, fence: &Fence) -> Compiled {
    let files = library::files(&page.fences);
    compile_with(&[("page.heng".to_owned(), fence.text.clone())], &|wanted| library::find(&files, wanted))
}

/// The codes that the sources of this crate name.
fn codes(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            codes(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for opening in ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::general(", "Diagnostic::at("] {
            let literals = text.split(opening).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
            found.extend(literals.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        }
    }
}

#[test]
fn every_code_has_a_page_with_both_examples() {
    let mut found = BTreeSet::new();
    codes(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 50, "{found:?}");
    let pages = pages();
    let lacks = |code: &&String| {
        let page = pages.iter().find(|page| page.code == **code);
        let has = |kind: &str| page.is_some_and(|page| page.fences.iter().any(|fence| fence.info == kind));
        page.is_none() || !(WITHOUT_EXAMPLE.contains(&code.as_str()) || has("heng bad") && has("heng good"))
    };
    let lacking: Vec<&String> = found.iter().filter(lacks).collect();
    assert!(lacking.is_empty(), "no page, or no example on it: {lacking:?}");
}

#[test]
fn each_bad_example_gives_its_code_and_no_other_error() {
    let mut wrong = Vec::new();
    for page in pages() {
        for fence in page.fences.iter().filter(|fence| fence.info == "heng bad") {
            let compiled = check(&page, fence);
            let named = compiled.diagnostics.iter().filter(|found| found.code == page.code).count();
            let others = compiled.diagnostics.iter().filter(|found| found.is_error() && found.code != page.code);
            let others: Vec<_> = others.map(|found| (found.code, &found.title.zh)).collect();
            if named != 1 || !others.is_empty() {
                wrong.push(format!("{}: {named} findings, and {others:?}", page.code));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn each_good_example_gives_no_finding() {
    let mut wrong = Vec::new();
    for page in pages() {
        for fence in page.fences.iter().filter(|fence| fence.info == "heng good") {
            let compiled = check(&page, fence);
            let found: Vec<_> = compiled.diagnostics.iter().map(|found| (found.code, &found.title.zh)).collect();
            if compiled.program.is_none() || !found.is_empty() {
                wrong.push(format!("{}: {found:?}", page.code));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What `--fix` does to the bad example takes the finding away and brings no other error.
#[test]
fn each_safe_fix_mends_its_example() {
    let (mut wrong, mut tried) = (Vec::new(), Vec::new());
    for page in pages() {
        for fence in page.fences.iter().filter(|fence| fence.info == "heng bad") {
            let compiled = check(&page, fence);
            let fixes =
                compiled.diagnostics.iter().filter(|found| found.code == page.code).flat_map(|found| &found.fixes);
            let safe: Vec<&Fix> = fixes.filter(|fix| fix.safe && !fix.edits.is_empty()).collect();
            if safe.is_empty() {
                continue;
            }
            tried.push(page.code.clone());
            let mended = apply_fixes(&fence.text, FileId(0), &safe).text;
            let after = check(&page, &Fence { info: String::new(), text: mended.clone() });
            let left: Vec<_> =
                after.diagnostics.iter().filter(|found| found.is_error() || found.code == page.code).collect();
            if !left.is_empty() {
                wrong.push(format!(
                    "{}: {:?}\n{mended}",
                    page.code,
                    left.iter().map(|found| found.code).collect::<Vec<_>>()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(tried.len() > 8, "{tried:?}");
}
