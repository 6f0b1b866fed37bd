//! Clauses that take points off.

use super::{Clause, Partial, Side, above_nought, is_subject, is_vague, subject};
use crate::{
    amount::{Amount, Gets},
    pattern::{part, parts, patterns},
};
use regex::Captures;

const LOW: &str = "低于|低|滞后|落后|降低|下降|减少|少|不足|未达到|未达|差";
const HIGH: &str = "超过|超出|高出|提高|超|高于|高|增加|上升|增长";

patterns! {
    STEP = concat!(
        r"(?:当|若|如)?({S})(?:(低于|不足|未达到|未达|达不到|小于|超过|高于|超出|大于|偏离|大于或小于|>|<){A}的?,?|(?:未达到|未达标)(?:目标|要求|标准)?的,?|的,)?(?:在此基础上,?)?",
        r"每(?:再)?(低于|低|滞后|落后|高出|提高|增减|超过\(降低\)|高于或低于|超过或低于|超出或低于|高于\(低于\)|降低|下降|减少|少|不足|未达到|未达|差|超过|超出|超|高于|高|增加|上升|增长|偏离|相差)?(?:目标值|规定比例|标准)?(?:(-?\d+(?:\.\d+)?)(%))?",
        r"(\d+(?:\.\d+)?)(%|个百分点|百分点|亿元|万元|元|个工作日|工作日|个自然日|天|日)的?,?",
        r"(?:扣|扣减|扣除|减)(?:(\d+(?:\.\d+)?)分|(?:权重分?|分值|满分|该项分值|本项分值)的?(\d+(?:\.\d+)?)%)"
    );
    LATE = r"每(迟报|逾期|延迟|迟延|推迟|超期|晚报|迟交|拖延)(?:报送|公开|提交)?(\d+)(天|日|个工作日|工作日|个自然日)的?,?(?:扣|扣减|扣除|减)(\d+(?:\.\d+)?)分";
    PER_ITEM = concat!(
        r"(?:凡|如|若)?(?:经?查实|经?核实|经?检查)?,?(?:(?:发现|查实|存在|出现|有|发生)?([\p{Han}“”、]{2,24}?)的?,)?",
        r"每(?:经?发现|经?查实|出现|存在|有|发生)?(\d+)(项|起|次|个|处|例|件|份|条|人|户|家|宗|篇|期|笔)([\p{Han}“”、]{2,24}?)?的?,?",
        r"(?:扣|扣减|扣除|减)(\d+(?:\.\d+)?)分"
    );
    PER_ROW = r"([\p{Han}“”、A-Za-z]{2,40}?)每(?:有|满)?(\d+)(项|起|次|个|处|例|件|份|条|人|户|家|宗|篇|期|笔)?扣(\d+(?:\.\d+)?)分";
    EACH_FAILS = r"(?:其中|以上情况|以上|上述)?(?:每)?(?:有|出现|发现|缺|缺少|少|缺失)?(?:任意?)?(1)(?:项|个|条|处|例|起)?(?:要求|内容|要点|条件)?(?:不符合|不达标|不满足|未达到|未达标|未做到|未完成|不合格|不符|缺失)?(?:要求|标准|规定|条件)?的?,?(?:扣|扣减|扣除|减)(\d+(?:\.\d+)?)分";
    TAKES_OFF = r"([^,;:]{2,40}?)(?:的|时)?,?(?:扣|扣减|扣除|减)(\d+(?:\.\d+)?)分";
    STANDARD = r"(?:以|按){A}为(?:标准|基准|目标值)";
    ONE_ITEM = concat!(
        r"(?:凡|如|若)?经?(发现|查实|存在|出现|发生|有|未完成|未落实|未整改|迟报|漏报|错报|瞒报)1",
        r"(项|起|次|个|处|例|件|份|条|人|户|家|宗|篇|期|笔)([\p{Han}“”、]{2,24}?)?的?,?即?(?:扣|扣减|扣除|减)(\d+(?:\.\d+)?)分"
    );
    TILL_NOTHING = r"(?:直至?|直到)?(?:扣完|扣光|减完)(?:该项|本项)?(?:分值|分数|得分)?(?:为止)?|(?:最低)?(?:扣)?至0分(?:为止)?|扣到0分为止|最低(?:得|为)?0分|不计负分|不得负分|不倒扣(?:分)?";
    MOST_OFF = r"(?:累计|合计)?(?:最多|最高|至多)扣(?:减)?(?:不超过)?(\d+(?:\.\d+)?)分|扣分(?:最多)?不超过(\d+(?:\.\d+)?)分|(?:最多|累计)扣(?:分)?不超过(\d+(?:\.\d+)?)分|扣完(\d+(?:\.\d+)?)分(?:为止)?";
    PARTIAL_UP = r"\(?不足(\d+(?:\.\d+)?)(?:%|个百分点|百分点|天|日|个工作日|万元|元)的?,?(?:按|以)(\d+(?:\.\d+)?)(?:%|个百分点|百分点|天|日|个工作日|万元|元)(?:计算|计|扣分|算)\)?";
    PARTIAL_NONE = r"\(?不足(\d+(?:\.\d+)?)(?:%|个百分点|百分点|天|日|个工作日|万元|元)的?,?(?:不计|不扣分|不扣|不计算|忽略不计)\)?";
    PARTIAL_RATA = r"\(?不足(\d+(?:\.\d+)?)(?:%|个百分点|百分点|天|日|个工作日|万元|元)的?,?(?:按比例|按比例计|按比例扣分|按比例计算|按比例扣减|按实际比例扣分)\)?";
}

/// Reads a clause that takes points off.
pub(super) fn deduct(text: &str) -> Option<Clause> {
    if parts(&TILL_NOTHING, text).is_some() {
        return Some(Clause::TillNothing);
    }
    if let Some(found) = parts(&MOST_OFF, text) {
        let points = (1..=4).map(|index| part(&found, index)).find(|points| !points.is_empty())?;
        return Some(Clause::MostOff { points: Gets::points(points)? });
    }
    if let Some(found) = parts(&STANDARD, text) {
        return Some(Clause::Standard { limit: Amount::new(part(&found, 1), part(&found, 2))? });
    }
    partial(text)
        .or_else(|| late(text))
        .or_else(|| step(text))
        .or_else(|| each_fails(text))
        .or_else(|| per_item(text))
        .or_else(|| one_item(text))
        .or_else(|| per_row(text))
        .or_else(|| takes_off(text))
}

fn partial(text: &str) -> Option<Clause> {
    if let Some(found) = parts(&PARTIAL_UP, text) {
        return (part(&found, 1) == part(&found, 2)).then_some(Clause::PartOfStep { partial: Partial::Up });
    }
    let partial = match () {
        () if parts(&PARTIAL_NONE, text).is_some() => Partial::Whole,
        () if parts(&PARTIAL_RATA, text).is_some() => Partial::ProRata,
        () => return None,
    };
    Some(Clause::PartOfStep { partial })
}

fn side(word: &str) -> Option<Side> {
    let is = |words: &str| words.split('|').any(|other| other == word);
    match word {
        "" => None,
        "偏离" | "相差" | "大于或小于" | "增减" | "超过(降低)" | "高于或低于" | "超过或低于" | "超出或低于"
        | "高于(低于)" => Some(Side::Away),
        "达不到" | "小于" | "<" => Some(Side::Below),
        "大于" | ">" => Some(Side::Above),
        _ if is(LOW) => Some(Side::Below),
        _ if is(HIGH) => Some(Side::Above),
        _ => None,
    }
}

fn off_of(found: &Captures<'_>, points: usize, share: usize) -> Option<Gets> {
    let off = match (part(found, points), part(found, share)) {
        ("", share) => Gets::Part(share.to_owned()),
        (points, _) => Gets::points(points)?,
    };
    above_nought(&off).then_some(off)
}

fn step(text: &str) -> Option<Clause> {
    let found = parts(&STEP, text)?;
    let name = subject(part(&found, 1));
    if !is_subject(&name) {
        return None;
    }
    let (led, said) = (side(part(&found, 2)), side(part(&found, 5)));
    let unmet = ["未达到", "未达标"].iter().any(|word| text.contains(word));
    let side = match (led, said) {
        (None, Some(said)) if unmet && said != Side::Below => return None,
        (Some(led), Some(said)) if led != said => return None,
        (led, said) => led.or(said),
    };
    let led = Amount::new(part(&found, 3), part(&found, 4));
    let inner = Amount::new(part(&found, 6), part(&found, 7));
    let limit = match (led, inner) {
        (Some(led), Some(inner)) if led != inner => return None,
        (led, inner) => led.or(inner),
    };
    let step = Amount::new(part(&found, 8), part(&found, 9))?;
    let off = off_of(&found, 10, 11)?;
    Some(Clause::Step { subject: name, side, limit, step, off, partial: None })
}

fn late(text: &str) -> Option<Clause> {
    let found = parts(&LATE, text)?;
    let step = Amount::new(part(&found, 2), part(&found, 3))?;
    let off = Gets::points(part(&found, 4)).filter(above_nought)?;
    let limit = Amount::new("0", &step.unit);
    let subject = format!("{}天数", part(&found, 1));
    Some(Clause::Step { subject, side: Some(Side::Above), limit, step, off, partial: Some(Partial::Whole) })
}

fn each_fails(text: &str) -> Option<Clause> {
    let found = parts(&EACH_FAILS, text)?;
    let off = Gets::points(part(&found, 2)).filter(above_nought)?;
    // 每1项扣1分 without what it counts is no such clause.
    let bare = !text.contains(['不', '未', '缺', '少']);
    (!bare).then_some(Clause::EachFails { off })
}

fn per_item(text: &str) -> Option<Clause> {
    let found = parts(&PER_ITEM, text)?;
    let (before, after) = (part(&found, 1), part(&found, 4));
    if !before.is_empty() && !after.is_empty() && before != after {
        return None;
    }
    let what = if before.is_empty() { after } else { before };
    counted(what, part(&found, 2), part(&found, 3), part(&found, 5))
}

/// 存在1处不规范扣1分: that each takes as much goes without saying.
fn one_item(text: &str) -> Option<Clause> {
    let found = parts(&ONE_ITEM, text)?;
    let (verb, thing) = (part(&found, 1), part(&found, 3));
    let finds = ["发现", "查实", "存在", "出现", "发生", "有"].contains(&verb);
    let what = if finds { thing.to_owned() } else { format!("{verb}{thing}") };
    counted(&what, "1", part(&found, 2), part(&found, 4))
}

fn per_row(text: &str) -> Option<Clause> {
    let found = parts(&PER_ROW, text)?;
    counted(part(&found, 1), part(&found, 2), part(&found, 3), part(&found, 4))
}

fn counted(what: &str, count: &str, measure: &str, points: &str) -> Option<Clause> {
    const NOT: [&str; 9] = ["每", "扣", "以上", "以下", "超过", "除", "或者", "得分", "得满分"];
    if is_vague(what) || NOT.iter().any(|word| what.contains(word)) {
        return None;
    }
    let count = Amount::new(count, measure)?;
    let off = Gets::points(points).filter(above_nought)?;
    Some(Clause::PerItem { what: what.trim_start_matches(['、']).to_owned(), count, off })
}

fn takes_off(text: &str) -> Option<Clause> {
    let found = parts(&TAKES_OFF, text)?;
    let condition = part(&found, 1);
    let off = Gets::points(part(&found, 2)).filter(above_nought)?;
    let plain = !condition.chars().any(|c| c.is_ascii_digit())
        && !["每", "最多", "最高", "累计", "合计", "不", "得", "再", "加", "依次", "相应", "均", "分别", "内"]
            .iter()
            .any(|word| condition.ends_with(word))
        && !["每", "最多", "至多", "一项", "一次", "一处", "任一", "其中"].iter().any(|word| condition.contains(word))
        && !is_vague(condition);
    plain.then(|| Clause::TakesOff { condition: condition.to_owned(), off })
}
