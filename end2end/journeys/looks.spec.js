// Every screen at both widths, in both languages, dark and light: no sideways
// scrolling, nothing that the accessibility rules object to, a picture to look at.
import AxeBuilder from "@axe-core/playwright";
import { expect, open, test } from "./city.js";

const SCREENS = [
  ["enterprise", "home", "/"],
  ["enterprise", "place", "/orders/new"],
  ["centre", "home", "/"],
  ["centre", "list", "/orders"],
  ["centre", "empty list", "/orders?q=没有这样的标题"],
  ["centre", "triage", "/orders/XM-2026-000033"],
  ["centre", "projects", "/projects"],
  ["centre", "project", "/projects/2026-SZD-014"],
  ["centre", "add a project", "/projects/new"],
  ["centre", "common problems", "/common"],
  ["centre", "hall", "/orders/import"],
  ["centre", "publish", "/guidance/new"],
  ["centre", "several", "/orders/many/XM-2026-000033+XM-2026-000034"],
  ["centre", "many columns", "/orders?columns=light,number,urgency,township,project,placed,rating"],
  ["enterprise", "guidance", "/guidance"],
  ["leader", "home", "/"],
  ["gd", "templates", "/templates"],
  ["gd", "write a template", "/templates/new"],
  ["gd", "home", "/"],
  ["zrzy", "reply", "/orders/XM-2026-000011"],
  ["mayor", "late", "/late"],
  ["mayor", "city", "/city"],
  ["deputy", "own bodies", "/deputy"],
  ["mayor", "wall", "/city?wall"],
  ["office", "express", "/express"],
  ["office", "a candidate", "/orders/XM-2026-000026"],
  ["office", "a matter", "/orders/XM-2026-000019"],
  ["office", "a decided matter", "/orders/XM-2026-000011"],
  ["office", "meetings", "/meetings"],
  ["office", "prepare a meeting", "/meetings/new"],
  ["office", "a meeting to come", "/meetings/HY-2026-0002"],
  ["office", "a meeting that is over", "/meetings/HY-2026-0001"],
  ["zrzy", "minutes", "/meetings/HY-2026-0001/minutes"],
  ["zrzy", "decisions", "/tasks"],
  ["supervision", "tasks", "/tasks"],
  ["supervision", "a task that is done", "/tasks/DB-2026-0001"],
  ["zjj", "a task that is late", "/tasks/DB-2026-0002"],
  ["zjj", "its receipt", "/tasks/DB-2026-0002/receipt"],
  ["enterprise", "invited", "/meetings"],
  ["zrzy", "if nobody acts", "/ahead"],
  ["laiji", "paused", "/orders/XM-2026-000022"],
  ["laiji", "receipt", "/orders/XM-2026-000022/receipt"],
  ["supervision", "cards", "/cards"],
  ["supervision", "notices", "/notices"],
  ["supervision", "card to lift", "/orders/XM-2026-000018"],
  ["admin", "calendar", "/calendar"],
  ["admin", "bodies", "/directory"],
  ["admin", "categories", "/directory?of=categories"],
  ["admin", "rules", "/rules"],
  ["admin", "change the rules", "/rules/edit"],
  ["admin", "home", "/"],
  ["admin", "accounts", "/accounts"],
  ["admin", "account", "/accounts/20"],
  ["admin", "hand over", "/accounts/20/hand-over/20"],
  ["security", "policy", "/policy"],
  ["security", "sessions", "/sessions"],
  ["security", "rights", "/rights"],
  ["auditor", "audit", "/audit"],
  ["enterprise", "members", "/members"],
  ["enterprise", "my account", "/account"],
  ["enterprise", "register", "/register"],
  ["centre", "registrations", "/registrations"],
  ["office", "masked contact", "/orders/XM-2026-000022"],
  ["centre", "nothing", "/nowhere"],
];
const LOOKS = [
  { lang: "zh", theme: "light", width: 1280, height: 800 },
  { lang: "zh", theme: "dark", width: 390, height: 844 },
  { lang: "en", theme: "dark", width: 1280, height: 800 },
  { lang: "en", theme: "light", width: 390, height: 844 },
];

for (const look of LOOKS) {
  const name = `${look.lang} ${look.theme} ${look.width}`;
  for (const user of new Set(SCREENS.map(([user]) => user))) {
    // One test for each reader: none of them is so long that a slow machine ends it.
    test(`the screens of ${user} look right: ${name} @scripts`, async ({ as }, info) => {
      const viewport = { width: look.width, height: look.height };
      const page = await as(user, { viewport });
      await page.context().addCookies([
        { name: "lang", value: look.lang, url: info.project.use.baseURL },
        { name: "theme", value: look.theme, url: info.project.use.baseURL },
      ]);
      for (const [, screen, path] of SCREENS.filter(([reader]) => reader === user)) {
        await open(page, path);
        const picture = `${screen} ${name}.png`.replaceAll(" ", "-");
        await page.screenshot({ path: info.outputPath(picture), fullPage: true });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wide, `${screen} scrolls sideways`).toBeLessThanOrEqual(0);
        const found = await new AxeBuilder({ page })
          .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
          .analyze();
        const objections = found.violations.map((v) => [v.id, ...v.nodes.map((n) => n.html)]);
        expect(objections, screen).toEqual([]);
      }
    });
  }
}

test("no English is left in Chinese pages and no Chinese in English ones @scripts", async ({ as }, info) => {
  const page = await as("supervision");
  await open(page, "/orders?stage=closed&category=poetry");
  await expect(page.getByRole("heading", { level: 1 }).last()).toContainText("格式不正确");
  await page.context().addCookies([{ name: "lang", value: "en", url: info.project.use.baseURL }]);
  for (const path of ["/", "/orders", "/late", "/ahead", "/cards", "/notices", "/rules", "/account"]) {
    await open(page, path);
    // What people typed, and their names, stay as they were typed.
    const own = await page.evaluate(() => {
      const typed = ".cell-title a, .digest a, .meeting-line a, .meeting-line .quiet, .cell-enterprise, .late-item h2 a, .late-item dd, .tasks a, .tasks p > .quiet, .task-text, .task dd, .said, .who, .me-name";
      for (const node of document.querySelectorAll(typed)) node.remove();
      return document.body.innerText.replace("中文", "");
    });
    expect(own, path).not.toMatch(/\p{Script=Han}/u);
  }
});
