// 协办: asked for by the lead, added by the centre, replied to the lead.
import { expect, open, place, test } from "./city.js";

test("the lead asks for a co-handler, which replies before the lead does", async ({ as }) => {
  const firm = await as("enterprise");
  const address = await place(firm, "一条需要协办的诉求");
  const centre = await as("centre");
  await open(centre, address);
  await centre.getByLabel("主办单位").selectOption("gd");
  await centre.getByRole("button", { name: "分派" }).click();
  await expect(centre.locator(".order-state")).toContainText("已分派");
  const lead = await as("gd");
  await open(lead, address);
  await lead.getByRole("button", { name: "接单" }).click();
  await expect(lead.locator(".order-state")).toContainText("办理中");
  await lead.locator("summary", { hasText: "请求协办" }).click();
  await lead.getByLabel("协办单位").selectOption("zjj");
  await lead.getByLabel("协办任务").fill("请出具规划意见");
  await lead.getByRole("button", { name: "请求协办" }).click();
  await expect(lead.locator(".order-state")).toContainText("协办请求待审定");

  await open(centre, address);
  await expect(centre.locator(".steps")).toContainText("请出具规划意见");
  await centre.getByRole("radio", { name: "同意", exact: true }).check();
  await centre.getByRole("button", { name: "审定协办请求" }).click();
  await expect(centre.locator(".co-handlers")).toContainText("协办中");

  await open(lead, address);
  await lead.getByRole("radio", { name: "已解决" }).check();
  await lead.getByLabel("办理情况").fill("已通电");
  await lead.getByRole("button", { name: "答复", exact: true }).click();
  await expect(lead.getByRole("alert").first()).toContainText("还有协办单位未答复");

  const helper = await as("zjj");
  await open(helper, "/");
  await helper.getByRole("link", { name: /待协办/ }).click();
  await open(helper, address);
  await helper.getByLabel("协办情况").fill("规划意见已出具");
  await helper.getByRole("button", { name: "协办答复" }).click();
  await expect(helper.locator(".co-handlers")).toContainText("已答复主办");

  await open(lead, address);
  await lead.getByRole("radio", { name: "已解决" }).check();
  await lead.getByLabel("办理情况").fill("已通电");
  await lead.getByRole("button", { name: "答复", exact: true }).click();
  await expect(lead.locator(".order-state")).toContainText("已答复");
  await open(firm, address);
  await expect(firm.locator(".timeline")).not.toContainText("规划意见已出具");
});
