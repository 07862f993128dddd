use domain::order::permission::offers;
use domain::order::{
    BriefDraft, Event, Light, Number, Origin, Overview, Pause, PauseKind, Rated, Reply, ReplyDraft,
    ReplyKind, Side, StageName, StepName, What, approval, events, permission,
};
use domain::time::Due;
use domain::{Field, Instant, Named, Role};
use store::cases::Kind;
use store::contact_reads::Shown;
use store::orders::Found;
use store::{Context, contact_reads, orders, people, watching};
use words::consequence::Waits;
use words::lang::Lang;

use crate::areas::knowledge::guidance::server as guidance;
use crate::areas::knowledge::templates::server as templates;
use crate::areas::meetings::express;
use crate::areas::offices::commitments::commitment;
use crate::areas::orders::related::server as related;
use crate::areas::projects::edit::server as projects;
use crate::components::fields::Choice;
use crate::frame::Frame;
use crate::problem::ProblemDetails;
use crate::serve::forms::order as forms;
use crate::serve::rows::{ahead_line, lines, row, short};
use crate::serve::visit::problem;
use crate::serve::{Problem, answer, context, files, layout, unsent, visit};
use crate::sheets::form::Part;
use crate::sheets::{
    AheadLine, CardSheet, Line, Offer, PartSheet, PauseSheet, Sheet, Unsent, Waiting,
};

pub async fn sheet(number: &str) -> Result<Sheet, Problem> {
    let ctx = context()?;
    let frame = visit()?.frame;
    let number = Number::parse(number).ok_or(Problem::NotFound)?;
    let found = orders::find(&ctx, number).await.map_err(problem)?;
    let contact = contact_reads::read(&ctx, &found).await.map_err(problem)?;
    let page = format!("/orders/{number}");
    let unsent = unsent::of_page(&ctx, &page).await?;
    let waiting = files::waiting(&ctx, &page).await?;
    let mut sheet = lay_out(&ctx, &frame, &found, contact, (unsent, waiting))?;
    beside(&ctx, &found, &mut sheet).await?;
    make_forms(&ctx, &frame, &found, &mut sheet).await?;
    Ok(sheet)
}

/// The forms of what can be done now.
async fn make_forms(
    ctx: &Context,
    frame: &Frame,
    found: &Found,
    sheet: &mut Sheet,
) -> Result<(), Problem> {
    let offers = |step: StepName| {
        let mut offers = sheet.offers.iter();
        offers.any(|offer| offer.step == step && offer.not_yet.is_none())
    };
    let colleagues = if offers(StepName::Note) {
        people::colleagues(ctx).await.map_err(problem)?
    } else {
        Vec::new()
    };
    let colleagues: Vec<String> = colleagues.into_iter().map(|(_, name)| name).collect();
    let templates = if offers(StepName::Reply) {
        templates::of_order(ctx, found).await?
    } else {
        Vec::new()
    };
    let page = forms::Page {
        ctx,
        frame,
        found,
        related: &sheet.related,
        colleagues: &colleagues,
        templates,
        can_rate: offers(StepName::Rate),
        is_replying: sheet.unsent.iter().any(|one| {
            let mut typed = one.typed.iter();
            let text = Field::ReplyText.code();
            one.form == "/act/order/reply"
                && typed.any(|(name, typed)| name == text && !typed.trim().is_empty())
        }),
    };
    for offer in &mut sheet.offers {
        if offer.not_yet.is_none() {
            let consequence = consequence(ctx, frame, found, offer.step);
            offer.form = forms::form(offer.step, &page, consequence);
        }
    }
    let forms = sheet.offers.iter().filter_map(|offer| offer.form.as_ref());
    let mut parts = forms.flat_map(|form| &form.parts);
    if parts.any(|part| matches!(part, Part::Body { .. } | Part::CoHandlers)) {
        let named = departments(ctx).into_iter();
        sheet.bodies = named
            .map(|(code, name)| Choice::new(code, frame.lang.name(&name)))
            .collect();
    }
    Ok(())
}

/// What stands beside the order and is asked for only where it can be there.
async fn beside(ctx: &Context, found: &Found, sheet: &mut Sheet) -> Result<(), Problem> {
    let overview = &found.listed.overview;
    let offers = |step: StepName| {
        let mut offers = sheet.offers.iter();
        offers.any(|offer| offer.step == step && offer.not_yet.is_none())
    };
    let (merges, dispatches, replies) = (
        offers(StepName::Merge),
        offers(StepName::Dispatch),
        offers(StepName::Reply),
    );
    sheet.related = related::of(ctx, found).await?;
    sheet.project = projects::named(ctx, overview.placement.project.as_ref()).await?;
    sheet.meeting =
        crate::areas::meetings::meeting::server::named(ctx, overview.placement.meeting).await?;
    sheet.watched = watching::is_watched(ctx, Kind::Order, found.listed.id)
        .await
        .map_err(problem)?;
    if dispatches {
        let placement = &overview.placement;
        let alike = orders::alike(
            ctx,
            placement.title.as_str(),
            placement.content.as_str(),
            Some(overview.enterprise),
            Some(overview.number),
            ALIKE,
        );
        let alike = alike.await.map_err(problem)?;
        let of = Some(overview.enterprise);
        // What is merged is so in its main order, which is like it too.
        let is_named = |one: &&orders::Alike| {
            let number = one.listed.overview.number.to_string();
            sheet.related.iter().any(|related| related.number == number)
        };
        let merged = |one: &&orders::Alike| one.listed.overview.stage == StageName::Merged;
        sheet.alike = alike
            .iter()
            .filter(|one| !is_named(one) && !merged(one))
            .map(|one| {
                let mut alike = guidance::alike(ctx, one, of);
                alike.takes_in &= merges;
                alike
            })
            .collect();
    }
    let works = replies || offers(StepName::AcceptMatter) || offers(StepName::CoReply);
    if works {
        sheet.precedents = express::precedents(ctx, &found.order).await?;
    }
    let is_replied = matches!(overview.stage, StageName::Replied | StageName::Closed);
    sheet.can_publish = is_replied
        && overview
            .lead
            .as_ref()
            .is_some_and(|lead| store::guidance::can_publish(ctx, lead));
    Ok(())
}

/// Duplicates that triage is shown.
const ALIKE: usize = 5;

/// Shows the contact in full for the rest of the day; who did so is written down.
pub async fn unmask(number: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context()?;
        let number = Number::parse(number).ok_or(Problem::NotFound)?;
        contact_reads::unmask(&ctx, number).await.map_err(problem)?;
        leptos_axum::redirect(&format!("/orders/{number}"));
        Ok(())
    })
    .await
}

fn lay_out(
    ctx: &Context,
    frame: &Frame,
    found: &Found,
    contact: Shown,
    (unsent, waiting): (Vec<Unsent>, Waiting),
) -> Result<Sheet, Problem> {
    let overview = &found.listed.overview;
    let placement = &overview.placement;
    let offers: Vec<Offer> = offers(&found.order, &ctx.actor, ctx.now, &ctx.book)
        .into_iter()
        .map(|(step, refusal)| Offer {
            step,
            label: words::order::step(step).of(frame.lang).to_owned(),
            not_yet: refusal
                .map(|refusal| Problem::Refused(refusal).sentence(frame.lang, frame.year)),
            form: None,
        })
        .collect();
    let history = lines(ctx, frame.lang, frame.year, overview, &found.events);
    Ok(Sheet {
        row: row(ctx, &found.listed),
        version: overview.version,
        content: placement.content.as_str().to_owned(),
        township: short(&ctx.book.directory, &placement.township),
        unsent,
        waiting,
        related: Vec::new(),
        alike: Vec::new(),
        project: None,
        meeting: None,
        watched: None,
        can_publish: false,
        files: found
            .events
            .first()
            .map(|placed| placed.attachments.iter().map(files::file).collect())
            .unwrap_or_default(),
        handler: handler(ctx, found),
        contact_name: contact.name,
        contact_phone: contact.phone,
        can_unmask: contact.can_unmask,
        placed_at: overview.placed_at,
        from_hall: found.events.iter().any(|event| {
            matches!(
                &event.what,
                What::Placed(events::Placed {
                    origin: Some(Origin::Hall),
                    ..
                })
            )
        }),
        rating: overview.rating,
        cycle: overview.cycle,
        next: what_next(ctx, frame, overview),
        reply: reply(ctx, frame, found),
        history: layout::history(&history)?,
        pause: found.order.stage.pause().map(|open| pause(ctx, open)),
        cards: cards(ctx, found),
        ahead: ahead(ctx, frame, found),
        co_handlers: parts(ctx, found),
        tasks: express::task_sheets(ctx, frame.lang, found),
        conclusions: express::conclusions(frame.lang, &found.order),
        precedents: Vec::new(),
        commitments: found
            .order
            .commitments
            .iter()
            .map(|one| commitment(ctx, one))
            .collect(),
        unapproved: unapproved(ctx, frame, found),
        set_aside: found.order.ratings.last().is_some_and(Rated::is_set_aside),
        offers,
        bodies: Vec::new(),
    })
}

/// How the difficulty was put, to begin with; else the order's own title.
pub fn brief(ctx: &Context, found: &Found) -> BriefDraft {
    let outside = ctx.actor.role.enterprise().is_some();
    let known = express::brief_of(&found.order, &found.events).filter(|_| !outside);
    match known {
        Some(brief) => {
            let sheet = express::brief_sheet(&brief);
            BriefDraft {
                difficulty: sheet.difficulty,
                tried: sheet.tried.unwrap_or_default(),
                obstacle: sheet.obstacle.unwrap_or_default(),
                stakes: sheet.stakes.unwrap_or_default(),
            }
        }
        None => BriefDraft {
            difficulty: found.order.placement.title.as_str().to_owned(),
            ..BriefDraft::default()
        },
    }
}

/// The latest answer of the department.
fn reply(ctx: &Context, frame: &Frame, found: &Found) -> Option<Line> {
    let is_reply = |event: &&Event| {
        matches!(
            event.what,
            What::Replied(_) | What::ReplyCorrected(_) | What::Answered(_)
        )
    };
    let last = found.events.iter().rfind(is_reply)?;
    let overview = &found.listed.overview;
    let one = std::slice::from_ref(last);
    lines(ctx, frame.lang, frame.year, overview, one).pop()
}

/// Not an enterprise's to know before it is decided.
pub fn co_asked(ctx: &Context, found: &Found) -> Option<(Named, Option<String>)> {
    let outside = ctx.actor.role.enterprise().is_some();
    let wish = found.order.co_handling_asked().filter(|_| !outside)?;
    let task = wish.task.as_ref().map(|task| task.as_str().to_owned());
    Some((short(&ctx.book.directory, &wish.body), task))
}

/// Not an enterprise's to know before it goes out.
fn unapproved(ctx: &Context, frame: &Frame, found: &Found) -> Option<(String, String)> {
    let outside = ctx.actor.role.enterprise().is_some();
    let waiting = found.order.unapproved().filter(|_| !outside)?;
    let kind = words::history::replied(frame.lang, &waiting.reply, frame.year);
    let mut text = waiting.reply.text.as_str().to_owned();
    if let Some(without) = &waiting.without {
        let label = words::order::WITHOUT.of(frame.lang);
        text = format!("{text}\n{label}：{}", without.as_str());
    }
    Some((kind, text))
}

pub fn to_mend(ctx: &Context, found: &Found) -> Option<ReplyDraft> {
    let lead = found.order.stage.lead();
    let theirs = lead.is_some() && ctx.actor.role.body() == lead;
    let reply = found.order.to_mend().filter(|_| theirs)?;
    Some(draft_of(reply))
}

/// What a reply was typed as.
pub fn draft_of(reply: &Reply) -> ReplyDraft {
    let mut draft = ReplyDraft {
        kind: reply.kind.code().to_owned(),
        text: reply.text.as_str().to_owned(),
        ..ReplyDraft::default()
    };
    match &reply.kind {
        ReplyKind::Planned { until } => draft.until = until.to_string(),
        ReplyKind::Impossible { basis } => draft.basis = basis.as_str().to_owned(),
        ReplyKind::Solved | ReplyKind::Explained => {}
    }
    draft
}

fn parts(ctx: &Context, found: &Found) -> Vec<PartSheet> {
    let parts = found.listed.overview.co_handlers.iter();
    parts
        .map(|part| PartSheet {
            body: short(&ctx.book.directory, &part.body),
            task: part.task.as_ref().map(|task| task.as_str().to_owned()),
            due: part.due.at,
            provisional: part.due.provisional,
            replied_at: part.replied_at,
            open: part.open,
        })
        .collect()
}

/// Every body that orders can be dispatched to.
pub fn departments(ctx: &Context) -> Vec<(String, Named)> {
    ctx.book
        .directory
        .bodies
        .iter()
        .filter(|body| body.kind.fulfils_orders())
        .map(|body| (body.code.to_string(), body.short.clone()))
        .collect()
}

/// What happens next and until when, in a sentence.
pub fn what_next(ctx: &Context, frame: &Frame, overview: &Overview) -> String {
    let until = overview
        .clock
        .map(|clock| (clock.name, due(frame, clock.due)));
    let lead = overview.lead.as_ref().map_or_else(String::new, |lead| {
        frame
            .lang
            .name(&short(&ctx.book.directory, lead))
            .to_owned()
    });
    words::consequence::next(
        frame.lang,
        overview.stage,
        overview.turn(ctx.now),
        &lead,
        until.as_ref().map(|(clock, until)| Waits {
            clock: *clock,
            until,
            late: overview.light(ctx.now) == Light::Red,
        }),
    )
}

/// The sentence under a button, with the deadline that the step would set.
fn consequence(ctx: &Context, frame: &Frame, found: &Found, step: StepName) -> String {
    let by = permission::due(&found.order, &ctx.actor, ctx.now, step, &ctx.book);
    let until = match step {
        StepName::Pause => longest_pauses(ctx, frame, found),
        _ => by.map_or_else(String::new, |by| due(frame, by)),
    };
    if step == StepName::Reply && approval::is_needed(&ctx.actor, &ctx.book) {
        return words::consequence::AWAITS_HEAD.of(frame.lang).to_owned();
    }
    let lapsed = domain::order::extension::has_lapsed(&found.order, ctx.now, &ctx.book);
    if step == StepName::DecideExtension && lapsed.is_some() {
        return words::consequence::LAPSED.of(frame.lang).to_owned();
    }
    let overview = &found.listed.overview;
    words::consequence::of_step(
        frame.lang,
        step,
        &until,
        overview.cycle > 1,
        overview.rating.is_some(),
    )
}

/// Until when each kind of pause can last.
fn longest_pauses(ctx: &Context, frame: &Frame, found: &Found) -> String {
    let until = PauseKind::ALL.map(|kind| {
        let cap = domain::order::pause::cap(&found.order, ctx.now, kind, &ctx.book);
        let kind = words::order::pause_kind(kind).of(frame.lang);
        format!("{kind} {}", due(frame, settled(ctx, cap)))
    });
    until.join(match frame.lang {
        Lang::Zh => "，",
        Lang::En => ", ",
    })
}

/// A moment with whether its year has a calendar.
fn settled(ctx: &Context, at: Instant) -> Due {
    Due {
        at,
        provisional: !ctx.book.calendar.is_settled_at(at),
    }
}

fn pause(ctx: &Context, pause: &Pause) -> PauseSheet {
    PauseSheet {
        kind: pause.kind,
        reason: pause.reason.as_str().to_owned(),
        basis: pause.basis.as_str().to_owned(),
        evidence: pause
            .evidence
            .as_ref()
            .map(|paper| paper.as_str().to_owned()),
        things: pause
            .things
            .iter()
            .map(|thing| thing.as_str().to_owned())
            .collect(),
        from: pause.from,
        until: pause.until,
        provisional: !ctx.book.calendar.is_settled_at(pause.until),
        objection: pause
            .objection
            .as_ref()
            .map(|objection| objection.reason.as_str().to_owned()),
    }
}

/// Who has taken it, or has taken it over since, as the history names them.
fn handler(ctx: &Context, found: &Found) -> Option<String> {
    found.order.handler?;
    if matches!(ctx.actor.role, Role::Enterprise { .. }) {
        return None;
    }
    found
        .events
        .iter()
        .rev()
        .find_map(|event| match &event.what {
            What::Taken(events::Taken) => Some(event.by.name.clone()),
            What::HandedOver(events::HandedOver {
                side: Side::Lead,
                name,
                ..
            }) => Some(name.clone()),
            _ => None,
        })
}

/// Enterprises see what happened to their order, not who was carded for it.
fn cards(ctx: &Context, found: &Found) -> Vec<CardSheet> {
    if matches!(ctx.actor.role, Role::Enterprise { .. }) {
        return Vec::new();
    }
    let cards = found.order.cards.iter();
    cards
        .map(|card| crate::areas::offices::cards::card(ctx, card, None))
        .collect()
}

fn ahead(ctx: &Context, frame: &Frame, found: &Found) -> Vec<AheadLine> {
    let foreseen = found.order.ahead(ctx.now, &ctx.book);
    let outside = ctx.actor.role.enterprise().is_some();
    foreseen
        .iter()
        .filter(|foreseen| !outside || !foreseen.clock.is_internal())
        .map(|foreseen| ahead_line(ctx, frame, foreseen))
        .collect()
}

/// With its mark where the deadline is provisional.
fn due(frame: &Frame, due: Due) -> String {
    words::time::due(frame.lang, due, frame.year)
}
