use domain::order::placement::Draft;
use domain::order::{CoHandlerRows, PauseDraft, ReplyDraft};
use leptos::prelude::*;

use crate::problem::Problem;

#[server(prefix = "/act", endpoint = "place")]
pub async fn place(
    #[server(flatten)] draft: Draft,
    #[server(default)] once: String,
    #[server(default)] files: String,
) -> Result<(), Problem> {
    crate::serve::placing::place(draft, once, &files).await
}

#[server(prefix = "/act", endpoint = "dispatch")]
pub async fn dispatch(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] happened_at: String,
    #[server(default)] department: String,
    #[server(default)] complexity: String,
    #[server(flatten)] co_handlers: CoHandlerRows,
) -> Result<(), Problem> {
    use domain::order::Step;
    let rows = co_handlers.rows();
    crate::serve::act::act(&number, &version, &happened_at, |desk| {
        Step::dispatch(&department, &complexity, &rows, &desk.book.directory)
    })
    .await
}

#[server(prefix = "/act", endpoint = "add_co_handler")]
pub async fn add_co_handler(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] co_handler: String,
    #[server(default)] task: String,
) -> Result<(), Problem> {
    use domain::order::{CoHandling, Step};
    crate::serve::act::act(&number, &version, "", |desk| {
        CoHandling::parse(&co_handler, &task, &desk.book.directory).map(Step::AddCoHandler)
    })
    .await
}

#[server(prefix = "/act", endpoint = "ask_co_handler")]
pub async fn ask_co_handler(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] co_handler: String,
    #[server(default)] task: String,
) -> Result<(), Problem> {
    use domain::order::{CoHandling, Step};
    crate::serve::act::act(&number, &version, "", |desk| {
        CoHandling::parse(&co_handler, &task, &desk.book.directory).map(Step::AskCoHandler)
    })
    .await
}

#[server(prefix = "/act", endpoint = "decide_co_handler")]
pub async fn decide_co_handler(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] grant: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, "", |_| {
        Step::decide_co_handler(&grant, &reason)
    })
    .await
}

#[server(prefix = "/act", endpoint = "co_reply")]
pub async fn co_reply(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] happened_at: String,
    #[server(default)] text: String,
    #[server(default)] files: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act_with(&number, &version, &happened_at, &files, |_| {
        Step::co_reply(&text)
    })
    .await
}

#[server(prefix = "/act", endpoint = "decline")]
pub async fn decline(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] happened_at: String,
    #[server(default)] reason: String,
    #[server(default)] files: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act_with(&number, &version, &happened_at, &files, |_| {
        Step::decline(&reason)
    })
    .await
}

#[server(prefix = "/act", endpoint = "take")]
pub async fn take(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] happened_at: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, &happened_at, |_| Ok(Step::Take)).await
}

#[server(prefix = "/act", endpoint = "reply")]
pub async fn reply(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] happened_at: String,
    #[server(flatten)] draft: ReplyDraft,
    #[server(default)] files: String,
) -> Result<(), Problem> {
    use domain::order::{Reply, Step};
    crate::serve::act::act_with(&number, &version, &happened_at, &files, |_| {
        let ReplyDraft {
            kind,
            text,
            until,
            basis,
            without,
            blanks,
        } = &draft;
        let reply = Reply::parse(kind, text, until, basis)?;
        reply.is_filled_in(blanks == "yes")?;
        Step::reply(reply, without)
    })
    .await
}

#[server(prefix = "/act", endpoint = "decide_reply")]
pub async fn decide_reply(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] grant: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, "", |_| {
        Step::decide_reply(&grant, &reason)
    })
    .await
}

#[server(prefix = "/act", endpoint = "call_back")]
pub async fn call_back(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] happened_at: String,
    #[server(default)] outcome: String,
    #[server(default)] comment: String,
) -> Result<(), Problem> {
    use domain::order::{Call, Step};
    crate::serve::act::act(&number, &version, &happened_at, |_| {
        Call::parse(&outcome, &comment).map(Step::CallBack)
    })
    .await
}

#[server(prefix = "/act", endpoint = "appeal")]
pub async fn appeal(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] reason: String,
    #[server(default)] files: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act_with(&number, &version, "", &files, |_| Step::appeal(&reason)).await
}

#[server(prefix = "/act", endpoint = "decide_appeal")]
pub async fn decide_appeal(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] uphold: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, "", |_| {
        Step::decide_appeal(&uphold, &reason)
    })
    .await
}

#[server(prefix = "/act", endpoint = "keep_commitment")]
pub async fn keep_commitment(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] happened_at: String,
    #[server(default)] commitment: String,
    #[server(default)] reason: String,
    #[server(default)] files: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act_with(&number, &version, &happened_at, &files, |_| {
        Step::keep_commitment(&commitment, &reason)
    })
    .await
}

#[server(prefix = "/act", endpoint = "supplement")]
pub async fn supplement(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] text: String,
    #[server(default)] files: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act_with(&number, &version, "", &files, |_| Step::supplement(&text)).await
}

#[server(prefix = "/act", endpoint = "rate")]
pub async fn rate(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] level: String,
    #[server(default)] comment: String,
) -> Result<(), Problem> {
    use domain::order::{Rating, Step};
    crate::serve::act::act(&number, &version, "", |_| {
        Rating::parse(&level, &comment).map(Step::Rate)
    })
    .await
}

#[server(prefix = "/act", endpoint = "close")]
pub async fn close(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] happened_at: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, &happened_at, |_| Ok(Step::Close)).await
}

#[server(prefix = "/act", endpoint = "withdraw")]
pub async fn withdraw(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, "", |_| Step::withdraw(&reason)).await
}

#[server(prefix = "/act", endpoint = "return")]
pub async fn send_back(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] happened_at: String,
    #[server(default)] reason: String,
    #[server(default)] clause: String,
    #[server(default)] propose: String,
    #[server(default)] files: String,
) -> Result<(), Problem> {
    use domain::order::{Return, Step};
    crate::serve::act::act_with(&number, &version, &happened_at, &files, |desk| {
        Return::parse(&reason, &clause, &propose, &desk.book.directory).map(Step::Return)
    })
    .await
}

#[server(prefix = "/act", endpoint = "rule")]
pub async fn rule(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] happened_at: String,
    #[server(default)] department: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, &happened_at, |desk| {
        Step::rule(&department, &reason, &desk.book.directory)
    })
    .await
}

#[server(prefix = "/act", endpoint = "pause")]
pub async fn pause(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] happened_at: String,
    #[server(flatten)] draft: PauseDraft,
    #[server(default)] files: String,
) -> Result<(), Problem> {
    use domain::order::{PauseWish, Step};
    crate::serve::act::act_with(&number, &version, &happened_at, &files, |_| {
        PauseWish::parse(&draft).map(Step::Pause)
    })
    .await
}

#[server(prefix = "/act", endpoint = "resume")]
pub async fn resume(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] happened_at: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, &happened_at, |_| Ok(Step::Resume)).await
}

#[server(prefix = "/act", endpoint = "object")]
pub async fn object(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] reason: String,
    #[server(default)] files: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act_with(&number, &version, "", &files, |_| Step::object(&reason)).await
}

#[server(prefix = "/act", endpoint = "decide_objection")]
pub async fn decide_objection(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] uphold: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, "", |_| {
        Step::decide_objection(&uphold, &reason)
    })
    .await
}

#[server(prefix = "/act", endpoint = "extend")]
pub async fn extend(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] happened_at: String,
    #[server(default)] days: String,
    #[server(default)] reason: String,
    #[server(default)] files: String,
) -> Result<(), Problem> {
    use domain::order::{Asked, Step};
    crate::serve::act::act_with(&number, &version, &happened_at, &files, |_| {
        Asked::parse(&days, &reason).map(Step::Extend)
    })
    .await
}

#[server(prefix = "/act", endpoint = "decide_extension")]
pub async fn decide_extension(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] grant: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, "", |_| {
        Step::decide_extension(&grant, &reason)
    })
    .await
}

#[server(prefix = "/act", endpoint = "explain")]
pub async fn explain(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] card: String,
    #[server(default)] reason: String,
    #[server(default)] files: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act_with(&number, &version, "", &files, |_| {
        Step::explain(&card, &reason)
    })
    .await
}

#[server(prefix = "/act", endpoint = "lift")]
pub async fn lift(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] card: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, "", |_| Step::lift(&card, &reason)).await
}

/// Inside one's own body; colleagues named with an @ are told.
#[server(prefix = "/act", endpoint = "note")]
pub async fn note(
    #[server(default)] number: String,
    #[server(default)] note: String,
    #[server(default)] files: String,
) -> Result<(), Problem> {
    crate::serve::act::note(&number, &note, &files).await
}

#[server(prefix = "/act", endpoint = "message")]
pub async fn message(
    #[server(default)] number: String,
    #[server(default)] message: String,
    #[server(default)] files: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::say(&number, &files, |_| Step::message(&message)).await
}
