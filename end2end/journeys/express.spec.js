// The mayor's express, on a tablet in the room: from the order that was carried up to the
// decision, the task, the minutes and the order struck off. What is taken away is read by
// other programs: the calendar by ical.js, the document by LibreOffice.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ICAL from "ical.js";
import { add, expect, live, open, place, test } from "./city.js";

test.use({ viewport: { width: 820, height: 1180 } });

/** Presses a button of a form, and waits until the page has what came of it. */
async function press(page, name) {
  await page.getByRole("button", { name, exact: true }).first().click();
}

/** What is the only thing that one can do is not folded away. */
async function unfold(page, name) {
  await expect(page.locator(".steps, .minutes-page").first()).toBeVisible();
  const details = page.locator("details.step", { has: page.locator("summary", { hasText: name }) }).first();
  if ((await details.count()) > 0 && !(await details.evaluate((node) => node.open))) {
    await details.locator("summary").first().click();
  }
}

test("a matter is decided in the room, recorded, carried out, and then struck off", async ({ as }, info) => {
  test.slow();
  const title = `路由之争 ${info.project.name}`;
  const firm = await as("enterprise");
  const address = await place(firm, title);
  const number = address.split("/").at(-1);
  const centre = await as("centre");
  await open(centre, address);
  await centre.getByLabel("主办单位").selectOption("gd");
  await press(centre, "分派");
  await expect(centre.locator(".order-state")).toContainText("已分派");
  const gd = await as("gd");
  await open(gd, address);
  await press(gd, "接单");
  await expect(gd.locator(".order-state")).toContainText("办理中");

  const deputy = await as("deputy");
  await open(deputy, address);
  await unfold(deputy, "提请市长直通车");
  const difficulty = `两部门意见不一 ${info.project.name}`;
  await deputy.getByLabel("一句话困难").fill(difficulty);
  await deputy.getByLabel("涉及资金、就业").fill("就业200人");
  await press(deputy, "提请市长直通车");
  await expect(deputy.locator(".order-state")).toContainText("直通车候选");
  await open(firm, address);
  await expect(firm.locator(".order-state")).not.toContainText("直通车");

  const office = await as("office");
  await open(office, "/express");
  const candidate = office.locator(".matter", { hasText: difficulty });
  await expect(candidate).toContainText("就业200人");
  await expect(candidate).toContainText("供电公司");
  await candidate.getByRole("link", { name: "打开办理" }).click();
  await live(office);
  await expect(office.getByLabel("一句话困难").first()).toHaveValue(difficulty);
  await press(office, "受理为议题");
  await expect(office.locator(".order-state")).toContainText("直通车议题");
  await open(firm, address);
  await expect(firm.locator(".timeline")).toContainText("列为市长直通车议题");

  // The meeting: on a day off it is asked about.
  await open(office, "/meetings/new");
  await office.getByRole("radio", { name: "联审联批工作协调会" }).check();
  await office.getByLabel("会议名称").fill(`协调会 ${info.project.name}`);
  await office.getByLabel("开始时间").fill("2026-11-28T10:00");
  await office.getByLabel("地点").fill("二楼会议室");
  await office.getByLabel("主持人").selectOption({ label: "市长" });
  await office.locator(".checks summary").click();
  await office.getByRole("checkbox", { name: "供电公司" }).check();
  await office.getByRole("checkbox", { name: "住建局" }).check();
  await press(office, "保存");
  await expect(office.locator(".fault").first()).toContainText("这一天是休息日");
  await expect(office.getByLabel("会议名称")).toHaveValue(`协调会 ${info.project.name}`);
  await office.getByLabel("开始时间").fill("2026-11-23T15:00");
  await press(office, "保存");
  await expect(office.locator("h1")).toContainText("协调会");
  const meeting = new URL(office.url()).pathname;
  await live(office);
  await unfold(office, "列入议程");
  await office.getByLabel("议题", { exact: true }).selectOption(number);
  await press(office, "列入议程");
  await expect(office.locator(".agenda-item")).toContainText(difficulty);
  await press(office, "发出通知");
  await expect(office.locator(".order-state")).toContainText("已通知");
  await open(gd, "/");
  await gd.getByRole("link", { name: `协调会 ${info.project.name}` }).first().click();
  await live(gd);
  await gd.getByRole("radio", { name: "派人代会" }).check();
  await gd.getByLabel("参会人姓名").fill("李四");
  await gd.getByLabel("原因").fill("主要负责同志出差");
  await press(gd, "回复通知");
  await expect(gd.locator(".guests")).toContainText("派人代会");

  // In the room.
  await open(office, meeting);
  await press(office, "开始会议");
  await expect(office.locator(".order-state")).toContainText("正在召开");
  await expect(office.locator(".agenda-item.present")).toContainText("正在研究");
  await office.locator(".agenda").getByLabel("事项内容").fill("出具专线路由批复。");
  await office.locator(".agenda").getByLabel("完成时限").fill("5");
  await office.locator(".agenda").getByLabel("完成标志").fill("批复文件");
  await press(office, "记录议定事项");
  await expect(office.locator(".fault").first()).toContainText("请选择牵头单位");
  await expect(office.locator(".agenda").getByLabel("事项内容")).toHaveValue("出具专线路由批复。");
  await office.locator(".agenda").getByLabel("牵头单位").selectOption("zjj");
  await press(office, "记录议定事项");
  await expect(office.locator(".read-back")).toBeVisible();
  await expect(office.locator(".task")).toContainText("出具专线路由批复。");
  // What the meeting holds without giving anybody a task, and what was said, with its paper.
  await live(office);
  await unfold(office, "记录议定意见（不交办）");
  await office.getByRole("radio", { name: "原则同意" }).check();
  await office.getByLabel("议定意见", { exact: true }).fill("企业可先行开展设计。");
  await press(office, "记录议定意见");
  await expect(office.locator(".agenda-item")).toContainText("原则同意：企业可先行开展设计。");
  await live(office);
  await unfold(office, "会议记录");
  await office.getByLabel("记录内容").fill("供电公司带来两个路由方案。");
  const paper = { name: "路由方案.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") };
  await office.getByLabel("附件").setInputFiles(paper);
  if (!info.project.use.javaScriptEnabled) {
    await office.getByRole("button", { name: "上传所选文件" }).click();
    await expect(office.getByLabel("记录内容")).toHaveValue("供电公司带来两个路由方案。");
  }
  await expect(office.locator(".file-list")).toContainText("路由方案.pdf");
  await press(office, "保存记录");
  await expect(office.locator(".timeline")).toContainText("供电公司带来两个路由方案。");
  await expect(office.locator(".timeline")).toContainText("路由方案.pdf");
  await office.locator(".guests li", { hasText: "供电公司" }).getByRole("button", { name: "记到会" }).click();
  await expect(office.locator(".guests li", { hasText: "供电公司" })).toContainText("到会");
  await live(office);
  // Whoever watches it is told beside what they are told of orders.
  const person = `watcher-${info.project.name.replaceAll(" ", "-")}`;
  add(person, ["--role", "supervision"]);
  const watcher = await as(person);
  await open(watcher, meeting);
  await watcher.getByRole("button", { name: /关注/ }).click();
  await expect(watcher.getByRole("button", { name: /取消关注/ })).toBeVisible();
  // Nobody has said whether the other body came: that is asked about, and then its own state.
  await press(office, "结束会议");
  await expect(office.getByRole("alert").first()).toContainText("没有记录是否到会");
  await office.getByLabel(/仍结束会议/).check();
  await press(office, "结束会议");
  await expect(office.locator(".order-state")).toContainText("已结束");
  await open(watcher, "/notices");
  const told = watcher
    .locator(".digest li", { hasText: `协调会 ${info.project.name}` })
    .filter({ hasText: "会议结束" });
  await expect(told.getByRole("link")).toHaveAttribute("href", meeting);

  // The minutes.
  await office.getByRole("link", { name: "会议纪要" }).click();
  await live(office);
  const text = office.getByLabel("纪要正文");
  await expect(text).toHaveValue(/住建局牵头/);
  await expect(text).toHaveValue(/原则同意：企业可先行开展设计。/);
  await expect(text).toHaveValue(/会议记录：供电公司带来两个路由方案。/);
  const words = `${await text.inputValue()}\n会议要求：抓紧落实。`;
  await text.fill(words);
  await press(office, "保存纪要");
  await expect(office.locator(".minutes-paper")).toContainText("抓紧落实");
  await expect(office.locator(".minutes-paper")).toContainText("未记录到会");
  // It waits for whoever had the chair, on the home page, with a link straight to it.
  const mayor = await as("mayor");
  await open(mayor, "/");
  const waits = mayor.locator(".todo li", { hasText: `协调会 ${info.project.name}` });
  await expect(waits).toContainText("纪要待签发");
  await waits.getByRole("link").click();
  await expect(mayor).toHaveURL(new RegExp(`${meeting}/minutes`));
  await press(mayor, "签发纪要");
  await expect(mayor.locator(".paper-number")).toContainText("〔2026〕");
  await open(gd, `${meeting}/minutes`);
  await expect(gd.locator(".minutes-paper")).toContainText("抓紧落实");

  // The document says the same in another program.
  const answer = await gd.request.get(`${meeting}/minutes.docx`);
  expect(answer.status()).toBe(200);
  const folder = mkdtempSync(join(tmpdir(), "zhitong-docx-"));
  writeFileSync(join(folder, "minutes.docx"), await answer.body());
  execFileSync("soffice", [
    `-env:UserInstallation=file://${folder}/profile`,
    "--headless",
    "--convert-to",
    "txt:Text (encoded):UTF8",
    "--outdir",
    folder,
    join(folder, "minutes.docx"),
  ]);
  const converted = readFileSync(join(folder, "minutes.txt"), "utf8").replace(/^\uFEFF/, "");
  const plain = (all) => all.replaceAll(/\s+/g, "");
  for (const line of words.split("\n")) expect(plain(converted)).toContain(plain(line));
  expect(plain(converted)).toContain(plain(await gd.locator(".paper-number span").first().innerText()));

  // The calendar says the same in another program.
  const event = await gd.request.get(`${meeting}/calendar.ics`);
  const calendar = new ICAL.Component(ICAL.parse(await event.text()));
  const entry = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
  expect(entry.summary).toBe(`协调会 ${info.project.name}`);
  expect(entry.startDate.toJSDate().toISOString()).toBe("2026-11-23T07:00:00.000Z");
  expect(entry.location).toBe("二楼会议室");

  // The task, and the order that is struck off only after it.
  await open(gd, address);
  await gd.getByRole("radio", { name: "已解决" }).check();
  await gd.getByLabel("办理情况").fill("线路已通电。");
  await press(gd, "答复");
  await expect(gd.locator(".order-state")).toContainText("已答复");
  await open(firm, address);
  await firm.getByRole("radio", { name: "满意", exact: true }).check();
  await press(firm, "评价");
  await expect(firm.locator(".turn")).toContainText("市政府办公室");
  const zjj = await as("zjj");
  await open(zjj, "/tasks");
  await zjj.getByRole("link", { name: title }).click();
  await live(zjj);
  await zjj.getByLabel("完成报告").fill("批复已印发。");
  await press(zjj, "报告事项完成");
  await expect(zjj.locator(".order-tasks")).toContainText("待确认");
  await open(office, address);
  await office.getByRole("radio", { name: "确认完成" }).check();
  await press(office, "审核完成报告");
  await expect(office.locator(".order-state")).toContainText("已销号");
  await open(firm, address);
  await expect(firm.locator(".timeline")).not.toContainText("批复已印发");
});

test("a meeting that was held on paper is entered afterwards, as it was", async ({ as }, info) => {
  const scripts = info.project.use.javaScriptEnabled ? "live" : "plain";
  const scribe = `scribe-${scripts}`;
  add(scribe, ["--role", "office", "--display", "文书", "--phone", "0371"]);
  const office = await as(scribe);
  await open(office, "/meetings/new");
  await office.getByRole("radio", { name: "联审联批工作协调会" }).check();
  await office.getByLabel("会议名称").fill(`纸面会议 ${scripts}`);
  await office.getByLabel("开始时间").fill("2026-11-20T09:00");
  await office.getByLabel("地点").fill("二楼会议室");
  await office.getByLabel("主持人").selectOption({ label: "市长" });
  await press(office, "保存");
  await expect(office.locator(".fault").first()).toContainText("会议已经开过的，请勾选");
  await office.getByLabel("会议已经开过，现在补录").check();
  await press(office, "保存");
  await expect(office.locator("h1")).toContainText("纸面会议");
  for (const [step, at, state] of [
    ["open", "2026-11-20T09:05", "正在召开"],
    ["end", "2026-11-20T10:30", "已结束"],
  ]) {
    await live(office);
    const form = office.locator(`form[action="/act/meeting/${step}"]`);
    await form.locator("summary").click();
    await form.locator("[name=happened_at]").fill(at);
    await form.getByRole("button", { name: /会议/ }).last().click();
    await expect(office.locator(".order-state")).toContainText(state);
  }
  await expect(office.locator(".timeline")).toContainText("补录");
  await expect(office.locator(".timeline")).toContainText("11月20日（周五） 10:30");
});

test("two clerks write the same minutes, and nobody's text is lost", async ({ as }, info) => {
  const paper = "/meetings/HY-2026-0001/minutes";
  const office = await as("office");
  await open(office, paper);
  const fresh = await office.getByLabel("纪要正文").count();
  if (fresh === 0) {
    await unfold(office, "另出修订版");
    await office.getByLabel("修订原因").fill("更正单位名称");
    await press(office, "另出修订版");
    await expect(office.getByLabel("纪要正文")).toBeVisible();
  }
  const other = await as("office");
  await open(other, paper);
  await open(office, paper);
  const mine = `一、甲的文本 ${info.project.name}`;
  const theirs = `一、乙的文本 ${info.project.name}`;
  await other.getByLabel("纪要正文").fill(theirs);
  await press(other, "保存纪要");
  await expect(other.locator(".minutes-paper")).toContainText(theirs);
  await office.getByLabel("纪要正文").fill(mine);
  await press(office, "保存纪要");
  await expect(office.getByRole("alert")).toContainText("没有丢失");
  await expect(office.getByLabel("纪要正文")).toHaveValue(mine);
  await expect(office.locator(".theirs")).toContainText(theirs);
  await press(office, "保存纪要");
  await expect(office.locator(".minutes-paper")).toContainText(mine);
});

test("the city fits one screen, and each number opens into its orders", async ({ as }) => {
  const mayor = await as("mayor", { viewport: { width: 1280, height: 800 } });
  await open(mayor, "/city");
  const tall = await mayor.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  expect(tall).toBeLessThanOrEqual(0);
  const tile = mayor.locator(".measure", { hasText: "按时办结率" });
  const part = Number(await tile.getByRole("link").first().innerText());
  await tile.getByRole("link").first().click();
  await expect(mayor.locator(".chip.current", { hasText: "按时答复" })).toBeVisible();
  expect(await mayor.locator("tbody tr").count()).toBe(part);
});

test("the wall follows by itself @scripts", async ({ as }) => {
  const mayor = await as("mayor", { viewport: { width: 1920, height: 1080 } });
  await mayor.clock.install();
  await open(mayor, "/city?wall");
  const renewed = mayor.waitForRequest((request) => request.url().endsWith("/ask/page"));
  await mayor.clock.fastForward(31_000);
  await renewed;
  await expect(mayor.locator(".measure-rate").first()).toBeVisible();
});
