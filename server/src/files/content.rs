//! What a file is, by its content: never by its name, or by what a browser says of it.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use domain::attachment::{ENTRIES, Entry, UNPACKED, inspect};
use domain::{Fault, Field, FieldFault, FileKind, FileName};
use file_format::FileFormat;
use zip::ZipArchive;

/// Where an archive says what it holds: at most so many bytes, before anything reads it.
const DIRECTORY: u64 = 4 * 1024 * 1024;

/// The kind of a file that has come in whole, once it may stay.
pub fn look_into(path: &Path, name: &FileName) -> Result<FileKind, FieldFault> {
    let refuse = |fault| FieldFault {
        field: Field::Attachments,
        fault,
    };
    let not_taken = || {
        refuse(Fault::NotTaken {
            name: name.as_str().to_owned(),
        })
    };
    if is_archive(path) {
        let mut archive = open(path).map_err(refuse)?;
        let kind = packed(&archive).fits(name)?;
        unpack(path, &mut archive, kind).map_err(refuse)?;
        return Ok(kind);
    }
    let format = FileFormat::from_file(path).map_err(|_| not_taken())?;
    kind(format).ok_or_else(not_taken)?.fits(name)
}

fn kind(format: FileFormat) -> Option<FileKind> {
    Some(match format {
        FileFormat::PortableDocumentFormat => FileKind::Pdf,
        FileFormat::JointPhotographicExpertsGroup => FileKind::Jpeg,
        FileFormat::PortableNetworkGraphics => FileKind::Png,
        FileFormat::GraphicsInterchangeFormat => FileKind::Gif,
        FileFormat::Webp => FileKind::Webp,
        FileFormat::MicrosoftWordDocument => FileKind::Doc,
        FileFormat::MicrosoftExcelSpreadsheet => FileKind::Xls,
        FileFormat::MicrosoftPowerpointPresentation => FileKind::Ppt,
        _ => return None,
    })
}

type Archive = ZipArchive<BufReader<File>>;

fn is_archive(path: &Path) -> bool {
    let mut begins = [0; 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut begins));
    read.is_ok() && begins == *b"PK\x03\x04"
}

/// Opens an archive whose directory is no larger than anybody needs.
fn open(path: &Path) -> Result<Archive, Fault> {
    let broken = |_| Fault::ArchiveBroken;
    let mut file = File::open(path).map_err(broken)?;
    let (entries, directory) = claims(&mut file).ok_or(Fault::ArchiveBroken)?;
    if usize::from(entries) > ENTRIES || u64::from(directory) > DIRECTORY {
        return Err(Fault::ArchiveBursts);
    }
    file.rewind().map_err(broken)?;
    let archive = ZipArchive::new(BufReader::new(file)).map_err(|_| Fault::ArchiveBroken)?;
    // Of two entries with one name only one would be looked at.
    if archive.len() != usize::from(entries) {
        return Err(Fault::ArchiveBroken);
    }
    Ok(archive)
}

/// How many entries its last record says there are, and how long their directory is. A
/// very large archive says 65,535, which is too many in any case.
fn claims(file: &mut File) -> Option<(u16, u32)> {
    const RECORD: usize = 22;
    let length = file.metadata().ok()?.len();
    let from = length.saturating_sub(RECORD as u64 + u64::from(u16::MAX));
    file.seek(SeekFrom::Start(from)).ok()?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail).ok()?;
    let at = tail.windows(4).rposition(|bytes| bytes == b"PK\x05\x06")?;
    let record = tail.get(at..at + RECORD)?;
    let entries = u16::from_le_bytes([record[10], record[11]]);
    let directory = u32::from_le_bytes([record[12], record[13], record[14], record[15]]);
    Some((entries, directory))
}

/// What an archive is, by what every document of that kind holds.
fn packed(archive: &Archive) -> FileKind {
    let holds = |name: &str| archive.index_for_name(name).is_some();
    match holds("[Content_Types].xml") {
        true if holds("word/document.xml") => FileKind::Docx,
        true if holds("xl/workbook.xml") => FileKind::Xlsx,
        true if holds("ppt/presentation.xml") => FileKind::Pptx,
        _ if holds("OFD.xml") => FileKind::Ofd,
        _ => FileKind::Zip,
    }
}

/// Reads what the archive says of itself, then unpacks it into nothing: what it says is
/// not believed.
fn unpack(path: &Path, archive: &mut Archive, kind: FileKind) -> Result<(), Fault> {
    let size = std::fs::metadata(path)
        .map_err(|_| Fault::ArchiveBroken)?
        .len();
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let entry = archive
            .by_index_raw(index)
            .map_err(|_| Fault::ArchiveBroken)?;
        entries.push(Entry {
            // Many archives say their names in GBK and do not say so.
            name: String::from_utf8_lossy(entry.name_raw()).into_owned(),
            size: entry.size(),
            locked: entry.encrypted(),
        });
    }
    inspect(kind, size, &entries)?;
    let said: u64 = entries.iter().map(|entry| entry.size).sum();
    if unpacked(archive)? != said {
        return Err(Fault::ArchiveBroken);
    }
    Ok(())
}

fn unpacked(archive: &mut Archive) -> Result<u64, Fault> {
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| Fault::ArchiveBroken)?;
        let mut entry = entry.take(UNPACKED + 1 - unpacked);
        let read = std::io::copy(&mut entry, &mut std::io::sink());
        unpacked += read.map_err(|_| Fault::ArchiveBroken)?;
        if unpacked > UNPACKED {
            return Err(Fault::ArchiveBursts);
        }
    }
    Ok(unpacked)
}
