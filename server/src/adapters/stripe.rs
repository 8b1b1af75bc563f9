//! Stripe, by the few endpoints that are needed. A client of our own: the official shapes that are read fit on a page, and
//! what would build a thousand generated types takes longer to compile than the rest of the program.

mod answers;
mod client;
mod signature;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::gateway::{GatewayMode, to_minor};
use domain::money::Money;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use workflows::ports::Gateway;
use workflows::ports::gateway::{
    About, Asked, Checkout, Forged, GatewayAccess, GatewayFailure, NewCharge, NewCheckout, NewRemoteRefund,
    RemoteIntent, RemoteMovement, RemoteRefund, ToldEvent,
};

use answers::{Dispute, Event, Intent, List, Movement, Refund, Session};
use client::{Client, Form};

type Answered<T> = Result<T, GatewayFailure>;

/// What of a payment is read with it.
const INTENT_PARTS: [&str; 3] = ["latest_charge.balance_transaction", "latest_charge.refunds", "payment_method"];
/// Pages of a hundred movements that a report reads at most.
const MOST_PAGES: usize = 50;

/// Cheap to clone; connections are kept between calls.
#[derive(Clone, Default)]
pub struct Stripe {
    client: Client,
}

impl Stripe {
    async fn check_now(&self, access: &GatewayAccess) -> Answered<()> {
        // The account says its mode in everything it answers.
        let balance: Value = self.client.get(access, "/v1/balance", Form::new()).await?;
        let is_live = balance.get("livemode").and_then(Value::as_bool);
        match is_live {
            Some(is_live) if is_live == (access.mode == GatewayMode::Live) => Ok(()),
            _ => Err(GatewayFailure::Keys("they are of the other mode".to_owned())),
        }
    }

    async fn add_customer_now(&self, access: &GatewayAccess, reference: &str, name: &str) -> Answered<String> {
        let form = Form::new().with("name", name).with("metadata[ramal]", reference);
        let key = format!("ramal-customer-{reference}");
        let customer: answers::Named = self.client.post(access, "/v1/customers", form, &key).await?;
        Ok(customer.id)
    }

    async fn open_checkout_now(&self, access: &GatewayAccess, wanted: &NewCheckout) -> Answered<Checkout> {
        let session: Session =
            self.client.post(access, "/v1/checkout/sessions", checkout_form(wanted)?, &wanted.key).await?;
        session.checkout()
    }

    async fn checkout_now(&self, access: &GatewayAccess, session: &str) -> Answered<Checkout> {
        let form = Form::new().with("expand[]", "setup_intent.payment_method");
        let path = format!("/v1/checkout/sessions/{session}");
        let session: Session = self.client.get(access, &path, form).await?;
        session.checkout()
    }

    async fn charge_now(&self, access: &GatewayAccess, wanted: &NewCharge) -> Answered<RemoteIntent> {
        let form = amount_form(wanted.amount)?
            .with("customer", &wanted.customer)
            .with("payment_method", &wanted.card)
            .with("off_session", "true")
            .with("confirm", "true")
            .with("error_on_requires_action", "true")
            .with("description", &wanted.description)
            .with("metadata[ramal]", &wanted.key)
            .expanding(&INTENT_PARTS);
        let intent: Intent = self.client.post(access, "/v1/payment_intents", form, &wanted.key).await?;
        self.whole(access, intent).await
    }

    async fn intent_now(&self, access: &GatewayAccess, intent: &str) -> Answered<RemoteIntent> {
        let path = format!("/v1/payment_intents/{intent}");
        let intent: Intent = self.client.get(access, &path, Form::new().expanding(&INTENT_PARTS)).await?;
        self.whole(access, intent).await
    }

    /// The list of a customer's payments is exact at once, as the search is not.
    async fn find_intent_now(
        &self,
        access: &GatewayAccess,
        customer: &str,
        reference: &str,
    ) -> Answered<Option<RemoteIntent>> {
        let mut after: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let mut form = Form::new().with("customer", customer).with("limit", "100");
            if let Some(after) = &after {
                form = form.with("starting_after", after);
            }
            let page: List<Intent> = self.client.get(access, "/v1/payment_intents", form).await?;
            if let Some(found) = page.data.iter().find(|intent| intent.is_called(reference)) {
                return self.intent_now(access, &found.id).await.map(Some);
            }
            after = page.data.last().map(|last| last.id.clone());
            if !page.has_more || after.is_none() {
                return Ok(None);
            }
        }
        Ok(None)
    }

    /// With its disputes, which no answer carries along.
    async fn whole(&self, access: &GatewayAccess, intent: Intent) -> Answered<RemoteIntent> {
        let disputes = match intent.is_disputed() {
            true => {
                let form = Form::new().with("payment_intent", &intent.id).with("limit", "100");
                let disputes: List<Dispute> = self.client.get(access, "/v1/disputes", form).await?;
                disputes.data
            }
            false => Vec::new(),
        };
        intent.remote(disputes)
    }

    async fn refund_now(&self, access: &GatewayAccess, wanted: &NewRemoteRefund) -> Answered<RemoteRefund> {
        let amount = to_minor(wanted.amount).map_err(|error| GatewayFailure::Refused(error.to_string()))?;
        let form = Form::new()
            .with("payment_intent", &wanted.intent)
            .with("amount", &amount.to_string())
            .with("metadata[ramal]", &wanted.key);
        let refund: Refund = self.client.post(access, "/v1/refunds", form, &wanted.key).await?;
        refund.remote()
    }

    async fn forget_card_now(&self, access: &GatewayAccess, card: &str) -> Answered<()> {
        let path = format!("/v1/payment_methods/{card}/detach");
        let key = format!("ramal-detach-{card}");
        match self.client.post::<answers::Named>(access, &path, Form::new(), &key).await {
            // What is refused is not there (any more): that is what was wanted.
            Ok(_) | Err(GatewayFailure::Refused(_)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    async fn movements_now(
        &self,
        access: &GatewayAccess,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Answered<Vec<RemoteMovement>> {
        let start = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc().timestamp().to_string();
        let (since, before) = (start(from), start(to + chrono::Days::new(1)));
        let (mut found, mut after) = (Vec::new(), None::<String>);
        for _ in 0..MOST_PAGES {
            let mut form = Form::new()
                .with("created[gte]", &since)
                .with("created[lt]", &before)
                .with("limit", "100")
                .with("expand[]", "data.source");
            if let Some(after) = &after {
                form = form.with("starting_after", after);
            }
            let page: List<Movement> = self.client.get(access, "/v1/balance_transactions", form).await?;
            after = page.data.last().map(|last| last.id.clone());
            found.extend(page.data);
            if !page.has_more || after.is_none() {
                return answers::movements(found);
            }
        }
        Err(GatewayFailure::Refused("there are too many movements for one report: choose fewer days".to_owned()))
    }
}

fn amount_form(amount: Money) -> Answered<Form> {
    let minor = to_minor(amount).map_err(|error| GatewayFailure::Refused(error.to_string()))?;
    Ok(Form::new()
        .with("amount", &minor.to_string())
        .with("currency", &amount.currency().to_string().to_ascii_lowercase()))
}

fn checkout_form(wanted: &NewCheckout) -> Answered<Form> {
    let mut form = Form::new()
        .with("client_reference_id", &wanted.key)
        .with("metadata[ramal]", &wanted.key)
        .with("success_url", &wanted.return_url)
        .with("cancel_url", &wanted.cancel_url)
        .with("locale", wanted.language);
    if let Some(customer) = &wanted.customer {
        form = form.with("customer", customer);
    }
    let Some(amount) = wanted.amount else {
        return Ok(form.with("mode", "setup").with("payment_method_types[0]", "card"));
    };
    let minor = to_minor(amount).map_err(|error| GatewayFailure::Refused(error.to_string()))?;
    form = form
        .with("mode", "payment")
        .with("line_items[0][quantity]", "1")
        .with("line_items[0][price_data][currency]", &amount.currency().to_string().to_ascii_lowercase())
        .with("line_items[0][price_data][unit_amount]", &minor.to_string())
        .with("line_items[0][price_data][product_data][name]", &wanted.description)
        .with("payment_intent_data[metadata][ramal]", &wanted.key)
        .with("payment_intent_data[description]", &wanted.description);
    if wanted.saves_card {
        // Only cards can pay again by themselves.
        form =
            form.with("payment_method_types[0]", "card").with("payment_intent_data[setup_future_usage]", "off_session");
    }
    Ok(form)
}

impl Gateway for Stripe {
    fn check<'a>(&'a self, access: &'a GatewayAccess) -> Asked<'a, ()> {
        Box::pin(self.check_now(access))
    }

    fn add_customer<'a>(&'a self, access: &'a GatewayAccess, reference: &'a str, name: &'a str) -> Asked<'a, String> {
        Box::pin(self.add_customer_now(access, reference, name))
    }

    fn open_checkout<'a>(&'a self, access: &'a GatewayAccess, wanted: &'a NewCheckout) -> Asked<'a, Checkout> {
        Box::pin(self.open_checkout_now(access, wanted))
    }

    fn checkout<'a>(&'a self, access: &'a GatewayAccess, session: &'a str) -> Asked<'a, Checkout> {
        Box::pin(self.checkout_now(access, session))
    }

    fn charge<'a>(&'a self, access: &'a GatewayAccess, wanted: &'a NewCharge) -> Asked<'a, RemoteIntent> {
        Box::pin(self.charge_now(access, wanted))
    }

    fn intent<'a>(&'a self, access: &'a GatewayAccess, intent: &'a str) -> Asked<'a, RemoteIntent> {
        Box::pin(self.intent_now(access, intent))
    }

    fn find_intent<'a>(
        &'a self,
        access: &'a GatewayAccess,
        customer: &'a str,
        reference: &'a str,
    ) -> Asked<'a, Option<RemoteIntent>> {
        Box::pin(self.find_intent_now(access, customer, reference))
    }

    fn refund<'a>(&'a self, access: &'a GatewayAccess, wanted: &'a NewRemoteRefund) -> Asked<'a, RemoteRefund> {
        Box::pin(self.refund_now(access, wanted))
    }

    fn forget_card<'a>(&'a self, access: &'a GatewayAccess, card: &'a str) -> Asked<'a, ()> {
        Box::pin(self.forget_card_now(access, card))
    }

    fn movements<'a>(
        &'a self,
        access: &'a GatewayAccess,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Asked<'a, Vec<RemoteMovement>> {
        Box::pin(self.movements_now(access, from, to))
    }

    fn hear(
        &self,
        secret: &SecretString,
        signature: &str,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<ToldEvent, Forged> {
        signature::verify(secret.expose_secret(), signature, body, now)?;
        let event: Event = serde_json::from_slice(body).map_err(|_| Forged::NotAnEvent)?;
        event.told().ok_or(Forged::NotAnEvent)
    }

    fn about(&self, body: &str) -> About {
        serde_json::from_str::<Event>(body).map_or(About::Other, |event| event.about())
    }
}
