//! Templates of a body, and answers that were published.

use domain::guidance::{Guidance, GuidanceDraft};
use domain::template::Template;
use domain::{Fault, Field, Refusal};
use store::{Context, Error, guidance, templates};

use crate::city::City;

const NOW: &str = "2026-11-03T10:00";

fn answer(ctx: &Context, title: &str, cleared: &str) -> Result<Guidance, Refusal> {
    let draft = GuidanceDraft {
        title: title.into(),
        category: "utility".into(),
        department: "gd".into(),
        text: "请先在供电公司窗口提交用电申请，七个工作日内答复供电方案。".into(),
        cleared: cleared.into(),
        ..GuidanceDraft::default()
    };
    Guidance::parse(&draft, &ctx.book.directory)
}

#[tokio::test]
async fn a_body_s_templates_are_its_own() {
    let city = City::new().await;
    let gd = city.ctx("gd", NOW).await;
    let template = |title: &str| Template::parse(title, "{企业}：您好。").expect("right");
    templates::save(&gd, None, template("办结"))
        .await
        .expect("kept");
    let kept = templates::list(&gd).await.expect("listed");
    assert_eq!(kept.len(), 1);
    let zjj = city.ctx("zjj", NOW).await;
    assert!(templates::list(&zjj).await.expect("listed").is_empty());
    let id = kept[0].id;
    let foreign = templates::save(&zjj, Some(id), template("改")).await;
    assert!(matches!(foreign, Err(Error::NotFound)));
    assert!(matches!(
        templates::remove(&zjj, id).await,
        Err(Error::NotFound)
    ));
    templates::save(&gd, Some(id), template("已办结"))
        .await
        .expect("changed");
    let head = city.ctx("gd2", NOW).await;
    let kept = templates::list(&head).await.expect("listed");
    assert_eq!(
        kept[0].template.title.as_str(),
        "已办结",
        "shared in the body"
    );
    templates::remove(&head, id).await.expect("gone");
    let firm = city.ctx("firm", NOW).await;
    assert!(templates::save(&firm, None, template("无")).await.is_err());
}

#[tokio::test]
async fn a_published_answer_is_found_until_it_is_withdrawn() {
    let city = City::new().await;
    let centre = city.ctx("centre", NOW).await;
    let refused = answer(&centre, "专线怎么申请", "").expect_err("nobody looked through it");
    let Refusal::Invalid { faults } = refused else {
        panic!("beside the field");
    };
    assert_eq!(
        (faults[0].field, &faults[0].fault),
        (Field::Cleared, &Fault::Empty)
    );
    let wish = answer(&centre, "10千伏专线怎么申请", "yes").expect("right");
    let id = guidance::publish(&centre, wish).await.expect("published");
    let firm = city.ctx("firm", NOW).await;
    for (typed, expected) in [("专线", 1), ("用电申请", 1), ("蒸汽", 0), ("%", 0), ("", 1)]
    {
        let (found, more) = guidance::search(&firm, typed, None)
            .await
            .expect("searched");
        assert_eq!(found.len(), expected, "{typed}");
        assert!(!more);
    }
    let (other, _) = guidance::search(&firm, "", Some("land"))
        .await
        .expect("searched");
    assert!(other.is_empty());
    let offered = guidance::offered(&firm, "我们厂申请10千伏专线", 3)
        .await
        .expect("offered");
    assert_eq!(offered.len(), 1, "while somebody types");
    let nothing = guidance::offered(&firm, "招工难", 3)
        .await
        .expect("offered");
    assert!(nothing.is_empty());
    let by_others = answer(&centre, "水压不足", "yes").expect("right");
    let zjj = city.ctx("zjj", NOW).await;
    assert!(
        guidance::publish(&zjj, by_others.clone()).await.is_err(),
        "not a head"
    );
    let head = city.ctx("gd2", NOW).await;
    guidance::publish(&head, by_others)
        .await
        .expect("of their body");
    assert!(guidance::withdraw(&firm, id).await.is_err());
    guidance::withdraw(&head, id).await.expect("withdrawn");
    let (found, _) = guidance::search(&firm, "专线", None)
        .await
        .expect("searched");
    assert!(found.is_empty());
    assert!(matches!(
        guidance::find(&firm, id).await,
        Err(Error::NotFound)
    ));
}
