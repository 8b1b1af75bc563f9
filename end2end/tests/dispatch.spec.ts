import { fill, signIn, submit, turn } from "./people.ts";
import { expect, test } from "./page.ts";
import { inDays, signed, today } from "./subscriber.ts";

test("several orders are given to a technician in one go, and the route is put in order", async ({ page }, info) => {
    // Customers and a day of its own for each project and each of two tries.
    const nth = turn(info);
    const names = [`Reparto Uno ${nth}`, `Reparto Dos ${nth}`];
    const main = page.locator("main");

    await signIn(page, "admin");
    for (const [which, name] of names.entries()) await signed(page, name, `reparto.${nth}.${which}`, "La Loma");
    const day = inDays(await today(page), 40 + nth);
    await page.goto(`/office/work?on=${day}`);
    // Of all that wait the board shows the first fifty: other journeys leave theirs in another sector.
    const sector = await main.locator("select[name=sector] option", { hasText: "La Loma" }).getAttribute("value");
    await page.goto(`/office/work?on=${day}&sector=${sector}`);
    await expect(main).toContainText("Nadie tiene trabajo este día");

    await fill(page, { "assign[technician]": "Demo technician" });
    await submit(page, "assign[technician]");
    await expect(main).toContainText("Elija una de las opciones");

    await page.goto(`/office/work?on=${day}&sector=${sector}`);
    for (const name of names) await main.locator("li.work-stop", { hasText: name }).getByRole("checkbox").check();
    await fill(page, { "assign[technician]": "Demo technician" });
    await submit(page, "assign[technician]");
    const stops = main.locator("ol[data-route] > li");
    await expect(stops).toHaveText([new RegExp(names[0] ?? ""), new RegExp(names[1] ?? "")]);

    await main.getByRole("link", { name: "Ordenar la ruta" }).click();
    await main.locator("[name^='route[places]']").first().fill("2");
    await main.getByRole("button", { name: "Guardar la ruta" }).click();
    await expect(stops).toHaveText([new RegExp(names[1] ?? ""), new RegExp(names[0] ?? "")]);
});
