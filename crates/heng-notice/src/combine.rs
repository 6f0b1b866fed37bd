//! From the clauses of a sentence to one block, or to a refusal: what does not fit together is never
//! put together.

mod bands;
mod choice;
mod deduct;
mod list;
mod quotient;
mod yes_no;

use crate::{
    amount::{Amount, Gets},
    clause::{Clause, Partial},
    reading::{Datum, Frame, Guess, Known, Reading, Refusal, Why},
};
use heng_model::Number;

/// What bounds a sentence, said beside its clauses.
#[derive(Default)]
pub(crate) struct Tails {
    pub(crate) till_nothing: bool,
    pub(crate) most_off: Option<Gets>,
    pub(crate) most_gets: Option<Gets>,
    pub(crate) partial: Option<Partial>,
    pub(crate) standard: Option<Amount>,
    /// A ratio that the sentence defines, with what is divided by what.
    pub(crate) defines: Option<[String; 3]>,
}

/// Puts the clauses of a sentence together.
pub(crate) fn combine(clauses: Vec<Clause>, frame: &Frame<'_>) -> Result<Reading, Refusal> {
    let (core, tails) = set_aside(clauses)?;
    let reading = of_core(core, &tails, frame)?;
    match &tails.defines {
        Some(parts) => quotient::defined(reading, parts),
        None => Ok(reading),
    }
}

fn of_core(core: Vec<Clause>, tails: &Tails, frame: &Frame<'_>) -> Result<Reading, Refusal> {
    let has = |test: fn(&Clause) -> bool| core.iter().any(test);
    let deducts = has(|clause| matches!(clause, Clause::Step { .. } | Clause::PerItem { .. }));
    if (tails.till_nothing || tails.most_off.is_some() || tails.partial.is_some())
        && has(|clause| {
            matches!(
                clause,
                Clause::EachMet { .. }
                    | Clause::InProportion
                    | Clause::Times { .. }
                    | Clause::BelowTimes { .. }
                    | Clause::EarnsPer { .. }
            )
        })
    {
        return Err(Refusal::new(Why::Contradiction, Known::Steps, ""));
    }
    let steps = has(|clause| matches!(clause, Clause::Step { .. }));
    if tails.standard.is_some() && !steps {
        return Err(Refusal::new(Why::TwoReadings, Known::Steps, ""));
    }
    match () {
        () if matches!(core.as_slice(), [Clause::Quotient { .. }]) => quotient::times(&core, tails, frame),
        () if core.is_empty() => Err(Refusal::new(Why::Unknown, Known::None, "")),
        () if has(|clause| {
            matches!(
                clause,
                Clause::Item { .. } | Clause::AllMet { .. } | Clause::EachMet { .. } | Clause::EachFails { .. }
            )
        }) =>
        {
            list::list(&core, tails, frame)
        }
        () if deducts => deduct::deduct(&core, tails, frame),
        () if has(|clause| matches!(clause, Clause::TakesOff { .. })) => list::takes_off(&core, tails, frame),
        () if has(|clause| matches!(clause, Clause::EarnsPer { .. })) => list::earns(&core, tails, frame),
        () if has(|clause| {
            matches!(clause, Clause::InProportion | Clause::Times { .. } | Clause::BelowTimes { .. })
        }) =>
        {
            bands::proportion(&core, tails, frame)
        }
        () if tails.till_nothing || tails.most_off.is_some() || tails.partial.is_some() => {
            Err(Refusal::new(Why::Contradiction, Known::Steps, ""))
        }
        () if has(|clause| matches!(clause, Clause::Band { .. })) => bands::bands(&core, tails, frame),
        () => yes_no::yes_no(&core, tails, frame),
    }
}

fn set_aside(clauses: Vec<Clause>) -> Result<(Vec<Clause>, Tails), Refusal> {
    let (mut core, mut tails) = (Vec::new(), Tails::default());
    let twice = || Refusal::new(Why::Contradiction, Known::Steps, "");
    for clause in clauses {
        match clause {
            Clause::TillNothing => tails.till_nothing = true,
            Clause::MostOff { points } if tails.most_off.as_ref().is_none_or(|said| *said == points) => {
                tails.most_off = Some(points)
            }
            Clause::MostGets { points } if tails.most_gets.as_ref().is_none_or(|said| *said == points) => {
                tails.most_gets = Some(points)
            }
            Clause::Defines { name, over, under } if tails.defines.is_none() => {
                tails.defines = Some([name, over, under]);
            }
            Clause::Standard { limit } if tails.standard.is_none() => tails.standard = Some(limit),
            Clause::PartOfStep { partial } if tails.partial.is_none_or(|said| said == partial) => {
                tails.partial = Some(partial)
            }
            Clause::MostOff { .. }
            | Clause::MostGets { .. }
            | Clause::PartOfStep { .. }
            | Clause::Standard { .. }
            | Clause::Defines { .. } => {
                return Err(twice());
            }
            clause => core.push(clause),
        }
    }
    Ok((core, tails))
}

/// The one figure that all clauses speak of.
pub(crate) fn one_subject<'c>(
    subjects: impl Iterator<Item = &'c String>,
    frame: &Frame<'_>,
) -> Result<String, Refusal> {
    const HOLLOW: [&str; 7] = ["比率", "比例", "该比率", "该比例", "指标值", "x", "X"];
    let mut found: Option<&String> = None;
    for subject in subjects.filter(|subject| !subject.is_empty() && !HOLLOW.contains(&subject.as_str())) {
        match found {
            Some(known) if known != subject => {
                return Err(Refusal::new(Why::Subjects, Known::Bands, format!("{known}、{subject}")));
            }
            _ => found = Some(subject),
        }
    }
    Ok(found.map_or(frame.indicator, |subject| subject.as_str()).to_owned())
}

/// Which type an amount with this unit has.
pub(crate) fn guess(amount: &Amount) -> Guess {
    match amount.unit.as_str() {
        "%" | "个百分点" => Guess::Ratio,
        "元" | "万元" | "亿元" => Guess::Money,
        "个自然日" => Guess::Days,
        "个工作日" => Guess::WorkingDays,
        "" | "分" => Guess::Plain,
        _ => Guess::Count,
    }
}

/// A name as a rule file writes it.
pub(crate) fn name(text: &str) -> String {
    let plain =
        text.chars().all(|c| c.is_alphanumeric() || c == '_') && !text.starts_with(|c: char| c.is_ascii_digit());
    let word = crate::KEYWORDS.iter().any(|keyword| keyword.zh == text || keyword.en == text);
    let state = ["迟报", "缺报", "有争议", "无佐证", "不适用"].iter().any(|state| text.starts_with(state));
    if plain && !word && !state { text.to_owned() } else { format!("「{}」", text.replace(['「', '」'], "")) }
}

pub(crate) fn datum(name: &str, guess: Guess) -> Datum {
    Datum { name: name.replace(['「', '」'], ""), guess }
}

/// A condition as a name: without the words that only join it to what it gives.
pub(crate) fn condition_name(text: &str) -> String {
    text.trim_matches(|c: char| ",;:、。".contains(c)).trim_end_matches('的').to_owned()
}

/// The points of something, where they are a number.
pub(crate) fn number_of(gets: &Gets, full: Option<&Number>) -> Option<Number> {
    match gets {
        Gets::Points(number, _) => Some(number.clone()),
        Gets::Full => full.cloned(),
        Gets::Part(percent) => {
            let part: Number = percent.parse().ok()?;
            full.map(|full| &(full * &part) * &Number::ratio(1, 100).unwrap_or(Number::ONE))
        }
        Gets::NotApplicable => None,
    }
}

/// That the most there is to get is the full marks.
pub(crate) fn reaches_full<'g>(
    gets: impl Iterator<Item = &'g Gets>,
    frame: &Frame<'_>,
    known: Known,
) -> Result<(), Refusal> {
    let Some(full) = frame.full else { return Ok(()) };
    let most = gets.filter_map(|gets| number_of(gets, Some(full))).max();
    match most {
        Some(most) if most == *full => Ok(()),
        _ => Err(Refusal::new(Why::Total, known, "")),
    }
}
