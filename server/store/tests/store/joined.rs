//! Orders that belong together, projects, watchers: what is written on both sides, and
//! who sees it.

use domain::case::Happens;
use domain::hall::{Claim, Entry};
use domain::order::placement::Draft;
use domain::order::{MergeWish, Number, Placement, Portion, Reason, Reply, StageName, Step};
use domain::project::{ProjectDraft, ProjectWish};
use domain::{BodyCode, Fault, Field, Refusal, Role};
use store::cases::Kind;
use store::notices::{self, Item};
use store::orders::{self, Filter, Sort};
use store::people;
use store::{Context, Error, likeness, projects, watching};

use crate::city::{City, at, dispatch, draft};

/// A second firm, and a leader in charge.
async fn grown() -> City {
    let city = City::new().await;
    let name = "澄溪电子（虚构）".to_owned();
    let enterprise = people::enterprise_named(
        &city.store,
        name,
        BodyCode::new("laiji"),
        None,
        at("2026-01-01T00:00"),
    );
    let enterprise = enterprise.await.expect("made");
    let rival = Role::Enterprise {
        enterprise,
        manages: true,
    };
    for (name, role) in [("rival", rival), ("leader", Role::Leader)] {
        city.employ(name, role).await;
    }
    city
}

async fn place(city: &City, user: &str, title: &str, project: &str) -> Result<Number, Error> {
    let ctx = city.ctx(user, "2026-11-02T10:00").await;
    let draft = Draft {
        title: title.into(),
        project: project.into(),
        ..draft()
    };
    let placement = Placement::parse(&draft, &ctx.book.directory).expect("right");
    Ok(orders::place(&ctx, placement, None).await?.number)
}

fn wish(into: Number) -> MergeWish {
    MergeWish::parse(&into.to_string(), "同一条线路").expect("right")
}

async fn stage(city: &City, user: &str, number: Number) -> Option<StageName> {
    let ctx = city.ctx(user, "2026-11-20T10:00").await;
    let found = orders::find(&ctx, number).await.ok()?;
    Some(found.listed.overview.stage)
}

async fn is_sound(city: &City) {
    let report = store::check::check(&city.store, None)
        .await
        .expect("checked");
    assert!(report.damage.is_empty(), "{:?}", report.damage);
    assert!(report.cases.is_empty(), "{:?}", report.cases);
    assert!(report.audit.is_empty(), "{:?}", report.audit);
}

/// Whether an order's event of this kind was told.
fn is_told(item: &Item, of: impl Fn(Number) -> bool, kind: &str) -> bool {
    match item {
        Item::Order { order, event, .. } => of(*order) && event.what.code() == kind,
        Item::Meeting { .. } | Item::Task { .. } => false,
    }
}

#[tokio::test]
async fn what_is_joined_follows_the_main_order_and_its_enterprise_is_answered() {
    let city = grown().await;
    let main = place(&city, "firm", "专线", "").await.expect("placed");
    let joined = place(&city, "rival", "专线太慢", "").await.expect("placed");
    let centre = city.ctx("centre", "2026-11-02T11:00").await;
    let watcher = city.ctx("supervision", "2026-11-02T11:00").await;
    watching::watch(&watcher, Kind::Order, &joined.to_string(), true)
        .await
        .expect("watched");
    orders::merge(&centre, joined, None, wish(main))
        .await
        .expect("merged");
    assert_eq!(stage(&city, "rival", joined).await, Some(StageName::Merged));
    assert_eq!(
        stage(&city, "gd", joined).await,
        None,
        "nobody has the main order yet"
    );
    city.step("centre", "2026-11-02T11:30", main, dispatch())
        .await;
    assert_eq!(
        stage(&city, "gd", joined).await,
        Some(StageName::Merged),
        "whoever gets the main order reads what is joined to it"
    );
    assert_eq!(
        stage(&city, "rival", main).await,
        None,
        "another enterprise's order stays its own"
    );
    let number = |filter: Filter| {
        let ctx = centre.clone();
        async move {
            let page = orders::list(&ctx, &filter, Sort::NewestFirst, None, 50).await;
            let items = page.expect("listed").items;
            items
                .iter()
                .map(|one| one.overview.number)
                .collect::<Vec<_>>()
        }
    };
    let collective = Filter {
        collective: true,
        ..Filter::default()
    };
    assert_eq!(number(collective).await, [main]);
    let of_main = Filter {
        merged_into: Some(main),
        ..Filter::default()
    };
    assert_eq!(number(of_main).await, [joined]);
    city.step("gd", "2026-11-03T09:10", main, Step::Take).await;
    let reply = Reply::parse("solved", "线路已通电", "", "").expect("right");
    let reply = Step::reply(reply, "").expect("right");
    city.step("gd", "2026-11-03T10:00", main, reply).await;
    let rival = city.ctx("rival", "2026-11-03T11:00").await;
    let found = orders::find(&rival, joined).await.expect("theirs");
    let last = found.events.last().expect("an event");
    assert_eq!(last.what.code(), "answered");
    let digests = notices::digests(&rival, 9, 9).await.expect("told");
    assert!(
        digests
            .iter()
            .flat_map(|digest| &digest.items)
            .any(|item| is_told(item, |_| true, "answered")),
        "and is told of it"
    );
    let told = notices::digests(&watcher, 9, 9).await.expect("told");
    let of_main = told.iter().flat_map(|digest| &digest.items);
    assert!(
        of_main
            .into_iter()
            .any(|item| is_told(item, |order| order == main, "replied")),
        "who watched the joined order watches the main one"
    );
    is_sound(&city).await;
}

#[tokio::test]
async fn a_merge_is_undone_on_both_sides_and_when_the_main_order_ends() {
    let city = grown().await;
    let main = place(&city, "firm", "专线", "").await.expect("placed");
    let joined = place(&city, "rival", "专线太慢", "").await.expect("placed");
    let centre = city.ctx("centre", "2026-11-02T11:00").await;
    orders::merge(&centre, joined, None, wish(main))
        .await
        .expect("merged");
    let reason = Reason::parse(Field::Reason, "不是同一件").expect("right");
    orders::unmerge(&centre, joined, None, reason)
        .await
        .expect("undone");
    assert_eq!(
        stage(&city, "rival", joined).await,
        Some(StageName::Submitted)
    );
    let found = orders::find(&centre, main).await.expect("seen");
    assert!(found.order.absorbed.is_empty());
    orders::merge(&centre, joined, None, wish(main))
        .await
        .expect("merged again");
    let withdraw = Step::withdraw("另有办法").expect("right");
    city.step("firm", "2026-11-02T12:00", main, withdraw).await;
    assert_eq!(
        stage(&city, "rival", joined).await,
        Some(StageName::Submitted),
        "it is not lost with the main order"
    );
    let third = place(&city, "rival", "另一条专线", "")
        .await
        .expect("placed");
    let refused = orders::merge(&centre, third, None, wish(main)).await;
    assert!(
        matches!(
            refused,
            Err(Error::Refused(Refusal::WrongStage {
                stage: StageName::Withdrawn,
                ..
            }))
        ),
        "{refused:?}"
    );
    assert_eq!(
        stage(&city, "rival", third).await,
        Some(StageName::Submitted),
        "of a refused merge nothing is written"
    );
    let nowhere = orders::merge(&centre, joined, None, wish(Number::new(2026, 99))).await;
    let Err(Error::Refused(Refusal::Invalid { faults })) = nowhere else {
        panic!("{nowhere:?}");
    };
    assert_eq!(faults[0].fault, Fault::Unknown);
    is_sound(&city).await;
}

#[tokio::test]
async fn of_several_orders_all_are_merged_or_none() {
    let city = grown().await;
    let main = place(&city, "firm", "专线", "").await.expect("placed");
    let one = place(&city, "rival", "专线太慢", "").await.expect("placed");
    let two = place(&city, "firm", "专线未通", "").await.expect("placed");
    let centre = city.ctx("centre", "2026-11-02T11:00").await;
    let nowhere = Number::new(2026, 99);
    let refused = orders::merge_all(&centre, &[main, one, nowhere], wish(main)).await;
    let Err(Error::Refused(Refusal::Several {
        done,
        left,
        refused,
    })) = refused
    else {
        panic!("{refused:?}");
    };
    assert_eq!((done, left), (0, 2), "the main order is none of them");
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].0, nowhere.to_string());
    assert_eq!(
        stage(&city, "rival", one).await,
        Some(StageName::Submitted),
        "none is merged where one is refused"
    );
    orders::merge_all(&centre, &[one, main, two], wish(main))
        .await
        .expect("merged");
    let found = orders::find(&centre, main).await.expect("seen");
    assert_eq!(found.order.absorbed, [one, two]);
    is_sound(&city).await;
}

#[tokio::test]
async fn a_part_that_is_split_off_is_an_order_of_the_same_enterprise() {
    let city = grown().await;
    let whole = place(&city, "firm", "专线和路灯", "")
        .await
        .expect("placed");
    let centre = city.ctx("centre", "2026-11-02T11:00").await;
    let portion = Portion::parse("路灯不亮", "另一件事", "utility", &centre.book.directory);
    let new = orders::split(&centre, whole, None, portion.expect("right"))
        .await
        .expect("split");
    assert_eq!(
        stage(&city, "firm", new.number).await,
        Some(StageName::Submitted)
    );
    assert_eq!(stage(&city, "rival", new.number).await, None);
    let link = orders::link(&centre, whole, None, new.number)
        .await
        .expect("linked");
    assert_eq!(link.number, whole);
    for number in [whole, new.number] {
        let found = orders::find(&centre, number).await.expect("seen");
        assert_eq!(found.order.links.len(), 1, "on both sides");
    }
    orders::unlink(&centre, new.number, None, whole)
        .await
        .expect("unlinked");
    let found = orders::find(&centre, whole).await.expect("seen");
    assert!(found.order.links.is_empty());
    is_sound(&city).await;
}

async fn register(city: &City, number: &str, enterprise: &str, leader: &str) -> Result<(), Error> {
    let centre = city.ctx("centre", "2026-11-01T10:00").await;
    let leader = if leader.is_empty() {
        String::new()
    } else {
        let person = people::by_name(&city.store, leader).await.expect("asked");
        person
            .expect("there")
            .actor
            .user
            .expect("a person")
            .to_string()
    };
    let draft = ProjectDraft {
        project: number.into(),
        project_name: "智能装备二期".into(),
        enterprise: enterprise.into(),
        level: "county".into(),
        township: "laiji".into(),
        leader,
    };
    let wish = ProjectWish::parse(&draft, &centre.book.directory).expect("right");
    projects::save(&centre, wish, false).await
}

#[tokio::test]
async fn a_leader_sees_the_orders_of_their_projects_and_no_others() {
    let city = grown().await;
    let firm = "柏川智能装备（虚构）";
    register(&city, "2026-014", firm, "leader")
        .await
        .expect("registered");
    assert!(
        register(&city, "2026-014", firm, "").await.is_err(),
        "the number is taken"
    );
    assert!(
        register(&city, "2026-015", firm, "gd").await.is_err(),
        "a handler is in charge of no project"
    );
    assert!(register(&city, "2026-016", "没有的企业", "").await.is_err());
    let of_project = place(&city, "firm", "专线", "2026-014")
        .await
        .expect("placed");
    let other = place(&city, "firm", "路灯", "").await.expect("placed");
    let foreign = place(&city, "rival", "专线", "2026-014").await;
    assert!(foreign.is_err(), "a project of another enterprise");
    assert_eq!(
        stage(&city, "leader", of_project).await,
        Some(StageName::Submitted)
    );
    assert_eq!(stage(&city, "leader", other).await, None);
    let leader = city.ctx("leader", "2026-11-03T10:00").await;
    let all = orders::count(&leader, &Filter::default())
        .await
        .expect("counted");
    assert_eq!(all, 1);
    let listed = projects::list(&leader, "智能", None, 9)
        .await
        .expect("listed");
    assert_eq!(listed.items[0].orders, 1);
    let rival = city.ctx("rival", "2026-11-03T10:00").await;
    let theirs = projects::list(&rival, "", None, 9).await.expect("listed");
    assert!(theirs.items.is_empty(), "projects of others are not theirs");
    let urge = Step::urge("请抓紧").expect("right");
    let urged = orders::step(&leader, of_project, None, None, urge).await;
    assert!(urged.is_err(), "nobody has it yet");
}

#[tokio::test]
async fn what_lists_count_is_what_there_is_whoever_asks() {
    let city = grown().await;
    let first = place(&city, "firm", "专线", "").await.expect("placed");
    place(&city, "rival", "路灯", "").await.expect("placed");
    let third = place(&city, "rival", "管道", "").await.expect("placed");
    city.step("centre", "2026-11-02T11:00", first, dispatch())
        .await;
    let to_zjj = Step::dispatch(
        "zjj",
        "ordinary",
        &[("gd".into(), "一事".into())],
        &city.store.book().directory,
    );
    city.step("centre", "2026-11-02T11:00", third, to_zjj.expect("right"))
        .await;
    for user in ["firm", "rival", "centre", "gd", "zjj", "office", "leader"] {
        let ctx = city.ctx(user, "2026-11-03T10:00").await;
        for filter in [
            Filter::default(),
            Filter {
                department: Some("gd".into()),
                ..Filter::default()
            },
            Filter {
                open: true,
                category: Some("utility".into()),
                ..Filter::default()
            },
        ] {
            let page = orders::list(&ctx, &filter, Sort::NewestFirst, None, 50).await;
            let listed = page.expect("listed").items.len() as u64;
            let counted = orders::count(&ctx, &filter).await.expect("counted");
            assert_eq!(counted, listed, "{user} {filter:?}");
            let stages = orders::counts(&ctx, &filter).await.expect("counted");
            let by_stage: u64 = stages.iter().map(|stage| stage.orders).sum();
            assert_eq!(by_stage, listed, "{user} {filter:?}");
        }
    }
}

fn entered(ctx: &Context, enterprise: &str, title: &str, happened: &str) -> Entry {
    let draft = Draft {
        title: title.into(),
        ..draft()
    };
    Entry {
        enterprise: enterprise.into(),
        placement: Placement::parse(&draft, &ctx.book.directory).expect("right"),
        happened: (!happened.is_empty()).then(|| at(happened)),
    }
}

fn claims(rows: &[Entry]) -> Vec<Claim> {
    let claim = |row: &Entry| Claim {
        enterprise: Some(row.enterprise.clone()),
        title: row.placement.title.as_str().to_owned(),
        project: row.placement.project.clone(),
        happened: row.happened,
    };
    rows.iter().map(claim).collect()
}

#[tokio::test]
async fn a_list_of_the_hall_is_entered_whole_or_not_at_all_and_once() {
    let city = grown().await;
    let centre = city.ctx("centre", "2026-11-03T15:00").await;
    let firm = "柏川智能装备（虚构）";
    let draft = store::drafts::keep(&centre, "hall", &"list")
        .await
        .expect("kept");
    let rows = vec![
        entered(&centre, firm, "甲", "2026-11-02T09:30"),
        entered(&centre, "没有的企业", "乙", ""),
    ];
    let checked = orders::check_rows(&centre, &claims(&rows)).await;
    let checked = checked.expect("checked");
    assert_eq!(checked[0].refusal, None);
    assert!(checked[1].refusal.is_some());
    assert!(orders::enter_all(&centre, draft, rows).await.is_err());
    let all = orders::count(&centre, &Filter::default())
        .await
        .expect("counted");
    assert_eq!(all, 0, "nothing is half done");
    let rows = vec![
        entered(&centre, firm, "甲", "2026-11-02T09:30"),
        entered(&centre, firm, "乙", ""),
    ];
    let numbers = orders::enter_all(&centre, draft, rows.clone())
        .await
        .expect("entered");
    assert_eq!(numbers.len(), 2);
    let again = orders::enter_all(&centre, draft, rows.clone()).await;
    assert!(matches!(again, Err(Error::NotFound)), "the same list once");
    let checked = orders::check_rows(&centre, &claims(&rows)).await;
    let checked = checked.expect("checked");
    assert_eq!(checked[0].like, Some(numbers[0]), "it is said to be there");
    assert_eq!(
        stage(&city, "firm", numbers[0]).await,
        Some(StageName::Submitted)
    );
    let firm = city.ctx("firm", "2026-11-03T16:00").await;
    assert_eq!(notices::unread(&firm).await.expect("told"), 1);
    let forbidden = orders::check_rows(&firm, &claims(&rows)).await;
    assert!(forbidden.is_err(), "the centre's only");
    is_sound(&city).await;
}

#[tokio::test]
async fn alike_orders_of_enough_enterprises_are_one_matter_for_the_centre() {
    let city = grown().await;
    let name = "溪岚新材（虚构）".to_owned();
    let enterprise = people::enterprise_named(
        &city.store,
        name,
        BodyCode::new("laiji"),
        None,
        at("2026-01-01T00:00"),
    );
    let role = Role::Enterprise {
        enterprise: enterprise.await.expect("made"),
        manages: true,
    };
    city.employ("third", role).await;
    place(&city, "firm", "园区道路坑洼影响运输", "")
        .await
        .expect("placed");
    place(&city, "firm", "厂房不动产证迟迟未办", "")
        .await
        .expect("placed");
    place(&city, "rival", "园区道路坑洼严重，影响运输", "")
        .await
        .expect("placed");
    let centre = city.ctx("centre", "2026-11-03T10:00").await;
    let sorted = likeness::sort_in(&city.store, centre.now)
        .await
        .expect("sorted");
    assert_eq!(sorted, 3);
    assert_eq!(
        likeness::waiting(&centre).await.expect("counted"),
        0,
        "two are not enough"
    );
    place(&city, "third", "园区道路坑洼，运输受影响", "")
        .await
        .expect("placed");
    likeness::sort_in(&city.store, centre.now)
        .await
        .expect("sorted");
    let (groups, all) = likeness::groups(&centre, 9).await.expect("grouped");
    assert_eq!(all, 1);
    assert_eq!(groups[0].enterprises, 3);
    assert_eq!(groups[0].orders.len(), 3);
    let alike = orders::alike(&centre, "园区道路坑洼", "", None, None, 9)
        .await
        .expect("found");
    assert_eq!(alike.len(), 3, "the same that triage is shown");
    let firm = city.ctx("firm", "2026-11-03T10:00").await;
    let own = orders::alike(&firm, "园区道路坑洼", "", None, None, 9)
        .await
        .expect("found");
    assert_eq!(own.len(), 1, "an enterprise is shown its own only");
    likeness::put_aside(&centre, groups[0].first)
        .await
        .expect("put aside");
    assert_eq!(likeness::waiting(&centre).await.expect("counted"), 0);
    let asides = likeness::asides(&centre).await.expect("listed");
    assert_eq!(asides[0].0, groups[0].first);
    likeness::list_again(&centre, groups[0].first)
        .await
        .expect("listed again");
    assert_eq!(likeness::waiting(&centre).await.expect("counted"), 1);
    let twice = likeness::list_again(&centre, groups[0].first).await;
    assert!(matches!(twice, Err(Error::NotFound)));
    likeness::put_aside(&centre, groups[0].first)
        .await
        .expect("put aside");
    place(&city, "third", "园区道路坑洼，运输又受影响", "")
        .await
        .expect("placed");
    likeness::sort_in(&city.store, centre.now)
        .await
        .expect("sorted");
    let centre = city.ctx("centre", "2026-11-03T10:01").await;
    assert_eq!(
        likeness::waiting(&centre).await.expect("counted"),
        1,
        "it has grown"
    );
    assert!(likeness::groups(&firm, 9).await.is_err());
}
