//! How one's own body works.

use crate::lang::texts;

texts! {
    TITLE: "本单位", "Our office";
    APPROVES: "答复须经单位负责人审签后发出", "Replies go out only after the head approves them";
    APPROVES_HINT: "开启后，经办人的答复先送审，时限照常计算；负责人自己的答复直接发出。", "A handler's reply then waits for the head while the time runs on; the head's own go out at once.";
    SAVED: "已保存。", "Saved.";
}
