import { join } from "node:path";

/** Tests that run beside each other have a demo each, whose clock only they move on. */
export const DEMOS = 2;

/** Where the demo of a worker answers, and the folder of its data. */
export function demo(worker: number): { address: string; data: string } {
    return {
        address: `127.0.0.1:${3210 + worker}`,
        data: join(import.meta.dirname, `../target/end2end-data-${worker}`),
    };
}

/** The one of this process. */
export const own = demo(Number(process.env.TEST_PARALLEL_INDEX ?? 0));
