//! `heng pack`: packs as a whole: where they are, what they say, whether they are in order.

use std::path::Path;

use heng_data::wire::InputKind;
use heng_diag::{Diagnostic, Lang, render_all};
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use crate::{
    args::{FormatArg, PackAction},
    case,
    exit::Exit,
    failure::Failure,
    lock,
    manifest::{LANGUAGE, Manifest, is_id},
    pack::{self, Pack, shown},
    registry::{self, Found},
    session::Session,
    wording,
};

/// Sections of pack.toml that other parts of the program read.
const KNOWN: [&str; 4] = ["severity", "templates", "exports", "variants"];

/// Carries out the action.
pub fn run(action: &PackAction, session: &Session) -> Result<Exit, Failure> {
    match action {
        PackAction::List => Ok(list(session)),
        PackAction::Info { pack } => info(pack, session),
        PackAction::Check { packs } => {
            let mut worst = Exit::Success;
            for pack in packs {
                worst = worst.max(check(pack, session)?);
            }
            Ok(worst)
        }
        PackAction::Lock { case } => {
            let (folder, pack) = case::pack(case)?;
            let written = lock::write(&folder, &pack)?;
            session.print(wording::locked(&shown(&written)).get(session.lang));
            Ok(Exit::Success)
        }
    }
}

fn list(session: &Session) -> Exit {
    let here = Path::new(".");
    let packs = registry::packs(here);
    if session.format == FormatArg::Json {
        let all: Vec<serde_json::Value> = packs.iter().map(|pack| entry(pack, session.lang)).collect();
        session.print(&pretty(&serde_json::Value::Array(all)));
    } else if packs.is_empty() {
        session.print(wording::no_packs(&registry::search_path(here)).get(session.lang));
    } else {
        session.print(&table(&packs, session.lang));
    }
    Exit::Success
}

fn entry(pack: &Found, lang: Lang) -> serde_json::Value {
    json!({
        "id": pack.id,
        "version": pack.version.to_string(),
        "title": pack.manifest.title(lang),
        "years": pack.manifest.years.keys().collect::<Vec<_>>(),
        "origin": wording::origin(pack.origin, Lang::En),
        "folder": shown(&pack.folder),
    })
}

/// Columns as wide as their widest cell.
fn table(packs: &[Found], lang: Lang) -> String {
    let rows: Vec<[String; 5]> = packs
        .iter()
        .map(|pack| {
            let years: Vec<String> = pack.manifest.years.keys().map(u16::to_string).collect();
            [
                pack.id.clone(),
                pack.version.to_string(),
                years.join(" "),
                wording::origin(pack.origin, lang).to_owned(),
                pack.manifest.title(lang).to_owned(),
            ]
        })
        .collect();
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let gap = widest(column).unwrap_or(0).saturating_sub(cell.width()) + 2;
            line.push_str(cell);
            line.push_str(&" ".repeat(gap));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn info(path: &Path, session: &Session) -> Result<Exit, Failure> {
    let folder = registry::locate(path, Path::new("."))?;
    let manifest = Manifest::read(&folder)?;
    let lang = session.lang;
    let years: Vec<serde_json::Value> = manifest.years.keys().map(|year| year_info(&folder, *year)).collect();
    let value = json!({
        "id": manifest.id,
        "version": manifest.version.as_ref().map(ToString::to_string),
        "title": manifest.title,
        "language": manifest.language,
        "author": manifest.author,
        "license": manifest.license,
        "folder": shown(&folder),
        "years": years,
    });
    if session.format == FormatArg::Json {
        session.print(&pretty(&value));
    } else {
        session.print(&sheet(&manifest, &folder, &years, lang));
    }
    Ok(Exit::Success)
}

/// What one year of a pack holds; a year that does not compile says so.
fn year_info(folder: &Path, year: u16) -> serde_json::Value {
    let Ok(pack) = pack::load_year(folder, Some(year)) else {
        return json!({ "year": year, "compiles": false });
    };
    let program = &pack.program;
    let leaves: Vec<_> = program.tree().filter(|(_, node)| node.children.is_empty()).collect();
    let scripts = scripts_of(&pack);
    json!({
        "year": year,
        "compiles": true,
        "title": &*program.pack.title,
        "region": program.pack.region.as_deref(),
        "indicators": leaves.len(),
        "unwritten": leaves.iter().filter(|(_, node)| node.body.is_none()).count(),
        "scripts": scripts,
    })
}

fn sheet(manifest: &Manifest, folder: &Path, years: &[serde_json::Value], lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let say = |zh_word: &'static str, en_word: &'static str| if zh { zh_word } else { en_word };
    let blank = say("（没有写）", "(not given)");
    let text = |value: Option<&String>| value.filter(|text| !text.is_empty()).map_or(blank, String::as_str).to_owned();
    let mut out = format!("{}\n\n", manifest.title(lang));
    let version = manifest.version.as_ref().map(ToString::to_string);
    for (label, value) in [
        (say("名称", "id"), text(manifest.id.as_ref())),
        (say("版本", "version"), text(version.as_ref())),
        (say("规则语言", "language"), text(manifest.language.as_ref())),
        (say("作者", "author"), text(manifest.author.as_ref())),
        (say("许可", "licence"), text(manifest.license.as_ref())),
        (say("位置", "folder"), shown(folder)),
    ] {
        let gap = " ".repeat(10_usize.saturating_sub(label.width()));
        out.push_str(&format!("  {label}{gap}{value}\n"));
    }
    for year in years {
        let number = at(year, "year");
        let line = if *at(year, "compiles") == json!(true) {
            let (all, open) = (at(year, "indicators"), at(year, "unwritten"));
            let title = at(year, "title").as_str().unwrap_or("");
            if zh {
                format!("{number}  {title}：指标 {all} 个，其中待编 {open} 个")
            } else {
                format!("{number}  {title}: {all} indicators, {open} unwritten")
            }
        } else if zh {
            format!("{number}  有错，见 heng check")
        } else {
            format!("{number}  has errors, see heng check")
        };
        out.push_str(&format!("  {line}\n"));
    }
    out
}

/// Checks the manifest and every year with its scripts.
fn check(path: &Path, session: &Session) -> Result<Exit, Failure> {
    let folder = registry::locate(path, Path::new("."))?;
    let manifest = Manifest::read(&folder)?;
    let mut worst = Exit::Success;
    let mut findings = manifest_findings(&manifest, &folder);
    findings.extend(unused_scripts(&manifest, &folder));
    if findings.iter().any(Diagnostic::is_error) {
        worst = Exit::Rules;
    }
    let mut shown_findings = render_all(&findings, &heng_diag::Sources::new(), session.lang, session.finding_format());
    for year in manifest.years.keys() {
        let (exit, found) = match pack::load_year(&folder, Some(*year)) {
            Ok(pack) => (Exit::Success, pack.warnings),
            Err(failure) => (failure.exit, failure),
        };
        worst = worst.max(exit);
        shown_findings.push_str(&render_all(
            &found.diagnostics,
            &found.sources,
            session.lang,
            session.finding_format(),
        ));
        findings.extend(found.diagnostics);
    }
    if !findings.is_empty() || session.format == FormatArg::Json {
        session.print(&shown_findings);
    }
    if worst == Exit::Success && session.format != FormatArg::Json {
        session.print(wording::checked(&shown(path), findings.len()).get(session.lang));
    }
    Ok(worst)
}

fn manifest_findings(manifest: &Manifest, folder: &Path) -> Vec<Diagnostic> {
    let file = folder.join("pack.toml");
    let mut found = Vec::new();
    match manifest.id.as_deref() {
        None => found.push(wording::pack_gap(
            &file,
            "没有写 id，别人叫不出这个规则包",
            "there is no id, so nobody can call the pack by name",
        )),
        Some(id) if !is_id(id) => found.push(wording::bad_id(id).located(shown(&file))),
        Some(_) => {}
    }
    if manifest.version.is_none() {
        found.push(wording::pack_gap(
            &file,
            "没有写 version，几个版本分不开；例如 version = \"1.0.0\"",
            "there is no version to tell editions apart; such as version = \"1.0.0\"",
        ));
    }
    if manifest.title.is_empty() {
        found.push(wording::pack_gap(&file, "没有写 title.zh 或 title.en", "there is no title.zh or title.en"));
    }
    match manifest.language.as_deref() {
        None => found.push(wording::pack_gap(&file, "没有写 language = \"1\"", "there is no language = \"1\"")),
        Some(LANGUAGE) => {}
        Some(other) => found.push(wording::language_unknown(&file, other, LANGUAGE)),
    }
    for key in manifest.rest.iter().filter(|key| !KNOWN.contains(&key.as_str())) {
        found.push(wording::unknown_key(&file, key));
    }
    if manifest.years.is_empty() {
        found.push(wording::no_years(&file));
    }
    found
}

/// The scripts that the rules of a year ask for, relative to the pack.
fn scripts_of(pack: &Pack) -> Vec<String> {
    let scripts = pack.inputs.iter().filter(|input| input.kind == InputKind::Script);
    scripts.map(|input| input.name.clone()).collect()
}

/// Scripts in the folder that no year asks for.
fn unused_scripts(manifest: &Manifest, folder: &Path) -> Vec<Diagnostic> {
    let used: Vec<String> = manifest
        .years
        .keys()
        .filter_map(|year| pack::load_year(folder, Some(*year)).ok())
        .flat_map(|pack| scripts_of(&pack))
        .collect();
    let Ok(entries) = std::fs::read_dir(folder.join("checks")) else { return Vec::new() };
    let mut scripts: Vec<String> =
        entries.flatten().map(|entry| format!("checks/{}", entry.file_name().to_string_lossy())).collect();
    scripts.sort();
    let unused = scripts.into_iter().filter(|name| name.ends_with(".rhai") && !used.contains(name));
    let say = |name: String| {
        wording::pack_gap(&folder.join(name), "没有哪一年的规则用到这个脚本", "no year of the pack uses this script")
    };
    unused.map(say).collect()
}

fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// An entry; nothing where there is none.
fn at<'v>(value: &'v serde_json::Value, key: &str) -> &'v serde_json::Value {
    value.get(key).unwrap_or(&serde_json::Value::Null)
}
