//! Tree to program: names are looked up, units are checked, and every construct becomes an
//! expression of the model.
//!
//! Lowering has two passes. The first declares everything that has a name (data, parameters,
//! methods, indicators, definitions), so that lines may stand in any order. The second lowers
//! expressions; a definition is lowered when it is first read, which finds circles.

mod block;
mod call;
mod data;
mod expr;
mod fields;
mod grade;
mod list;
mod method;
mod name;
mod peer;
mod scope;
mod tree;
mod types;
mod weights;

use std::collections::HashMap;

use heng_diag::{Diagnostic, Sources, Span};
use heng_model::{
    Expr, ExprId, ExprKind, Program, Type,
    expr::{SourceRef, StepRounding},
    program::{LetId, MethodId, Pack},
    schema::Schema,
    state::Verdict,
};

use crate::{
    ast::{self, Block, BlockKind, File, Item},
    wording,
};
use scope::{Scope, ScopeId};

/// How deep expressions may stand in each other, definitions and methods counted through.
pub const DEEPEST: u32 = 200;

/// What lowering made, with what only the checker needs to know.
pub struct Lowered {
    /// The program; whole only when no error was found.
    pub program: Program,
    /// Which fields some rule, demand or formula reads.
    pub read_fields: Vec<bool>,
    /// Which definitions and parameters are read.
    pub read_lets: Vec<bool>,
    /// Nodes with a child that could not be read or has no points.
    pub incomplete: Vec<heng_model::NodeId>,
    /// Bodies with a line that could not be read, perhaps the one that says what is missed.
    pub lossy: Vec<heng_model::program::BodyId>,
}

/// Lowers the files of a pack.
pub fn lower(files: &[File], sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Option<Lowered> {
    let items = || files.iter().flat_map(|file| &file.items);
    let packs: Vec<&Block> = items()
        .filter_map(|item| match item {
            Item::Block(block) if block.kind == BlockKind::Pack => Some(block),
            _ => None,
        })
        .collect();
    let (pack, others) = match packs.split_first() {
        Some(split) => split,
        None => {
            if !items().any(|item| *item == Item::Lost) {
                diagnostics.push(wording::no_pack());
            }
            return None;
        }
    };
    for other in others {
        diagnostics.push(wording::second_pack(other.name.span, pack.name.span));
    }
    let mut lowering = Lowering::new(sources, diagnostics);
    lowering.lost = files.iter().flat_map(|file| file.lost.iter().cloned()).collect();
    lowering.run(pack, &items().collect::<Vec<_>>());
    Some(lowering.finish())
}

/// The state of lowering.
pub(crate) struct Lowering<'a> {
    sources: &'a Sources,
    diagnostics: &'a mut Vec<Diagnostic>,
    program: Program,
    scopes: Vec<Scope<'a>>,
    lets: Vec<LetSlot<'a>>,
    methods: Vec<method::MethodSlot<'a>>,
    node_names: Vec<(String, heng_model::NodeId)>,
    /// Fields by their path in normal form, indicators by name and by key; a pack may have thousands.
    field_index: HashMap<String, heng_model::FieldId>,
    node_index: HashMap<String, Vec<heng_model::NodeId>>,
    key_index: HashMap<heng_model::Name, heng_model::NodeId>,
    steps: Option<StepRounding>,
    /// Whether the pack says its full marks.
    full_said: bool,
    /// Computed columns and row demands, lowered once everything has a name.
    formulas: Vec<data::Formula<'a>>,
    demands: Vec<data::RawDemand<'a>>,
    read_fields: Vec<bool>,
    read_lets: Vec<bool>,
    incomplete: Vec<heng_model::NodeId>,
    lossy: Vec<heng_model::program::BodyId>,
    /// Names in lines that could not be read and were reported.
    lost: std::collections::BTreeSet<String>,
    /// The indicator and definition being lowered, for the names of judgements.
    current_node: Option<heng_model::NodeId>,
    current_let: Option<String>,
    /// The indicator whose 等级 is being taken from its points.
    grading: Option<heng_model::NodeId>,
    /// How deep the expression under way stands, and whether one stood too deep.
    depth: u32,
    too_deep: bool,
}

/// A definition and how far it has come.
enum LetSlot<'a> {
    Waiting { scope: ScopeId, value: &'a ast::Expr, node: Option<heng_model::NodeId> },
    Doing(Span),
    Done(Type),
}

/// What surrounds an expression.
#[derive(Clone)]
pub(crate) struct Context {
    scope: ScopeId,
    want: Option<Type>,
    /// The band around a 线性: subject, lower end, upper end.
    band: Option<(ExprId, ExprId, ExprId)>,
}

impl Context {
    fn in_scope(scope: ScopeId) -> Context {
        Context { scope, want: None, band: None }
    }

    fn wanting(&self, want: Type) -> Context {
        Context { want: Some(want), ..self.clone() }
    }

    fn free(&self) -> Context {
        Context { want: None, ..self.clone() }
    }
}

impl<'a> Lowering<'a> {
    fn new(sources: &'a Sources, diagnostics: &'a mut Vec<Diagnostic>) -> Lowering<'a> {
        let program = Program {
            pack: Pack::default(),
            schema: Schema::default(),
            nodes: Vec::new(),
            bodies: Vec::new(),
            lets: Vec::new(),
            methods: Vec::new(),
            scripts: Vec::new(),
            demands: Vec::new(),
            grade: None,
            exprs: Vec::new(),
            files: sources.iter().map(|file| file.name.as_str().into()).collect(),
        };
        Lowering {
            sources,
            diagnostics,
            program,
            scopes: Vec::new(),
            lets: Vec::new(),
            methods: Vec::new(),
            node_names: Vec::new(),
            field_index: HashMap::new(),
            node_index: HashMap::new(),
            key_index: HashMap::new(),
            steps: None,
            full_said: false,
            formulas: Vec::new(),
            demands: Vec::new(),
            read_fields: Vec::new(),
            read_lets: Vec::new(),
            incomplete: Vec::new(),
            lossy: Vec::new(),
            lost: std::collections::BTreeSet::new(),
            current_node: None,
            current_let: None,
            grading: None,
            depth: 0,
            too_deep: false,
        }
    }

    fn run(&mut self, pack: &'a Block, items: &[&'a Item]) {
        let root = self.declare_root(pack);
        for item in items {
            if let Item::Data(lines) = item {
                self.declare_data(lines, &[], root);
            }
        }
        for item in items {
            match item {
                Item::Params(defs) => defs.iter().for_each(|def| self.declare_let(root, def, true)),
                Item::Method(method) => self.declare_method(method),
                _ => {}
            }
        }
        let mut bodies = vec![tree::PendingBody::root(root, pack)];
        self.declare_children(pack, heng_model::NodeId(0), root, &mut bodies);
        for item in items {
            match item {
                Item::Block(block) if block.kind != BlockKind::Pack => {
                    self.declare_node(block, heng_model::NodeId(0), root, &mut bodies);
                }
                Item::Lost => self.incomplete.push(heng_model::NodeId(0)),
                _ => {}
            }
        }
        self.settle_root();
        for body in &bodies {
            self.lower_body_of(body);
        }
        self.lower_formulas();
        self.lower_demands();
        self.lower_methods();
        for index in 0..self.lets.len() {
            self.force_let(LetId(u32::try_from(index).unwrap_or(u32::MAX)));
        }
    }

    fn finish(self) -> Lowered {
        let Lowering { program, read_fields, read_lets, incomplete, lossy, .. } = self;
        Lowered { program, read_fields, read_lets, incomplete, lossy }
    }

    fn at(&self, span: Span) -> SourceRef {
        let line = self.sources.get(span.file).map_or(0, |file| file.line(span.start));
        SourceRef { file: span.file.0, line, start: span.start, end: span.end }
    }

    fn push(&mut self, kind: ExprKind, ty: Type, span: Span) -> ExprId {
        let at = self.at(span);
        let id = ExprId(u32::try_from(self.program.exprs.len()).unwrap_or(u32::MAX));
        self.program.exprs.push(Expr { kind, ty, at });
        id
    }

    /// Stands for what could not be lowered; fits everywhere, so that one mistake is one finding.
    fn broken(&mut self, span: Span) -> ExprId {
        self.push(ExprKind::Verdict(Verdict::Stop), Type::Never, span)
    }

    fn fail(&mut self, diagnostic: Diagnostic) -> ExprId {
        let span = diagnostic.primary.as_ref().map(|label| label.span).unwrap_or_default();
        self.diagnostics.push(diagnostic);
        self.broken(span)
    }

    fn ty(&self, id: ExprId) -> Type {
        self.program.expr(id).map_or(Type::Never, |expr| expr.ty.clone())
    }

    /// Lowers a definition if it is still waiting; a definition that is being lowered reads itself.
    fn force_let(&mut self, id: LetId) -> Type {
        let index = id.0 as usize;
        let Some(slot) = self.lets.get_mut(index) else { return Type::Never };
        match std::mem::replace(slot, LetSlot::Done(Type::Never)) {
            LetSlot::Done(ty) => {
                *slot = LetSlot::Done(ty.clone());
                ty
            }
            LetSlot::Doing(span) => {
                *slot = LetSlot::Doing(span);
                let name = self.program.definition(id).map(|it| it.name.clone()).unwrap_or_default();
                self.diagnostics.push(wording::circular(&name, span));
                Type::Never
            }
            LetSlot::Waiting { scope, value, node } => {
                *slot = LetSlot::Doing(value.span);
                let name = self.program.definition(id).map(|it| it.name.to_string());
                let outer =
                    (std::mem::replace(&mut self.current_let, name), std::mem::replace(&mut self.current_node, node));
                let expr = self.expr(value, &Context::in_scope(scope));
                (self.current_let, self.current_node) = outer;
                let ty = self.ty(expr);
                if let Some(item) = self.program.lets.get_mut(index) {
                    item.value = expr;
                }
                if let Some(slot) = self.lets.get_mut(index) {
                    *slot = LetSlot::Done(ty.clone());
                }
                ty
            }
        }
    }

    /// Whether a name stood in a line that could not be read, perhaps with its type run into it.
    fn is_lost(&self, name: &str) -> bool {
        let run_in = |lost: &String| lost.starts_with(name);
        self.lost.range(name.to_owned()..).next().is_some_and(run_in)
    }

    fn method_id(&self, index: usize) -> MethodId {
        MethodId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

pub(crate) use peer::note_run;

/// The name nearest to `wanted`, for messages.
pub(crate) fn nearest_name<'b>(wanted: &str, names: impl Iterator<Item = &'b str>) -> Option<String> {
    name::nearest(wanted, names)
}
