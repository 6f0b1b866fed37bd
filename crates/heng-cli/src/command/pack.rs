//! `heng pack`: packs as a whole: where they are, what they say, whether they are in order.

use std::{collections::BTreeSet, path::Path};

use heng_data::wire::InputKind;
use heng_diag::{Diagnostic, FileId, Lang, Sources, render_all};
use heng_model::{Name, Program, program::Method};
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use crate::{
    args::{FormatArg, PackAction},
    case,
    command::check::together,
    declared::{self, There},
    document_checks::DocumentChecks,
    exit::Exit,
    failure::Failure,
    lock,
    manifest::{LANGUAGE, Manifest, is_id},
    pack::{self, Pack, shown},
    registry::{self, Found},
    session::Session,
    shelf::Shelf,
    suites, wording,
};

/// Sections of pack.toml that other parts of the program read.
const KNOWN: [&str; 2] = ["severity", "variants"];

/// Carries out the action.
pub fn run(action: &PackAction, session: &Session) -> Result<Exit, Failure> {
    match action {
        PackAction::List => Ok(list(session)),
        PackAction::Info { pack } => info(pack, session),
        PackAction::Check { packs } => {
            let mut worst = Exit::Success;
            let mut all = Vec::new();
            for pack in packs {
                worst = worst.max(check(pack, session, &mut all)?);
            }
            if session.format == FormatArg::Json {
                session.print(&together(&all));
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
        session.print_json(&serde_json::Value::Array(all));
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
    let years: Vec<(u16, Option<Contents>)> =
        manifest.years.keys().map(|year| (*year, contents(&folder, *year))).collect();
    if session.format == FormatArg::Json {
        session.print_json(&json!({
            "id": manifest.id,
            "version": manifest.version.as_ref().map(ToString::to_string),
            "title": manifest.title,
            "language": manifest.language,
            "author": manifest.author,
            "license": manifest.license,
            "folder": shown(&folder),
            "exports": manifest.exports,
            "scripts": manifest.scripts,
            "methods": manifest.methods,
            "templates": manifest.templates,
            "years": years.iter().map(|(year, held)| year_json(*year, held.as_ref())).collect::<Vec<_>>(),
        }));
    } else {
        session.print(&sheet(&manifest, &folder, &years, session.lang));
    }
    Ok(Exit::Success)
}

/// What one year of a pack holds.
struct Contents {
    title: Name,
    region: Option<Name>,
    indicators: usize,
    unwritten: usize,
    scripts: Vec<String>,
    methods: Vec<String>,
}

/// None for a year that does not compile.
fn contents(folder: &Path, year: u16) -> Option<Contents> {
    let pack = pack::load_year(folder, Some(year)).ok()?;
    let leaves = || pack.program.tree().filter(|(_, node)| node.children.is_empty());
    Some(Contents {
        title: pack.program.pack.title.clone(),
        region: pack.program.pack.region.clone(),
        indicators: leaves().count(),
        unwritten: leaves().filter(|(_, node)| node.body.is_none()).count(),
        scripts: scripts_of(&pack),
        methods: pack.program.methods.iter().map(|method| method.name.to_string()).collect(),
    })
}

fn year_json(year: u16, held: Option<&Contents>) -> serde_json::Value {
    match held {
        None => json!({ "year": year, "compiles": false }),
        Some(Contents { title, region, indicators, unwritten, scripts, methods }) => json!({
            "year": year,
            "compiles": true,
            "title": title,
            "region": region,
            "indicators": indicators,
            "unwritten": unwritten,
            "scripts": scripts,
            "methods": methods,
        }),
    }
}

fn sheet(manifest: &Manifest, folder: &Path, years: &[(u16, Option<Contents>)], lang: Lang) -> String {
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
    for (label, declared) in [
        (say("脚本", "scripts"), &manifest.scripts),
        (say("方法", "methods"), &manifest.methods),
        (say("模板", "templates"), &manifest.templates),
    ] {
        let Some(declared) = declared else { continue };
        let gap = " ".repeat(10_usize.saturating_sub(label.width()));
        let value = if declared.is_empty() { say("无", "none").into() } else { declared.join(say("、", ", ")) };
        out.push_str(&format!("  {label}{gap}{value}\n"));
    }
    for (year, held) in years {
        out.push_str(&format!("  {}\n", year_line(*year, held.as_ref(), zh)));
        let Some(Contents { scripts, methods, .. }) = held else { continue };
        for (label, names) in [(say("脚本：", "scripts: "), scripts), (say("方法：", "methods: "), methods)] {
            if !names.is_empty() {
                out.push_str(&format!("        {label}{}\n", names.join(say("、", ", "))));
            }
        }
    }
    out
}

fn year_line(year: u16, held: Option<&Contents>, zh: bool) -> String {
    match held {
        Some(Contents { title, indicators, unwritten, .. }) if zh => {
            format!("{year}  {title}：指标 {indicators} 个，其中待编 {unwritten} 个")
        }
        Some(Contents { title, indicators, unwritten, .. }) => {
            format!("{year}  {title}: {indicators} indicators, {unwritten} unwritten")
        }
        None if zh => format!("{year}  有错，见 heng check"),
        None => format!("{year}  has errors, see heng check"),
    }
}

/// Checks the manifest and every year with its scripts.
fn check(path: &Path, session: &Session, all: &mut Vec<Failure>) -> Result<Exit, Failure> {
    let folder = registry::locate(path, Path::new("."))?;
    let manifest = Manifest::read(&folder)?;
    let (mut years, mut there) = (Vec::new(), There::default());
    for year in manifest.years.keys() {
        years.push(match pack::load_all(&folder, Some(*year)) {
            Ok(mut pack) => {
                there.scripts.extend(scripts_of(&pack));
                there.methods.extend(pack.program.methods.iter().map(|method| method.name.clone()));
                suites::prove(&mut pack, &manifest.files(&folder, Some(*year))?)?;
                let wrong = pack.warnings.diagnostics.iter().any(Diagnostic::is_error);
                (if wrong { Exit::Rules } else { Exit::Success }, pack.warnings)
            }
            Err(failure) => (failure.exit, failure),
        });
    }
    years.extend(exports(&manifest, &folder, &mut there)?);
    let mut of_pack = manifest_findings(&manifest, &folder);
    there.scripts.extend(manifest.audit.values().cloned());
    of_pack.extend(declared::findings(&manifest, &folder, &there));
    of_pack.extend(unused_scripts(&there.scripts, &folder));
    if !manifest.audit.is_empty()
        && let Err(failure) = DocumentChecks::load(&folder)
    {
        years.push((failure.exit, failure));
    }
    let exit = if of_pack.iter().any(Diagnostic::is_error) { Exit::Rules } else { Exit::Success };
    years.insert(0, (exit, Failure { exit, diagnostics: of_pack, sources: Sources::new() }));
    let worst = years.iter().map(|(exit, _)| *exit).max().unwrap_or(Exit::Success);
    let findings: usize = years.iter().map(|(_, found)| found.diagnostics.len()).sum();
    let said = |(_, found): &(Exit, Failure)| {
        render_all(&found.diagnostics, &found.sources, session.lang, session.finding_format())
    };
    let json = session.format == FormatArg::Json;
    if findings > 0 && !json {
        session.print(&years.iter().map(said).collect::<String>());
    }
    if worst == Exit::Success && !json {
        session.print(wording::checked(&shown(path), findings).get(session.lang));
    }
    all.extend(years.into_iter().map(|(_, found)| found));
    Ok(worst)
}

/// What is wrong with the files that others may import, read by themselves.
fn exports(manifest: &Manifest, folder: &Path, there: &mut There) -> Result<Option<(Exit, Failure)>, Failure> {
    if manifest.exports.is_empty() {
        there.exported = Some(BTreeSet::new());
        return Ok(None);
    }
    let mut texts = Vec::new();
    for file in &manifest.exports {
        let path = folder.join(file);
        texts.push((shown(&path), pack::read_text(&path)?));
    }
    texts.push((String::new(), wording::export_frame().to_owned()));
    let shelf = Shelf::default();
    let compiled = heng_dsl::compile_with(&texts, &|wanted| shelf.find(wanted));
    there.exported = compiled.draft().map(|program| exported(program, &compiled.sources, &texts));
    let mut diagnostics = compiled.diagnostics;
    // Nobody uses them here, and there is no table.
    diagnostics.retain(|found| !found.code.starts_with("unused/") && !found.code.starts_with("pack/"));
    let exit = if diagnostics.iter().any(Diagnostic::is_error) { Exit::Rules } else { Exit::Success };
    Ok(Some((exit, Failure { exit, diagnostics, sources: compiled.sources })))
}

/// The methods that stand in exported files themselves, with the file.
fn exported(program: &Program, sources: &Sources, texts: &[(String, String)]) -> BTreeSet<(Name, String)> {
    let file = |method: &Method| sources.get(FileId(method.at.file)).map(|file| file.name.clone());
    let own = |name: &String| texts.iter().any(|(text, _)| text == name);
    let all = program.methods.iter().filter_map(|method| Some((method.name.clone(), file(method).filter(own)?)));
    all.collect()
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
    if manifest.years.is_empty() && manifest.exports.is_empty() {
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
fn unused_scripts(used: &[String], folder: &Path) -> Vec<Diagnostic> {
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
