//! The endpoints.

use serde_json::{Value, json};

use super::call::{Answer, Call};
use super::keys::refusal;
use super::objects::{example, number, set, text, with};
use super::world::World;

/// Answers a call. `origin`: where the page to pay on is.
pub fn answer(world: &mut World, call: &Call, origin: &str) -> Answer {
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    match (call.is_post, path.as_slice()) {
        (false, ["balance"]) => found(json!({ "object": "balance", "livemode": call.is_live, "available": [] })),
        (true, ["customers"]) => add_customer(world, call),
        (true, ["checkout", "sessions"]) => open_session(world, call, origin),
        (false, ["checkout", "sessions", id]) => {
            one(world, id).map_or_else(missing, |found| session(world, call, found))
        }
        (true, ["payment_intents"]) => add_intent(world, call),
        (false, ["payment_intents"]) => list_intents(world, call),
        (false, ["payment_intents", id]) => match one(world, id) {
            Some(object) => found(intent(world, call, object)),
            None => missing(),
        },
        (true, ["refunds"]) => add_refund(world, call),
        (false, ["disputes"]) => list(of_intent(world, "dispute", &call.text("payment_intent"))),
        (true, ["payment_methods", id, "detach"]) => detach(world, id),
        (false, ["balance_transactions"]) => list_movements(world, call),
        _ => refusal(404, "invalid_request_error", None, "Unrecognized request URL."),
    }
}

fn found(body: Value) -> Answer {
    Answer { status: 200, body }
}

fn missing() -> Answer {
    refusal(404, "invalid_request_error", Some("resource_missing"), "No such object.")
}

fn one(world: &World, id: &str) -> Option<Value> {
    world.get(id).cloned()
}

fn list(data: Vec<Value>) -> Answer {
    found(json!({ "object": "list", "has_more": false, "data": data, "url": "/v1" }))
}

fn of_intent(world: &World, kind: &str, intent: &str) -> Vec<Value> {
    world.all(kind).into_iter().filter(|object| text(object, "payment_intent") == intent).cloned().collect()
}

fn add_customer(world: &mut World, call: &Call) -> Answer {
    let id = world.id("cus");
    let customer = with(
        example("customer"),
        [
            ("id", json!(id)),
            ("name", json!(call.text("name"))),
            ("metadata", json!(call.metadata(""))),
            ("livemode", json!(call.is_live)),
            ("created", json!(world.now)),
        ],
    );
    found(world.put(customer))
}

fn open_session(world: &mut World, call: &Call, origin: &str) -> Answer {
    let is_setup = call.field("mode") == Some("setup");
    let item = |name: &str| call.text(&format!("line_items[0][price_data]{name}"));
    let amount: i64 = item("[unit_amount]").parse().unwrap_or_default();
    if !is_setup && amount < 1 {
        return refusal(400, "invalid_request_error", Some("amount_too_small"), "Amount must be at least one.");
    }
    let id = world.id(if call.is_live { "cs_live" } else { "cs_test" });
    let customer = call.field("customer").map_or(Value::Null, |customer| json!(customer));
    let session = with(
        example("checkout.session"),
        [
            ("id", json!(id)),
            ("mode", json!(if is_setup { "setup" } else { "payment" })),
            ("amount_total", if is_setup { Value::Null } else { json!(amount) }),
            ("currency", if is_setup { Value::Null } else { json!(item("[currency]")) }),
            ("client_reference_id", json!(call.text("client_reference_id"))),
            ("metadata", json!(call.metadata(""))),
            ("customer", customer),
            ("payment_intent", Value::Null),
            ("setup_intent", Value::Null),
            ("livemode", json!(call.is_live)),
            ("created", json!(world.now)),
            ("expires_at", json!(world.now + 24 * 3600)),
            ("success_url", json!(call.text("success_url"))),
            ("cancel_url", json!(call.text("cancel_url"))),
            ("locale", json!(call.text("locale"))),
            ("url", json!(format!("{origin}/pay/{id}"))),
            // Not of the real object: what the payment is made of, once somebody pays.
            (
                "lab",
                json!({
                    "name": item("[product_data][name]"),
                    "metadata": call.metadata("payment_intent_data"),
                    "future": call.field("payment_intent_data[setup_future_usage]"),
                }),
            ),
        ],
    );
    found(shown(world.put(session)))
}

fn shown(mut session: Value) -> Value {
    if let Some(session) = session.as_object_mut() {
        session.remove("lab");
    }
    session
}

fn session(world: &World, call: &Call, session: Value) -> Answer {
    let mut session = shown(session);
    if text(&session, "status") != "open" {
        set(&mut session, [("url", Value::Null)]);
    }
    if call.expands("setup_intent.payment_method")
        && let Some(mut setup) = one(world, text(&session, "setup_intent"))
    {
        let method = one(world, text(&setup, "payment_method")).unwrap_or_default();
        set(&mut setup, [("payment_method", method)]);
        set(&mut session, [("setup_intent", setup)]);
    }
    found(session)
}

/// A payment that nobody has charged yet.
pub fn new_intent(world: &mut World, amount: i64, currency: &str, live: bool) -> Value {
    let id = world.id("pi");
    with(
        example("payment_intent"),
        [
            ("id", json!(id)),
            ("amount", json!(amount)),
            ("amount_received", json!(0)),
            ("currency", json!(currency)),
            ("canceled_at", Value::Null),
            ("last_payment_error", Value::Null),
            ("next_action", Value::Null),
            ("latest_charge", Value::Null),
            ("livemode", json!(live)),
            ("created", json!(world.now)),
        ],
    )
}

fn add_intent(world: &mut World, call: &Call) -> Answer {
    let amount: i64 = call.text("amount").parse().unwrap_or_default();
    let method = call.text("payment_method");
    let (Some(card), true) = (world.get(&method), amount > 0) else {
        return refusal(
            400,
            "invalid_request_error",
            Some("parameter_missing"),
            "A payment needs an amount and a card.",
        );
    };
    if text(card, "customer") != call.text("customer") {
        return refusal(400, "invalid_request_error", None, "The payment method belongs to another customer.");
    }
    let made = new_intent(world, amount, &call.text("currency"), call.is_live);
    let made = with(
        made,
        [
            ("customer", json!(call.text("customer"))),
            ("description", json!(call.text("description"))),
            ("metadata", json!(call.metadata(""))),
        ],
    );
    let id = text(&made, "id").to_owned();
    world.put(made);
    let paid = world.charge(&id, &method);
    let object = intent(world, call, one(world, &id).unwrap_or_default());
    if paid {
        return found(object);
    }
    let mut error = object["last_payment_error"].clone();
    set(&mut error, [("payment_intent", object)]);
    Answer { status: 402, body: json!({ "error": error }) }
}

/// With the parts that were asked for whole.
fn intent(world: &World, call: &Call, mut intent: Value) -> Value {
    if let Some(mut charge) = one(world, text(&intent, "latest_charge")) {
        let refunds = of_intent(world, "refund", text(&intent, "id"));
        if call.expands("latest_charge.refunds") {
            set(&mut charge, [("refunds", json!({ "object": "list", "has_more": false, "data": refunds }))]);
        }
        if call.expands("latest_charge.balance_transaction") {
            let movement = one(world, text(&charge, "balance_transaction")).unwrap_or_default();
            set(&mut charge, [("balance_transaction", movement)]);
        }
        if call.fields.iter().any(|(_, value)| value.starts_with("latest_charge")) {
            set(&mut intent, [("latest_charge", charge)]);
        }
    }
    if call.expands("payment_method")
        && let Some(method) = one(world, text(&intent, "payment_method"))
    {
        set(&mut intent, [("payment_method", method)]);
    }
    intent
}

fn list_intents(world: &World, call: &Call) -> Answer {
    let customer = call.text("customer");
    let all = world.all("payment_intent").into_iter().filter(|intent| text(intent, "customer") == customer);
    page(call, all.cloned().collect())
}

fn add_refund(world: &mut World, call: &Call) -> Answer {
    let amount: i64 = call.text("amount").parse().unwrap_or_default();
    match world.refund(&call.text("payment_intent"), amount, json!(call.metadata(""))) {
        Some(refund) => found(refund),
        None => {
            refusal(400, "invalid_request_error", Some("charge_already_refunded"), "There is not so much left of it.")
        }
    }
}

fn detach(world: &mut World, id: &str) -> Answer {
    match one(world, id) {
        Some(method) => found(world.put(with(method, [("customer", Value::Null)]))),
        None => missing(),
    }
}

fn list_movements(world: &World, call: &Call) -> Answer {
    let bound = |name: &str| call.field(name).and_then(|text| text.parse::<i64>().ok());
    let (since, before) = (bound("created[gte]").unwrap_or(i64::MIN), bound("created[lt]").unwrap_or(i64::MAX));
    let all = world.all("balance_transaction").into_iter().filter(|movement| {
        let at = number(movement, "created");
        (since..before).contains(&at)
    });
    let whole = |movement: &Value| {
        let source = one(world, text(movement, "source"));
        let source = source.filter(|_| call.expands("data.source")).unwrap_or_else(|| movement["source"].clone());
        with(movement.clone(), [("source", source)])
    };
    let all = all.map(whole).collect();
    page(call, all)
}

/// As many as were asked for, after the one that was named.
fn page(call: &Call, all: Vec<Value>) -> Answer {
    let limit: usize = call.text("limit").parse().unwrap_or(10);
    let after = call.text("starting_after");
    let skipped =
        if after.is_empty() { 0 } else { all.iter().position(|one| text(one, "id") == after).map_or(0, |at| at + 1) };
    let data: Vec<Value> = all.iter().skip(skipped).take(limit).cloned().collect();
    let has_more = all.len() > skipped + data.len();
    found(json!({ "object": "list", "has_more": has_more, "data": data, "url": "/v1" }))
}
