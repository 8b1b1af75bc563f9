import { fill, idIn, signIn, signOut, submit } from "./people.ts";
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

test("a suspended customer's transfer is reported with its receipt and approved, and the service is back", async ({ page }, { project }) => {
    const reference = `T${Date.now()}${project.name.length}`;
    await signIn(page, "admin");
    await someoneIsCut(page);
    await signOut(page);
    await signIn(page, "billing");
    await page.goto("/office/contracts?service=suspended");
    await page.locator("tbody a").first().click();
    await expect(page).toHaveURL(/contracts\/\d+/);
    const contract = idIn(page, "contracts");
    const href = await page.locator('main a[href^="/office/customers/"]').first().getAttribute("href");
    await page.goto(`/office/transfers/new?customer=${href?.split("/").pop()}`);
    await fill(page, { "transfer[bank]": "Banesco", "transfer[reference]": reference });
    await page.locator("input[type=file]").setInputFiles({ name: "recibo.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF") });
    await submit(page, "transfer[bank]");
    await expect(page).toHaveURL(/transfers\/\d+\?done=/);
    await expect(page.locator("main")).toContainText("recibo.pdf");
    await page.getByRole("button", { name: "Aprobar" }).first().click();
    await submit(page, "report");
    await expect(page).toHaveURL(/payments\/\d+/);
    await page.goto(`/office/contracts/${contract}`);
    await expect(page.locator(".page-title-row")).toContainText("En servicio");
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
