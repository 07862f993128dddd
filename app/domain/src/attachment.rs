//! 附件: files that hang on what is said in an order's history, and are seen by
//! whoever sees that.

use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use crate::codes::codes;
use crate::refusal::{Fault, Field, FieldFault};
use crate::text::Line;

pub type AttachmentId = i64;

/// Attachments of one message at most.
pub const MOST: usize = 20;

/// A file of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub id: AttachmentId,
    pub name: FileName,
    pub kind: FileKind,
    /// In bytes.
    pub size: u64,
    /// SHA-256 of its content in hexadecimal digits: where it lies, and what it must be.
    pub digest: String,
}

/// A name without folders, and without what would make it look like another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FileName(Line<{ FileName::LONGEST }>);

/// What a file is by its content. Nothing else is taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FileKind {
    Pdf,
    Jpeg,
    Png,
    Gif,
    Webp,
    Doc,
    Docx,
    Xls,
    Xlsx,
    Ppt,
    Pptx,
    /// 版式文档, GB/T 33190.
    Ofd,
    Zip,
}

codes!(FileKind);

impl FileName {
    /// Characters at most.
    pub const LONGEST: usize = 120;

    pub fn parse(name: &str) -> Result<Self, FieldFault> {
        let field = Field::Attachments;
        let line = Line::parse(field, name)?;
        let text = line.as_str();
        let has_folder = text.contains(['/', '\\', ':', '\0']);
        if has_folder || text.starts_with('.') || text.ends_with('.') {
            let fault = Fault::NotAFileName;
            return Err(FieldFault { field, fault });
        }
        Ok(Self(line))
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    fn extension(&self) -> String {
        let name = self.as_str();
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        extension.to_ascii_lowercase()
    }
}

impl FileKind {
    /// What content of this kind is called: a name that says something else gets the
    /// ending by which it opens. Programs of WPS write the formats of Office under endings
    /// of their own.
    pub fn named(self, name: FileName) -> Result<FileName, FieldFault> {
        let extension = name.extension();
        if self.endings().contains(&extension.as_str()) {
            return Ok(name);
        }
        let text = name.as_str();
        let is_of_another = extension == "heic"
            || Self::ALL
                .into_iter()
                .any(|kind| kind.endings().contains(&extension.as_str()));
        let stem = match text.rsplit_once('.') {
            Some((stem, _)) if is_of_another && !stem.is_empty() => stem,
            _ => text,
        };
        let ending = self.endings()[0];
        let room = FileName::LONGEST - ending.len() - 1;
        let stem: String = stem.chars().take(room).collect();
        FileName::parse(&format!("{}.{ending}", stem.trim_end()))
    }

    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg", "jfif", "jpe"],
            Self::Png => &["png"],
            Self::Gif => &["gif"],
            Self::Webp => &["webp"],
            Self::Doc => &["doc", "wps"],
            Self::Docx => &["docx"],
            Self::Xls => &["xls", "et"],
            Self::Xlsx => &["xlsx"],
            Self::Ppt => &["ppt", "dps"],
            Self::Pptx => &["pptx"],
            Self::Ofd => &["ofd"],
            Self::Zip => &["zip"],
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Doc => "application/msword",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xls => "application/vnd.ms-excel",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ppt => "application/vnd.ms-powerpoint",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Ofd => "application/ofd",
            Self::Zip => "application/zip",
        }
    }

    pub fn is_image(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Gif | Self::Webp)
    }

    /// Whether a browser shows it by itself.
    pub fn has_preview(self) -> bool {
        self.is_image() || self == Self::Pdf
    }

    /// Whether it is an archive inside: looked into before it is taken.
    pub fn is_archive(self) -> bool {
        matches!(
            self,
            Self::Docx | Self::Xlsx | Self::Pptx | Self::Ofd | Self::Zip
        )
    }
}

/// Something that an archive holds, as it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    /// Unpacked, in bytes.
    pub size: u64,
    pub locked: bool,
}

/// What an archive unpacks to at most, in bytes.
pub const UNPACKED: u64 = 500 * 1024 * 1024;
pub const ENTRIES: usize = 10_000;
/// How many times its size an archive unpacks to at most, past the first megabytes.
const RATIO: u64 = 200;
const NEGLIGIBLE: u64 = 10 * 1024 * 1024;

/// Whether an archive of `size` bytes can be taken: no bomb, nothing that unpacks
/// outside its folder, no archive within.
pub fn inspect(kind: FileKind, size: u64, entries: &[Entry]) -> Result<(), Fault> {
    let unpacked = entries
        .iter()
        .fold(0_u64, |sum, entry| sum.saturating_add(entry.size));
    let bursts = unpacked > UNPACKED || entries.len() > ENTRIES;
    if bursts || (unpacked > NEGLIGIBLE && unpacked / size.max(1) > RATIO) {
        return Err(Fault::ArchiveBursts);
    }
    let escapes = |entry: &Entry| {
        let name = &entry.name;
        let parts = name.split(['/', '\\']);
        name.starts_with(['/', '\\']) || name.contains(':') || parts.into_iter().any(|p| p == "..")
    };
    if entries.iter().any(escapes) {
        return Err(Fault::ArchiveEscapes);
    }
    if entries.iter().any(|entry| entry.locked) {
        return Err(Fault::ArchiveLocked);
    }
    if kind != FileKind::Zip {
        return Ok(());
    }
    let packed = [
        "zip", "rar", "7z", "gz", "tgz", "bz2", "xz", "tar", "jar", "iso", "cab",
    ];
    let is_archive = |entry: &Entry| {
        let name = entry.name.trim_end().to_ascii_lowercase();
        name.rsplit_once('.')
            .is_some_and(|(_, end)| packed.contains(&end))
    };
    if entries.iter().any(is_archive) {
        return Err(Fault::ArchiveInArchive);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_folder_and_nothing_hidden() {
        for right in ["用电负荷说明.pdf", "scan 1.JPG", "平面图（二）.dwg.zip"] {
            assert!(FileName::parse(right).is_ok(), "{right}");
        }
        for wrong in [
            "",
            "../passwd",
            "a/b.pdf",
            "a\\b.pdf",
            "c:x.pdf",
            ".htaccess",
            "name.",
            "invoice\u{202E}fdp.exe",
        ] {
            assert!(FileName::parse(wrong).is_err(), "{wrong:?}");
        }
        assert!(FileName::parse(&format!("{}.pdf", "长".repeat(117))).is_err());
    }

    #[test]
    fn a_name_says_what_the_content_is() {
        let long = format!("{}.pdf", "长".repeat(116));
        for (kind, name, called) in [
            (FileKind::Pdf, "说明.PDF", "说明.PDF"),
            (FileKind::Doc, "请示.wps", "请示.wps"),
            (FileKind::Jpeg, "微信图片.jfif", "微信图片.jfif"),
            (FileKind::Jpeg, "IMG_0001.HEIC", "IMG_0001.jpg"),
            (FileKind::Zip, "说明.pdf", "说明.zip"),
            (FileKind::Pdf, "说明", "说明.pdf"),
            (FileKind::Pdf, "第1.2节", "第1.2节.pdf"),
            (FileKind::Pdf, "a.exe", "a.exe.pdf"),
            (FileKind::Docx, &long, &format!("{}.docx", "长".repeat(115))),
        ] {
            let named = FileName::parse(name).and_then(|name| kind.named(name));
            let named = named.map(|name| name.as_str().to_owned());
            assert_eq!(named.as_deref(), Ok(called), "{name}");
        }
        for kind in FileKind::ALL {
            assert_eq!(FileKind::parse(kind.code()), Some(kind));
        }
    }

    #[test]
    fn an_archive_is_no_bomb_and_holds_no_other() {
        let entry = |name: &str, size| Entry {
            name: name.into(),
            size,
            locked: false,
        };
        let taken = |entries: &[Entry]| inspect(FileKind::Zip, 1_000_000, entries);
        assert_eq!(taken(&[entry("图纸/一层.dwg", 5_000_000)]), Ok(()));
        assert_eq!(
            taken(&[entry("a", UNPACKED + 1)]),
            Err(Fault::ArchiveBursts)
        );
        assert_eq!(taken(&[entry("a", 300_000_000)]), Err(Fault::ArchiveBursts));
        let many = vec![entry("a", 1); ENTRIES + 1];
        assert_eq!(taken(&many), Err(Fault::ArchiveBursts));
        for wrong in ["../a", "a/../../b", "/etc/passwd", "c:\\a", "a\\..\\b"] {
            assert_eq!(
                taken(&[entry(wrong, 1)]),
                Err(Fault::ArchiveEscapes),
                "{wrong}"
            );
        }
        assert_eq!(taken(&[entry("内.ZIP", 1)]), Err(Fault::ArchiveInArchive));
        let locked = Entry {
            locked: true,
            ..entry("a", 1)
        };
        assert_eq!(taken(&[locked]), Err(Fault::ArchiveLocked));
        let inner = [entry("word/media/a.zip", 1)];
        assert_eq!(
            inspect(FileKind::Docx, 1_000, &inner),
            Ok(()),
            "as Office packs it"
        );
    }
}
