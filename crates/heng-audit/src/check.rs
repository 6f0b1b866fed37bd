//! The checks: each module looks at one way in which a document can disagree with itself.

pub(crate) mod aside;
pub(crate) mod average;
pub(crate) mod balance;
pub(crate) mod budget;
pub(crate) mod chain;
pub(crate) mod claim;
pub(crate) mod column;
pub(crate) mod conflict;
pub(crate) mod continued;
pub(crate) mod count;
pub(crate) mod deadline;
pub(crate) mod deduct;
pub(crate) mod difference;
pub(crate) mod formula;
pub(crate) mod grade;
pub(crate) mod growth;
pub(crate) mod heading;
pub(crate) mod leftover;
pub(crate) mod levels;
pub(crate) mod order;
pub(crate) mod quotient;
pub(crate) mod ratio;
pub(crate) mod repeat;
pub(crate) mod row;
pub(crate) mod score;
pub(crate) mod share;
pub(crate) mod shares;
pub(crate) mod sheet;
pub(crate) mod staff;
pub(crate) mod swap;
pub(crate) mod table;
pub(crate) mod total;
pub(crate) mod unit;

use heng_diag::Diagnostic;

use crate::graph::Graph;

/// A check: what it finds.
pub(crate) type Check = fn(&Graph) -> Vec<Diagnostic>;

/// All checks, in the order in which a reader wants to know.
pub(crate) const CHECKS: [Check; 16] = [
    total::check,
    table::check,
    share::check,
    ratio::check,
    growth::check,
    conflict::check,
    balance::check,
    budget::check,
    staff::check,
    count::check,
    score::check,
    sheet::check,
    repeat::check,
    heading::check,
    deadline::check,
    leftover::check,
];

/// Checks that go by roles and arithmetic alone. They come after the others: what those have said of a figure
/// stands.
pub(crate) const GENERAL: [Check; 14] = [
    unit::check,
    deduct::check,
    column::check,
    row::check,
    formula::check,
    quotient::check,
    average::check,
    difference::check,
    grade::check,
    order::check,
    claim::check,
    aside::check,
    levels::check,
    shares::check,
];
