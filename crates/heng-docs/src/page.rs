//! The page: everything in one file, readable without a network, printable, in light and dark.

mod chart;

use std::fmt::Write;

use heng_diag::Lang;
use heng_phrase::{decimal, points};
use heng_report::{Item, Record, Row, Sheet};

use crate::{
    last_register::LastRegister,
    lookup::Lookup,
    ooxml::xml,
    register::Register,
    setup::Setup,
    wording::{self, Pair, last_year},
};

/// What the page shows.
pub(crate) struct View<'a> {
    pub sheet: &'a Sheet<'a>,
    pub record: &'a Record,
    pub register: &'a Register,
    pub last: Option<&'a LastRegister>,
    pub setup: &'a Setup,
    pub lookup: &'a Lookup<'a>,
    pub lang: Lang,
}

const STYLE: &str = include_str!("page/style.css");

/// The page as HTML; the name of a datum that a chart asks for and the pack does not have.
pub(crate) fn page(view: &View) -> Result<String, String> {
    let mut out = String::new();
    let lang = if view.lang == Lang::Zh { "zh-CN" } else { "en" };
    let title = format!("{} {}", view.sheet.subject.name, view.word(wording::PAGE));
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n",
        xml(title.trim())
    );
    view.head(&mut out);
    view.charts(&mut out)?;
    view.items(&mut out, wording::LOSSES, &view.record.losses, Some(wording::NO_LOSSES));
    view.items(&mut out, wording::OPEN, &view.record.open, None);
    view.tree(&mut out);
    view.register(&mut out);
    view.last_register(&mut out);
    view.items(&mut out, wording::RESTS_ON, &view.record.assumed, None);
    view.lines(&mut out, wording::FINDINGS, &view.record.findings);
    view.lines(&mut out, wording::STATUSES, &view.record.statuses);
    out.push_str("</main>\n</body>\n</html>\n");
    Ok(out)
}

impl View<'_> {
    fn word(&self, pair: Pair) -> &'static str {
        pair.get(self.lang)
    }

    fn head(&self, out: &mut String) {
        let subject = self.sheet.subject;
        let name = if subject.name.is_empty() { self.word(wording::NOT_GIVEN) } else { &*subject.name };
        let year = wording::year(self.lang, self.sheet.program.pack.year);
        let _ = write!(out, "<header><p class=\"pack\">{} · {year}</p><h1>{}</h1>", xml(&self.record.title), xml(name));
        let grade = self.record.grade.as_deref().map(|grade| format!("<span class=\"grade\">{}</span>", xml(grade)));
        let _ = write!(
            out,
            "<p class=\"total\"><strong>{}</strong><small>{} {}</small>{}</p>",
            xml(&self.record.total_text),
            self.word(wording::OF),
            decimal(&self.record.full),
            grade.unwrap_or_default()
        );
        for line in &self.record.disclaimers {
            let _ = write!(out, "<p class=\"warn\">{}{}</p>", self.word(wording::DISCLAIMER), xml(line));
        }
        out.push_str("</header>\n");
    }

    fn charts(&self, out: &mut String) -> Result<(), String> {
        out.push_str("<section class=\"charts\">");
        out.push_str(&chart::kept_and_lost(self.record, self.lang));
        for compare in &self.setup.compare {
            out.push_str(&chart::compare(compare, self.lookup)?);
        }
        for shares in &self.setup.shares {
            out.push_str(&chart::shares(shares, self.lookup)?);
        }
        out.push_str("</section>\n");
        Ok(())
    }

    fn items(&self, out: &mut String, title: Pair, items: &[Item], none: Option<Pair>) {
        if items.is_empty() && none.is_none() {
            return;
        }
        let _ = write!(out, "<section><h2>{}</h2>", self.word(title));
        if let Some(none) = none.filter(|_| items.is_empty()) {
            let _ = write!(out, "<p>{}</p>", self.word(none));
        }
        out.push_str("<ul class=\"items\">");
        for item in items {
            let _ = write!(
                out,
                "<li><b>{}</b> <span class=\"points\">{}</span><br>{}</li>",
                xml(&item.name),
                xml(&item.points),
                xml(&item.text)
            );
        }
        out.push_str("</ul></section>\n");
    }

    fn lines(&self, out: &mut String, title: Pair, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        let _ = write!(out, "<section><h2>{}</h2><ul>", self.word(title));
        for line in lines {
            let _ = write!(out, "<li>{}</li>", xml(line));
        }
        out.push_str("</ul></section>\n");
    }

    fn tree(&self, out: &mut String) {
        let _ = write!(out, "<section class=\"tree\"><h2>{}</h2>", self.word(wording::TABLE));
        for row in self.record.rows.iter().filter(|row| row.level == 1) {
            self.branch(out, row, 0);
        }
        let _ = writeln!(out, "<p class=\"note\">{}</p></section>", self.word(wording::ASSUMED_NOTE));
    }

    fn branch(&self, out: &mut String, row: &Row, depth: u8) {
        let lost = row.lost.as_ref().is_some_and(|lost| lost.signum() > 0);
        let open = if row.level < 3 && !row.is_leaf || lost { " open" } else { "" };
        let class = if lost { "lost" } else { "kept" };
        let mark = if row.is_assumed { "*" } else { "" };
        let _ = write!(
            out,
            "<details class=\"{class}\"{open}><summary><span class=\"name\">{}</span><span class=\"points\">{}{mark} / {}</span></summary>",
            xml(&row.name),
            xml(&row.outcome),
            decimal(&row.full)
        );
        if row.is_leaf {
            self.leaf(out, row);
        }
        for child in self.record.rows.iter().filter(|child| child.parent == Some(row.id) && depth < 9) {
            self.branch(out, child, depth + 1);
        }
        out.push_str("</details>");
    }

    fn leaf(&self, out: &mut String, row: &Row) {
        let mut line = |label: &str, text: &str| {
            if !text.is_empty() {
                let _ = write!(out, "<dt>{label}</dt><dd>{}</dd>", xml(text).replace('\n', "<br>"));
            }
        };
        let mut lost = String::new();
        if let Some(points_lost) = row.lost.as_ref().filter(|lost| lost.signum() > 0) {
            lost = points(points_lost);
        }
        let basis = wording::basis(
            self.lang,
            &row.data.join(self.word(wording::LISTED)),
            &row.papers.join(self.word(wording::LISTED)),
            &row.evidence,
        );
        line(self.word(wording::LOST), &lost);
        line(self.word(wording::HOW), &row.reason);
        line(self.word(wording::CRITERION), &row.criterion);
        line(self.word(wording::BASIS), &basis);
        line(self.word(wording::STATUS), &row.status);
    }

    fn register(&self, out: &mut String) {
        let heads = [
            wording::PROBLEM,
            wording::INDICATOR,
            wording::LOST,
            wording::MEASURE,
            wording::OWNER,
            wording::DUE,
            wording::BUDGET,
        ];
        let rows = self.register.lines.iter().map(|line| {
            [&line.problem, &line.indicator, &line.lost, &line.measure, &line.owner, &line.due, &line.budget]
                .map(String::as_str)
        });
        self.table(out, wording::REGISTER, heads, &rows.collect::<Vec<_>>());
    }

    fn last_register(&self, out: &mut String) {
        let heads = [
            wording::PROBLEM,
            wording::INDICATOR,
            wording::LOST,
            wording::MEASURE,
            wording::OWNER,
            wording::DUE,
            wording::DONE,
        ];
        let rows = self.last.into_iter().flat_map(LastRegister::lines).map(|line| {
            [&line.problem, &line.indicator, &line.lost, &line.measure, &line.owner, &line.due, &line.done]
                .map(String::as_str)
        });
        self.table(out, last_year::LAST_YEAR, heads, &rows.collect::<Vec<_>>());
    }

    /// A table whose empty cells are for a person, but for those of the indicator and its points.
    fn table<const N: usize>(&self, out: &mut String, title: Pair, heads: [Pair; N], rows: &[[&str; N]]) {
        if rows.is_empty() {
            return;
        }
        let _ = write!(out, "<section><h2>{}</h2><div class=\"wide\"><table><thead><tr>", self.word(title));
        for head in heads {
            let _ = write!(out, "<th>{}</th>", self.word(head));
        }
        out.push_str("</tr></thead><tbody>");
        for cells in rows {
            out.push_str("<tr>");
            for (at, cell) in cells.iter().enumerate() {
                let blank = cell.is_empty() && !matches!(at, 1 | 2);
                let class = if blank { " class=\"blank\"" } else { "" };
                let text = if blank { self.word(wording::TO_FILL) } else { cell };
                let _ = write!(out, "<td{class}>{}</td>", xml(text));
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table></div></section>\n");
    }
}
