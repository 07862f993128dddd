//! What happened to an order, told in one sentence each.

use chrono::NaiveDate;
use domain::order::escalation::Cause;
use domain::order::{Brief, Origin, Reason, Reply, ReplyKind, Side, What};
use domain::time::{Due, Limit};
use domain::{BodyCode, Directory};

use crate::lang::{Lang, Text};
use crate::{express, meeting, order, time};

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
    // One of the two, with what stands around it filled in.
    macro_rules! say {
        ($zh:literal, $en:literal) => {
            if zh { format!($zh) } else { format!($en) }
        };
    }
    let body = |code: &BodyCode| body(lang, directory, code);
    let replied = |reply: &Reply| replied(lang, reply, this_year);
    let moved = |day: Option<NaiveDate>| moved(lang, day, this_year);
    let note = |reason: &Option<Reason>| reason.as_ref().map(|reason| reason.as_str().to_owned());
    let text = |text: &str| Some(text.to_owned());
    match what {
        What::Placed(it) => match &it.origin {
            None => (say!("企业点单", "Order placed"), None),
            Some(Origin::Hall) => (
                say!(
                    "大厅收件，由推进中心录入",
                    "Handed in at the hall, entered by the centre"
                ),
                None,
            ),
            Some(Origin::Split { of }) => (say!("从 {of} 拆分", "Split off from {of}"), None),
        },
        What::Recalled(it) => (
            say!("撤回分派", "Dispatch taken back"),
            text(it.reason.as_str()),
        ),
        What::Reassigned(it) => {
            let (from, body) = (body(&it.from), body(&it.department));
            let sentence = say!(
                "改派：由{from}改为{body}主办",
                "Given to {body} as lead, instead of {from}"
            );
            (sentence, text(it.reason.as_str()))
        }
        What::Urged(it) => (say!("催办", "Urged"), text(it.text.as_str())),
        What::Merged(_) if outside => (
            say!(
                "已与同类诉求合并办理，办理结果将同时告知贵单位",
                "Handled together with an order of the same kind; you will read its outcome here"
            ),
            None,
        ),
        What::Merged(it) => {
            let into = it.into;
            let sentence = say!(
                "并入 {into}，停止计时",
                "Merged into {into}; the clock stands still"
            );
            (sentence, text(it.reason.as_str()))
        }
        What::Absorbed(it) => {
            let order = it.order;
            (
                say!("{order} 并入本单", "{order} was merged into this one"),
                None,
            )
        }
        What::Unmerged(it) => match &it.reason {
            None => (
                say!(
                    "主单未答复即结束，本单恢复办理",
                    "The main order ended without a reply; this one goes on"
                ),
                None,
            ),
            // Why is the centre's: it may name another enterprise.
            Some(reason) => (
                say!("撤销并案，恢复计时", "Merge undone; the clock runs again"),
                text(reason.as_str()).filter(|_| !outside),
            ),
        },
        What::Released(it) => {
            let order = it.order;
            let sentence = say!(
                "{order} 不再并入本单",
                "{order} is no longer merged into this one"
            );
            (sentence, None)
        }
        What::Followed(it) => {
            let body = body(&it.lead);
            let sentence = say!("主单改由{body}主办", "The main order is led by {body} now");
            (sentence, None)
        }
        What::Answered(it) => {
            let kind = replied(&it.reply);
            let sentence = match &it.corrected {
                None => say!("主单答复：{kind}", "The main order was replied to: {kind}"),
                Some(why) => {
                    let why = why.as_str();
                    say!(
                        "主单更正答复：{kind}（原因：{why}）",
                        "The main order’s reply was corrected: {kind} (because: {why})"
                    )
                }
            };
            (sentence, text(it.reply.text.as_str()))
        }
        What::Linked(it) => {
            let other = it.other;
            (say!("关联 {other}", "Linked with {other}"), None)
        }
        What::Unlinked(it) => {
            let other = it.other;
            (
                say!("取消与 {other} 的关联", "Link with {other} removed"),
                None,
            )
        }
        What::SplitOff(it) => {
            let into = it.into;
            (
                say!("拆分出 {into}", "{into} was split off"),
                text(it.title.as_str()),
            )
        }
        What::Declined(it) => (say!("不予受理", "Declined"), text(it.reason.as_str())),
        What::Dispatched(it) => {
            let body = body(&it.department);
            let kind = order::complexity(it.complexity).of(lang).to_lowercase();
            let sentence = say!(
                "分派给{body}主办（{kind}）",
                "Dispatched to {body} as lead ({kind})"
            );
            (sentence, None)
        }
        What::Taken(_) => (say!("已接单", "Taken"), None),
        What::CoHandlerAdded(it) => {
            let body = body(&it.body);
            let limit = time::limit(lang, it.clock.limit);
            let sentence = say!(
                "由{body}协办，时限 {limit}",
                "{body} is to co-handle, within {limit}"
            );
            (
                sentence,
                it.task.as_ref().map(|task| task.as_str().to_owned()),
            )
        }
        What::CoHandlingAsked(it) => {
            let body = body(&it.wish.body);
            let task = it.wish.task.as_ref().map(|task| task.as_str().to_owned());
            (
                say!("请求由{body}协办", "Asked for {body} to co-handle"),
                task,
            )
        }
        What::CoHandlingDecided(it) => (
            if it.granted {
                say!("同意增加协办", "Co-handler granted")
            } else {
                say!("不同意增加协办", "Co-handler refused")
            },
            note(&it.reason),
        ),
        What::CoReplied(it) => (
            say!("协办答复", "Replied to the lead"),
            text(it.text.as_str()),
        ),
        What::CoHandlersLeftOut(it) => {
            let bodies: Vec<String> = it.bodies.iter().map(body).collect();
            let bodies = bodies.join(if zh { "、" } else { ", " });
            let sentence = say!("未等{bodies}答复", "Did not wait for {bodies}");
            (sentence, text(it.reason.as_str()))
        }
        What::Returned(it) => {
            let clause = it.sent.clause.as_str();
            let propose = it.sent.propose.as_ref().map_or_else(String::new, |code| {
                let body = body(code);
                say!("，建议由{body}主办", ", proposing {body}")
            });
            let sentence = say!(
                "退单，依据：{clause}{propose}",
                "Returned, by its duty clause: {clause}{propose}"
            );
            (sentence, text(it.sent.reason.as_str()))
        }
        What::Ruled(it) => {
            let body = body(&it.department);
            let sentence = say!("裁定由{body}主办", "Ruled: {body} is to lead");
            (sentence, text(it.reason.as_str()))
        }
        What::Paused(it) => {
            let pause = &it.pause;
            let kind = order::pause_kind(pause.kind).of(lang).to_lowercase();
            let basis = pause.basis.as_str();
            let until = time::moment(lang, pause.until, this_year);
            let evidence = pause.evidence.as_ref().map_or_else(String::new, |paper| {
                let paper = paper.as_str();
                say!("，文书：{paper}", "; paper: {paper}")
            });
            let sentence = say!(
                "暂停计时（{kind}），依据：{basis}{evidence}，最迟 {until} 恢复",
                "Clock paused ({kind}), by {basis}{evidence}; until {until} at the latest"
            );
            let things = pause.things.iter().map(|thing| thing.as_str());
            let said: Vec<&str> = std::iter::once(pause.reason.as_str())
                .chain(things)
                .collect();
            (sentence, Some(said.join("\n")))
        }
        What::Objected(it) => (
            say!("企业对暂停提出异议", "The enterprise objects to the pause"),
            text(it.reason.as_str()),
        ),
        What::ObjectionDecided(it) => (
            if it.upheld {
                say!("异议成立", "The objection is upheld")
            } else {
                say!(
                    "异议不成立，暂停继续",
                    "The objection is not upheld; the pause goes on"
                )
            },
            note(&it.reason),
        ),
        What::Resumed(_) => (say!("恢复计时", "The clock runs again"), None),
        What::ExtensionAsked(it) => {
            let days = time::limit(lang, Limit::Days(it.asked.days));
            let sentence = say!("申请延期 {days}", "Asked for an extension: {days}");
            (sentence, text(it.asked.reason.as_str()))
        }
        What::ExtensionDecided(it) => (
            if it.granted {
                say!("同意延期", "Extension granted")
            } else {
                say!("不同意延期", "Extension refused")
            },
            note(&it.reason),
        ),
        What::Explained(it) => {
            let card = order::colour(it.colour).of(lang).to_lowercase();
            let sentence = say!("对{card}作出说明", "Explained the {card}");
            (sentence, text(it.text.as_str()))
        }
        What::Lifted(it) => {
            let card = order::colour(it.colour).of(lang);
            (
                say!("撤销{card}", "{card} lifted"),
                text(it.reason.as_str()),
            )
        }
        What::Moved(it) => {
            let clock = order::clock(it.clock).of(lang);
            let sentence = republished(lang, (it.year, clock), (it.was, it.is), this_year);
            (sentence, None)
        }
        What::Reruled(it) => {
            let name = order::clock(it.clock.name).of(lang);
            let limit = time::limit(lang, it.clock.limit);
            let version = it.clock.rules;
            let sentence = if it.moved {
                say!(
                    "规则第 {version} 版施行，{name}时限改为 {limit}",
                    "Version {version} of the rules applies; {name}: {limit}"
                )
            } else {
                say!(
                    "规则第 {version} 版适用于本单",
                    "Version {version} of the rules applies from here on"
                )
            };
            (sentence, None)
        }
        What::HandedOver(it) => {
            let name = &it.name;
            let sentence = match (it.side, &it.contact) {
                (Side::Enterprise, Some(_)) => {
                    say!("企业更换联系人", "The enterprise named another contact")
                }
                (Side::Enterprise, None) => say!(
                    "企业经手人离任，联系方式不变",
                    "The person in charge left the enterprise; the contact stays"
                ),
                (Side::Lead, _) if name.is_empty() => say!(
                    "经办人离任，由本单位继续办理",
                    "The handler left; the body goes on"
                ),
                (Side::Lead, _) => say!(
                    "经办人离任，交接给{name}",
                    "The handler left; handed over to {name}"
                ),
            };
            (sentence, None)
        }
        What::Referred(it) => (
            say!("提请市长直通车", "Referred to the mayor's express"),
            Some(brief_text(lang, &it.brief)),
        ),
        What::MatterAccepted(_) if outside => (
            say!("列为市长直通车议题", "Taken up on the mayor's express"),
            None,
        ),
        What::MatterAccepted(it) => (
            say!(
                "受理为市长直通车议题",
                "Accepted as a matter of the mayor's express"
            ),
            Some(brief_text(lang, &it.brief)),
        ),
        What::Instructed(it) => {
            let owner = body(&it.duty.owner);
            let limit = time::limit(lang, it.clock.limit);
            let moved = moved(it.duty.moved_from);
            let sentence = say!(
                "退回并限期办理：{owner}，{limit}{moved}",
                "Sent back with an instruction to {owner}: {limit}{moved}"
            );
            (sentence, text(it.duty.text.as_str()))
        }
        What::MatterJoined(it) => {
            let main = it.main;
            let sentence = say!(
                "并入 {main} 的议题一并研究",
                "Decided with the matter of {main}"
            );
            (sentence, text(it.reason.as_str()))
        }
        What::MatterDeferred(it) => {
            let meeting = it.meeting;
            let sentence = say!(
                "会议 {meeting} 决定缓议",
                "Meeting {meeting} put the decision off"
            );
            // Why is for those at the table.
            (sentence, text(it.reason.as_str()).filter(|_| !outside))
        }
        What::MatterTookIn(it) => {
            let order = it.order;
            let sentence = say!("{order} 并入本议题", "{order} is decided with this matter");
            (sentence, None)
        }
        What::Decided(it) => {
            let duty = &it.decision.duty;
            let owner = body(&duty.owner);
            let limit = time::limit(lang, it.clock.limit);
            let moved = moved(duty.moved_from);
            let sentence = say!(
                "会议议定：{owner}牵头，{limit}{moved}",
                "A meeting decided: {owner} answers for it, {limit}{moved}"
            );
            (sentence, text(duty.text.as_str()))
        }
        What::MatterConcluded(it) => (
            say!("会议议定意见（不交办）", "A meeting decided without a task"),
            Some(meeting::conclusion(lang, &it.conclusion)),
        ),
        What::MainConcluded(it) => {
            let main = it.main;
            let sentence = say!(
                "{main} 的议题已议定（不交办）",
                "The matter of {main} was decided without a task"
            );
            (sentence, Some(meeting::conclusion(lang, &it.conclusion)))
        }
        What::TaskReported(it) => (
            say!("报告事项完成", "Reported a task as done"),
            text(it.text.as_str()),
        ),
        What::TaskDecided(it) => (
            if it.done {
                say!("确认事项完成", "A task was confirmed")
            } else {
                say!("事项未予确认，继续办理", "A task was not confirmed")
            },
            note(&it.reason).filter(|_| !outside),
        ),
        What::TaskAwaited(it) => {
            let main = it.awaited.main;
            let sentence = say!(
                "{main} 的议题已议定，待其事项完成",
                "The matter of {main} was decided; its task is awaited"
            );
            (sentence, text(it.awaited.text.as_str()))
        }
        What::MatterLeft(it) => {
            let main = it.main;
            let sentence = say!(
                "{main} 未议定即了结，本单重新列为直通车候选",
                "{main} ended undecided; this order is a candidate by itself again"
            );
            (sentence, None)
        }
        What::TaskSettled(it) => {
            let main = it.main;
            let sentence = say!("{main} 的议定事项已完成", "The task of {main} is done");
            (sentence, None)
        }
        What::Replied(it) => {
            let kind = replied(&it.reply);
            (
                say!("答复：{kind}", "Replied: {kind}"),
                text(it.reply.text.as_str()),
            )
        }
        What::ReplyCorrected(it) => {
            let (kind, why) = (replied(&it.reply), it.reason.as_str());
            let sentence = say!(
                "更正答复：{kind}（原因：{why}）",
                "Reply corrected: {kind} (because: {why})"
            );
            (sentence, text(it.reply.text.as_str()))
        }
        What::ReplySubmitted(it) => {
            let kind = replied(&it.reply);
            let sentence = say!("答复送审：{kind}", "Reply submitted for approval: {kind}");
            (sentence, text(it.reply.text.as_str()))
        }
        What::ReplyDecided(it) => (
            if it.granted {
                say!("审签同意发出", "Reply approved")
            } else {
                say!("答复退回修改", "Reply sent back to be mended")
            },
            note(&it.reason),
        ),
        What::CalledBack(it) => {
            let outcome = order::outcome(it.call.outcome).of(lang);
            let note = it.call.note.as_ref().map(|note| note.as_str().to_owned());
            (say!("回访：{outcome}", "Called back: {outcome}"), note)
        }
        What::CommitmentRang(it) => {
            let body = body(&it.body);
            let day = time::date(lang, it.until, this_year);
            let sentence = if it.overdue {
                say!(
                    "{body}承诺 {day} 前完成，逾期未兑现",
                    "{body} has not kept what it promised by {day}"
                )
            } else {
                say!(
                    "提醒{body}：承诺 {day} 前完成",
                    "{body} is reminded: promised by {day}"
                )
            };
            (sentence, None)
        }
        What::CommitmentKept(it) => (say!("兑现承诺", "Commitment kept"), text(it.text.as_str())),
        What::Appealed(it) => (
            say!("主办单位对评价提出申诉", "The lead appeals the rating"),
            text(it.reason.as_str()),
        ),
        What::AppealDecided(it) => (
            if it.upheld {
                say!(
                    "申诉成立，该评价保留、不计入考核",
                    "The appeal is upheld: the rating stays, but does not count"
                )
            } else {
                say!(
                    "申诉不成立，评价照计",
                    "The appeal is not upheld: the rating counts"
                )
            },
            note(&it.reason),
        ),
        What::Noted(it) => (say!("内部备注", "Internal note"), text(it.text.as_str())),
        What::Messaged(it) => (
            if it.by_enterprise {
                say!("企业留言", "Message of the enterprise")
            } else {
                say!("给企业留言", "Message to the enterprise")
            },
            text(it.text.as_str()),
        ),
        What::Supplemented(it) => (
            say!(
                "企业提交补正",
                "The enterprise handed in what was asked for"
            ),
            text(it.text.as_str()),
        ),
        What::Rated(it) => {
            let level = order::rating(it.rating.level).of(lang);
            let comment = it.rating.comment.as_ref();
            let comment = comment.map(|text| text.as_str().to_owned());
            (say!("评价：{level}", "Rated: {level}"), comment)
        }
        What::SentBack(_) => (
            say!(
                "企业不满意或未解决，退回二次办理",
                "Sent back for rework: rated badly, or not solved"
            ),
            None,
        ),
        What::Escalated(it) => {
            let sentence = escalated(lang, it.level, &it.cause, directory, this_year);
            let card = it.card.map_or_else(String::new, |colour| {
                let card = order::colour(colour).of(lang).to_lowercase();
                say!("，{card}", "; {card}")
            });
            (sentence + &card, None)
        }
        What::Closed(_) => (say!("销号", "Struck off"), None),
        What::Withdrawn(it) => (
            say!("企业撤回", "Withdrawn by the enterprise"),
            text(it.reason.as_str()),
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

/// The notice of a year moved a deadline, or settled it.
pub fn republished(
    lang: Lang,
    (year, clock): (i32, &str),
    (was, is): (Due, Due),
    this_year: i32,
) -> String {
    let settled = was.at == is.at;
    let was = time::due(lang, was, this_year);
    let is = time::due(lang, is, this_year);
    match (lang, settled) {
        (Lang::Zh, true) => format!("{year} 年放假安排已公布，{clock}时限 {is} 确定"),
        (Lang::En, true) => {
            format!("The calendar of {year} is published; {clock}: {is} is settled")
        }
        (Lang::Zh, false) => {
            format!("{year} 年放假安排已公布，{clock}时限由 {was} 改为 {is}")
        }
        (Lang::En, false) => {
            format!("The calendar of {year} is published; {clock}: {was} becomes {is}")
        }
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
