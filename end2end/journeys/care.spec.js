// What costs people time or trust: nothing moves under the pointer, several orders are
// taken at once, blanks of templates are asked about, long pages can be skipped.
import { expect, open, place, test } from "./city.js";

const title = (name) => `${name} ${test.info().project.name} ${test.info().retry}`;

async function dispatched(as, firm, names) {
  const addresses = [];
  const centre = await as("centre");
  for (const name of names) {
    const address = await place(firm, name);
    await open(centre, address);
    await centre.getByLabel("主办单位").selectOption("sw");
    await centre.getByRole("button", { name: "分派", exact: true }).click();
    await expect(centre.locator(".order-state")).toContainText("已分派");
    addresses.push(address);
  }
  return addresses;
}

test("@scripts nothing moves when a field is left, and one click submits", async ({ as }) => {
  const firm = await as("enterprise");
  await open(firm, "/orders/new");
  await firm.getByRole("radio", { name: /水电气暖/ }).check();
  await firm.getByLabel("标题").fill(title("离开输入框不动"));
  await firm.getByLabel("具体情况").pressSequentially("一次点击就要提交。");
  const button = firm.getByRole("button", { name: "提交" });
  await button.scrollIntoViewIfNeeded();
  const before = await button.boundingBox();
  // The field is left by pressing the button; what is saved meanwhile says so in its place.
  await firm.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
  await firm.mouse.down();
  const pressed = await button.boundingBox();
  expect(pressed).toEqual(before);
  await firm.mouse.up();
  await expect(firm.getByText("点单成功")).toBeVisible();
});

test("several orders are taken at once", async ({ as }) => {
  const firm = await as("enterprise2");
  const names = [title("一并接单甲"), title("一并接单乙")];
  const addresses = await dispatched(as, firm, names);
  const lead = await as("sw");
  await open(lead, "/orders?stage=dispatched");
  for (const address of addresses) {
    const number = address.split("/").pop();
    await lead.getByRole("checkbox", { name: `选择 ${number}` }).check();
  }
  await lead.getByRole("button", { name: "办理选中的" }).click();
  await expect(lead.locator(".list-total")).toContainText("共选中 2 条");
  await lead.getByRole("button", { name: "全部接单" }).click();
  await expect(lead.getByRole("status")).toContainText("已全部完成");
  for (const address of addresses) {
    await open(lead, address);
    await expect(lead.locator(".order-state")).toContainText("办理中");
  }
});

test("blanks of a template are asked about before they go out", async ({ as }) => {
  const firm = await as("enterprise");
  const centre = await as("centre");
  const address = await place(firm, title("模板空白不外发"));
  await open(centre, address);
  await centre.getByLabel("主办单位").selectOption("gd");
  await centre.getByRole("button", { name: "分派", exact: true }).click();
  await expect(centre.locator(".order-state")).toContainText("已分派");
  const lead = await as("gd");
  await open(lead, address);
  await lead.getByRole("button", { name: "接单" }).click();
  await expect(lead.locator(".order-state")).toContainText("办理中");
  await lead.getByRole("link", { name: "用电报装进展" }).click();
  const text = lead.getByLabel("办理情况");
  await expect(text).toHaveValue(/预计 　月　日/);
  await lead.getByRole("radio", { name: /已解决/ }).check();
  await lead.getByRole("button", { name: "答复", exact: true }).click();
  await expect(lead.getByRole("alert").first()).toContainText("模板里还有没有填写的内容");
  await expect(text).toHaveValue(/预计 　月　日/);
  await open(firm, address);
  await expect(firm.locator(".timeline")).not.toContainText("外线工程已安排施工");
  await text.fill((await text.inputValue()).replace(/　月　日/, "12月1日"));
  await lead.getByRole("button", { name: "答复", exact: true }).click();
  await expect(lead.locator(".order-state")).toContainText("已答复");
});

test("the keyboard skips to the list", async ({ as }) => {
  const centre = await as("centre");
  await open(centre, "/orders");
  const skips = centre.locator("a.skip");
  await expect(skips).toHaveCount(2);
  await skips.last().focus();
  await centre.keyboard.press("Enter");
  await expect(centre).toHaveURL(/#rows$/);
  await expect(centre.locator("#rows")).toBeVisible();
});
