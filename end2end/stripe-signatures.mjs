// Signs events with Stripe's own library, rightly and wrongly: node stripe-signatures.mjs SECONDS SECRET
// Prints [{ body, header, genuine }]. The receiver's test says what it makes of them.
import Stripe from "stripe";

const [seconds, secret] = process.argv.slice(2);
const now = Number(seconds);
const stripe = new Stripe("sk_test_nobody");

let nth = 0;
function event(extra = {}) {
  nth += 1;
  const object = { id: `pi_signed_${nth}`, object: "payment_intent", ...extra };
  return { id: `evt_signed_${nth}`, object: "event", type: "payment_intent.succeeded", livemode: true, created: now, data: { object } };
}

function sign(payload, options = {}) {
  return stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: now, ...options });
}

const signed = [];
function add(genuine, body, header) {
  signed.push({ genuine, body, header });
}

// As they come: compact, spread over lines, with letters beyond ASCII, with the oldest and newest time that is allowed.
for (const body of [
  JSON.stringify(event()),
  JSON.stringify(event(), null, 2),
  JSON.stringify(event({ description: "Peña, 34,80 € ✓" })),
  `${JSON.stringify(event())}\n`,
]) {
  add(true, body, sign(body));
}
for (const timestamp of [now - 300, now + 300]) {
  const body = JSON.stringify(event());
  add(true, body, sign(body, { timestamp }));
}
{
  // A secret is being replaced: both sign.
  const body = JSON.stringify(event());
  const other = sign(body, { secret: "whsec_other" }).split(",").find((part) => part.startsWith("v1="));
  add(true, body, sign(body).replace(",v1=", `,${other},v1=`));
}

for (const timestamp of [now - 301, now + 301]) {
  const body = JSON.stringify(event());
  add(false, body, sign(body, { timestamp }));
}
{
  const body = JSON.stringify(event());
  add(false, body, sign(body, { secret: "whsec_other" }));
  add(false, body.replace("succeeded", "canceled"), sign(body));
  add(false, `${body} `, sign(body));
  add(false, body, sign(body).replace(`t=${now}`, `t=${now + 1}`));
  add(false, body, sign(body).replace("v1=", "v0="));
  add(false, body, sign(body, { scheme: "v0" }));
  add(false, body, "");
}

process.stdout.write(JSON.stringify(signed));
