//! Compiled programs as JSON, so that a pack can be scored where there is no parser.

use heng_diag::Diagnostic;
use heng_model::Program;
use serde::{Deserialize, Serialize};

use super::references;
use crate::wording;

/// The version that is written, and the only one that is read.
const VERSION: &str = "program/1";

/// The largest program that is read.
const MOST_BYTES: usize = 64 << 20;

#[derive(Serialize)]
struct Written<'p> {
    heng: &'static str,
    program: &'p Program,
}

/// Every program says its version, whatever else it holds.
#[derive(Deserialize)]
struct Versioned {
    heng: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(rename = "heng")]
    _version: String,
    program: Program,
}

/// The program as JSON: the same program gives the same bytes.
///
/// # Shape
/// `{"heng":"program/1","program":{…}}`.
#[must_use]
pub fn program_to_json(program: &Program) -> String {
    // A program has no maps and no numbers of its own in JSON, so writing it cannot fail.
    serde_json::to_string(&Written { heng: VERSION, program }).unwrap_or_default()
}

/// Reads a program that [`program_to_json`] wrote.
///
/// # Errors
/// A diagnostic without a place: another kind or version, a damaged form, or a reference that leads
/// outside the program. What passes can be scored: nothing in it leads nowhere or round in a circle.
pub fn program_from_json(text: &str) -> Result<Program, Box<Diagnostic>> {
    if text.len() > MOST_BYTES {
        return Err(wording::wire_too_large(MOST_BYTES >> 20).into());
    }
    let damaged = |error: serde_json::Error| Box::new(wording::wire_damaged(&error.to_string()));
    let versioned: Versioned = serde_json::from_str(text).map_err(damaged)?;
    if versioned.heng != VERSION {
        return Err(wording::wire_version(&versioned.heng, VERSION).into());
    }
    let read: Read = serde_json::from_str(text).map_err(damaged)?;
    match references::check(&read.program) {
        Ok(()) => Ok(read.program),
        Err(broken) => Err(wording::wire_reference(broken).into()),
    }
}
