//! Why something was not done, in sentences that help.

use domain::{Fault, Field, FieldFault, Refusal};

use super::{order, time};
use crate::lang::Lang;
use crate::problem::Problem;

/// One sentence for the whole.
pub fn sentence(lang: Lang, problem: &Problem, this_year: i32) -> String {
    let zh = lang == Lang::Zh;
    match problem {
        Problem::Refused(refusal) => refused(lang, refusal, this_year),
        Problem::NotFound if zh => "没有这条诉求，或者不在您的查看范围内。".into(),
        Problem::NotFound => "There is no such order, or it is not yours to see.".into(),
        Problem::NotSignedIn if zh => {
            "登录已过期。请登录后再试；如已填写内容，请在新窗口登录，再回到本页提交，内容仍在。"
                .into()
        }
        Problem::NotSignedIn => {
            "Your session has ended. Please sign in; if you have typed something, sign in in a new \
             window and submit again here."
                .into()
        }
        Problem::SignedInAgain => super::frame::SIGNED_IN_AGAIN.of(lang).into(),
        Problem::WrongPassword => super::frame::WRONG_SIGN_IN.of(lang).into(),
        Problem::ForeignOrigin if zh => "请求不是从本站页面发出的，未予办理。".into(),
        Problem::ForeignOrigin => "The request did not come from a page of this site.".into(),
        Problem::TooLarge if zh => "内容太大，未能接收。".into(),
        Problem::TooLarge => "That is too large to be received.".into(),
        Problem::Malformed if zh => "请求的格式不正确。".into(),
        Problem::Malformed => "The request cannot be read.".into(),
        Problem::Offline if zh => "没有连上服务器，内容仍在，请稍后再次提交。".into(),
        Problem::Offline => {
            "The server could not be reached. What you typed is kept; please submit again.".into()
        }
        Problem::Failed if zh => "系统出错，未能办理。内容仍在，请稍后再试。".into(),
        Problem::Failed => "Something went wrong. What you typed is kept; please try again.".into(),
    }
}

fn refused(lang: Lang, refusal: &Refusal, this_year: i32) -> String {
    match (lang, refusal) {
        (Lang::Zh, Refusal::Invalid { .. }) => "有内容需要改正：".into(),
        (Lang::En, Refusal::Invalid { .. }) => "Please correct the following:".into(),
        (Lang::Zh, Refusal::NotYours { step }) => {
            format!("您没有“{}”的权限。", order::step(*step).zh)
        }
        (Lang::En, Refusal::NotYours { step }) => {
            format!("“{}” is not yours to do.", order::step(*step).en)
        }
        (Lang::Zh, Refusal::WrongStage { step, stage }) => format!(
            "这条诉求现在是“{}”，不能{}。",
            order::stage(*stage).zh,
            order::step(*step).zh
        ),
        (Lang::En, Refusal::WrongStage { step, stage }) => format!(
            "This order is now “{}”: “{}” is not possible.",
            order::stage(*stage).en,
            order::step(*step).en
        ),
        (Lang::Zh, Refusal::Changed { .. }) => {
            "别人刚刚办理了这条诉求，本页已不是最新。请先看最新经过；如已填写内容，内容仍在。".into()
        }
        (Lang::En, Refusal::Changed { .. }) => {
            "Somebody was faster: the order has moved on. See its latest history first; anything you typed is kept."
                .into()
        }
        (Lang::Zh, Refusal::RatingOpen { until }) => {
            let until = time::moment(lang, *until, this_year);
            format!("企业可以评价到 {until}，之后才能销号。")
        }
        (Lang::En, Refusal::RatingOpen { until }) => {
            let until = time::moment(lang, *until, this_year);
            format!("The enterprise can rate until {until}; only then can it be struck off.")
        }
        (Lang::Zh, Refusal::WithDeputy) => "企业两次评价不满意，由分管副市长决定。".into(),
        (Lang::En, Refusal::WithDeputy) => {
            "It was rated badly twice; the deputy mayor decides.".into()
        }
    }
}

/// What is wrong with a field and how to put it right.
pub fn fault(lang: Lang, fault: &FieldFault) -> String {
    let name = order::field(fault.field);
    match (lang, &fault.fault) {
        (Lang::Zh, Fault::Empty) if chosen(fault.field) => format!("请选择{}。", name.zh),
        (Lang::En, Fault::Empty) if chosen(fault.field) => {
            format!("Choose: {}.", name.en.to_lowercase())
        }
        (Lang::Zh, Fault::Empty) => format!("请填写{}。", name.zh),
        (Lang::En, Fault::Empty) => format!("Fill in: {}.", name.en.to_lowercase()),
        (Lang::Zh, Fault::TooLong { max, is }) => {
            format!("{}最多 {max} 字，现在 {is} 字。", name.zh)
        }
        (Lang::En, Fault::TooLong { max, is }) => {
            format!("{}: at most {max} characters, now {is}.", name.en)
        }
        (Lang::Zh, Fault::HiddenCharacters) => {
            format!("{}含有看不见的字符，请删去后重新输入。", name.zh)
        }
        (Lang::En, Fault::HiddenCharacters) => {
            format!(
                "{} contains invisible characters; please type it anew.",
                name.en
            )
        }
        (Lang::Zh, Fault::Unknown) => format!("{}不在可选范围内。", name.zh),
        (Lang::En, Fault::Unknown) => format!("{}: there is no such choice.", name.en),
        (Lang::Zh, Fault::NotATelephone) => "请填写电话号码，如 138 0000 0000。".into(),
        (Lang::En, Fault::NotATelephone) => "A telephone number, like 138 0000 0000.".into(),
        (Lang::Zh, Fault::NotADate) => format!("{}请写成 2026-12-31。", name.zh),
        (Lang::En, Fault::NotADate) => format!("{}: write it as 2026-12-31.", name.en),
        (Lang::Zh, Fault::InThePast) => format!("{}不能早于今天。", name.zh),
        (Lang::En, Fault::InThePast) => format!("{} cannot be before today.", name.en),
        (Lang::Zh, Fault::NotOfThisKind) => {
            format!("所选答复类型不填{}，请删去，或改选答复类型。", name.zh)
        }
        (Lang::En, Fault::NotOfThisKind) => {
            format!("{} does not belong to this kind of reply.", name.en)
        }
        (Lang::Zh, Fault::NotYetPossible) => format!("本版本尚不支持{}。", name.zh),
        (Lang::En, Fault::NotYetPossible) => {
            format!("{}: not possible in this version yet.", name.en)
        }
    }
}

fn chosen(field: Field) -> bool {
    matches!(
        field,
        Field::Category
            | Field::Urgency
            | Field::Township
            | Field::Department
            | Field::Complexity
            | Field::ReplyKind
            | Field::RatingLevel
    )
}
