use crate::lang::texts;

texts! {
    YOUR_TURN: "今天轮到您", "Your turn today";
    TO_RATE: "待评价", "To rate";
    OPEN: "未办结", "Open";
    CITY_DUE_TODAY: "全市今日到期", "Due today, city";
    CITY_OVERDUE: "全市逾期", "Overdue, city";
    SEE_ALL: "查看全部", "See all";
    ALL: "全部", "All";
    TO_DISPATCH: "待分派", "To dispatch";
    TO_CLOSE: "待销号", "To strike off";
    TO_TAKE: "待接单", "To take";
    DUE_TODAY: "今日到期", "Due today";
    OVERDUE: "逾期", "Overdue";
    REWORK: "二次办理", "Rework";
    TO_DECIDE: "待决定", "To decide";
    TO_CO_HANDLE: "待协办", "To co-handle";
    TO_CALL: "待回访", "To call back";
    CALLS_LATE: "回访逾期", "Callbacks overdue";
    COMMITMENTS: "承诺待兑现", "Commitments to keep";
    BROKEN_COMMITMENTS: "承诺已过期", "Commitments past their day";
    TO_EXPLAIN: "督办牌待说明", "Cards to explain";
    NEW_NOTICES: "新消息", "New notices";
    NOTHING_TO_DO: "目前没有轮到您的事项。", "Nothing waits for you at the moment.";
    NOTHING_PLACED: "您还没有点过单。遇到困难时，点“我要点单”，一页填完即可。", "You have not placed an order yet. When something is difficult, choose “Place an order”: it is one page.";
    ADMIN: "管理员账号不查看诉求内容，三类管理员各司其职。", "Administrators do not read orders, and none does another's work.";
    ADMIN_TASKS: "您可以维护", "You look after";
    RECENT: "最近诉求", "Latest orders";
    LATE_NONE: "没有超时事项。", "Nothing is overdue.";
    LATE_BY_BODY: "逾期件数（按责任单位）", "Overdue by body";
    LATE_LEVEL: "已报至", "Carried to";
    LATE_WAY: "经过", "The way it took";
    LATE_BODY: "责任单位", "Body";
    LATE_COUNT: "件数", "Orders";
    LATE_HINT: "超过时限、或两次评价不满意后上报的诉求，逾期最久的在前。", "Orders past their deadline, or carried up after two bad ratings; the longest first.";
    LATE_CUT: "只显示逾期最久的 100 件，全部请见诉求单列表。", "Only the 100 longest overdue are shown; see the list of orders for all.";
    CENTRE_BODY: "推进中心（分派）", "Promotion Centre (dispatch)";
}
