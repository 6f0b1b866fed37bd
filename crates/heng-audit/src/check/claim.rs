//! All of it done, the text says, and beside it: some of it is not.

use heng_diag::Diagnostic;

use crate::{graph::Graph, pattern::patterns, wording};

patterns! {
    ALL = r"(?:全部|均已|均|都已|全面|已全部|如期|按期|按时)(?:按期|如期|按时|顺利|圆满|高质量)*(?:完成|建成|开工|竣工|实现|达标|达到|落实|整改到位|办结)|(?:完成率|达标率|整改率|办结率|执行率|实现率)(?:均|都)?(?:为|达到|达|：)*\s*100%";
    SOME = r"(\d{1,4}|[一二两三四五六七八九十]{1,2})\s*(?:个|项|条|家|处|件|户|座|期)[^，。；\d]{0,16}?(?:未完成|没有完成|尚未|未能|未达|未实施|未启动|未开工|未整改|没有启动|仍未|仍在|滞后)";
    EXCEPT = r"除|部分|基本|大部分|以外|之外|如果|若|是否|才|逾期|计划|拟|将|要求|应|确保|力争|上年|去年|以前|往年";
}

/// Looks for a sentence that says both.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (_, block) in graph.document.paragraphs() {
        let mut at = block.span.start;
        for piece in graph.document.block_text(block).split_inclusive(['。', '！', '？']) {
            if let (Some(all), Some(some)) = (ALL.find(piece), SOME.find(piece))
                && some.start() >= all.end()
                && !EXCEPT.is_match(piece)
            {
                let (all, some) = (at + all.start()..at + all.end(), at + some.start()..at + some.end());
                found.push(wording::claim(graph, &all, &some));
            }
            at += piece.len();
        }
    }
    found
}
