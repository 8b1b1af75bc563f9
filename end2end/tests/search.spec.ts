import { signIn, signOut } from "./people.ts";
import { expect, test } from "./page.ts";

const box = "header [name=q]";

test("the box in the frame leads to everything that was found, without accents", async ({ page }) => {
    await signIn(page, "admin");
    await page.locator(box).fill("esther valencia");
    await page.locator(box).press("Enter");
    await expect(page).toHaveURL(/\/office\/search\?q=esther/);
    await expect(page.locator("main")).toContainText(/Clientes \(\d+\)/);
    await expect(page.locator("main")).toContainText(/Contratos \(\d+\)/);
    await page.locator("main a[href^='/office/customers/']").first().click();
    await expect(page.locator("h1")).toContainText("Esther Valencia Rivero");
});

test("what is typed whole comes first, and a command leads to the page that does it", async ({ page }) => {
    await signIn(page, "admin");
    await page.goto("/office/contracts/1");
    const code = (await page.locator("h1").innerText()).split(" · ")[0].trim();
    await page.goto(`/office/search?q=${encodeURIComponent(code)}`);
    await expect(page.locator("main .card").first()).toContainText("Coincide exactamente");
    await page.goto(`/office/search?q=${encodeURIComponent(`suspender ${code}`)}`);
    await expect(page.locator("main a[href='/office/contracts/1/suspend']")).toBeVisible();
    await page.goto("/office/search?q=nuevo+cliente");
    await page.locator("main a[href='/office/customers/new']").click();
    await expect(page).toHaveURL(/\/office\/customers\/new/);
});

test("nothing found says what to do, and a technician finds no invoices", async ({ page }) => {
    await signIn(page, "admin");
    await page.goto("/office/search?q=zzzzzz");
    await expect(page.locator("main")).toContainText("Revise cómo está escrito");
    await page.goto("/office/invoices/1");
    const number = (await page.locator("h1").innerText()).match(/\S*\d{4}\S*/)?.[0] ?? "";
    await page.goto(`/office/search?q=${encodeURIComponent(number)}`);
    await expect(page.locator("main a[href='/office/invoices/1']")).toBeVisible();
    await signOut(page);
    await signIn(page, "technician");
    await page.goto(`/office/search?q=${encodeURIComponent(number)}`);
    await expect(page.locator("h1")).toBeVisible();
    await expect(page.locator("main a[href='/office/invoices/1']")).toHaveCount(0);
});

test("arrows go through what is offered, Enter opens it and Escape closes the list @scripting", async ({ page }) => {
    await signIn(page, "admin");
    await page.waitForLoadState("networkidle");
    const input = page.getByRole("combobox", { name: "Buscar o hacer" });
    await page.locator("h1").click();
    await page.keyboard.press("/");
    await expect(input).toBeFocused();
    await input.pressSequentially("esther valencia");
    const options = page.getByRole("option");
    await expect(options.first()).toContainText("Esther Valencia Rivero");
    await expect(input).toHaveAttribute("aria-expanded", "true");
    await input.press("Escape");
    await expect(page.getByRole("listbox")).toBeHidden();
    await input.pressSequentially(" ");
    await expect(options.first()).toBeVisible();
    await input.press("ArrowDown");
    await expect(options.first()).toHaveAttribute("aria-selected", "true");
    await input.press("Enter");
    await expect(page).toHaveURL(/\/office\/customers\/\d+/);
});
