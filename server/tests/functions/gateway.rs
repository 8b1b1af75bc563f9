//! Cards. `{checkout}` and `{card}` are another customer's.

use super::{ADMIN, BILLING, CUSTOMER, Function, MONEY_READERS, PAYER, function};

pub const FUNCTIONS: &[Function] = &[
    function("office/gateway/api/show_gateway", BILLING, ""),
    function("office/gateway/api/save_gateway_keys", ADMIN, "keys[mode]="),
    function("office/gateway/api/save_retry_days", ADMIN, "retry_days=x"),
    function("office/gateway/api/check_gateway", ADMIN, "gateway=999"),
    function("office/gateway/api/switch_gateway_on", ADMIN, "gateway=999"),
    function("office/gateway/api/switch_gateway_off", ADMIN, "gateway=999"),
    function("office/gateway/api/list_card_payments", BILLING, ""),
    function("office/gateway/api/list_gateway_events", BILLING, ""),
    function("office/gateway/api/repeat_gateway_event", BILLING, "event=999"),
    function("office/gateway/api/list_disputes", BILLING, ""),
    function("office/gateway/api/compare_gateway", BILLING, ""),
    function("office/gateway/api/see_card_payment", MONEY_READERS, "payment=999"),
    function("office/gateway/api/refund_to_card", BILLING, "payment=999&form[amount]="),
    function("portal/pay/api/begin_to_pay", CUSTOMER, ""),
    function("portal/pay/api/pay_by_card", PAYER, "pay[idempotency_key]="),
    function("portal/pay/api/pay_quote_by_card", PAYER, "quote=999").anothers("quote={quote}&idempotency_key={quote}"),
    function("portal/pay/api/my_checkout", CUSTOMER, "checkout=999").anothers("checkout={checkout}"),
    function("portal/pay/api/my_cards", CUSTOMER, ""),
    function("portal/pay/api/save_my_card", PAYER, ""),
    function("portal/pay/api/pay_automatically", PAYER, "card=999").anothers("card={card}"),
    function("portal/pay/api/stop_automatic_payments", PAYER, ""),
    function("portal/pay/api/remove_my_card", PAYER, "card=999").anothers("card={card}"),
];
