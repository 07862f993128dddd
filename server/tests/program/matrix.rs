//! Every page, server function, form and API call × every role × own and foreign
//! order, against the table of rights. A new route without a row fails.

use std::path::Path;

use domain::form::Kind;
use domain::meeting::MeetingStepName;
use domain::order::StepName;
use domain::rights::{Action, Concern};
use domain::task::TaskStepName;
use domain::{Actor, BodyCode, Role};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::world::{Browser, World};

/// Who may be answered.
#[derive(Clone, Copy)]
enum Rule {
    /// Anybody, without signing in.
    Open,
    /// Whoever has signed in; what they get is scoped or their own.
    SignedIn,
    /// By right, with no order in question.
    May(Action),
    /// By right on the order: 404 where it must not be known, 403 where it is seen
    /// and the step is not theirs.
    OnOrder(Action),
    /// On the own enterprise's only member: by the system administrator, or within
    /// the enterprise; 404 to the administrator of another.
    OnMember,
}
use Rule::{May, OnMember, OnOrder, Open, SignedIn};

const fn step(step: StepName) -> Rule {
    OnOrder(Action::Step(step))
}

fn page(path: &str) -> Option<Rule> {
    Some(match path {
        "/sign-in" | "/register" | "/registration" | "/invitation" => Open,
        // Behind a gate only; everybody else is sent home.
        "/sign-in/code" | "/sign-in/password" | "/sign-in/enrol" | "/sign-in/nowhere" => SignedIn,
        "/" | "/account" | "/orders" => SignedIn,
        "/orders/new" => May(Action::Step(StepName::Place)),
        "/orders/:number" | "/orders/:number/receipt" => OnOrder(Action::SeeOrder),
        "/ahead" => May(Action::SeeAhead),
        "/cards" => May(Action::SeeCards),
        // Of an order that one sees; it has no card of that number.
        "/orders/:number/cards/:seq" => May(Action::SeeCards),
        "/commitments" => May(Action::SeeCommitments),
        "/body" => May(Action::ManageBody),
        "/orders/import" | "/orders/import/:draft" => May(Action::EnterOrders),
        // Of those chosen only what one sees.
        "/orders/many/:numbers" => SignedIn,
        "/common" => May(Action::SeeCommonProblems),
        "/projects" | "/projects/:number" => May(Action::SeeProjects),
        "/projects/new" | "/projects/:number/edit" => May(Action::ManageProjects),
        "/templates" | "/templates/:id" => May(Action::ManageTemplates),
        "/guidance" => May(Action::SeeGuidance),
        "/guidance/new" => May(Action::PublishGuidance),
        "/notices" => May(Action::SeeNotices),
        "/late" => May(Action::SeeLate),
        "/city" => May(Action::SeeCity),
        "/deputy" => May(Action::SeeDeputyPage),
        "/express" => May(Action::SeeExpress),
        // There is no task of that number.
        "/tasks" | "/tasks/:number" => May(Action::SeeTasks),
        // By the number it is an order's.
        "/tasks/:number/receipt" => OnOrder(Action::SeeOrder),
        // Of those there are what one is invited to; there is none of that number.
        "/meetings" | "/meetings/:number" | "/meetings/:number/minutes" => May(Action::SeeMeetings),
        "/meetings/new" | "/meetings/:number/edit" => May(Action::CallMeetings),
        "/calendar" => May(Action::SeeCalendar),
        "/calendar/preview" => May(Action::ChangeCalendar),
        "/directory" | "/directory/preview" => May(Action::ChangeRules),
        "/rules" => May(Action::SeeRules),
        "/rules/edit" | "/rules/preview" => May(Action::ChangeRules),
        "/accounts" | "/accounts/:id" | "/account-list" | "/account-list/:draft" => {
            May(Action::ManageAccounts)
        }
        "/accounts/:id/hand-over/:membership" | "/members/:membership" => OnMember,
        "/registrations" | "/registrations/:id" => May(Action::ApproveRegistrations),
        "/members" => May(Action::InviteMembers),
        "/policy" => May(Action::ChangePolicy),
        "/sessions" => May(Action::EndSessions),
        "/rights" => May(Action::SeeRights),
        "/audit" => May(Action::ReadAudit),
        _ => return None,
    })
}

/// A server function with a form that would be right.
fn function(path: &str) -> Option<(Rule, &'static [(&'static str, &'static str)])> {
    use StepName::*;
    Some(match path {
        "/act/order/dispatch" => (
            step(Dispatch),
            &[("department", "gd"), ("complexity", "ordinary")],
        ),
        "/act/order/decline" => (step(Decline), &[("reason", "不属于")]),
        "/act/order/add_co_handler" => (
            step(AddCoHandler),
            &[("co_handler", "sthj"), ("task", "出具意见")],
        ),
        "/act/order/ask_co_handler" => (
            step(AskCoHandler),
            &[("co_handler", "sthj"), ("task", "出具意见")],
        ),
        "/act/order/decide_co_handler" => (step(DecideCoHandler), &[("grant", "yes")]),
        "/act/order/co_reply" => (step(CoReply), &[("text", "已办")]),
        "/act/order/take" => (step(Take), &[]),
        "/act/order/return" => (
            step(Return),
            &[("reason", "不属于"), ("clause", "三定方案")],
        ),
        "/act/order/rule" => (step(Rule), &[("department", "gd"), ("reason", "属于")]),
        "/act/order/pause" => (
            step(Pause),
            &[
                ("kind", "supplement"),
                ("reason", "缺材料"),
                ("basis", "第三十二条"),
            ],
        ),
        "/act/order/resume" => (step(Resume), &[]),
        "/act/order/object" => (step(Object), &[("reason", "不认可")]),
        "/act/order/decide_objection" => (
            step(DecideObjection),
            &[("upheld", "yes"), ("uphold", "yes")],
        ),
        "/act/order/extend" => (step(Extend), &[("days", "1"), ("reason", "复杂")]),
        "/act/order/decide_extension" => (
            step(DecideExtension),
            &[("granted", "yes"), ("grant", "yes")],
        ),
        "/act/order/reply" => (step(Reply), &[("kind", "solved"), ("text", "已通电")]),
        "/act/order/recall" => (step(Recall), &[("reason", "派错了")]),
        "/act/order/reassign" => (
            step(Reassign),
            &[("department", "zjj"), ("reason", "职责不在该单位")],
        ),
        "/act/order/correct_reply" => (
            step(CorrectReply),
            &[
                ("kind", "explained"),
                ("text", "另有说明"),
                ("reason", "有误"),
            ],
        ),
        "/act/order/decide_reply" => (step(DecideReply), &[("grant", "yes")]),
        "/act/order/call_back" => (step(CallBack), &[("outcome", "solved")]),
        "/act/order/appeal" => (step(Appeal), &[("reason", "已办妥")]),
        "/act/order/decide_appeal" => (step(DecideAppeal), &[("uphold", "yes")]),
        "/act/order/keep_commitment" => (
            step(KeepCommitment),
            &[("commitment", "4"), ("reason", "已兑现")],
        ),
        "/act/order/supplement" => (step(Supplement), &[("text", "已交窗口")]),
        // Into itself, which is refused to whoever may merge.
        "/act/order/merge" => (
            step(Merge),
            &[("other", "XM-2026-000001"), ("reason", "同一件")],
        ),
        "/act/order/unmerge" => (step(Unmerge), &[("reason", "并错了")]),
        "/act/order/link" => (step(Link), &[("other", "XM-2026-000001")]),
        "/act/order/unlink" => (step(Unlink), &[("other", "XM-2026-000001")]),
        "/act/order/split" => (
            step(Split),
            &[("title", "另"), ("content", "另"), ("category", "utility")],
        ),
        "/act/order/urge" => (step(Urge), &[("reason", "请抓紧")]),
        "/act/watch" => (OnOrder(Action::Watch), &[("watch", "yes")]),
        "/act/dispatch_many" => (
            May(Action::Step(Dispatch)),
            &[
                ("orders", "XM-2026-000001"),
                ("department", "gd"),
                ("complexity", "ordinary"),
            ],
        ),
        "/act/urge_many" => (
            May(Action::Step(Urge)),
            &[("orders", "XM-2026-000001"), ("reason", "请抓紧")],
        ),
        "/act/take_many" => (May(Action::Step(Take)), &[("orders", "XM-2026-000001")]),
        "/act/note_many" => (
            May(Action::Step(Note)),
            &[("orders", "XM-2026-000001"), ("note", "记一下")],
        ),
        "/act/message_many" => (
            May(Action::Step(Message)),
            &[("orders", "XM-2026-000001"), ("message", "请补充")],
        ),
        "/act/extend_many" => (
            May(Action::Step(Extend)),
            &[
                ("orders", "XM-2026-000001"),
                ("days", "1"),
                ("reason", "复杂"),
            ],
        ),
        "/act/merge_many" => (
            May(Action::Step(Merge)),
            &[
                ("orders", "XM-2026-000001"),
                ("other", "XM-2026-000001"),
                ("reason", "同一件"),
            ],
        ),
        "/act/put_aside" | "/act/list_again" => (May(Action::SeeCommonProblems), &[]),
        "/act/add_project" | "/act/change_project" => (May(Action::ManageProjects), &[]),
        "/act/save_template" => (May(Action::ManageTemplates), &[]),
        "/act/remove_template" => (May(Action::ManageTemplates), &[("id", "9")]),
        "/act/publish_guidance" => (May(Action::PublishGuidance), &[]),
        "/act/withdraw_guidance" => (May(Action::PublishGuidance), &[("id", "9")]),
        "/act/enter_orders" => (May(Action::EnterOrders), &[("draft", "9")]),
        "/ask/project_form" => (May(Action::ManageProjects), &[]),
        "/ask/template" => (May(Action::ManageTemplates), &[("id", "new")]),
        "/ask/guidance_form" => (May(Action::PublishGuidance), &[]),
        "/ask/offered" => (May(Action::SeeGuidance), &[("title", "停电了怎么办")]),
        "/ask/many" => (SignedIn, &[("orders", "XM-2026-000001")]),
        "/ask/may_enter" => (May(Action::EnterOrders), &[]),
        "/ask/hall_preview" => (May(Action::EnterOrders), &[("draft", "9")]),
        "/act/order/note" => (step(Note), &[("note", "已联系施工单位")]),
        "/act/order/message" => (step(Message), &[("message", "请补充照片")]),
        // One's own; there is none of that number.
        "/act/save_view" => (SignedIn, &[("view", "本周"), ("query", "stage=lost")]),
        "/act/remove_view" => (SignedIn, &[("id", "9"), ("query", "")]),
        "/act/set_approval" => (May(Action::ManageBody), &[]),
        "/act/order/refer" => (step(Refer), &[("difficulty", "两部门意见不一")]),
        "/act/order/accept_matter" => (step(AcceptMatter), &[("difficulty", "两部门意见不一")]),
        // A body that nobody here acts for.
        "/act/order/instruct" => (
            step(Instruct),
            &[
                ("text", "出具意见"),
                ("owner", "sthj"),
                ("deadline", "3"),
                ("proof", "意见"),
            ],
        ),
        "/act/order/join_matter" => (
            step(JoinMatter),
            &[("other", "XM-2026-000001"), ("reason", "同一件")],
        ),
        "/act/order/report_task" => (step(ReportTask), &[("task", "9"), ("text", "已办")]),
        "/act/order/confirm_task" => (step(ConfirmTask), &[("task", "9"), ("grant", "yes")]),
        "/act/meeting/call"
        | "/act/meeting/change"
        | "/act/meeting/invite"
        | "/act/meeting/open"
        | "/act/meeting/end"
        | "/act/meeting/cancel"
        | "/act/meeting/name_chair"
        | "/act/meeting/put_on"
        | "/act/meeting/take_off"
        | "/act/meeting/move_up"
        | "/act/meeting/attend"
        | "/act/meeting/decide"
        | "/act/meeting/conclude"
        | "/act/meeting/defer"
        | "/act/meeting/assign"
        | "/act/meeting/note"
        | "/act/meeting/write_minutes"
        | "/act/meeting/amend_minutes" => (May(Action::CallMeetings), &[]),
        "/act/meeting/answer" => (May(Action::AnswerInvitation), &[]),
        "/act/meeting/approve_minutes" => (May(Action::ApproveMinutes), &[("revision", "1")]),
        "/act/make_feed" => (May(Action::SeeMeetings), &[]),
        "/act/task/give" | "/act/task/confirm" | "/act/task/reschedule" | "/act/task/withdraw" => {
            (May(Action::GiveTasks), &[])
        }
        "/act/task/report" => (May(Action::ReportTasks), &[]),
        "/act/task/note" => (May(Action::NoteTasks), &[]),
        "/ask/minutes" => (May(Action::SeeMeetings), &[]),
        "/ask/meeting_form" => (May(Action::CallMeetings), &[]),
        "/act/order/rate" => (step(Rate), &[("level", "satisfied")]),
        "/act/order/explain" => (
            step(Explain),
            &[("card", "1"), ("text", "说明"), ("reason", "说明")],
        ),
        "/act/order/lift" => (step(Lift), &[("card", "1"), ("reason", "整改")]),
        "/act/order/withdraw" => (step(Withdraw), &[("reason", "已解决")]),
        "/act/order/close" => (step(Close), &[]),
        "/act/unmask" => (OnOrder(Action::UnmaskContact), &[]),
        "/act/place" => (
            May(Action::Step(Place)),
            &[
                ("title", "电"),
                ("content", "停电"),
                ("category", "utility"),
                ("urgency", "normal"),
                ("township", "laiji"),
                ("contact_name", "王敏"),
                ("contact_phone", "13800000000"),
            ],
        ),
        "/act/read_notices" => (May(Action::SeeNotices), &[]),
        "/act/draft_calendar" | "/act/apply_calendar" => (May(Action::ChangeCalendar), &[]),
        "/act/draft_rules"
        | "/act/apply_rules"
        | "/act/draft_directory"
        | "/act/apply_directory" => (May(Action::ChangeRules), &[]),
        // Of one's own account; empty, so that nothing happens.
        "/act/change_password"
        | "/act/prove_factor"
        | "/act/remove_factor"
        | "/act/end_session"
        | "/act/join" => (SignedIn, &[]),
        // Of one's own typing.
        "/act/keep_unsent" | "/act/forget_unsent" => (
            SignedIn,
            &[
                ("page", "/orders/new"),
                ("form", "/act/place"),
                ("typed", "title=x"),
            ],
        ),
        "/act/register" | "/act/join_new" => (Open, &[]),
        "/act/answer_for"
        | "/act/add_account"
        | "/act/draft_accounts"
        | "/act/make_accounts"
        | "/act/add_membership"
        | "/act/change_account"
        | "/act/correct_account"
        | "/act/reset_password" => (May(Action::ManageAccounts), &[]),
        // Refused in the end: nobody else would administer the enterprise.
        "/act/hand_over" => (OnMember, &[("successor", "nobody")]),
        "/ask/leaving" => (OnMember, &[]),
        "/act/decide_registration" => (May(Action::ApproveRegistrations), &[]),
        "/act/invite" | "/act/uninvite" | "/act/change_member" => (May(Action::InviteMembers), &[]),
        "/act/change_policy" => (May(Action::ChangePolicy), &[]),
        // Of each page that it knows: see below.
        "/ask/page" => (SignedIn, &[("path", "/")]),
        "/ask/account" | "/ask/factor" => (SignedIn, &[]),
        "/ask/orders" => (SignedIn, &[("query[stage]", "")]),
        "/ask/placing" => (May(Action::Step(Place)), &[("meeting", "")]),
        "/ask/body" => (May(Action::ManageBody), &[]),
        "/ask/calendar" => (May(Action::SeeCalendar), &[("year", ""), ("draft", "")]),
        "/ask/calendar_preview" => (
            May(Action::ChangeCalendar),
            &[("draft", ""), ("whole", "false")],
        ),
        "/ask/directory" => (
            May(Action::ChangeRules),
            &[("of", ""), ("row", ""), ("draft", "")],
        ),
        "/ask/directory_preview" => (May(Action::ChangeRules), &[("draft", "")]),
        "/ask/rules" => (May(Action::SeeRules), &[]),
        "/ask/next_rules" => (May(Action::ChangeRules), &[("draft", "")]),
        "/ask/rules_preview" => (May(Action::ChangeRules), &[("draft", "")]),
        "/ask/accounts" => (
            May(Action::ManageAccounts),
            &[("q", ""), ("role", ""), ("state", ""), ("after", "")],
        ),
        "/ask/accounts_preview" => (May(Action::ManageAccounts), &[("draft", "9")]),
        "/ask/firms" => (May(Action::CallMeetings), &[("typed", "柏川")]),
        "/ask/account_sheet" => (May(Action::ManageAccounts), &[("id", "1")]),
        "/ask/registration_form" => (Open, &[]),
        "/ask/registration" | "/ask/invitation" => (Open, &[("key", "nonsense")]),
        "/ask/registrations" => (May(Action::ApproveRegistrations), &[]),
        "/ask/members" => (May(Action::InviteMembers), &[]),
        "/ask/policy" => (May(Action::ChangePolicy), &[]),
        "/ask/sessions" => (May(Action::EndSessions), &[]),
        _ => return None,
    })
}

fn call(method: &str, path: &str) -> Option<(Rule, Value)> {
    use StepName::*;
    Some(match (method, path) {
        ("get", "/departments") | ("get", "/calendar/{year}") => (SignedIn, Value::Null),
        ("get", "/orders") => (SignedIn, Value::Null),
        ("get", "/projects") => (May(Action::SeeProjects), Value::Null),
        ("get", "/express") => (May(Action::SeeExpress), Value::Null),
        ("get", "/tasks") => (May(Action::SeeTasks), Value::Null),
        ("get", "/meetings") => (May(Action::SeeMeetings), Value::Null),
        ("get", "/guidance") => (May(Action::SeeGuidance), Value::Null),
        // One's own, or of an order that one sees; there is none of that id.
        ("post", "/attachments") => (
            May(Action::SendFiles),
            json!({"name": "说明.pdf", "size": 5}),
        ),
        (_, "/attachments/{id}") => (SignedIn, Value::Null),
        ("post", "/orders") => (May(Action::Step(Place)), crate::world::an_order()),
        ("get", "/orders/{number}" | "/orders/{number}/events" | "/orders/{number}/receipt") => {
            (OnOrder(Action::SeeOrder), Value::Null)
        }
        ("get", "/meetings/{number}" | "/meetings/{number}/events") => {
            (May(Action::SeeMeetings), Value::Null)
        }
        ("post", "/meetings") => (May(Action::CallMeetings), json!({})),
        ("get", "/tasks/{number}" | "/tasks/{number}/events") => {
            (May(Action::SeeTasks), Value::Null)
        }
        ("post", "/tasks") => (May(Action::GiveTasks), json!({})),
        // There is none of that number.
        ("post", path) if path.starts_with("/tasks/{number}/") => {
            let name = path.strip_prefix("/tasks/{number}/")?;
            if name == "watch" {
                return Some((SignedIn, json!({"watch": true})));
            }
            let mut steps = TaskStepName::ALL.into_iter();
            let step = steps.find(|step| step.code() == name)?;
            (May(step.action()), json!({}))
        }
        // There is none of that number.
        ("post", path) if path.starts_with("/meetings/{number}/") => {
            let name = path.strip_prefix("/meetings/{number}/")?;
            // For who sees no meetings, too, there is none.
            if name == "watch" {
                return Some((SignedIn, json!({"watch": true})));
            }
            let mut steps = MeetingStepName::ALL.into_iter();
            let step = steps.find(|step| step.code() == name)?;
            (May(step.action()), json!({}))
        }
        ("post", path) => match path.strip_prefix("/orders/{number}/")? {
            "dispatch" => (
                step(Dispatch),
                json!({"department": "gd", "complexity": "ordinary"}),
            ),
            "co_handler" => (
                step(AddCoHandler),
                json!({"department": "sthj", "task": "出具意见"}),
            ),
            "co_handling" => (
                step(AskCoHandler),
                json!({"department": "sthj", "task": "出具意见"}),
            ),
            "co_reply" => (step(CoReply), json!({"text": "已办"})),
            "take" => (step(Take), json!({})),
            "return" => (step(Return), json!({"reason": "不属于", "clause": "三定"})),
            "ruling" => (step(Rule), json!({"department": "gd", "reason": "属于"})),
            "pause" => (
                step(Pause),
                json!({"kind": "supplement", "reason": "缺材料", "basis": "第三十二条"}),
            ),
            "resume" => (step(Resume), json!({})),
            // Without a decision it is the enterprise's objection.
            "objection" => (step(Object), json!({"reason": "不认可"})),
            "extension" => (step(Extend), json!({"days": 1, "reason": "复杂"})),
            "reply" => (step(Reply), json!({"kind": "solved", "text": "已通电"})),
            "approval" => (step(DecideReply), json!({"grant": true})),
            "correction" => (
                step(CorrectReply),
                json!({"kind": "explained", "text": "另有说明", "reason": "有误"}),
            ),
            "callback" => (step(CallBack), json!({"outcome": "solved"})),
            // Without a decision it is the lead's appeal.
            "appeal" => (step(Appeal), json!({"reason": "已办妥"})),
            "commitment" => (
                step(KeepCommitment),
                json!({"commitment": 4, "reason": "已兑现"}),
            ),
            "merge" => (
                step(Merge),
                json!({"into": "XM-2026-000001", "reason": "同一件"}),
            ),
            "link" => (step(Link), json!({"other": "XM-2026-000001"})),
            "split" => (
                step(Split),
                json!({"title": "另", "content": "另", "category": "utility"}),
            ),
            "urge" => (step(Urge), json!({"reason": "请抓紧"})),
            "watch" => (OnOrder(Action::Watch), json!({"watch": true})),
            "escalation" => (step(Refer), json!({"reason": "两部门意见不一"})),
            "task_report" => (step(ReportTask), json!({"task": 9, "text": "已办"})),
            "note" => (step(Note), json!({"text": "已联系施工单位"})),
            "message" => (step(Message), json!({"text": "请补充照片"})),
            "supplement" => (step(Supplement), json!({"text": "已交窗口"})),
            "rating" => (step(Rate), json!({"level": "satisfied"})),
            "explanation" => (step(Explain), json!({"card": 1, "reason": "说明"})),
            "lifting" => (step(Lift), json!({"card": 1, "reason": "整改"})),
            "withdrawal" => (step(Withdraw), json!({"reason": "已解决"})),
            "closure" => (step(Close), json!({})),
            // By its code, what its form would say.
            code => by_code(StepName::parse(code)?)?,
        },
        _ => return None,
    })
}

/// A step by its own code, with what its form would be right with.
fn by_code(name: StepName) -> Option<(Rule, Value)> {
    let (rule, typed) = function(&format!("/act/order/{}", name.code()))?;
    let takes = name.form()?.fields;
    let value = |field: &str, text: &str| {
        let takes = takes.iter().find(|takes| takes.field.code() == field)?;
        Some(match takes.kind {
            Kind::YesNo | Kind::Yes => json!(text == "yes"),
            Kind::Event | Kind::Days => json!(text.parse::<u64>().ok()?),
            Kind::Lines | Kind::Bodies => json!([text]),
            _ => json!(text),
        })
    };
    let typed = typed.iter();
    let pairs = typed.filter_map(|(field, text)| Some(((*field).to_owned(), value(field, text)?)));
    Some((rule, Value::Object(pairs.collect())))
}

/// Who tries, with the relation to the order that their names say.
fn everybody() -> Vec<(&'static str, Role)> {
    let body = BodyCode::new;
    let firm = |enterprise| Role::Enterprise {
        enterprise,
        manages: true,
    };
    vec![
        ("firm", firm(1)),
        ("rival", firm(2)),
        ("centre", Role::Centre { body: body("tjz") }),
        ("gd", Role::Handler { body: body("gd") }),
        ("zjj", Role::Handler { body: body("zjj") }),
        ("gd-head", Role::Head { body: body("gd") }),
        ("zjj-head", Role::Head { body: body("zjj") }),
        (
            "laiji",
            Role::Township {
                body: body("laiji"),
            },
        ),
        (
            "baizhai",
            Role::Township {
                body: body("baizhai"),
            },
        ),
        ("supervision", Role::Supervision),
        ("deputy", Role::Deputy),
        ("office", Role::Office),
        ("mayor", Role::Mayor),
        // Of no project at all.
        ("leader", Role::Leader),
        ("admin", Role::SystemAdmin),
        ("security", Role::SecurityAdmin),
        ("auditor", Role::Auditor),
    ]
}

/// What the table of rights says of an answer.
#[derive(Debug, PartialEq)]
enum Expected {
    /// Neither unknown nor forbidden, whatever the stage or the form make of it.
    Served,
    /// As served, and there may be nothing of that name.
    ServedOrNotThere,
    Forbidden,
    Unknown,
    /// Seen; whose the step is depends on what has happened.
    Seen,
}

fn expected(rule: Rule, role: &Role) -> Expected {
    let actor = Actor {
        user: None,
        name: String::new(),
        role: role.clone(),
    };
    let (lead, township) = (BodyCode::new("gd"), BodyCode::new("laiji"));
    let concern = Concern {
        enterprise: 1,
        lead: Some(&lead),
        township: &township,
        carded: false,
        co_handles: false,
        tasked: false,
        in_charge: false,
    };
    match rule {
        Open | SignedIn => Expected::ServedOrNotThere,
        May(action) if actor.may(action).is_ok() => Expected::ServedOrNotThere,
        May(_) => Expected::Forbidden,
        OnOrder(_) if !actor.may_with(Action::SeeOrder, &concern) => Expected::Unknown,
        OnOrder(action) if actor.may_with(action, &concern) => Expected::Served,
        OnOrder(_) => Expected::Forbidden,
        OnMember if actor.may(Action::ManageAccounts).is_ok() => Expected::Served,
        OnMember if actor.may(Action::InviteMembers).is_err() => Expected::Forbidden,
        OnMember if role.enterprise() == Some(1) => Expected::Served,
        OnMember => Expected::Unknown,
    }
}

fn fits(expected: &Expected, status: StatusCode) -> bool {
    match expected {
        Expected::Served => !matches!(status.as_u16(), 401 | 403 | 404 | 500..),
        Expected::ServedOrNotThere => !matches!(status.as_u16(), 401 | 403 | 500..),
        Expected::Forbidden => status == StatusCode::FORBIDDEN,
        Expected::Unknown => status == StatusCode::NOT_FOUND,
        Expected::Seen => !matches!(status.as_u16(), 401 | 404 | 500..),
    }
}

/// Whoever works on the order may also read its contact by a click.
fn softened(path: &str, expected: Expected, role: &Role) -> Expected {
    let sees_it = !matches!(
        role,
        Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor
    );
    match expected {
        Expected::Forbidden if path == "/act/unmask" && sees_it => Expected::Served,
        // A second extension is the deputy mayor's.
        Expected::Forbidden if path == "/act/order/decide_extension" && *role == Role::Deputy => {
            Expected::Seen
        }
        expected => expected,
    }
}

fn source(file: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace");
    std::fs::read_to_string(root.join(file)).expect("text")
}

/// Every quoted text that follows on `before`.
fn quoted<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    let parts = text.split(before).skip(1);
    parts.filter_map(|part| part.split('"').next()).collect()
}

fn pages() -> Vec<String> {
    let routes = source("app/src/routes.rs");
    quoted(&routes, "path!(\"")
        .into_iter()
        .map(str::to_owned)
        .collect()
}

fn functions() -> Vec<String> {
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.parent().expect("the workspace").join("app/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap_or_default();
            for attribute in text.split("#[server(prefix").skip(1) {
                let prefix = quoted(attribute, " = \"");
                found.push(format!("{}/{}", prefix[0], prefix[1]));
            }
        }
    }
    let steps = StepName::ALL.into_iter();
    let steps = steps.filter(|step| step.form().is_some());
    found.extend(steps.map(|step| format!("/act/order/{}", step.code())));
    let steps = MeetingStepName::ALL.into_iter();
    let steps = steps.filter(|step| step.form().is_some());
    found.extend(steps.map(|step| format!("/act/meeting/{}", step.code())));
    found.push("/act/meeting/call".to_owned());
    let steps = TaskStepName::ALL.into_iter();
    let steps = steps.filter(|step| step.form().is_some() || *step == TaskStepName::Give);
    found.extend(steps.map(|step| format!("/act/task/{}", step.code())));
    found
}

/// The own order, dispatched to gd, and everybody's browsers.
async fn city() -> (World, String) {
    let world = World::at("2026-11-02T10:00");
    world.add("gd-head", &["--role", "head", "--body", "gd"]);
    world.add("leader", &["--role", "leader"]);
    world.add("baizhai", &["--role", "township", "--body", "baizhai"]);
    let number = world.caller("firm").places().await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary"});
    world
        .caller("centre")
        .step(&number, "dispatch", dispatch)
        .await;
    (world, number)
}

#[tokio::test]
async fn every_page_and_server_function_answers_as_the_table_of_rights_says() {
    let (world, number) = city().await;
    let centre = world.caller("centre");
    let firm = world.browser("firm").await;
    let members = firm.script("/ask/members", &[]).await;
    let members: Value = members.json().await.expect("members");
    let member = members["members"][0]["membership"].to_string();
    let (pages, functions) = (pages(), functions());
    assert!(
        pages.len() > 30 && functions.len() > 50,
        "{} {}",
        pages.len(),
        functions.len()
    );
    let stranger = world.stranger();
    let mut wrong = Vec::new();
    let everybody = everybody();
    let mut browsers: Vec<(&str, &Role, Browser)> = Vec::new();
    for (user, role) in &everybody {
        browsers.push((*user, role, world.browser(user).await));
    }
    for path in &pages {
        let rule = page(path).unwrap_or_else(|| panic!("{path} has no row"));
        let address = path
            .replace(":numbers", &number)
            .replace(":number", &number)
            .replace(":draft", "1")
            .replace(":id", "1")
            .replace(":membership", &member)
            .replace(":seq", "1");
        let status = stranger.get(&address).await.status();
        let open = matches!(rule, Open);
        if status.is_redirection() == open {
            wrong.push(format!("{path} to a stranger: {status}"));
        }
        for (user, role, browser) in &browsers {
            let status = browser.get(&address).await.status();
            let expected = expected(rule, role);
            if !fits(&expected, status) {
                wrong.push(format!("{path} to {user}: {status}, not {expected:?}"));
            }
            // What is no page for them is none for a script of theirs either.
            let asked = [("path", address.as_str())];
            let asked = browser.script("/ask/page", &asked).await.status();
            let is_torn = asked.is_server_error() || !status.is_success() && asked.is_success();
            if is_torn {
                wrong.push(format!("{path} by a script to {user}: {asked}"));
            }
        }
    }
    for path in &functions {
        let (rule, form) = function(path).unwrap_or_else(|| panic!("{path} has no row"));
        // A form that would be right: which step it is may stand in its fields.
        let status = stranger.script(path, form).await.status();
        let open = matches!(rule, Open);
        let unasked = status == StatusCode::UNAUTHORIZED;
        // What cannot be read is refused before anybody is asked who they are.
        if open == unasked && !(status == StatusCode::BAD_REQUEST && path.starts_with("/ask/")) {
            wrong.push(format!("{path} to a stranger: {status}"));
        }
        for (user, role, browser) in &browsers {
            let version = centre.order(&number).await["version"].to_string();
            let mut typed = vec![
                ("number", number.as_str()),
                ("version", version.as_str()),
                ("membership", member.as_str()),
            ];
            typed.extend(form.iter().copied());
            let status = browser.script(path, &typed).await.status();
            let expected = softened(path, expected(rule, role), role);
            // A form whose door is not found is malformed to the program.
            let has_door = !matches!(rule, Open | SignedIn) && path.starts_with("/act/");
            let lost = has_door && status == StatusCode::BAD_REQUEST;
            if lost || !fits(&expected, status) {
                wrong.push(format!("{path} to {user}: {status}, not {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn every_call_of_the_http_api_answers_as_the_table_of_rights_says() {
    let (world, number) = city().await;
    let description = world.stranger().get("/api/v1/openapi.json").await;
    let description: Value = description.json().await.expect("a description");
    let mut wrong = Vec::new();
    let paths = description["paths"].as_object().expect("paths");
    assert!(paths.len() >= 20);
    for (user, role) in everybody() {
        let caller = world.caller(user);
        for (path, methods) in paths {
            for method in methods.as_object().expect("methods").keys() {
                let (rule, body) =
                    call(method, path).unwrap_or_else(|| panic!("{method} {path} has no row"));
                let address = path.replace("{number}", &number).replace("{year}", "2026");
                let verb = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
                let body = (!body.is_null()).then_some(body);
                let answer = caller.raw(verb, &address, body, &[]).await;
                let expected = expected(rule, &role);
                if !fits(&expected, answer.status()) {
                    let status = answer.status();
                    wrong.push(format!(
                        "{method} {path} to {user}: {status}, not {expected:?}"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Forms that are no server functions, and addresses that need no account.
#[test]
fn every_other_route_is_known() {
    let known = [
        // Of what one sees, or of one's own: `attachments.rs`, `ledgers.rs`.
        "/attachments",
        "/attachments/form",
        "/act/{step}",
        "/act/{kind}/{step}",
        "/ask/{question}",
        "/sign-in",
        "/sign-in/code",
        "/oidc/start",
        "/oidc/callback",
        "/session/act-as",
        "/sign-out",
        "/audit/export",
        // The centre's only, and a redirect: `hall.rs`.
        "/orders/import",
        "/orders/import/form.xlsx",
        "/orders/chosen",
        "/orders/export/csv",
        "/orders/export/xlsx",
        // Of what one is invited to: `express.rs`.
        "/meetings/{number}/calendar.ics",
        "/meetings/{number}/minutes.docx",
        "/preferences",
        // By a secret of one's own: `express.rs`.
        "/calendars/{secret}",
    ];
    assert_eq!(quoted(&source("server/src/http.rs"), ".route(\""), known);
    let health = source("server/src/http/health.rs");
    let open = quoted(&health, ".route(\"");
    assert_eq!(open, ["/healthz", "/readyz"]);
}
