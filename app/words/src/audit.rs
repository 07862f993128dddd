//! The audit: what was done, and what is said beside it.

use domain::meeting::MeetingStepName;
use domain::order::StepName;
use domain::task::TaskStepName;
use domain::{AuditKind, RoleName};

use super::{express, meeting, order, people, task};
use crate::lang::{Lang, Text, texts};

texts! {
    AUDIT: "审计", "Audit";
    AUDIT_LEAD: "只增不改，逐条以散列相连；程序从不删除。", "Entries are only added, each chained to the one before by its hash. The program deletes none.";
    AUDIT_EMPTY: "没有符合条件的记录。", "No entries match.";
    DEED: "行为", "Action";
    ANY_DEED: "全部", "Any";
    OBJECT: "对象", "Object";
    DETAIL: "说明", "Detail";
    TIME: "时间", "Time";
    FROM: "从", "From";
    UNTIL: "到", "Until";
    SEARCH: "姓名、对象、地址、请求编号", "Name, object, address, request";
    EXPORT: "导出 CSV", "Export CSV";
    EXPORT_HINT: "导出本身也记入审计。", "The export itself is audited.";
    OLDER: "更早", "Older";
    NEWEST: "回到最新", "Newest";
    HERE: "在服务器上", "on the server";
}

/// The columns of an export, in their order.
pub const COLUMNS: [Text; 14] = [
    column("序号", "no"),
    column("时间", "at"),
    column("账号编号", "user"),
    column("账号", "account"),
    column("姓名", "name"),
    column("岗位", "role"),
    column("行为", "action"),
    column("对象", "object"),
    column("说明", "detail"),
    column("地址", "address"),
    column("请求编号", "request"),
    column("经过记录起", "events from"),
    column("经过记录止", "events to"),
    column("散列", "hash"),
];

const fn column(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub fn deed(code: &str) -> Text {
    let Some(deed) = AuditKind::parse(code) else {
        return Text {
            zh: "其他",
            en: "other",
        };
    };
    let (zh, en) = match deed {
        AuditKind::SignedIn => ("登录", "signed in"),
        AuditKind::SignInFailed => ("登录失败", "sign-in failed"),
        AuditKind::SignedOut => ("退出", "signed out"),
        AuditKind::SecondFactorFailed => ("验证码错误", "wrong code"),
        AuditKind::PasswordChanged => ("修改密码", "changed the password"),
        AuditKind::PasswordReset => ("重置密码", "reset a password"),
        AuditKind::SecondFactorSet => ("启用两步验证", "set a second factor up"),
        AuditKind::SecondFactorRemoved => ("停用两步验证", "took a second factor off"),
        AuditKind::RecoveryCodeUsed => ("使用恢复码", "used a recovery code"),
        AuditKind::ActsAs => ("切换身份", "changed role"),
        AuditKind::SessionEnded => ("结束会话", "ended a session"),
        AuditKind::TokenMade => ("生成令牌", "made a token"),
        AuditKind::TokensRevoked => ("撤销令牌", "revoked tokens"),
        AuditKind::AccountAdded => ("设立账号", "made an account"),
        AuditKind::AccountDisabled => ("停用账号", "disabled an account"),
        AuditKind::AccountEnabled => ("恢复账号", "enabled an account"),
        AuditKind::AccountCorrected => ("更正账号", "corrected an account"),
        AuditKind::MembershipChanged => ("变更身份", "changed a role"),
        AuditKind::MembershipAdded => ("增加身份", "added a role"),
        AuditKind::MembershipEnded => ("结束身份", "ended a role"),
        AuditKind::HandedOver => ("交接", "handed over"),
        AuditKind::Registered => ("企业注册", "registered"),
        AuditKind::RegistrationDecided => ("审核注册", "decided a registration"),
        AuditKind::Invited => ("邀请", "invited"),
        AuditKind::Uninvited => ("撤销邀请", "withdrew an invitation"),
        AuditKind::Joined => ("加入企业", "joined"),
        AuditKind::IdentityLinked => ("关联统一身份", "linked an identity"),
        AuditKind::PolicyChanged => ("修改策略", "changed the policy"),
        AuditKind::RulesChanged => ("修改规则", "changed the rules"),
        AuditKind::CalendarApplied => ("应用日历", "applied a calendar"),
        AuditKind::BodyChanged => ("修改单位设置", "changed how a body works"),
        AuditKind::CategoryChanged => ("修改诉求类别", "changed a category"),
        AuditKind::ProjectChanged => ("登记项目", "changed a project"),
        AuditKind::GuidancePublished => ("发布指引", "published an answer"),
        AuditKind::GuidanceWithdrawn => ("撤回指引", "withdrew an answer"),
        AuditKind::OrdersEntered => ("导入诉求", "entered orders"),
        AuditKind::ContactRead => ("查看联系方式", "read a contact"),
        AuditKind::AuditExported => ("导出审计", "exported the audit"),
        AuditKind::OrdersExported => ("导出诉求", "exported orders"),
        AuditKind::Meetings => ("会议", "Meeting"),
        AuditKind::Tasks => ("督办交办", "Task"),
        AuditKind::FeedMade => ("生成会议日历订阅地址", "Calendar address made"),
        AuditKind::Refused => ("被拒绝", "was refused"),
        AuditKind::Steps => ("办理诉求单", "steps on orders"),
    };
    Text { zh, en }
}

/// What a line says beside its deed, in the reader's language; what only names
/// something stays as it was written.
pub fn detail(lang: Lang, deed: &str, detail: &str) -> String {
    let said = |text: Text| text.of(lang).to_owned();
    let told = match AuditKind::parse(deed) {
        Some(AuditKind::Steps) => step(lang, detail),
        Some(AuditKind::Meetings) if detail == "call" => Some(said(express::MEETING_NEW)),
        Some(AuditKind::Meetings) => {
            MeetingStepName::parse(detail).map(|it| said(meeting::step(it)))
        }
        Some(AuditKind::Tasks) => TaskStepName::parse(detail).map(|it| said(task::step(it))),
        Some(AuditKind::HandedOver) => handed_to(lang, detail),
        Some(
            AuditKind::AccountAdded
            | AuditKind::MembershipAdded
            | AuditKind::MembershipChanged
            | AuditKind::MembershipEnded
            | AuditKind::Invited
            | AuditKind::Joined,
        ) => role_and_place(lang, detail),
        Some(AuditKind::RegistrationDecided) => approved(lang, detail),
        Some(AuditKind::PolicyChanged) => policy_changed(lang, detail),
        Some(AuditKind::AuditExported) => counted(lang, detail, "lines", "条", "entries"),
        Some(AuditKind::CalendarApplied | AuditKind::RulesChanged) => {
            counted(lang, detail, "orders", "张诉求单变动", "orders moved")
        }
        Some(_) | None => None,
    };
    told.or_else(|| fixed(detail).map(said))
        .unwrap_or_else(|| detail.to_owned())
}

fn step(lang: Lang, detail: &str) -> Option<String> {
    if detail == StepName::Place.code() {
        return Some(order::step(StepName::Place).of(lang).to_owned());
    }
    if let Some(step) = StepName::parse(detail) {
        return Some(order::step(step).of(lang).to_owned());
    }
    let orders = detail.strip_prefix("sweep ")?;
    let step = order::step(StepName::Elapse).of(lang);
    Some(format!("{step} × {orders}"))
}

fn handed_to(lang: Lang, detail: &str) -> Option<String> {
    let (orders, to) = detail.split_once(" orders to ")?;
    Some(match (lang, to) {
        (Lang::Zh, "-") => format!("{orders} 张，不指定个人"),
        (Lang::Zh, to) => format!("{orders} 张，交接给 {to}"),
        (Lang::En, "-") => format!("{orders} orders, to nobody in particular"),
        (Lang::En, to) => format!("{orders} orders, to {to}"),
    })
}

fn role_and_place(lang: Lang, detail: &str) -> Option<String> {
    let (detail, here) = cut(detail, " on the server");
    let (detail, manages) = cut(detail, " as administrator");
    let (role, place) = detail.split_once(' ').unwrap_or((detail, ""));
    let role = order::role(RoleName::parse(role)?).of(lang);
    let mut said = format!("{role} {place}").trim_end().to_owned();
    for (holds, text) in [(manages, people::MANAGES), (here, HERE)] {
        if holds {
            said = format!("{said} · {}", text.of(lang));
        }
    }
    Some(said)
}

fn cut<'d>(detail: &'d str, suffix: &str) -> (&'d str, bool) {
    match detail.strip_suffix(suffix) {
        Some(rest) => (rest, true),
        None => (detail, false),
    }
}

fn approved(lang: Lang, detail: &str) -> Option<String> {
    let account = detail.strip_prefix("approved ")?;
    let approved = fixed("approved")?.of(lang);
    Some(format!("{approved} · {account}"))
}

/// A row of the policy with what it was and is, or a role that needs a second factor
/// from now on, or no longer.
fn policy_changed(lang: Lang, detail: &str) -> Option<String> {
    if let Some(role) = detail.strip_prefix("second_factor ") {
        let needs = role.starts_with('+');
        let role = order::role(RoleName::parse(role.get(1..)?)?).of(lang);
        return Some(match (lang, needs) {
            (Lang::Zh, true) => format!("{role}须用两步验证"),
            (Lang::Zh, false) => format!("{role}可不用两步验证"),
            (Lang::En, true) => format!("{role}: second factor required"),
            (Lang::En, false) => format!("{role}: second factor not required"),
        });
    }
    let (name, amounts) = detail.split_once(' ')?;
    Some(format!("{} {amounts}", people::policy_row(name).of(lang)))
}

fn counted(lang: Lang, detail: &str, unit: &str, zh: &str, en: &str) -> Option<String> {
    let count = detail.strip_suffix(unit)?.trim_end();
    Some(match lang {
        Lang::Zh => format!("{count} {zh}"),
        Lang::En => format!("{count} {en}"),
    })
}

/// Details that are always the same.
fn fixed(detail: &str) -> Option<Text> {
    let (zh, en) = match detail {
        "approved" => ("通过", "approved"),
        "declined" => ("不通过", "declined"),
        "password only" => ("密码正确，待验证码", "password right, code asked for"),
        "second factor" => ("验证码正确", "code right"),
        "present password" => ("当前密码不正确", "current password wrong"),
        "first password over" => ("初始密码已过期", "first password expired"),
        "has to wait" => ("输错次数过多，须等待", "too many attempts, has to wait"),
        "identity provider" => ("统一身份", "city account"),
        "on the server" => return Some(HERE),
        "renewed" => ("更换会话", "session renewed"),
        "from before the audit" => ("审计启用之前的记录", "from before the audit"),
        "403" => ("无权办理", "not allowed"),
        "404" => ("不存在或不可见", "absent or not visible"),
        _ => return None,
    };
    Some(Text { zh, en })
}

/// A role as the audit has it: by its code, or empty for the program itself.
pub fn audited_role(code: &str) -> Text {
    match RoleName::parse(code) {
        Some(role) => order::role(role),
        None => Text { zh: "", en: "" },
    }
}
