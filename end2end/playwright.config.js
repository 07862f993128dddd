import { defineConfig } from "@playwright/test";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// One demo city at a fixed moment, made anew for each run. The workers load this
// file too: they find the folder of the first in their environment.
if (!process.env.END2END_CITY) {
  const city = mkdtempSync(join(tmpdir(), "zhitong-end2end-"));
  writeFileSync(join(city, "clock"), "2026-11-23T09:30:00+08:00\n");
  process.env.END2END_CITY = city;
}
const city = process.env.END2END_CITY;
const port = process.env.END2END_PORT ?? "3107";
const providerPort = process.env.END2END_PROVIDER_PORT ?? "3108";
writeFileSync(
  join(city, "zhitong.toml"),
  `[oidc]
issuer = "http://127.0.0.1:${providerPort}"
client_id = "zhitong"
client_secret = "zhitong-secret"
redirect_uri = "http://127.0.0.1:${port}/oidc/callback"
`,
);
const here = import.meta.dirname ?? process.cwd();

export default defineConfig({
  testDir: "journeys",
  outputDir: "test-results",
  reporter: [["list"]],
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "with scripts", use: { javaScriptEnabled: true } },
    {
      name: "without scripts",
      use: { javaScriptEnabled: false },
      grepInvert: /@scripts/,
    },
  ],
  webServer: [
    {
      // Settings are read from the working directory.
      command: `${here}/../target/release/server serve --data ${city}/data --addr 127.0.0.1:${port} --demo --rehearsal --clock ${city}/clock`,
      cwd: city,
      url: `http://127.0.0.1:${port}/readyz`,
      stdout: "ignore",
      env: { ZHITONG_LOG: "warn" },
    },
    {
      // A real provider of identities, for the journey that signs in by one.
      command: `node ${here}/provider.mjs --port ${providerPort} --redirect http://127.0.0.1:${port}/oidc/callback`,
      url: `http://127.0.0.1:${providerPort}/.well-known/openid-configuration`,
      stdout: "ignore",
      stderr: "ignore",
    },
  ],
});
