import { defineConfig } from "@playwright/test";
import { DEMOS, demo, own } from "./demo.ts";

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const withoutScripting = { javaScriptEnabled: false };

export default defineConfig({
    testDir: "tests",
    timeout: 30_000,
    forbidOnly: !!process.env.CI,
    // A demo's clock moves on for all that are tried on it: those of a worker go one after the other.
    workers: DEMOS,
    use: {
        baseURL: `http://${own.address}`,
        locale: "es-MX",
        timezoneId: "America/Mexico_City",
        trace: "retain-on-failure",
        launchOptions: {
            // The distribution's browser: nothing is downloaded.
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
        { name: "desktop", use: desktop },
        { name: "phone", use: phone },
        // Every page and form works without scripting; a test of what only scripting can do is tagged @scripting.
        { name: "desktop without scripting", use: { ...desktop, ...withoutScripting }, grepInvert: /@scripting/ },
        { name: "phone without scripting", use: { ...phone, ...withoutScripting }, grepInvert: /@scripting/ },
    ],
    webServer: Array.from({ length: DEMOS }, (_, worker) => demo(worker)).map(({ address, data }) => ({
        command: `../scripts/remove-data.sh ${data} && exec ../target/debug/ramal --data-dir ${data} serve --demo`,
        env: { RAMAL_LISTEN: address, RAMAL_LOG: "warn", DATABASE_URL: "" },
        url: `http://${address}/health`,
        timeout: 180_000,
        reuseExistingServer: false,
        gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
        stdout: "ignore",
        stderr: "pipe",
    })),
});
