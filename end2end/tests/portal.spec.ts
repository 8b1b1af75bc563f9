import { test as plain } from "@playwright/test";
import { expect, test } from "./page.ts";
import { codeFor, comeIn, fill, OWN_PASSWORD, signIn, signOut, submit } from "./people.ts";
import { isPdf, subscriber } from "./subscriber.ts";

const PHONE = "55 1234 5678";

test("a company comes in with codes: one looks and cannot pay, the other accepts the contract as it was read", async ({
    page,
    baseURL,
}, { project, retry }) => {
    test.setTimeout(600_000);
    const mark = `${project.name.replaceAll(" ", "-")}-${retry}`;
    const [owner, viewer] = [`duena-${mark}@example.com`, `mira-${mark}@example.com`];
    await signIn(page, "admin");
    const { customer, contract } = await subscriber(page, `Portal ${mark}`, `portal-${mark}`);
    const ownersCode = await codeFor(page, customer, "La dueña", "owner");
    const viewersCode = await codeFor(page, customer, "El contador", "viewer");

    await comeIn(page, viewersCode, PHONE, viewer);
    await page.goto("/portal/invoices");
    await expect(page.locator("main a[href^='/portal/invoices/']").first()).toBeVisible();
    await page.goto("/portal/pay");
    await expect(page.locator("main")).toContainText("Su acceso permite ver lo que se debe, no pagarlo");
    await expect(page.locator("main form")).toHaveCount(0);
    const refused = await page.request.post("/do/app/portal/pay/api/pay_by_card", {
        form: { "pay[idempotency_key]": mark },
        headers: { Accept: "application/json", Origin: baseURL ?? "" },
    });
    expect(refused.status()).toBe(403);

    await comeIn(page, ownersCode, PHONE, owner);
    await page.goto("/portal/documents");
    await page.locator(`main a[href='/portal/documents/${contract}']`).click();
    await isPdf(page, `/documents/contracts/${contract}.pdf`);
    await fill(page, { "acceptance[name]": "María Pérez" });
    await page.locator("[name='acceptance[agreed]']").check();
    await submit(page, "acceptance[name]");
    await expect(page.locator("main")).toContainText("Aceptado por María Pérez el");
    const kept = page.locator("main a[href^='/files/']").first();
    await isPdf(page, (await kept.getAttribute("href")) ?? "");

    await page.goto("/portal/people");
    await expect(page.locator("main")).toContainText(viewer);
    const other = page.locator(".person", { hasText: viewer });
    await other.locator("button[commandfor^='end-']").first().click();
    await page.locator("dialog[open] button[type=submit]").click();
    await expect(page.locator(".person", { hasText: viewer })).toContainText("Sin acceso");

    await signOut(page);
    await signIn(page, "admin");
    await page.goto(`/office/contracts/${contract}`);
    await expect(page.locator("main")).toContainText("Aceptado por María Pérez el");
    await page.goto(`/office/customers/${customer}/access`);
    await expect(page.locator("main")).toContainText(owner);
});

test("a code that was used, and one that never was, let nobody in", async ({ page }) => {
    await page.goto("/invited");
    await fill(page, {
        code: "2222 2222 22",
        contact: "nadie@example.com",
        password: OWN_PASSWORD,
        repeated_password: OWN_PASSWORD,
    });
    await submit(page, "code");
    await expect(page.locator("main")).toContainText("Ese código no sirve");
    await expect(page).toHaveURL(/\/invited/);
});

test("what has no place in the bar is a page away", async ({ page }) => {
    await signIn(page, "customer");
    await page.goto("/portal/more");
    for (const path of ["payments", "statement", "quotes", "documents", "notices", "history", "profile", "people"]) {
        await expect(page.locator(`main a[href='/portal/${path}']`)).toBeVisible();
    }
    const bar = page.locator(".portal-places");
    const [needed, given] = await bar.evaluate((element) => [element.scrollWidth, element.clientWidth]);
    expect(needed).toBeLessThanOrEqual(given ?? 0);
});

test("the app installs under the provider's name, with icons that are there", async ({ page }) => {
    await page.goto("/sign-in");
    const href = await page.locator("link[rel=manifest]").getAttribute("href");
    const answer = await page.request.get(href ?? "");
    expect(answer.headers()["content-type"]).toContain("application/manifest+json");
    const manifest = await answer.json();
    expect(manifest).toMatchObject({ start_url: "/", display: "standalone", lang: "es" });
    expect(manifest.name).not.toBe("");
    expect(manifest.icons.map(({ sizes }: { sizes: string }) => sizes)).toEqual(expect.arrayContaining(["192x192", "512x512"]));
    for (const { src, type } of manifest.icons) {
        const icon = await page.request.get(src);
        expect(icon.status(), src).toBe(200);
        expect(icon.headers()["content-type"], src).toContain(type);
    }
});

// The browser complains about a network that is gone: these pages' consoles are not silent.
plain("without a network a page says so, and leads back when it is there again @scripting", async ({ page, context }) => {
    await page.goto("/sign-in");
    await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
    });
    await page.goto("/forgot");
    await context.setOffline(true);
    await page.goto("/sign-in");
    await expect(page.locator("h1")).toContainText("Sin conexión");
    await context.setOffline(false);
    await page.locator("main a").click();
    await expect(page.locator("h1")).toContainText("Ingresar");
});
