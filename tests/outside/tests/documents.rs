//! The data sheet of a case, saved by LibreOffice, gives the score it was made with; LibreOffice opens the
//! report.
#![allow(clippy::unwrap_used, reason = "tests say what they expect by failing")]

use std::{error::Error, fs, path::Path, process::Command};

use heng_data::{FactsFile, Reading, read_facts};
use heng_diag::Lang;
use heng_docs::{documents, neutral_template};
use heng_dsl::compile;
use heng_eval::{Context, NoScripts, evaluate};
use heng_model::{Program, Scorecard};
use heng_outside::{LIBRE_OFFICE, need, run};
use heng_report::Sheet;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap()
}

fn scored(program: &Program, files: &[FactsFile]) -> (Reading, Scorecard) {
    let reading = read_facts(&program.schema, files);
    assert!(!reading.has_errors(), "{:?}", reading.diagnostics);
    let card = evaluate(program, &reading.facts, &Context { calendar: None, scripts: &NoScripts });
    (reading, card)
}

fn convert(soffice: &Path, name: &str, bytes: &[u8], to: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let (source, out) = (folder.path().join(name), folder.path().join("out"));
    fs::write(&source, bytes)?;
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    run(Command::new(soffice).args([&profile, "--headless", "--convert-to", to, "--outdir"]).arg(&out).arg(&source))?;
    Ok(fs::read(out.join(name).with_extension(to))?)
}

#[test]
#[ignore = "needs LibreOffice"]
fn documents_survive_libre_office() -> Result<(), Box<dyn Error>> {
    let Some(soffice) = need(&LIBRE_OFFICE)? else { return Ok(()) };
    let rules = fs::read_to_string(root().join("rules/guangdong-dept-overall/2023.heng"))?;
    let program = compile(&[("2023.heng".to_owned(), rules)]).program.unwrap();
    let case = root().join("examples/potou-2023");
    let file = |name: &str| -> Result<FactsFile, std::io::Error> {
        Ok(FactsFile { name: name.to_owned(), bytes: fs::read(case.join(name))? })
    };
    let (reading, scorecard) = scored(&program, &[file("facts.toml")?, file("assumptions.toml")?]);
    let sheet = Sheet { program: &program, facts: &reading.facts, subject: &reading.subject, scorecard: &scorecard };
    let made =
        documents(&sheet, neutral_template(Lang::Zh), None, Lang::Zh).map_err(|problem| format!("{problem:?}"))?;
    let of = |name: &str| made.iter().find(|document| document.name == name).unwrap();
    let saved = convert(&soffice, "data.xlsx", &of("数据表.xlsx").bytes, "xlsx")?;
    let (_, again) = scored(&program, &[FactsFile { name: "data.xlsx".to_owned(), bytes: saved }]);
    let outcomes = |card: &Scorecard| card.nodes.iter().map(|node| node.outcome.clone()).collect::<Vec<_>>();
    assert_eq!(outcomes(&again), outcomes(&scorecard));
    let pdf = convert(&soffice, "report.docx", &of("整体绩效自评报告.docx").bytes, "pdf")?;
    assert!(pdf.starts_with(b"%PDF"));
    Ok(())
}
