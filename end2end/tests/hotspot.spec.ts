import { createHash } from "node:crypto";

import { expect, test } from "./page.ts";
import { fill, idIn, signIn, submit } from "./people.ts";

test("a batch is made, printed and sold, and its money is in the books", async ({ page }, { project, retry }) => {
    const series = `E${project.name.replace(/[^a-z]/g, "").slice(0, 4).toUpperCase()}${project.name.length}${retry}`;
    await signIn(page, "admin");
    await page.goto("/office/customers");
    const reference = (await page.locator("tbody tr").first().innerText()).match(/\b[A-Z]+\d{3,}\b/)?.[0] ?? "";
    await page.goto("/office/vouchers/batches/new");
    await fill(page, {
        "batch[series]": series,
        "batch[quantity]": "12",
        "batch[profile]": "Turista 5 megas",
        "batch[price]": "1.50",
        "batch[tax]": "1",
        "batch[valid_unit]": "h",
    });
    await submit(page, "batch[series]");
    await expect(page.locator("[name='batch[valid_for]']")).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator("[name='batch[series]']"), "nothing typed is lost").toHaveValue(series);
    await fill(page, { "batch[valid_for]": "3" });
    await submit(page, "batch[series]");
    await expect(page).toHaveURL(/batches\/\d+\?done=created/);
    const batch = idIn(page, "batches");
    await expect(page.locator("main")).toContainText("3 h desde el primer uso");

    const sheet = await page.request.get(`/documents/vouchers/${batch}.pdf?part=1`);
    expect(sheet.headers()["content-type"]).toBe("application/pdf");
    expect((await sheet.body()).subarray(0, 5).toString()).toBe("%PDF-");

    await page.getByRole("button", { name: "Registrar venta" }).first().click();
    await fill(page, { "sale[quantity]": "5", "sale[customer]": reference, "sale[method]": "cash" });
    await submit(page, "sale[quantity]");
    await expect(page).toHaveURL(/done=recorded/);
    await expect(page.locator("main")).toContainText("8.70");
    await page.locator("tbody tr a").first().click();
    await expect(page.locator("main")).toContainText(`Wifi ${series}`);
    await expect(page.locator("main")).toContainText("Pagada");
});

test("a hotspot tells who is in, and somebody is disconnected", async ({ page }) => {
    await signIn(page, "noc");
    await page.goto("/office/hotspots");
    await page.getByRole("link", { name: "Plaza Central" }).click();
    await expect(page.locator("h1")).toContainText("Plaza Central");
    // The demo's guests come in by themselves; a look finds them.
    await expect(async () => {
        await page.reload();
        await expect(page.getByRole("button", { name: "Desconectar" }).first()).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 60_000 });
    const guest = page.locator("tbody tr").filter({ has: page.getByRole("button", { name: "Desconectar" }) }).first();
    const user = (await guest.locator("td").first().innerText()).trim();
    await guest.getByRole("button", { name: "Desconectar" }).click();
    // A quick router has done it before the page can say that it is being done.
    const told = async () => {
        const rows = await page.locator("tbody tr", { hasText: user }).allInnerTexts();
        return rows.every((row) => row.includes("Se está desconectando") || /\b\d{1,2} s\b/.test(row));
    };
    await expect.poll(told, { timeout: 60_000 }).toBe(true);
});

test("a device gets a rule, and a wrong address is told where it was typed", async ({ page }, { project }) => {
    const mac = `02:E2:00:00:00:0${project.name.length % 9}`;
    await signIn(page, "noc");
    await page.goto("/office/hotspots");
    await page.getByRole("link", { name: "Plaza Central" }).click();
    await fill(page, { "binding[mac]": "no es", "binding[kind]": "blocked" });
    await submit(page, "binding[mac]");
    await expect(page.locator("[name='binding[mac]']").first()).toHaveAttribute("aria-invalid", "true");
    await fill(page, { "binding[mac]": mac, "binding[kind]": "blocked" });
    await submit(page, "binding[mac]");
    await expect(page.locator("main")).toContainText(mac);
});

test("a mistyped code is told before it is sent @scripting", async ({ page }) => {
    await page.goto("/hotspot/1/login.html?preview=true");
    await expect(page.getByText("Código de su vale")).toBeVisible();
    await page.locator("#code").fill("k7mw3 rtx9a");
    await page.getByRole("button", { name: "Conectarme" }).first().click();
    await expect(page.locator("#mistyped")).toBeVisible();
    await page.getByText("English").click();
    await expect(page.getByText("The code of your voucher")).toBeVisible();
    await expect(page.getByText("That is no code")).toBeVisible();
});

test("a router's challenge is answered as routers check it @scripting", async ({ page }) => {
    await page.goto("/hotspot/1/login.html?preview=true");
    const challenge = "\x07\x80\xff~\x00abcdefghijk";
    const answered = await page.evaluate(
        (text) => (window as unknown as { hexMD5(text: string): string }).hexMD5(text),
        `\x21secret${challenge}`,
    );
    expect(answered).toBe(createHash("md5").update(Buffer.from(`\x21secret${challenge}`, "latin1")).digest("hex"));
});
