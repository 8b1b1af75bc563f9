//! The page to pay on: three buttons, each a card that behaves in its own way.

use serde_json::{Value, json};

use super::api::new_intent;
use super::objects::{example, number, set, text, with};
use super::world::{Card, World};

/// The page; `None` for a session that does not exist.
pub fn show(world: &World, session: &str) -> Option<String> {
    let session = world.get(session)?;
    let spanish = text(session, "locale").starts_with("es");
    let words = |es: &'static str, en: &'static str| if spanish { es } else { en };
    let is_setup = text(session, "mode") == "setup";
    let name = escaped(session.pointer("/lab/name").and_then(Value::as_str).unwrap_or_default());
    let (what, pay) = if is_setup {
        (words("Guardar una tarjeta", "Save a card").to_owned(), words("Guardar la tarjeta 4242", "Save card 4242"))
    } else {
        (amount(session), words("Pagar con la tarjeta 4242", "Pay with card 4242"))
    };
    let declined = match is_setup {
        true => words("Guardar la tarjeta 0341 (sin fondos)", "Save card 0341 (no funds)"),
        false => words("Pagar con la tarjeta 0341 (sin fondos)", "Pay with card 0341 (no funds)"),
    };
    let slow = words("Pagar con un método que tarda días", "Pay by a method that takes days");
    let error = session.pointer("/lab/error").and_then(Value::as_str).unwrap_or_default();
    let error = if error.is_empty() {
        String::new()
    } else {
        format!("<p class=\"error\" role=\"alert\">{}</p>", escaped(error))
    };
    let slow = if is_setup { String::new() } else { button("slow", slow) };
    let lang = if spanish { "es" } else { "en" };
    let title = words("Pasarela de demostración", "Demo payment page");
    let note = words("Esto es una demostración: no se mueve dinero.", "This is a demo: no money moves.");
    let back = words("Volver sin pagar", "Go back without paying");
    Some(format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <link rel=\"icon\" href=\"data:,\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><style>{STYLE}</style></head><body><main>\
         <p class=\"demo\">{note}</p><h1>{what}</h1><p>{name}</p>{error}<form method=\"post\">{}{}{slow}</form>\
         <p><a href=\"{}\">{back}</a></p></main></body></html>",
        button("good", pay),
        button("poor", declined),
        escaped(text(session, "cancel_url")),
    ))
}

const STYLE: &str = "body{font:16px/1.5 system-ui;margin:0;background:#f4f4f6;color:#1a1a22}\
main{max-width:26rem;margin:2rem auto;padding:1.5rem;background:#fff;border-radius:12px}\
.demo{background:#fff3cd;color:#5c4400;padding:.5rem .75rem;border-radius:8px}\
.error{background:#fde8e8;color:#8a1010;padding:.5rem .75rem;border-radius:8px}\
button{display:block;width:100%;margin:.5rem 0;padding:.8rem;font:inherit;border:1px solid #c8c8d0;border-radius:8px;\
background:#fff;cursor:pointer}button:first-child{background:#1f4fd8;border-color:#1f4fd8;color:#fff}\
@media(prefers-color-scheme:dark){body{background:#15151a;color:#ececf1}main{background:#22222a}button{background:#2c2c35;color:inherit}}";

fn button(card: &str, words: &str) -> String {
    format!("<button name=\"card\" value=\"{card}\">{words}</button>")
}

fn amount(session: &Value) -> String {
    let (minor, currency) = (number(session, "amount_total"), text(session, "currency").to_ascii_uppercase());
    let decimals: u32 = match currency.as_str() {
        "BIF" | "CLP" | "DJF" | "GNF" | "JPY" | "KMF" | "KRW" | "MGA" | "PYG" | "RWF" | "UGX" | "VND" | "VUV"
        | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "JOD" | "KWD" | "OMR" | "TND" => 3,
        _ => 2,
    };
    let coins = 10_i64.pow(decimals);
    match decimals {
        0 => format!("{minor} {currency}"),
        _ => format!("{}.{:0width$} {currency}", minor / coins, minor % coins, width = decimals as usize),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Somebody pressed a button. Answers where they go from here: `None` is the page again.
pub fn pay(world: &mut World, session: &str, card: &str) -> Option<String> {
    let mut object = world.get(session)?.clone();
    let success = text(&object, "success_url").to_owned();
    if text(&object, "status") != "open" {
        return Some(success);
    }
    if text(&object, "mode") == "setup" {
        save_card(world, &mut object, if card == "poor" { Card::Poor } else { Card::Good });
        return Some(success);
    }
    let intent = intent_of(world, &mut object);
    if card == "slow" {
        let waiting = with(world.get(&intent)?.clone(), [("status", json!("processing"))]);
        let waiting = world.put(waiting);
        world.tell("payment_intent.processing", &waiting);
        complete(world, &object, "unpaid");
        return Some(success);
    }
    let live = object["livemode"] == json!(true);
    let saved = object.pointer("/lab/future").is_some_and(Value::is_string);
    let customer = if saved { object["customer"].clone() } else { Value::Null };
    let method = world.add_method(if card == "poor" { Card::Poor } else { Card::Good }, &customer, live);
    if world.charge(&intent, &method) {
        complete(world, &object, "paid");
        return Some(success);
    }
    let words = world.get(&intent).and_then(|intent| intent.pointer("/last_payment_error/message")).cloned();
    if let Some(lab) = object.get_mut("lab") {
        set(lab, [("error", words.unwrap_or_default())]);
    }
    world.put(object);
    None
}

/// The payment of a session, made at its first try.
fn intent_of(world: &mut World, session: &mut Value) -> String {
    let known = text(session, "payment_intent").to_owned();
    if !known.is_empty() {
        return known;
    }
    let live = session["livemode"] == json!(true);
    let made = new_intent(world, number(session, "amount_total"), text(session, "currency"), live);
    let made = with(
        made,
        [
            ("customer", session["customer"].clone()),
            ("metadata", session["lab"]["metadata"].clone()),
            ("setup_future_usage", session["lab"]["future"].clone()),
        ],
    );
    let id = text(&world.put(made), "id").to_owned();
    set(session, [("payment_intent", json!(id))]);
    world.put(session.clone());
    id
}

fn complete(world: &mut World, session: &Value, paid: &str) {
    let session = with(session.clone(), [("status", json!("complete")), ("payment_status", json!(paid))]);
    let session = world.put(session);
    world.tell("checkout.session.completed", &session);
}

fn save_card(world: &mut World, session: &mut Value, card: Card) {
    let live = session["livemode"] == json!(true);
    let customer = session["customer"].clone();
    let method = world.add_method(card, &customer, live);
    let id = world.id("seti");
    let setup = with(
        example("setup_intent"),
        [
            ("id", json!(id)),
            ("status", json!("succeeded")),
            ("customer", customer),
            ("payment_method", json!(method)),
            ("livemode", json!(live)),
            ("last_setup_error", Value::Null),
            ("next_action", Value::Null),
            ("created", json!(world.now)),
        ],
    );
    world.put(setup);
    set(session, [("setup_intent", json!(id))]);
    complete(world, session, "no_payment_required");
}

/// A method that takes days has come to its end.
pub fn settle_slow(world: &mut World, intent: &str, paid: bool) {
    let session =
        world.all("checkout.session").into_iter().find(|session| text(session, "payment_intent") == intent).cloned();
    let Some(session) = session else { return };
    if paid {
        world.succeed(intent);
        let session = world.put(with(session, [("payment_status", json!("paid"))]));
        world.tell("checkout.session.async_payment_succeeded", &session);
        return;
    }
    let Some(object) = world.get(intent).cloned() else { return };
    let error = json!({ "type": "card_error", "code": "payment_intent_payment_attempt_failed", "message": "The bank refused." });
    let object = world.put(with(object, [("status", json!("requires_payment_method")), ("last_payment_error", error)]));
    world.tell("payment_intent.payment_failed", &object);
    world.tell("checkout.session.async_payment_failed", &session);
}

/// Nobody paid in time.
pub fn expire(world: &mut World, session: &str) {
    let Some(object) = world.get(session).cloned() else { return };
    let object = world.put(with(object, [("status", json!("expired"))]));
    world.tell("checkout.session.expired", &object);
}
