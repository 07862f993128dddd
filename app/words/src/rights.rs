//! The table of rights.

use domain::rights::{Action, Relation};

use super::order;
use crate::lang::{Lang, Text, texts};

texts! {
    RIGHTS: "权限表", "Rights";
    RIGHTS_LEAD: "程序按此表判断，测试也由此表生成。括号内为与该诉求单、会议或督办交办的关系。", "The program decides by this table, and its tests are generated from it. Brackets give the required relation to the order, the meeting or the task.";
    ACTION: "操作", "Action";
    WHO_MAY: "谁可以", "Who may";
}

pub fn action(action: Action) -> Text {
    let (zh, en) = match action {
        Action::Step(step) => return order::step(step),
        Action::DecideSecondExtension => ("决定第二次延期", "Decide a second extension"),
        Action::CloseAfterTwoBadRatings => ("两次差评后销号", "Strike off after two bad ratings"),
        Action::SeeOrder => ("查看诉求单", "See an order"),
        Action::SeeContact => (
            "因办理查看完整联系方式",
            "See the contact in full, working on it",
        ),
        Action::UnmaskContact => (
            "点击查看完整联系方式（留痕）",
            "Unmask the contact (written down)",
        ),
        Action::SeeCards => ("查看督办牌", "See the cards"),
        Action::SeeLate => ("查看超时事项", "See overdue matters"),
        Action::SeeAhead => ("查看“若不处理”清单", "See what comes if nobody acts"),
        Action::SeeNotices => ("查看消息", "See notices"),
        Action::SeeRules => ("查看时限规则", "See the rules"),
        Action::ChangeRules => ("修改时限规则", "Change the rules"),
        Action::SeeCalendar => ("查看工作日历", "See the calendar"),
        Action::ChangeCalendar => ("导入工作日历", "Import a calendar"),
        Action::ManageAccounts => ("管理账号", "Manage accounts"),
        Action::ApproveRegistrations => ("审核企业注册", "Decide registrations"),
        Action::InviteMembers => ("邀请和管理企业成员", "Invite and manage members"),
        Action::ManageBody => ("设定本单位的办理方式", "Decide how one's body works"),
        Action::SeeCommitments => ("查看承诺事项", "See the commitments"),
        Action::EnterOrders => ("导入大厅收件", "Enter orders of the hall"),
        Action::SeeProjects => ("查看项目", "See projects"),
        Action::ManageProjects => ("登记项目", "Keep the register of projects"),
        Action::SeeCommonProblems => ("查看共性问题", "See common problems"),
        Action::ManageTemplates => ("管理本单位答复模板", "Keep one's body's templates"),
        Action::SeeGuidance => ("查看办事指引", "See published answers"),
        Action::PublishGuidance => ("发布办事指引", "Publish answers"),
        Action::Watch => (
            "关注诉求单、会议和督办交办",
            "Watch an order, a meeting or a task",
        ),
        Action::SendFiles => ("上传附件", "Send files"),
        Action::ChangePolicy => ("修改安全策略", "Change the security policy"),
        Action::EndSessions => ("查看和结束他人会话", "See and end sessions"),
        Action::ReadAudit => ("查看和导出审计", "Read and export the audit"),
        Action::SeeExpress => ("查看市长直通车", "See the mayor's express"),
        Action::SeeTasks => ("查看督办交办事项", "See tasks"),
        Action::GiveTasks => (
            "下达、确认、改期、撤销督办交办事项",
            "Give a task, confirm it, move its day, take it back",
        ),
        Action::ReportTasks => ("报告督办交办事项办结", "Report a task as done"),
        Action::NoteTasks => ("就督办交办事项沟通", "Say something about a task"),
        Action::CarryUpTasks => ("督办交办事项逾期升级", "Carry up a task that is late"),
        Action::SeeMeetings => ("查看会议", "See meetings"),
        Action::CallMeetings => (
            "筹备、召开会议，起草纪要",
            "Prepare and hold meetings, write minutes",
        ),
        Action::AnswerInvitation => ("回复会议通知", "Answer an invitation"),
        Action::ApproveMinutes => (
            "签发会议纪要（限主持人）",
            "Approve minutes (the chair only)",
        ),
        Action::RemindOfMeetings => ("会议提醒", "Remind of meetings"),
        Action::SeeDeputyPage => ("查看分管工作", "See the deputy mayor's page"),
        Action::SeeCity => ("查看市长看板", "See the mayor's page"),
        Action::SeeRights => ("查看权限表", "See this table"),
    };
    Text { zh, en }
}

pub fn relation(relation: Relation) -> Option<Text> {
    let (zh, en) = match relation {
        Relation::Any => return None,
        Relation::Own => ("本企业", "own enterprise"),
        Relation::Manages => ("本企业管理员", "its administrator"),
        Relation::Lead => ("主办单位", "lead"),
        Relation::CoHandles => ("协办单位", "co-handler"),
        Relation::Carded => ("被发牌单位", "carded"),
        Relation::Located => ("所在乡镇", "its township"),
        Relation::Tasked => ("牵头或配合单位", "body with a task"),
        Relation::Gave => ("下达单位", "whoever gave it"),
        Relation::Invited => ("被邀请或主持", "invited, or in the chair"),
        Relation::InCharge => ("分包项目", "project in charge"),
    };
    Some(Text { zh, en })
}

pub fn with_relation(lang: Lang, role: &str, relation: &str) -> String {
    match lang {
        Lang::Zh => format!("{role}（{relation}）"),
        Lang::En => format!("{role} ({relation})"),
    }
}
