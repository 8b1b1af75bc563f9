import { fill, idIn, signIn, signOut, submit, turn } from "./people.ts";
import { expect, test } from "./page.ts";

test("a box is built, its ports are reserved until it is full, and one is let go of", async ({ page }, info) => {
    // A PON port, a place and customers of its own for each project and each of two tries.
    const nth = turn(info);
    const name = `NAP-PRUEBA-${nth}`;
    const position = `18.0${nth}, -98.0${nth}`;
    const customers = [0, 1].map((which) => `CLI00${270 + 2 * nth + which}`);
    const main = page.locator("main");

    await signIn(page, "noc");
    await page.goto("/office/plant/naps/new");
    await fill(page, { "nap[name]": name, "nap[position]": position, "nap[capacity]": "8" });
    await submit(page, "nap[name]");
    await expect(page).toHaveURL(/plant\/naps\/\d+/);
    await expect(main).toContainText("Sin puertos");
    const box = idIn(page, "/plant/naps");

    await page.goto("/office/plant");
    await page.locator("section.card", { hasText: "OLT-SUR" }).getByRole("link", { name: `2/${nth}`, exact: true }).click();
    await expect(page).toHaveURL(/plant\/pons\/\d+/);
    await fill(page, { "splitter[ways]": "2", "splitter[nap]": name });
    await submit(page, "splitter[ways]");
    await expect(main).toContainText("3.70 dB");
    await signOut(page);

    await signIn(page, "support");
    await page.goto("/office/feasibility");
    await main.locator("[name=at]").fill(position);
    await page.getByRole("button", { name: "Buscar cajas" }).click();
    await expect(main).toContainText("Sí: hay un puerto libre a menos de 300 m");
    await page.getByRole("link", { name: `Reservar puerto ${name}` }).click();
    await expect(page).toHaveURL(new RegExp(`plant/naps/${box}`));
    for (const customer of customers) {
        await fill(page, { "form[who]": customer });
        await submit(page, "form[who]");
        await expect(page).toHaveURL(/done=recorded/);
        await page.goto(`/office/plant/naps/${box}`);
    }
    await expect(main).toContainText("Llena: 2 de 2");
    await expect(main.locator('[name="form[who]"]')).toHaveCount(0);
    await page.goto("/office/plant/naps?fill=full&q=prueba");
    await expect(main.locator("tbody")).toContainText(name);
    await page.goto(`/office/feasibility?at=${encodeURIComponent(position)}`);
    await expect(main).toContainText("No por ahora");

    await page.goto(`/office/plant/naps/${box}`);
    await page.getByRole("button", { name: "Liberar 1" }).click();
    await expect(main).toContainText("1 de 2 libres");
});

test("boxes come from a table: what is wrong is explained, and nothing is made before it is confirmed", async ({ page }, info) => {
    // Names of its own for each project and each of two tries.
    const nth = turn(info);
    const rows = [
        "nombre;latitud;longitud;capacidad;olt;pon",
        `NAP-TABLA-${nth}A;17,10${nth};-97,20${nth};8;;`,
        `NAP-TABLA-${nth}B;norte;-97.2;8;;`,
        `NAP-TABLA-${nth}C;17.1;-97.2;8;OLT-NADIE;1/0`,
    ];
    const send = async () => {
        await page.goto("/office/plant/imports");
        const buffer = Buffer.from(rows.join("\n"));
        await page.locator("[name=file]").setInputFiles({ name: `tabla-${nth}.csv`, mimeType: "text/csv", buffer });
        await page.getByRole("button", { name: "Ver qué se crearía" }).click();
        await expect(page).toHaveURL(/plant\/imports\/\d+/);
    };
    const main = page.locator("main");

    await signIn(page, "noc");
    await send();
    await expect(main).toContainText("2 filas no se pueden importar");
    await expect(main).toContainText("Latitud «norte»: escriba grados con decimales");
    await expect(main).toContainText("OLT «OLT-NADIE»: no hay una OLT con ese nombre");
    await page.goto(`/office/plant/naps?q=${encodeURIComponent(`NAP-TABLA-${nth}`)}`);
    await expect(main).not.toContainText(`NAP-TABLA-${nth}A`);

    await send();
    await page.getByRole("button", { name: "Crear 1 caja" }).click();
    await expect(page).toHaveURL(/done=recorded/);
    await expect(main).toContainText("Ya existe");
    await expect(page.getByRole("button", { name: /^Crear/ })).toHaveCount(0);
    await main.getByRole("link", { name: "Ver la caja" }).click();
    await expect(main).toContainText(`NAP-TABLA-${nth}A`);
    await send();
    await expect(page.getByRole("button", { name: /^Crear/ })).toHaveCount(0);
});

test("the map shows who is where, moves by links, and says the same as a table", async ({ page }) => {
    await signIn(page, "support");
    await page.goto("/office/map");
    const main = page.locator("main");
    await expect(main.locator("svg.map-drawing .map-mark").first()).toBeVisible();
    await expect(main.locator(".map-legend")).toContainText(/Al día: \d+/);
    await main.getByRole("link", { name: "Acercar" }).click();
    await expect(page).toHaveURL(/zoom=\d+/);
    await main.getByRole("link", { name: "Ver todo" }).click();
    await expect(page).not.toHaveURL(/zoom=/);
    await fill(page, { colour: "technical", layer: "customers" });
    await main.getByRole("button", { name: "Filtrar" }).click();
    await expect(page).toHaveURL(/colour=technical/);
    await expect(main.locator(".map-legend dt")).toHaveText(["Clientes"]);
    await main.getByText("Ver como tabla").click();
    const first = main.locator(".chart-table tbody a").first();
    await expect(first).toBeVisible();
    await first.click();
    await expect(page).toHaveURL(/zoom=\d+|contracts\/\d+/);
});
