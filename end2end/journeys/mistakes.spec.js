import { add, expect, open, place, test } from "./city.js";

test("a form that is not right says so beside its fields and keeps what was typed", async ({ as }, info) => {
  const name = info.project.name === "with scripts" ? "careful-a" : "careful-b";
  add(name);
  const firm = await as(name);
  await open(firm, "/orders/new");
  await firm.getByLabel("具体情况").fill("只写了情况");
  await firm.getByRole("button", { name: "提交" }).click();
  const summary = firm.getByRole("alert");
  await expect(summary).toContainText("请选择类别。");
  await expect(summary).toContainText("请填写标题。");
  await expect(firm.getByLabel("具体情况")).toHaveValue("只写了情况");
  await summary.getByRole("link", { name: "请填写标题。" }).click();
  await expect(firm.getByLabel("标题")).toBeInViewport();
  await firm.getByLabel("标题").fill("字".repeat(81));
  await firm.getByRole("button", { name: "提交" }).click();
  await expect(firm.getByRole("alert")).toContainText("标题最多 80 字，现在 81 字。");
  await expect(firm.getByLabel("标题")).toHaveValue("字".repeat(81));
});

test("who was slower is told so and keeps the text", async ({ as }) => {
  const firm = await as("enterprise");
  const address = await place(firm, "一条两人同时办理的诉求");
  const [slow, quick] = [await as("centre"), await as("centre")];
  await open(slow, address);
  await open(quick, address);
  await quick.getByLabel("主办单位").selectOption("gd");
  await quick.getByRole("button", { name: "分派" }).click();
  await expect(quick.locator(".order-state")).toContainText("已分派");
  await slow.locator("summary", { hasText: "不予受理" }).click();
  await slow.getByLabel("不予受理的原因").fill("写了很久的原因");
  await slow.getByRole("button", { name: "不予受理" }).click();
  await expect(slow.getByRole("alert")).toContainText("别人刚刚办理了这条诉求");
  // With scripts the form still stands there; without, its text is shown.
  const kept = await slow.evaluate(() =>
    [...document.querySelectorAll("textarea")].map((area) => area.value).join() + document.body.innerText);
  expect(kept).toContain("写了很久的原因");
});

test("an order of another enterprise is not there", async ({ as }) => {
  const firm = await as("enterprise");
  const address = await place(firm, "一条别人的诉求");
  const rival = await as("enterprise2");
  const answer = await open(rival, address);
  expect(answer.status()).toBe(404);
  await expect(rival.getByRole("heading", { level: 1 })).toContainText("没有找到");
});

test("an address that is none has a page that helps", async ({ as }) => {
  const firm = await as("enterprise");
  const answer = await open(firm, "/nowhere");
  expect(answer.status()).toBe(404);
  await firm.getByRole("link", { name: "回首页" }).click();
  await expect(firm.getByRole("heading", { level: 1 })).toContainText("今天轮到您");
});

test("a firm is offered while its name is typed, and takes the place of its line @scripts", async ({ as }) => {
  // Somebody of its own: what is typed and not sent is kept for its author.
  add("planner", ["--role", "office", "--display", "筹备员", "--phone", "0371"]);
  const office = await as("planner");
  await open(office, "/meetings/new");
  const firms = office.getByLabel("参会企业");
  await firms.pressSequentially("柏川");
  const offered = office.getByRole("button", { name: /^柏川/ }).first();
  const name = await offered.innerText();
  await offered.click();
  await expect(firms).toHaveValue(name);
  await expect(firms).toBeFocused();
});
