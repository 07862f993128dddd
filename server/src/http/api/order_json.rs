use domain::order::{ExpressState, Overview};
use domain::time::rfc3339;
use serde::Serialize;
use store::Context;
use utoipa::ToSchema;

/// An order.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderJson {
    #[schema(example = "XM-2026-000001")]
    number: String,
    title: String,
    content: String,
    /// land eia finance labour utility approval policy relocation other
    category: String,
    /// critical urgent normal
    urgency: &'static str,
    /// submitted declined dispatched in_hand paused replied rework closed withdrawn merged
    stage: &'static str,
    /// none green yellow red
    light: &'static str,
    /// enterprise centre lead co_handler deputy none
    turn: &'static str,
    /// Code of the lead body.
    department: Option<String>,
    co_handlers: Vec<CoHandlerJson>,
    township: String,
    project: Option<String>,
    /// The joint meeting at which it was placed.
    meeting: Option<String>,
    contact: ContactJson,
    placed_at: String,
    entered_at: String,
    /// Of the clock that runs now.
    due_at: Option<String>,
    /// The year that it lands in has no published calendar yet.
    due_provisional: bool,
    /// What awaits somebody's decision: ruling objection co_handler extension
    /// second_extension reply appeal.
    asks: Vec<&'static str>,
    /// By when the centre calls the enterprise back, while that is awaited.
    callback_due_at: Option<String>,
    /// none head deputy express
    escalation: &'static str,
    /// Where it stands with the mayor's express: none candidate matter joined decided sent_back settled
    express: &'static str,
    /// The main order that it is joined to.
    merged_into: Option<String>,
    /// How many orders are joined to it.
    absorbed: u16,
    /// How often it was returned.
    returns: u16,
    /// The last rating of the five levels.
    rating: Option<&'static str>,
    /// 1, and 2 from a rework on.
    cycle: u8,
    /// Grows with each event; hand it back with a step.
    version: u32,
}

/// Masked where the caller does not work on the order.
#[derive(Debug, Serialize, ToSchema)]
struct ContactJson {
    name: String,
    phone: String,
}

/// A body that answers for a part.
#[derive(Debug, Serialize, ToSchema)]
struct CoHandlerJson {
    department: String,
    due_at: String,
    replied_at: Option<String>,
}

impl OrderJson {
    pub fn of(overview: &Overview, ctx: &Context) -> Self {
        let placement = &overview.placement;
        let (name, phone) = overview.contact_for(&ctx.actor);
        // No enterprise learns of another through a merge.
        let outside = ctx.actor.role.enterprise().is_some();
        Self {
            number: overview.number.to_string(),
            title: placement.title.as_str().to_owned(),
            content: placement.content.as_str().to_owned(),
            category: placement.category.clone(),
            urgency: overview.urgency().code(),
            stage: overview.stage.code(),
            light: overview.light(ctx.now).code(),
            turn: overview.turn(ctx.now).code(),
            department: overview.lead.as_ref().map(ToString::to_string),
            co_handlers: overview
                .co_handlers
                .iter()
                .map(|part| CoHandlerJson {
                    department: part.body.to_string(),
                    due_at: rfc3339(part.due.at),
                    replied_at: part.replied_at.map(rfc3339),
                })
                .collect(),
            township: placement.township.to_string(),
            project: placement.project.as_ref().map(ToString::to_string),
            meeting: placement.meeting.map(|meeting| meeting.to_string()),
            contact: ContactJson { name, phone },
            placed_at: rfc3339(overview.placed_at),
            entered_at: rfc3339(overview.entered_at),
            due_at: overview.clock.map(|clock| rfc3339(clock.due.at)),
            due_provisional: overview.clock.is_some_and(|clock| clock.due.provisional),
            asks: overview
                .asks_for(&ctx.actor)
                .into_iter()
                .map(|ask| ask.code())
                .collect(),
            callback_due_at: overview.callback.map(|clock| rfc3339(clock.due.at)),
            escalation: overview.escalation.map_or("none", |level| level.code()),
            express: express_of(overview, outside),
            merged_into: overview
                .merged_into
                .filter(|_| !outside)
                .map(|number| number.to_string()),
            absorbed: if outside { 0 } else { overview.absorbed },
            returns: overview.returns,
            rating: overview.rating.map(|level| level.code()),
            cycle: overview.cycle,
            version: overview.version,
        }
    }
}

/// An enterprise learns of what was taken up, not of what is weighed among the offices.
fn express_of(overview: &Overview, outside: bool) -> &'static str {
    match overview.express {
        Some((ExpressState::Candidate | ExpressState::SentBack, _)) if outside => "none",
        Some((state, _)) => state.code(),
        None => "none",
    }
}
