//! Engine and oracle on generated rules and facts.

use std::cell::Cell;

use proptest::test_runner::TestCaseError;

use crate::{
    draw::{cases, run},
    facts::{States, facts},
    rules::{Wish, rules},
    score::{Said, compile, engine, oracle},
};

/// Where the two differ, said so that a person can decide who is wrong.
fn difference(program: &heng_model::Program, engine: &Said, oracle: &Said) -> String {
    let mut text = format!("grade: engine {:?}, oracle {:?}\n", engine.1, oracle.1);
    for ((node, engine), oracle) in program.nodes.iter().zip(&engine.0).zip(&oracle.0) {
        let sign = if engine == oracle { " " } else { "≠" };
        text += &format!("{sign} {}: engine {engine}, oracle {oracle}\n", node.name);
    }
    text
}

fn agree(states: bool) -> impl Fn(&heng_model::Program, &str, &[u16]) -> Result<(), TestCaseError> {
    move |program, text, supply| {
        let facts = facts(program, supply, States(states));
        let (engine, oracle) = (engine(program, &facts), oracle(program, &facts));
        if engine == oracle {
            return Ok(());
        }
        let difference = difference(program, &engine, &oracle);
        let known: Vec<String> = program
            .schema
            .iter()
            .map(|(id, field)| match facts.entry(id) {
                Some(heng_model::facts::Entry::Scalar(cell)) => format!("{}: {:?} {:?}", field.dotted(), cell.value, cell.state),
                Some(heng_model::facts::Entry::Table(table)) => {
                    let rows = table.rows.iter().map(|row| {
                        row.iter().map(|cell| format!("{:?} {:?}; ", cell.value, cell.state)).collect::<String>()
                    });
                    format!("{}: {:?}\n  {}", field.dotted(), table.state, rows.collect::<Vec<_>>().join("\n  "))
                }
                None => String::new(),
            })
            .collect();
        Err(TestCaseError::fail(format!("{text}\n{}\n{difference}", known.join("\n"))))
    }
}

#[test]
fn the_engine_and_the_oracle_agree() {
    let (all, read) = (Cell::new(0u32), Cell::new(0u32));
    let check = |states: bool| {
        let agree = agree(states);
        let (all, read) = (&all, &read);
        move |rule_supply: &[u16], fact_supply: &[u16]| {
            let text = rules(rule_supply, Wish::default());
            all.set(all.get() + 1);
            match compile(&text) {
                Err(errors) => {
                    if std::env::var_os("HENG_ORACLE_SHOW").is_some() {
                        println!("{errors}\n");
                    }
                    Ok(())
                }
                Ok(program) => {
                    read.set(read.get() + 1);
                    agree(&program, &text, fact_supply)
                }
            }
        }
    };
    run(1, cases(150), check(true));
    run(2, cases(100), check(false));
    assert!(read.get() * 5 >= all.get() * 4, "only {} of {} generated rule texts compile", read.get(), all.get());
}
