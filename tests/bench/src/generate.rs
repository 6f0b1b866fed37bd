//! The reference workload as files.

use std::io::{self, Write};

use crate::department::{AMOUNTS, COUNTS, DATES, Department, FLAGS, INFO, SOCIAL, TYPES};

/// The seed of the published figures.
pub const SEED: u64 = 20_261_124;

/// Writes `count` departments as comma-separated values.
pub fn csv(out: &mut impl Write, seed: u64, count: u64) -> io::Result<()> {
    write!(out, "dept_id,dept_name,dept_type,region,info_grade,social_grade")?;
    for name in AMOUNTS {
        let unit = if name == "survey_score" { "" } else { "(万元)" };
        write!(out, ",{name}{unit}")?;
    }
    for name in COUNTS.iter().chain(&DATES).chain(&FLAGS) {
        write!(out, ",{name}")?;
    }
    writeln!(out, ",sub[t(万元):a(万元)]")?;
    for number in 0..count {
        row(out, &Department::new(seed, number))?;
    }
    out.flush()
}

fn row(out: &mut impl Write, department: &Department) -> io::Result<()> {
    let Department { number, words: [kind, region, info, social], .. } = department;
    let word = |words: &[&'static str], at: &usize| words.get(*at).copied().unwrap_or_default();
    let (kind, info, social) = (word(&TYPES, kind), word(&INFO, info), word(&SOCIAL, social));
    write!(out, "D{number:07},测试部门第{number}号,{kind},R{region:02},{info},{social}")?;
    for amount in department.amounts {
        write!(out, ",{}.{:02}", amount / 100, amount % 100)?;
    }
    for count in department.counts {
        write!(out, ",{count}")?;
    }
    for date in department.dates {
        match date {
            0 => write!(out, ",")?,
            days => write!(out, ",{}", civil(days))?,
        }
    }
    for flag in department.flags {
        write!(out, ",{flag}")?;
    }
    for (position, [target, actual]) in department.sub.iter().enumerate() {
        let mark = if position == 0 { ',' } else { '|' };
        write!(out, "{mark}{}.{:02}:{}.{:02}", target / 100, target % 100, actual / 100, actual % 100)?;
    }
    writeln!(out)
}

/// A day since 1970 as `2025-01-01`.
fn civil(days: i64) -> String {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        assert_eq!(civil(0), "1970-01-01");
        assert_eq!(civil(20_089), "2025-01-01");
        assert_eq!(civil(19_782), "2024-02-29");
    }

    #[test]
    fn smaller_sets_are_prefixes() {
        let (mut few, mut many) = (Vec::new(), Vec::new());
        csv(&mut few, SEED, 3).unwrap();
        csv(&mut many, SEED, 9).unwrap();
        assert!(many.starts_with(&few));
        assert_ne!(few.len(), many.len());
    }
}
