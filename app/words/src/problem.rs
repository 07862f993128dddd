//! Why a request was not answered, in sentences that help. Refusals of the rules: `refusal`.

use crate::lang::{Lang, texts};

texts! {
    NOT_FOUND: "没有找到，或者不在您的查看范围内。", "It is not there, or not yours to see.";
    NOT_SIGNED_IN: "登录已过期。请登录后再试；如已填写内容，请在新窗口登录，再回到本页提交，内容仍在。", "Your session has ended. Please sign in; if you have typed something, sign in in a new window and submit again here.";
    FOREIGN_ORIGIN: "请求不是从本站页面发出的，未予办理。", "The request did not come from a page of this site.";
    TOO_LARGE: "内容太大，未能接收。", "That is too large to be received.";
    MALFORMED: "请求的格式不正确。", "The request cannot be read.";
    OFFLINE: "没有连上服务器，内容仍在，请稍后再次提交。", "The server could not be reached. What you typed is kept; please submit again.";
    SEARCH_TOO_LONG: "搜索内容太长：最多 12 个词、100 个字。请减少后再试。", "That is too much to search for: at most 12 words and 100 characters. Please shorten it.";
    BUSY: "系统正忙，暂时没有办成。内容仍在，请稍后再次提交。", "The system is busy and could not do it now. What you typed is kept; please submit again in a moment.";
    TOOK_TOO_LONG: "查询时间过长，已中止。请缩小范围或减少搜索词后再试。", "That took too long and was stopped. Please narrow it down, or search for fewer words.";
    DISK_FULL: "服务器磁盘已满，暂时不能保存；查询不受影响。内容仍在，请告知系统管理员，稍后再次提交。", "The server's disk is full: nothing can be saved for now, reading goes on. What you typed is kept; please tell the administrator and submit again later.";
    FILE_LOST: "这个附件已损坏或丢失，无法打开。请告知系统管理员从备份中恢复。", "This file was damaged or lost and cannot be opened. Please tell the administrator, who can restore it from a backup.";
    FAILED: "系统出错，未能办理。内容仍在，请稍后再试。", "Something went wrong. What you typed is kept; please try again.";
}

pub fn too_many(lang: Lang, seconds: u32) -> String {
    let wait = wait(lang, seconds);
    match lang {
        Lang::Zh => format!("尝试过于频繁，请 {wait} 后再试。"),
        Lang::En => format!("Too many attempts. Please try again in {wait}."),
    }
}

/// A time to wait, in words.
fn wait(lang: Lang, seconds: u32) -> String {
    let minutes = seconds.div_ceil(60);
    match lang {
        Lang::Zh if seconds < 90 => format!("{seconds} 秒"),
        Lang::Zh => format!("{minutes} 分钟"),
        Lang::En if seconds < 90 => format!("{seconds} seconds"),
        Lang::En => format!("{minutes} minutes"),
    }
}
