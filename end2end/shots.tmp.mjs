import { chromium } from "playwright-core";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-gpu","--disable-quic","--no-first-run"] });
const base = "http://127.0.0.1:3457";
const pages = process.argv[2]?.split(",") ?? ["gallery","gallery/record","gallery/form","gallery/portal","gallery/sign-in","nope"];
const combos = process.argv[3] ? JSON.parse(process.argv[3]) : [["desk","light","es"],["phone","dark","en"],["desk","dark","en"],["phone","light","es"]];
for (const [size,theme,lang] of combos) {
  const ctx = await b.newContext({ viewport: size==="desk"?{width:1440,height:900}:{width:390,height:844}, deviceScaleFactor: size==="desk"?1:2, isMobile: size!=="desk", hasTouch: size!=="desk", locale: lang==="es"?"es-VE":"en-US", colorScheme: theme });
  for (const p of pages) {
    const page = await ctx.newPage(); const msgs=[];
    page.on("console", m => { if (["error","warning"].includes(m.type())) msgs.push(m.type()+": "+m.text()); });
    page.on("pageerror", e => msgs.push("pageerror: "+e));
    await page.goto(base+"/"+p, {waitUntil:"networkidle"});
    await page.screenshot({ path: `/tmp/ui-shots/${p.replaceAll("/","-")}-${size}-${theme}-${lang}.png`, fullPage: true });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over>0) msgs.push("overflow-x "+over);
    if (msgs.length) console.log(p,size,theme,lang,msgs.slice(0,3).map(m=>m.slice(0,300)));
    await page.close();
  }
  await ctx.close();
}
await b.close();
