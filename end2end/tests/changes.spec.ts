import { fill, idIn, signIn, signOut, submit } from "./people.ts";
import { expect, test } from "./page.ts";
import { inDays, isPdf, moveOn, readAs, subscriber, today } from "./subscriber.ts";
import type { Page } from "@playwright/test";

async function openPlan(page: Page) {
    await page.goto("/portal");
    await page.getByRole("link", { name: "Cambiar mi plan" }).first().click();
    await expect(page.locator("h1")).toContainText("Cambiar mi plan");
}

/** The dialog's own form: a button of the page opens it. */
async function confirm(page: Page, opener: string) {
    await page.getByRole("button", { name: opener }).first().click();
    await page.locator("dialog[open] button[type=submit]").click();
}

async function openNewest(page: Page, contract: string, kind: "invoice" | "credit_note") {
    await page.goto(`/office/invoices?contract=${contract}&kind=${kind}`);
    const links = await page.locator("tbody a[href^='/office/invoices/']").evaluateAll((all) =>
        all.map((link) => Number((link as HTMLAnchorElement).pathname.split("/").at(-1))),
    );
    expect(links.length).toBeGreaterThan(0);
    await page.goto(`/office/invoices/${Math.max(...links)}`);
}

test("a customer asks for another plan knowing what it costs, is refused with a reason, and reads it", async ({ page }, { project }) => {
    const reason = `No hay puerto libre (${project.name} ${test.info().retry})`;
    await signIn(page, "customer");
    await openPlan(page);
    await expect(page.locator("table")).toContainText(/desde el/);
    await expect(page.locator("table")).toContainText(/se cobran|se devuelven|nada por ahora/);
    await fill(page, { "form[plan]": "Internet 200/100", "form[timing]": "next_period" });
    await submit(page, "form[plan]");
    await expect(page).toHaveURL(/done=sent/);
    await expect(page.locator("main")).toContainText("Espera una decisión");
    await signOut(page);

    await signIn(page, "billing");
    await page.goto("/office/changes?state=requested&q=Esther");
    await expect(page.locator("tbody tr")).toHaveCount(1);
    await expect(page.locator("tbody tr")).toContainText("Internet 200/100");
    await page.getByRole("button", { name: "Rechazar" }).first().click();
    await page.locator("dialog[open] [name=reason]").fill(reason);
    await page.locator("dialog[open] button[type=submit]").click();
    await expect(page).toHaveURL(/contracts\/\d+\?done=/);
    await expect(page.locator("main")).toContainText(reason);
    await signOut(page);

    await signIn(page, "customer");
    await openPlan(page);
    await expect(page.locator("main")).toContainText("Rechazado");
    await expect(page.locator("main")).toContainText(reason);
    await expect(page.locator("[name='form[plan]']")).toBeVisible();
});

test("what support asks for is applied when billing approves, and the documents say each day once", async ({ page }, { project }) => {
    const name = `Cambio ${project.name} ${test.info().retry}`;
    await signIn(page, "admin");
    const { contract } = await subscriber(page, name, `plan-${project.name.replaceAll(" ", "-")}-${test.info().retry}`);
    await signOut(page);

    await signIn(page, "support");
    await page.goto(`/office/contracts/${contract}`);
    await page.getByRole("link", { name: "Cambiar", exact: true }).click();
    await page.getByRole("link", { name: "Cambiar el plan" }).click();
    await fill(page, { "form[plan]": "Internet 200/100", "form[timing]": "now" });
    await submit(page, "form[plan]");
    await expect(page).toHaveURL(new RegExp(`contracts/${contract}\\?done=`));
    await expect(page.locator("main")).toContainText("Espera una decisión");
    await signOut(page);

    await signIn(page, "billing");
    await page.goto("/office/changes?state=requested");
    const entry = page.locator("tbody tr").filter({ hasText: name });
    await expect(entry).toContainText("Internet 100/50 Mbps → Internet 200/100 Mbps");
    await entry.getByRole("button", { name: "Aprobar" }).click();
    await expect(page).toHaveURL(new RegExp(`contracts/${contract}\\?done=`));
    await expect(page.locator("main")).toContainText("Aplicado el");
    await expect(page.locator("main")).toContainText("Nota de crédito NC-");
    await openNewest(page, contract, "credit_note");
    await expect(page.locator("main")).toContainText("Cambio de plan");
    await isPdf(page, `/documents/invoices/${idIn(page, "invoices")}.pdf`);
});

test("leased equipment becomes the customer's by itself, and the contract goes on with the service alone", async ({ page }, { project }) => {
    test.setTimeout(600_000);
    const user = `lease-${project.name.replaceAll(" ", "-")}-${test.info().retry}`;
    const serial = `${project.name} ${test.info().retry}`;
    await signIn(page, "admin");
    const { contract } = await subscriber(page, `Arriendo ${serial}`, user);
    const end = inDays(await today(page), 10);
    await page.goto(`/office/contracts/${contract}/change/lease`);
    await fill(page, {
        "form[equipment]": "ONU HG8245",
        "form[serial]": serial,
        "form[value]": "73",
        "form[commitment_end]": end,
        "form[plan_after]": "Internet 50/25",
    });
    await submit(page, "form[equipment]");
    await expect(page).toHaveURL(/done=created/);
    await expect(page.locator("main")).toContainText("De la empresa");
    await page.goto("/office/leases");
    await expect(page.locator("tbody tr").filter({ hasText: serial })).toContainText("De la empresa");

    await moveOn(page, 15);
    await readAs(page, contract, "Del cliente desde el");
    await expect(page.locator("main")).toContainText("ONU HG8245: es suyo el");
    await expect(page.locator("main")).toContainText("Internet 50/25 Mbps");
    await isPdf(page, `/documents/contracts/${contract}.pdf`);
});

test("leased equipment is bought out: the rest is charged once", async ({ page }, { project }) => {
    const user = `buy-${project.name.replaceAll(" ", "-")}-${test.info().retry}`;
    await signIn(page, "admin");
    const { contract } = await subscriber(page, `Compra ${project.name} ${test.info().retry}`, user);
    const end = inDays(await today(page), 365);
    await page.goto(`/office/contracts/${contract}/change/lease`);
    const lease = { "form[equipment]": "Router AX3", "form[value]": "73", "form[commitment_end]": end };
    await fill(page, { ...lease, "form[plan_after]": "Internet 50/25" });
    await submit(page, "form[equipment]");
    await expect(page).toHaveURL(/done=created/);
    await confirm(page, "Comprarlo ya");
    await expect(page.locator("main")).toContainText("Comprado el");
    // 73.00 and its tax of 16 %, beside the days of the service alone.
    await openNewest(page, contract, "invoice");
    await expect(page.locator("main")).toContainText("Router AX3");
    await expect(page.locator("main")).toContainText("84.68");
    await isPdf(page, `/documents/invoices/${idIn(page, "invoices")}.pdf`);
});

test("a closed contract is revived by a quote: paying it switches the service on at once", async ({ page }, { project }) => {
    test.setTimeout(600_000);
    const user = `back-${project.name.replaceAll(" ", "-")}-${test.info().retry}`;
    await signIn(page, "admin");
    const { contract } = await subscriber(page, `Vuelve ${project.name} ${test.info().retry}`, user);
    await page.goto(`/office/contracts/${contract}/close`);
    await fill(page, { "form[reason]": "Se muda" });
    await submit(page, "form[reason]");
    await expect(page).toHaveURL(/done=/);
    await page.goto(`/office/contracts/${contract}`);
    await page.getByRole("button", { name: "Reconectar" }).click();
    await expect(page).toHaveURL(/quotes\/\d+/);
    const quote = idIn(page, "quotes");
    await isPdf(page, `/documents/quotes/${quote}.pdf`);
    await page.goto(`/office/quotes/${quote}/pay`);
    await submit(page, "payment[amount]");
    await expect(page).toHaveURL(new RegExp(`quotes/${quote}`));
    await readAs(page, contract, /Reconectado por el presupuesto[\s\S]*|MK-CENTRO: leído «Habilitado»/);
    await readAs(page, contract, "Habilitado");
    await expect(page.locator("main")).toContainText("Reconectado por el presupuesto");
});

test("a statement adds up from its opening to its closing, for staff and for the customer", async ({ page }) => {
    await signIn(page, "customer");
    await page.goto("/portal/statement?from=2026-06-01");
    await adds(page);
    const pdf = await page.locator("main a[href*='.pdf']").first().getAttribute("href");
    await isPdf(page, pdf ?? "");
    await signOut(page);

    await signIn(page, "billing");
    await page.goto("/office/customers/1/statement?from=2026-06-01");
    await adds(page);
});

/** The opening balance, what was charged, less what was credited, is the closing balance. */
async function adds(page: Page) {
    await expect(page.locator("h1")).toContainText("Estado de cuenta");
    const amounts = await page.locator(".document-totals dd").allInnerTexts();
    const cents = amounts.map((text) => {
        const digits = Number(text.replace(/[^\d]/g, ""));
        return /[-−]/.test(text) ? -digits : digits;
    });
    // The opening balance stands alone, the three others together.
    const [opening, charged, credited, closing] = cents;
    expect(opening + charged - Math.abs(credited)).toBe(closing);
    expect(await page.locator("tbody tr").count()).toBeGreaterThan(2);
}
