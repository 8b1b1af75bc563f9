import { officeOf, signIn, submit } from "./people.ts";
import { expect, test } from "./page.ts";
import { approveTheNight, moveOn } from "./subscriber.ts";
import type { Page } from "@playwright/test";

/** The address of a customer's first contract. */
async function contractOf(office: Page, reference: string): Promise<string> {
    await office.goto(`/office/customers?q=${reference}`);
    await office.locator("main table a[href^='/office/customers/']").first().click();
    await expect(office).toHaveURL(/customers\/\d+/);
    const own = office.locator("main a[href^='/office/contracts/']");
    await own.first().waitFor();
    const links = await own.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    const contract = links.find((href) => /contracts\/\d+$/.test(href));
    if (!contract) throw new Error(`${reference} has no contract`);
    return contract;
}

/** Lives days until the contract is cut for its debt; a night that stops to ask is let go on. */
async function untilCut(office: Page, contract: string) {
    for (let months = 0; months < 8; months += 1) {
        await office.goto(contract);
        if ((await office.locator("main").innerText()).includes("Suspendido desde el")) return;
        await moveOn(office, 15);
        await approveTheNight(office);
    }
    throw new Error(`${contract} is never cut`);
}

/** From our page to the gateway's: by itself where scripts run. */
async function toTheGateway(page: Page, scripting: boolean) {
    if (!scripting) await page.getByRole("link", { name: "Ir a la página de pago" }).click();
    await page.waitForURL(/\/pay\/cs_/);
    await expect(page.locator("body")).toContainText("no se mueve dinero");
}

test("a customer who is cut off pays by card, first with one that is declined, and is back", async ({ page, browser, javaScriptEnabled }) => {
    test.setTimeout(600_000);
    const office = await officeOf(browser);
    const contract = await contractOf(office, "CLI00001");
    await untilCut(office, contract);

    await signIn(page, "customer");
    await expect(page.locator("main")).toContainText("Pague lo atrasado");
    await page.locator("main a[href='/portal/pay']").first().click();
    await expect(page.locator("main")).toContainText("Demostración");
    await submit(page, "pay[idempotency_key]");
    await expect(page).toHaveURL(/checkouts\/\d+|\/pay\/cs_/);
    await toTheGateway(page, javaScriptEnabled !== false);

    await page.getByRole("button", { name: "0341" }).click();
    await expect(page.locator("[role=alert]")).toBeVisible();
    await page.getByRole("button", { name: "4242" }).click();
    await page.waitForURL(/portal\/checkouts\/\d+/);
    const paid = async () => {
        if (javaScriptEnabled === false) await page.reload();
        return page.locator("main").innerText();
    };
    await expect.poll(paid, { timeout: 60_000 }).toContain("Pagado:");
    await expect(page.locator("main a[href^='/documents/receipts/']")).toBeVisible();

    // Not a night later: at once, as far as the router.
    const service = async () => {
        await office.goto(contract);
        return office.locator("main").innerText();
    };
    await expect.poll(service, { timeout: 60_000 }).toMatch(/leído «Habilitado»[\s\S]*leído «Suspendido»/);
    await page.goto("/portal");
    await expect(page.locator("main")).not.toContainText("Pague lo atrasado");
    await office.context().close();
});

test("a card is saved with consent, and the consent is withdrawn", async ({ page, javaScriptEnabled }) => {
    await signIn(page, "customer");
    await page.goto("/portal/cards");
    await submit(page, "idempotency_key");
    await expect(page).toHaveURL(/checkouts\/\d+|\/pay\/cs_/);
    await toTheGateway(page, javaScriptEnabled !== false);
    await page.getByRole("button", { name: "4242" }).click();
    await page.waitForURL(/portal\/checkouts\/\d+/);
    await expect
        .poll(async () => {
            await page.goto("/portal/cards");
            return page.locator("main").innerText();
        }, { timeout: 60_000 })
        .toContain("Pago automático");
    await page.locator("button[commandfor=stop]").first().click();
    await page.locator("dialog[open] button[type=submit]").click();
    await expect(page).toHaveURL(/done=saved/);
    await expect(page.locator("main")).toContainText("Pagar automáticamente");
});
