//! Search as people type it, and what a list is narrowed to.

use domain::order::placement::Draft;
use domain::order::{Placement, StageName};
use store::orders::{self, Filter, Sort};

use crate::city::{City, dispatch, draft};

async fn place(city: &City, title: &str, content: &str, phone: &str) {
    let ctx = city.ctx("firm", "2026-11-02T10:00").await;
    let draft = Draft {
        title: title.into(),
        content: content.into(),
        contact_phone: phone.into(),
        ..draft()
    };
    let placement = Placement::parse(&draft, &ctx.book.directory).expect("right");
    orders::place(&ctx, placement, None).await.expect("placed");
}

async fn found(city: &City, user: &str, text: &str) -> Vec<u32> {
    let ctx = city.ctx(user, "2026-11-02T11:00").await;
    let filter = Filter {
        text: Some(text.into()),
        ..Filter::default()
    };
    let page = orders::list(&ctx, &filter, Sort::NewestFirst, None, 50)
        .await
        .expect("listed");
    let count = orders::count(&ctx, &filter).await.expect("counted");
    assert_eq!(count, page.items.len() as u64, "{text}");
    let at_once = orders::counts_at_once(&ctx, &filter)
        .await
        .expect("counted");
    let by_stage: u64 = at_once.stages.iter().map(|stage| stage.orders).sum();
    assert_eq!((by_stage, at_once.is_whole), (count, true), "{text}");
    let serials = page.items.iter().map(|item| item.overview.number.serial());
    serials.collect()
}

async fn three() -> City {
    let city = City::new().await;
    place(
        &city,
        "10千伏专线接入慢",
        "用电负荷已批，线路未架设",
        "13812345678",
    )
    .await;
    place(&city, "厂区㵲水排口", "雨污分流", "0371-69881234").await;
    place(&city, "Steam 管道", "蒸汽压力不足，用电正常", "13900000000").await;
    city
}

#[tokio::test]
async fn what_one_types_is_found_as_one_types_it() {
    let city = three().await;
    for (typed, expected, why) in [
        ("专线", vec![1], "two characters"),
        ("用电", vec![3, 1], "in the content, the newest first"),
        ("㵲", vec![2], "one rare character"),
        ("荷", vec![1], "the last of a run"),
        ("用电负荷", vec![1], "four side by side"),
        ("电用", vec![], "not in this order"),
        ("负荷 专线", vec![1], "two words, wherever they stand"),
        ("专线 蒸汽", vec![], "of different orders"),
        ("10千伏", vec![1], "figures and characters"),
        ("steam", vec![3], "whatever the case"),
        ("stea", vec![3], "a word that is only begun"),
        ("柏川", vec![3, 2, 1], "the firm"),
        ("bczn", vec![3, 2, 1], "how the firm sounds"),
        ("znzb", vec![3, 2, 1], "from the middle on"),
        ("xm-2026-000002", vec![2], "a number"),
        ("000003", vec![3], "the end of a number"),
        ("3", vec![3], "a serial"),
        ("“用电”！", vec![3, 1], "signs do not count"),
        ("%", vec![], "nothing to be found by"),
        ("\" OR number:*", vec![], "no language of the index"),
    ] {
        assert_eq!(
            found(&city, "centre", typed).await,
            expected,
            "{typed}: {why}"
        );
    }
}

#[tokio::test]
async fn a_telephone_finds_orders_only_for_those_who_see_it() {
    let city = three().await;
    assert_eq!(found(&city, "centre", "13812345678").await, [1]);
    for written in [
        "138 1234 5678",
        "138-1234-5678",
        "+8613812345678",
        "１３８１２３４５６７８",
    ] {
        assert_eq!(found(&city, "centre", written).await, [1], "{written}");
    }
    assert_eq!(found(&city, "firm", "0371-69881234").await, [2]);
    place(
        &city,
        "补件",
        "文号 2026112500123456，联系 0537-2213456",
        "13700000000",
    )
    .await;
    for number in ["2026112500123456", "0537-2213456", "2213456"] {
        assert_eq!(
            found(&city, "centre", number).await,
            [4],
            "a number that is told"
        );
    }
    for user in ["supervision", "office", "gd"] {
        let found = found(&city, user, "13812345678").await;
        assert!(found.is_empty(), "{user} sees it masked, or not at all");
    }
}

#[tokio::test]
async fn nobody_finds_what_is_not_theirs_to_see() {
    let city = three().await;
    assert!(found(&city, "gd", "专线").await.is_empty());
    let ctx = city.ctx("centre", "2026-11-02T11:00").await;
    let number = domain::order::Number::new(2026, 1);
    orders::step(&ctx, number, None, None, dispatch())
        .await
        .expect("dispatched");
    assert_eq!(found(&city, "gd", "专线").await, [1]);
    assert!(found(&city, "zjj", "专线").await.is_empty());
}

#[tokio::test]
async fn pages_of_what_was_found_go_on_where_the_last_ended() {
    let city = three().await;
    let ctx = city.ctx("centre", "2026-11-02T11:00").await;
    let filter = Filter {
        text: Some("用电".into()),
        ..Filter::default()
    };
    let first = orders::list(&ctx, &filter, Sort::NewestFirst, None, 1)
        .await
        .expect("listed");
    let next = orders::list(&ctx, &filter, Sort::NewestFirst, first.next, 1)
        .await
        .expect("listed");
    assert_eq!(next.items[0].overview.number.serial(), 1);
    assert_eq!(next.next, None);
    let counts = orders::counts(&ctx, &filter).await.expect("counted");
    assert_eq!(
        (counts[0].stage, counts[0].orders),
        (StageName::Submitted, 2)
    );
}

#[tokio::test]
async fn a_list_is_narrowed_by_day_place_and_urgency() {
    let city = three().await;
    let ctx = city.ctx("centre", "2026-11-02T11:00").await;
    let day = |text: &str| text.parse().ok();
    let counted = async |filter: Filter| orders::count(&ctx, &filter).await.expect("counted");
    let all = Filter::default;
    for (filter, expected) in [
        (
            Filter {
                placed_from: day("2026-11-02"),
                ..all()
            },
            3,
        ),
        (
            Filter {
                placed_until: day("2026-11-01"),
                ..all()
            },
            0,
        ),
        (
            Filter {
                placed_until: day("2026-11-02"),
                ..all()
            },
            3,
        ),
        (
            Filter {
                township: Some("laiji".into()),
                ..all()
            },
            3,
        ),
        (
            Filter {
                township: Some("baizhai".into()),
                ..all()
            },
            0,
        ),
        (
            Filter {
                urgency: Some(domain::order::Urgency::Normal),
                ..all()
            },
            3,
        ),
        (
            Filter {
                urgency: Some(domain::order::Urgency::Critical),
                ..all()
            },
            0,
        ),
    ] {
        assert_eq!(counted(filter.clone()).await, expected, "{filter:?}");
    }
}

#[tokio::test]
async fn what_says_it_in_its_title_comes_first_on_every_page() {
    let city = City::new().await;
    for (title, content) in [
        ("用电报装", "甲"),
        ("管道", "用电正常"),
        ("用电负荷", "乙"),
        ("路灯", "用电正常"),
    ] {
        place(&city, title, content, "13900000000").await;
    }
    assert_eq!(found(&city, "centre", "用电").await, [3, 1, 4, 2]);
    let ctx = city.ctx("centre", "2026-11-02T11:00").await;
    let filter = Filter {
        text: Some("用电".into()),
        ..Filter::default()
    };
    let mut after = None;
    let mut all = Vec::new();
    loop {
        let page = orders::list(&ctx, &filter, Sort::NewestFirst, after, 1)
            .await
            .expect("listed");
        all.extend(page.items.iter().map(|item| item.overview.number.serial()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(all, [3, 1, 4, 2], "page by page the same");
}
