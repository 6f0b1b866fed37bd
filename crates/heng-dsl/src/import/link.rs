//! Putting imports in their places. Each file is read once, whoever asks for it, and what was taken over
//! once is not taken over again.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    rc::Rc,
};

use heng_diag::{Diagnostic, FileId, Label, Sources, Span, Text};

use super::{
    Loader, Wanted,
    read::{Use, read},
    unit::{Stock, Unit, may_be_table, stock},
};
use crate::{
    amend::{
        self,
        change::Edit,
        read::Variant,
        weave::{Origin, Weave},
    },
    lower, wording,
};

/// The files of a pack and what they import as one text.
pub struct Linked {
    /// The text, amendments not yet applied.
    pub weave: Weave,
    /// The files: those of the pack first, then those that were imported.
    pub sources: Sources,
    /// What the amendments among the files change.
    pub edits: Vec<Edit>,
    /// The variants of the rules; of two of one name in two files the later stands.
    pub variants: Vec<Variant>,
    /// How many files were handed in.
    pub roots: usize,
    /// What was asked for by name: where it stands, and where it was asked for.
    named: Vec<(Span, Span)>,
}

impl Linked {
    /// A finding as whoever compiles should see it: of what was imported with a whole file, nobody need use all;
    /// what was asked for by name and is not used is to be mended where it was asked for.
    pub fn seen(&self, mut found: Diagnostic) -> Option<Diagnostic> {
        let Some(Label { span, .. }) = &mut found.primary else { return Some(found) };
        if !found.code.starts_with("unused/") || usize::from(span.file.0) < self.roots {
            return Some(found);
        }
        let holds = |unit: &Span| unit.file == span.file && (unit.start..unit.end).contains(&span.start);
        match self.named.iter().find(|(unit, _)| holds(unit)) {
            Some((_, asked)) => *span = *asked,
            // A datum that no rule reads is asked of every department.
            None if found.code == "unused/data" => {}
            None => return None,
        }
        Some(found)
    }
}

/// Puts what files import in its place.
pub fn link(files: &[(String, String)], loader: &Loader<'_>, diagnostics: &mut Vec<Diagnostic>) -> Linked {
    let mut sources = Sources::new();
    let modules = files.iter().map(|(name, text)| Module::of(name, text, sources.add(name, text))).collect();
    let mut linker = Linker {
        loader,
        diagnostics,
        linked: Linked {
            weave: Weave::default(),
            sources,
            edits: Vec::new(),
            variants: Vec::new(),
            roots: files.len(),
            named: Vec::new(),
        },
        modules,
        whole: (0..files.len()).collect(),
        taken: BTreeMap::new(),
        path: Vec::new(),
    };
    for root in 0..files.len() {
        linker.path = vec![root];
        linker.pour(root);
    }
    linker.linked
}

/// A file, what it imports, and what can be imported from it.
struct Module {
    id: FileId,
    name: String,
    text: Rc<str>,
    uses: Rc<[Use]>,
    /// Where each import leads, once that is known.
    leads: Vec<Option<Vec<usize>>>,
    stock: Option<Stock>,
}

impl Module {
    fn of(name: &str, text: &str, id: FileId) -> Module {
        let uses: Rc<[Use]> = read(text).into();
        let leads = vec![None; uses.len()];
        Module { id, name: name.to_owned(), text: text.into(), uses, leads, stock: None }
    }
}

struct Linker<'a> {
    loader: &'a Loader<'a>,
    diagnostics: &'a mut Vec<Diagnostic>,
    linked: Linked,
    modules: Vec<Module>,
    /// The files that were taken over whole.
    whole: BTreeSet<usize>,
    /// The stretches of the others that were taken over.
    taken: BTreeMap<usize, Vec<Range<usize>>>,
    /// The files that are being read, each imported by the one before it.
    path: Vec<usize>,
}

impl Linker<'_> {
    /// Puts a file into the text, its imports in their places.
    fn pour(&mut self, at: usize) {
        let Some(module) = self.modules.get(at) else { return };
        let (id, text, uses) = (module.id, Rc::clone(&module.text), Rc::clone(&module.uses));
        let amendments = amend::amendments(id, &text, self.diagnostics);
        let mut cuts: Vec<(Range<usize>, Option<usize>)> = amendments
            .blocks
            .into_iter()
            .chain(self.taken.remove(&at).unwrap_or_default())
            .map(|cut| (cut, None))
            .collect();
        cuts.extend(uses.iter().enumerate().map(|(index, line)| (line.span.clone(), Some(index))));
        cuts.sort_by_key(|(cut, _)| cut.start);
        let mut from = 0;
        for (cut, import) in cuts {
            self.linked.weave.push(text.get(from..cut.start).unwrap_or(""), Origin { file: id, from });
            if let Some(index) = import {
                self.take(at, index);
            }
            from = cut.end.max(from);
        }
        self.linked.weave.push(text.get(from..).unwrap_or(""), Origin { file: id, from });
        self.linked.weave.push("\n", Origin { file: id, from: text.len() });
        self.linked.edits.extend(amendments.edits);
        amendments.variants.into_iter().for_each(|variant| self.variant(variant));
    }

    fn variant(&mut self, variant: Variant) {
        let known = &mut self.linked.variants;
        match known.iter_mut().find(|known| known.name == variant.name) {
            None => known.push(variant),
            Some(earlier) if earlier.file != variant.file => *earlier = variant,
            Some(earlier) => {
                let span = |variant: &Variant| {
                    let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
                    Span { file: variant.file, start: offset(variant.head.start), end: offset(variant.head.end) }
                };
                let twice = wording::variant_twice(&variant.name, span(&variant), span(earlier));
                self.diagnostics.push(twice);
            }
        }
    }

    /// Carries an import out.
    fn take(&mut self, by: usize, index: usize) {
        let Some(line) = self.modules.get(by).and_then(|module| module.uses.get(index)).cloned() else { return };
        let files = self.lead(by, index);
        if line.names.is_empty() {
            files.into_iter().for_each(|file| self.whole(by, &line, file));
            return;
        }
        for (name, place) in &line.names {
            let Some((file, unit)) = self.find(&files, name, &mut BTreeSet::new()) else {
                if !files.is_empty() {
                    self.unknown(by, &line, &files, (name, place));
                }
                continue;
            };
            let asked = self.span(by, place);
            let found = self.span(file, &unit.span);
            self.linked.named.push((found, asked));
            self.give(file, &unit);
        }
    }

    /// The files that an import leads to; none where there is something wrong with that.
    fn lead(&mut self, by: usize, index: usize) -> Vec<usize> {
        let Some(module) = self.modules.get(by) else { return Vec::new() };
        if let Some(known) = module.leads.get(index).cloned().flatten() {
            return known;
        }
        let Some(line) = module.uses.get(index).cloned() else { return Vec::new() };
        let place = self.span(by, &line.from.1);
        let found = (self.loader)(&Wanted { by: &module.name, from: &line.from.0 });
        let found: Vec<usize> = match found {
            Ok(found) => found.into_iter().map(|file| self.module(file.name, file.text)).collect(),
            Err(mut why) => {
                why.primary = Some(Label { span: place, text: Text::same("") });
                self.diagnostics.push(*why);
                Vec::new()
            }
        };
        let circle = found.iter().any(|file| self.path.contains(file));
        let found = if circle { Vec::new() } else { found };
        if circle {
            self.diagnostics.push(wording::use_circle(&line.from.0, place));
        }
        if let Some(slot) = self.modules.get_mut(by).and_then(|module| module.leads.get_mut(index)) {
            *slot = Some(found.clone());
        }
        found
    }

    fn module(&mut self, name: String, text: String) -> usize {
        let same = |module: &Module| plain_path(&module.name) == plain_path(&name);
        if let Some(known) = self.modules.iter().position(same) {
            return known;
        }
        let id = self.linked.sources.add(name.as_str(), text.as_str());
        self.modules.push(Module::of(&name, &text, id));
        self.modules.len() - 1
    }

    /// Takes a file over, as far as that was not done before.
    fn whole(&mut self, by: usize, line: &Use, file: usize) {
        if self.whole.contains(&file) {
            return;
        }
        let table = self.modules.get(file).is_some_and(|module| may_be_table(&module.text));
        let pack = if table { self.stock(file).pack.clone() } else { None };
        if let Some(pack) = pack {
            let (place, pack) = (self.span(by, &line.from.1), self.span(file, &pack));
            self.diagnostics.push(wording::use_whole(&line.from.0, place, pack));
            return;
        }
        self.whole.insert(file);
        self.path.push(file);
        self.pour(file);
        self.path.pop();
    }

    /// What is called so in some files, or in what they import.
    fn find(&mut self, files: &[usize], name: &str, seen: &mut BTreeSet<usize>) -> Option<(usize, Unit)> {
        for file in files.iter().copied() {
            if !seen.insert(file) {
                continue;
            }
            if let Some(unit) = self.stock(file).units.iter().find(|unit| unit.name == name) {
                return Some((file, unit.clone()));
            }
            let uses = self.modules.get(file).map_or_else(|| Rc::from([]), |module| Rc::clone(&module.uses));
            self.path.push(file);
            let found = uses.iter().enumerate().find_map(|(index, line)| {
                let offers = line.names.is_empty() || line.names.iter().any(|(known, _)| known == name);
                let leads = if offers { self.lead(file, index) } else { Vec::new() };
                self.find(&leads, name, seen)
            });
            self.path.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Puts something and what it reads into the text.
    fn give(&mut self, file: usize, unit: &Unit) {
        let taken = self.taken.get(&file).is_some_and(|taken| taken.contains(&unit.span));
        if taken || self.whole.contains(&file) {
            return;
        }
        self.taken.entry(file).or_default().push(unit.span.clone());
        let Some(module) = self.modules.get(file) else { return };
        let (id, text) = (module.id, Rc::clone(&module.text));
        let (head, tail) = &unit.around;
        for (part, end) in [(head, "\n"), (&unit.span, "\n"), (tail, "\n\n")] {
            let from = part.start;
            if let Some(text) = text.get(part.clone()).filter(|text| !text.is_empty()) {
                self.linked.weave.push(text, Origin { file: id, from });
                self.linked.weave.push(end, Origin { file: id, from: part.end });
            }
        }
        for name in &unit.reads {
            if let Some((file, unit)) = self.find(&[file], name, &mut BTreeSet::new()) {
                self.give(file, &unit);
            }
        }
    }

    fn unknown(&mut self, by: usize, line: &Use, files: &[usize], (name, place): (&str, &Range<usize>)) {
        let mut names: Vec<String> = Vec::new();
        for file in files {
            names.extend(self.stock(*file).units.iter().map(|unit| unit.name.clone()));
        }
        let nearest = lower::nearest_name(name, names.iter().map(String::as_str));
        let place = self.span(by, place);
        self.diagnostics.push(wording::use_name(name, &line.from.0, place, nearest.as_deref(), &names));
    }

    fn stock(&mut self, file: usize) -> &Stock {
        static NONE: Stock = Stock { units: Vec::new(), pack: None };
        match self.modules.get_mut(file) {
            Some(module) => module.stock.get_or_insert_with(|| stock(&module.text)),
            None => &NONE,
        }
    }

    fn span(&self, file: usize, range: &Range<usize>) -> Span {
        let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        let file = self.modules.get(file).map_or(FileId(0), |module| module.id);
        Span { file, start: offset(range.start), end: offset(range.end) }
    }
}

/// A path without steps back, so that a file has one name.
fn plain_path(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| !["..", ""].contains(last)) => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
