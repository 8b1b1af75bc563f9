// What the browser keeps so that Ramal opens without a network: the site's own files, the page that says that there is
// no network, and the last copy of each page of those who work outside. Nothing else is kept, and nothing that was sent.
//
// `site` in this worker's address is the folder of the site's files. It changes with every version of them, so that the
// browser fetches this worker anew, and what the version before kept goes.

const site = new URL(self.location.href).searchParams.get("site");
const FILES = `files:${site}`;
const PAGES = `pages:${site}`;
const OFFLINE = "/offline";
const MOST_PAGES = 100;
// After each of these the phone may be somebody else's.
const OTHERS = /\/(sign_out|sign_in|reset_password|come_in|enter_code)$/;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", answer);

async function install() {
  const files = await caches.open(FILES);
  await files.addAll([OFFLINE, `/${site}/ramal.css`]);
  await self.skipWaiting();
}

async function activate() {
  // What technicians have not sent yet (`unsent:`) is kept by the pages themselves.
  const versions = (await caches.keys()).filter((name) => /^(files|pages):/.test(name));
  const others = versions.filter((name) => name !== FILES && name !== PAGES);
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
}

let languageChanged = false;

function answer(event) {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method !== "GET") {
    if (OTHERS.test(pathname)) event.waitUntil(forgetPages());
    if (pathname.endsWith("/set_preferences")) languageChanged = true;
  } else if (pathname.startsWith("/pkg/")) {
    event.respondWith(fileOnce(request));
  } else if (pathname === "/field" || pathname.startsWith("/field/") || pathname.startsWith("/do/app/field/")) {
    event.respondWith(lastCopy(request));
  } else if (request.mode === "navigate") {
    event.respondWith(page(event, pathname));
  }
}

// The address of a file changes with its contents.
async function fileOnce(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && request.url.includes(`/${site}/`)) await files.put(request, response.clone());
  return response;
}

// As it is now, or as it was when there was a network.
async function lastCopy(request) {
  const pages = await caches.open(PAGES);
  let response;
  try {
    response = await fetch(request);
  } catch (failure) {
    const kept = await pages.match(request, { ignoreVary: true });
    if (kept) return kept;
    if (request.mode === "navigate") return offline();
    throw failure;
  }
  // Led elsewhere or refused: whoever these pages are of is not signed in any more.
  if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) {
    await forgetPages();
  } else if (response.ok && !response.redirected && !isSecret(response)) {
    await pages.put(request, response.clone());
    const kept = await pages.keys();
    await Promise.all(kept.slice(0, -MOST_PAGES).map((old) => pages.delete(old)));
  }
  return response;
}

async function page(event, pathname) {
  const { request } = event;
  let response;
  try {
    response = await fetch(request);
  } catch {
    return offline();
  }
  if (pathname === "/sign-in" && response.ok) await forgetPages();
  if (languageChanged && response.ok) {
    languageChanged = false;
    const files = await caches.open(FILES);
    event.waitUntil(files.add(OFFLINE));
  }
  return response;
}

async function offline() {
  return (await caches.match(OFFLINE, { ignoreVary: true })) ?? Response.error();
}

function isSecret(response) {
  return response.headers.get("cache-control")?.includes("no-store") ?? false;
}

function forgetPages() {
  return caches.delete(PAGES);
}
