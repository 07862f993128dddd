// What the journeys share: people who sign in, and pages that must not complain.
import { execFileSync } from "node:child_process";
import { expect, test as base } from "@playwright/test";

export { expect };

/** A page that fails its test where the console shows an error or a warning. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const complaints = listen(page);
    await use(page);
    expect(complaints).toEqual([]);
  },
  /** Opens a page of its own for somebody, signed in. */
  as: async ({ browser, javaScriptEnabled, viewport }, use) => {
    const contexts = [];
    const complaints = [];
    await use(async (user, options = {}) => {
      const context = await browser.newContext({
        javaScriptEnabled,
        viewport,
        baseURL: test.info().project.use.baseURL,
        ...options,
      });
      contexts.push(context);
      const page = await context.newPage();
      listen(page, complaints);
      await signIn(page, user);
      return page;
    });
    for (const context of contexts) await context.close();
    expect(complaints).toEqual([]);
  },
});

/**
 * Not complaints of a page: the status of an answer to wrong input, and, without
 * scripts, that what scripts would have used was fetched ahead.
 */
function listen(page, complaints = []) {
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    const scripts = test.info().project.use.javaScriptEnabled;
    const expected =
      /status of 4\d\d/.test(message.text()) ||
      // A connection that the journey itself breaks.
      /ERR_CONNECTION_RESET/.test(message.text()) ||
      (!scripts && /preloaded using link preload/.test(message.text()));
    if (["error", "warning"].includes(message.type()) && !expected) {
      complaints.push(message.text());
    }
  });
  return complaints;
}

export async function signIn(page, user) {
  await page.goto("/sign-in");
  await page.getByLabel("账号").fill(user);
  await page.getByLabel("密码").fill("zhitong-demo");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("button", { name: "退出" })).toBeVisible();
}

/** Goes to a page and, where there are scripts, waits until it is live. */
export async function open(page, path) {
  const answer = await page.goto(path);
  await live(page);
  return answer;
}

export async function live(page) {
  if (test.info().project.use.javaScriptEnabled) {
    await expect(page.locator("html[data-live]")).toBeAttached();
  }
}

/** Places an order that is right, and answers its address. */
export async function place(page, title) {
  await open(page, "/orders/new");
  await page.getByRole("radio", { name: /水电气暖/ }).check();
  await page.getByLabel("标题").fill(title);
  await page.getByLabel("具体情况").fill("配套线路未施工，投产在即。");
  await page.getByRole("button", { name: "提交" }).click();
  await expect(page.getByText("点单成功")).toBeVisible();
  return new URL(page.url()).pathname;
}

const FIRM = ["--role", "enterprise", "--enterprise", "澄溪电子（虚构）", "--township", "laiji"];

/** Somebody of an enterprise whose form no other journey fills in meanwhile. */
export function add(name, seat = FIRM) {
  const program = new URL("../../target/release/server", import.meta.url).pathname;
  const data = ["--data", `${process.env.END2END_CITY}/data`];
  execFileSync(program, ["user", "add", name, ...seat, "--chosen", ...data], {
    input: "zhitong-demo\n",
  });
}
