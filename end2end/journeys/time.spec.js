import { expect, open, place, test } from "./city.js";

/** An order of this test's own, in hand at the power supply. */
async function inHand(as, title) {
  const firm = await as("enterprise");
  const address = await place(firm, title);
  const centre = await as("centre");
  await open(centre, address);
  await centre.getByLabel("主办单位").selectOption("gd");
  await centre.getByRole("button", { name: "分派" }).click();
  await expect(centre.locator(".order-state")).toContainText("已分派");
  const gd = await as("gd");
  await open(gd, address);
  await gd.getByRole("button", { name: "接单" }).click();
  await expect(gd.locator(".order-state")).toContainText("办理中");
  return { firm, centre, gd, address };
}

/** Unfolds a step that stands beneath the first one. */
const unfold = (page, step) => page.locator("summary", { hasText: step }).click();

test("a clock is paused, objected to, and runs again; the receipt explains it", async ({ as }) => {
  const { firm, centre, gd, address } = await inHand(as, "一条暂停过的诉求");
  await unfold(gd, "暂停计时");
  await gd.getByRole("radio", { name: "补正材料" }).check();
  await gd.getByLabel("具体原因").fill("缺用电负荷说明");
  await gd.getByRole("button", { name: "暂停计时" }).click();
  // What is missing is named, and what was typed is still there.
  await expect(gd.getByRole("alert")).toContainText("请填写法律依据");
  await expect(gd.getByLabel("具体原因")).toHaveValue("缺用电负荷说明");
  await gd.getByLabel("法律依据").fill("《行政许可法》第三十二条");
  await gd.getByRole("button", { name: "暂停计时" }).click();
  await expect(gd.locator(".order-state")).toContainText("暂停");

  await open(firm, "/notices");
  await firm.locator(`a[href="${address.split("?")[0]}"]`).first().click();
  await expect(firm.locator(".pause")).toContainText("缺用电负荷说明");
  await unfold(firm, "对暂停提出异议");
  await firm.getByLabel("您为什么不同意暂停").fill("材料早已交齐");
  await firm.getByRole("button", { name: "对暂停提出异议" }).click();
  await expect(firm.locator(".order-state")).toContainText("异议待决定");

  await open(centre, address);
  await centre.getByRole("radio", { name: "成立，恢复计时", exact: true }).check();
  await centre.getByRole("button", { name: "决定异议" }).click();
  await expect(centre.locator(".order-state")).toContainText("办理中");

  await open(firm, address);
  await firm.getByRole("link", { name: "时限计算单" }).click();
  await expect(firm.getByRole("heading", { level: 1 })).toContainText("时限计算单");
  const days = firm.locator("table.days");
  await expect(days).toContainText("收到当日，不计");
  await expect(days).toContainText("第 15 日");
  await expect(firm.locator("dl.facts")).toContainText("12月14日（周一） 17:00");
});

test("an extension is asked and granted, and moves the deadline", async ({ as }) => {
  const { centre, gd, address } = await inHand(as, "一条延期的诉求");
  await unfold(gd, "申请延期");
  await gd.getByLabel("延长多少个工作日").fill("5");
  await gd.getByLabel("延期的原因").fill("外线施工");
  await gd.getByRole("button", { name: "申请延期" }).click();
  await expect(gd.locator(".order-state")).toContainText("延期待审批");
  await open(centre, "/orders?asks=mine");
  await centre.getByRole("link", { name: "一条延期的诉求" }).click();
  await centre.getByRole("radio", { name: "同意", exact: true }).check();
  await centre.getByRole("button", { name: "审批延期" }).click();
  await expect(centre.locator(".timeline")).toContainText("同意延期");
  await open(gd, address);
  await expect(gd.locator(".order-head")).toContainText("12月21日（周一） 17:00");
});

test("a return is ruled on, and something is entered late", async ({ as }) => {
  const firm = await as("enterprise");
  const address = await place(firm, "一条退单的诉求");
  const centre = await as("centre");
  await open(centre, address);
  await centre.getByLabel("主办单位").selectOption("gd");
  await centre.getByRole("button", { name: "分派" }).click();
  const gd = await as("gd");
  await open(gd, address);
  await unfold(gd, "退单");
  await gd.getByLabel("退单的原因").fill("属住建职责");
  await gd.getByLabel("依据的职责条款").fill("三定方案第五条");
  await gd.getByRole("button", { name: "退单" }).click();
  await expect(gd.locator(".order-state")).toContainText("退单待裁定");
  await open(centre, address);
  await centre.getByLabel("裁定由哪个单位主办").selectOption("zjj");
  await centre.getByLabel("裁定的理由").fill("依三定方案");
  await centre.getByRole("button", { name: "裁定" }).click();
  const zjj = await as("zjj");
  await open(zjj, address);
  await zjj.locator("summary", { hasText: "现在补录" }).first().click();
  await zjj.getByLabel("发生时间").first().fill("2026-11-23T09:00");
  await zjj.getByRole("button", { name: "接单" }).click();
  // Before the ruling: refused, with the reason and the time still there.
  await expect(zjj.getByRole("alert")).toContainText("不能早于上一步");
  await expect(zjj.getByLabel("发生时间").first()).toHaveValue("2026-11-23T09:00");
});

test("a department sees what comes if nobody acts, and explains its card", async ({ as }, info) => {
  // A card is explained once: with scripts and without, each another's.
  const department = await as(info.project.use.javaScriptEnabled ? "rsj" : "sthj");
  await open(department, "/");
  await department.getByRole("link", { name: "若不处理" }).click();
  await expect(department.locator("main")).toContainText("红牌，报分管副市长");
  await department.getByRole("link", { name: "督办牌", exact: true }).click();
  await department.locator("a[data-row]").first().click();
  await unfold(department, "说明情况");
  await department.getByLabel("情况说明").fill("经办人调整，已补派");
  await department.getByRole("button", { name: "说明情况" }).click();
  await expect(department.locator(".cards")).toContainText("经办人调整，已补派");
});

test("an administrator previews a calendar before it is applied", async ({ as }) => {
  const admin = await as("admin");
  await open(admin, "/");
  await admin.getByRole("link", { name: "工作日历" }).first().click();
  const csv = admin.getByLabel("通知内容（CSV）");
  await csv.fill("date,name,kind\n2027-01-01,元旦,off\n2027-01-04,元旦,work\n");
  await admin.getByRole("button", { name: "预览影响" }).click();
  await expect(admin.getByRole("alert")).toContainText("第 3 行：2027-01-04 不是周末");
  await expect(csv).toHaveValue(/2027-01-04,元旦,work/);
  await csv.fill("date,name,kind\n2027-01-01,元旦,off\n2027-01-03,元旦,work\n");
  await admin.getByRole("button", { name: "预览影响" }).click();
  await expect(admin.getByRole("heading", { level: 1 })).toContainText("施行前预览");
  await expect(admin.locator("dl.facts")).toContainText("2027");
  await expect(admin.locator("dl.facts")).toContainText("254 → 255");
  await expect(admin.getByRole("button", { name: "确认施行" })).toBeVisible();
});

test("an administrator previews new rules, then lays them down", async ({ as }) => {
  const admin = await as("admin");
  await open(admin, "/rules");
  await admin.getByRole("link", { name: "修改规则" }).click();
  await admin.getByLabel("答复（一般）").fill("0");
  await admin.getByRole("button", { name: "预览影响" }).click();
  await expect(admin.getByRole("alert")).toContainText("答复（一般）应为 1 至 365 的整数");
  await admin.getByLabel("答复（一般）").fill("12");
  await admin.getByRole("radio", { name: "一并适用新版本" }).check();
  await admin.getByRole("button", { name: "预览影响" }).click();
  await expect(admin.getByRole("heading", { level: 1 })).toContainText("施行前预览");
  await expect(admin.locator("main")).toContainText("15 个工作日");
  await expect(admin.locator("main")).toContainText("12 个工作日");
  // Orders under way that would move are listed.
  await expect(admin.locator("main")).toContainText("XM-2026-000012");
  await expect(admin.locator("main")).toContainText("施行即逾期");
  // Applied only from a day far ahead, and only to what starts then.
  await admin.getByRole("link", { name: "返回修改" }).click();
  // What was typed is there to be changed.
  await expect(admin.getByLabel("答复（一般）")).toHaveValue("12");
  await admin.getByRole("radio", { name: "保持原版本" }).check();
  await admin.getByLabel("施行日期").fill("2027-06-01");
  await admin.getByRole("button", { name: "预览影响" }).click();
  await admin.getByRole("button", { name: "确认施行" }).click();
  await expect(admin.getByRole("status")).toContainText("新版本已记录");
  await expect(admin.locator("main")).toContainText("2027年6月1日");
});
