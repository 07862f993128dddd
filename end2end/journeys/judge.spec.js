// The engine's calendar and deadlines, judged by a calendar of somebody else's:
// the package chinese-days knows every day from 2004 to 2026. Its data are read
// when the test runs; none of them is ours.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, expect } from "@playwright/test";
import chineseDays from "chinese-days";

const { isWorkday } = chineseDays;

const PROGRAM = "../target/release/server";
const FIRST = 2004;
const LAST = 2026;

function* days(from, until) {
  const day = new Date(Date.UTC(from, 0, 1));
  while (day.getUTCFullYear() <= until) {
    yield day.toISOString().slice(0, 10);
    day.setUTCDate(day.getUTCDate() + 1);
  }
}

/** The days of a year that do not go by their weekday, as a notice names them. */
function notice(year) {
  const rows = ["date,name,kind"];
  for (const day of days(year, year)) {
    const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
    const works = isWorkday(day);
    if (works === weekend) rows.push(`${day},${works ? "调休,work" : "假日,off"}`);
  }
  return rows.join("\n");
}

function next(day) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

/** Walks day by day: received at `time`, so many working days. */
function walked(day, time, amount) {
  let at = day;
  while (!isWorkday(at) || (at === day && time >= "17:00")) at = next(at);
  for (let left = amount; left > 0; ) {
    at = next(at);
    if (isWorkday(at)) left -= 1;
  }
  return `${at}T17:00:00+08:00`;
}

function due(asked, ...args) {
  const input = asked.map(([day, time, amount]) => `${day}T${time},days,${amount}`).join("\n");
  const answer = execFileSync(PROGRAM, ["due", "--stdin", ...args], { input, encoding: "utf8" });
  return answer.trim().split("\n");
}

function judge(asked, ...args) {
  const wrong = due(asked, ...args)
    .map((got, position) => [asked[position].join(" "), got, walked(...asked[position])])
    .filter(([, got, expected]) => got !== expected);
  expect(wrong).toEqual([]);
}

/** The same numbers at each run. */
function* numbers(seed) {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state;
  }
}

test("our own notices of 2025 and 2026 say what chinese-days says @scripts", () => {
  // A day is worked if what comes in its morning is received on it.
  const asked = [...days(2025, 2026)].slice(0, -20).map((day) => [day, "10:00", 1]);
  expect(asked.length).toBeGreaterThan(700);
  judge(asked);
});

/** An empty data directory, as the first serving makes it. */
async function make(data) {
  const program = spawn(PROGRAM, ["serve", "--data", data, "--addr", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "ignore"] });
  await once(program.stdout, "data");
  program.kill("SIGTERM");
  await once(program, "exit");
}

test("every day from 2004 to 2026 and 10,000 deadlines are right @scripts", async () => {
  const folder = mkdtempSync(join(tmpdir(), "zhitong-judge-"));
  try {
    const data = join(folder, "data");
    await make(data);
    execFileSync(PROGRAM, ["user", "add", "judge", "--role", "system_admin", "--display", "判"].concat(
      ["--phone", "0", "--data", data]), { input: "a password of tests" });
    for (let year = FIRST; year <= LAST; year += 1) {
      const file = join(folder, `${year}.csv`);
      writeFileSync(file, notice(year));
      execFileSync(PROGRAM, ["calendar", "import", file, "--whole", "--data", data], { stdio: "pipe" });
    }
    const every = [...days(FIRST, LAST)];
    expect(every.length).toBe(8401);
    judge(every.slice(0, -20).map((day) => [day, "10:00", 1]), "--data", data);
    const random = numbers(20261123);
    const one = (most) => random.next().value % most;
    const asked = Array.from({ length: 10_000 }, () => {
      const minute = one(24 * 60);
      const time = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
      // Far enough from the end of what the judge knows.
      return [every[one(every.length - 120)], time, 1 + one(60)];
    });
    judge(asked, "--data", data);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
