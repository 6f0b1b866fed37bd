//! The rules of a year, read once: imports in their places, amendments made, and the variant that was chosen.
//! A program, the whole text and a comparison with another year are all had from one reading.

use heng_diag::{Diagnostic, Sources};
use heng_model::Name;

use crate::{
    Compiled, Loader,
    amend::{self, apply, change::Edit, places, read::Variant, tidy, weave::Weave},
    build,
    compile::{plain, sources_of},
    diff::Refused,
    import::{self, Linked},
    outline::plain_name,
    parse::prepare,
    wording,
};

/// The rule files of a year, read.
pub struct Reading {
    linked: Linked,
    /// What was wrong with imports, amendments and the choice of a variant.
    found: Vec<Diagnostic>,
    variant: Option<String>,
    /// Whether the text differs from that of the files.
    woven: bool,
}

impl Reading {
    /// Reads the rule files of a pack, name and text of each, with what they import; amendments among them are applied
    /// in the order of the files, then the variant is chosen.
    #[must_use]
    pub fn of(files: &[(String, String)], loader: &Loader<'_>, variant: Option<&str>) -> Reading {
        let mut found = Vec::new();
        let is_woven = |text: &str| amend::is_amendment(text) || amend::has_variant(text) || import::has_use(text);
        let mut reading = Reading {
            linked: import::link(files, loader, &mut found),
            woven: variant.is_some() || files.iter().any(|(_, text)| is_woven(text)),
            found,
            variant: variant.map(plain_name),
        };
        reading.amend();
        reading
    }

    /// Reads rule files beside which there are no others, without choosing a variant.
    #[must_use]
    pub fn alone(files: &[(String, String)]) -> Reading {
        Reading::of(files, &import::alone, None)
    }

    /// The names of the variants.
    pub fn variants(&self) -> impl Iterator<Item = &str> {
        self.linked.variants.iter().map(|variant| variant.name.as_str())
    }

    /// The names of the files that were imported.
    pub fn imported(&self) -> impl Iterator<Item = &str> {
        self.linked.sources.iter().skip(self.linked.roots).map(|file| &*file.name)
    }

    /// The program: of the variant that was chosen, else of the rules without any.
    #[must_use]
    pub fn compile(&self) -> Compiled {
        self.compiled(false)
    }

    /// The same; where no variant was chosen, each of them is checked besides.
    #[must_use]
    pub fn compile_all(&self) -> Compiled {
        self.compiled(true)
    }

    /// The whole file: imports put in, amendments applied, formatted. Where no variant was chosen, they stand at the end.
    ///
    /// # Errors
    /// What hinders importing or applying.
    pub fn whole(&self) -> Result<String, Box<Refused>> {
        self.sound()?;
        let mut text = self.linked.weave.text.clone();
        for variant in self.linked.variants.iter().filter(|_| self.variant.is_none()) {
            text.extend(["\n", &variant.text, "\n"]);
        }
        Ok(tidy(&text))
    }

    /// The text with its program, where there is one; variants that were not chosen are no part of it.
    pub(crate) fn text_and_program(&self) -> Result<(&str, Compiled), Box<Refused>> {
        self.sound()?;
        let compiled = self.compile();
        if compiled.program.is_none() {
            return Err(Box::new((compiled.diagnostics, compiled.sources)));
        }
        Ok((&self.linked.weave.text, compiled))
    }

    /// The text, whatever is wrong with the rules that it holds; none where a change does not fit.
    pub(crate) fn text(&self) -> Option<&str> {
        self.sound().ok().map(|()| self.linked.weave.text.as_str())
    }

    fn sound(&self) -> Result<(), Box<Refused>> {
        if self.found.iter().any(Diagnostic::is_error) {
            return Err(Box::new((self.sorted(), self.linked.sources.clone())));
        }
        Ok(())
    }

    fn sorted(&self) -> Vec<Diagnostic> {
        let mut found = self.found.clone();
        heng_diag::sort(&mut found);
        found
    }

    /// Applies the amendments, then the variant.
    fn amend(&mut self) {
        let untouched = self.linked.edits.is_empty() && self.variant.is_none();
        if untouched && !self.found.iter().any(Diagnostic::is_error) {
            return;
        }
        // Where the rules themselves cannot be read, a change that finds nothing says nothing more.
        let unread = unread(&self.linked.weave);
        if !unread.is_empty() {
            self.found.extend(unread);
            return;
        }
        let edits: Vec<&Edit> = self.linked.edits.iter().collect();
        apply(&mut self.linked.weave, &edits, &mut self.found);
        let Some(name) = &self.variant else { return };
        match self.linked.variants.iter().find(|variant| variant.name == *name) {
            Some(variant) => {
                apply(&mut self.linked.weave, &variant.edits.iter().collect::<Vec<_>>(), &mut self.found);
            }
            None => {
                let names: Vec<&str> = self.linked.variants.iter().map(|variant| variant.name.as_str()).collect();
                self.found.push(wording::variant_unknown(name, &names));
            }
        }
    }

    fn compiled(&self, all: bool) -> Compiled {
        if !self.woven {
            return plain(self.linked.sources.clone());
        }
        // Where a change does not fit, what follows from it says nothing more.
        if self.found.iter().any(Diagnostic::is_error) {
            return Compiled::unread(self.linked.sources.clone(), self.sorted());
        }
        let mut compiled = self.placed(&self.linked.weave);
        let mut diagnostics = self.found.clone();
        diagnostics.extend(compiled.diagnostics.iter().cloned());
        if all && self.variant.is_none() && !self.linked.variants.is_empty() {
            diagnostics.extend(self.of_variants(&compiled.diagnostics));
            if diagnostics.iter().any(Diagnostic::is_error) {
                compiled.unsound = compiled.program.take().or(compiled.unsound);
            }
        }
        heng_diag::sort(&mut diagnostics);
        diagnostics.dedup();
        let program = compiled.program.as_mut().or(compiled.unsound.as_mut());
        if let (Some(name), Some(program)) = (&self.variant, program) {
            program.pack.title = titled(&program.pack.title, name);
        }
        Compiled { diagnostics, sources: self.linked.sources.clone(), ..compiled }
    }

    /// A woven text compiled, everything with its place in the files.
    fn placed(&self, weave: &Weave) -> Compiled {
        let compiled = plain(sources_of([("", weave.text.as_str())]));
        let found = compiled.diagnostics.into_iter().map(|found| places::finding(found, weave));
        let diagnostics = found.filter_map(|found| self.linked.seen(found)).collect();
        let placed = |program: Option<_>| program.map(|program| places::program(program, weave, &self.linked.sources));
        let (program, unsound) = (placed(compiled.program), placed(compiled.unsound));
        let aims = compiled.aims.into_iter().map(|aim| places::aim(aim, weave)).collect();
        Compiled { sources: Sources::new(), program, diagnostics, unsound, aims }
    }

    /// What is wrong with the variants and not with the rules without them.
    fn of_variants(&self, base: &[Diagnostic]) -> Vec<Diagnostic> {
        if !unread(&self.linked.weave).is_empty() {
            return Vec::new();
        }
        self.linked.variants.iter().flat_map(|variant| self.of_variant(variant, base)).collect()
    }

    fn of_variant(&self, variant: &Variant, base: &[Diagnostic]) -> Vec<Diagnostic> {
        let (mut weave, mut found) = (self.linked.weave.clone(), Vec::new());
        apply(&mut weave, &variant.edits.iter().collect::<Vec<_>>(), &mut found);
        if found.is_empty() {
            found = self.placed(&weave).diagnostics;
            found.retain(|one| !base.contains(one));
        }
        found.into_iter().map(|one| one.note(wording::in_variant(&variant.name))).collect()
    }
}

/// What hinders reading a text, where there is an error.
fn unread(weave: &Weave) -> Vec<Diagnostic> {
    let mut unread = Vec::new();
    if let Some(prepared) = prepare(heng_diag::FileId(0), &weave.text, &mut unread) {
        drop(build::build(&prepared, &weave.text, &mut unread));
    }
    if !unread.iter().any(Diagnostic::is_error) {
        return Vec::new();
    }
    unread.into_iter().map(|found| places::finding(found, weave)).collect()
}

/// The title of a pack with the name of the chosen variant.
fn titled(title: &str, variant: &str) -> Name {
    let text = if title.is_ascii() { format!("{title} ({variant})") } else { format!("{title}（{variant}）") };
    text.as_str().into()
}

/// The whole file of a year: the rules with their amendments applied, formatted.
///
/// # Errors
/// What hinders applying them.
pub fn expand(files: &[(String, String)]) -> Result<String, (Vec<Diagnostic>, Sources)> {
    Reading::alone(files).whole().map_err(|refused| *refused)
}
