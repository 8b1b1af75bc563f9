import { fill, signIn, submit } from "./people.ts";
import { expect, test } from "./page.ts";
import type { Page } from "@playwright/test";

/** The demo's routers from the factory; each project onboards one of its own. The second has a password on its sticker. */
const ROUTERS: Record<string, { last: number; sticker?: string }> = {
    desktop: { last: 2 },
    phone: { last: 3, sticker: "7KXQ2M4P" },
    "desktop without scripting": { last: 4 },
};

/** Looks at the range that the demo offers, and waits until every address was asked. */
async function scan(page: Page): Promise<string> {
    await page.goto("/office/onboarding");
    const offered = (await page.locator("main").innerText()).match(/127\.0\.\d+\.0\/28/)?.[0] ?? "";
    await fill(page, { "scan[range]": offered });
    await submit(page, "scan[range]");
    await expect(async () => {
        await page.goto("/office/onboarding");
        await expect(page.locator("main")).toContainText(`${offered}: 14 direcciones consultadas`, { timeout: 500 });
    }).toPass({ timeout: 60_000 });
    return offered.replace("0/28", "");
}

test("a router from the factory is found, shown what would be sent, secured and registered", async ({ page }, { project }) => {
    const own = ROUTERS[project.name];
    test.skip(!own, "the demo has three routers from the factory");
    await signIn(page, "noc");
    const network = await scan(page);
    const address = `${network}${own.last}`;
    const name = `R-Nuevo-${own.last}`;
    await page.locator("main a", { hasText: address }).first().click();
    await expect(page.locator("h1")).toContainText(address);
    await expect(page.locator("main")).toContainText(own.sticker ? "Pide contraseña" : "De fábrica");

    await fill(page, { "router[name]": name, "router[password]": own.sticker ?? "" });
    await submit(page, "router[name]");
    await expect(page.locator("main")).toContainText("Esto es lo que se enviaría");
    await expect(page.locator("main")).toContainText("/user/add name=ramal group=ramal password=***");
    await expect(page.locator("main")).toContainText("/system/backup/save");

    await page.getByRole("button", { name: "Empezar" }).first().click();
    await page.locator("dialog [type=submit]", { hasText: "Empezar" }).click();
    await expect(async () => {
        await page.reload();
        await expect(page.locator("main")).toContainText("Ya es un router del inventario", { timeout: 500 });
    }).toPass({ timeout: 60_000 });
    await expect(page.locator("main")).toContainText("!done");

    await page.getByRole("link", { name: "Ver el router" }).click();
    await expect(page.locator("h1")).toContainText(name);
    await expect(page.locator("main")).toContainText("TLS, con certificado fijado");
    await page.getByRole("button", { name: "Probar conexión" }).click();
    await expect(page.locator("main")).toContainText("Respondió: CHR");
});

test("a range that is not of this machine is refused with a reason, and what was typed stays", async ({ page }) => {
    await signIn(page, "noc");
    await page.goto("/office/onboarding");
    await fill(page, { "scan[range]": "192.168.88.0/28" });
    await submit(page, "scan[range]");
    await expect(page.locator("main")).toContainText("La demostración solo busca en esta máquina");
    await expect(page.locator("[name='scan[range]']")).toHaveValue("192.168.88.0/28");
});
