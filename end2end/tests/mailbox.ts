import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DATA } from "../demo.ts";
import { expect } from "@playwright/test";

/** Where the demo of these tests puts its mails: a file each. */
const FOLDER = join(DATA, "mail");

/** The path behind the newest link to choose a password that was sent to the address. */
export async function passwordLink(address: string): Promise<string> {
    let link: string | undefined;
    await expect
        .poll(() => (link = linkIn(address)), { timeout: 60_000, intervals: [200, 500, 1000] })
        .toBeTruthy();
    return link as string;
}

function linkIn(address: string): string | undefined {
    const mails = readdirSync(FOLDER)
        .filter((name) => name.endsWith(".eml"))
        .map((name) => readFileSync(join(FOLDER, name), "utf8"));
    const mine = mails.filter((mail) => mail.includes(`To: ${address}`)).map(body);
    return mine.map((text) => text.match(/\/reset\?token=[\w-]+/)?.[0]).find(Boolean);
}

/** What a mail says, however it was encoded. */
function body(mail: string): string {
    const [head, ...rest] = mail.split(/\r?\n\r?\n/);
    const text = rest.join("\n\n");
    if (/Transfer-Encoding: base64/i.test(head)) return Buffer.from(text, "base64").toString();
    if (/Transfer-Encoding: quoted-printable/i.test(head))
        return text.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    return text;
}
