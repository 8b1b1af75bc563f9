import { fill, idIn, signIn, submit } from "./people.ts";
import { expect, test } from "./page.ts";
import type { Page } from "@playwright/test";

/** What the router was read to hold, as the contract's page says it, within the time that a router takes. */
async function readAs(page: Page, contract: string, state: string) {
    await expect
        .poll(
            async () => {
                await page.goto(`/office/contracts/${contract}`);
                return page.locator("main").innerText();
            },
            { timeout: 60_000, intervals: [500, 1000, 2000] },
        )
        .toContain(state);
}

async function moveOn(page: Page, days: number) {
    await page.goto("/office");
    await page.locator(`button[name=days][value="${days}"]`).click();
    await expect(page).toHaveURL(/moved=/, { timeout: 120_000 });
}

/** Nobody is cut on Fridays and weekends: moves on to the next day on which somebody is. */
async function moveOnToDayOfCuts(page: Page) {
    await page.goto("/office/runs");
    const newest = await page.locator("main a[href^='/office/runs/2']").first().getAttribute("href");
    const weekday = new Date(`${newest?.slice(-10)}T12:00:00Z`).getUTCDay();
    for (let left = { 5: 3, 6: 2, 0: 1 }[weekday] ?? 0; left > 0; left--) await moveOn(page, 1);
}

/** A night that would cut many stops and asks: somebody looks at whom, and lets it go on. */
async function approveTheNight(page: Page) {
    await page.goto("/office");
    const link = page.locator("main a[href^='/office/runs/']").first();
    if ((await link.count()) === 0) return;
    await link.click();
    await expect(page.locator("main")).toContainText("No se cortó a nadie");
    await page.locator("button[commandfor=approve]").first().click();
    await page.locator("dialog[open] button[type=submit]").click();
    await expect(page).toHaveURL(/done=/, { timeout: 60_000 });
}

test("a subscriber is created, signed, activated, invoiced, runs late, is cut off, pays, and is back", async ({
    page,
}, { project }) => {
    test.setTimeout(300_000);
    const name = `Prueba ${project.name} ${test.info().retry}`;
    const user = `life-${project.name.replaceAll(" ", "-")}-${test.info().retry}`;
    await signIn(page, "admin");

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
        "form[sector]": "Centro",
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
    await page.goto(`/office/contracts/${contract}/activate`);
    await submit(page, "form[on]");
    await expect(page).toHaveURL(/done=/);
    await readAs(page, contract, "Habilitado");
    await expect(page.locator("main")).toContainText(/F-2026-\d{6}|F-2027-\d{6}/);

    // Due after 15 days, cut 10 days later.
    await moveOn(page, 15);
    await moveOn(page, 15);
    await moveOnToDayOfCuts(page);
    await approveTheNight(page);
    await readAs(page, contract, "Suspendido desde el");
    await expect(page.locator("main")).toContainText(/la F-\d{4}-\d{6} llevaba \d+ días de atraso|facturas atrasadas/);
    await expect
        .poll(async () => {
            await page.goto(`/office/contracts/${contract}`);
            return page.locator("main").innerText();
        }, { timeout: 60_000 })
        .toMatch(/MK-CENTRO: leído «Suspendido»/);

    await page.goto(`/office/payments/new?customer=${customer}`);
    await fill(page, { "payment[method]": "cash" });
    await submit(page, "payment[method]");
    await expect(page).toHaveURL(/payments\/\d+/);
    await expect
        .poll(async () => {
            await page.goto(`/office/contracts/${contract}`);
            return page.locator("main").innerText();
        }, { timeout: 60_000 })
        .toMatch(/MK-CENTRO: leído «Habilitado»[\s\S]*MK-CENTRO: leído «Suspendido»/);
    await expect(page.locator("main")).toContainText("No debe nada");
});
