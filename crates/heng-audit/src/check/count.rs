//! A number of things and the things that are listed.

use std::ops::Range;

use heng_diag::Diagnostic;

use crate::{graph::Graph, pattern::patterns, wording};

patterns! {
    AFTER = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:[个家项名所处大类方]|(?:方面|部分))[^，。；：、\d]{0,12}(?:[，,]?\s*(?:分别)?(?:为|是|即|有)[:：]?|[，,]?(?:即|包括|包含|分别是)[:：]?|[:：]|[（(](?:分别(?:为|是)|即|包括)?)([^。；:：（()）]+)";
    BEHIND = r"(?:机构|单位|科室|股室|处室|部门)(?:共)?(?:有)?\s*(\d{1,3})\s*[个家][，,]?(?:分别(?:为|是)|即|为|是)?[:：，,]?([^。；:：（()）]+)";
    BEFORE = r"(?:内设|下设|设有|包括|设)[:：]?([^。；，:：（(]+?、[^。；，:：（(]+?)(等|共|共计)\s*(\d{1,3}|[一二两三四五六七八九十]{1,3})\s*[个家项]";
    ITEMS = r"(?:做了|开展了|采取了|抓好了?|存在|提出|主要有|体现在|表现在|落实)?(?:以下|下列|如下|下面)?\s*([两二三四五六七八九]|十|\d)\s*(?:个|项|方面|点|条)(?:个?方面)?[^，。；：、\d]{0,10}[:：。]";
    FIRST = r"^\s*(?:(?:一|二|三|四|五|六|七|八|九|十)是|第[一二三四五六七八九十][，,：])";
    NUMBERED = r"(?:^|[。；：:\s])(一|二|三|四|五|六|七|八|九|十)是";
    COUNT = r"(?:[^\d]|^)(\d{1,2}|[两二三四五六七八九十]{1,2})\s*(?:个|项|家|大类|类|方面|条|点|处|座)";
    MARK = r"^\s*(?:[（(]?(\d{1,2})(?:[）)、．]|\.(?:[^\d]|$))|([一二三四五六七八九十]{1,3})是)";
    NOTHING = r"^(?:的|了|在|对|已|均|都|全|按|根据|经|由|主要|其中)|情况|工作|如下|完成|进行|实施|开展";
}

/// Counts the things of a list.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (_, block) in graph.document.paragraphs() {
        let text = graph.document.block_text(block);
        for captured in AFTER.captures_iter(text).chain(BEHIND.captures_iter(text)) {
            let (Some(number), Some(list)) = (captured.get(1), captured.get(2)) else { continue };
            if list.as_str().chars().any(|c| c.is_ascii_digit()) || list.as_str().contains(['等', '，', '和', '及'])
            {
                continue;
            }
            let item = list.as_str().split('、').next().unwrap_or("");
            let plain = number.as_str().starts_with(|c: char| c.is_ascii_digit());
            if plain || !NOTHING.is_match(item) && item.chars().count() <= 16 {
                found.extend(compare(graph, block.span.start, number, list, false));
            }
        }
        for captured in BEFORE.captures_iter(text) {
            let (Some(list), Some(etc), Some(number)) = (captured.get(1), captured.get(2), captured.get(3)) else {
                continue;
            };
            if !list.as_str().contains(['和', '及', '与']) {
                found.extend(compare(graph, block.span.start, number, list, etc.as_str() == "等"));
            }
        }
        found.extend(items(graph, block.span.start, text));
    }
    found.extend(below(graph));
    found.dedup_by(|a, b| a.primary.as_ref().map(|l| l.span) == b.primary.as_ref().map(|l| l.span));
    found
}

/// 重点项目 6 个，具体为： and the numbered paragraphs below.
fn below(graph: &Graph) -> Vec<Diagnostic> {
    let blocks: Vec<_> = graph.document.paragraphs().map(|(_, block)| block).collect();
    let mut found = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let text = graph.document.block_text(block);
        let sentence = text.rsplit('。').find(|part| !part.trim().is_empty()).unwrap_or(text);
        let opens = text.trim_end().ends_with(['：', ':'])
            && !["主要", "等", "如"].iter().any(|w| sentence.contains(w))
            || text.trim_end().ends_with("如下：");
        let mut counts = COUNT.captures_iter(sentence);
        let Some(captured) = counts.next().filter(|_| opens && counts.next().is_none()) else { continue };
        let Some(number) = captured.get(1) else { continue };
        let items = blocks.get(at + 1..).unwrap_or(&[]).iter();
        let marks: Vec<usize> = items.map_while(|block| mark(graph.document.block_text(block))).collect();
        let in_order = marks.iter().enumerate().all(|(at, mark)| *mark == at + 1);
        let listed = marks.len();
        let from = block.span.start + text.find(sentence).unwrap_or(0);
        let said = value(number.as_str()).unwrap_or(0);
        let last = blocks.get(at + listed).map_or(block.span.end, |last| last.span.end);
        if in_order && listed >= 2 && said >= 2 && listed != said {
            let span = from + number.start()..from + number.end();
            found.push(wording::count(graph, &span, &(block.span.end + 1..last), said, listed));
        }
    }
    found
}

/// The number of an item: 1., （2）, 三是, 三、.
fn mark(text: &str) -> Option<usize> {
    let captured = MARK.captures(text)?;
    value(captured.get(1).or_else(|| captured.get(2))?.as_str())
}

/// 四项工作：一是 …；二是 …
fn items(graph: &Graph, offset: usize, text: &str) -> Option<Diagnostic> {
    let mut leads = ITEMS.captures_iter(text);
    let captured = leads.next().filter(|_| leads.next().is_none())?;
    let (whole, number) = (captured.get(0)?, captured.get(1)?);
    let rest = text.get(whole.end()..)?;
    if !FIRST.is_match(rest) {
        return None;
    }
    let said = value(number.as_str())?;
    let marks: Vec<usize> =
        NUMBERED.captures_iter(rest).filter_map(|captured| value(captured.get(1)?.as_str())).collect();
    let listed = marks.len();
    let in_order = marks.iter().enumerate().all(|(at, mark)| *mark == at + 1);
    let span = |range: Range<usize>| offset + range.start..offset + range.end;
    (in_order && listed >= 2 && listed != said)
        .then(|| wording::count(graph, &span(number.range()), &span(whole.end()..text.len()), said, listed))
}

/// 1 to 999 in digits, 一 to 九十九 in words.
fn value(text: &str) -> Option<usize> {
    text.parse().ok().or_else(|| super::heading::chinese(&text.replace('两', "二")))
}

/// `open`: 等 allows things that are not listed, but not more than are counted.
fn compare(graph: &Graph, offset: usize, number: regex::Match, list: regex::Match, open: bool) -> Option<Diagnostic> {
    let said: usize = value(number.as_str())?;
    let listed = list.as_str().split('、').filter(|name| !name.trim().is_empty()).count();
    let wrong = if open { listed > said } else { listed != said };
    let span = offset + number.start()..offset + number.end();
    (wrong && listed >= 2)
        .then(|| wording::count(graph, &span, &(offset + list.start()..offset + list.end()), said, listed))
}
