//! Reading and checking a rule pack, and formatting it, by its length: the time a line takes must not grow.
#![allow(missing_docs, reason = "criterion_group makes a function without one")]

#[path = "../src/pack.rs"]
mod pack;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use heng_dsl::{FormatOptions, compile, format};

const LENGTHS: [usize; 5] = [500, 1_000, 2_500, 5_000, 10_000];

fn by_length(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pack");
    group.sample_size(20);
    for length in LENGTHS {
        let text = pack::text(length);
        let lines = text.lines().count() as u64;
        group.throughput(Throughput::Elements(lines));
        let files = [("pack.heng".to_owned(), text.clone())];
        let found = compile(&files);
        assert!(found.program.is_some() && found.diagnostics.is_empty(), "the pack is sound");
        group.bench_with_input(BenchmarkId::new("check", lines), &files, |bench, files| {
            bench.iter(|| compile(black_box(files)));
        });
        group.bench_with_input(BenchmarkId::new("format", lines), &text, |bench, text| {
            bench.iter(|| format(black_box(text), &FormatOptions { to: None }));
        });
    }
    group.finish();
}

criterion_group!(benches, by_length);
criterion_main!(benches);
