//! Words of canonical sentences that win over a name which is a part of them.

use heng_diag::{Lang, Pair};

/// Words in which a short name must not be seen.
const WHOLE: [Pair; 31] = [
    Pair("个自然日", "calendar days"),
    Pair("个工作日", "working days"),
    Pair("个百分点", "percentage points"),
    Pair("得分为各下级指标得分之和", "the scores of the indicators below are added up"),
    Pair("无佐证", "has no evidence"),
    Pair("有争议", "is disputed"),
    Pair("缺报", "is missing"),
    Pair("迟报", "is late"),
    Pair("不适用", "does not apply"),
    Pair("本项不适用", "not applicable"),
    Pair("申报为“无”", "is declared none"),
    Pair("得满分", "full marks"),
    Pair("满分", "score"),
    Pair("得分", "the score"),
    Pair("其他情形", "otherwise"),
    Pair("其余的", "else"),
    Pair("下列各项", "the following"),
    Pair("由评审人评分", "judged by a reviewer"),
    Pair("停止评分", "scoring stops"),
    Pair("按下列标准评分", "scored as follows"),
    Pair("否则", "required"),
    Pair("为否", "is no"),
    Pair("不为空", "is not empty"),
    Pair("为空", "is empty"),
    Pair("分别评分", "is scored"),
    Pair("扣完为止", "until nothing is left"),
    Pair("其中", "where"),
    Pair("按比例", "in proportion"),
    Pair("脚本检查", "script check"),
    Pair("）通过", ") passes"),
    Pair("）未通过", ") fails"),
];

/// Words of the language that win over a name which is shorter: 个数 over 数.
pub(super) fn longer() -> impl Iterator<Item = &'static str> {
    heng_dsl::WORDS.iter().flat_map(|(zh, en)| [*zh, *en])
}

/// Words in which no name is seen, in a language.
pub(super) fn reserved(lang: Lang) -> impl Iterator<Item = &'static str> {
    let keywords = crate::KEYWORDS.iter().map(move |word| if lang == Lang::Zh { word.zh } else { word.en });
    WHOLE.into_iter().map(move |pair| pair.get(lang)).chain(keywords)
}
