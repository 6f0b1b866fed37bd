//! Which column holds what, by the words of its heading.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// Names of a level, from 0.
    Level(u8),
    /// Points of the level before it, or of the indicator.
    Points,
    /// 评分标准.
    Criterion,
    /// 指标解释.
    Meaning,
    /// 佐证材料.
    Evidence,
    /// What a filled-in table holds: 自评得分, 扣分原因.
    Filled,
    /// Numbers of rows.
    Ordinal,
    /// Anything else; kept under 说明.
    Other,
}

/// Finds the row of headings among the first rows, and what its columns hold.
pub(crate) fn headings(rows: &[Vec<String>]) -> Option<(usize, Vec<Column>)> {
    rows.iter().take(30).enumerate().find_map(|(at, row)| {
        let columns = columns_of(row);
        let has = |wanted: fn(&Column) -> bool| columns.iter().any(wanted);
        let fits = has(|column| matches!(column, Column::Level(_)))
            && (has(|column| *column == Column::Points) || has(|column| *column == Column::Criterion));
        fits.then_some((at, columns))
    })
}

fn columns_of(row: &[String]) -> Vec<Column> {
    let mut level = 0;
    row.iter()
        .map(|cell| {
            let text: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
            let column = column_of(&text, level);
            if let Column::Level(at) = column {
                level = at + 1;
            }
            column
        })
        .collect()
}

fn column_of(text: &str, level: u8) -> Column {
    let lower = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match () {
        () if has(&["序号", "编号"]) || lower == "no." || lower == "no" => Column::Ordinal,
        () if has(&[
            "评分标准",
            "计分标准",
            "评价标准",
            "评分细则",
            "计分办法",
            "评分办法",
            "考核标准",
            "扣分标准",
            "得分标准",
            "计分方法",
            "评分方法",
            "评分规则",
            "criterion",
            "criteria",
            "rule",
        ]) =>
        {
            Column::Criterion
        }
        () if has(&[
            "自评得分",
            "自评分",
            "评价得分",
            "扣分原因",
            "得分",
            "实际得分",
            "未完成原因",
            "完成值",
            "实际值",
            "selfscore",
            "reason",
        ]) =>
        {
            Column::Filled
        }
        () if has(&["分值", "权重", "标准分", "满分", "分数", "points", "weight"]) => Column::Points,
        () if has(&["解释", "说明", "内涵", "要点", "meaning", "explanation"]) && !has(&["备注"]) => {
            Column::Meaning
        }
        () if has(&["佐证", "依据", "来源", "材料", "evidence"]) => Column::Evidence,
        () if has(&["一级指标", "level1"]) => Column::Level(0),
        () if has(&["二级指标", "level2"]) => Column::Level(1),
        () if has(&["三级指标", "level3"]) => Column::Level(2),
        () if has(&["四级指标", "level4"]) => Column::Level(3),
        () if has(&["指标", "评价内容", "考核内容", "项目名称", "indicator"]) => Column::Level(level),
        () => Column::Other,
    }
}
