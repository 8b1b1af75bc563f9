import { AxeBuilder } from "@axe-core/playwright";
import { signIn, signOut } from "./people.ts";
import { expect, test } from "./page.ts";

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
    "/jobs/1",
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

/** Serious and critical violations of WCAG 2 A and AA. */
async function violations(page: import("@playwright/test").Page) {
    const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]).analyze();
    return found.violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

test("axe finds nothing serious on any screen, light and dark, and the console stays silent @scripting", async ({ page }, { project }) => {
    test.setTimeout(900_000);
    const complaints: string[] = [];
    // The colours do not depend on the size.
    const schemes = project.name === "phone" ? (["light"] as const) : (["light", "dark"] as const);
    const look = async (path: string) => {
        const response = await page.goto(path);
        if (response?.status() !== 200) complaints.push(`${path}: ${response?.status()}`);
        for (const colorScheme of schemes) {
            await page.emulateMedia({ colorScheme });
            complaints.push(...(await violations(page)).map((violation) => `${path} (${colorScheme}): ${violation}`));
        }
    };
    await look("/sign-in");
    await look("/forgot");
    await look("/invited");
    await signIn(page, "admin");
    for (const path of OFFICE) await look(`/office${path}`);
    await look("/account");
    await look("/second-factor");
    await signOut(page);
    await signIn(page, "customer");
    for (const path of PORTAL) await look(`/portal${path}`);
    expect(complaints).toEqual([]);
});

test("every screen is whole without scripting, in both languages", async ({ page, javaScriptEnabled }) => {
    test.skip(javaScriptEnabled !== false, "with scripting, axe looks at them");
    test.setTimeout(500_000);
    await signIn(page, "admin");
    for (const path of OFFICE) {
        const response = await page.goto(`/office${path}`);
        expect(response?.status(), path).toBe(200);
        await expect(page.locator("h1"), path).toBeVisible();
        const widest = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth).catch(() => 0);
        expect(widest, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
    }
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
