//! A list as a ledger: everything that its filter finds, row by row.

use chrono::NaiveDate;
use domain::order::{Light, Number, StageName};
use domain::{AuditKind, Role};
use store::audit::Entry;
use store::orders::{Filter, Listed, Sort};
use store::{Context, audit, orders, people, projects};
use words::ledger::COLUMNS;

use crate::areas::orders::list::server as list;
use crate::frame::Frame;
use crate::serve::rows::{express, short};
use crate::serve::visit::problem;
use crate::serve::{Problem, Visit};
use crate::sheets::Query;

pub const WIDTH: usize = COLUMNS.len();
/// As many as are read at a time.
const BATCH: u16 = 500;

pub type Cells = [String; WIDTH];

/// A ledger that is being written.
pub struct Ledger {
    ctx: Context,
    frame: Frame,
    filter: Filter,
    after: Option<Number>,
    ended: bool,
    rows: u64,
}

/// What was read before somebody broke off is in the audit as well.
impl Drop for Ledger {
    fn drop(&mut self) {
        if self.ended {
            return;
        }
        let entry = Entry::of(&self.ctx, AuditKind::OrdersExported);
        let entry = entry.detail(format!("broken off after {} rows", self.rows));
        let store = self.ctx.store.clone();
        tokio::spawn(async move {
            if let Err(error) = audit::write(&store, entry).await {
                tracing::error!(%error, "an export that was broken off is not in the audit");
            }
        });
    }
}

impl Ledger {
    /// That it was begun is in the audit before the first row is read.
    pub async fn open(visit: &Visit, query: &Query) -> Result<Self, Problem> {
        let person = visit.person.clone().ok_or(Problem::NotSignedIn)?;
        let ctx = Context::new(visit.store.clone(), person.actor, visit.now);
        let ctx = ctx.traced(visit.trace.clone());
        let filter = list::filter(&ctx, query)?;
        let entry = Entry::of(&ctx, AuditKind::OrdersExported).detail("begun");
        audit::write(&ctx.store, entry).await.map_err(problem)?;
        Ok(Self {
            ctx,
            frame: visit.frame.clone(),
            filter,
            after: None,
            ended: false,
            rows: 0,
        })
    }

    pub fn headings(&self) -> [&'static str; WIDTH] {
        COLUMNS.map(|heading| heading.of(self.frame.lang))
    }

    pub fn title(&self) -> String {
        words::ledger::TITLE.of(self.frame.lang).to_owned()
    }

    pub fn file_name(&self) -> String {
        let name = words::ledger::FILE.of(self.frame.lang);
        format!("{name}-{}", self.today())
    }

    pub fn as_of(&self) -> String {
        words::ledger::as_of(self.frame.lang, self.today())
    }

    fn today(&self) -> NaiveDate {
        domain::time::local(self.ctx.now).date()
    }

    /// The next rows; none at the end, when it is written down that there was an export.
    pub async fn next(&mut self) -> Result<Vec<Cells>, Problem> {
        if self.ended {
            return Ok(Vec::new());
        }
        let page = orders::list(
            &self.ctx,
            &self.filter,
            Sort::NewestFirst,
            self.after,
            BATCH,
        );
        let page = page.await.map_err(problem)?;
        let handlers = page.items.iter().filter_map(|item| item.overview.handler);
        let names = people::names(&self.ctx, handlers.collect())
            .await
            .map_err(problem)?;
        let placements = page.items.iter().map(|item| &item.overview.placement);
        let projects = placements.filter_map(|placement| placement.project.as_ref());
        let leaders = projects::leaders_of(&self.ctx, projects.map(ToString::to_string).collect())
            .await
            .map_err(problem)?;
        let mut rows = Vec::with_capacity(page.items.len());
        for item in &page.items {
            self.rows += 1;
            let handler = item.overview.handler.and_then(|id| names.get(&id));
            let project = item.overview.placement.project.as_ref();
            let leader = project.and_then(|number| leaders.get(number.as_str()));
            let leader = leader.map_or("", String::as_str);
            rows.push(self.cells(item, handler.map_or("", String::as_str), leader));
        }
        self.after = page.next;
        if page.next.is_none() {
            self.ended = true;
            let entry = Entry::of(&self.ctx, AuditKind::OrdersExported);
            let entry = entry.detail(format!("{} rows", self.rows));
            audit::write(&self.ctx.store, entry)
                .await
                .map_err(problem)?;
        }
        Ok(rows)
    }

    fn cells(&self, item: &Listed, handler: &str, leader: &str) -> Cells {
        let (lang, ctx) = (self.frame.lang, &self.ctx);
        let overview = &item.overview;
        let directory = &ctx.book.directory;
        let name = |code| lang.name(&short(directory, code)).to_owned();
        let outside = matches!(ctx.actor.role, Role::Enterprise { .. });
        let category = directory.category(&overview.placement.category);
        let light = overview.light(ctx.now);
        let stage = words::order::stage(overview.stage).of(lang);
        let overdue = (light == Light::Red).then_some(words::ledger::OVERDUE);
        let express = express(ctx, overview).map(words::express::state);
        let marks = overdue.into_iter().chain(express);
        let marks: Vec<&str> = marks.map(|mark| mark.of(lang)).collect();
        let progress = words::ledger::progress(lang, stage, &marks);
        let closed = overview.stage == StageName::Closed;
        let done = if closed {
            words::ledger::YES
        } else {
            words::ledger::NO
        };
        let due = overview.clock.filter(|clock| clock.name.binds_a_body());
        [
            self.rows.to_string(),
            overview.number.to_string(),
            item.enterprise.clone(),
            category.map_or_else(String::new, |c| lang.name(&c.name).to_owned()),
            words::order::urgency(overview.urgency())
                .of(lang)
                .to_owned(),
            name(&overview.placement.township),
            wall(overview.placed_at),
            leader.to_owned(),
            overview.lead.as_ref().map(name).unwrap_or_default(),
            if outside {
                String::new()
            } else {
                handler.to_owned()
            },
            due.map(|clock| wall(clock.due.at)).unwrap_or_default(),
            progress,
            overview.placement.title.as_str().to_owned(),
            crate::areas::orders::order::server::what_next(ctx, &self.frame, overview),
            done.of(lang).to_owned(),
        ]
    }
}

/// As spreadsheets read times.
fn wall(at: domain::Instant) -> String {
    domain::time::local(at).format("%Y-%m-%d %H:%M").to_string()
}

/// A cell that a spreadsheet does not take for a formula.
pub fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
