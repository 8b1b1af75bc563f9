import { expect, test } from "./page.ts";

test("the first page loads and its console stays silent", async ({ page, javaScriptEnabled }) => {
    const loaded = page.waitForResponse((response) => response.url().endsWith("/ramal.wasm"));
    loaded.catch(() => {});
    const response = await page.goto("/");
    expect(response?.status()).toBe(200);
    if (javaScriptEnabled !== false) expect((await loaded).ok()).toBe(true);
    await page.waitForLoadState("networkidle");
    await expect(page.locator("body")).not.toBeEmpty();
});
