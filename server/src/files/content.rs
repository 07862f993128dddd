//! What a file is, by its content: never by its name, or by what a browser says of it.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

use domain::attachment::{Entry, UNPACKED, inspect};
use domain::{Fault, Field, FieldFault, FileKind, FileName};
use file_format::FileFormat;
use zip::ZipArchive;

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
    let format = FileFormat::from_file(path).map_err(|_| not_taken())?;
    let mut kind = kind(format).ok_or_else(not_taken)?;
    if kind == FileKind::Zip && is_ofd(path) {
        kind = FileKind::Ofd;
    }
    let kind = kind.fits(name)?;
    if kind.is_archive() {
        unpack(path, kind).map_err(refuse)?;
    }
    Ok(kind)
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
        FileFormat::OfficeOpenXmlDocument => FileKind::Docx,
        FileFormat::OfficeOpenXmlSpreadsheet => FileKind::Xlsx,
        FileFormat::OfficeOpenXmlPresentation => FileKind::Pptx,
        FileFormat::Zip => FileKind::Zip,
        _ => return None,
    })
}

fn is_ofd(path: &Path) -> bool {
    let archive = File::open(path)
        .ok()
        .and_then(|file| ZipArchive::new(file).ok());
    archive.is_some_and(|archive| archive.index_for_name("OFD.xml").is_some())
}

/// Reads what the archive says of itself, then unpacks it into nothing: what it says is
/// not believed.
fn unpack(path: &Path, kind: FileKind) -> Result<(), Fault> {
    let broken = || Fault::ArchiveBroken;
    let file = File::open(path).map_err(|_| broken())?;
    let size = file.metadata().map_err(|_| broken())?.len();
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| broken())?;
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| broken())?;
        entries.push(Entry {
            // Many archives say their names in GBK and do not say so.
            name: String::from_utf8_lossy(entry.name_raw()).into_owned(),
            size: entry.size(),
            locked: entry.encrypted(),
        });
    }
    inspect(kind, size, &entries)?;
    let locked = entries.iter().any(|entry| entry.locked);
    let unpacked = if locked { 0 } else { unpacked(&mut archive)? };
    let said: u64 = entries.iter().map(|entry| entry.size).sum();
    if !locked && unpacked != said {
        return Err(Fault::ArchiveBroken);
    }
    Ok(())
}

fn unpacked<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<u64, Fault> {
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
