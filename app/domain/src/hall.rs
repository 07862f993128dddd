//! 大厅收件: the list that a window of the hall keeps, row by row, as orders.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::directory::{Body, Category, Directory, Named};
use crate::order::Urgency;
use crate::order::placement::{Draft, Placement};
use crate::project::ProjectNumber;
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::text::{Line, name_key};
use crate::time::{self, Instant, instant, typed};

/// A row as it stands in the list, before it is parsed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallRow {
    pub enterprise: String,
    pub title: String,
    pub content: String,
    pub category: String,
    pub urgency: String,
    pub township: String,
    pub contact_name: String,
    pub contact_phone: String,
    pub project: String,
    pub happened: String,
}

/// An order to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// By its name.
    pub enterprise: String,
    pub placement: Placement,
    /// When it was handed in; as it is entered where that is not said.
    pub happened: Option<Instant>,
}

/// Of a row what only the register can judge. `None` where the cell is empty or wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub enterprise: Option<String>,
    pub title: String,
    pub project: Option<ProjectNumber>,
    pub happened: Option<Instant>,
}

/// A column: what it is headed, as offices head it too, and whether a list must have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub heading: &'static str,
    pub also: &'static [&'static str],
    pub needed: bool,
}

impl Column {
    fn is_headed(&self, key: &str) -> bool {
        key == heading_key(self.heading) || self.also.iter().any(|also| key == heading_key(also))
    }
}

/// The columns in the order of the form that is handed out.
pub const COLUMNS: [Column; 10] = {
    const fn needed(heading: &'static str, also: &'static [&'static str]) -> Column {
        Column {
            heading,
            also,
            needed: true,
        }
    }
    const fn optional(heading: &'static str, also: &'static [&'static str]) -> Column {
        Column {
            heading,
            also,
            needed: false,
        }
    }
    [
        needed("企业名称", &["单位名称", "公司名称", "企业", "企业全称"]),
        needed("标题", &["诉求标题", "事项", "诉求事项", "主题"]),
        needed(
            "具体情况",
            &[
                "内容",
                "诉求内容",
                "情况说明",
                "具体内容",
                "情况",
                "详细情况",
                "问题描述",
            ],
        ),
        needed("类别", &["诉求类别", "问题类别", "类型"]),
        optional("紧急程度", &["紧急", "急缓", "缓急程度"]),
        needed(
            "乡镇（街道）",
            &[
                "乡镇街道",
                "乡镇",
                "属地",
                "所属乡镇",
                "乡镇/街道",
                "所在乡镇",
            ],
        ),
        needed("联系人", &["联系人姓名", "姓名"]),
        needed(
            "联系电话",
            &["电话", "手机", "手机号", "联系方式", "电话号码"],
        ),
        optional("项目编号", &["项目", "重点项目编号"]),
        optional("收件时间", &["收件日期", "登记时间", "时间", "日期"]),
    ]
};

/// What a heading is compared by: without widths, blanks, and marks that a column must be
/// filled in.
pub fn heading_key(heading: &str) -> String {
    let key = name_key(heading);
    let key = key.trim_matches(['*', ':']);
    let notes = ["(必填)", "(选填)", "(可不填)"];
    let key = notes
        .iter()
        .fold(key, |key, note| key.trim_end_matches(note));
    key.trim_matches(['*', ':']).to_owned()
}

/// Where each of the columns stands among headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading([Option<usize>; COLUMNS.len()]);

/// Columns that make a row of cells the heading of a list.
const TELLING: usize = 3;

impl Heading {
    /// `None` where these are no headings.
    pub fn of(cells: &[String]) -> Option<Self> {
        let keys: Vec<String> = cells.iter().map(|cell| heading_key(cell)).collect();
        let found = COLUMNS.map(|column| keys.iter().position(|key| column.is_headed(key)));
        let heading = Self(found);
        (heading.0.iter().flatten().count() >= TELLING).then_some(heading)
    }

    /// Every column that a list must have and that is not there.
    pub fn missing(&self) -> Vec<String> {
        let columns = COLUMNS.iter().zip(self.0);
        let missing = columns.filter(|(column, at)| column.needed && at.is_none());
        missing
            .map(|(column, _)| column.heading.to_owned())
            .collect()
    }
}

impl HallRow {
    /// The cells under the headings, whatever their order; other columns are left alone.
    pub fn of(heading: &Heading, cells: &[String]) -> Self {
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map(|cell| cell.trim());
        let [
            enterprise,
            title,
            content,
            category,
            urgency,
            township,
            contact_name,
            contact_phone,
            project,
            happened,
        ] = heading.0.map(|at| cell(at).unwrap_or_default().to_owned());
        Self {
            enterprise,
            title,
            content,
            category,
            urgency,
            township,
            contact_name,
            contact_phone,
            project,
            happened,
        }
    }

    /// The last row of many lists: 合计, and a number.
    pub fn is_sum(&self) -> bool {
        let sums = ["合计", "总计", "小计"];
        sums.contains(&name_key(&self.enterprise).as_str()) && self.contact_phone.is_empty()
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What the register is asked of the row, right or not: one faulty cell hides no
    /// other.
    pub fn claim(&self, today: NaiveDate) -> Claim {
        let enterprise = Line::<100>::parse(Field::EnterpriseName, &self.enterprise).ok();
        Claim {
            enterprise: enterprise.map(|name| name.as_str().to_owned()),
            title: self.title.clone(),
            project: ProjectNumber::parse(Field::Project, &self.project).ok(),
            happened: moment(&self.happened, today).ok().flatten(),
        }
    }

    /// What its words are understood as.
    pub fn read<'d>(&self, directory: &'d Directory, today: NaiveDate) -> Read<'d> {
        Read {
            category: directory.category(&category(&self.category, directory)),
            township: directory.body(&township(&self.township, directory)),
            urgency: Urgency::parse(&urgency(&self.urgency)).ok(),
            happened: moment(&self.happened, today).ok().flatten(),
        }
    }

    /// Names every fault of the row. Categories and townships are named as the city
    /// names them, or by their codes; without an urgency it is 一般.
    pub fn parse(&self, directory: &Directory, today: NaiveDate) -> Result<Entry, Refusal> {
        let mut faults = Faults::default();
        let enterprise = faults.keep(Line::<100>::parse(Field::EnterpriseName, &self.enterprise));
        let happened = faults.keep(moment(&self.happened, today));
        let draft = Draft {
            title: self.title.clone(),
            content: self.content.clone(),
            category: category(&self.category, directory),
            urgency: urgency(&self.urgency),
            township: township(&self.township, directory),
            meeting: String::new(),
            project: self.project.clone(),
            contact_name: self.contact_name.clone(),
            contact_phone: self.contact_phone.clone(),
        };
        let placement = match Placement::parse(&draft, directory) {
            Ok(placement) => Some(placement),
            Err(refusal) => {
                faults.gather(Err(refusal))?;
                None
            }
        };
        match (enterprise, placement, happened) {
            (Some(enterprise), Some(placement), Some(happened)) => Ok(Entry {
                enterprise: enterprise.as_str().to_owned(),
                placement,
                happened,
            }),
            _ => Err(faults.refusal()),
        }
    }
}

/// What the words of a row are understood as; nothing where they are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read<'d> {
    pub category: Option<&'d Category>,
    pub township: Option<&'d Body>,
    pub urgency: Option<Urgency>,
    pub happened: Option<Instant>,
}

fn is_called(named: &Named, text: &str) -> bool {
    let key = name_key(text);
    name_key(&named.zh) == key || name_key(&named.en) == key
}

/// The code of what is called so; else the text itself, which no code is.
fn category(text: &str, directory: &Directory) -> String {
    let mut all = directory.categories.iter();
    let found = all.find(|one| is_called(&one.name, text));
    found.map_or_else(|| text.to_owned(), |one| one.code.clone())
}

fn township(text: &str, directory: &Directory) -> String {
    let mut all = directory.bodies.iter().filter(|one| one.kind.is_township());
    let found = all.find(|one| is_called(&one.name, text) || is_called(&one.short, text));
    let found = found.or_else(|| without_its_sort(text, directory));
    found.map_or_else(|| text.to_owned(), |one| one.code.to_string())
}

/// 城关 for 城关镇, where only one is called so.
fn without_its_sort<'d>(text: &str, directory: &'d Directory) -> Option<&'d Body> {
    let bare = |name: &str| {
        let key = name_key(name);
        let sorts = ["街道办事处", "街道", "办事处", "镇", "乡"];
        let bare = sorts.iter().find_map(|sort| key.strip_suffix(sort));
        bare.unwrap_or(&key).to_owned()
    };
    let typed = bare(text);
    let all = directory.bodies.iter().filter(|one| one.kind.is_township());
    let mut found = all.filter(|one| !typed.is_empty() && bare(&one.short.zh) == typed);
    let only = found.next();
    only.filter(|_| found.next().is_none())
}

fn urgency(text: &str) -> String {
    let urgency = match name_key(text).as_str() {
        "" | "一般" | "普通" => Urgency::Normal,
        "紧急" | "加急" => Urgency::Urgent,
        "特急" => Urgency::Critical,
        _ => return text.to_owned(),
    };
    urgency.code().to_owned()
}

/// When it was handed in, as people type it; nothing where it is empty. A day without its
/// year is the last such day up to `today`.
fn moment(text: &str, today: NaiveDate) -> Result<Option<Instant>, FieldFault> {
    if text.is_empty() {
        return Ok(None);
    }
    let wall = || typed::moment_until(text, today);
    let at = time::parse(text).or_else(|| wall().map(|at| instant(at.date(), at.time())));
    match at {
        Some(at) => Ok(Some(at)),
        None => Err(FieldFault {
            field: Field::HappenedAt,
            fault: Fault::NotATime,
        }),
    }
}
