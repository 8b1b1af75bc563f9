import { expect, test } from "./page.ts";

test("a language and a theme are kept, and the page stays", async ({ page }) => {
    await page.goto("/forgot");
    await expect(page.locator("html")).toHaveAttribute("lang", "es");
    await page.getByRole("button", { name: "English" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.getByRole("button", { name: "Dark" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page).toHaveURL(/\/forgot\??$/);
    await page.goto("/sign-in");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a refused form keeps what was typed, but no password", async ({ page }) => {
    await page.goto("/sign-in");
    await page.getByLabel("Correo").fill("nadie@example.com");
    await page.getByLabel("Contraseña").fill("not-the-password");
    await page.getByRole("main").getByRole("button", { name: "Ingresar" }).click();
    await expect(page.getByRole("alert")).toContainText("El correo o la contraseña no son correctos");
    await expect(page.getByLabel("Correo")).toHaveValue("nadie@example.com");
    await expect(page.getByLabel("Contraseña")).toHaveValue("");
    await expect(page).toHaveURL(/\/sign-in$/);
});
