//! What concerns a meeting and an order: both sides in one transaction.

use domain::case::Door;
use domain::meeting::{Meeting, MeetingNumber, MeetingStep};
use domain::order::{
    Conclusion, Decision, ExpressState, Number, Overview, Reason, Step, Track, When,
};
use domain::task::DutyDraft;
use domain::{Actor, AuditKind, Fault, Field, FieldFault, Instant, Refusal};

use crate::audit::{self, Entry};
use crate::dialect::{Conn, Sql};
use crate::orders::{self, Taken};
use crate::times::instant;
use crate::{Context, Error};

/// Whether an order is a matter that can be deliberated.
pub(super) async fn stands(
    connection: &mut Conn,
    actor: &Actor,
    matter: Number,
) -> Result<bool, Error> {
    let order = orders::load(connection, actor, matter).await;
    let order = order.map_err(unknown)?.order;
    // Decided before, a matter can be decided anew: by another decision.
    let can_be = matches!(
        order.express(),
        Some(ExpressState::Matter | ExpressState::Decided | ExpressState::Concluded)
    );
    // One that was decided with another is decided there.
    Ok(can_be && order.is_matter())
}

/// Where a meeting decides about matters.
pub(super) struct At<'a> {
    pub ctx: &'a Context,
    pub meeting: &'a Meeting,
    pub when: When,
}

impl At<'_> {
    /// A decision is written down: the order gets its task, the meeting notes it. `seen`, how
    /// many decisions about the matter the writer had read.
    pub async fn decide(
        &self,
        connection: &mut Conn,
        matter: Number,
        seen: usize,
        (duty, basis, replaces): (&DutyDraft, &str, &str),
    ) -> Result<MeetingStep, Error> {
        let Context { now, book, .. } = self.ctx;
        let order = self.matter(connection, matter).await?;
        let decision = Decision::parse(duty, basis, replaces, *now, book)?;
        let next = order.order.version + 1;
        let noted = |decision| MeetingStep::Decide {
            matter,
            decision,
            seen,
        };
        self.can(noted(next))?;
        let meeting = self.meeting.number;
        let step = Step::Decide { meeting, decision };
        let overview = self.take(connection, order, step).await?;
        // What had come by itself came before it.
        let task = overview.tasks.last().map(|task| task.seq);
        Ok(noted(task.unwrap_or(next)))
    }

    /// The same without a task.
    pub async fn conclude(
        &self,
        connection: &mut Conn,
        matter: Number,
        seen: usize,
        conclusion: Conclusion,
    ) -> Result<MeetingStep, Error> {
        let order = self.matter(connection, matter).await?;
        let noted = |decision| MeetingStep::Conclude {
            matter,
            decision,
            seen,
        };
        self.can(noted(order.order.version + 1))?;
        let step = Step::Conclude {
            meeting: self.meeting.number,
            conclusion,
        };
        let overview = self.take(connection, order, step).await?;
        // It comes last of what the step writes.
        Ok(noted(overview.version))
    }

    /// 缓议: the meeting notes it, and so does the order, unless it is no matter any more.
    pub async fn defer(
        &self,
        connection: &mut Conn,
        matter: Number,
        reason: Reason,
    ) -> Result<MeetingStep, Error> {
        let order = self.matter(connection, matter).await?;
        let noted = MeetingStep::Defer {
            matter,
            reason: reason.clone(),
        };
        self.can(noted.clone())?;
        let is_said = self.meeting.is_deferred(matter, &reason);
        if order.order.is_matter() && !is_said {
            let meeting = self.meeting.number;
            let step = Step::DeferMatter { meeting, reason };
            self.take(connection, order, step).await?;
        }
        Ok(noted)
    }

    async fn matter(&self, connection: &mut Conn, matter: Number) -> Result<orders::Found, Error> {
        let order = orders::load(connection, &self.ctx.actor, matter).await;
        let order = order.map_err(unknown)?;
        // Nothing is decided about what was no matter yet.
        let since = order.order.track.as_ref().map(Track::since);
        if let Some(last) = since.filter(|since| self.when.happened < *since) {
            let (field, fault) = (Field::HappenedAt, Fault::BeforeTheLast { last });
            return Err(Refusal::from(FieldFault { field, fault }).into());
        }
        Ok(order)
    }

    /// Whether the meeting can decide comes before what it decides.
    fn can(&self, noted: MeetingStep) -> Result<(), Refusal> {
        let Context { actor, book, .. } = self.ctx;
        let happens = self
            .meeting
            .decide(actor, self.when, noted, Vec::new(), book);
        happens?;
        Ok(())
    }

    /// The order's side, which happens when it is entered: what it begins for others could
    /// not begin before.
    async fn take(
        &self,
        connection: &mut Conn,
        order: orders::Found,
        step: Step,
    ) -> Result<Overview, Error> {
        let Context {
            actor, now, book, ..
        } = self.ctx;
        let number = order.order.number.to_string();
        let name = step.name().code();
        let taken = Taken {
            version: None,
            when: When::now(*now),
            step,
            files: Vec::new(),
        };
        let overview = orders::take(connection, actor, order, taken, book).await?;
        let sealed = Entry::of(self.ctx, AuditKind::Steps).object(number);
        audit::seal(connection, &sealed.detail(name)).await?;
        Ok(overview)
    }
}

/// Meetings to come, or under way, that have these matters on their agendas undecided, one
/// excepted.
pub async fn elsewhere(
    ctx: &Context,
    matters: &[Number],
    except: MeetingNumber,
) -> Result<Vec<(Number, MeetingNumber, Instant)>, Error> {
    let mut query = Sql::new(
        "SELECT orders.number, meetings.number, meetings.starts_at FROM meeting_matters
         JOIN meetings ON meetings.id = meeting_matters.meeting
         JOIN orders ON orders.id = meeting_matters.order_id
         WHERE meeting_matters.outcome = 'open'
           AND meetings.state IN ('planned', 'invited', 'open') AND meetings.number <> ",
    );
    query.push_bind(except.to_string());
    query.push(" AND orders.number IN (");
    let mut list = query.separated(", ");
    list.push_bind(String::new());
    for matter in matters {
        list.push_bind(matter.to_string());
    }
    query.push(") ORDER BY meetings.starts_at");
    let rows: Vec<(String, String, i64)> =
        query.build_query_as().fetch_all(&ctx.store.read).await?;
    let rows = rows.into_iter().map(|(order, meeting, starts_at)| {
        Ok((
            orders::code("number", order, Number::parse)?,
            orders::code("number", meeting, MeetingNumber::parse)?,
            instant("starts_at", starts_at)?,
        ))
    });
    rows.collect()
}

/// An order that somebody typed, and that is not there for them.
fn unknown(error: Error) -> Error {
    match error {
        Error::NotFound => Refusal::from(FieldFault {
            field: Field::Other,
            fault: Fault::Unknown,
        })
        .into(),
        error => error,
    }
}

/// A matter of an agenda, as those who are at the table hear it.
#[derive(Debug)]
pub struct Heard {
    pub found: orders::Found,
    /// Whether the caller may open the order.
    pub opens: bool,
}

/// The matters of a meeting that the caller may know of, in the order of its agenda.
/// Whoever is invited hears what each is about, whether or not they may open the order; an
/// enterprise hears its own.
pub async fn heard(ctx: &Context, meeting: &Meeting) -> Result<Vec<Heard>, Error> {
    let mut connection = ctx.store.read.acquire().await?;
    let outside = ctx.actor.role.enterprise();
    let mut matters = Vec::with_capacity(meeting.agenda.len());
    for item in &meeting.agenda {
        let office = Actor::clockwork();
        let found = orders::load(&mut connection, &office, item.matter).await?;
        let opens = match orders::load(&mut connection, &ctx.actor, item.matter).await {
            Ok(_) => true,
            Err(Error::NotFound) => false,
            Err(error) => return Err(error),
        };
        let own = outside.is_none_or(|own| own == found.order.enterprise);
        if own {
            matters.push(Heard { found, opens });
        }
    }
    Ok(matters)
}
