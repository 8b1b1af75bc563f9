import { codeFor, comeIn, fill, idIn, officeOf, signIn, signOut, submit } from "./people.ts";
import { expect, test } from "./page.ts";
import { approveTheNight, moveOn } from "./subscriber.ts";
import type { Page } from "@playwright/test";

/** The smallest picture there is. */
const PHOTO = {
    name: "modem rojo.png",
    mimeType: "image/png",
    buffer: Buffer.from(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
        "base64",
    ),
};

test("a customer reports a fault with a photo, staff answer and resolve it, and it is rated once", async ({ page }) => {
    await signIn(page, "customer");
    await page.goto("/portal/faults/new");
    // Something is missing: what was typed and the photo stay.
    await fill(page, { "fault[category]": "No tengo internet" });
    await page.locator("input[type=file]").setInputFiles(PHOTO);
    await submit(page, "fault[body]");
    await expect(page.locator("main")).toContainText("Ya adjunto: modem rojo.png");
    await fill(page, { "fault[body]": "La luz del módem está roja" });
    await submit(page, "fault[body]");
    await expect(page).toHaveURL(/portal\/faults\/\d+\?done=sent/);
    const ticket = idIn(page, "faults");
    await expect(page.locator("main")).toContainText("Recibido");
    const photo = page.locator(".files img");
    await expect(photo).toBeVisible();
    const answer = await page.request.get((await photo.getAttribute("src")) ?? "");
    expect(answer.headers()["content-type"]).toBe("image/png");
    await signOut(page);

    await signIn(page, "support");
    await page.goto("/office/tickets?is=open");
    await expect(page.locator("main")).toContainText("No tengo internet");
    await page.goto(`/office/tickets/${ticket}`);
    await expect(page.locator("main")).toContainText("Responda antes del");
    await fill(page, { "message[body]": "cliente moroso" });
    await page.locator('[name="message[internal]"]').check();
    await submit(page, "message[body]");
    await expect(page.locator("main")).toContainText("cliente moroso");
    await fill(page, { "message[body]": "Le cambiamos el módem", "message[action]": "resolve" });
    await submit(page, "message[body]");
    await expect(page.locator("main")).toContainText("Resuelto");
    await signOut(page);

    await signIn(page, "customer");
    await page.goto(`/portal/faults/${ticket}`);
    await expect(page.locator("main")).toContainText("Le cambiamos el módem");
    await expect(page.locator("main")).not.toContainText("cliente moroso");
    await fill(page, { "rating[stars]": "4", "rating[comment]": "Rápido" });
    await submit(page, "rating[stars]");
    await expect(page.locator(".stars")).toHaveText("★★★★☆");
    await expect(page.locator('[name="rating[stars]"]')).toHaveCount(0);
});

/** When all who were cut have paid or left, the nights go on until somebody is. */
async function someoneIsCut(page: Page) {
    for (let months = 0; months < 4; months += 1) {
        await page.goto("/office/contracts?service=suspended");
        if ((await page.locator("tbody a").count()) > 0) return;
        await moveOn(page, 15);
        await approveTheNight(page);
    }
}

/** A customer of the demo who is cut, and the telephone that is on record there. */
async function someoneCut(office: Page): Promise<{ contract: string; customer: string; contact: string }> {
    await someoneIsCut(office);
    await office.goto("/office/contracts?service=suspended");
    await office.locator("tbody a").first().click();
    await expect(office).toHaveURL(/contracts\/\d+/);
    const contract = idIn(office, "contracts");
    const href = await office.locator('main a[href^="/office/customers/"]').first().getAttribute("href");
    const customer = href?.split("/").pop() ?? "";
    await office.goto(`/office/customers/${customer}`);
    const contact = await office.locator("main a[href^='tel:']").first().innerText();
    return { contract, customer, contact };
}

test("a suspended customer reports a transfer with a photo, staff approve it, and the service is back", async ({ page, browser }, { project }) => {
    test.setTimeout(600_000);
    const reference = `T${Date.now()}${project.name.length}`;
    const office = await officeOf(browser);
    const { contract, customer, contact } = await someoneCut(office);
    const code = await codeFor(office, customer, `Quien paga ${reference}`, "payer");

    await comeIn(page, code, contact, `${reference.toLowerCase()}@example.com`);
    await expect(page.locator("main")).toContainText("Pague lo atrasado");
    await page.goto("/portal/transfers/new");
    await fill(page, { "transfer[bank]": "Banesco", "transfer[reference]": reference });
    await page.locator("input[type=file]").setInputFiles({ ...PHOTO, name: "recibo.png" });
    await submit(page, "transfer[bank]");
    await expect(page).toHaveURL(/portal\/transfers\?done=/);
    await expect(page.locator("tbody tr").first()).toContainText("En revisión");

    await office.goto(`/office/transfers?state=in_review&q=${reference}`);
    await office.locator("tbody a").first().click();
    await expect(office.locator("main")).toContainText("Responda antes del");
    await expect(office.locator(".files img")).toHaveAttribute("alt", "recibo.png");
    await office.getByRole("button", { name: "Aprobar" }).first().click();
    await submit(office, "report");
    await expect(office).toHaveURL(/payments\/\d+/);
    await office.goto(`/office/contracts/${contract}`);
    await expect(office.locator(".page-title-row")).toContainText("En servicio");
    await office.context().close();

    await page.goto("/portal/transfers");
    await expect(page.locator("tbody tr").first()).toContainText("Aprobada");
    const line = async () => {
        await page.goto("/portal");
        return page.locator("main").innerText();
    };
    // As far as the router.
    await expect.poll(line, { timeout: 60_000 }).toContain("Habilitada");
    await expect(page.locator("main")).not.toContainText("Pague lo atrasado");
});

test("an outage gathers the faults there, and the portal says so before one asks", async ({ page }) => {
    await signIn(page, "customer");
    const plan = await page.locator("main a[href^='/portal/contracts/']").first().getAttribute("href");
    await signOut(page);

    await signIn(page, "admin");
    await page.goto(`/office/contracts/${plan?.split("/")[3]}`);
    const router = await page.locator("main a[href^='/office/routers/']").first().getAttribute("href");
    await page.goto("/office/outages/new");
    await fill(page, { "outage[place]": `router-${router?.split("/").pop()}`, "outage[reason]": "Fibra rota" });
    await submit(page, "outage[reason]");
    await expect(page).toHaveURL(/outages\/\d+\?done=created/);
    const outage = idIn(page, "outages");
    await expect(page.locator("main")).toContainText("Fibra rota");
    await signOut(page);

    await signIn(page, "customer");
    await page.goto("/portal/faults/new");
    await expect(page.locator("main")).toContainText("Hay una falla en su zona");
    await fill(page, { "fault[category]": "No tengo internet", "fault[body]": "No hay internet en toda la casa" });
    await submit(page, "fault[body]");
    await expect(page).toHaveURL(/portal\/faults\/\d+\?done=sent/);
    const ticket = idIn(page, "faults");
    await expect(page.locator("main")).toContainText("Es parte de la falla en");
    await signOut(page);

    await signIn(page, "admin");
    await page.goto(`/office/tickets?outage=${outage}`);
    await expect(page.locator(`main a[href="/office/tickets/${ticket}"]`).first()).toBeVisible();
    await page.goto(`/office/outages/${outage}`);
    await page.getByRole("button", { name: "Ya funciona" }).first().click();
    await page.locator("dialog[open] button[type=submit]").click();
    await expect(page).toHaveURL(/outages\/\d+\?done=saved/);
    await expect(page.locator("main")).toContainText("Terminada");
    await signOut(page);

    await signIn(page, "customer");
    await page.goto(`/portal/faults/${ticket}`);
    await expect(page.locator("main")).toContainText("terminó: su servicio debe funcionar");
});
