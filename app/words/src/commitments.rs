//! What replies promised for a day.

use crate::lang::texts;

texts! {
    TITLE: "承诺事项", "Commitments";
    LEAD: "答复中承诺了完成日期的事项，一直跟踪到兑现；到期前提醒，过期告知督查室。", "What replies promised for a day, followed until it is kept; the body is reminded before, the supervision office told after.";
    NONE: "没有这样的承诺事项。", "There are none of these.";
    FOLLOWED: "跟踪中", "Followed";
    BROKEN: "已过期", "Past their day";
    UNTIL: "承诺日期", "Promised for";
    BODY: "承诺单位", "Body";
    STATE: "进展", "State";
    KEPT: "已兑现", "Kept";
    LATE: "逾期未兑现", "not kept by its day";
    VOID: "已由后来的办理取代", "Superseded";
}
