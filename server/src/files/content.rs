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
    let name = || name.as_str().to_owned();
    if begins(path, b"PK\x03\x04") {
        let mut archive = open(path).map_err(refuse)?;
        let kind = packed(&mut archive).map_err(refuse)?;
        let kind = kind.ok_or_else(|| refuse(Fault::NotTaken { name: name() }))?;
        unpack(path, &mut archive, kind).map_err(refuse)?;
        return Ok(kind);
    }
    let found = if begins(path, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        compound(path)
    } else {
        FileFormat::from_file(path).map_or(Found::NotTaken, kind)
    };
    match found {
        Found::Kind(kind) => Ok(kind),
        Found::Locked => Err(refuse(Fault::FileLocked { name: name() })),
        Found::Heic => Err(refuse(Fault::NotTakenHeic { name: name() })),
        Found::Picture => Err(refuse(Fault::NotTakenPicture { name: name() })),
        Found::Archive => Err(refuse(Fault::NotTakenArchive { name: name() })),
        Found::NotTaken => Err(refuse(Fault::NotTaken { name: name() })),
    }
}

enum Found {
    Kind(FileKind),
    Locked,
    Heic,
    Picture,
    Archive,
    NotTaken,
}

fn kind(format: FileFormat) -> Found {
    Found::Kind(match format {
        FileFormat::PortableDocumentFormat => FileKind::Pdf,
        FileFormat::JointPhotographicExpertsGroup => FileKind::Jpeg,
        FileFormat::PortableNetworkGraphics => FileKind::Png,
        FileFormat::GraphicsInterchangeFormat => FileKind::Gif,
        FileFormat::Webp => FileKind::Webp,
        FileFormat::HighEfficiencyImageCoding
        | FileFormat::HighEfficiencyImageCodingSequence
        | FileFormat::HighEfficiencyImageFileFormat
        | FileFormat::HighEfficiencyImageFileFormatSequence => return Found::Heic,
        FileFormat::WindowsBitmap
        | FileFormat::TagImageFileFormat
        | FileFormat::Av1ImageFileFormat
        | FileFormat::ScalableVectorGraphics
        | FileFormat::AdobePhotoshopDocument => return Found::Picture,
        FileFormat::RoshalArchive
        | FileFormat::SevenZip
        | FileFormat::TapeArchive
        | FileFormat::Gzip => return Found::Archive,
        _ => return Found::NotTaken,
    })
}

/// The older formats of Office, by the streams that their programs read, and a newer one
/// under a password ([MS-OFFCRYPTO] 2.3.4).
fn compound(path: &Path) -> Found {
    let Ok(file) = cfb::open(path) else {
        return Found::NotTaken;
    };
    let names: Vec<String> = file
        .read_root_storage()
        .map(|entry| entry.name().to_owned())
        .collect();
    let holds = |name: &str| names.iter().any(|one| one.eq_ignore_ascii_case(name));
    if holds("EncryptedPackage") {
        Found::Locked
    } else if holds("WordDocument") {
        Found::Kind(FileKind::Doc)
    } else if holds("Workbook") || holds("Book") {
        Found::Kind(FileKind::Xls)
    } else if holds("PowerPoint Document") {
        Found::Kind(FileKind::Ppt)
    } else {
        Found::NotTaken
    }
}

type Archive = ZipArchive<BufReader<File>>;

fn begins(path: &Path, with: &[u8]) -> bool {
    let mut begin = vec![0; with.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut begin));
    read.is_ok() && begin == with
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

/// Bytes of a list of content types at most.
const TYPES: u64 = 1024 * 1024;

/// What an archive is: a package of Office says it in its list of content types (ECMA-376
/// part 2), wherever its parts lie. `None` for packages that are not taken, such as those
/// with macros.
fn packed(archive: &mut Archive) -> Result<Option<FileKind>, Fault> {
    let mut place = |name: &str| {
        (0..archive.len()).find(|index| {
            let entry = archive.by_index_raw(*index);
            entry.is_ok_and(|entry| entry.name_raw().eq_ignore_ascii_case(name.as_bytes()))
        })
    };
    let Some(types) = place("[Content_Types].xml") else {
        let is_ofd = place("OFD.xml").is_some();
        return Ok(Some(if is_ofd { FileKind::Ofd } else { FileKind::Zip }));
    };
    let macros = ["word", "xl", "ppt"].map(|folder| format!("{folder}/vbaProject.bin"));
    let has_macros = macros.iter().any(|part| place(part).is_some());
    let broken = |_| Fault::ArchiveBroken;
    let entry = match archive.by_index(types) {
        Err(zip::result::ZipError::UnsupportedArchive(_)) => return Err(Fault::ArchiveLocked),
        entry => entry.map_err(|_| Fault::ArchiveBroken)?,
    };
    let mut said = Vec::new();
    entry.take(TYPES).read_to_end(&mut said).map_err(broken)?;
    let said = String::from_utf8_lossy(&said).to_ascii_lowercase();
    if has_macros || said.contains("vbaproject") {
        return Ok(None);
    }
    let main = |kind: &str| {
        let office = "application/vnd.openxmlformats-officedocument.";
        said.contains(&format!("\"{office}{kind}.main+xml\""))
    };
    Ok(if main("wordprocessingml.document") {
        Some(FileKind::Docx)
    } else if main("spreadsheetml.sheet") {
        Some(FileKind::Xlsx)
    } else if main("presentationml.presentation") {
        Some(FileKind::Pptx)
    } else if said.contains("vnd.openxmlformats") || said.contains("vnd.ms-") {
        None
    } else {
        // An archive that happens to have an entry of that name.
        Some(FileKind::Zip)
    })
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
