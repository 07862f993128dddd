// What one types is kept on the server; it takes scripts to send it there.
import { add, expect, live, open, place, test } from "./city.js";

test("what was typed is there after a reload and in the other language @scripts", async ({ as }) => {
  add("typist");
  const firm = await as("typist");
  await open(firm, "/orders/new");
  await firm.getByRole("radio", { name: /融资/ }).check();
  await firm.getByLabel("标题").fill("写到一半的标题");
  await firm.getByLabel("具体情况").fill("写到一半的情况");
  await expect(firm.getByText("已自动保存，尚未提交")).toBeVisible();
  await firm.reload();
  await expect(firm.getByLabel("具体情况")).toHaveValue("写到一半的情况");
  await expect(firm.getByRole("radio", { name: /融资/ })).toBeChecked();
  await live(firm);
  await firm.getByRole("button", { name: "English" }).click();
  await expect(firm.getByText("What you had typed is back")).toBeVisible();
  await expect(firm.locator("textarea")).toHaveValue("写到一半的情况");
  await live(firm);
  await firm.getByRole("button", { name: "Clear it" }).click();
  await expect(firm.getByText("What you had typed is back")).toBeHidden();
  await expect(firm.locator("textarea")).toHaveValue("");
});

test("a reply that was not sent waits on its order, and is gone once sent @scripts", async ({ as }) => {
  const firm = await as("enterprise");
  const address = await place(firm, "一条答复写到一半的诉求");
  const centre = await as("centre");
  await open(centre, address);
  await centre.getByLabel("主办单位").selectOption("gd");
  await centre.getByRole("button", { name: "分派" }).click();
  await expect(centre.locator(".order-state")).toContainText("已分派");
  const desk = await as("gd");
  await open(desk, address);
  await desk.getByRole("button", { name: "接单" }).click();
  await expect(desk.locator(".order-state")).toContainText("办理中");
  await desk.getByLabel("办理情况").fill("线路已经架设，正在验收");
  await expect(desk.getByText("已自动保存，尚未提交")).toBeVisible();
  await open(desk, "/");
  await open(desk, address);
  await expect(desk.getByLabel("办理情况")).toHaveValue("线路已经架设，正在验收");
  await desk.getByRole("radio", { name: "已解决" }).check();
  await desk.getByRole("button", { name: "答复" }).click();
  await expect(desk.locator(".order-state")).toContainText("已答复");
  await expect(desk.getByText("已恢复您未提交的内容")).toBeHidden();
  await expect(desk.getByText("您曾填写以下内容而未提交")).toBeHidden();
  await open(desk, address);
  await expect(desk.getByText("您曾填写以下内容而未提交")).toBeHidden();
});

test("an order that was sent is not offered to be sent again @scripts", async ({ as }) => {
  add("sender");
  const firm = await as("sender");
  await open(firm, "/orders/new");
  await firm.getByRole("radio", { name: /融资/ }).check();
  await firm.getByLabel("标题").fill("写好就提交的诉求");
  await firm.getByLabel("具体情况").fill("自动保存之后再提交。");
  await firm.getByLabel("联系电话").fill("13800000099");
  await expect(firm.getByText("已自动保存，尚未提交")).toBeVisible();
  await firm.getByRole("button", { name: "提交" }).click();
  await expect(firm.getByText("点单成功")).toBeVisible();
  await open(firm, "/orders/new");
  await expect(firm.getByText("已恢复您未提交的内容")).toBeHidden();
  await expect(firm.locator("textarea")).toHaveValue("");
});
