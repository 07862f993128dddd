// After a reply: called back, promised, appealed; and what an enterprise hands in.
import { expect, open, place, test } from "./city.js";

/** An order in hand at the grid company; answers its address. */
async function inHand(as, firm, title) {
  const address = await place(firm, title);
  const centre = await as("centre");
  await open(centre, address);
  await centre.getByLabel("主办单位").selectOption("gd");
  await centre.getByRole("button", { name: "分派" }).click();
  await expect(centre.locator(".order-state")).toContainText("已分派");
  const lead = await as("gd");
  await open(lead, address);
  await lead.getByRole("button", { name: "接单" }).click();
  await expect(lead.locator(".order-state")).toContainText("办理中");
  return { address, centre, lead };
}

test("a supplement asks for a list of things, and the enterprise hands them in", async ({ as }) => {
  const firm = await as("enterprise");
  const { address, lead } = await inHand(as, firm, "一条需要补正的诉求");
  await lead.locator("summary", { hasText: "暂停计时" }).click();
  const pause = lead.locator("form[action='/act/order/pause']");
  await pause.getByRole("radio", { name: /补正材料/ }).check();
  await pause.getByLabel("具体原因").fill("材料不齐");
  await pause.getByLabel("法律依据").fill("《行政许可法》第三十二条");
  await pause.getByLabel(/需要企业补正的材料/).fill("用电负荷说明\n土地手续");
  await pause.getByRole("button", { name: "暂停计时" }).click();
  await expect(lead.locator(".order-state")).toContainText("暂停计时");

  await open(firm, "/");
  await expect(firm.locator("main")).toContainText("待补正");
  await open(firm, address);
  await expect(firm.locator(".turn")).toContainText("企业");
  await expect(firm.locator(".things li")).toHaveText(["用电负荷说明", "土地手续"]);
  await firm.getByLabel("补正情况").fill("两件均已交到政务大厅 6 号窗口");
  await firm.getByRole("button", { name: "提交补正" }).click();
  await expect(firm.locator(".order-state")).toContainText("办理中");
  await open(lead, address);
  await expect(lead.locator(".timeline")).toContainText("两件均已交到政务大厅 6 号窗口");
});

test("not solved, the enterprise says at the callback, and the order goes back", async ({ as }) => {
  const firm = await as("enterprise");
  const { address, centre, lead } = await inHand(as, firm, "一条要回访的诉求");
  await open(lead, address);
  await lead.getByRole("radio", { name: "列入计划" }).check();
  await lead.getByLabel("办理情况").fill("已列入年度改造计划");
  await lead.getByLabel("承诺完成日期").fill("2027-12-31");
  await lead.getByRole("button", { name: "答复", exact: true }).click();
  await expect(lead.locator(".commitments")).toContainText("跟踪中");
  await open(lead, "/commitments");
  await expect(lead.locator("table")).toContainText("一条要回访的诉求");

  await open(centre, "/");
  await centre.getByRole("link", { name: /待回访/ }).click();
  await expect(centre.locator("table")).toContainText("一条要回访的诉求");
  await open(centre, address);
  await centre.getByRole("radio", { name: "未解决" }).check();
  await centre.getByRole("button", { name: "回访" }).click();
  await expect(centre.getByRole("alert").first()).toContainText("请填写企业的原话");
  await centre.getByLabel(/企业的原话/).fill("企业说至今没有动工");
  await centre.getByRole("button", { name: "回访" }).click();
  await expect(centre.locator(".order-state")).toContainText("二次办理");
  await expect(centre.locator(".timeline")).toContainText("企业说至今没有动工");
  await open(lead, address);
  await expect(lead.locator(".commitments")).toContainText("已由后来的办理取代");
});

test("a wrong dispatch is taken back, and the next body corrects what it replied", async ({ as }) => {
  const firm = await as("enterprise");
  const address = await place(firm, `派错又更正的诉求 ${test.info().project.name}`);
  const centre = await as("centre");
  await open(centre, address);
  await centre.getByLabel("主办单位").selectOption("zjj");
  await centre.getByRole("button", { name: "分派", exact: true }).click();
  await expect(centre.locator(".order-state")).toContainText("已分派");
  await centre.locator("summary", { hasText: "撤回分派" }).click();
  await centre.getByLabel("撤回原因").fill("应由供电公司主办");
  await centre.getByRole("button", { name: "撤回分派" }).click();
  await expect(centre.locator(".order-state")).toContainText("已提交");
  await expect(centre.locator(".timeline")).toContainText("应由供电公司主办");
  await centre.getByLabel("主办单位").selectOption("gd");
  await centre.getByRole("button", { name: "分派", exact: true }).click();
  await expect(centre.locator(".order-state")).toContainText("已分派");
  const wrong = await as("zjj");
  await wrong.goto(address);
  await expect(wrong.locator("main")).toContainText("没有找到");

  const lead = await as("gd");
  await open(lead, address);
  await lead.getByRole("button", { name: "接单" }).click();
  await expect(lead.locator(".order-state")).toContainText("办理中");
  await lead.getByRole("radio", { name: "列入计划" }).check();
  await lead.getByLabel("办理情况").fill("已列入计划，下月通电");
  await lead.getByLabel("承诺完成日期").fill("2027-12-30");
  await lead.getByRole("button", { name: "答复", exact: true }).click();
  await expect(lead.locator(".order-state")).toContainText("已答复");
  await lead.locator("summary", { hasText: "更正答复" }).click();
  const correction = lead.locator("form[action='/act/order/correct_reply']");
  await expect(correction.getByLabel("办理情况")).toHaveValue("已列入计划，下月通电");
  await correction.getByLabel("承诺完成日期").fill("2027-12-31");
  await correction.getByLabel("更正原因").fill("日期写错一天");
  await correction.getByRole("button", { name: "更正答复" }).click();
  await expect(lead.locator(".timeline")).toContainText("日期写错一天");
  await open(firm, address);
  await expect(firm.locator(".timeline")).toContainText("更正答复");
  await expect(firm.locator("main")).toContainText("2027");
});

test("an order that was taken goes to another body, whose time begins anew", async ({ as }) => {
  const firm = await as("enterprise");
  const address = await place(firm, `接单后改派的诉求 ${test.info().project.name}`);
  const centre = await as("centre");
  await open(centre, address);
  await centre.getByLabel("主办单位").selectOption("gd");
  await centre.getByRole("button", { name: "分派", exact: true }).click();
  await expect(centre.locator(".order-state")).toContainText("已分派");
  const first = await as("gd");
  await open(first, address);
  await first.getByRole("button", { name: "接单" }).click();
  await expect(first.locator(".order-state")).toContainText("办理中");

  await open(centre, address);
  await centre.locator("summary", { hasText: "改派" }).click();
  const form = centre.locator("form[action='/act/order/reassign']");
  await form.getByLabel("改由哪个单位主办").selectOption("gd");
  await form.getByLabel("改派原因").fill("踏勘后确认属住建职责");
  await form.getByRole("button", { name: "改派" }).click();
  await expect(form).toContainText("该单位现在就是主办单位");
  await expect(form.getByLabel("改派原因")).toHaveValue("踏勘后确认属住建职责");
  await form.getByLabel("改由哪个单位主办").selectOption("zjj");
  await form.getByRole("button", { name: "改派" }).click();
  await expect(centre.locator(".order-state")).toContainText("已分派");
  await expect(centre.locator(".timeline")).toContainText("踏勘后确认属住建职责");

  // What was sent does not stand in its form any more, to be sent once more.
  await centre.locator("summary", { hasText: "留言" }).click();
  const message = centre.locator("form[action='/act/order/message']");
  await message.getByRole("textbox").fill("请住建局尽快接单");
  await message.getByRole("button", { name: "留言" }).click();
  await expect(centre.locator(".timeline")).toContainText("请住建局尽快接单");
  await expect(message.locator("textarea")).toHaveValue("");

  const next = await as("zjj");
  await open(next, address);
  await next.getByRole("button", { name: "接单" }).click();
  await expect(next.locator(".order-state")).toContainText("办理中");
  await first.goto(address);
  await expect(first.locator("main")).toContainText("没有找到");
  await open(firm, address);
  await expect(firm.locator(".timeline")).toContainText("踏勘后确认属住建职责");
});
