import { expect, open, place, test } from "./city.js";

test("an order goes the whole way and is struck off", async ({ as }) => {
  const firm = await as("enterprise");
  const address = await place(firm, "一条走完全程的诉求");
  await expect(firm.getByRole("status")).toContainText("推进中心须在 11月24日（周二） 17:00 前研判分派");

  const centre = await as("centre");
  await open(centre, address);
  await centre.getByLabel("主办单位").selectOption("gd");
  await centre.getByRole("button", { name: "分派" }).click();
  await expect(centre.locator(".order-state")).toContainText("已分派");

  const gd = await as("gd");
  await open(gd, "/");
  await gd.getByRole("link", { name: "一条走完全程的诉求" }).first().click();
  await gd.getByRole("button", { name: "接单" }).click();
  await expect(gd.locator(".order-state")).toContainText("办理中");
  await gd.getByRole("radio", { name: "已解决" }).check();
  await gd.getByLabel("办理情况").fill("线路已通电。");
  await gd.getByRole("button", { name: "答复" }).click();
  await expect(gd.locator(".order-state")).toContainText("已答复");

  await open(firm, address);
  await firm.getByRole("radio", { name: "非常满意", exact: true }).check();
  await firm.getByRole("button", { name: "评价" }).click();
  await expect(firm.locator(".order-state")).toContainText("已销号");
  for (const told of ["企业点单", "分派给供电公司主办", "已接单", "答复：已解决", "评价：非常满意", "销号"]) {
    await expect(firm.locator(".timeline")).toContainText(told);
  }
});

test("an order is withdrawn with a reason", async ({ as }) => {
  const firm = await as("enterprise");
  await place(firm, "一条撤回的诉求");
  // What cannot be undone is not the first thing that is offered.
  await firm.locator("summary", { hasText: "撤回" }).click();
  await firm.getByLabel("撤回的原因").fill("已自行解决");
  await firm.getByRole("button", { name: "撤回" }).click();
  await expect(firm.locator(".order-state")).toContainText("已撤回");
});

test("an order is declined with a reason", async ({ as }) => {
  const firm = await as("enterprise");
  const address = await place(firm, "一条不予受理的诉求");
  const centre = await as("centre");
  await open(centre, address);
  await centre.locator("summary", { hasText: "不予受理" }).click();
  await centre.getByLabel("不予受理的原因").fill("请拨打 12366。");
  await centre.getByRole("button", { name: "不予受理" }).click();
  await expect(centre.locator(".order-state")).toContainText("不予受理");
});

test("a bad rating sends the order back", async ({ as }) => {
  const firm = await as("enterprise");
  const address = await place(firm, "一条差评的诉求");
  const centre = await as("centre");
  await open(centre, address);
  await centre.getByLabel("主办单位").selectOption("gd");
  await centre.getByRole("button", { name: "分派" }).click();
  await expect(centre.locator(".order-state")).toContainText("已分派");
  const gd = await as("gd");
  await open(gd, address);
  await gd.getByRole("button", { name: "接单" }).click();
  await gd.getByRole("radio", { name: "解释说明" }).check();
  await gd.getByLabel("办理情况").fill("请等待。");
  await gd.getByRole("button", { name: "答复" }).click();
  await expect(gd.locator(".order-state")).toContainText("已答复");
  await open(firm, address);
  await firm.getByRole("radio", { name: "不满意", exact: true }).check();
  await firm.getByRole("button", { name: "评价" }).click();
  await expect(firm.locator(".order-state")).toContainText("二次办理");
});

test("the mayor's office sees what is late, whose it is and the way it took", async ({ as }) => {
  const office = await as("office");
  await open(office, "/");
  await office.getByRole("link", { name: "超时事项" }).click();
  const item = office.locator("article", { hasText: "标准地摘牌后迟迟未交地" });
  await expect(item).toContainText("资源规划局");
  await expect(item).toContainText(/逾期 \d+ 个工作日/);
  await expect(item).toContainText("市长解难直通车（候选）");
  await item.locator("summary").click();
  await expect(item.locator(".timeline")).toContainText("报分管副市长");
});
