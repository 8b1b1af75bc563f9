import { createHmac } from "node:crypto";
import { passwordLink } from "./mailbox.ts";
import { fill, signIn, signOut, submit } from "./people.ts";
import { expect, test } from "./page.ts";

const PASSWORD = "una clave bien larga";

/** What a phone that has the secret shows so many seconds from now (RFC 6238). */
function codeIn(seconds: number, secret: string): string {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const bits = [...secret.replace(/\s/g, "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
    const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
    const step = Buffer.alloc(8);
    step.writeBigInt64BE(BigInt(Math.floor((Date.now() / 1000 + seconds) / 30)));
    const digest = createHmac("sha1", key).update(step).digest();
    const number = digest.readUInt32BE(digest[19] & 0xf) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, "0");
}

test("somebody protects their account with a code, signs in with it and removes it again", async ({ page }, { project }) => {
    const address = `codigo.${project.name.replace(/\W/g, ".")}.${Date.now()}@example.com`;
    await signIn(page, "admin");
    await page.goto("/office/users/new");
    await fill(page, { "user[name]": "Persona con código", "user[email]": address, "user[role]": "noc" });
    await submit(page, "user[name]");
    await expect(page).toHaveURL(/users\/\d+/);
    const link = await passwordLink(address);
    await signOut(page);
    await page.goto(link);
    await fill(page, { password: PASSWORD, repeated_password: PASSWORD });
    await submit(page, "password");
    await expect(page).toHaveURL(/\/office/);

    await page.goto("/account");
    await expect(page.locator("main")).toContainText("Chrome");
    const protect = page.locator("main form").filter({ has: page.getByRole("button", { name: "Configurar el código" }) });
    await protect.locator("[name=current_password]").fill("no es esta clave");
    await protect.locator("[type=submit]").click();
    await expect(protect).toContainText("no es su contraseña actual");
    await expect(page).toHaveURL(/\/account/);
    await protect.locator("[name=current_password]").fill(PASSWORD);
    await protect.locator("[type=submit]").click();
    await expect(page).toHaveURL(/second-factor/);
    const secret = await page.locator("code.secret").innerText();
    const recovery = await page.locator(".recovery-codes code").allInnerTexts();
    expect(new Set(recovery).size).toBe(10);
    await expect(page.locator("svg.qr path")).toHaveAttribute("d", /^M/);
    await fill(page, { code: codeIn(0, secret) });
    await submit(page, "code");
    await expect(page).toHaveURL(/\/account/);
    await expect(page.locator("main")).toContainText("Quedan 10 códigos de recuperación");

    // The password opens nothing by itself.
    await signOut(page);
    await page.goto("/sign-in");
    await fill(page, { email: address, password: PASSWORD });
    await submit(page, "email");
    await expect(page).toHaveURL(/second-factor/);
    await page.goto("/office/routers");
    await expect(page).toHaveURL(/second-factor/);
    await fill(page, { code: "12345" });
    await submit(page, "code");
    await expect(page.locator("main")).toContainText("Ese código no vale ahora");
    // The next one is good already; the one before was used up.
    await fill(page, { code: codeIn(30, secret) });
    await submit(page, "code");
    await expect(page).toHaveURL(/\/office\/routers/);

    await page.goto("/account");
    await page.getByRole("button", { name: "Quitar el código" }).first().click();
    const dialog = page.locator("#second-factor");
    await dialog.locator("[name=current_password]").fill(PASSWORD);
    await dialog.locator("[name=code]").fill(recovery[0]);
    await dialog.locator("form[method=post] [type=submit]").click();
    await expect(page).toHaveURL(/done=saved/);
    await expect(page.getByRole("button", { name: "Configurar el código" })).toBeVisible();
});

test("an administrator sees where somebody is signed in, and ends it", async ({ page, browser }, { project }) => {
    const address = `sesiones.${project.name.replace(/\W/g, ".")}.${Date.now()}@example.com`;
    await signIn(page, "admin");
    await page.goto("/office/users/new");
    await fill(page, { "user[name]": "Persona con sesiones", "user[email]": address, "user[role]": "support" });
    await submit(page, "user[name]");
    await expect(page).toHaveURL(/users\/\d+/);
    const record = page.url();
    const elsewhere = await (await browser.newContext({ ...project.use, baseURL: new URL(record).origin })).newPage();
    await elsewhere.goto(await passwordLink(address));
    await fill(elsewhere, { password: PASSWORD, repeated_password: PASSWORD });
    await submit(elsewhere, "password");
    await expect(elsewhere).toHaveURL(/\/office/);

    await page.goto(record);
    await page.getByRole("button", { name: "Cerrar todas" }).click();
    await expect(page.locator("main")).toContainText("No tiene ninguna sesión abierta");
    await elsewhere.goto("/office");
    await expect(elsewhere).toHaveURL(/sign-in/);
    await elsewhere.context().close();
});
