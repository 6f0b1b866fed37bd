//! A department as zen wants it.

use peer::{
    Department,
    department::{AMOUNTS, COUNTS, DATES, FLAGS, INFO, SOCIAL, TYPES},
};
use rust_decimal::Decimal;
use zen_expression::variable::Variable;

/// The department as an object of zen.
pub fn facts(department: &Department) -> Variable {
    let object = Variable::empty_object();
    let number = |name: &str, number: Decimal| drop(object.dot_insert(name, Variable::Number(number)));
    let [kind, _, openness, effect] = department.words;
    for (name, word) in [("dept_type", TYPES[kind]), ("info_grade", INFO[openness]), ("social_grade", SOCIAL[effect])] {
        object.dot_insert(name, Variable::String(word.into()));
    }
    AMOUNTS.iter().zip(department.amounts).for_each(|(name, cents)| number(name, Decimal::new(cents, 2)));
    COUNTS.iter().zip(department.counts).for_each(|(name, count)| number(name, Decimal::from(count)));
    DATES.iter().zip(department.dates).for_each(|(name, day)| number(name, Decimal::from(day)));
    for (name, flag) in FLAGS.iter().zip(department.flags) {
        object.dot_insert(name, Variable::Bool(flag));
    }
    let row = |[target, actual]: &[i64; 2]| {
        let row = Variable::empty_object();
        row.dot_insert("t", Variable::Number(Decimal::new(*target, 2)));
        row.dot_insert("a", Variable::Number(Decimal::new(*actual, 2)));
        row
    };
    object.dot_insert("sub", Variable::from_array(department.sub.iter().map(row).collect()));
    object
}

/// Hundredths of points.
pub fn cents(points: Decimal) -> i64 {
    let mut points = points;
    points.rescale(2);
    points.mantissa() as i64
}
