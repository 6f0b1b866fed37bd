//! Containers of the time before docx and xlsx, in which encrypted files come too. Their entries have names,
//! and these say what the file is; nothing else of them is looked at.

use crate::Broken;

/// How such a file begins.
const COMPOUND: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];

/// How long an entry is, and where it can stand.
const ENTRY: usize = 128;

/// How many entries are looked at.
const MOST_ENTRIES: usize = 1 << 20;

/// What a file of the old format is; none where it is no such file.
pub(crate) fn what(bytes: &[u8]) -> Option<Broken> {
    if !bytes.starts_with(&COMPOUND) {
        return None;
    }
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        bytes.chunks(ENTRY).take(MOST_ENTRIES).any(|entry| entry.starts_with(&wide))
    };
    Some(match () {
        () if has("EncryptedPackage") || has("EncryptionInfo") => Broken::Locked,
        () if has("WordDocument") => Broken::OldDocument,
        () if has("Workbook") || has("Book") => Broken::OldWorkbook,
        () => Broken::OldOrLocked,
    })
}
