import { existsSync } from "node:fs";

/** The distribution's browser, nothing is downloaded: Chromium without windows, or else the whole, which takes a third longer. */
export const CHROMIUM =
    process.env.CHROMIUM ??
    (existsSync("/usr/bin/chromium-headless-shell") ? "/usr/bin/chromium-headless-shell" : "/usr/bin/chromium");
