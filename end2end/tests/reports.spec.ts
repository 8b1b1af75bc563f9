import { fill, idIn, signIn, submit } from "./people.ts";
import { expect, test } from "./page.ts";

test("a list is kept by a name, taken away, and sent to whoever reads it", async ({ page }, { project, retry }) => {
    // Names of its own for each project and each try.
    const name = `Prueba ${project.name} ${retry}`;
    const main = page.locator("main");

    await signIn(page, "billing");
    await page.goto("/office/invoices?kind=invoice&standing=overdue");
    await main.locator("details.more summary").click();
    await fill(page, { "filter[name]": name });
    await submit(page, "filter[name]");
    await expect(page).toHaveURL(/kind=invoice&standing=overdue&done=saved/);
    await page.goto("/office/invoices");
    await main.getByRole("link", { name }).click();
    await expect(page).toHaveURL(/invoices\?kind=invoice&standing=overdue/);
    await expect(main.getByRole("link", { name })).toHaveAttribute("aria-current", "true");

    const csv = await page.request.get("/office/export/invoices.csv?kind=invoice&standing=overdue");
    expect(csv.headers()["content-disposition"]).toContain("invoices-");
    expect(await csv.text()).toContain("Número,");
    const xlsx = await page.request.get("/office/export/contracts.xlsx");
    expect(xlsx.headers()["content-type"]).toContain("spreadsheetml");

    await main.locator("details.more summary").click();
    await main.getByRole("button", { name: `Olvidar «${name}»` }).click();
    await expect(page).toHaveURL(/done=removed/);
    await expect(main.getByRole("link", { name })).toHaveCount(0);

    await page.goto("/office/accounts/close");
    await expect(main).toContainText("Cuadra: las tres cuentas dan lo mismo");
    const close = await main.locator('a[href^="/documents/closes/"]').getAttribute("href");
    const paper = await page.request.get(close!);
    expect(paper.headers()["content-type"]).toBe("application/pdf");

    await page.goto("/office/invoices?standing=overdue");
    await main.getByRole("link", { name: "Programar" }).click();
    await expect(main.locator('[name="report[query]"]')).toHaveValue("?standing=overdue");
    await fill(page, { "report[name]": name });
    await submit(page, "report[name]");
    await expect(main.locator('[name="report[name]"]')).toHaveValue(name);
    await expect(main).toContainText("Lectores");
    await main.getByLabel("Demo billing").check();
    await submit(page, "report[name]");
    await expect(page).toHaveURL(/reports\/\d+/);
    const report = idIn(page, "reports");
    await main.getByRole("link", { name: "Editar" }).click();
    await expect(main.locator('[name="report[query]"]')).toHaveValue("?standing=overdue");
    await expect(main.getByLabel("Demo billing")).toBeChecked();
    await main.locator('[name="report[frequency]"]').selectOption("daily");
    await submit(page, "report[name]");
    await expect(page).toHaveURL(/reports\/\d+\?done=saved/);
    await expect(main).toContainText("Cada día");
    await main.getByRole("button", { name: "Enviar ahora" }).click();
    await expect(main.locator("table")).toContainText("Demo billing");
    await main.getByRole("button", { name: "Pausar" }).click();
    await expect(main).toContainText("En pausa");
    await page.goto(`/office/reports/${report}`);
    await expect(main.getByRole("button", { name: "Reanudar" })).toBeVisible();
});

test("what would happen to many contracts is seen before anything does", async ({ page }) => {
    const main = page.locator("main");
    await signIn(page, "admin");
    await page.goto("/office/contracts?state=active");
    await main.locator('input[type="checkbox"][name^="row-"]').first().check();
    await main.locator('select[name="action"]').selectOption("hold");
    await main.getByRole("button", { name: "Ver qué pasaría" }).click();
    await expect(page).toHaveURL(/bulk\/contracts\?.*action=hold/);
    await expect(main).toContainText("Nada se ha hecho todavía");

    await page.goto("/office/contracts?state=active");
    await main.locator('input[type="checkbox"][name^="row-"]').first().check();
    await main.locator('select[name="action"]').selectOption("sector");
    await main.getByRole("button", { name: "Ver qué pasaría" }).click();
    await main.locator('select[name="target"]').selectOption({ index: 1 });
    await main.getByRole("button", { name: "Ver a quién alcanza" }).click();
    await expect(page).toHaveURL(/target=\d+/);
    await expect(main).toContainText("Nada se ha hecho todavía");

    await page.goto("/office/invoices?kind=invoice");
    await main.locator('input[type="checkbox"][name^="row-"]').first().check();
    await main.locator('select[name="action"]').selectOption("message_of_invoices");
    await main.getByRole("button", { name: "Ver qué pasaría" }).click();
    await expect(page).toHaveURL(/bulk\/invoices\?.*action=message_of_invoices/);
    await expect(main).toContainText("Nada se ha hecho todavía");

    await page.goto("/office/contracts/1?story=money");
    await expect(main.getByRole("link", { name: "Dinero" })).toHaveAttribute("aria-current", "true");
});
