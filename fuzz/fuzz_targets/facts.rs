//! Whatever the bytes, facts are read or refused. The first byte chooses the kind of file.
#![no_main]

use heng_data::{FactsFile, read_facts};
use heng_fuzz::SAMPLE;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((kind, bytes)) = data.split_first() else { return };
    let name = ["facts.toml", "facts.json", "facts.csv", "facts.xlsx"][usize::from(kind % 4)];
    let compiled = heng_dsl::compile(&[("sample.heng".to_owned(), SAMPLE.to_owned())]);
    let program = compiled.program.expect("the sample compiles");
    let file = FactsFile { name: name.into(), bytes: bytes.to_vec() };
    let reading = read_facts(&program.schema, &[file]);
    let _ = reading.has_errors();
});
