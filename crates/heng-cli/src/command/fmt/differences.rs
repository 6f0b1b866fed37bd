//! Where two texts differ, line by line. Good enough to show a person what formatting would change.

/// How far two texts may run apart before they count as different line by line.
const APART: usize = 40;

/// Lines that differ.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference<'a> {
    /// The line of the old text at which they begin, from 1.
    pub line: usize,
    /// What stood there, each line with its end.
    pub old: Vec<&'a str>,
    /// What stands there now.
    pub new: Vec<&'a str>,
}

/// The places in which two texts differ.
pub fn differences<'a>(old: &'a str, new: &'a str) -> Vec<Difference<'a>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let mut found: Vec<Difference<'a>> = Vec::new();
    let (mut i, mut j, mut open) = (0, 0, false);
    while i < old.len() || j < new.len() {
        if i < old.len() && old.get(i) == new.get(j) {
            (i, j, open) = (i + 1, j + 1, false);
            continue;
        }
        if !open {
            found.push(Difference { line: i + 1, old: Vec::new(), new: Vec::new() });
            open = true;
        }
        let (gone, come) = apart(old.get(i..).unwrap_or_default(), new.get(j..).unwrap_or_default());
        if let Some(place) = found.last_mut() {
            place.old.extend(old.iter().skip(i).take(gone));
            place.new.extend(new.iter().skip(j).take(come));
        }
        (i, j) = (i + gone, j + come);
    }
    found
}

/// How many lines to leave out on either side until the texts meet again.
fn apart(old: &[&str], new: &[&str]) -> (usize, usize) {
    // A brace alone meets its like anywhere, so it counts only where it is the next line of both.
    let meets = |gone: usize, come: usize| {
        old.get(gone).is_some_and(|line| (gone == come || line.trim().len() > 1) && new.get(come) == Some(line))
    };
    (1..APART)
        .find_map(|sum| (0..=sum).map(|gone| (gone, sum - gone)).find(|(gone, come)| meets(*gone, *come)))
        .unwrap_or((1.min(old.len()), 1.min(new.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_again_after_lines_that_come_and_go() {
        let found = differences("一一\n二二\n三三\n四四\n", "一一\n二 二\n三三\n新的\n四四\n");
        let shown: Vec<_> = found.iter().map(|place| (place.line, place.old.concat(), place.new.concat())).collect();
        assert_eq!(shown, [(2, "二二\n".into(), "二 二\n".into()), (4, String::new(), "新的\n".into())]);
        assert_eq!(differences("甲\n", "甲\n"), []);
        assert_eq!(differences("", "甲\n").len(), 1);
        assert_eq!(differences("甲", "甲\n").len(), 1);
        assert_eq!(differences("甲\r\n乙\r\n", "甲\n乙\n").len(), 1);
    }
}
