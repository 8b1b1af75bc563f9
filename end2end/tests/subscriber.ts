import { expect, type Page } from "@playwright/test";
import { fill, idIn, submit } from "./people.ts";

interface Subscriber {
    customer: string;
    contract: string;
}

/** Whoever may do it all creates a customer with a signed and active contract, as the office does. */
export async function subscriber(page: Page, name: string, user: string): Promise<Subscriber> {
    const { customer, contract } = await signed(page, name, user);
    await page.goto(`/office/contracts/${contract}/activate`);
    await submit(page, "form[on]");
    await expect(page).toHaveURL(/done=/);
    await readAs(page, contract, "Habilitado");
    return { customer, contract };
}

/** The same up to the signature: somebody has to go and install it. */
export async function signed(page: Page, name: string, user: string, sector = "Centro"): Promise<Subscriber> {
    await page.goto("/office/customers/new");
    await fill(page, { "form[name]": name, "form[kind]": "person", "form[language]": "es", "form[phone]": "+52 55 1234 5678" });
    await submit(page, "form[name]");
    await expect(page).toHaveURL(/customers\/\d+/);
    const customer = idIn(page, "customers");

    await page.goto(`/office/customers/${customer}/addresses/new`);
    await fill(page, {
        "form[street]": "Av. Juárez 10",
        "form[city]": "Ciudad de México",
        "form[country]": "MX",
        "form[sector]": sector,
        "form[position]": "19.4326, -99.1332",
    });
    await submit(page, "form[street]");
    await expect(page).toHaveURL(/done=/);

    await page.goto(`/office/contracts/new?customer=${customer}`);
    await submit(page, "form[policy]");
    await expect(page).toHaveURL(/contracts\/\d+/);
    const contract = idIn(page, "contracts");
    await page.goto(`/office/contracts/${contract}/lines/new`);
    await fill(page, { "form[plan]": "Internet 100/50" });
    await submit(page, "form[plan]");
    await page.goto(`/office/contracts/${contract}/service`);
    await fill(page, { "form[router]": "MK-CENTRO", "form[access]": "pppoe", "form[pppoe_user]": user });
    await submit(page, "form[pppoe_user]");
    await expect(page).toHaveURL(/done=/);

    await page.goto(`/office/contracts/${contract}/sign`);
    await submit(page, "form[on]");
    await expect(page).toHaveURL(/done=/);
    return { customer, contract };
}

/** What the router was read to hold, as the contract's page says it, within the time that a router takes. */
export async function readAs(page: Page, contract: string, state: string | RegExp) {
    const shown = expect.poll(
        async () => {
            await page.goto(`/office/contracts/${contract}`);
            return page.locator("main").innerText();
        },
        { timeout: 60_000, intervals: [500, 1000, 2000] },
    );
    await (typeof state === "string" ? shown.toContain(state) : shown.toMatch(state));
}

/** The demo's clock moves on, for all tests. */
export async function moveOn(page: Page, days: number) {
    await page.goto("/office");
    await page.locator(`button[name=days][value="${days}"]`).click();
    await expect(page).toHaveURL(/moved=/, { timeout: 300_000 });
}

/** A night that would cut many stops and asks: somebody looks at whom, and lets it go on. */
export async function approveTheNight(page: Page) {
    await page.goto("/office");
    const link = page.locator("main a[href^='/office/runs/']").first();
    if ((await link.count()) === 0) return;
    await link.click();
    await expect(page.locator("main")).toContainText("No se cortó a nadie");
    await page.locator("button[commandfor=approve]").first().click();
    await page.locator("dialog[open] button[type=submit]").click();
    await expect(page).toHaveURL(/done=/, { timeout: 60_000 });
}

/** The demo's newest night, which is its today. */
export async function today(page: Page): Promise<Date> {
    await page.goto("/office/runs");
    const newest = await page.locator("main a[href^='/office/runs/2']").first().getAttribute("href");
    return new Date(`${newest?.slice(-10)}T12:00:00Z`);
}

export function inDays(from: Date, days: number): string {
    return new Date(from.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/** A document is a PDF that the browser gets whole. */
export async function isPdf(page: Page, href: string) {
    const answer = await page.request.get(href);
    expect(answer.status(), href).toBe(200);
    expect(answer.headers()["content-type"]).toContain("application/pdf");
    expect((await answer.body()).subarray(0, 5).toString()).toBe("%PDF-");
}
