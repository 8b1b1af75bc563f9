import { fill, idIn, signIn, submit, turn } from "./people.ts";
import { expect, test } from "./page.ts";
import { subscriber } from "./subscriber.ts";

test("goods are received, installed at a customer's and taken back, and nothing that was typed is lost", async ({ page }, info) => {
    // Serials and a customer of its own for each project and each of two tries.
    const nth = turn(info);
    const [first, second] = [`PRUEBA${nth}A0001`, `PRUEBA${nth}A0002`];
    const main = page.locator("main");

    await signIn(page, "admin");
    const { contract } = await subscriber(page, `Equipos Prueba ${nth}`, `equipos.${nth}`);

    await page.goto("/office/stock/receive");
    await fill(page, {
        "form[model]": "Huawei HG8145V5",
        "form[place]": "Bodega central",
        "form[note]": "Remisión de prueba",
        "form[lines]": `${first}\n${second},02:aa:00:00:00\n${first}`,
    });
    await submit(page, "form[lines]");
    await expect(page).toHaveURL(/stock\/receipts\/\d+/);
    await expect(main).toContainText("2 líneas no se pueden recibir");
    await expect(main).toContainText("«02:aa:00:00:00» no es una MAC");
    await expect(main).toContainText("Repite la línea 1");
    await page.getByRole("button", { name: "Recibir 1 equipo" }).click();
    await expect(page).toHaveURL(/done=recorded/);
    await expect(main.locator('[name="lines"]')).toHaveValue(`${second},02:aa:00:00:00\n${first}`);

    await fill(page, { lines: second });
    await submit(page, "lines");
    await expect(page).toHaveURL(/done=saved/);
    await page.getByRole("button", { name: "Recibir 1 equipo" }).click();
    await expect(main).toContainText("Completa");

    await page.goto(`/office/contracts/${contract}`);
    await fill(page, { "form[serial]": "NADIE0001" });
    await submit(page, "form[serial]");
    await expect(main).toContainText("Ningún equipo del inventario tiene esa serie");
    await fill(page, { "form[serial]": first.toLowerCase() });
    await submit(page, "form[serial]");
    await expect(page).toHaveURL(/done=saved/);
    await page.goto(`/office/contracts/${contract}`);
    await expect(main.locator("table", { hasText: first })).toContainText("Nuestro");
    await fill(page, { "form[serial]": second });
    await submit(page, "form[serial]");
    await expect(main).toContainText("El servicio ya tiene una ONU");

    await page.goto(`/office/stock?q=${first}`);
    await main.getByRole("link", { name: first }).click();
    await expect(page).toHaveURL(/stock\/\d+/);
    const item = idIn(page, "stock");
    await expect(main).toContainText("Equipo instalado");
    await page.getByRole("button", { name: "Retirar del cliente" }).first().click();
    await fill(page, { "form[to]": "Furgón 1" });
    await page.locator("dialog[open] button[type=submit]").click();
    await expect(page).toHaveURL(/done=saved/);
    await page.goto(`/office/stock/${item}`);
    await expect(main).toContainText("Equipo retirado");
    await expect(main.locator(".facts").first()).toContainText("Furgón 1");

    // It is installed again, sold where it serves, and given back.
    await page.goto(`/office/contracts/${contract}`);
    await fill(page, { "form[serial]": first });
    await submit(page, "form[serial]");
    await expect(page).toHaveURL(/done=saved/);
    await page.goto(`/office/stock/${item}`);
    await page.getByRole("button", { name: "Vender" }).first().click();
    await fill(page, { "form[price]": "45.00" });
    await page.locator("dialog[open] button[type=submit]").click();
    await expect(page).not.toHaveURL(new RegExp(`stock/${item}$`));
    await page.goto(`/office/stock/${item}`);
    await expect(main.locator(".facts").first()).toContainText("Vendido");
    await page.getByRole("button", { name: "Recibir devolución" }).first().click();
    const dialog = page.locator("dialog[open]");
    await expect(dialog).toContainText("No mueve dinero");
    await fill(page, { "form[to]": "Bodega central" });
    await dialog.locator("[name='form[reason]']").fill("No le sirvió");
    await dialog.locator("button[type=submit]").click();
    await expect(page).toHaveURL(/done=saved/);
    await page.goto(`/office/stock/${item}`);
    await expect(main).toContainText("Devuelto: vuelve a ser nuestro");
    await expect(main.locator(".facts").first()).toContainText("Bodega central");
});

test("a technician carries equipment, and neither receives nor writes it off", async ({ page }) => {
    await signIn(page, "technician");
    await page.goto("/office/stock?standing=in_stock");
    const main = page.locator("main");
    await expect(main.getByRole("link", { name: "Recibir equipos" })).toHaveCount(0);
    await main.locator("tbody a").first().click();
    await expect(page).toHaveURL(/stock\/\d+/);
    await expect(main.getByRole("button", { name: "Mover" }).first()).toBeVisible();
    await expect(main.getByRole("button", { name: "Dar de baja" })).toHaveCount(0);
});
