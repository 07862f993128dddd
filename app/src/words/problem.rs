//! Why something was not done, in sentences that help.

use domain::order::{StageName, StepName};
use domain::{Fault, Field, FieldFault, Instant, Refusal};

use super::{order, time};
use crate::lang::{Lang, Text};
use crate::problem::Problem;

/// One sentence for the whole.
pub fn sentence(lang: Lang, problem: &Problem, this_year: i32) -> String {
    let zh = lang == Lang::Zh;
    match problem {
        Problem::Refused(refusal) => refused(lang, refusal, this_year),
        Problem::NotFound if zh => "没有找到，或者不在您的查看范围内。".into(),
        Problem::NotFound => "It is not there, or not yours to see.".into(),
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
        Problem::FirstPasswordOver => super::frame::FIRST_PASSWORD_OVER.of(lang).into(),
        Problem::NotLinked => super::people::NOT_LINKED.of(lang).into(),
        Problem::ProviderFailed => super::people::PROVIDER_FAILED.of(lang).into(),
        Problem::CodeAsked => super::people::CODE_LEAD.of(lang).into(),
        Problem::TooMany { seconds } if zh => {
            format!("尝试过于频繁，请 {} 后再试。", wait(lang, *seconds))
        }
        Problem::TooMany { seconds } => {
            format!(
                "Too many attempts. Please try again in {}.",
                wait(lang, *seconds)
            )
        }
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
        (
            Lang::Zh,
            Refusal::WrongStage {
                step: StepName::Pause,
                stage: StageName::Paused,
            },
        ) => "计时已经暂停：同一时间只能有一个暂停。".into(),
        (
            Lang::En,
            Refusal::WrongStage {
                step: StepName::Pause,
                stage: StageName::Paused,
            },
        ) => "The clock is paused already: there is one pause at a time.".into(),
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
        (Lang::Zh, Refusal::AwaitsRuling) => "已退单，等待推进中心裁定。".into(),
        (Lang::En, Refusal::AwaitsRuling) => {
            "It was returned; the Promotion Centre rules first.".into()
        }
        (Lang::Zh, Refusal::NothingToDecide { step }) => {
            format!("没有需要“{}”的事项。", order::step(*step).zh)
        }
        (Lang::En, Refusal::NothingToDecide { step }) => {
            format!("There is nothing for “{}”.", order::step(*step).en)
        }
        (Lang::Zh, Refusal::PastDeadline { step, due }) => {
            let due = time::moment(lang, *due, this_year);
            format!("时限 {due} 已过，不能再{}。", deed(*step).zh)
        }
        (Lang::En, Refusal::PastDeadline { step, due }) => {
            let due = time::moment(lang, *due, this_year);
            format!("The deadline, {due}, has passed: it is too late to {}.", deed(*step).en)
        }
        (Lang::Zh, Refusal::AskedTooLate { until }) => {
            let until = time::moment(lang, *until, this_year);
            format!("延期须按规则提前申请，最迟 {until}，现已过时。")
        }
        (Lang::En, Refusal::AskedTooLate { until }) => {
            let until = time::moment(lang, *until, this_year);
            format!("An extension is asked some time before the deadline, by the rules until {until}.")
        }
        (Lang::Zh, Refusal::AlreadyAsked) => "延期申请正在审批。".into(),
        (Lang::En, Refusal::AlreadyAsked) => "An extension is asked for already.".into(),
        (Lang::Zh, Refusal::NoMore { step, max }) => {
            format!("按规则最多{} {max} 次，已满。", deed(*step).zh)
        }
        (Lang::En, Refusal::NoMore { step, max }) => {
            format!("By the rules one can {} {max} times at most; that is used up.", deed(*step).en)
        }
        (Lang::Zh, Refusal::RulesChanged) => {
            "规则在预览后已有新版本，请在新版本上重新修改。".into()
        }
        (Lang::En, Refusal::RulesChanged) => {
            "The rules have changed since the preview; please start again from the new version."
                .into()
        }
        (Lang::Zh, Refusal::Forbidden { action }) => {
            format!("您没有“{}”的权限。", super::people::action(*action).zh)
        }
        (Lang::En, Refusal::Forbidden { action }) => {
            format!("“{}” is not yours to do.", super::people::action(*action).en)
        }
        (Lang::Zh, Refusal::WithDeputy) => "企业两次评价不满意，由分管副市长决定。".into(),
        (Lang::En, Refusal::WithDeputy) => {
            "It was rated badly twice; the deputy mayor decides.".into()
        }
    }
}

/// A step as the verb of a sentence.
fn deed(step: StepName) -> Text {
    let (zh, en) = match step {
        StepName::Pause => ("暂停计时", "pause the clock"),
        StepName::Object => ("提出异议", "object"),
        StepName::Extend => ("延期", "ask for an extension"),
        StepName::DecideExtension => ("同意延期", "grant the extension"),
        StepName::Return => ("退单", "return the order"),
        step => {
            let text = order::step(step);
            (text.zh, text.en)
        }
    };
    Text { zh, en }
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
        (Lang::Zh, Fault::NotATime) => format!("{}请写成 2026-11-25T09:30。", name.zh),
        (Lang::En, Fault::NotATime) => format!("{}: write it as 2026-11-25T09:30.", name.en),
        (Lang::Zh, Fault::NotANumber) => format!("{}请填写整数。", name.zh),
        (Lang::En, Fault::NotANumber) => format!("{}: a whole number, please.", name.en),
        (Lang::Zh, Fault::OutOfRange { min, max }) => {
            format!("{}应在 {min} 至 {max} 之间。", name.zh)
        }
        (Lang::En, Fault::OutOfRange { min, max }) => {
            format!("{}: from {min} to {max}.", name.en)
        }
        (Lang::Zh, Fault::InTheFuture) => format!("{}不能晚于现在。", name.zh),
        (Lang::En, Fault::InTheFuture) => format!("{} cannot be in the future.", name.en),
        (Lang::Zh, Fault::BeforeTheLast { last }) => {
            format!("{}不能早于上一步（{}）。", name.zh, moment(lang, *last))
        }
        (Lang::En, Fault::BeforeTheLast { last }) => {
            format!(
                "{} cannot be before the step before it ({}).",
                name.en,
                moment(lang, *last)
            )
        }
        (Lang::Zh, Fault::TooFarBack { days }) => {
            format!("只能补录 {days} 个工作日以内的事。")
        }
        (Lang::En, Fault::TooFarBack { days }) => {
            format!("A step can be entered up to {days} working days later.")
        }
        (Lang::Zh, Fault::OfficesOnly) => "企业的操作以提交时间为准，不能补录。".into(),
        (Lang::En, Fault::OfficesOnly) => {
            "What an enterprise does counts from when it is sent; it cannot be dated back.".into()
        }
        (Lang::Zh, Fault::NotLate) => "此项以提交时间为准，不能补录。".into(),
        (Lang::En, Fault::NotLate) => {
            "This counts from when it is sent; it cannot be dated back.".into()
        }
        (Lang::Zh, Fault::EndsBeforeItBegins) => "恢复计时的日期须晚于今天。".into(),
        (Lang::En, Fault::EndsBeforeItBegins) => {
            "The day on which the clock runs again must be after the day on which it pauses.".into()
        }
        (Lang::Zh, Fault::BeyondCap { cap }) => {
            format!("按规则最迟 {} 恢复计时。", time::date(lang, *cap, 0))
        }
        (Lang::En, Fault::BeyondCap { cap }) => {
            format!(
                "By the rules it runs again on {} at the latest.",
                time::date(lang, *cap, 0)
            )
        }
        (Lang::Zh, Fault::Rule { name, min, max }) => {
            format!(
                "{}应为 {min} 至 {max} 的整数。",
                rule(name).zh
            )
        }
        (Lang::En, Fault::Rule { name, min, max }) => {
            format!(
                "{}: a whole number from {min} to {max}.",
                rule(name).en
            )
        }
        (Lang::Zh, Fault::NotAscending) => "上报各级的工作日数须逐级增加。".into(),
        (Lang::En, Fault::NotAscending) => {
            "The working days of the ladder must grow from level to level.".into()
        }
        (Lang::Zh, Fault::Row { row, wrong }) => {
            format!("第 {row} 行：{}", super::calendar::fault(lang, wrong))
        }
        (Lang::En, Fault::Row { row, wrong }) => {
            format!("Row {row}: {}", super::calendar::fault(lang, wrong))
        }
        (Lang::Zh, Fault::NotACreditCode) => "统一社会信用代码为 18 位数字和大写字母（不含 I、O、S、V、Z）。".into(),
        (Lang::En, Fault::NotACreditCode) => {
            "A unified social credit code has 18 digits and letters, without I, O, S, V and Z.".into()
        }
        (Lang::Zh, Fault::WrongCheckDigit) => "统一社会信用代码的校验位不符，请核对。".into(),
        (Lang::En, Fault::WrongCheckDigit) => {
            "The code's last character does not fit the others; please check it.".into()
        }
        (Lang::Zh, Fault::NotAnAccountName) => {
            "账号为 2 至 40 位小写字母、数字、点或横线，以字母或数字开头。".into()
        }
        (Lang::En, Fault::NotAnAccountName) => {
            "An account's name has 2 to 40 small letters, digits, dots or hyphens, and begins with a letter or digit.".into()
        }
        (Lang::Zh, Fault::Taken) => format!("{}已被使用。", name.zh),
        (Lang::En, Fault::Taken) => format!("{} is in use already.", name.en),
        (Lang::Zh, Fault::WeakPassword { long, mixed }) => format!(
            "{}至少 {long} 位；或至少 {mixed} 位，且含大写、小写、数字、符号中的三类。",
            name.zh
        ),
        (Lang::En, Fault::WeakPassword { long, mixed }) => format!(
            "{}: at least {long} characters, or {mixed} with three of capitals, small letters, digits and signs.",
            name.en
        ),
        (Lang::Zh, Fault::CommonPassword) => "这个密码容易被猜到，请换一个。".into(),
        (Lang::En, Fault::CommonPassword) => "This password is soon guessed; please choose another.".into(),
        (Lang::Zh, Fault::LikeTheName) => "密码不能含账号名。".into(),
        (Lang::En, Fault::LikeTheName) => "The password must not contain the account's name.".into(),
        (Lang::Zh, Fault::UsedBefore { last }) => format!("不能使用最近 {last} 次用过的密码。"),
        (Lang::En, Fault::UsedBefore { last }) => {
            format!("It is one of your last {last} passwords; please choose another.")
        }
        (Lang::Zh, Fault::NotTheSame) => "两次输入的密码不一致。".into(),
        (Lang::En, Fault::NotTheSame) => "The two passwords are not the same.".into(),
        (Lang::Zh, Fault::Wrong) if fault.field == Field::Code => {
            "验证码不正确，或已使用过；请输入最新的一个。".into()
        }
        (Lang::En, Fault::Wrong) if fault.field == Field::Code => {
            "That code is wrong or was used already. Enter the latest one.".into()
        }
        (Lang::Zh, Fault::Wrong) => format!("{}不正确。", name.zh),
        (Lang::En, Fault::Wrong) => format!("{} is not right.", name.en),
        (Lang::Zh, Fault::LastOne) => {
            "这是最后一位管理员，请先设立另一位，或交接给同事。".into()
        }
        (Lang::En, Fault::LastOne) => {
            "This is the last administrator. Make another one first, or hand over to a colleague."
                .into()
        }
        (Lang::Zh, Fault::NotTogether) => "管理员岗位、企业身份均不能与其他岗位由同一人担任。".into(),
        (Lang::En, Fault::NotTogether) => {
            "Neither an administrator's role nor an enterprise's goes together with another.".into()
        }
        (Lang::Zh, Fault::AlreadyAMember) => {
            "您已是该企业成员；此邀请请留给受邀的同事。".into()
        }
        (Lang::En, Fault::AlreadyAMember) => {
            "You belong to this enterprise already. Leave the invitation to the colleague it is for."
                .into()
        }
        (Lang::Zh, Fault::NotAColleague) => "只能交接给同一单位或企业的在册人员。".into(),
        (Lang::En, Fault::NotAColleague) => {
            "It can only go to somebody of the same body or enterprise.".into()
        }
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

/// A row of the rules, or of the policy.
fn rule(name: &str) -> Text {
    if domain::policy::ROWS.iter().any(|row| row.name == name) {
        super::people::policy_row(name)
    } else {
        super::rules::name(name)
    }
}

/// A time to wait, in words.
fn wait(lang: Lang, seconds: u32) -> String {
    let minutes = seconds.div_ceil(60);
    match lang {
        Lang::Zh if seconds < 90 => format!("{seconds} 秒"),
        Lang::Zh => format!("{minutes} 分钟"),
        Lang::En if seconds < 90 => format!("{seconds} seconds"),
        Lang::En => format!("{minutes} minutes"),
    }
}

/// With its year: a fault does not know which year this is.
fn moment(lang: Lang, at: Instant) -> String {
    time::moment(lang, at, 0)
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
            | Field::PauseKind
            | Field::Grant
            | Field::Uphold
            | Field::Card
            | Field::Role
            | Field::Body
            | Field::Successor
            | Field::Approve
    )
}
