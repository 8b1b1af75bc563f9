import { AxeBuilder } from "@axe-core/playwright";
import { EVERY } from "../demo.ts";
import { signIn, signOut } from "./people.ts";
import { expect, test } from "./page.ts";
import type { Page } from "@playwright/test";

const OFFICE = [
    "",
    "?period=12_months",
    "/customers",
    "/customers/new",
    "/customers/1",
    "/customers/1/access",
    "/contracts",
    "/contracts?event=moved&from=2026-01-01&to=2026-12-31",
    "/contracts/1",
    "/contracts/1/suspend",
    "/contracts/1/change",
    "/contracts/1/change/plan",
    "/contracts/1/change/quantity",
    "/contracts/1/change/pause",
    "/contracts/1/change/move",
    "/contracts/1/change/holder",
    "/contracts/1/change/lease",
    "/contracts/1/close",
    "/changes",
    "/leases",
    "/invoices",
    "/invoices/1",
    "/payments",
    "/payments/1",
    "/payments/new?customer=1",
    "/accounts/close",
    "/reports",
    "/reports/new",
    "/reports/1/edit",
    "/bulk/contracts?action=sector&row-1=on",
    "/bulk/contracts?action=sector&row-1=on&target=1",
    "/bulk/contracts?action=message&row-1=on",
    "/bulk/invoices?action=send&row-1=on",
    "/gateway",
    "/gateway/payments",
    "/gateway/events",
    "/gateway/disputes",
    "/gateway/report",
    "/plans",
    "/plans/1",
    "/billing",
    "/billing/taxes/1",
    "/billing/taxes/new",
    "/policies",
    "/collections",
    "/promises",
    "/equipment",
    "/stock",
    "/stock?standing=comes_back",
    "/stock/1",
    "/stock/move",
    "/stock/receive",
    "/stock/receipts/1",
    "/stock/models",
    "/stock/models?edit=1",
    "/stock/places",
    "/stock/places?edit=1",
    "/outages",
    "/outages/new",
    "/tickets",
    "/tickets/new?customer=1",
    "/tickets/settings",
    "/tickets/categories/1",
    "/runs",
    "/runs/next",
    "/contracts/1/promise",
    "/sectors",
    "/plant",
    "/plant/settings",
    "/plant/olts/new",
    "/plant/olts/1",
    "/plant/pons/1",
    "/plant/naps",
    "/plant/naps?fill=full",
    "/plant/naps/new",
    "/plant/naps/1",
    "/plant/naps/1/edit",
    "/plant/imports",
    "/plant/imports/1",
    "/feasibility",
    "/feasibility?at=C00001",
    "/map",
    "/map?colour=technical&layer=customers",
    "/work",
    "/work/list",
    "/work/new?customer=1",
    "/work/settings",
    "/work/1",
    "/../field",
    "/../field/orders/1",
    "/routers",
    "/routers/1",
    "/routers/1/leases",
    "/macs",
    "/onboarding",
    "/hotspots",
    "/hotspots/1",
    "/hotspots/1/edit",
    "/hotspots/1/users/new",
    "/hotspots/profiles",
    "/hotspots/profiles/1",
    "/vouchers",
    "/vouchers/batches",
    "/vouchers/batches/1",
    "/vouchers/batches/new",
    "/routers/1/commands",
    "/routers/1/adopt",
    "/scans",
    "/scans/settings",
    "/contracts/1/commands",
    "/jobs",
    "/search?q=valencia",
    "/settings",
    "/settings/access",
    "/settings/process",
    "/users",
    "/users/1",
    "/users/permits",
    "/audit",
];
const PORTAL = [
    "", "/invoices", "/payments", "/pay", "/cards", "/history", "/contracts/1/plan", "/statement", "/faults", "/faults/new",
    "/more", "/documents", "/notices", "/profile", "/people",
];

/** Every screen, as whoever it is for. */
async function everyScreen(page: Page, look: (path: string) => Promise<void>) {
    for (const path of ["/sign-in", "/forgot", "/invited"]) await look(path);
    await signIn(page, "admin");
    for (const path of OFFICE) await look(`/office${path}`);
    // The first jobs are thrown away as the demo's clock moves on.
    await page.goto("/office/jobs");
    await look((await page.locator("main a[href^='/office/jobs/']").first().getAttribute("href")) ?? "no job");
    for (const path of ["/account", "/second-factor"]) await look(path);
    await signOut(page);
    await signIn(page, "technician");
    await look("/field");
    await signOut(page);
    await signIn(page, "customer");
    for (const path of PORTAL) await look(`/portal${path}`);
}

/** What is wrong with a screen whatever it shows: its answer, its heading, its width. */
async function notWhole(page: Page, path: string): Promise<string[]> {
    const response = await page.goto(path);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    return [
        response?.status() !== 200 && `${path} answers ${response?.status()}`,
        !(await page.locator("h1").first().isVisible()) && `${path} has no heading`,
        wider > 0 && `${path} is ${wider} px wider than the screen`,
    ].filter((complaint) => typeof complaint === "string");
}

/** The rules of WCAG 2 A and AA that look at colours, which is all that the dark has of its own. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/** Serious and critical violations of WCAG 2 A and AA. */
async function violations(page: Page, colorScheme: "light" | "dark") {
    const axe = new AxeBuilder({ page });
    const rules = colorScheme === "light" ? axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]) : axe.withRules(OF_COLOURS);
    const found = await rules.analyze();
    return found.violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

test("axe finds nothing serious on any screen, light and dark, and the console stays silent @scripting", async ({ page }, { project }) => {
    test.setTimeout(1_500_000);
    const complaints: string[] = [];
    // The colours do not depend on the size, and hardly anything else that axe looks at: it does so once for `make test`, and
    // on a phone that only sees whether the screens are whole.
    const desktop = EVERY ? (["light", "dark"] as const) : (["light"] as const);
    const phone = EVERY ? (["light"] as const) : ([] as const);
    const schemes = project.name === "phone" ? phone : desktop;
    await everyScreen(page, async (path) => {
        complaints.push(...(await notWhole(page, path)));
        for (const colorScheme of schemes) {
            await page.emulateMedia({ colorScheme });
            complaints.push(...(await violations(page, colorScheme)).map((violation) => `${path} (${colorScheme}): ${violation}`));
        }
    });
    expect(complaints).toEqual([]);
});

test("every screen is whole without scripting", async ({ page, javaScriptEnabled }) => {
    test.skip(javaScriptEnabled !== false, "with scripting, axe looks at them");
    test.setTimeout(500_000);
    const complaints: string[] = [];
    await everyScreen(page, async (path) => {
        complaints.push(...(await notWhole(page, path)));
    });
    expect(complaints).toEqual([]);
});

test("what is not there is said, also by the window's title", async ({ page }) => {
    await signIn(page, "admin");
    // Chromium's console complains by itself about an answer of 404: asked for beside the page.
    const answer = await page.request.get("/office/jobs/999999999");
    expect(answer.status()).toBe(404);
    expect(await answer.text()).toContain("<title>No se pudo mostrar · Ramal</title>");
});

test("a customer sees what is owed and nothing of anybody else", async ({ page }) => {
    await signIn(page, "customer");
    await expect(page.locator("h1")).toContainText("Hola, Esther Valencia Rivero");
    await page.goto("/portal/invoices");
    const first = page.locator("main a[href^='/portal/invoices/']").first();
    await first.click();
    await expect(page.locator("h1")).toContainText(/INV|F-/);
    const response = await page.goto("/office/customers");
    expect(response?.url()).not.toContain("/office/customers");
});

test("what a page asks for stands in it once, for the browser to go on with @scripting", async ({ page }) => {
    await signIn(page, "admin");
    const sent = new Set<string>();
    for (let time = 0; time < 20; time++) {
        const html = await (await page.request.get("/office/contracts/1")).text();
        expect(html).not.toContain('\\"Err\\"');
        sent.add([...html.matchAll(/__RESOLVED_RESOURCES\[(\d+)\]/g)].map(([, id]) => id).join());
    }
    expect([...sent]).toHaveLength(1);
});
