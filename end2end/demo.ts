import { join } from "node:path";

/** Two runs beside each other have a demo each. */
const PORT = process.env.DEMO_PORT ?? "3210";

/** Where the demo answers that all tests of a run are tried on. */
export const ADDRESS = `127.0.0.1:${PORT}`;

/** The folder of its data. */
export const DATA = join(import.meta.dirname, `../target/end2end-data-${PORT}`);

/** Where a run puts what failed. */
export const TRACES = `test-results/${PORT}`;
