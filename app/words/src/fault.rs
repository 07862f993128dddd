//! What is wrong with a field and how to put it right.

use domain::{Fault, Field, FieldFault, Instant};

use super::{order, time};
use crate::lang::{Lang, Text};

/// Whether what is to come is asked for.
fn field_of_time(field: Field) -> bool {
    matches!(field, Field::Deadline | Field::StartsAt)
}

/// One sentence for the field.
pub fn sentence(lang: Lang, fault: &FieldFault) -> String {
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
        (Lang::Zh, Fault::TurnsDirection { line, at }) => format!(
            "{}第 {line} 行第 {at} 个字符会改变文字方向，请删去该字符。",
            name.zh
        ),
        (Lang::En, Fault::TurnsDirection { line, at }) => format!(
            "{}: character {at} of line {line} turns the direction of writing; please delete it.",
            name.en
        ),
        (Lang::Zh, Fault::Unknown) if fault.field == Field::Attachments => {
            "有附件没有被接收，或已被移除。请移除标红的附件后再提交；没有标红的，刷新页面后重试，填写的内容仍在。".into()
        }
        (Lang::En, Fault::Unknown) if fault.field == Field::Attachments => {
            "An attachment was not accepted, or has been removed. Remove the one that is marked and submit again; where none is, reload the page: what you typed is kept.".into()
        }
        (Lang::Zh, Fault::NotAMatter) => "该诉求单不是待议定的议题。".into(),
        (Lang::En, Fault::NotAMatter) => "That order is not a matter that awaits a decision.".into(),
        (Lang::Zh, Fault::OnTheAgenda) => "该议题已在议程中，不能重复列入。".into(),
        (Lang::En, Fault::OnTheAgenda) => "That matter is on the agenda already.".into(),
        (Lang::Zh, Fault::DayOff) => {
            "这一天是休息日。确要在这天召开，请勾选“仍在休息日召开”。".into()
        }
        (Lang::En, Fault::DayOff) => {
            "That is a day off. To hold it all the same, tick the box below.".into()
        }
        (Lang::Zh, Fault::MeetingOver) => {
            "这个时间已过。会议已经开过的，请勾选“会议已经开过，现在补录”。".into()
        }
        (Lang::En, Fault::MeetingOver) => {
            "That has passed. If the meeting was held already, tick the box below.".into()
        }
        (Lang::Zh, Fault::InThePast) if field_of_time(fault.field) => {
            format!("{}须在现在之后。", name.zh)
        }
        (Lang::En, Fault::InThePast) if field_of_time(fault.field) => {
            format!("{} must lie ahead.", name.en)
        }
        (Lang::Zh, Fault::NotADate) if fault.field == Field::Deadline => {
            "完成时限请填工作日数（如 5）或日期（如 2026-12-04）。".into()
        }
        (Lang::En, Fault::NotADate) if fault.field == Field::Deadline => {
            "Deadline: working days (5) or a date (2026-12-04).".into()
        }
        (Lang::Zh, Fault::Unknown) => format!("{}不在可选范围内。", name.zh),
        (Lang::En, Fault::Unknown) => format!("{}: there is no such choice.", name.en),
        (Lang::Zh, Fault::NotATelephone) => "请填写电话号码，如 138 0000 0000；两个号码用 / 隔开，分机写作 转 801。".into(),
        (Lang::En, Fault::NotATelephone) => "A telephone number, like 138 0000 0000; two with / between them, an extension as ext. 801.".into(),
        (Lang::Zh, Fault::NotRecorded { guests }) => format!(
            "还有 {guests} 个受邀单位没有记录是否到会。请逐一记录，或勾选“仍结束会议”。"
        ),
        (Lang::En, Fault::NotRecorded { guests }) => format!(
            "It is not recorded whether {guests} of those invited came. Record it, or tick the box to end the meeting all the same."
        ),
        (Lang::Zh, Fault::BlanksLeft { lines }) => format!(
            "模板里还有没有填写的内容：{}。请补全，或勾选“没有遗漏，仍按原文提交”。",
            quoted(lines)
        ),
        (Lang::En, Fault::BlanksLeft { lines }) => format!(
            "Something of the template is not filled in: {}. Fill it in, or tick the box to send it as it stands.",
            quoted(lines)
        ),
        (Lang::Zh, Fault::ShortTelephone) => {
            "这是短号，外线无法回拨。请填写完整号码，如 0371-6988 1234。".into()
        }
        (Lang::En, Fault::ShortTelephone) => {
            "A short number cannot be called back. Please give the whole one, like 0371-6988 1234."
                .into()
        }
        (Lang::Zh, Fault::NotADate) => format!("{}请写成 2026-12-31。", name.zh),
        (Lang::En, Fault::NotADate) => format!("{}: write it as 2026-12-31.", name.en),
        (Lang::Zh, Fault::TooEarly { earliest }) => {
            format!("{}最早为 {earliest}：收到当日不计入时限，下班后按下一工作日收到。", name.zh)
        }
        (Lang::En, Fault::TooEarly { earliest }) => format!(
            "{}: {earliest} at the earliest; the day of receipt is not counted, and after hours that is the next working day.",
            name.en
        ),
        (Lang::Zh, Fault::InThePast) => format!("{}不能早于今天。", name.zh),
        (Lang::En, Fault::InThePast) => format!("{} cannot be before today.", name.en),
        (Lang::Zh, Fault::NotATime) => format!("{}请写成 2026-11-25 09:30。", name.zh),
        (Lang::En, Fault::NotATime) => format!("{}: write it as 2026-11-25 09:30.", name.en),
        (Lang::Zh, Fault::NotANumber) => format!("{}请填写整数。", name.zh),
        (Lang::En, Fault::NotANumber) => format!("{}: a whole number, please.", name.en),
        (Lang::Zh, Fault::OutOfRange { min, max }) if fault.field == Field::Deadline => {
            format!("{}应在 {min} 至 {max} 个工作日之内。", name.zh)
        }
        (Lang::En, Fault::OutOfRange { min, max }) if fault.field == Field::Deadline => {
            format!("{}: from {min} to {max} working days from now.", name.en)
        }
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
        (Lang::Zh, Fault::ListRow { row, wrong }) => {
            format!("第 {row} 行：{}", super::directory::fault(lang, wrong))
        }
        (Lang::En, Fault::ListRow { row, wrong }) => {
            format!("Row {row}: {}", super::directory::fault(lang, wrong))
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
            "账号为 2 至 40 位小写字母、数字、点、横线或下划线，以字母或数字开头。".into()
        }
        (Lang::En, Fault::NotAnAccountName) => {
            "An account's name has 2 to 40 lower-case letters, digits, dots, hyphens or underscores, and begins with a letter or digit.".into()
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
        (Lang::Zh, Fault::OnTheServer) => "管理员账号只能在服务器上用 server user add 设立。".into(),
        (Lang::En, Fault::OnTheServer) => {
            "Administrators' accounts are made on the server only, by server user add.".into()
        }
        (Lang::Zh, Fault::NotOnesOwn) => "不能这样处理自己的账号，请由另一位系统管理员办理。".into(),
        (Lang::En, Fault::NotOnesOwn) => {
            "Not with your own account: another system administrator has to do it.".into()
        }
        (Lang::Zh, Fault::NotAColleague) => "只能交接给同一单位或企业的在册人员。".into(),
        (Lang::En, Fault::NotAColleague) => {
            "It can only go to somebody of the same body or enterprise.".into()
        }
        (Lang::Zh, Fault::Twice) if fault.field == Field::Other => "这两条诉求已经关联。".into(),
        (Lang::En, Fault::Twice) if fault.field == Field::Other => "They are linked already.".into(),
        (Lang::Zh, Fault::Twice) if fault.field == Field::CoOwners => {
            "牵头单位不能同时是配合单位，配合单位也不能重复。".into()
        }
        (Lang::En, Fault::Twice) if fault.field == Field::CoOwners => {
            "The owner is no co-owner, and each co-owner is named once.".into()
        }
        (Lang::Zh, Fault::Twice) => "该单位已有协办任务，不能重复。".into(),
        (Lang::En, Fault::Twice) => "That body has a part already.".into(),
        (Lang::Zh, Fault::IsTheLead) if fault.field == Field::Department => {
            "该单位现在就是主办单位。".into()
        }
        (Lang::En, Fault::IsTheLead) if fault.field == Field::Department => {
            "That body has the lead already.".into()
        }
        (Lang::Zh, Fault::IsTheLead) => "主办单位不能同时协办。".into(),
        (Lang::En, Fault::IsTheLead) => "The lead has no part beside the whole.".into(),
        (Lang::Zh, Fault::PartsAreOpen) => "还有协办单位未答复：请等其答复，或写明不等的理由。".into(),
        (Lang::En, Fault::PartsAreOpen) => {
            "Co-handlers have not replied yet: wait for them, or say why not.".into()
        }
        (Lang::Zh, Fault::NotOfThisKind) if fault.field == Field::Without => {
            "协办单位都已答复，不必填写此项。".into()
        }
        (Lang::En, Fault::NotOfThisKind) if fault.field == Field::Without => {
            "All co-handlers have replied: leave this out.".into()
        }
        (Lang::Zh, Fault::NotOfThisKind) if fault.field == Field::Attachments => {
            "这一步不带附件。".into()
        }
        (Lang::En, Fault::NotOfThisKind) if fault.field == Field::Attachments => {
            "No attachments go along with this step.".into()
        }
        (Lang::Zh, Fault::NotOfThisKind) if fault.field == Field::Enterprises => {
            "只有政企联席会议和集中观摩会邀请企业：请删去企业，或改选会议类型。".into()
        }
        (Lang::En, Fault::NotOfThisKind) if fault.field == Field::Enterprises => {
            "Enterprises are invited to joint meetings and observations only: leave them out, or choose another kind.".into()
        }
        (Lang::Zh, Fault::NotOfThisKind) if fault.field == Field::Things => {
            "只有补正才列材料；特殊环节请删去。".into()
        }
        (Lang::En, Fault::NotOfThisKind) if fault.field == Field::Things => {
            "Only a supplement lists things to hand in.".into()
        }
        (Lang::Zh, Fault::NotAFileName) => "文件名不能含 / \\ : 等符号，也不能以点开头或结尾，请改名后再传。".into(),
        (Lang::En, Fault::NotAFileName) => {
            "A file's name has none of / \\ : and neither begins nor ends with a dot. Please rename it.".into()
        }
        (Lang::Zh, Fault::NotTakenHeic { name }) => format!(
            "“{name}”是 HEIC 照片，多数电脑打不开。请在手机“设置—相机—格式”中选“兼容性最佳”后重拍，或另存为 jpg 再传。"
        ),
        (Lang::En, Fault::NotTakenHeic { name }) => format!(
            "“{name}” is a HEIC photograph, which most computers cannot open. Choose “Most Compatible” under Settings, Camera, Formats of the phone and take it again, or save it as jpg."
        ),
        (Lang::Zh, Fault::ManyLists) => {
            "文件里不止一张工作表有清单，请每张另存为一个文件，逐个上传。".into()
        }
        (Lang::En, Fault::ManyLists) => {
            "More than one sheet of the file holds a list; please save each as a file of its own and upload them one by one.".into()
        }
        (Lang::Zh, Fault::NotTakenPicture { name }) => format!(
            "“{name}”这种图片格式多数电脑在网页里打不开，请另存为 jpg 或 png 再传。"
        ),
        (Lang::En, Fault::NotTakenPicture { name }) => format!(
            "“{name}” is a picture that browsers do not show; please save it as jpg or png."
        ),
        (Lang::Zh, Fault::NotTakenArchive { name }) => {
            format!("“{name}”不是 zip 压缩包，请改用 zip 压缩后再传。")
        }
        (Lang::En, Fault::NotTakenArchive { name }) => {
            format!("“{name}” is another archive than zip; please pack it as zip.")
        }
        (Lang::Zh, Fault::FileLocked { name }) => {
            format!("“{name}”文件已加密，无法检查，请去掉密码后再传。")
        }
        (Lang::En, Fault::FileLocked { name }) => {
            format!("“{name}” is locked with a password and cannot be looked into; please take the password off.")
        }
        (Lang::Zh, Fault::NotTaken { name }) => format!(
            "“{name}”不是可接收的文件。可传 pdf、jpg、png、gif、webp 图片，不含宏的 Office 或 WPS 文档，OFD、zip；其他文件请另存为这些格式。"
        ),
        (Lang::En, Fault::NotTaken { name }) => format!(
            "“{name}” is of no kind that is taken: pdf, jpg, png, gif and webp pictures, Office or WPS documents without macros, OFD, zip. Please save it as one of these."
        ),
        (Lang::Zh, Fault::TooBig { max }) => format!("每个附件不超过 {max} MB。"),
        (Lang::En, Fault::TooBig { max }) => format!("An attachment has {max} MB at most."),
        (Lang::Zh, Fault::EmptyFile) => "这个文件是空的。".into(),
        (Lang::En, Fault::EmptyFile) => "That file is empty.".into(),
        (Lang::Zh, Fault::ArchiveBursts) => "文件解开后过大，不能接收，请分开上传。".into(),
        (Lang::En, Fault::ArchiveBursts) => {
            "The archive unpacks to far too much; please send its files one by one.".into()
        }
        (Lang::Zh, Fault::ArchiveEscapes) => "文件内的路径不安全，不能接收，请重新生成。".into(),
        (Lang::En, Fault::ArchiveEscapes) => {
            "The archive would unpack outside its folder; please pack it anew.".into()
        }
        (Lang::Zh, Fault::ArchiveLocked) => "加密的文件无法检查，请去掉密码后再传。".into(),
        (Lang::En, Fault::ArchiveLocked) => {
            "An archive with a password cannot be looked into; please take the password off.".into()
        }
        (Lang::Zh, Fault::ArchiveInArchive) => "压缩包里还有压缩包，请解开后再打包。".into(),
        (Lang::En, Fault::ArchiveInArchive) => {
            "There is an archive within the archive; please unpack that one first.".into()
        }
        (Lang::Zh, Fault::ArchiveBroken) => "文件已损坏，请重新生成后再传。".into(),
        (Lang::En, Fault::ArchiveBroken) => "The file is damaged; please make it anew.".into(),
        (Lang::Zh, Fault::NotUploaded) => "附件还没有传完：请先上传，或移除。".into(),
        (Lang::En, Fault::NotUploaded) => {
            "An attachment is not there yet: upload it first, or remove it.".into()
        }
        (Lang::Zh, Fault::TooMany { max }) if fault.field == Field::View => {
            format!("最多保存 {max} 个视图，请先删除不用的。")
        }
        (Lang::En, Fault::TooMany { max }) if fault.field == Field::View => {
            format!("At most {max} views: remove one that is not used any more.")
        }
        (Lang::Zh, Fault::TooMany { max }) if fault.field == Field::Things => {
            format!("补正材料最多列 {max} 项。")
        }
        (Lang::En, Fault::TooMany { max }) if fault.field == Field::Things => {
            format!("At most {max} things to hand in.")
        }
        (Lang::Zh, Fault::TooMuchWaits { max }) => {
            format!("尚未提交的附件合计不能超过 {max} MB，请先提交或移除一些。")
        }
        (Lang::En, Fault::TooMuchWaits { max }) => {
            format!("Files that wait to be submitted have {max} MB together at most: submit or remove some.")
        }
        (Lang::Zh, Fault::NoRoom) => "服务器空间不足，暂时不能接收附件，请联系管理员。".into(),
        (Lang::En, Fault::NoRoom) => {
            "The server has no room for attachments at the moment; please tell an administrator.".into()
        }
        (Lang::Zh, Fault::NotAProjectNumber) => {
            "项目编号由字母、数字和短横线组成，2 至 40 位。".into()
        }
        (Lang::En, Fault::NotAProjectNumber) => {
            "A project number has letters, digits and dashes, 2 to 40 of them.".into()
        }
        (Lang::Zh, Fault::Unchanged) => "与现有答复相同，没有更正的内容。".into(),
        (Lang::En, Fault::Unchanged) => "That is the reply as it stands: nothing is corrected.".into(),
        (Lang::Zh, Fault::PromiseBroken) => "承诺的日期已过，不能改期；请办妥后兑现承诺。".into(),
        (Lang::En, Fault::PromiseBroken) => "The promised day has passed and cannot be moved: keep the promise instead.".into(),
        (Lang::Zh, Fault::TheSame) => "不能填写本单的编号。".into(),
        (Lang::En, Fault::TheSame) => "That is the number of this order itself.".into(),
        (Lang::Zh, Fault::NoSuchSlot { name }) => {
            format!("没有“{{{name}}}”这个字段，可用的字段见下方说明。")
        }
        (Lang::En, Fault::NoSuchSlot { name }) => {
            format!("There is no field “{{{name}}}”; those that there are stand below.")
        }
        (Lang::Zh, Fault::NotASheet) => "请上传 .xlsx、.csv 或 .txt 表格文件；.xls 文件请先另存为 .xlsx。".into(),
        (Lang::En, Fault::NotASheet) => "Please choose a list: .xlsx, .csv or .txt; save an .xls as .xlsx first.".into(),
        (Lang::Zh, Fault::NoColumns { missing, there }) if there.is_empty() => {
            format!("表格中没有找到表头，需要这些列：{}。可下载表样填写。", missing.join("、"))
        }
        (Lang::Zh, Fault::NoColumns { missing, there }) => format!(
            "表头缺少：{}；表中现有：{}。请补列或改列名。",
            missing.join("、"),
            there.join("、")
        ),
        (Lang::En, Fault::NoColumns { missing, there }) if there.is_empty() => format!(
            "No headings were found; these columns are needed: {}. There is a form to download.",
            missing.join(", ")
        ),
        (Lang::En, Fault::NoColumns { missing, there }) => format!(
            "Columns are missing: {}; the list has: {}. Please add or rename them.",
            missing.join(", "),
            there.join(", ")
        ),
        (Lang::Zh, Fault::TooManyRows { max, is }) => {
            format!("一次最多 {max} 行，本表有 {is} 行，请分次办理。")
        }
        (Lang::En, Fault::TooManyRows { max, is }) => {
            format!("At most {max} rows at a time; this list has {is}. Please divide it.")
        }
        (Lang::Zh, Fault::NoRows) => "表格里没有内容。".into(),
        (Lang::En, Fault::NoRows) => "There is no row in it.".into(),
        (Lang::Zh, Fault::NoSuchEnterprise { name, near }) if near.is_empty() => {
            format!("没有已注册的企业“{name}”，请核对名称，或先办理企业注册。")
        }
        (Lang::Zh, Fault::NoSuchEnterprise { name, near }) => {
            format!("没有已注册的企业“{name}”。是否为：{}？", near.join("、"))
        }
        (Lang::En, Fault::NoSuchEnterprise { name, near }) if near.is_empty() => {
            format!("No enterprise “{name}” is registered; check the name, or register it first.")
        }
        (Lang::En, Fault::NoSuchEnterprise { name, near }) => {
            format!("No enterprise “{name}” is registered. Is it one of these: {}?", near.join(", "))
        }
        (Lang::Zh, Fault::TooMany { max }) if fault.field != Field::Attachments => {
            format!("{}最多 {max} 个。", name.zh)
        }
        (Lang::En, Fault::TooMany { max }) if fault.field != Field::Attachments => {
            format!("{}: {max} at most.", name.en)
        }
        (Lang::Zh, Fault::TooMany { max }) => format!("一次最多 {max} 个附件，更多请打包。"),
        (Lang::En, Fault::TooMany { max }) => {
            format!("At most {max} attachments at a time; please pack more into one.")
        }
        (Lang::Zh, Fault::NotOfThisKind) => {
            format!("所选答复类型不填{}，请删去，或改选答复类型。", name.zh)
        }
        (Lang::En, Fault::NotOfThisKind) => {
            format!("{} does not belong to this kind of reply.", name.en)
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

/// With its year: a fault does not know which year this is.
fn moment(lang: Lang, at: Instant) -> String {
    time::moment(lang, at, 0)
}

fn chosen(field: Field) -> bool {
    matches!(
        field,
        Field::Owner
            | Field::Chair
            | Field::MeetingKind
            | Field::Answer
            | Field::Verdict
            | Field::Task
            | Field::Category
            | Field::Urgency
            | Field::Township
            | Field::Department
            | Field::CoHandler
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

fn quoted(lines: &[String]) -> String {
    let lines: Vec<String> = lines
        .iter()
        .take(5)
        .map(|line| format!("“{line}”"))
        .collect();
    lines.join(" ")
}
