//! Attachments.

use crate::lang::{Lang, texts};

texts! {
    LABEL: "附件（选填）", "Attachments (optional)";
    HINT: "可拖入、粘贴或拍照；pdf、图片、Office 或 WPS 文档、OFD、zip", "Drag, paste or take a picture; pdf, images, Office or WPS documents, OFD, zip";
    UPLOAD: "上传所选文件", "Upload what is chosen";
    ORPHANS: "您曾上传以下文件而未提交；这一步现在已不能办理：", "You had sent these files and not gone on; the step is not possible any more:";
    REMOVE: "移除", "Remove";
    NOT_WHOLE: "未传完，请重新选择同一文件继续上传", "not whole: choose the same file again to go on";
    REFUSED: "未能接收，请移除后重试", "It was not taken: remove it and try again";
    GO_ON: "继续上传", "Go on";
    BROKEN: "连接中断，已传部分保留", "The connection broke; what was sent is kept";
    WAIT: "附件还没有传完，请稍候；传不完的请移除。", "Attachments are on their way; please wait, or remove what does not arrive.";
    PREVIEW: "预览", "Preview";
    DOWNLOAD: "下载", "Download";
}

pub fn each(lang: Lang, max: u16) -> String {
    match lang {
        Lang::Zh => format!("，每个不超过 {max} MB"),
        Lang::En => format!(", {max} MB each at most"),
    }
}

/// A size as people say it.
pub fn size(bytes: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = bytes * 10 / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{} MB", tenths(1_048_576)),
    }
}
