//! What concerns a meeting and an order: both sides in one transaction.

use domain::meeting::{MeetingNumber, MeetingStep};
use domain::order::{Decision, DutyDraft, ExpressState, Number, Reason, Step, Track, When};
use domain::{Actor, Deed, Fault, Field, FieldFault, Instant, Refusal};

use super::find::{self, Found};
use super::step::{take, unmoved, write};
use crate::audit::{self, Entry};
use crate::dialect::Sql;
use crate::orders::{self, Taken};
use crate::times::instant;
use crate::{Desk, Error};

/// Puts the matter of an order on an agenda.
pub async fn put_on(
    desk: &Desk,
    number: MeetingNumber,
    version: Option<u32>,
    matter: Number,
    minutes: u16,
) -> Result<(), Error> {
    let actor = desk.actor.clone();
    write(desk, number, version, move |connection, _, _, _| {
        Box::pin(async move {
            let order = orders::load(connection, &actor, matter).await;
            let order = order.map_err(unknown)?.order;
            // Decided before, a matter can be decided anew: by another decision.
            let stands = matches!(
                order.express(),
                Some(ExpressState::Matter | ExpressState::Decided)
            );
            Ok(MeetingStep::PutOn {
                matter,
                minutes,
                stands,
            })
        })
    })
    .await
}

/// A decision is written down: the order gets its task, the meeting notes it. `seen`, how
/// many decisions about the matter the writer had read.
pub async fn decide_matter(
    desk: &Desk,
    (number, version): (MeetingNumber, Option<u32>),
    seen: usize,
    matter: Number,
    duty: DutyDraft,
    basis: String,
    replaces: String,
) -> Result<(), Error> {
    let Desk {
        store,
        actor,
        now,
        trace,
        ..
    } = desk.clone();
    let entry = Entry::of(desk, Deed::Meetings).object(number.to_string());
    let book = store.book.clone();
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                let book = book.get();
                let found = find::load(connection, &actor, number).await?;
                unmoved(&found.meeting, version)?;
                let order = orders::load(connection, &actor, matter).await;
                let order = order.map_err(unknown)?;
                let decision = Decision::parse(&duty, &basis, &replaces, now, &book)?;
                // Whether the meeting can decide comes before what it decides.
                let next = order.order.version + 1;
                let noted = MeetingStep::Decide {
                    matter,
                    decision: next,
                    seen,
                };
                domain::meeting::decide(&found.meeting, &actor, now, noted, &book)?;
                let taken = Taken {
                    version: None,
                    when: When::now(now),
                    step: Step::Decide {
                        meeting: number,
                        decision,
                    },
                    files: Vec::new(),
                };
                let overview = orders::take(connection, &actor, order, taken, &book).await?;
                let task = overview.tasks.last().map(|task| task.seq);
                let noted = MeetingStep::Decide {
                    matter,
                    decision: task.unwrap_or(next),
                    seen,
                };
                let sealed = Entry::new(Deed::Steps, now, &trace).by(&actor);
                let sealed = sealed.object(matter.to_string()).detail("decide");
                audit::seal(connection, &sealed).await?;
                take(connection, &actor, found, now, noted, &book).await?;
                audit::append(connection, &entry.detail("decide")).await
            })
        })
        .await
}

/// 缓议: the meeting notes it, and so does the order, unless it is no matter any more.
pub async fn defer_matter(
    desk: &Desk,
    (number, version): (MeetingNumber, Option<u32>),
    matter: Number,
    reason: Reason,
) -> Result<(), Error> {
    let Desk {
        store,
        actor,
        now,
        trace,
        ..
    } = desk.clone();
    let entry = Entry::of(desk, Deed::Meetings).object(number.to_string());
    let book = store.book.clone();
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                let book = book.get();
                let found = find::load(connection, &actor, number).await?;
                unmoved(&found.meeting, version)?;
                let order = orders::load(connection, &actor, matter).await;
                let order = order.map_err(unknown)?;
                let noted = MeetingStep::Defer {
                    matter,
                    reason: reason.clone(),
                };
                domain::meeting::decide(&found.meeting, &actor, now, noted.clone(), &book)?;
                if matches!(order.order.track, Some(Track::Matter { .. })) {
                    let taken = Taken {
                        version: None,
                        when: When::now(now),
                        step: Step::DeferMatter {
                            meeting: number,
                            reason,
                        },
                        files: Vec::new(),
                    };
                    orders::take(connection, &actor, order, taken, &book).await?;
                    let sealed = Entry::new(Deed::Steps, now, &trace).by(&actor);
                    let sealed = sealed.object(matter.to_string()).detail("defer_matter");
                    audit::seal(connection, &sealed).await?;
                }
                take(connection, &actor, found, now, noted, &book).await?;
                audit::append(connection, &entry.detail("defer")).await
            })
        })
        .await
}

/// Meetings to come, or under way, that have these matters on their agendas undecided, one
/// excepted.
pub async fn elsewhere(
    desk: &Desk,
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
        query.build_query_as().fetch_all(&desk.store.read).await?;
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
pub async fn heard(desk: &Desk, meeting: &Found) -> Result<Vec<Heard>, Error> {
    let mut connection = desk.store.read.acquire().await?;
    let outside = desk.actor.role.enterprise();
    let mut matters = Vec::with_capacity(meeting.meeting.agenda.len());
    for item in &meeting.meeting.agenda {
        let office = Actor::clockwork();
        let found = orders::load(&mut connection, &office, item.matter).await?;
        let opens = match orders::load(&mut connection, &desk.actor, item.matter).await {
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
