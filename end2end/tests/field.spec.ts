import { test as plain } from "@playwright/test";
import { passwordLink } from "./mailbox.ts";
import { expect, test } from "./page.ts";
import { fill, signIn, signOut, submit } from "./people.ts";
import { readAs, signed } from "./subscriber.ts";
import type { Browser, Page } from "@playwright/test";

const PASSWORD = "una clave bien larga";
const WAITING = "1 sin enviar todavía";

/** The office has a contract signed and sends the demo's technician today; answers the contract and its order. */
async function sentOut(page: Page, name: string, user: string): Promise<{ contract: string; order: string }> {
    await signIn(page, "admin");
    const { contract } = await signed(page, name, user);
    await page.goto(`/office/work/list?contract=${contract}`);
    const order = await page.locator("main a[href^='/office/work/']", { hasText: "OT-" }).first().getAttribute("href");
    await page.goto(order ?? "");
    await expect(page.locator("h1")).toContainText(name);
    await fill(page, { "schedule[technician]": "Demo technician", "schedule[part]": "morning" });
    await submit(page, "schedule[technician]");
    await expect(page).toHaveURL(/done=saved/);
    await expect(page.locator("main")).toContainText("Demo technician va el");
    await signOut(page);
    return { contract, order: order ?? "" };
}

/** The technician opens the order of a customer from the list of the day. */
async function openFromTheDay(page: Page, name: string) {
    await page.locator("main ol a", { hasText: name }).first().click();
    await expect(page.locator("h1")).toContainText(name);
    await expect(page).toHaveURL(/field\/orders\/\d+/);
}

async function asTheOffice(browser: Browser, look: (page: Page) => Promise<void>) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await signIn(page, "admin");
    await look(page);
    await context.close();
}

test("a technician finishes an installation, and the connection is there", async ({ page }, { project, retry }) => {
    const name = `Campo ${project.name} ${retry}`;
    const { contract, order } = await sentOut(page, name, `field-${project.name.replaceAll(" ", "-")}-${retry}`);

    await signIn(page, "technician");
    await openFromTheDay(page, name);
    const serial = `FIELD${project.name.replaceAll(" ", "").toUpperCase().slice(0, 12)}${retry}`;
    await page.locator("[name^='report[checks]']").first().check();
    await fill(page, { "report[serial]": serial, "report[dbm]": "-19.5", "report[signed_by]": "Ana Pérez" });
    await submit(page, "report[signed_by]");
    await expect(page).toHaveURL(/field\?done=sent/);

    await signOut(page);
    await signIn(page, "admin");
    await readAs(page, contract, "Habilitado");
    await expect(page.locator("main")).toContainText("Visita técnica hecha: Instalación");
    await page.goto(order);
    await expect(page.locator("main")).toContainText(serial);
    await expect(page.locator("main")).toContainText("-19.50 dBm");
    await expect(page.locator("main")).toContainText("Ana Pérez");
});

test("what is missing is said, and what was typed stays", async ({ page }, { project, retry }) => {
    const name = `Falta ${project.name} ${retry}`;
    await sentOut(page, name, `missing-${project.name.replaceAll(" ", "-")}-${retry}`);
    await signIn(page, "technician");
    await openFromTheDay(page, name);
    await fill(page, { "report[note]": "Falta la firma" });
    await submit(page, "report[signed_by]");
    await expect(page.locator("#finish")).toContainText(/Nombre de quien firma: /);
    await expect(page.locator("#finish [name='report[note]']")).toHaveValue("Falta la firma");
});

test("what one person filled in is not sent as another's", async ({ page, browser, javaScriptEnabled }, { project, retry }) => {
    const name = `Ajena ${project.name} ${retry}`;
    const { order } = await sentOut(page, name, `another-${project.name.replaceAll(" ", "-")}-${retry}`);
    await signIn(page, "technician");
    await openFromTheDay(page, name);
    const typed = { "report[note]": "Lo dejó el primero", "report[signed_by]": "Ana Pérez" };
    await fill(page, typed);

    // Somebody else signs in on the same phone, while the page stays open.
    await asTheOffice(browser, async (office) => {
        const cookies = await office.context().cookies();
        await page.context().addCookies(cookies.filter((cookie) => cookie.name === "ramal_session"));
    });
    await submit(page, "report[signed_by]");
    await expect(page.locator("main")).toContainText("Esto lo llenó technician@demo.example", { timeout: 60_000 });
    await asTheOffice(browser, async (office) => {
        await office.goto(order);
        await expect(office.locator("main")).toContainText("Asignada");
    });

    await signOut(page);
    await signIn(page, "technician");
    if (javaScriptEnabled === false) {
        // Nothing was kept on the phone: the page that was refused had what was typed.
        await openFromTheDay(page, name);
        await fill(page, typed);
        await submit(page, "report[signed_by]");
        await expect(page).toHaveURL(/field\?done=sent/);
    }
    await asTheOffice(browser, async (office) => {
        await expect(async () => {
            await office.goto(order);
            await expect(office.locator("main")).toContainText("Lo dejó el primero", { timeout: 1_000 });
        }).toPass({ timeout: 60_000 });
    });
});

// The browser complains about a network that is gone: these pages' consoles are not silent.
plain.describe("through a dead spot @scripting", () => {
    plain.skip(({ viewport }) => (viewport?.width ?? 0) > 500, "a technician has a phone");

    /** The day is kept on the phone before the network goes. */
    async function dayIsKept(page: Page) {
        await page.goto("/field");
        await expect(page.locator("main")).toContainText("Guardado en este teléfono", { timeout: 60_000 });
    }

    /** Draws something, and finishes. */
    async function signAndFinish(page: Page) {
        const pad = page.locator("#signature-pad");
        await pad.scrollIntoViewIfNeeded();
        const box = await pad.boundingBox();
        if (!box) throw new Error("there is nowhere to sign");
        await page.mouse.move(box.x + 20, box.y + 100);
        await page.mouse.down();
        await page.mouse.move(box.x + 120, box.y + 40);
        await page.mouse.move(box.x + 220, box.y + 110);
        await page.mouse.up();
        await submit(page, "report[signed_by]");
    }

    plain("a visit that is reported without a network is sent when it is back, once", async ({ page, browser, context }, { retry }) => {
        plain.setTimeout(600_000);
        const name = `Sin red ${retry}`;
        const { contract, order } = await sentOut(page, name, `offline-${retry}`);
        await signIn(page, "technician");
        await dayIsKept(page);

        await context.setOffline(true);
        await page.goto("/field");
        await openFromTheDay(page, name);
        await fill(page, { "report[note]": "Instalado en la sala" });
        await page.reload();
        await expect(page.locator("#finish [name='report[note]']")).toHaveValue("Instalado en la sala");
        await signAndFinish(page);
        await expect(page).toHaveURL(/field$/);
        await expect(page.locator("[role=status].unsent")).toContainText(WAITING);
        await asTheOffice(browser, async (office) => {
            await office.goto(order);
            await expect(office.locator("main")).toContainText("Asignada");
        });

        await context.setOffline(false);
        await expect(page.locator("[role=status].unsent")).not.toContainText("sin enviar", { timeout: 60_000 });
        await asTheOffice(browser, async (office) => {
            await readAs(office, contract, "Habilitado");
            await office.goto(order);
            await expect(office.locator("main")).toContainText("Instalado en la sala");
            await expect(office.locator("img.signature-shown")).toBeVisible();
        });
    });

    plain("an order that was cancelled meanwhile is shown from both sides", async ({ page, browser, context }, { retry }) => {
        plain.setTimeout(600_000);
        const name = `Conflicto ${retry}`;
        const { order } = await sentOut(page, name, `conflict-${retry}`);
        await signIn(page, "technician");
        await dayIsKept(page);

        await context.setOffline(true);
        await page.goto("/field");
        await openFromTheDay(page, name);
        await signAndFinish(page);
        await expect(page.locator("[role=status].unsent")).toContainText(WAITING);
        await asTheOffice(browser, async (office) => {
            await office.goto(order);
            await office.locator("button[commandfor=cancel]").first().click();
            await office.locator("dialog[open] [name=why]").fill("Se fue con otro");
            await office.locator("dialog[open] button[type=submit]").click();
            await expect(office).toHaveURL(/done=saved/);
        });

        await context.setOffline(false);
        const bar = page.locator("[role=status].unsent");
        await expect(bar).toContainText("La oficina cambió esta orden", { timeout: 60_000 });
        await bar.locator("a", { hasText: name }).click();
        const main = page.locator("main");
        await expect(main).toContainText("Lo que usted llenó", { timeout: 60_000 });
        await expect(main).toContainText("Se fue con otro");
        await expect(main).toContainText("Así como está no se puede enviar");
        await page.getByRole("button", { name: "Descartar lo mío" }).click();
        await expect(bar).not.toContainText("sin enviar");
    });

    plain("who comes in by a link finds no page of whoever had the phone before", async ({ page, browser }) => {
        const address = `mismo.telefono.${Date.now()}@example.com`;
        await asTheOffice(browser, async (office) => {
            await office.goto("/office/users/new");
            await fill(office, { "user[name]": "Otra persona", "user[email]": address, "user[role]": "billing" });
            await submit(office, "user[name]");
            await expect(office).toHaveURL(/users\/\d+/);
        });
        await signIn(page, "technician");
        await dayIsKept(page);
        const kept = () => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("pages:")));
        expect(await kept()).not.toEqual([]);

        await page.goto(await passwordLink(address));
        await fill(page, { password: PASSWORD, repeated_password: PASSWORD });
        await submit(page, "password");
        await expect(page).toHaveURL(/\/office/);
        expect(await kept()).toEqual([]);
    });
});
