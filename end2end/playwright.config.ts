import { defineConfig } from "@playwright/test";
import { CHROMIUM } from "./browser.mjs";
import { ADDRESS, DATA, EVERY } from "./demo.ts";

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const withoutScripting = { javaScriptEnabled: false };

export default defineConfig({
    testDir: "tests",
    // Generous: a journey is some twenty pages, and where the machine has other work one may take ten seconds.
    timeout: 180_000,
    expect: { timeout: 20_000 },
    forbidOnly: !!process.env.CI,
    // One demo serves all tests, and its clock moves on for all of them: one after the other.
    workers: 1,
    use: {
        baseURL: `http://${ADDRESS}`,
        locale: "es-MX",
        timezoneId: "America/Mexico_City",
        trace: "retain-on-failure",
        launchOptions: {
            executablePath: CHROMIUM,
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
        // Every screen, and what people do on a phone.
        {
            name: "phone",
            use: phone,
            testMatch: EVERY
                ? /(cards|field|hotspot|life|portal|preferences|screens|smoke|tickets)\.spec/
                : /(field|portal|screens|smoke)\.spec/,
        },
        // Every page and form works without scripting; a test of what only scripting can do is tagged @scripting.
        {
            name: "desktop without scripting",
            use: { ...desktop, ...withoutScripting },
            testMatch: EVERY ? /\.spec/ : /(bank|life|screens)\.spec/,
            grepInvert: /@scripting/,
        },
        // What forms do without scripting does not depend on the size.
        {
            name: "phone without scripting",
            use: { ...phone, ...withoutScripting },
            testMatch: EVERY ? /(life|preferences|screens|smoke)\.spec/ : /smoke\.spec/,
            grepInvert: /@scripting/,
        },
    ],
    webServer: {
        command: `../scripts/remove-data.sh ${DATA} && exec ../target/debug/ramal --data-dir ${DATA} serve --demo`,
        env: { RAMAL_LISTEN: ADDRESS, RAMAL_LOG: "warn", DATABASE_URL: "" },
        url: `http://${ADDRESS}/health`,
        timeout: 300_000,
        reuseExistingServer: false,
        gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
        stdout: "ignore",
        stderr: "pipe",
    },
});
