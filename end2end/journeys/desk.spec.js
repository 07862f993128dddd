// The desk in full: orders that belong together, several at once, the hall's list,
// projects, templates and published answers.
import { expect, open, place, test } from "./city.js";

const title = (name) => `${name} ${test.info().project.name} ${test.info().retry}`;

async function dispatched(as, firm, name) {
  const address = await place(firm, name);
  const centre = await as("centre");
  await open(centre, address);
  await centre.getByLabel("主办单位").selectOption("gd");
  await centre.getByRole("button", { name: "分派", exact: true }).click();
  await expect(centre.locator(".order-state")).toContainText("已分派");
  return { address, centre };
}

test("an order is merged into another, and the merge is undone", async ({ as }) => {
  const firm = await as("enterprise");
  const main = await place(firm, title("厂区北门路灯不亮待并案"));
  const joined = await place(firm, title("厂区北门路灯不亮需要并案"));
  const number = main.split("/").pop();
  const centre = await as("centre");
  await open(centre, joined);
  // What is alike is put before triage, with one click to fill in the merge.
  const alike = centre.locator(".alike li", { hasText: number });
  await expect(alike).toContainText("同一企业");
  await alike.getByRole("link", { name: /并入此单/ }).click();
  await expect(centre.getByLabel("并入哪条诉求单（编号）")).toHaveValue(number);
  await centre.getByLabel("并案的理由").fill("同一处路灯");
  await centre.getByRole("button", { name: "并案", exact: true }).click();
  await expect(centre.locator(".order-state")).toContainText("已并案");
  await expect(centre.locator(".related")).toContainText(number);
  // The enterprise reads where it went.
  await open(firm, joined);
  await expect(firm.locator(".timeline")).toContainText("已与同类诉求合并办理");
  await expect(firm.locator(".timeline")).not.toContainText("同一处路灯");
  await open(centre, main);
  await expect(centre.locator(".related")).toContainText("并入本单");
  // Undone, it stands as it stood.
  await open(centre, joined);
  await centre.getByLabel("撤销并案的理由").fill("不是同一处");
  await centre.getByRole("button", { name: "撤销并案" }).click();
  await expect(centre.locator(".order-state")).toContainText("已提交");
  await open(centre, main);
  await expect(centre.locator(".timeline")).toContainText("不再并入本单");
});

test("a merge into what there is not says so beside its field and keeps the reason", async ({ as }) => {
  const firm = await as("enterprise");
  const address = await place(firm, title("不存在的主单"));
  const centre = await as("centre");
  await open(centre, address);
  await centre.locator("summary", { hasText: "并案" }).first().click();
  await centre.getByLabel("并入哪条诉求单（编号）").fill("XM-2026-999999");
  await centre.getByLabel("并案的理由").fill("理由要保留");
  await centre.getByRole("button", { name: "并案", exact: true }).click();
  await expect(centre.getByRole("alert").first()).toContainText("诉求单编号");
  await expect(centre.getByLabel("并案的理由")).toHaveValue("理由要保留");
});

test("several orders are chosen in the list and dispatched at once", async ({ as }) => {
  const firm = await as("enterprise2");
  const name = title("批量分派的诉求");
  const addresses = [await place(firm, `${name}甲`), await place(firm, `${name}乙`)];
  const numbers = addresses.map((address) => address.split("/").pop());
  const centre = await as("centre");
  await open(centre, "/orders?stage=submitted");
  for (const number of numbers) {
    await centre.getByRole("checkbox", { name: `选择 ${number}` }).check();
  }
  await centre.getByRole("button", { name: "办理选中的" }).click();
  await expect(centre.locator(".list-total")).toContainText("共选中 2 条");
  await centre.locator("summary", { hasText: "分派" }).click();
  await centre.getByLabel("主办单位").selectOption("zjj");
  await centre.getByRole("button", { name: "分派", exact: true }).click();
  await expect(centre.getByRole("status")).toContainText("“分派”已全部完成");
  await expect(centre.locator(".cell-stage").first()).toHaveText("已分派");
  // Once more: each refusal is said, for its order.
  await centre.locator("summary", { hasText: "分派" }).click();
  await centre.getByLabel("主办单位").selectOption("zjj");
  await centre.getByRole("button", { name: "分派", exact: true }).click();
  await expect(centre.getByRole("alert").first()).toContainText(numbers[0]);
  await expect(centre.getByRole("alert").first()).toContainText("未办 2 条");
});

test("a list of the hall is mended row by row, then entered whole", async ({ as }) => {
  const centre = await as("centre");
  const heading = "企业名称,标题,具体情况,类别,紧急程度,乡镇（街道）,联系人,联系电话,收件时间";
  const right = `柏川智能装备（虚构）,${title("窗口收件")},缺少说明,水电气暖,紧急,来集镇,王敏,13800000001,2026-11-23 09:05`;
  const wrong = `没有注册的企业,${title("窗口收件")},说明,天气,,来集镇,王敏,无,`;
  const file = (rows) => ({
    name: "收件.csv",
    mimeType: "text/csv",
    buffer: Buffer.from([heading, ...rows].join("\n")),
  });
  await open(centre, "/orders/import");
  await centre.getByLabel(/表格/).setInputFiles(file([right, wrong]));
  await centre.getByRole("button", { name: "核对" }).click();
  await expect(centre.locator(".list-total")).toContainText("共 2 行，1 行有误");
  const line = centre.locator("tr", { hasText: "没有注册的企业" });
  await expect(line).toContainText("类别");
  await expect(line).toContainText("电话");
  await expect(centre.getByRole("button", { name: "全部导入" })).toHaveCount(0);
  await centre.getByRole("link", { name: "改好后重新上传" }).click();
  await centre.getByLabel(/表格/).setInputFiles(file([right]));
  await centre.getByRole("button", { name: "核对" }).click();
  await expect(centre.locator(".list-total")).toContainText("全部无误");
  await centre.getByRole("button", { name: "全部导入" }).click();
  await expect(centre.getByRole("status")).toContainText("已导入 1 条");
  // What is no spreadsheet is told, on the page itself.
  await centre.getByLabel(/表格/).setInputFiles({ name: "收件.xlsx", mimeType: "x/y", buffer: Buffer.from([0, 1, 2]) });
  await centre.getByRole("button", { name: "核对" }).click();
  await expect(centre.getByRole("alert")).toContainText(".xlsx");
});

test("search marks what was found, in the title first", async ({ as }) => {
  const firm = await as("enterprise2");
  const word = test.info().project.name === "with scripts" ? "罕㵲词" : "罕㶚词";
  await place(firm, `内容里没有${word}以外的词`);
  const centre = await as("centre");
  await open(centre, "/orders");
  await centre.getByRole("searchbox").fill(word);
  await centre.getByRole("button", { name: "筛选" }).click();
  await expect(centre.locator(".rows mark").first()).toHaveText(word);
  await expect(centre.locator(".rows tbody tr")).toHaveCount(1);
});

test("a list shows the columns that were chosen, and its address says so", async ({ as }) => {
  const centre = await as("centre");
  await open(centre, "/orders");
  await centre.locator("summary", { hasText: "显示列" }).click();
  await centre.locator(".columns").getByLabel("紧急程度").check();
  await centre.locator(".columns").getByLabel("灯", { exact: true }).uncheck();
  await centre.getByRole("button", { name: "应用" }).click();
  await expect(centre.locator(".rows th", { hasText: "紧急程度" })).toBeVisible();
  await expect(centre.locator(".rows th", { hasText: "灯" })).toHaveCount(0);
  expect(centre.url()).toContain("columns=");
});

test("a reply begins with a template of the body", async ({ as }) => {
  const firm = await as("enterprise");
  const { address } = await dispatched(as, firm, title("套用模板的诉求"));
  const lead = await as("gd");
  await open(lead, address);
  await lead.getByRole("button", { name: "接单" }).click();
  await expect(lead.locator(".order-state")).toContainText("办理中");
  await lead.getByRole("link", { name: "用电报装进展" }).click();
  await expect(lead.getByLabel("办理情况")).toHaveValue(/柏川智能装备（虚构）：您好/);
  await expect(lead.getByLabel("办理情况")).toHaveValue(/套用模板的诉求/);
});

test("an answer is published and offered to whoever types the same", async ({ as }, info) => {
  const centre = await as("centre");
  await open(centre, "/guidance/new");
  const question = title("蒸汽管道接入需要哪些材料");
  await centre.getByLabel("问题").fill(question);
  await centre.getByLabel("类别").selectOption("utility");
  await centre.getByLabel("主办单位").selectOption("rl");
  await centre.getByLabel("答复", { exact: true }).fill("备案证明、用汽负荷和平面图。");
  await centre.getByRole("button", { name: "发布指引" }).click();
  await expect(centre.getByRole("alert").first()).toContainText("已核对");
  await centre.getByLabel(/已核对/).check();
  await centre.getByRole("button", { name: "发布指引" }).click();
  await expect(centre.locator(".answers")).toContainText(question);
  const firm = await as("enterprise2");
  await open(firm, "/guidance?q=蒸汽管道");
  await expect(firm.locator(".answers")).toContainText("用汽负荷");
  if (info.project.use.javaScriptEnabled) {
    await open(firm, "/orders/new");
    await firm.getByLabel("标题").pressSequentially("蒸汽管道接入需要哪些材料");
    await expect(firm.locator(".offered")).toContainText("也许已有答案");
    await firm.getByLabel("标题").fill("");
  }
});

test("a project is registered and its orders are the leader's to see", async ({ as }, info) => {
  const number = info.project.use.javaScriptEnabled ? "E2E-1" : "E2E-2";
  const centre = await as("centre");
  await open(centre, "/projects");
  await centre.getByRole("link", { name: "登记项目" }).click();
  await centre.getByLabel("项目编号").fill(number);
  await centre.getByLabel("项目名称").fill("端到端项目（虚构）");
  await centre.getByLabel("企业名称").fill("柏川智能装备（虚构）");
  await centre.getByRole("radio", { name: "市本级" }).check();
  await centre.getByLabel("所在乡镇（街道）").selectOption("laiji");
  await centre.getByLabel("分包领导").selectOption({ label: "分包领导" });
  await centre.getByRole("button", { name: "保存" }).click();
  await expect(centre.getByRole("heading", { name: "端到端项目（虚构）" })).toBeVisible();
  const firm = await as("enterprise");
  await open(firm, "/orders/new");
  await firm.getByRole("radio", { name: /水电气暖/ }).check();
  await firm.getByLabel("标题").fill(title("项目上的诉求"));
  await firm.getByLabel("具体情况").fill("临时用电未通。");
  await firm.getByLabel(/关于哪个项目/).selectOption(number);
  await firm.getByRole("button", { name: "提交" }).click();
  await expect(firm.getByText("点单成功")).toBeVisible();
  const leader = await as("leader");
  await open(leader, `/projects/${number}`);
  await leader.getByRole("link", { name: title("项目上的诉求") }).click();
  await expect(leader.locator(".order-facts")).toContainText("端到端项目（虚构）");
});

test("who watches an order is told, and can be told no more", async ({ as }) => {
  const firm = await as("enterprise2");
  const { address, centre } = await dispatched(as, firm, title("被关注的诉求"));
  const office = await as("office");
  await open(office, address);
  await office.getByRole("button", { name: /关注/ }).click();
  await expect(office.getByRole("button", { name: /取消关注/ })).toBeVisible();
  await open(centre, address);
  await centre.locator("summary", { hasText: "催办" }).click();
  await centre.getByLabel("催办内容").fill("请先联系企业");
  await centre.getByRole("button", { name: "催办", exact: true }).click();
  await expect(centre.locator(".timeline")).toContainText("请先联系企业");
  await open(office, "/notices");
  await expect(office.locator("main")).toContainText("请先联系企业");
});
