import { expect, type Browser, type Page, type TestInfo } from "@playwright/test";

/** Somebody of every role is in the demo, all with this password. */
const PASSWORD = "ramal-demo-2026";
/** What whoever comes in with a code chooses. */
export const OWN_PASSWORD = "una clave bien larga";

export type Role = "admin" | "noc" | "billing" | "support" | "technician" | "customer";

export async function signIn(page: Page, role: Role) {
    await page.goto("/sign-in");
    await page.locator("[name=email]").fill(`${role}@demo.example`);
    await page.locator("[name=password]").fill(PASSWORD);
    await submit(page);
    const homes: Partial<Record<Role, RegExp>> = { customer: /\/portal/, technician: /\/field/ };
    await expect(page).toHaveURL(homes[role] ?? /\/office/);
}

/** A page of the staff's, beside that of the customer. */
export async function officeOf(browser: Browser): Promise<Page> {
    const context = await browser.newContext({ locale: "es-MX" });
    const page = await context.newPage();
    await signIn(page, "admin");
    return page;
}

/** Leaves the page first, so that nothing on it asks for something as nobody. */
export async function signOut(page: Page) {
    await page.goto("about:blank");
    await page.context().clearCookies();
}

/** Staff hand over a code for a customer's portal; it is shown once. */
export async function codeFor(page: Page, customer: string, name: string, right: string): Promise<string> {
    await page.goto(`/office/customers/${customer}/access`);
    await fill(page, { "code[name]": name, "code[right]": right });
    await submit(page, "code[name]");
    const code = await page.locator(".portal-code").innerText();
    await page.goto(`/office/customers/${customer}/access`);
    await expect(page.locator(".portal-code")).toHaveCount(0);
    await expect(page.locator("main")).toContainText(name);
    return code;
}

/** Somebody comes in with a code, and with a telephone or an address that is on record there. */
export async function comeIn(page: Page, code: string, contact: string, email: string) {
    await signOut(page);
    await page.goto("/invited");
    await fill(page, { code, contact, email, password: OWN_PASSWORD, repeated_password: OWN_PASSWORD });
    await submit(page, "code");
    await expect(page).toHaveURL(/\/portal$/);
}

/** Presses the one button that sends the form which holds `field`, or the page's only form of its own. */
export async function submit(page: Page, field?: string) {
    const forms = page.locator("main form[method=post]");
    const form = field ? forms.filter({ has: page.locator(`[name="${field}"]`) }) : forms.first();
    await form.locator("[type=submit]").first().click();
}

/** Fills fields by their names; a select takes its option's label or value. */
export async function fill(page: Page, values: Record<string, string>) {
    for (const [name, value] of Object.entries(values)) {
        const field = page.locator(`[name="${name}"]`).first();
        if ((await field.evaluate((element) => element.tagName)) === "SELECT") await choose(page, name, value);
        else await field.fill(value);
    }
}

async function choose(page: Page, name: string, wanted: string) {
    const select = page.locator(`select[name="${name}"]`).first();
    const options = await select.locator("option").evaluateAll((all) =>
        all.map((option) => ({ value: (option as HTMLOptionElement).value, label: option.textContent ?? "" })),
    );
    const found = options.find(({ value, label }) => value === wanted || label.includes(wanted));
    if (!found) throw new Error(`${name} has no ${wanted}, but ${JSON.stringify(options)}`);
    await select.selectOption(found.value);
}

/** The numbers in a page's address after `path`. */
export function idIn(page: Page, path: string): string {
    const id = new URL(page.url()).pathname.match(new RegExp(`${path}/(\\d+)`))?.[1];
    if (!id) throw new Error(`${page.url()} is no ${path}`);
    return id;
}

/** Numbers what a test takes for itself of the one demo: each project has its own, and each of two tries. */
export function turn({ config, project, retry }: TestInfo): number {
    const { projects } = config;
    return projects.findIndex(({ name }) => name === project.name) + projects.length * (retry % 2);
}
