import { expect, live, open, test } from "./city.js";

test("somebody signs in and opens an order by keyboard alone", async ({ page }) => {
  await open(page, "/sign-in");
  await page.getByLabel("账号").focus();
  await page.keyboard.type("centre");
  await page.keyboard.press("Tab");
  await page.keyboard.type("zhitong-demo");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("今天轮到您");
  await live(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "跳到正文" })).toBeFocused();
});

test("the keys of a list @scripts", async ({ as }) => {
  const page = await as("centre");
  await open(page, "/orders");
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const first = page.locator("[data-row]").first();
  await expect(first).toBeFocused();
  const title = await first.innerText();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("今天轮到您");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("键盘快捷键");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a list is narrowed and its address can be sent", async ({ as }) => {
  const page = await as("centre");
  await open(page, "/orders");
  await page.getByRole("link", { name: /已销号/ }).click();
  await expect(page).toHaveURL(/stage=closed/);
  await page.getByLabel("全部类别").selectOption("finance");
  await page.getByRole("button", { name: "筛选" }).click();
  await expect(page).toHaveURL(/stage=closed.*category=finance/);
  await expect(page.locator("tbody tr")).toHaveCount(2);
});

test("the language changes by one click and stays", async ({ as }) => {
  const page = await as("centre");
  await open(page, "/orders");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Orders");
  await expect(page).toHaveURL(/\/orders$/);
  await live(page);
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("诉求单");
});
