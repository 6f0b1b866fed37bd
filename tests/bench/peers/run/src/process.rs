//! One process: what it prints, what it costs.

use std::{
    fs::File,
    io,
    path::Path,
    process::{Command, Stdio},
};

use wait4::Wait4;

/// What a run cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// Seconds of the processor, of the process and what it started.
    pub cpu: f64,
    /// The most memory, in megabytes.
    pub memory: f64,
    /// Whether it ended well.
    pub well: bool,
}

/// Runs a command; what it prints goes to a file.
pub fn run(command: &mut Command, out: &Path) -> io::Result<Cost> {
    let mut child = command.stdin(Stdio::null()).stdout(File::create(out)?).stderr(Stdio::null()).spawn()?;
    let ended = child.wait4()?;
    let cpu = (ended.rusage.utime + ended.rusage.stime).as_secs_f64();
    Ok(Cost { cpu, memory: ended.rusage.maxrss as f64 / 1e6, well: ended.status.success() })
}
