//! The mayor's express: candidates, matters, tasks, meetings and minutes.

use domain::meeting::{MeetingKind, MeetingState};
use domain::order::{ExpressState, Measure};
use domain::{Instant, RoleName};

use crate::lang::{Lang, Text, texts};
use crate::time;

texts! {
    EXPRESS: "市长直通车", "Mayor's express";
    EXPRESS_LEAD: "部门解决不了的，在这里逐件研究：受理为议题、退回并限期办理，或并入同类议题。诉求单的时限照常计算。", "What the departments cannot solve is taken up here one by one: accepted as a matter, sent back with an instruction, or joined to a like one. The order's own clock runs on.";
    CANDIDATES: "候选事项", "Candidates";
    CANDIDATES_NONE: "没有待研判的候选事项。超时满规定天数、部门或乡镇提请、企业两次不满意后提请的，会列在这里。", "No candidates. What is long overdue, referred by a body or leader, or rated badly twice, appears here.";
    MATTERS: "待上会议题", "Matters for a meeting";
    MATTERS_NONE: "没有待上会的议题。", "No matters await a meeting.";
    DECIDED: "议定、正在落实", "Decided, under way";
    DECIDED_NONE: "没有正在落实的议定事项。", "No decisions are under way.";
    SENT_BACK: "退回限期办理", "Sent back with an instruction";
    DIFFICULTY: "一句话困难", "The difficulty in one sentence";
    DIFFICULTY_HINT: "谁在哪一步卡住、卡在什么上，一句话说清。", "Who is stuck at which step, and on what, in one sentence.";
    TRIED: "已采取的措施", "What was tried";
    OBSTACLE: "卡在哪条规定或哪个单位", "The clause or body in the way";
    STAKES: "涉及资金、就业", "Money or jobs at stake";
    STAKES_HINT: "例如：投资3亿元，带动就业200人。", "For instance: 300 million invested, 200 jobs.";
    STUCK_WITH: "卡在", "Stuck with";
    SINCE: "自", "since";
    REFERRED_BY: "提请", "Referred by";
    BY_LADDER: "超时自动上报", "Carried up by itself, being overdue";
    ON_IT_SINCE: "列入时间", "On the express since";
    NO_BRIEF: "系统按时限自动上报，尚无人填写情况；受理时由市政府办公室填写。", "Carried up by itself: nobody has described it yet. The mayor's office does when accepting it.";
    JOINED_ORDERS: "并入的诉求单", "Orders decided with it";
    ON_AGENDA: "已列入", "On the agenda of";
    OPEN_IT: "打开办理", "Open it";
    ORDER_TASKS: "议定和交办事项", "Decisions and instructions";
    TASKS: "督办交办", "Tasks";
    TASKS_LEAD: "会议议定、市政府办公室交办和督查室督办的事项。牵头单位完成后报告，由下达单位确认；诉求单的事项未完成前，该单不能销号。", "What meetings decided, the mayor's office instructed and the supervision office follows. The owner reports when it is done and whoever gave it confirms; an order with such a task stays open until then.";
    TASKS_NONE: "没有这样的事项。", "There are none.";
    TASKS_OPEN: "未完成", "Open";
    TASKS_LATE: "逾期", "Late";
    TASKS_REPORTED: "待确认", "To confirm";
    TASKS_ALL: "全部", "All";
    OWNER: "牵头单位", "Owner";
    CO_OWNERS: "配合单位", "Co-owners";
    CO_OWNERS_HINT: "可多选：按住 Ctrl 点选；不需要则不选。", "Choose several with Ctrl; leave empty if none.";
    TASK_TEXT: "事项内容", "What is to be done";
    PROOF: "完成标志", "How one sees it is done";
    PROOF_HINT: "看什么算完成，例如：批复文件、现场通电照片。", "What shows it, for instance the approval or a photograph.";
    BASIS: "依据", "Basis";
    DEADLINE: "完成时限", "Deadline";
    DEADLINE_HINT: "填工作日数（如 5），或日期（如 2026-12-04）。", "Working days (5) or a date (2026-12-04).";
    FROM_MEETING: "会议", "Meeting";
    INSTRUCTION: "市政府办公室交办", "Instructed by the mayor's office";
    REPORT: "完成报告", "Report";
    REPORT_HINT: "写明做了什么；可附佐证材料。", "Say what was done; attach what proves it.";
    NOT_DONE: "未予确认", "Not confirmed";
    WHICH_TASK: "哪一事项", "Which task";
    TASK_DONE_QUESTION: "是否确认完成？", "Is it done?";
    TASK_DONE: "确认完成", "Confirm";
    TASK_NOT_DONE: "退回继续办理", "Not done yet";
    TASK_NOT_DONE_REASON: "原因（退回时必填）", "Reason (needed to send it back)";
    REPLACED_BY: "已由后一议定事项替代", "Replaced by a later decision";
    INSTRUCT_LEAD: "办理要求", "Instruction";
    JOIN_OTHER: "并入哪件诉求单的议题", "The order whose matter it joins";
    JOIN_HINT: "填诉求单编号；对方须是尚未议定的议题。", "The order's number; it must be a matter not yet decided.";
    MEETINGS: "会议", "Meetings";
    MEETINGS_AHEAD: "将要召开", "Ahead";
    MEETINGS_OVER: "已开过", "Over";
    MEETINGS_NONE: "没有将要召开的会议。", "No meetings ahead.";
    MEETINGS_OVER_NONE: "还没有开过会议。", "No meetings so far.";
    MEETING_NEW: "筹备会议", "Prepare a meeting";
    MEETING_EDIT: "修改会议安排", "Change the plan";
    MEETING_EDIT_HINT: "已发通知的会议，修改后会再次通知参会单位。", "Those who are invited are told of the change.";
    KIND: "会议类型", "Kind";
    TITLE: "会议名称", "Title";
    STARTS_AT: "开始时间", "Starts at";
    MINUTES: "时长（分钟）", "Length (minutes)";
    PLACE: "地点", "Place";
    CHAIR: "主持人", "Chair";
    BODIES: "参会单位", "Bodies invited";
    ENTERPRISES: "参会企业", "Enterprises invited";
    FIRMS_OFFERED: "已注册企业，点选即可填入", "Registered firms; choose one to put it in";
    ENTERPRISES_HINT: "每行一家，按注册名称填写；只有联席会议和观摩会邀请企业。", "One a line, as registered; only joint and observation meetings invite enterprises.";
    DAY_OFF_BOX: "仍在休息日召开", "Hold it on the day off all the same";
    SAVE_MEETING: "保存", "Save";
    AGENDA: "议程", "Agenda";
    AGENDA_NONE: "议程还是空的。", "The agenda is empty.";
    AGENDA_TOTAL: "合计", "In all";
    PUT_ON: "列入议程", "Put on the agenda";
    PUT_ON_WHICH: "议题", "Matter";
    PUT_ON_MINUTES: "预计时长（分钟）", "Minutes";
    NO_MATTERS: "没有待上会的议题；先在“市长直通车”受理。", "No matters await a meeting; accept one on the express first.";
    TAKE_OFF: "移出", "Take off";
    MOVE_UP: "上移", "Move up";
    INVITE: "发出通知", "Send the invitations";
    INVITE_HINT: "参会单位和企业会收到通知，并能看到本会议。", "Those invited are told, and can see the meeting.";
    OPEN_NOT_YET: "会议当天起可以开始会议。", "The meeting can be opened from its day on.";
    OPEN: "开始会议", "Open the meeting";
    END: "结束会议", "End the meeting";
    END_HINT: "没有议定也没有缓议的议题，仍留在待上会议题中。", "Matters neither decided nor deferred go on awaiting a meeting.";
    CANCEL_MEETING: "取消会议", "Cancel the meeting";
    CANCEL_REASON: "取消原因", "Reason";
    NOW_ITEM: "正在研究", "Now";
    DECIDE: "记录议定事项", "Write down the decision";
    DECIDE_HINT: "保存后即成为牵头单位的任务，开始计时；请当场宣读确认。", "Saved, it is the owner's task and its clock runs; read it back in the room.";
    DECIDE_MORE: "再记一项", "Write down another";
    READ_BACK: "已议定，请宣读：", "Decided; read it back:";
    REPLACES: "替代此前的议定事项", "It takes the place of";
    REPLACES_NONE: "不替代", "Nothing";
    DEFER: "缓议", "Defer";
    DEFER_REASON: "缓议原因", "Reason";
    DEFERRED: "缓议", "Deferred";
    OUTCOME_OPEN: "未研究", "Not reached";
    OUTCOME_DECIDED: "已议定", "Decided";
    PRECEDENTS: "可参考的先例", "Precedents";
    PRECEDENTS_LEAD: "以往对相近事项的议定。", "What was decided about like matters.";
    INVITED: "参会", "Attendance";
    ANSWER: "回复通知", "Answer the invitation";
    ANSWER_COMES: "按时参会", "Attends";
    ANSWER_SUBSTITUTE: "派人代会", "Sends a substitute";
    ANSWER_EXCUSED: "请假", "Excused";
    ANSWER_NONE: "未回复", "Not answered";
    ATTENDEE: "参会人姓名", "Who attends";
    ANSWER_REASON: "原因（代会、请假时必填）", "Reason (for a substitute or an excuse)";
    PRESENT: "到会", "Present";
    ABSENT: "缺席", "Absent";
    MARK_PRESENT: "记到会", "Mark present";
    MARK_ABSENT: "记缺席", "Mark absent";
    MINUTES_PAPER: "会议纪要", "Minutes";
    MINUTES_NONE: "会议结束后，在这里起草纪要。", "The minutes are drafted here after the meeting.";
    MINUTES_WRITE: "起草、修改纪要", "Write the minutes";
    MINUTES_TEXT: "纪要正文", "Text";
    MINUTES_DRAFTED: "以下按会议记录自动生成，请修改后保存。", "Drafted from what was recorded; edit and save it.";
    MINUTES_SAVE: "保存纪要", "Save the minutes";
    MINUTES_APPROVE: "签发纪要", "Approve the minutes";
    MINUTES_APPROVE_HINT: "签发后编号、定稿；以后只能另出修订版。", "They are numbered and frozen; later changes are a new version.";
    MINUTES_AMEND: "另出修订版", "Begin a new version";
    MINUTES_AMEND_REASON: "修订原因", "Reason for the change";
    MINUTES_CHANGES: "与上一版的不同", "What changed from the version before";
    MINUTES_VERSION: "版本", "Version";
    MINUTES_WAIT: "草稿已保存，待主持人签发。", "The draft is saved and awaits the chair.";
    MINUTES_PRINT: "打印版式", "Print layout";
    MINUTES_DOCX: "下载 Word 文件", "Download as docx";
    MINUTES_OTHER: "另一位同事刚保存的文本如下；请把需要的内容并入上面您的文本后再保存。", "A colleague has just saved the text below; take over what you need into yours above, then save again.";
    MINUTES_UNSIGNED: "尚未签发", "not signed yet";
    MINUTES_UNNUMBERED: "（未编号）", "(not numbered yet)";
    MINUTES_HEADING: "会 议 纪 要", "MINUTES";
    PRESENT_LIST: "出席", "Present";
    EXCUSED_LIST: "请假", "Excused";
    OUTDATED: "（后有变更）", " (changed since)";
    UNRECORDED: "未记录", "not recorded";
    UNRECORDED_LIST: "未记录到会", "Attendance not recorded";
    UNMARK: "撤销记录", "take the note back";
    END_KNOWINGLY: "仍结束会议，未记录的在纪要中列为“未记录到会”", "End the meeting all the same; the minutes name them as not recorded";
    OUTCOME_ELSEWHERE: "已由其他会议议定", "decided by another meeting";
    DECIDED_ELSEWHERE: "已由会议议定：", "Decided by meeting";
    ASKED_ANEW: "会议安排有变，请重新回复", "The meeting has moved: please answer anew";
    ABSENT_LIST: "缺席", "Absent";
    SUBSTITUTE_MARK: "（代）", " (substitute)";
    DECIDED_BEFORE: "（已议定，再次研究）", " (decided before)";
    NAME_CHAIR: "变更主持人", "Name another chair";
    NAME_CHAIR_HINT: "主持人离任或不能履职时使用；纪要改由新的主持人签发。", "When the chair has left or is away: the minutes are then the other’s to approve.";
    CANCELLED_BECAUSE: "取消原因：", "Called off: ";
    ATTENDING_LIST: "列席", "Attending";
    ICS: "加入日历", "Add to calendar";
    FEED: "订阅会议日历", "Subscribe to the calendar";
    FEED_LEAD: "生成一个只属于您的订阅地址，填入手机或办公软件的日历即可自动更新。重新生成后，旧地址失效。", "A secret address of your own for your calendar program. Making it anew ends the old one.";
    FEED_MAKE: "生成订阅地址", "Make the address";
    FEED_MADE: "您的订阅地址（十分钟后不再显示，请及时复制）：", "Your address (shown here for ten minutes; copy it):";
    PLACING_AT: "在会上点单：", "Placed at the meeting:";
    PLACE_AT: "会上点单", "Place an order at the meeting";
    PLACED_AT_MEETING: "点单会议", "Placed at";
    PLACED_FROM: "企业在会上点单", "Orders placed from it";
    DEPUTY: "分管工作", "My bodies";
    DEPUTY_ALL: "尚未登记分管单位，以下为全部单位。请系统管理员在账号管理中登记。", "No bodies are named yet, so all are shown. The system administrator names them at the account.";
    DEPUTY_DECIDE: "待您审批的延期", "Extensions to decide";
    DEPUTY_DECIDE_NONE: "没有待审批的延期。", "No extensions to decide.";
    DEPUTY_WAITS: "两次不满意，待您决定", "Rated badly twice: yours to decide";
    DEPUTY_COMING: "即将上会的议题", "Matters coming up";
    DEPUTY_COMING_NONE: "分管单位没有即将上会的议题。", "No matters of these bodies are on an agenda.";
    DEPUTY_BODIES: "分管单位", "Bodies";
    DEPUTY_EXTENSIONS: "待批延期", "Extensions asked";
    DEPUTY_SET: "登记分管单位", "Name the bodies";
    CITY: "全市看板", "The city";
    CITY_SINCE: "本年度至今", "This year so far";
    WALL: "大屏模式", "Wall mode";
    WALL_LEAVE: "退出大屏", "Leave wall mode";
    WALL_FOLLOWS: "每 30 秒自动更新", "Renewed every 30 seconds";
    ON_TIME: "按时办结率", "On time";
    ON_TIME_HINT: "按时答复 ÷ 已到期", "replied in time ÷ due";
    SOLVING: "解决率", "Solved";
    SOLVING_HINT: "回访确认解决 ÷ 有效回访", "confirmed at callback ÷ valid callbacks";
    SATISFACTION: "满意率", "Satisfied";
    SATISFACTION_HINT: "前三档 ÷ 已评价", "first three ratings ÷ rated";
    PARTICIPATION: "参评率", "Rated";
    ON_EXPRESS: "直通车上", "On the express";
    WORKING_DAYS_ON_IT: "个工作日", "working days";
    REDS: "逾期最多的单位", "Overdue by body";
    REDS_NONE: "目前没有逾期的诉求单。", "Nothing is overdue.";
    REDS_NOW: "现逾期", "Overdue now";
    REDS_TREND: "近8周新增逾期", "Newly overdue, last 8 weeks";
    DECISIONS: "议定事项", "Decisions";
    OPEN_COUNT: "未完成", "open";
    LATE_COUNT: "逾期", "late";
    NEXT_MEETING: "下次会议", "Next meeting";
    NEXT_MEETING_NONE: "没有安排会议。", "No meeting is planned.";
    SETTLED: "本月直通车销号", "Settled this month";
    SETTLED_NONE: "本月还没有销号。", "None this month so far.";
    NOT_RATED: "未评价", "not rated";
    MEASURED: "指标范围", "Measured";
    LINE: "第", "No.";
}

pub fn state(state: ExpressState) -> Text {
    let (zh, en) = match state {
        ExpressState::Candidate => ("直通车候选", "Express candidate"),
        ExpressState::Matter => ("直通车议题", "On the express"),
        ExpressState::Joined => ("并入直通车议题", "With a matter of the express"),
        ExpressState::Decided => ("直通车已议定", "Decided on the express"),
        ExpressState::SentBack => ("直通车交办", "Instructed from the express"),
        ExpressState::Concluded => ("直通车已议定意见", "Decided without a task"),
        ExpressState::Settled => ("直通车已办结", "Settled on the express"),
    };
    Text { zh, en }
}

pub fn measure(measure: Measure) -> Text {
    let (zh, en) = match measure {
        Measure::Due => ("已到期", "Due"),
        Measure::CalledBack => ("有效回访", "Called back"),
        Measure::InTime => ("按时答复", "Replied in time"),
        Measure::Late => ("未按时答复", "Not replied in time"),
        Measure::Solved => ("回访已解决", "Solved, at callback"),
        Measure::NotSolved => ("回访未解决", "Not solved, at callback"),
        Measure::Satisfied => ("评价满意", "Rated satisfied"),
        Measure::Rated => ("已评价", "Rated"),
        Measure::Replied => ("已答复", "Replied"),
    };
    Text { zh, en }
}

pub fn kind(kind: MeetingKind) -> Text {
    let (zh, en) = match kind {
        MeetingKind::Coordination => ("联审联批工作协调会", "Coordination meeting"),
        MeetingKind::Joint => ("政企联席会议", "Government-enterprise joint meeting"),
        MeetingKind::Planning => ("重大项目谋划会", "Planning meeting"),
        MeetingKind::Observation => ("集中观摩会", "Observation meeting"),
    };
    Text { zh, en }
}

pub fn meeting_state(state: MeetingState) -> Text {
    let (zh, en) = match state {
        MeetingState::Planned => ("筹备中", "Being prepared"),
        MeetingState::Invited => ("已通知", "Invitations sent"),
        MeetingState::Open => ("正在召开", "Under way"),
        MeetingState::Ended => ("已结束", "Over"),
        MeetingState::Cancelled => ("已取消", "Cancelled"),
    };
    Text { zh, en }
}

/// Another meeting that has a matter on its agenda.
pub fn also_on(lang: Lang, (number, at): &(String, Instant), year: i32) -> String {
    let when = time::moment(lang, *at, year);
    match lang {
        Lang::Zh => format!("（已列入 {when} 的会议 {number}）"),
        Lang::En => format!(" (on the agenda of {number}, {when})"),
    }
}

/// What of a plan is another one, old and new.
pub fn moved(
    lang: Lang,
    (was_at, was_place): (Instant, &str),
    (at, place): (Instant, &str),
    year: i32,
    asks_anew: bool,
) -> String {
    let moment = |at| time::moment(lang, at, year);
    let mut changes = Vec::new();
    if was_at != at {
        changes.push(match lang {
            Lang::Zh => format!("时间由 {} 改为 {}", moment(was_at), moment(at)),
            Lang::En => format!("moved from {} to {}", moment(was_at), moment(at)),
        });
    }
    if was_place != place {
        changes.push(match lang {
            Lang::Zh => format!("地点由{was_place}改为{place}"),
            Lang::En => format!("now at {place}, no longer at {was_place}"),
        });
    }
    let anew = match (lang, asks_anew) {
        (_, false) => "",
        (Lang::Zh, true) => "，请重新回复",
        (Lang::En, true) => "; please answer anew",
    };
    match (lang, changes.is_empty()) {
        (_, true) => String::new(),
        (Lang::Zh, false) => format!("；{}{anew}", changes.join("，")),
        (Lang::En, false) => format!("; {}{anew}", changes.join(", ")),
    }
}

/// To whoever is not invited, or has not the chair, any more.
pub fn dropped(lang: Lang, number: &str) -> String {
    match lang {
        Lang::Zh => format!("会议 {number} 的安排有变，不再请您参加或主持。"),
        Lang::En => {
            format!("Meeting {number} has changed: you do not attend or chair it any more.")
        }
    }
}

pub fn referred_by(lang: Lang, role: Option<RoleName>) -> String {
    match role {
        None => BY_LADDER.of(lang).to_owned(),
        Some(role) => {
            let role = crate::order::role(role).of(lang);
            match lang {
                Lang::Zh => format!("{role}提请"),
                Lang::En => format!("Referred by: {role}"),
            }
        }
    }
}

/// Whether a line of minutes is the heading of a matter: 一、二、…
pub fn is_heading(line: &str) -> bool {
    let numerals = "一二三四五六七八九十";
    let rest = line.trim().trim_start_matches(|c| numerals.contains(c));
    rest.len() < line.trim().len() && rest.starts_with('、')
}

pub fn chosen(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("已选 {count} 个，点开选择"),
        Lang::En => format!("{count} chosen; open to choose"),
    }
}

/// 一, 二, … 九十九.
pub fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10, number % 10);
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        2..=9 => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => number.to_string(),
    }
}

pub fn minutes(lang: Lang, minutes: u32) -> String {
    match lang {
        Lang::Zh => format!("{minutes} 分钟"),
        Lang::En => format!("{minutes} min"),
    }
}

/// The number of minutes as their paper has it: 〔2026〕2号（第 1 次修订，尚未签发）.
pub fn minutes_number(lang: Lang, number: Option<&str>, count: u16, signed: bool) -> String {
    let Some(number) = number else {
        return MINUTES_UNNUMBERED.of(lang).to_owned();
    };
    let mut marks = Vec::new();
    if count > 1 {
        marks.push(version(lang, count));
    }
    if !signed {
        marks.push(MINUTES_UNSIGNED.of(lang).to_owned());
    }
    if marks.is_empty() {
        number.to_owned()
    } else {
        format!("{number}（{}）", marks.join("，"))
    }
}

pub fn version(lang: Lang, version: u16) -> String {
    match (lang, version) {
        (Lang::Zh, 1) => "原版".into(),
        (Lang::En, 1) => "First version".into(),
        (Lang::Zh, version) => format!("第 {} 次修订", version - 1),
        (Lang::En, version) => format!("Version {version}"),
    }
}
