//! What happened to an order, told in one sentence each.

use domain::order::event::Cause;
use domain::order::{ReplyKind, What};
use domain::{BodyCode, Directory};

use super::{order, time};
use crate::lang::Lang;

/// The sentence, and what somebody wrote along with it.
pub fn told(
    lang: Lang,
    what: &What,
    directory: &Directory,
    this_year: i32,
) -> (String, Option<String>) {
    let zh = lang == Lang::Zh;
    let either = |a: &str, b: &str| if zh { a.to_owned() } else { b.to_owned() };
    match what {
        What::Placed { .. } => (either("企业点单", "Order placed"), None),
        What::Declined { reason } => (
            either("不予受理", "Declined"),
            Some(reason.as_str().to_owned()),
        ),
        What::Dispatched {
            department,
            complexity,
            ..
        } => {
            let body = body(lang, directory, department);
            let kind = order::complexity(*complexity).of(lang);
            let sentence = if zh {
                format!("分派给{body}主办（{kind}）")
            } else {
                format!("Dispatched to {body} as lead ({})", kind.to_lowercase())
            };
            (sentence, None)
        }
        What::Taken => (either("已接单", "Taken"), None),
        What::Replied { reply, .. } => {
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
            let head = either("答复：", "Replied: ");
            (
                format!("{head}{kind}{more}"),
                Some(reply.text.as_str().to_owned()),
            )
        }
        What::Rated { rating } => {
            let level = order::rating(rating.level).of(lang);
            let head = either("评价：", "Rated: ");
            let comment = rating.comment.as_ref().map(|text| text.as_str().to_owned());
            (format!("{head}{level}"), comment)
        }
        What::SentBack { .. } => (
            either(
                "评价不满意，退回二次办理",
                "Sent back for rework after a bad rating",
            ),
            None,
        ),
        What::Escalated { level, cause } => {
            (escalated(lang, *level, cause, directory, this_year), None)
        }
        What::Closed => (either("销号", "Struck off"), None),
        What::Withdrawn { reason } => (
            either("企业撤回", "Withdrawn by the enterprise"),
            Some(reason.as_str().to_owned()),
        ),
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
    }
}

pub fn body(lang: Lang, directory: &Directory, code: &BodyCode) -> String {
    directory.body(code.as_str()).map_or_else(
        || code.to_string(),
        |body| lang.name(&body.short).to_owned(),
    )
}
