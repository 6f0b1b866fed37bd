//! Clauses that give points.

use super::{Clause, is_subject, is_vague, subject};
use crate::{
    amount::{Amount, Gets},
    pattern::{Pattern, part, parts, patterns},
    range::range,
};

patterns! {
    GETS = concat!(
        r"(.*?)(?:,|:|的|者|则|可|均|\()*(?:",
        r"(?:可)?(?:得|计|记|给|赋)(?:分)?(\d+(?:\.\d+)?)分|[,:的(](\d+(?:\.\d+)?)分|(?:得|计|记|给|赋)(满分|全分)|(?:得|计)(?:该项|本项)?(?:全部分值|全部分|满分)|()(?:不得分|不计分|不给分|得零分|记零分)",
        r"|得?(?:满分|分值|该项分值|本项分值|权重分|权重)的(\d+(?:\.\d+)?)%",
        r"|为?(满分)|()(?:本项|该项|此项)?(?:不适用|不考核|不参与评分|不予考核)",
        r")\)?"
    );
    OTHERWISE = r"(?:否则|否|反之|其他|其它|其余|其余的?情形|其他情形|其他情况|其余情况|其它情况|除此之外|不符合|未符合|不满足|未达到|未达标|不达标|达不到|未完成|没有|不是|未做到|不符)(?:的|要求|者|上述要求|标准)*";
    ALL_MET = r"(?:以上|上述|下列|前述)?(?:各项|各条|内容|要求|条件|要点|几项|\d+项)*(?:要求|内容|条件|要点)?(?:全部|均|都|完全|同时)(?:均)?(?:符合|满足|达到|具备|做到|达标|完成|成立)(?:要求|条件|标准)?";
    EACH_MET = r"(?:以上|上述|下列)?(?:各项|要求|内容|要点|条件)*,?每(?:符合|满足|达到|具备|做到|达标|完成|有)?(\d+)(?:项|个|条|点)(?:要求|内容|条件|要点)?(?:成立|符合|达标|符合要求|满足)?";
    EACH_TAIL = r"(?:以上|上述|下列)?(?:各项|各条)(?:要求|内容)?(?:各|分别)";
    BARE_OTHERWISE = r"(?:否则|其余|其他|其它)(?:的|情形|情况)?,?(\d+(?:\.\d+)?)分";
    BARE_POINTS = r"([\p{Han}“”]{3,40}?)\(?(\d+(?:\.\d+)?)分\)?";
    EARNS = r"每(?:发表|完成|获得|开展|举办|新增|报送|采用|编发|刊发|有)1(?:篇|项|次|个|起|件|份|条|期|例)([\p{Han}“”]{2,24}?)?的?,?(?:得|计|记|加)(\d+(?:\.\d+)?)分";
    BELOW = r"({S})(?:低于|不足|小于|未达到|<){A}的?,?(?:按(?:照)?|(?:指标)?得分(?:=|为))({S})(?:(?:÷|/)(\d+(?:\.\d+)?)%)?(?:×|\*|乘以)(?:(?:满分|分值|权重|权重分|该项分值|本项分值)|(\d+(?:\.\d+)?)分?)(?:计分|得分|计算得分|计算|赋分)?";
    DEFINES = r"({S})(?:=|为|等于)\(?({S})(?:÷|/)({S})\)?(?:×100%)?";
    QUOTIENT = r"(?:(?:本项|该项|指标|此项)?得分(?:=|为|等于)|按(?:照)?)\(?({S})(?:÷|/)({S})\)?(?:×100%)?(?:×|\*|乘以)(?:(?:满分|分值|权重|权重分|该项分值|本项分值)|(\d+(?:\.\d+)?)分?)(?:计分|得分|计算得分)?";
    MOST_GETS = r"(?:累计|合计|得分)?(?:最高|最多|至多)(?:得|计)?(?:不超过)?(?:(\d+(?:\.\d+)?)分|满分)|(?:得分)?(?:最高)?不超过(?:(\d+(?:\.\d+)?)分|满分|分值)";
    PROPORTION = r"(?:未完成|未达到|未达标|未达|低于|不足|达不到|未全部完成|没有完成)?(?:目标值|目标|要求|100%|的)*,?按(?:照)?(?:实际)?(?:完成|达到|达标|支出|执行)?(?:的)?(?:实际)?(?:比例|比率|完成率)(?:得分|计分|计算得分|赋分|给分|折算得分)";
    TIMES = r"(?:本项|该项|指标|此项)?得分(?:=|为|等于)(?:({S})(?:×|\*|x|X|乘以)(?:满分|分值|权重|权重分|该项分值|本项分值|(\d+(?:\.\d+)?)分?)|(?:满分|分值|权重|权重分|该项分值|本项分值|(\d+(?:\.\d+)?)分?)(?:×|\*|x|X|乘以)({S}))";
    BY_TIMES = r"按(?:照)?({S})(?:×|\*|x|X|乘以)(?:满分|分值|权重|权重分|该项分值|本项分值|(\d+(?:\.\d+)?)分)(?:计分|得分|计算得分)";
}

/// Reads a clause that gives points.
pub(crate) fn gives(text: &str) -> Option<Clause> {
    if let Some(found) = parts(&MOST_GETS, text) {
        let points = [part(&found, 1), part(&found, 2)].into_iter().find(|points| !points.is_empty());
        let points = points.map_or(Some(Gets::Full), Gets::points)?;
        return Some(Clause::MostGets { points });
    }
    if parts(&PROPORTION, text).is_some() {
        return Some(Clause::InProportion);
    }
    if let Some(clause) = defines(text)
        .or_else(|| quotient(text))
        .or_else(|| below(text))
        .or_else(|| times(text))
        .or_else(|| earns(text))
        .or_else(|| bare_otherwise(text))
    {
        return Some(clause);
    }
    match split(text) {
        Some((left, gets)) => each(left, &gets).or_else(|| band(left, &gets)).or_else(|| when(left, gets)),
        None => bare_points(text),
    }
}

/// 整改率=已整改问题数/应整改问题数.
fn defines(text: &str) -> Option<Clause> {
    let found = parts(&DEFINES, text)?;
    let [name, over, under] = [1, 2, 3].map(|index| part(&found, index).to_owned());
    let named = [&name, &over, &under].iter().all(|name| is_figure(name)) && !name.contains("得分");
    named.then_some(Clause::Defines { name, over, under })
}

/// 得分=按时签订合同数÷应签订合同数×2分.
fn quotient(text: &str) -> Option<Clause> {
    let found = parts(&QUOTIENT, text)?;
    let [over, under] = [1, 2].map(|index| part(&found, index).to_owned());
    let points = match part(&found, 3) {
        "" => Gets::Full,
        points => Gets::points(points)?,
    };
    (is_figure(&over) && is_figure(&under)).then_some(Clause::Quotient { over, under, points })
}

fn is_figure(name: &str) -> bool {
    name.chars().count() > 1 && name.chars().count() <= 24 && !is_vague(name) && !name.contains(['扣', '每', '得'])
}

/// 低于100%的，按执行率×10分计分: what is below a limit, in proportion to it.
fn below(text: &str) -> Option<Clause> {
    let found = parts(&BELOW, text)?;
    let limit = Amount::new(part(&found, 2), part(&found, 3)).filter(Amount::is_percent)?;
    let subjects = [1, 4].map(|index| subject(part(&found, index)));
    let divisor = Some(part(&found, 5)).filter(|text| !text.is_empty()).unwrap_or("100");
    let whole = Amount::new(divisor, "%")?.number == limit.number;
    let points = match part(&found, 6) {
        "" => Gets::Full,
        points => Gets::points(points)?,
    };
    let named = subjects.iter().all(|name| is_subject(name)) && subjects.get(1).is_some_and(|name| !name.is_empty());
    (whole && named).then(|| Clause::BelowTimes { subjects: subjects.into(), limit, points })
}

/// 每发表1篇得0.5分.
fn earns(text: &str) -> Option<Clause> {
    let found = parts(&EARNS, text)?;
    let what = part(&found, 1).to_owned();
    let open = is_vague(&what) || ["符合", "满足", "达到", "不", "未"].iter().any(|word| what.contains(word));
    let each = Gets::points(part(&found, 2)).filter(super::above_nought)?;
    (!open).then_some(Clause::EarnsPer { what, each })
}

fn bare_otherwise(text: &str) -> Option<Clause> {
    let found = parts(&BARE_OTHERWISE, text)?;
    Some(Clause::Otherwise { gets: Gets::points(part(&found, 1))? })
}

/// 有财务制度1分: a requirement with its points behind it.
fn bare_points(text: &str) -> Option<Clause> {
    let found = parts(&BARE_POINTS, text)?;
    let condition = part(&found, 1);
    let open = [
        "得", "计", "记", "给", "赋", "扣", "减", "加", "第", "满", "共", "约", "为", "至", "到", "各", "均", "超过",
        "低于", "不足",
    ]
    .iter()
    .any(|word| condition.ends_with(word));
    let gets = Gets::points(part(&found, 2))?;
    if open { None } else { when(condition, gets) }
}

fn each(left: &str, gets: &Gets) -> Option<Clause> {
    let fits = |pattern: &Pattern| parts(pattern, left).is_some();
    if fits(&OTHERWISE) {
        return Some(Clause::Otherwise { gets: gets.clone() });
    }
    if fits(&ALL_MET) {
        return Some(Clause::AllMet { gets: gets.clone() });
    }
    if fits(&EACH_TAIL) || parts(&EACH_MET, left).is_some_and(|found| part(&found, 1) == "1") {
        return Some(Clause::EachMet { gets: gets.clone() });
    }
    None
}

fn times(text: &str) -> Option<Clause> {
    let found = parts(&TIMES, text).or_else(|| parts(&BY_TIMES, text))?;
    let name = [1, 4].map(|index| part(&found, index)).into_iter().find(|name| !name.is_empty())?;
    let name = subject(name);
    let points = [2, 3].map(|index| part(&found, index)).into_iter().find(|points| !points.is_empty());
    let target = match points {
        Some(points) => Some(Amount::new(points, "分")?),
        None => None,
    };
    (is_subject(&name) && name.chars().count() > 1).then_some(Clause::Times { subject: name, target })
}

/// Splits what a clause gives from when it does.
fn split(text: &str) -> Option<(&str, Gets)> {
    let found = parts(&GETS, text)?;
    let left = part(&found, 1);
    if left.ends_with(['扣', '减', '加', '不']) || left.is_empty() {
        return None;
    }
    let points = [2, 3].map(|index| part(&found, index)).into_iter().find(|points| !points.is_empty());
    let gets = match points {
        Some(points) => Gets::points(points)?,
        None if found.get(5).is_some() => Gets::points("0")?,
        None if !part(&found, 6).is_empty() => Gets::Part(part(&found, 6).to_owned()),
        None if found.get(8).is_some() => Gets::NotApplicable,
        None => Gets::Full,
    };
    Some((left, gets))
}

/// A range with the figure before it: the shortest name that leaves a range.
fn band(left: &str, gets: &Gets) -> Option<Clause> {
    let starts = left.char_indices().map(|(at, _)| at);
    for at in starts {
        let (name, rest) = left.split_at_checked(at)?;
        if name.chars().any(|c| c.is_ascii_digit() || "≥≤<>=[(,".contains(c)) {
            return None;
        }
        if let Some(range) = range(rest.strip_suffix('时').unwrap_or(rest)) {
            let subject = subject(name);
            return is_subject(&subject).then_some(Clause::Band { subject, range, gets: gets.clone() });
        }
    }
    None
}

/// A condition in words of its own, to be answered with yes or no.
fn when(left: &str, gets: Gets) -> Option<Clause> {
    let condition = left.trim_end_matches(['的', ',', ':']);
    let condition =
        ["若", "如果", "当", "凡"].iter().find_map(|word| condition.strip_prefix(word)).unwrap_or(condition);
    let length = condition.chars().count();
    let signs = condition.chars().any(|c| c.is_ascii_digit() || ",;:%≥≤<>=×÷+()[]~".contains(c));
    let open = ["每", "最多", "最高", "扣", "按比例", "得分", "分别", "其中", "任一", "任意", "任何", "共"]
        .iter()
        .any(|word| condition.contains(word));
    let fits = (1..=40).contains(&length) && !signs && !open && !is_vague(condition);
    fits.then(|| Clause::When { condition: condition.to_owned(), gets })
}
