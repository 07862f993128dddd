// Attachments: chosen, sent in pieces, gone on with after a broken connection.
import { add, expect, live, open, test } from "./city.js";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
/** A pdf of three and a half pieces. */
const PDF = Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(3_600_000, " "), Buffer.from("\n%%EOF\n")]);

/** Fills in the page for placing an order, but for its files. */
async function fillIn(page, title) {
  await open(page, "/orders/new");
  await page.getByRole("radio", { name: /水电气暖/ }).check();
  await page.getByLabel("标题").fill(title);
  await page.getByLabel("具体情况").fill("配套线路未施工，投产在即。");
  await page.getByLabel("困难在哪个乡镇").selectOption("laiji");
  await page.getByLabel("联系电话").fill("13800000000");
}

/** Somebody who sends files, and whose page for placing an order nobody else uses. */
function uploader(name) {
  const scripts = test.info().project.use.javaScriptEnabled ? "live" : "plain";
  const account = `${name}-${scripts}`;
  add(account);
  return account;
}

test("a file goes along with an order and is seen by whoever works on it", async ({ as }) => {
  const firm = await as(uploader("sender"));
  await fillIn(firm, "一条带照片的诉求");
  const file = { name: "现场.png", mimeType: "image/png", buffer: PNG };
  await firm.getByLabel("附件").setInputFiles(file);
  if (!test.info().project.use.javaScriptEnabled) {
    await firm.getByRole("button", { name: "上传所选文件" }).click();
    await expect(firm.getByLabel("标题")).toHaveValue("一条带照片的诉求");
  }
  await expect(firm.locator(".file-list")).toContainText("现场.png");
  await expect(firm.locator(".file-list")).not.toContainText("%");
  await firm.getByRole("button", { name: "提交" }).click();
  await expect(firm.getByText("点单成功")).toBeVisible();
  const picture = firm.locator(".request img");
  await expect(picture).toBeVisible();
  const address = new URL(firm.url()).pathname;
  const centre = await as("centre");
  await open(centre, address);
  await expect(centre.locator(".request img")).toHaveJSProperty("naturalWidth", 1);
  // Of another firm; the uploader is of the second one.
  const other = await as("enterprise");
  const source = await picture.getAttribute("src");
  expect((await other.request.get(source)).status()).toBe(404);
});

test("a file of no kind that is taken is refused, and the text stays", async ({ as }) => {
  const firm = await as(uploader("mistaken"));
  await fillIn(firm, "一条附件不对的诉求");
  const file = { name: "说明.pdf", mimeType: "application/pdf", buffer: Buffer.from("<html>不是 PDF</html>") };
  await firm.getByLabel("附件").setInputFiles(file);
  if (!test.info().project.use.javaScriptEnabled) {
    await firm.getByRole("button", { name: "上传所选文件" }).click();
  }
  await expect(firm.locator(".field.files .fault")).toContainText("不是可接收的文件");
  await expect(firm.getByLabel("标题")).toHaveValue("一条附件不对的诉求");
});

test("a broken connection costs one piece, and the file goes on @scripts", async ({ as }) => {
  const firm = await as(uploader("far-away"));
  await fillIn(firm, "一条网络不好的诉求");
  let pieces = 0;
  let broken = 0;
  await firm.route("**/attachments/*", async (route) => {
    if (route.request().method() !== "PATCH") return route.continue();
    pieces += 1;
    // The second piece does not arrive, and neither does the answer to the third.
    if (pieces === 2) {
      broken += 1;
      return route.abort("connectionreset");
    }
    if (pieces === 3) {
      broken += 1;
      await route.fetch();
      return route.abort("connectionreset");
    }
    return route.continue();
  });
  const file = { name: "批复.pdf", mimeType: "application/pdf", buffer: PDF };
  await firm.getByLabel("附件").setInputFiles(file);
  await expect(firm.getByRole("button", { name: "提交" })).toBeDisabled();
  await expect(firm.getByText("附件还没有传完，请稍候；传不完的请移除。")).toBeHidden({ timeout: 20_000 });
  expect(broken).toBe(2);
  await firm.reload();
  await live(firm);
  await expect(firm.locator(".file-list")).toContainText("批复.pdf");
  await expect(firm.getByLabel("标题")).toHaveValue("一条网络不好的诉求");
  await firm.getByRole("button", { name: "提交" }).click();
  await expect(firm.getByText("点单成功")).toBeVisible();
  const link = await firm.locator(".request .file-links a").first().getAttribute("href");
  const answer = await firm.request.get(link);
  expect((await answer.body()).equals(PDF)).toBe(true);
});

test("a file that is taken back, and Enter in a field, do what they say @scripts", async ({ as }) => {
  const firm = await as(uploader("careful"));
  await fillIn(firm, "一条用回车提交的诉求");
  const file = (name) => ({ name, mimeType: "image/png", buffer: PNG });
  await firm.getByLabel("附件").setInputFiles([file("留下.png"), file("移除.png")]);
  await expect(firm.locator(".file-list")).toContainText("移除.png");
  await expect(firm.getByRole("button", { name: "提交" })).toBeEnabled();
  await firm.getByRole("button", { name: "移除 移除.png" }).click();
  await expect(firm.locator(".file-list")).not.toContainText("移除.png");
  await firm.getByLabel("标题").press("Enter");
  await expect(firm.getByText("点单成功")).toBeVisible();
  await expect(firm.locator(".request .file-links")).toContainText("留下.png");
  await expect(firm.locator(".request .file-links")).not.toContainText("移除.png");
});
