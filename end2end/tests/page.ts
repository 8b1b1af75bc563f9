import { test as base, expect } from "@playwright/test";

/** A page whose console must stay free of errors and of Leptos' warnings about hydration. */
export const test = base.extend({
    page: async ({ page, javaScriptEnabled }, use) => {
        const complaints: string[] = [];
        // Without scripting nothing uses what was preloaded for it.
        // A form that is refused is answered with 422, which Chromium mentions by itself.
        const expected = (text: string) =>
            text.includes("status of 422") ||
            (javaScriptEnabled === false && text.includes("preloaded using link preload"));
        page.on("pageerror", (error) => complaints.push(String(error)));
        page.on("console", (message) => {
            if (expected(message.text())) return;
            if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
        });
        await use(page);
        expect(complaints).toEqual([]);
    },
});

export { expect };
