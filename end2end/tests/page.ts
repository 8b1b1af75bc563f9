import { test as base, expect } from "@playwright/test";

/** A page whose console must stay free of errors and of Leptos' warnings about hydration. */
export const test = base.extend({
    page: async ({ page }, use) => {
        const complaints: string[] = [];
        page.on("pageerror", (error) => complaints.push(String(error)));
        page.on("console", (message) => {
            if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
        });
        await use(page);
        expect(complaints).toEqual([]);
    },
});

export { expect };
