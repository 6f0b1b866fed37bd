//! The example as a case: program, facts, scorecard, documents.

use std::{fs, path::Path};

use heng_data::{FactsFile, Reading, read_facts};
use heng_diag::Lang;
use heng_docs::{Made, Template, documents};
use heng_eval::{Context, NoScripts, evaluate};
use heng_model::{Program, Scorecard};
use heng_report::Sheet;

/// A case that has been scored.
pub struct Case {
    pub program: Program,
    pub reading: Reading,
    pub scorecard: Scorecard,
    template: String,
}

impl Case {
    /// The example `example` with the rules of `pack`.
    pub fn of(example: &str, pack: &str) -> Case {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().find(|at| at.join("examples").is_dir()).unwrap();
        let text = |path: &str| fs::read_to_string(root.join(path)).unwrap();
        let rules = text(&format!("rules/{pack}/2023.heng"));
        let program = heng_dsl::compile(&[("2023.heng".to_owned(), rules)]).program.unwrap();
        let files = ["facts.toml", "assumptions.toml"].map(|name| FactsFile {
            name: name.to_owned(),
            bytes: text(&format!("examples/{example}/{name}")).into_bytes(),
        });
        let reading = read_facts(&program.schema, &files);
        assert!(!reading.has_errors(), "{:?}", reading.diagnostics);
        let scorecard = evaluate(&program, &reading.facts, &Context { calendar: None, scripts: &NoScripts });
        let name = if pack.ends_with("-en") { "report.md" } else { "报告.md" };
        Case { template: text(&format!("rules/{pack}/templates/{name}")), program, reading, scorecard }
    }

    /// What is made of it, by the pack's template.
    pub fn made(&self, lang: Lang) -> Made {
        let (facts, subject) = (&self.reading.facts, &self.reading.subject);
        let sheet = Sheet { program: &self.program, facts, subject, scorecard: &self.scorecard };
        documents(&sheet, Template { name: "template", text: &self.template }, None, lang).unwrap()
    }

    /// One of its documents.
    pub fn document(&self, name: &str, lang: Lang) -> Vec<u8> {
        self.made(lang).documents.into_iter().find(|document| document.name == name).unwrap().bytes
    }
}
