// A task that is a case by itself: given by the supervision office, reported on by the body that
// it is given to, sent back, reported on again, taken for done.
import { add, expect, live, open, test } from "./city.js";

async function press(page, name) {
  await page.getByRole("button", { name, exact: true }).first().click();
}

/** What is folded away behind its title. */
async function unfold(page, name) {
  const details = page.locator("details.step", { has: page.locator("summary", { hasText: name }) }).first();
  await expect(details).toBeAttached();
  if (!(await details.evaluate((node) => node.open))) await details.locator("summary").first().click();
}

test("a task is given with a day to answer, reported, sent back and taken for done", async ({ as }, info) => {
  test.slow();
  const mine = info.project.name.replaceAll(" ", "-");
  add(`giver-${mine}`, ["--role", "supervision"]);
  add(`owner-${mine}`, ["--role", "handler", "--body", "swj"]);
  const title = `涉税证明 ${mine}`;
  const giver = await as(`giver-${mine}`);
  await open(giver, "/tasks");
  await unfold(giver, "新建督办交办事项");
  await giver.getByLabel("标题").fill(title);
  await giver.getByLabel("事项内容").fill("核实并办结涉税证明，书面答复企业。");
  await press(giver, "下达");
  // Each field that is missing is named, and nothing typed is lost.
  await expect(giver.locator(".fault").first()).toBeVisible();
  await expect(giver.getByLabel("标题")).toHaveValue(title);
  await giver.getByLabel("牵头单位").selectOption("swj");
  await giver.getByLabel("完成时限").fill("3");
  await giver.getByLabel("完成标志").fill("证明复印件");
  await press(giver, "下达");
  await expect(giver.locator("h1")).toHaveText(title);
  const address = new URL(giver.url()).pathname;
  expect(address).toMatch(/\/tasks\/DB-2026-\d{4}$/);
  await expect(giver.locator(".turn")).toContainText("报告");
  await expect(giver.locator(".ahead")).toContainText("时限届满");

  const owner = await as(`owner-${mine}`);
  await open(owner, "/");
  await owner.getByRole("link", { name: title }).first().click();
  await expect(owner.locator(".turn")).toContainText("轮到您");
  await live(owner);
  await owner.getByLabel("办理情况").fill("已核实。");
  await press(owner, "报告办结");
  await expect(owner.locator(".order-state")).toContainText("已报告");

  await open(giver, "/notices");
  const told = giver.locator("li", { has: giver.getByRole("link", { name: title }) });
  await expect(told.first()).toContainText("报告办结");
  await open(giver, address);
  await giver.getByRole("radio", { name: "退回继续办理" }).check();
  await giver.getByLabel(/^原因/).first().fill("缺复印件。");
  await press(giver, "提交审核意见");
  await expect(giver.locator(".order-state")).toContainText("办理中");

  await open(owner, address);
  await expect(owner.locator(".timeline")).toContainText("缺复印件。");
  await owner.getByLabel("办理情况").fill("复印件已附。");
  await press(owner, "报告办结");
  await expect(owner.locator(".order-state")).toContainText("已报告");
  await open(giver, address);
  await giver.getByRole("radio", { name: "确认完成" }).check();
  await press(giver, "提交审核意见");
  await expect(giver.locator(".order-state")).toContainText("已完成");
  await open(giver, `${address}/receipt`);
  await expect(giver.locator("h1")).toHaveText("时限计算单");

  // No enterprise knows of it.
  const firm = await as("enterprise");
  const answer = await open(firm, address);
  expect(answer.status()).toBe(403);
});
