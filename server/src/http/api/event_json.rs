use domain::order::event::Cause;
use domain::order::{Brief, Duty, Event, Origin, Overview, Reply, ReplyKind, Side, What};
use domain::time::rfc3339;
use domain::{Attachment, Role};
use serde::Serialize;
use serde_json::{Map, Value, json};
use store::Desk;
use utoipa::ToSchema;

/// Something that happened to an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventJson {
    seq: u32,
    /// placed declined dispatched co_handler_added co_handling_asked co_handling_decided
    /// co_replied co_handlers_left_out taken recalled returned ruled paused objected objection_decided resumed
    /// extension_asked extension_decided noted messaged supplemented reply_submitted reply_decided replied
    /// reply_corrected called_back rated appealed appeal_decided sent_back commitment_rang commitment_kept
    /// escalated explained lifted moved reruled handed_over closed withdrawn urged merged absorbed
    /// unmerged released followed answered linked unlinked split_off referred matter_accepted instructed
    /// matter_joined matter_took_in matter_deferred decided task_reported task_decided task_awaited task_settled matter_left
    kind: &'static str,
    at: String,
    entered_at: String,
    /// `null` for the program, and to enterprises for people of offices; people of
    /// enterprises are masked for who does not work on the order.
    actor: Option<String>,
    role: &'static str,
    /// Code of the body that acted.
    body: Option<String>,
    /// Files that hang on it.
    attachments: Vec<AttachmentJson>,
    /// What belongs to the kind.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    details: Map<String, Value>,
}

/// A file, to be read at `/attachments/{id}`.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentJson {
    id: i64,
    name: String,
    /// In bytes.
    size: u64,
    media_type: &'static str,
    /// SHA-256.
    digest: String,
}

impl AttachmentJson {
    fn of(attachment: &Attachment) -> Self {
        Self {
            id: attachment.id,
            name: attachment.name.as_str().to_owned(),
            size: attachment.size,
            media_type: attachment.kind.media_type(),
            digest: attachment.digest.clone(),
        }
    }
}

impl EventJson {
    pub fn of(event: &Event, overview: &Overview, desk: &Desk) -> Self {
        Self {
            seq: event.seq,
            kind: event.what.code(),
            at: rfc3339(event.happened_at),
            entered_at: rfc3339(event.entered_at),
            actor: overview.name_for(&event.by, &desk.actor),
            role: event.by.role.code(),
            body: event.by.body.as_ref().map(ToString::to_string),
            attachments: event.attachments.iter().map(AttachmentJson::of).collect(),
            details: details(&event.what, overview, desk),
        }
    }
}

fn details(what: &What, overview: &Overview, desk: &Desk) -> Map<String, Value> {
    let calendar = &desk.book.calendar;
    // Who is carded is the administration's own.
    let outside = matches!(desk.actor.role, Role::Enterprise { .. });
    let due = |clock: &domain::order::Clock| rfc3339(clock.due(calendar).at);
    let details = match what {
        What::Placed {
            placement,
            triage,
            origin,
            ..
        } => {
            let (name, phone) = overview.contact_for(&desk.actor);
            json!({
                "title": placement.title.as_str(),
                "contact": {"name": name, "phone": phone},
                "due_at": due(triage),
                "origin": match origin {
                    None => None,
                    Some(Origin::Hall) => Some("hall".to_owned()),
                    Some(Origin::Split { of }) => Some(of.to_string()),
                },
            })
        }
        What::Recalled {
            reason,
            triage,
            parts,
        } => json!({
            "reason": reason.as_str(),
            "bodies": (!outside).then_some(parts),
            "due_at": due(triage),
        }),
        What::Urged { text } => json!({"reason": text.as_str()}),
        // Into whose, and why, is not another enterprise's.
        What::Merged { .. } | What::Unmerged { .. } if outside => json!({}),
        What::Merged { into, reason, .. } => json!({
            "into": into.to_string(),
            "reason": reason.as_str(),
        }),
        What::Absorbed { order, .. } | What::Released { order } => {
            json!({"order": order.to_string()})
        }
        What::Unmerged { reason } => json!({
            "reason": reason.as_ref().map(|reason| reason.as_str()),
        }),
        What::Followed { lead } => json!({"department": lead.as_str()}),
        What::Answered { reply, corrected } => {
            let mut told = replied(reply);
            told["reason"] = json!(corrected.as_ref().map(|reason| reason.as_str()));
            told
        }
        What::Linked { other } | What::Unlinked { other } => {
            json!({"order": other.to_string()})
        }
        What::SplitOff { into, title } => json!({
            "order": into.to_string(),
            "title": title.as_str(),
        }),
        What::HandedOver { side, name, .. } => {
            let lead = *side == Side::Lead;
            json!({
                "side": if lead { "lead" } else { "enterprise" },
                "to": (lead && !name.is_empty()).then_some(name),
            })
        }
        What::Declined { reason } | What::Withdrawn { reason } => {
            json!({"reason": reason.as_str()})
        }
        What::Dispatched {
            department,
            complexity,
            take,
            resolve,
        } => json!({
            "department": department.as_str(),
            "complexity": complexity.code(),
            "take_due_at": due(take),
            "due_at": due(resolve),
        }),
        What::Taken | What::Resumed | What::Closed => json!({}),
        What::CoHandlerAdded { body, task, clock } => json!({
            "department": body.as_str(),
            "task": task.as_ref().map(|task| task.as_str()),
            "due_at": due(clock),
        }),
        What::CoHandlingAsked { wish } => json!({
            "department": wish.body.as_str(),
            "task": wish.task.as_ref().map(|task| task.as_str()),
        }),
        What::CoHandlingDecided { granted, reason } => json!({
            "granted": granted,
            "reason": reason.as_ref().map(|reason| reason.as_str()),
        }),
        What::CoReplied { body, text } => json!({
            "department": body.as_str(),
            "text": text.as_str(),
        }),
        What::CoHandlersLeftOut { bodies, reason } => json!({
            "departments": bodies.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "reason": reason.as_str(),
        }),
        What::Returned { sent, ruling } => json!({
            "reason": sent.reason.as_str(),
            "clause": sent.clause.as_str(),
            "propose": sent.propose.as_ref().map(ToString::to_string),
            "due_at": due(ruling),
        }),
        What::Ruled {
            department,
            reason,
            take,
        } => json!({
            "department": department.as_str(),
            "reason": reason.as_str(),
            "take_due_at": due(take),
        }),
        What::Paused { pause } => json!({
            "pause": pause.kind.code(),
            "reason": pause.reason.as_str(),
            "basis": pause.basis.as_str(),
            "evidence": pause.evidence.as_ref().map(|paper| paper.as_str()),
            "things": pause.things.iter().map(|thing| thing.as_str()).collect::<Vec<_>>(),
            "until": rfc3339(pause.until),
        }),
        What::Objected { reason } => json!({"reason": reason.as_str()}),
        What::ObjectionDecided { upheld, reason } => json!({
            "upheld": upheld,
            "reason": reason.as_ref().map(|reason| reason.as_str()),
        }),
        What::ExtensionAsked { asked } => json!({
            "days": asked.days,
            "reason": asked.reason.as_str(),
        }),
        What::ExtensionDecided { granted, reason } => json!({
            "granted": granted,
            "reason": reason.as_ref().map(|reason| reason.as_str()),
        }),
        What::Explained {
            card, colour, text, ..
        } => json!({"card": card, "colour": colour.code(), "reason": text.as_str()}),
        What::Lifted {
            card,
            colour,
            reason,
        } => json!({"card": card, "colour": colour.code(), "reason": reason.as_str()}),
        What::Moved {
            clock,
            year,
            was,
            is,
        } => json!({
            "clock": clock.code(),
            "year": year,
            "due_at_before": rfc3339(was.at),
            "due_at": rfc3339(is.at),
            "due_provisional": is.provisional,
        }),
        What::Reruled { clock, .. } => json!({
            "clock": clock.name.code(),
            "rules": clock.rules,
        }),
        What::Replied {
            reply,
            window,
            callback,
        } => {
            let mut told = replied(reply);
            told["due_at"] = json!(due(window));
            told["callback_due_at"] = json!(callback.as_ref().map(due));
            told
        }
        What::ReplyCorrected { reply, reason } => {
            let mut told = replied(reply);
            told["reason"] = json!(reason.as_str());
            told
        }
        What::ReplySubmitted { reply, without } => {
            let mut told = replied(reply);
            told["without"] = json!(without.as_ref().map(|reason| reason.as_str()));
            told
        }
        What::ReplyDecided { granted, reason } => json!({
            "granted": granted,
            "reason": reason.as_ref().map(|reason| reason.as_str()),
        }),
        What::CalledBack { call } => json!({
            "outcome": call.outcome.code(),
            "comment": call.note.as_ref().map(|note| note.as_str()),
        }),
        What::CommitmentRang {
            reply,
            body,
            until,
            overdue,
        } => json!({
            "commitment": reply,
            "department": body.as_str(),
            "until": until.to_string(),
            "overdue": overdue,
        }),
        What::CommitmentKept { reply, text } => {
            json!({"commitment": reply, "reason": text.as_str()})
        }
        What::Appealed { rating, reason } => {
            json!({"rating": rating, "reason": reason.as_str()})
        }
        What::AppealDecided {
            rating,
            upheld,
            reason,
        } => json!({
            "rating": rating,
            "upheld": upheld,
            "reason": reason.as_ref().map(|reason| reason.as_str()),
        }),
        What::Referred { brief } => brief_json(brief),
        What::MatterAccepted { brief } if outside => {
            json!({"difficulty": brief.difficulty.as_str()})
        }
        What::MatterAccepted { brief } => brief_json(brief),
        What::Instructed { duty, clock } => {
            let mut told = duty_json(duty);
            told["due_at"] = json!(due(clock));
            told
        }
        What::MatterJoined { main, reason } => json!({
            "into": main.to_string(),
            "reason": reason.as_str(),
        }),
        What::MatterTookIn { order } => json!({"order": order.to_string()}),
        What::MatterDeferred { meeting, .. } if outside => {
            json!({"meeting": meeting.to_string()})
        }
        What::MatterDeferred { meeting, reason } => json!({
            "meeting": meeting.to_string(),
            "reason": reason.as_str(),
        }),
        What::Decided {
            meeting,
            decision,
            clock,
        } => {
            let mut told = duty_json(&decision.duty);
            told["meeting"] = json!(meeting.to_string());
            told["basis"] = json!(decision.basis.as_ref().map(|basis| basis.as_str()));
            told["replaces"] = json!(decision.replaces);
            told["due_at"] = json!(due(clock));
            told
        }
        What::TaskReported { task, text } => json!({"task": task, "text": text.as_str()}),
        What::TaskDecided { task, done, reason } => json!({
            "task": task,
            "done": done,
            "reason": reason.as_ref().filter(|_| !outside).map(|reason| reason.as_str()),
        }),
        What::TaskAwaited { awaited } => json!({
            "main": awaited.main.to_string(),
            "task": awaited.task,
            "text": awaited.text.as_str(),
        }),
        What::MatterLeft { main } => json!({"main": main.to_string()}),
        What::TaskSettled { main, task } => json!({"main": main.to_string(), "task": task}),
        What::Supplemented { text } => json!({"text": text.as_str()}),
        What::Noted { text, .. } | What::Messaged { text, .. } => json!({"text": text.as_str()}),
        What::Rated { rating } => json!({
            "level": rating.level.code(),
            "comment": rating.comment.as_ref().map(|text| text.as_str()),
        }),
        What::SentBack { clock } => json!({"due_at": due(clock)}),
        What::Escalated {
            level, cause, card, ..
        } => match cause {
            Cause::Overdue {
                clock,
                due_at,
                late,
                ..
            } => json!({
                "level": level.code(),
                "cause": "overdue",
                "clock": clock.code(),
                "due_at": rfc3339(*due_at),
                "late": late.as_ref().map(ToString::to_string),
                "card": card.filter(|_| !outside).map(|colour| colour.code()),
            }),
            Cause::SecondBadRating | Cause::StillNotSolved => json!({
                "level": level.code(),
                "cause": match cause {
                    Cause::StillNotSolved => "still_not_solved",
                    _ => "second_bad_rating",
                },
                "card": card.filter(|_| !outside).map(|colour| colour.code()),
            }),
        },
    };
    match details {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn brief_json(brief: &Brief) -> Value {
    json!({
        "difficulty": brief.difficulty.as_str(),
        "tried": brief.tried.as_ref().map(|text| text.as_str()),
        "obstacle": brief.obstacle.as_ref().map(|text| text.as_str()),
        "stakes": brief.stakes.as_ref().map(|text| text.as_str()),
    })
}

fn duty_json(duty: &Duty) -> Value {
    let others = duty.co_owners.iter().map(ToString::to_string);
    json!({
        "text": duty.text.as_str(),
        "owner": duty.owner.as_str(),
        "co_owners": others.collect::<Vec<_>>(),
        "proof": duty.proof.as_str(),
    })
}

fn replied(reply: &Reply) -> Value {
    json!({
        "reply": reply.kind.code(),
        "text": reply.text.as_str(),
        "until": match &reply.kind {
            ReplyKind::Planned { until } => Some(until.to_string()),
            _ => None,
        },
        "basis": match &reply.kind {
            ReplyKind::Impossible { basis } => Some(basis.as_str()),
            _ => None,
        },
    })
}
