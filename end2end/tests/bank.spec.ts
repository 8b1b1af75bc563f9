import { fill, signIn, signOut, submit } from "./people.ts";
import { expect, test } from "./page.ts";
import type { Page } from "@playwright/test";

/** An invoice that somebody owes: its number and what is open, as the list shows them. */
async function owed(page: Page): Promise<{ number: string; open: string }> {
    await page.goto("/office/invoices?standing=overdue");
    const row = page.locator("tbody tr").first();
    const text = await row.innerText();
    const number = text.match(/[A-Z]+[-\/]\d{4}[-\/]\d+/)?.[0] ?? "";
    const amounts = text.match(/[\d,]+\.\d{2}/g) ?? [];
    return { number, open: (amounts.at(-1) ?? "").replaceAll(",", "") };
}

test("a statement is looked at, imported once, and what is certain is booked in one go", async ({ page }, { project }) => {
    const account = `Banco ${project.name} ${test.info().retry}`;
    const reference = `${Date.now()}`;
    await signIn(page, "billing");
    const { number, open } = await owed(page);
    // The day on which the demo's story begins: never in its future.
    const date = "2026-11-21";
    const statement = [
        "Fecha;Referencia;Nombre;Concepto;Monto",
        `${date};${reference};;PAGO ${number};${open}`,
        `${date};;;SIN MONTO;`,
        `${date};;;COMISION;-1.50`,
    ].join("\n");
    const load = async () => {
        await page.goto("/office/bank/upload");
        const known = page.locator("select[name=account]");
        const names = (await known.count()) ? await known.locator("option").allInnerTexts() : [];
        const mine = names.find((name) => name.includes(account));
        if (mine) await known.selectOption({ label: mine });
        else {
            if (await known.count()) await known.selectOption("");
            await fill(page, { new_account: account });
        }
        await page.locator("input[type=file]").setInputFiles({
            name: "abril.csv",
            mimeType: "text/csv",
            buffer: Buffer.from(statement),
        });
        await submit(page, "file");
        await expect(page).toHaveURL(/statements\/\d+/);
    };

    await load();
    await expect(page.locator("main")).toContainText("2 movimientos nuevos");
    await expect(page.locator("main")).toContainText("1 línea no se pudo leer");
    const bad = await page.request.get(`${new URL(page.url()).pathname}/bad.csv`);
    expect(await bad.text()).toContain("3,no_amount");
    await page.getByRole("button", { name: /Importar/ }).click();
    await expect(page).toHaveURL(/office\/bank\?done=/);
    await load();
    await expect(page.locator("main")).toContainText("2 ya estaban");

    await page.goto("/office/bank/sure");
    await expect(page.locator("main")).toContainText(`nombra la factura ${number}`);
    await page.getByRole("button", { name: /Registrar \d+ pago/ }).click();
    await expect(page).toHaveURL(/booked=1/);
    await page.goto(`/office/payments?q=${reference}`);
    await expect(page.locator("tbody tr")).toHaveCount(1);
});

test("a customer tells about a transfer, and the office finds it in the queue and rejects it with a reason", async ({ page }, { project }) => {
    const reference = `P${Date.now()}${project.name.length}`;
    await signIn(page, "customer");
    await page.goto("/portal/transfers/new");
    await fill(page, { "transfer[amount]": "5.00", "transfer[bank]": "Banesco", "transfer[reference]": reference });
    await submit(page, "transfer[bank]");
    await expect(page).toHaveURL(/portal\/transfers\?done=/);
    await expect(page.locator("tbody tr").first()).toContainText("En revisión");
    await signOut(page);

    await signIn(page, "billing");
    await page.goto(`/office/transfers?state=in_review&q=${reference}`);
    await page.locator("tbody a").first().click();
    await expect(page.locator("main")).toContainText("Responda antes del");
    await page.getByRole("button", { name: "Rechazar" }).first().click();
    await fill(page, { reason: "No está en la cuenta" });
    await submit(page, "reason");
    await expect(page.locator("main")).toContainText("No está en la cuenta");
});

test("the books are shown and can be taken away", async ({ page }) => {
    await signIn(page, "billing");
    await page.goto("/office/accounts?from=2020-01-01");
    await expect(page.locator("main")).toContainText("Cuentas por cobrar");
    const journal = await page.request.get("/office/accounts/journal.ledger?from=2020-01-01");
    expect(await journal.text()).toContain("assets:receivable");
    await page.goto("/office/accounts/aged");
    await expect(page.locator("main")).toContainText("Más de 90");
});
