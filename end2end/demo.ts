import { join } from "node:path";

/** Where the demo answers that all tests are tried on. */
export const ADDRESS = "127.0.0.1:3210";

/** The folder of its data. */
export const DATA = join(import.meta.dirname, "../target/end2end-data");
