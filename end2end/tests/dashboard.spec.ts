import { signIn } from "./people.ts";
import { expect, test } from "./page.ts";
import { subscriber } from "./subscriber.ts";
import type { Locator, Page } from "@playwright/test";

/** What a figure or a bar counts: its value when that is a whole number, else the first one in what is said beneath it. */
async function counted(link: Locator): Promise<number> {
    const whole = (text: string) => Number(text.replaceAll(",", ""));
    const value = await link.locator(".stat-value, .bar-value").innerText();
    if (/^[\d,]+$/.test(value.trim())) return whole(value.trim());
    const note = await link.locator(".stat-note, .bar-note").innerText();
    return whole(note.match(/[\d,]+/)?.[0] ?? "");
}

/** How many rows the list on the page has, on all of its pages. */
async function rows(page: Page): Promise<number> {
    const pager = page.locator(".pager-count");
    if ((await pager.count()) > 0) return Number((await pager.innerText()).match(/[\d,]+$/)?.[0].replaceAll(",", ""));
    return page.locator("main table[aria-label] tbody tr").count();
}

/** The addresses of the figures and bars on the dashboard. */
async function addresses(page: Page): Promise<string[]> {
    const found = await page.locator("a.stat, a.bar").evaluateAll((links) =>
        links.map((link) => link.getAttribute("href") ?? ""),
    );
    return [...new Set(found)];
}

/** Chooses, again when the page was not alive yet and did not hear it. */
async function pick(page: Page, field: string, choice: string, address: RegExp, scripting: boolean) {
    await expect(async () => {
        await page.locator(field).selectOption(choice);
        if (!scripting) await page.locator(`form:has(${field}) button[type=submit]`).click();
        await expect(page).toHaveURL(address, { timeout: 3_000 });
    }).toPass({ timeout: 60_000 });
}

test("each figure and each bar opens exactly the list behind it", async ({ page, javaScriptEnabled }) => {
    test.skip(javaScriptEnabled !== false, "the server counts, whoever shows it: some hundred pages are read sooner without scripting");
    test.setTimeout(600_000);
    await signIn(page, "admin");
    for (const dashboard of ["/office", "/office?period=12_months"]) {
        await page.goto(dashboard);
        for (const address of await addresses(page)) {
            // The demo's network goes on meanwhile: what changed in between is read again.
            await expect(async () => {
                await page.goto(dashboard);
                const figure = await counted(page.locator(`a.stat[href="${address}"], a.bar[href="${address}"]`).first());
                const response = await page.goto(address);
                expect(response?.status(), address).toBe(200);
                expect(await rows(page), address).toBe(figure);
            }).toPass({ timeout: 60_000 });
        }
    }
});

test("days and sector are chosen in the address, and every list keeps the sector", async ({ page, javaScriptEnabled }) => {
    await signIn(page, "admin");
    const scripting = javaScriptEnabled !== false;
    await pick(page, "#pick-period", "12_months", /period=12_months/, scripting);
    await expect(page.locator("main")).toContainText("Lo que cambió cada mes");
    await pick(page, "#pick-sector", "Centro", /period=12_months.*sector=\d+|sector=\d+.*period=12_months/, scripting);
    const sector = new URL(page.url()).searchParams.get("sector");
    await expect(page.locator(`a.stat[href="/office/contracts?service=active&sector=${sector}"]`)).toBeVisible();
    await page.locator(`a.stat[href^="/office/invoices?standing=overdue"]`).click();
    await expect(page.locator("main")).toContainText("Solo un sector");
});

test("a figure says how it is defined when asked, and a chart has its table", async ({ page }) => {
    await signIn(page, "support");
    const definition = page.locator("details.stat-about", { hasText: "Ingreso mensual recurrente" }).first();
    await definition.locator("summary").click();
    await expect(definition).toContainText("un año tiene 365 días");
    const table = page.locator("details.chart-table").first();
    await table.locator("summary").click();
    await expect(table.locator("th", { hasText: "Ampliación" })).toBeVisible();
});

test("the page changes without reloading when somebody becomes a subscriber @scripting", async ({ page, context }, { project }) => {
    const user = `tablero-${project.name.replaceAll(" ", "-")}-${test.info().retry}`;
    await signIn(page, "admin");
    const watched = await context.newPage();
    const line = watched.waitForResponse((response) => response.url().endsWith("/office/live"));
    await watched.goto("/office");
    await line;
    const active = watched.locator(`a.stat[href="/office/contracts?service=active"]`);
    const before = await counted(active);
    await watched.evaluate(() => document.body.setAttribute("data-kept", "true"));
    await subscriber(page, `Tablero ${project.name} ${test.info().retry}`, user);
    await expect(async () => expect(await counted(active)).toBeGreaterThan(before)).toPass({ timeout: 60_000 });
    await expect(watched.locator("body[data-kept]")).toHaveCount(1);
    await watched.close();
});
