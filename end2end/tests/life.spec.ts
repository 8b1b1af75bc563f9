import { fill, signIn, submit } from "./people.ts";
import { expect, test } from "./page.ts";
import { approveTheNight, moveOn, readAs, subscriber, today } from "./subscriber.ts";
import type { Page } from "@playwright/test";

/** Nobody is cut on Fridays and weekends: moves on to the next day on which somebody is. */
async function moveOnToDayOfCuts(page: Page) {
    const weekday = (await today(page)).getUTCDay();
    for (let left = { 5: 3, 6: 2, 0: 1 }[weekday] ?? 0; left > 0; left--) await moveOn(page, 1);
}

test("a subscriber is created, signed, activated, invoiced, runs late, is cut off, pays, and is back", async ({
    page,
}, { project }) => {
    test.setTimeout(600_000);
    const name = `Prueba ${project.name} ${test.info().retry}`;
    const user = `life-${project.name.replaceAll(" ", "-")}-${test.info().retry}`;
    await signIn(page, "admin");

    const { customer, contract } = await subscriber(page, name, user);
    await expect(page.locator("main")).toContainText(/F-2026-\d{6}|F-2027-\d{6}/);

    // Due after 15 days, cut 10 days later.
    await moveOn(page, 15);
    await moveOn(page, 15);
    await moveOnToDayOfCuts(page);
    await approveTheNight(page);
    await readAs(page, contract, "Suspendido desde el");
    await expect(page.locator("main")).toContainText(/la F-\d{4}-\d{6} llevaba \d+ días de atraso|facturas atrasadas/);
    await readAs(page, contract, "MK-CENTRO: leído «Suspendido»");

    await page.goto(`/office/payments/new?customer=${customer}`);
    await fill(page, { "payment[method]": "cash" });
    await submit(page, "payment[method]");
    await expect(page).toHaveURL(/payments\/\d+/);
    await readAs(page, contract, /MK-CENTRO: leído «Habilitado»[\s\S]*MK-CENTRO: leído «Suspendido»/);
    await expect(page.locator("main")).toContainText("No debe nada");
});
