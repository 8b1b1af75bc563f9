import { join } from "node:path";

/** Where the demo answers that all tests are tried on. */
export const ADDRESS = "127.0.0.1:3210";

/** The folder of its data. */
export const DATA = join(import.meta.dirname, "../target/end2end-data");

/**
 * `make test` goes through everything on the desktop; on a phone it has time for what customers and technicians do there,
 * and without scripting for the life of a subscriber and for money. `make test-browser` sets this and leaves nothing out.
 */
export const EVERY = process.env.EVERY_JOURNEY !== undefined;
