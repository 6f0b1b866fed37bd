//! What an indicator that came or went holds: the indicators below it with their points, and how those that
//! came are scored, in the words of a notice.

use std::collections::BTreeSet;

use heng_diag::{Lang, Text};
use heng_model::{Node, NodeId, Program, Type, Value};
use heng_phrase::Phrase;

use super::{Change, ChangeKind};
use crate::fold::Folded;

/// Tells it of every change, `old` and `new` being the programs.
pub fn tell(changes: &mut [Change], old: Option<&Program>, new: Option<&Program>) {
    changes.iter_mut().for_each(|change| name(change, old, new));
    let mut seen: [BTreeSet<NodeId>; 2] = Default::default();
    let [gone, came] = &mut seen;
    for change in changes {
        let (program, other, seen) = match change.kind {
            ChangeKind::Added => (new, old, &mut *came),
            ChangeKind::Removed => (old, new, &mut *gone),
            _ => continue,
        };
        let (Some(program), Some(other)) = (program, other) else { continue };
        let named = |(id, node): &(NodeId, &Node)| *node.name == *change.about && !seen.contains(id);
        let Some((id, node)) = program.tree().skip(1).find(named) else { continue };
        seen.insert(id);
        let scored = change.kind == ChangeKind::Added;
        if node.children.is_empty() {
            change.told.extend(scored.then(|| said(program, id, None)));
        }
        below((program, other), node, scored, &mut change.told);
    }
}

/// Names an indicator with the signs of the file instead of the half-width ones it is found by.
fn name(change: &mut Change, old: Option<&Program>, new: Option<&Program>) {
    if matches!(change.kind, ChangeKind::Parameter | ChangeKind::Data | ChangeKind::Method) || change.about.is_empty() {
        return;
    }
    let found = [new, old].into_iter().flatten().flat_map(Program::tree).skip(1);
    let mut named = found.filter(|(_, node)| Folded::new(&node.name).text == change.about);
    if let Some((_, node)) = named.next() {
        change.about = node.name.to_string();
    }
}

/// What stands below; what the other rules have too is told by itself.
fn below((program, other): (&Program, &Program), node: &Node, scored: bool, out: &mut Vec<Text>) {
    for id in &node.children {
        let Some(child) = program.node(*id) else { continue };
        if other.nodes.iter().any(|known| known.name == child.name) {
            continue;
        }
        out.push(match scored && child.children.is_empty() {
            true => said(program, *id, Some(child)),
            false => Text::new(headed(program, child, Lang::Zh), headed(program, child, Lang::En)),
        });
        below((program, other), child, scored, out);
    }
}

/// The criterion, behind its headline where one is given.
fn said(program: &Program, id: NodeId, head: Option<&Node>) -> Text {
    let told = |lang: Lang, colon: &str| {
        let head = head.map(|node| format!("{}{colon}", headed(program, node, lang)));
        format!("{}{}", head.unwrap_or_default(), Phrase::new(program, lang).criterion(id))
    };
    Text::new(told(Lang::Zh, "："), told(Lang::En, ": "))
}

fn headed(program: &Program, node: &Node, lang: Lang) -> String {
    if node.pointless {
        return node.name.to_string();
    }
    let points = Phrase::new(program, lang).value(&Value::Number(node.full.clone()), &Type::POINTS);
    if lang == Lang::Zh { format!("{}（{points}）", node.name) } else { format!("{} ({points})", node.name) }
}
