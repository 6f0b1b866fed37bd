//! Files appear whole or not at all: written beside their place, then moved into it.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use crate::{exit::Exit, failure::Failure, wording};

/// Writes `bytes` to `folder/name`, making the folder if need be.
pub fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
    let path = folder.join(name);
    let attempt = || -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(".heng-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        // A file that is replaced stays readable and writable for whom it was.
        if let Ok(known) = std::fs::metadata(&path) {
            file.as_file().set_permissions(known.permissions())?;
        }
        file.as_file().sync_all()?;
        file.persist(&path).map_err(|error| error.error)?;
        Ok(())
    };
    attempt().map_err(|error| Failure::general(Exit::Files, wording::unwritable(&path, &error)))?;
    Ok(path)
}
