//! An impact as a page with pictures, whole in one file: what a director reads before deciding.

use std::fmt::Write;

use heng_diag::{Lang, Pair, escape_html};
use heng_model::Number;

use super::{
    Impact,
    story::{MOST, Part, Story, shown, signed},
};
use crate::{
    svg::{self, Bar, Column},
    wording::impact as words,
};

/// The page.
#[must_use]
pub fn page(impact: &Impact, distance: &Number, lang: Lang) -> String {
    let story = Story::new(impact, distance);
    let mut page = Page { out: String::new(), impact, story, lang };
    page.head();
    page.out.push_str("<main><section class=wide>");
    page.bridge();
    page.items();
    page.out.push_str("</section><section>");
    page.spread();
    page.leaves();
    page.out.push_str("</section><section>");
    page.grades();
    page.most();
    page.near(distance);
    page.out.push_str("</section></main></html>\n");
    page.out
}

struct Page<'i> {
    out: String,
    impact: &'i Impact,
    story: Story<'i>,
    lang: Lang,
}

impl Page<'_> {
    fn put(&mut self, text: &str) {
        self.out.push_str(&escape_html(text));
    }

    fn heading(&mut self, words: Pair) {
        let _ = write!(self.out, "<h2>{}</h2>", words.get(self.lang));
    }

    fn measured(&mut self, words: Pair, unit: Pair) {
        let _ = write!(self.out, "<h2>{}</h2>", words::measured(words, unit).get(self.lang));
    }

    fn head(&mut self) {
        let title = words::TITLE.get(self.lang);
        let code = if self.lang == Lang::Zh { "zh" } else { "en" };
        let _ = write!(
            self.out,
            "<!doctype html><html lang={code}>{HEAD}<title>{title}</title><header><h1>{title}</h1><p>"
        );
        let [old, new] = &self.impact.what.titles;
        self.put(&format!("{old} → {new}"));
        self.out.push_str("<br>");
        self.put(words::compared(self.impact).get(self.lang));
        self.out.push_str("</p><p class=big>");
        let summary = words::summary(&self.story, self.impact).get(self.lang).to_owned();
        let mut lines = summary.lines();
        self.put(lines.next().unwrap_or_default());
        self.out.push_str("</p>");
        for line in lines {
            self.out.push_str("<p>");
            self.put(line);
            self.out.push_str("</p>");
        }
        self.out.push_str("</header>");
    }

    fn bar(&self, part: &Part) -> Bar {
        Bar { name: part.name.get(self.lang).to_owned(), value: part.mean.clone(), note: signed(&part.mean) }
    }

    fn bridge(&mut self) {
        if self.story.items.is_empty() {
            return;
        }
        self.measured(words::BRIDGE, words::unit(self.impact));
        let [old, new] = &self.story.means;
        let end = |name: Pair, mean: &Number| Bar {
            name: name.get(self.lang).to_owned(),
            value: mean.clone(),
            note: shown(mean),
        };
        let ends = [end(words::MEANS[0], old), end(words::MEANS[1], new)];
        let mut parts: Vec<Bar> =
            self.story.items.iter().filter(|part| !part.mean.is_zero()).map(|part| self.bar(part)).collect();
        let told: Number = parts.iter().map(|part| part.value.clone()).sum();
        let rest = &(new - old) - &told;
        // What was not split, and the shares of those that were, meet in the mean of all.
        if !rest.is_zero() {
            let name = words::UNSPLIT.get(self.lang).to_owned();
            parts.push(Bar { name, note: signed(&rest), value: rest });
        }
        svg::bridge(&mut self.out, [&ends[0], &ends[1]], &parts);
    }

    fn items(&mut self) {
        if self.story.items.is_empty() {
            return;
        }
        self.measured(words::ITEMS, words::change_unit(self.impact));
        self.out.push_str("<table><tr>");
        let errors = !self.impact.errors.is_empty();
        for (place, head) in words::ITEM_HEADS.iter().enumerate().take(if errors { 6 } else { 5 }) {
            let _ = write!(self.out, "<th{}>{}", if place > 0 { " class=n" } else { "" }, head.get(self.lang));
        }
        for part in std::mem::take(&mut self.story.items) {
            self.item(&part, errors);
        }
        self.out.push_str("</table><p class=note>");
        let said = words::method(self.impact, self.story.whole).get(self.lang).to_owned();
        self.put(&said);
        if !self.story.idle.is_empty() {
            let said = words::idle(&self.story.idle).get(self.lang).to_owned();
            self.out.push_str("<br>");
            self.put(&said);
        }
        self.out.push_str("</p>");
    }

    fn item(&mut self, part: &Part, errors: bool) {
        self.out.push_str("<tr><td>");
        if part.lines.len() > 1 {
            self.out.push_str("<details><summary>");
        }
        self.put(part.name.get(self.lang));
        if part.lines.len() > 1 {
            self.out.push_str("</summary>");
            for line in &part.lines {
                self.put(line.get(self.lang));
                self.out.push_str("<br>");
            }
            self.out.push_str("</details>");
        }
        let alone = part.alone.as_ref().map_or_else(|| "—".to_owned(), signed);
        let [up, down] = part.counts;
        let _ =
            write!(self.out, "<td class=n>{}<td class=n>{alone}<td class=n>{up}<td class=n>{down}", signed(&part.mean));
        if errors {
            let error = part.error.as_ref().map(|error| format!("±{}", shown(error))).unwrap_or_default();
            let _ = write!(self.out, "<td class=n>{error}");
        }
    }

    fn spread(&mut self) {
        let spread = self.impact.spread();
        if spread.is_empty() {
            return;
        }
        self.measured(words::SPREAD, words::change_unit(self.impact));
        let class = |sign: i32| match sign {
            0 => "even",
            1.. => "plus",
            _ => "minus",
        };
        let column = |(name, sign, count): (String, i32, usize)| Column { name, count, class: class(sign) };
        let columns: Vec<Column> = spread.into_iter().map(column).collect();
        svg::columns(&mut self.out, &columns);
    }

    fn leaves(&mut self) {
        if self.story.leaves.is_empty() {
            return;
        }
        self.measured(words::LEAVES, words::change_unit(self.impact));
        let note = |part: &Part| format!("{}  ↑{} ↓{}", signed(&part.mean), part.counts[0], part.counts[1]);
        let bars: Vec<Bar> =
            self.story.leaves.iter().take(15).map(|part| Bar { note: note(part), ..self.bar(part) }).collect();
        svg::bars(&mut self.out, &bars);
    }

    fn grades(&mut self) {
        if !self.story.grades.is_empty() {
            self.heading(words::GRADES);
            self.out.push_str("<table>");
            for (old, new, count) in std::mem::take(&mut self.story.grades) {
                let (old, new) = (escape_html(&old), escape_html(&new));
                let _ = write!(self.out, "<tr><td>{old} → {new}<td class=n>{count}");
            }
            self.out.push_str("</table>");
        }
        if !self.story.lines.is_empty() {
            self.heading(words::LINES);
            self.out.push_str("<table>");
            for (at, [old, new]) in std::mem::take(&mut self.story.lines) {
                let _ = write!(self.out, "<tr><td>≥ {at}<td class=n>{old} → {new}");
            }
            self.out.push_str("</table>");
        }
    }

    fn most(&mut self) {
        let lists = std::mem::take(&mut self.story.most);
        for (head, list) in [words::GAIN, words::LOSE].into_iter().zip(lists).filter(|(_, list)| !list.is_empty()) {
            self.measured(head, words::unit(self.impact));
            self.out.push_str("<table>");
            for (one, change) in list {
                let said = words::moved(one, &change);
                let (key, said) = (escape_html(&one.key), escape_html(said.get(self.lang)));
                let _ = write!(self.out, "<tr><td>{key}<td class=n>{said}");
            }
            self.out.push_str("</table>");
        }
    }

    fn near(&mut self, distance: &Number) {
        let near = std::mem::take(&mut self.story.near);
        if near.is_empty() {
            return;
        }
        let said = words::near(distance, near.len(), words::unit(self.impact));
        let _ = write!(self.out, "<h2>{}</h2><table>", escape_html(said.get(self.lang)));
        for (one, at) in near.iter().take(MOST) {
            let total = one.new.total.as_ref().map(shown).unwrap_or_default();
            let _ = write!(self.out, "<tr><td>{}<td class=n>{total}<td class=n>≷ {at}", escape_html(&one.key));
        }
        self.out.push_str("</table>");
        if near.len() > MOST {
            let _ = write!(self.out, "<p class=note>{}</p>", words::more(near.len() - MOST).get(self.lang));
        }
    }
}

const HEAD: &str = "<meta charset=utf-8><meta name=viewport content='width=device-width'><style>\
body{font:14px/1.5 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:1180px;margin:1.5em auto;padding:0 1em;color:#222}\
header p{margin:.2em 0;color:#555}header .big{font-size:1.25em;color:#222;margin:.5em 0}\
h1{font-size:1.5em;margin:0}h2{font-size:1.05em;margin:1.3em 0 .4em;border-bottom:1px solid #ccc}\
main{display:grid;grid-template-columns:1fr 1fr;column-gap:2.5em}.wide{grid-column:1/3;display:grid;grid-template-columns:1fr 1fr;column-gap:2.5em}\
.wide h2{grid-row:1}.wide svg,.wide table{grid-row:2}.wide .note{grid-row:3;grid-column:2}\
table{border-collapse:collapse;width:100%;align-self:start}td,th{padding:.12em .6em .12em 0;text-align:left;vertical-align:top;font-weight:400}th{color:#666}\
tr+tr td{border-top:1px solid #eee}.n{text-align:right;white-space:pre;font-variant-numeric:tabular-nums}.note{color:#666;font-size:.9em}\
details{margin:0}svg{width:100%;align-self:start}svg text{font-size:13px;fill:#222}svg .mid{text-anchor:middle;font-size:12px}svg line{stroke:#999}\
.plus{fill:#3a7d5c}.minus{fill:#b5533c}.even{fill:#9aa3ab}.whole{fill:#4f6d8f}\
@media(max-width:800px){main,.wide{display:block}}@media print{body{font-size:11px;margin:0}}</style>";
