//! What happened to an order, told in one sentence each.

use chrono::NaiveDate;
use domain::order::escalation::Cause;
use domain::order::events;
use domain::order::{Brief, Origin, Reply, ReplyKind, Side, What};
use domain::time::{Due, Limit};
use domain::{BodyCode, Directory};

use super::{express, order, time};
use crate::lang::{Lang, Text};

/// The sentence, and what somebody wrote along with it. An enterprise (`outside`)
/// learns that its order was merged, not into whose or why.
pub fn told(
    lang: Lang,
    what: &What,
    outside: bool,
    directory: &Directory,
    this_year: i32,
) -> (String, Option<String>) {
    let zh = lang == Lang::Zh;
    let either = |a: &str, b: &str| if zh { a.to_owned() } else { b.to_owned() };
    match what {
        What::Placed(events::Placed { origin, .. }) => match origin {
            None => (either("企业点单", "Order placed"), None),
            Some(Origin::Hall) => (
                either(
                    "大厅收件，由推进中心录入",
                    "Handed in at the hall, entered by the centre",
                ),
                None,
            ),
            Some(Origin::Split { of }) => {
                let sentence = if zh {
                    format!("从 {of} 拆分")
                } else {
                    format!("Split off {of}")
                };
                (sentence, None)
            }
        },
        What::Recalled(events::Recalled { reason, .. }) => (
            either("撤回分派", "Dispatch taken back"),
            Some(reason.as_str().to_owned()),
        ),
        What::Urged(events::Urged { text }) => {
            (either("催办", "Urged"), Some(text.as_str().to_owned()))
        }
        What::Merged(_) if outside => (
            either(
                "已与同类诉求合并办理，办理结果将同时告知贵单位",
                "Handled together with an order of the same kind; you will read its outcome here",
            ),
            None,
        ),
        What::Merged(events::Merged { into, reason, .. }) => {
            let sentence = if zh {
                format!("并入 {into}，停止计时")
            } else {
                format!("Merged into {into}; the clock stands still")
            };
            (sentence, Some(reason.as_str().to_owned()))
        }
        What::Absorbed(events::Absorbed { order, .. }) => {
            let sentence = if zh {
                format!("{order} 并入本单")
            } else {
                format!("{order} was merged into this one")
            };
            (sentence, None)
        }
        What::Unmerged(events::Unmerged { reason: None }) => (
            either(
                "主单未答复即结束，本单恢复办理",
                "The main order ended without a reply; this one goes on",
            ),
            None,
        ),
        // Why is the centre's: it may name another enterprise.
        What::Unmerged(events::Unmerged {
            reason: Some(reason),
        }) => (
            either("撤销并案，恢复计时", "Merge undone; the clock runs again"),
            (!outside).then(|| reason.as_str().to_owned()),
        ),
        What::Released(events::Released { order }) => {
            let sentence = if zh {
                format!("{order} 不再并入本单")
            } else {
                format!("{order} is no longer merged into this one")
            };
            (sentence, None)
        }
        What::Followed(events::Followed { lead }) => {
            let body = body(lang, directory, lead);
            let sentence = if zh {
                format!("主单改由{body}主办")
            } else {
                format!("The main order is led by {body} now")
            };
            (sentence, None)
        }
        What::Answered(events::Answered { reply, corrected }) => {
            let kind = replied(lang, reply, this_year);
            let sentence = match (corrected, zh) {
                (None, true) => format!("主单答复：{kind}"),
                (None, false) => format!("The main order was replied to: {kind}"),
                (Some(why), true) => {
                    format!("主单更正答复：{kind}（原因：{}）", why.as_str())
                }
                (Some(why), false) => {
                    let why = why.as_str();
                    format!("The main order’s reply was corrected: {kind} (because: {why})")
                }
            };
            (sentence, Some(reply.text.as_str().to_owned()))
        }
        What::Linked(events::Linked { other }) => {
            let sentence = if zh {
                format!("关联 {other}")
            } else {
                format!("Linked with {other}")
            };
            (sentence, None)
        }
        What::Unlinked(events::Unlinked { other }) => {
            let sentence = if zh {
                format!("取消与 {other} 的关联")
            } else {
                format!("Link with {other} removed")
            };
            (sentence, None)
        }
        What::SplitOff(events::SplitOff { into, title }) => {
            let sentence = if zh {
                format!("拆分出 {into}")
            } else {
                format!("{into} was split off")
            };
            (sentence, Some(title.as_str().to_owned()))
        }
        What::Declined(events::Declined { reason }) => (
            either("不予受理", "Declined"),
            Some(reason.as_str().to_owned()),
        ),
        What::Dispatched(events::Dispatched {
            department,
            complexity,
            ..
        }) => {
            let body = body(lang, directory, department);
            let kind = order::complexity(*complexity).of(lang);
            let sentence = if zh {
                format!("分派给{body}主办（{kind}）")
            } else {
                format!("Dispatched to {body} as lead ({})", kind.to_lowercase())
            };
            (sentence, None)
        }
        What::Taken(events::Taken) => (either("已接单", "Taken"), None),
        What::CoHandlerAdded(events::CoHandlerAdded {
            body: code,
            task,
            clock,
        }) => {
            let body = body(lang, directory, code);
            let limit = time::limit(lang, clock.limit);
            let sentence = if zh {
                format!("由{body}协办，时限 {limit}")
            } else {
                format!("{body} is to co-handle, within {limit}")
            };
            (sentence, task.as_ref().map(|task| task.as_str().to_owned()))
        }
        What::CoHandlingAsked(events::CoHandlingAsked { wish }) => {
            let body = body(lang, directory, &wish.body);
            let sentence = if zh {
                format!("请求由{body}协办")
            } else {
                format!("Asked for {body} to co-handle")
            };
            let task = wish.task.as_ref().map(|task| task.as_str().to_owned());
            (sentence, task)
        }
        What::CoHandlingDecided(events::CoHandlingDecided { granted, reason }) => (
            if *granted {
                either("同意增加协办", "Co-handler granted")
            } else {
                either("不同意增加协办", "Co-handler refused")
            },
            reason.as_ref().map(|reason| reason.as_str().to_owned()),
        ),
        What::CoReplied(events::CoReplied { text, .. }) => (
            either("协办答复", "Replied to the lead"),
            Some(text.as_str().to_owned()),
        ),
        What::CoHandlersLeftOut(events::CoHandlersLeftOut { bodies, reason }) => {
            let bodies: Vec<String> = bodies
                .iter()
                .map(|code| body(lang, directory, code))
                .collect();
            let bodies = bodies.join(if zh { "、" } else { ", " });
            let sentence = if zh {
                format!("未等{bodies}答复")
            } else {
                format!("Did not wait for {bodies}")
            };
            (sentence, Some(reason.as_str().to_owned()))
        }
        What::Returned(events::Returned { sent, .. }) => {
            let clause = sent.clause.as_str();
            let propose = sent
                .propose
                .as_ref()
                .map(|code| body(lang, directory, code));
            let propose = match (zh, propose) {
                (true, Some(body)) => format!("，建议由{body}主办"),
                (false, Some(body)) => format!(", proposing {body}"),
                (_, None) => String::new(),
            };
            let sentence = if zh {
                format!("退单，依据：{clause}{propose}")
            } else {
                format!("Returned, by its duty clause: {clause}{propose}")
            };
            (sentence, Some(sent.reason.as_str().to_owned()))
        }
        What::Ruled(events::Ruled {
            department, reason, ..
        }) => {
            let body = body(lang, directory, department);
            let sentence = if zh {
                format!("裁定由{body}主办")
            } else {
                format!("Ruled: {body} is to lead")
            };
            (sentence, Some(reason.as_str().to_owned()))
        }
        What::Paused(events::Paused { pause }) => {
            let kind = order::pause_kind(pause.kind).of(lang);
            let basis = pause.basis.as_str();
            let until = time::moment(lang, pause.until, this_year);
            let evidence = match (zh, &pause.evidence) {
                (true, Some(paper)) => format!("，文书：{}", paper.as_str()),
                (false, Some(paper)) => format!("; paper: {}", paper.as_str()),
                (_, None) => String::new(),
            };
            let sentence = if zh {
                format!("暂停计时（{kind}），依据：{basis}{evidence}，最迟 {until} 恢复")
            } else {
                format!(
                    "Clock paused ({}), by {basis}{evidence}; until {until} at the latest",
                    kind.to_lowercase()
                )
            };
            let things = pause.things.iter().map(|thing| thing.as_str());
            let said: Vec<&str> = std::iter::once(pause.reason.as_str())
                .chain(things)
                .collect();
            (sentence, Some(said.join("\n")))
        }
        What::Objected(events::Objected { reason }) => (
            either("企业对暂停提出异议", "The enterprise objects to the pause"),
            Some(reason.as_str().to_owned()),
        ),
        What::ObjectionDecided(events::ObjectionDecided { upheld, reason }) => (
            if *upheld {
                either("异议成立", "The objection is upheld")
            } else {
                either(
                    "异议不成立，暂停继续",
                    "The objection is not upheld; the pause goes on",
                )
            },
            reason.as_ref().map(|reason| reason.as_str().to_owned()),
        ),
        What::Resumed(events::Resumed) => (either("恢复计时", "The clock runs again"), None),
        What::ExtensionAsked(events::ExtensionAsked { asked }) => (
            if zh {
                format!("申请延期 {} 个工作日", asked.days)
            } else {
                format!(
                    "Asked for an extension: {}",
                    time::limit(lang, Limit::Days(asked.days))
                )
            },
            Some(asked.reason.as_str().to_owned()),
        ),
        What::ExtensionDecided(events::ExtensionDecided { granted, reason }) => (
            if *granted {
                either("同意延期", "Extension granted")
            } else {
                either("不同意延期", "Extension refused")
            },
            reason.as_ref().map(|reason| reason.as_str().to_owned()),
        ),
        What::Explained(events::Explained { colour, text, .. }) => {
            let card = order::colour(*colour).of(lang);
            let sentence = if zh {
                format!("对{card}作出说明")
            } else {
                format!("Explained the {}", card.to_lowercase())
            };
            (sentence, Some(text.as_str().to_owned()))
        }
        What::Lifted(events::Lifted { colour, reason, .. }) => {
            let card = order::colour(*colour).of(lang);
            let sentence = if zh {
                format!("撤销{card}")
            } else {
                format!("{card} lifted")
            };
            (sentence, Some(reason.as_str().to_owned()))
        }
        What::Moved(events::Moved {
            clock,
            year,
            was,
            is,
        }) => {
            let clock = order::clock(*clock).of(lang);
            let was_at = time::due(lang, *was, this_year);
            let is_at = time::due(lang, *is, this_year);
            let sentence = match (zh, was.at == is.at) {
                (true, true) => format!("{year} 年放假安排已公布，{clock}时限 {is_at} 确定"),
                (true, false) => {
                    format!("{year} 年放假安排已公布，{clock}时限由 {was_at} 改为 {is_at}")
                }
                (false, true) => {
                    format!("The calendar of {year} is published; {clock}: {is_at} is settled")
                }
                (false, false) => {
                    format!(
                        "The calendar of {year} is published; {clock}: {was_at} becomes {is_at}"
                    )
                }
            };
            (sentence, None)
        }
        What::Reruled(events::Reruled {
            clock,
            moved: false,
        }) => {
            let version = clock.rules;
            let sentence = if zh {
                format!("规则第 {version} 版适用于本单")
            } else {
                format!("Version {version} of the rules applies from here on")
            };
            (sentence, None)
        }
        What::Reruled(events::Reruled { clock, moved: true }) => {
            let name = order::clock(clock.name).of(lang);
            let limit = time::limit(lang, clock.limit);
            let version = clock.rules;
            let sentence = if zh {
                format!("规则第 {version} 版施行，{name}时限改为 {limit}")
            } else {
                format!("Version {version} of the rules applies; {name}: {limit}")
            };
            (sentence, None)
        }
        What::HandedOver(events::HandedOver {
            side: Side::Enterprise,
            contact: Some(_),
            ..
        }) => (
            either("企业更换联系人", "The enterprise named another contact"),
            None,
        ),
        What::HandedOver(events::HandedOver {
            side: Side::Enterprise,
            contact: None,
            ..
        }) => (
            either(
                "企业经手人离任，联系方式不变",
                "The person in charge left the enterprise; the contact stays",
            ),
            None,
        ),
        What::HandedOver(events::HandedOver {
            side: Side::Lead,
            name,
            ..
        }) if name.is_empty() => (
            either(
                "经办人离任，由本单位继续办理",
                "The handler left; the body goes on",
            ),
            None,
        ),
        What::HandedOver(events::HandedOver {
            side: Side::Lead,
            name,
            ..
        }) => {
            let head = either("经办人离任，交接给", "The handler left; handed over to ");
            (format!("{head}{name}"), None)
        }
        What::Referred(events::Referred { brief }) => (
            either("提请市长直通车", "Referred to the mayor's express"),
            Some(brief_text(lang, brief)),
        ),
        What::MatterAccepted(_) if outside => (
            either("列为市长直通车议题", "Taken up on the mayor's express"),
            None,
        ),
        What::MatterAccepted(events::MatterAccepted { brief }) => (
            either(
                "受理为市长直通车议题",
                "Accepted as a matter of the mayor's express",
            ),
            Some(brief_text(lang, brief)),
        ),
        What::Instructed(events::Instructed { duty, clock }) => {
            let owner = body(lang, directory, &duty.owner);
            let limit = time::limit(lang, clock.limit);
            let sentence = if zh {
                format!("退回并限期办理：{owner}，{limit}")
            } else {
                format!("Sent back with an instruction to {owner}: {limit}")
            };
            let sentence = sentence + &moved(lang, duty.moved_from, this_year);
            (sentence, Some(duty.text.as_str().to_owned()))
        }
        What::MatterJoined(events::MatterJoined { main, reason }) => {
            let sentence = if zh {
                format!("并入 {main} 的议题一并研究")
            } else {
                format!("Decided with the matter of {main}")
            };
            (sentence, Some(reason.as_str().to_owned()))
        }
        What::MatterDeferred(events::MatterDeferred { meeting, reason }) => {
            let sentence = if zh {
                format!("会议 {meeting} 决定缓议")
            } else {
                format!("Meeting {meeting} put the decision off")
            };
            // Why is for those at the table.
            let reason = Some(reason.as_str().to_owned()).filter(|_| !outside);
            (sentence, reason)
        }
        What::MatterTookIn(events::MatterTookIn { order }) => {
            let sentence = if zh {
                format!("{order} 并入本议题")
            } else {
                format!("{order} is decided with this matter")
            };
            (sentence, None)
        }
        What::Decided(events::Decided {
            decision, clock, ..
        }) => {
            let owner = body(lang, directory, &decision.duty.owner);
            let limit = time::limit(lang, clock.limit);
            let sentence = if zh {
                format!("会议议定：{owner}牵头，{limit}")
            } else {
                format!("A meeting decided: {owner} answers for it, {limit}")
            };
            let sentence = sentence + &moved(lang, decision.duty.moved_from, this_year);
            (sentence, Some(decision.duty.text.as_str().to_owned()))
        }
        What::TaskReported(events::TaskReported { text, .. }) => (
            either("报告事项完成", "Reported a task as done"),
            Some(text.as_str().to_owned()),
        ),
        What::TaskDecided(events::TaskDecided { done, reason, .. }) => (
            if *done {
                either("确认事项完成", "A task was confirmed")
            } else {
                either("事项未予确认，继续办理", "A task was not confirmed")
            },
            reason
                .as_ref()
                .filter(|_| !outside)
                .map(|reason| reason.as_str().to_owned()),
        ),
        What::TaskAwaited(events::TaskAwaited { awaited }) => {
            let main = awaited.main;
            let sentence = if zh {
                format!("{main} 的议题已议定，待其事项完成")
            } else {
                format!("The matter of {main} was decided; its task is awaited")
            };
            (sentence, Some(awaited.text.as_str().to_owned()))
        }
        What::MatterLeft(events::MatterLeft { main }) => {
            let sentence = if zh {
                format!("{main} 未议定即了结，本单重新列为直通车候选")
            } else {
                format!("{main} ended undecided; this order is a candidate by itself again")
            };
            (sentence, None)
        }
        What::TaskSettled(events::TaskSettled { main, .. }) => {
            let sentence = if zh {
                format!("{main} 的议定事项已完成")
            } else {
                format!("The task of {main} is done")
            };
            (sentence, None)
        }
        What::Replied(events::Replied { reply, .. }) => {
            let head = either("答复：", "Replied: ");
            (
                format!("{head}{}", replied(lang, reply, this_year)),
                Some(reply.text.as_str().to_owned()),
            )
        }
        What::ReplyCorrected(events::ReplyCorrected { reply, reason }) => {
            let (kind, why) = (replied(lang, reply, this_year), reason.as_str());
            let sentence = if zh {
                format!("更正答复：{kind}（原因：{why}）")
            } else {
                format!("Reply corrected: {kind} (because: {why})")
            };
            (sentence, Some(reply.text.as_str().to_owned()))
        }
        What::ReplySubmitted(events::ReplySubmitted { reply, .. }) => {
            let head = either("答复送审：", "Reply submitted for approval: ");
            (
                format!("{head}{}", replied(lang, reply, this_year)),
                Some(reply.text.as_str().to_owned()),
            )
        }
        What::ReplyDecided(events::ReplyDecided { granted, reason }) => (
            if *granted {
                either("审签同意发出", "Reply approved")
            } else {
                either("答复退回修改", "Reply sent back to be mended")
            },
            reason.as_ref().map(|reason| reason.as_str().to_owned()),
        ),
        What::CalledBack(events::CalledBack { call }) => {
            let outcome = order::outcome(call.outcome).of(lang);
            let head = either("回访：", "Called back: ");
            let note = call.note.as_ref().map(|note| note.as_str().to_owned());
            (format!("{head}{outcome}"), note)
        }
        What::CommitmentRang(events::CommitmentRang {
            body: code,
            until,
            overdue,
            ..
        }) => {
            let body = body(lang, directory, code);
            let day = time::date(lang, *until, this_year);
            let sentence = match (zh, overdue) {
                (true, false) => format!("提醒{body}：承诺 {day} 前完成"),
                (false, false) => format!("{body} is reminded: promised by {day}"),
                (true, true) => format!("{body}承诺 {day} 前完成，逾期未兑现"),
                (false, true) => format!("{body} has not kept what it promised by {day}"),
            };
            (sentence, None)
        }
        What::CommitmentKept(events::CommitmentKept { text, .. }) => (
            either("兑现承诺", "Commitment kept"),
            Some(text.as_str().to_owned()),
        ),
        What::Appealed(events::Appealed { reason, .. }) => (
            either("主办单位对评价提出申诉", "The lead appeals the rating"),
            Some(reason.as_str().to_owned()),
        ),
        What::AppealDecided(events::AppealDecided { upheld, reason, .. }) => (
            if *upheld {
                either(
                    "申诉成立，该评价保留、不计入考核",
                    "The appeal is upheld: the rating stays, but does not count",
                )
            } else {
                either(
                    "申诉不成立，评价照计",
                    "The appeal is not upheld: the rating counts",
                )
            },
            reason.as_ref().map(|reason| reason.as_str().to_owned()),
        ),
        What::Noted(events::Noted { text, .. }) => (
            either("内部备注", "Internal note"),
            Some(text.as_str().to_owned()),
        ),
        What::Messaged(events::Messaged {
            text,
            by_enterprise,
        }) => (
            if *by_enterprise {
                either("企业留言", "Message of the enterprise")
            } else {
                either("给企业留言", "Message to the enterprise")
            },
            Some(text.as_str().to_owned()),
        ),
        What::Supplemented(events::Supplemented { text }) => (
            either(
                "企业提交补正",
                "The enterprise handed in what was asked for",
            ),
            Some(text.as_str().to_owned()),
        ),
        What::Rated(events::Rated { rating }) => {
            let level = order::rating(rating.level).of(lang);
            let head = either("评价：", "Rated: ");
            let comment = rating.comment.as_ref().map(|text| text.as_str().to_owned());
            (format!("{head}{level}"), comment)
        }
        What::SentBack(_) => (
            either(
                "企业不满意或未解决，退回二次办理",
                "Sent back for rework: rated badly, or not solved",
            ),
            None,
        ),
        What::Escalated(events::Escalated {
            level, cause, card, ..
        }) => {
            let sentence = escalated(lang, *level, cause, directory, this_year);
            let card = card.map(|colour| order::colour(colour).of(lang));
            let sentence = match (zh, card) {
                (true, Some(card)) => format!("{sentence}，{card}"),
                (false, Some(card)) => format!("{sentence}; {}", card.to_lowercase()),
                (_, None) => sentence,
            };
            (sentence, None)
        }
        What::Closed(events::Closed) => (either("销号", "Struck off"), None),
        What::Withdrawn(events::Withdrawn { reason }) => (
            either("企业撤回", "Withdrawn by the enterprise"),
            Some(reason.as_str().to_owned()),
        ),
    }
}

/// The kind of a reply, with what it promises or relies on.
pub fn replied(lang: Lang, reply: &Reply, this_year: i32) -> String {
    let zh = lang == Lang::Zh;
    let kind = order::reply_kind(reply.kind.code()).of(lang);
    let more = match &reply.kind {
        ReplyKind::Planned { until } => {
            let day = time::date(lang, *until, this_year);
            if zh {
                format!("，承诺 {day} 前完成")
            } else {
                format!(", promised by {day}")
            }
        }
        ReplyKind::Impossible { basis } => {
            if zh {
                format!("，依据：{}", basis.as_str())
            } else {
                format!(", because of: {}", basis.as_str())
            }
        }
        ReplyKind::Solved | ReplyKind::Explained => String::new(),
    };
    format!("{kind}{more}")
}

/// That the day asked for is a day off, so that it is due on the working day after it.
pub fn moved(lang: Lang, from: Option<NaiveDate>, this_year: i32) -> String {
    let day = from.map(|day| time::date(lang, day, this_year));
    match (lang, day) {
        (_, None) => String::new(),
        (Lang::Zh, Some(day)) => format!("（原定{day}，遇休息日顺延）"),
        (Lang::En, Some(day)) => format!(" ({day} was asked for, which is a day off)"),
    }
}

/// What an event made of the deadline, said after it.
pub fn now_due(lang: Lang, due: Due, this_year: i32) -> String {
    let due = time::due(lang, due, this_year);
    match lang {
        Lang::Zh => format!("，时限 {due}"),
        Lang::En => format!("; due {due}"),
    }
}

fn escalated(
    lang: Lang,
    level: domain::order::Level,
    cause: &Cause,
    directory: &Directory,
    this_year: i32,
) -> String {
    let level = order::level(level).of(lang);
    match cause {
        Cause::Overdue {
            clock,
            due_at,
            late,
            ..
        } => {
            let due = time::moment(lang, *due_at, this_year);
            let clock = order::clock(*clock).of(lang);
            let late = late.as_ref().map_or_else(
                || order::turn(domain::order::Turn::Centre).of(lang).to_owned(),
                |code| body(lang, directory, code),
            );
            match lang {
                Lang::Zh => format!("{late}{clock}逾期（时限 {due}），报{level}"),
                Lang::En => format!("{late}: {clock} overdue since {due}; carried to: {level}"),
            }
        }
        Cause::SecondBadRating => match lang {
            Lang::Zh => format!("两次评价不满意，报{level}"),
            Lang::En => format!("Rated badly twice; carried to: {level}"),
        },
        Cause::StillNotSolved => match lang {
            Lang::Zh => format!("二次办理后企业仍说未解决，报{level}"),
            Lang::En => format!("Still not solved after the rework; carried to: {level}"),
        },
    }
}

pub fn body(lang: Lang, directory: &Directory, code: &BodyCode) -> String {
    directory.body(code.as_str()).map_or_else(
        || code.to_string(),
        |body| lang.name(&body.short).to_owned(),
    )
}

/// A difficulty, with what was tried, what stands in the way and what is at stake.
pub fn brief_text(lang: Lang, brief: &Brief) -> String {
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    let line = |label: Text, text: &str| format!("{}{colon}{text}", label.of(lang));
    let mut lines = vec![brief.difficulty.as_str().to_owned()];
    let tried = brief.tried.as_ref().map(|tried| tried.as_str());
    let obstacle = brief.obstacle.as_ref().map(|obstacle| obstacle.as_str());
    let stakes = brief.stakes.as_ref().map(|stakes| stakes.as_str());
    for (label, text) in [
        (express::TRIED, tried),
        (express::OBSTACLE, obstacle),
        (express::STAKES, stakes),
    ] {
        lines.extend(text.map(|text| line(label, text)));
    }
    lines.join("\n")
}
