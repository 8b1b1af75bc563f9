// What a customer's first visit costs, and how many pages a second the server gives: make bench-web. Prints one JSON object.
//
// The browser is a phone with a processor slowed four times, its cache empty; the server is a release on this machine, which
// the load generator (wrk) shares with it. Everything is on the loopback.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { CHROMIUM } from "./browser.mjs";

const run = promisify(execFile);
const RAMAL = process.env.BENCH_BINARY ?? "../target/release/ramal";
const ADDRESS = process.env.BENCH_ADDRESS ?? "127.0.0.1:3211";
const ORIGIN = `http://${ADDRESS}`;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 10);
const CONNECTIONS = 16;
const INVOICES = 12;
const SLOWED = 4;

/** The demo's customer gets exactly so many invoices. */
const TWELVE_INVOICES = `
    update users set customer_id = (
        select c.id from customers c left join invoices i on i.customer_id = c.id
        group by c.id having count(i.id) <= ${INVOICES} order by count(i.id) desc, c.id limit 1)
    where email = 'customer@demo.example';
    insert into invoices (kind, state, number, customer_id, currency, issued_on, due_on, untaxed, tax, total, created_at)
    select 'invoice', 'issued', 'BENCH-' || n, u.customer_id, 'USD', '2026-11-01', '2026-11-16', 10, 0, 10, '2026-11-01'
    from users u, generate_series(1, ${INVOICES} - (
        select count(*)::int from invoices i join users x on x.customer_id = i.customer_id
        where x.email = 'customer@demo.example')) n
    where u.email = 'customer@demo.example';`;

async function started(data) {
    const env = { ...process.env, RAMAL_LISTEN: ADDRESS, RAMAL_LOG: "error" };
    delete env.DATABASE_URL;
    const server = spawn(RAMAL, ["--data-dir", data, "serve", "--demo"], { env, stdio: ["ignore", "ignore", "inherit"] });
    for (let waited = 0; waited < 300; waited += 1) {
        if (server.exitCode !== null) throw new Error("the server ended");
        const health = await fetch(`${ORIGIN}/health`).catch(() => null);
        if (health?.ok) return server;
        await sleep(1000);
    }
    throw new Error("the server does not answer");
}

async function signIn() {
    const answer = await fetch(`${ORIGIN}/do/app/public/api/sign_in`, {
        method: "POST",
        redirect: "manual",
        headers: { Origin: ORIGIN, Accept: "text/html", "Content-Type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ email: "customer@demo.example", password: "ramal-demo-2026" }),
    });
    const cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0]).find((pair) => pair.startsWith("ramal_session="));
    if (!cookie) throw new Error(`not signed in: ${answer.status}`);
    return cookie;
}

/** What is transferred, and when the page answers to a finger: the end of the last task of 50 ms or more. */
async function firstVisit(cookie) {
    const browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
    const [name, value] = cookie.split("=");
    await context.addCookies([{ name, value, url: ORIGIN }]);
    const page = await context.newPage();
    await page.addInitScript(() => {
        window.longTasks = [];
        new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((task) => task.startTime + task.duration)))
            .observe({ type: "longtask", buffered: true });
    });
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
    const files = new Map();
    devtools.on("Network.responseReceived", ({ requestId, type, response }) => files.set(requestId, { type, url: response.url, bytes: 0 }));
    devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
        const file = files.get(requestId);
        if (file) file.bytes = encodedDataLength;
    });
    await page.goto(`${ORIGIN}/portal`, { waitUntil: "networkidle" });
    await sleep(2000);
    const times = await page.evaluate(() => {
        const [navigation] = performance.getEntriesByType("navigation");
        const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
        return { paint, ready: Math.max(paint, navigation.domInteractive, ...window.longTasks) };
    });
    // What the next page fetches is not the first visit's.
    const counted = [...files.values()].filter(({ url }) => /\.(js|wasm|css)(\?|$)/.test(url));
    // It is alive: a link is followed without loading another document.
    await page.evaluate(() => { window.sameDocument = true; });
    await page.locator("a[href='/portal/invoices']").first().click();
    await page.waitForURL("**/portal/invoices");
    if (!(await page.evaluate(() => window.sameDocument === true))) throw new Error("the page was never hydrated");
    await browser.close();
    const kb = (bytes) => Math.round(bytes / 102.4) / 10;
    const ofKind = (ending) => kb(counted.filter(({ url }) => new RegExp(`\\.${ending}(\\?|$)`).test(url)).reduce((sum, { bytes }) => sum + bytes, 0));
    return {
        transfer_kb: kb(counted.reduce((sum, { bytes }) => sum + bytes, 0)),
        wasm_kb: ofKind("wasm"),
        js_kb: ofKind("js"),
        css_kb: ofKind("css"),
        files: counted.map(({ url, bytes }) => ({ file: new URL(url).pathname, kb: kb(bytes) })),
        first_paint_ms: Math.round(times.paint),
        interactive_ms: Math.round(times.ready),
        wanted: { transfer_kb: 300, interactive_ms: 2000 },
    };
}

function milliseconds(text) {
    const [, number, unit] = text.match(/([\d.]+)(us|ms|s)/);
    return Number(number) * { us: 0.001, ms: 1, s: 1000 }[unit];
}

async function load(cookie) {
    const page = await fetch(`${ORIGIN}/portal/invoices`, { headers: { Cookie: cookie } });
    const html = await page.text();
    const rows = new Set([...html.matchAll(/\/portal\/invoices\/(\d+)/g)].map(([, id]) => id)).size;
    if (!page.ok || rows !== INVOICES) throw new Error(`the list has ${rows} invoices, status ${page.status}`);
    const wrk = (seconds) =>
        run("wrk", ["-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, "--latency", "-H", `Cookie: ${cookie}`, `${ORIGIN}/portal/invoices`]);
    await wrk(2);
    const { stdout } = await wrk(SECONDS);
    if (/Non-2xx/.test(stdout)) throw new Error(stdout);
    return {
        invoices: rows,
        connections: CONNECTIONS,
        requests_per_second: Math.round(Number(stdout.match(/Requests\/sec:\s+([\d.]+)/)[1])),
        p50_ms: milliseconds(stdout.match(/50%\s+(\S+)/)[1]),
        p99_ms: milliseconds(stdout.match(/99%\s+(\S+)/)[1]),
        wanted: { requests_per_second: 2000 },
    };
}

const data = await mkdtemp(join(tmpdir(), "ramal-bench-"));
const server = await started(data);
try {
    await run(RAMAL, ["--data-dir", data, "database", "psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--command", TWELVE_INVOICES]);
    const cookie = await signIn();
    const visit = await firstVisit(cookie);
    const requests = await load(cookie);
    process.stdout.write(`${JSON.stringify({ first_visit: visit, invoice_list: requests })}\n`);
} finally {
    server.kill("SIGTERM");
    await new Promise((resolve) => server.once("exit", resolve));
    await rm(data, { recursive: true, force: true });
}
