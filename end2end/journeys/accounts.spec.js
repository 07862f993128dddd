// People: registering, inviting, the second factor, handing over, unmasking, the audit.
import { createHmac } from "node:crypto";
import { expect, open, place, signIn, test } from "./city.js";

/** A one-time code (RFC 6238) of now, or of so many half minutes later. */
function codeOf(key, later = 0) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const letters = key.replaceAll(" ", "").replace(/=+$/, "");
  const bits = [...letters].map((c) => alphabet.indexOf(c).toString(2).padStart(5, "0")).join("");
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const digest = createHmac("sha1", bytes).update(step).digest();
  const offset = digest[digest.length - 1] & 15;
  const number = (digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, "0");
}

/** The check digit of a unified social credit code. */
function creditCode(body) {
  const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  let [sum, weight] = [0, 1];
  for (const c of body) {
    sum += alphabet.indexOf(c) * weight;
    weight = (weight * 3) % 31;
  }
  return body + alphabet[(31 - (sum % 31)) % 31];
}

async function finish(page, name, password) {
  await page.goto("/sign-in");
  await page.getByLabel("账号").fill(name);
  await page.getByLabel("密码").fill(password);
  await page.getByRole("button", { name: "登录" }).click();
}

test("an enterprise registers, is approved and places its first order", async ({ page, as }, info) => {
  const mine = info.project.name === "with scripts" ? "A1" : "B2";
  const firm = `云岭机电${mine}（虚构）`;
  await open(page, "/sign-in");
  await page.getByRole("link", { name: "企业注册" }).click();
  await page.getByRole("button", { name: "提交注册" }).click();
  await expect(page.getByRole("alert").first()).toContainText("企业名称");
  await page.getByLabel("企业名称").fill(firm);
  await page.getByLabel("统一社会信用代码").fill("91410183MA5000001X");
  await page.getByLabel("所在乡镇（街道）").selectOption("laiji");
  await page.getByLabel("您的姓名").fill("王五");
  await page.getByLabel("您的电话").fill("13900000002");
  await page.getByLabel("账号").fill(`yunling-${mine.toLowerCase()}`);
  await page.getByLabel("新密码").fill("山路很长慢慢走过去才好");
  await page.getByLabel("再输入一次").fill("山路很长慢慢走过去才好");
  await page.getByRole("button", { name: "提交注册" }).click();
  await expect(page.getByRole("alert").first()).toContainText("校验位");
  // What was typed is there, but for the passwords.
  await expect(page.getByLabel("企业名称")).toHaveValue(firm);
  await page.getByLabel("统一社会信用代码").fill(creditCode(`91410183MA50000${mine}`));
  await page.getByLabel("新密码").fill("雨后的山路很安静没有别人");
  await page.getByLabel("再输入一次").fill("雨后的山路很安静没有别人");
  await page.getByRole("button", { name: "提交注册" }).click();
  await expect(page.getByRole("status")).toContainText("等待推进中心审核");
  const status = page.url();

  const centre = await as("centre");
  await open(centre, "/registrations");
  await centre.getByRole("link", { name: firm }).click();
  await centre.getByRole("radio", { name: "通过", exact: true }).check();
  await centre.getByRole("button", { name: "提交审核" }).click();
  await expect(centre.getByRole("status")).toContainText("已办理");

  await page.goto(status);
  await expect(page.getByRole("status")).toContainText("已通过");
  await finish(page, `yunling-${mine.toLowerCase()}`, "雨后的山路很安静没有别人");
  await expect(page.getByRole("button", { name: "退出" })).toBeVisible();
  await place(page, "注册后的第一张诉求单");

  // A colleague is invited and joins.
  await open(page, "/members");
  await page.getByLabel("姓名").fill("赵六");
  await page.getByLabel("电话").fill("13900000003");
  await page.getByRole("button", { name: "邀请同事" }).click();
  const link = page.getByRole("status").getByRole("link");
  const invitation = await link.getAttribute("href");
  // With its host, also where no script could put it there.
  expect(invitation).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/invitation\?key=/);
  await page.context().clearCookies();
  await open(page, invitation);
  await expect(page.getByText(firm)).toBeVisible();
  await page.getByLabel("账号").fill(`zhaoliu-${mine.toLowerCase()}`);
  await page.getByLabel("新密码").fill("溪水向东流去从来不曾回头看");
  await page.getByLabel("再输入一次").fill("溪水向东流去从来不曾回头看");
  await page.getByRole("button", { name: "加入", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("已加入");
  await finish(page, `zhaoliu-${mine.toLowerCase()}`, "溪水向东流去从来不曾回头看");
  await expect(page.locator(".me")).toContainText("赵六");
});

test("a second factor is set up and asked for", async ({ page, as }, info) => {
  const user = info.project.name === "with scripts" ? "jtj" : "swj";
  const clerk = await as(user);
  await open(clerk, "/account");
  await clerk.locator("#factor summary").click();
  const key = await clerk.locator("#factor code.key").innerText();
  const recovery = await clerk.locator("#factor .codes code").allInnerTexts();
  expect(recovery.length).toBe(10);
  await clerk.getByLabel("六位验证码").fill(codeOf(key));
  await clerk.locator("#factor").getByLabel("当前密码").fill("zhitong-demo");
  await clerk.getByRole("button", { name: "启用两步验证" }).click();
  await expect(clerk.getByRole("status")).toContainText("两步验证已启用");

  await finish(page, user, "zhitong-demo");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("请输入验证码");
  await page.getByLabel("六位验证码，或恢复码").fill("000000");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("alert")).toContainText("不正确");
  await page.getByLabel("六位验证码，或恢复码").fill(codeOf(key, 1));
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("button", { name: "退出" })).toBeVisible();
  // The other session can be ended from here.
  await open(page, "/account");
  await page.getByRole("button", { name: "结束" }).first().click();
  await expect(page.getByRole("button", { name: "结束" })).toHaveCount(0);
  await clerk.goto("/orders");
  await expect(clerk).toHaveURL(/sign-in/);
});

test("who leaves hands over, and a new colleague begins with a password of their own", async ({ page, as }, info) => {
  const name = info.project.name === "with scripts" ? "leaver-a" : "leaver-b";
  const admin = await as("admin");
  await open(admin, "/accounts");
  await admin.locator("summary", { hasText: "新设账号" }).click();
  await admin.getByLabel("账号", { exact: true }).fill(name);
  await admin.getByLabel("姓名", { exact: true }).fill("即将离任");
  await admin.locator("form[action='/act/add_account']").getByLabel("岗位").selectOption("handler");
  await admin.getByLabel("单位", { exact: true }).selectOption("gd");
  await admin.getByLabel("初始密码").fill("木桥边的石头记得每一场雨");
  await admin.getByRole("button", { name: "新设账号" }).click();
  await expect(admin.getByRole("status")).toContainText("账号已设立");

  const firm = await as("enterprise");
  const address = await place(firm, `一条将要交接的诉求 ${name}`);
  const centre = await as("centre");
  await open(centre, address);
  await centre.getByLabel("主办单位").selectOption("gd");
  await centre.getByRole("button", { name: "分派" }).click();
  await expect(centre.locator(".order-state")).toContainText("已分派");
  await finish(page, name, "木桥边的石头记得每一场雨");
  await open(page, address);
  await page.getByRole("button", { name: "接单" }).click();
  await expect(page.locator(".order-state")).toContainText("办理中");

  await admin.getByRole("link", { name: "离任交接" }).click();
  await expect(admin.getByText("1 件，将一并交接")).toBeVisible();
  await expect(admin.locator(".numbers")).toContainText(address.split("/").pop());
  await admin.getByRole("radio", { name: "经办员" }).check();
  await admin.getByRole("button", { name: "交接并结束此身份" }).click();
  await expect(admin.getByRole("status")).toContainText("1 件未办结的诉求已交接");
  // At once, for the session that was open too.
  await page.goto("/orders");
  await expect(page).toHaveURL(/sign-in/);
  const gd = await as("gd");
  await open(gd, address);
  await expect(gd.locator(".timeline")).toContainText("交接给经办员");
});

test("a contact is unmasked by one click, which the auditor sees", async ({ as }, info) => {
  const user = info.project.name === "with scripts" ? "office" : "mayor";
  const office = await as(user);
  await open(office, "/orders/XM-2026-000011");
  await expect(office.locator(".order-facts")).toContainText("****");
  await office.getByRole("button", { name: "查看完整联系方式" }).click();
  await expect(office.locator(".order-facts")).not.toContainText("****");
  const auditor = await as("auditor");
  await open(auditor, "/audit?deed=contact_read&q=XM-2026-000011");
  await expect(auditor.locator("tbody tr").first()).toContainText("XM-2026-000011");
});

test("the security administrator changes the policy and is told what is too weak", async ({ as }) => {
  const security = await as("security");
  await open(security, "/policy");
  await security.getByLabel("最长等待多少分钟").fill("500");
  await security.getByRole("button", { name: "保存" }).click();
  await expect(security.getByRole("alert").first()).toContainText("1 至 60");
  await security.getByLabel("最长等待多少分钟").fill("15");
  await security.getByRole("button", { name: "保存" }).click();
  await expect(security.getByRole("status")).toContainText("已保存");
});

test("a wrong password says the same for every account", async ({ page }) => {
  for (const name of ["no-such-account-1", "no-such-account-2"]) {
    await finish(page, name, "wrong wrong wrong");
    await expect(page.getByRole("alert")).toContainText("账号或密码不正确");
    await expect(page.getByLabel("账号")).toHaveValue(name);
  }
  await signIn(page, "enterprise2");
});

test("an identity of the city opens the account that it was linked to", async ({ page }, info) => {
  const scripts = info.project.name === "with scripts";
  const [identity, user] = scripts ? ["zhangwei", "sthj"] : ["lina", "zjj"];
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "统一身份登录" }).click();
  await page.getByLabel("帐号").fill(identity);
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("alert")).toContainText("尚未关联");
  await page.getByLabel("账号").fill(user);
  await page.getByLabel("密码").fill("zhitong-demo");
  await page.getByRole("button", { name: "登录" }).click();
  await page.getByRole("button", { name: "退出" }).click();
  await page.getByRole("link", { name: "统一身份登录" }).click();
  await expect(page.getByRole("button", { name: "退出" })).toBeVisible();
  await open(page, "/account");
  await expect(page.locator("main")).toContainText(user);
  // What was not begun here is not finished here.
  await page.context().clearCookies();
  await page.goto("/oidc/callback?state=nonsense&code=nonsense");
  await expect(page.getByRole("alert")).toContainText("未成功");
});

test("the administrator renames a body after a preview, and it is named so everywhere", async ({ as }, info) => {
  const short = info.project.name === "with scripts" ? "档案馆甲" : "档案馆乙";
  const code = info.project.name === "with scripts" ? "dagj" : "dagy";
  const admin = await as("admin");
  await open(admin, "/directory");
  await admin.getByRole("link", { name: "新增" }).click();
  const list = admin.getByLabel("名单（CSV，可从表格复制粘贴）");
  await expect(list).toHaveValue(/^code,name,[^\n]*\n$/);
  const heading = await list.inputValue();
  await list.fill(`${heading}${code},市${short},Archive ${code},${short},Archive ${code},archive,,\n`);
  await admin.getByRole("button", { name: "预览变化" }).click();
  await expect(admin.getByRole("alert").first()).toContainText("第 2 行：“archive”不是单位类型");
  await list.fill(`${heading}${code},市${short},Archive ${code},${short},Archive ${code},other,,\n`);
  await admin.getByRole("button", { name: "预览变化" }).click();
  await expect(admin.getByRole("heading", { level: 1 })).toContainText("变更前预览");
  await expect(admin.locator("main")).toContainText(`新增市${short}`);
  await admin.getByRole("button", { name: "确认变更" }).click();
  await expect(admin.getByRole("status")).toContainText("已变更 1 项");
  const row = admin.getByRole("row", { name: code });
  await row.getByRole("link", { name: "变更" }).click();
  await expect(list).toHaveValue(/^code,[^\n]*\n[^\n]*\n$/);
  const one = await list.inputValue();
  await list.fill(one.replace(`市${short}`, `市${short}（新馆）`));
  await admin.getByRole("button", { name: "预览变化" }).click();
  await expect(admin.locator("main")).toContainText(`“市${short}”改为“市${short}（新馆）”`);
  await admin.getByRole("button", { name: "确认变更" }).click();
  await expect(admin.getByRole("row", { name: code })).toContainText("（新馆）");
});
