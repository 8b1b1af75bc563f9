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
        // A page that is left while it becomes alive fails at whatever was still on its way; nobody sees that any more.
        let leaving = false;
        page.on("request", (request) => {
            if (request.isNavigationRequest() && request.frame() === page.mainFrame()) leaving = true;
        });
        page.on("framenavigated", (frame) => {
            if (frame === page.mainFrame()) leaving = false;
        });
        page.on("pageerror", (error) => {
            if (!leaving) complaints.push(String(error));
        });
        page.on("console", (message) => {
            if (leaving || expected(message.text())) return;
            if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
        });
        await use(page);
        expect(complaints).toEqual([]);
    },
});

export { expect };
