import { signIn, submit } from "./people.ts";
import { expect, test } from "./page.ts";
import { atRouter, attribute } from "./router.ts";
import type { Page } from "@playwright/test";

/** Without scripting a page does not ask again by itself. */
async function until(page: Page, words: string) {
    await expect(async () => {
        await page.reload();
        await expect(page.locator("main")).toContainText(words, { timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
}

/** A router of the demo: its page and where it listens. Each browser has one of its own. */
async function open(page: Page, project: string): Promise<{ id: string; address: string }> {
    const names = ["MK-CENTRO", "MK-EL-MIRADOR", "MK-LA-LOMA", "MK-LAS-PALMAS"];
    const projects = ["desktop", "phone", "desktop without scripting", "phone without scripting"];
    const name = names[projects.indexOf(project)] ?? "MK-CENTRO";
    await page.goto(`/office/routers?q=${name}`);
    await page.locator("tbody a").first().click();
    await expect(page).toHaveURL(/\/office\/routers\/\d+/);
    const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const address = (await page.locator("main code").filter({ hasText: /^127\.0\.0\.1:\d+$/ }).first().innerText()).trim();
    return { id, address };
}

/** One of our secrets on the router, the last of them. */
async function ours(address: string): Promise<{ id: string; name: string }> {
    const [reply] = await atRouter(address, [["/ppp/secret/print", "=.proplist=.id,name,comment"]]);
    const rows = (reply ?? []).filter((row) => attribute(row, "comment").startsWith("ramal:secret:"));
    const row = rows.at(-1) ?? [];
    return { id: attribute(row, ".id"), name: attribute(row, "name") };
}

/** The form that scans, wherever its dialog is. */
async function scan(page: Page, id: string, effect: string) {
    await page.goto(`/office/routers/${id}`);
    await page.getByRole("button", { name: "Revisar" }).first().click();
    await page.locator("select[name=effect]").selectOption(effect);
    await submit(page, "effect");
    await expect(page).toHaveURL(/\/office\/scans\/\d+/);
}

test("what somebody changed on a router is found, shown and mended", async ({ page }, { project }) => {
    await signIn(page, "noc");
    const { id, address } = await open(page, project.name);
    const victim = await ours(address);
    await atRouter(address, [["/ppp/secret/set", `=.id=${victim.id}`, "=profile=default"]]);

    await page.goto(`/office/routers/${id}/commands`);
    await expect(page.locator("main")).toContainText("/ppp/secret/set");
    await scan(page, id, "mend");
    await until(page, "servicios comparados");
    const row = page.locator("tbody tr").filter({ hasText: victim.name });
    await expect(row).toContainText("Distintas");
    await expect(row).toContainText("default");
    await expect(async () => {
        await scan(page, id, "look");
        await until(page, "servicios comparados");
        await expect(page.locator("main")).toContainText("Todo coincide", { timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
});

test("a row of another system is matched to its customer and adopted", async ({ page }, { project }) => {
    await signIn(page, "noc");
    const { id, address } = await open(page, project.name);
    const victim = await ours(address);
    await atRouter(address, [["/ppp/secret/set", `=.id=${victim.id}`, "=comment=wisphub 1234"]]);

    await scan(page, id, "look");
    await until(page, "servicios comparados");
    await page.goto(`/office/routers/${id}/adopt?certainty=certain`);
    const row = page.locator("tbody tr").filter({ hasText: victim.name });
    await expect(row).toContainText("mismo usuario");
    await expect(row).toContainText("Lo dejó WispHub");
    await expect(row.locator("input[type=checkbox]")).toBeChecked();
    await page.getByRole("button", { name: "Adoptar las elegidas" }).click();
    await expect(page).toHaveURL(/\/office\/adoptions\/\d+/);
    await until(page, "Adoptada");
    await expect(page.locator("main")).toContainText("wisphub 1234");
    await expect(async () => {
        const [reply] = await atRouter(address, [["/ppp/secret/print", "=.proplist=.id,comment", `?name=${victim.name}`]]);
        expect(attribute(reply?.[0] ?? [], "comment")).toMatch(/^ramal:secret:\d+:/);
    }).toPass();
});
