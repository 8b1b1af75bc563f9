-- Cards, by a gateway outside. Nothing of a card is here but what its owner recognises it by; what was set out to be paid
-- is written down before the gateway is asked, and money is credited from what the gateway was read to hold.

-- The keys of a gateway, a row for each mode. Money of one mode never meets the other's: everything below names its row.
create table gateways (
    id bigint generated always as identity primary key,
    provider text not null check (provider in ('stripe')),
    mode text not null check (mode in ('test', 'live')),
    api_url text not null check (api_url ~ '^https?://'),
    -- Sealed. The hint is what people recognise the key by.
    secret_key bytea not null,
    webhook_secret bytea not null,
    key_hint text not null,
    is_on boolean not null,
    unique (provider, mode)
);
create unique index gateways_on on gateways (is_on) where is_on;

-- One row: how often a declined card is tried again, in days after the try before.
create table gateway_settings (
    only_one boolean primary key default true check (only_one),
    retry_days integer[] not null check (cardinality(retry_days) <= 5)
);
insert into gateway_settings values (true, '{2,4}');

-- Who a customer is to the gateway.
create table gateway_customers (
    gateway_id bigint not null references gateways,
    customer_id bigint not null references customers,
    remote_id text not null,
    primary key (gateway_id, customer_id),
    unique (gateway_id, remote_id)
);

create table saved_cards (
    id bigint generated always as identity primary key,
    gateway_id bigint not null references gateways,
    customer_id bigint not null references customers,
    remote_id text not null,
    brand text not null,
    last4 text not null check (last4 ~ '^[0-9]{4}$'),
    expires_month integer not null check (expires_month between 1 and 12),
    expires_year integer not null,
    saved_at timestamptz not null,
    removed_at timestamptz,
    unique (gateway_id, remote_id)
);
create index saved_cards_customer on saved_cards (customer_id) where removed_at is null;

-- That a customer wants what is due to be paid from a card. Withdrawing ends it; a new consent is a new row.
create table automatic_payments (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers,
    card_id bigint not null references saved_cards,
    -- The sentence that was agreed to, in the customer's words.
    consent text not null check (consent <> ''),
    consented_at timestamptz not null,
    consented_by bigint references users,
    withdrawn_at timestamptz,
    withdrawn_by bigint references users
);
create unique index automatic_payments_open on automatic_payments (customer_id) where withdrawn_at is null;

-- What somebody set out to pay, or a night for them. `remote_key` is the gateway's idempotency key: written down before the
-- first call, so that whoever calls again after a crash is given the same answer.
create table payment_intents (
    id bigint generated always as identity primary key,
    gateway_id bigint not null references gateways,
    customer_id bigint not null references customers,
    -- setup: only a card is saved, and nothing is paid.
    kind text not null check (kind in ('checkout', 'setup', 'automatic')),
    state text not null
        check (state in ('created', 'open', 'processing', 'paid', 'failed', 'cancelled', 'expired')),
    amount numeric(16, 4) not null check (amount >= 0),
    currency char(3) not null,
    quote_id bigint references quotes,
    card_id bigint references saved_cards,
    -- The sentence that was agreed to when the card is to pay by itself from then on.
    consent text check (consent <> ''),
    -- A form sent twice, or a night run twice, sets out once.
    idempotency_key text not null unique,
    remote_key text not null unique,
    -- When the gateway was first asked: whoever finds this set looks there before asking again.
    asked_at timestamptz,
    remote_session text,
    remote_intent text,
    remote_charge text,
    url text,
    -- Why the last try was declined, in the gateway's code and words.
    decline_code text,
    decline_words text,
    payment_id bigint unique references payments,
    for_date date not null,
    created_at timestamptz not null,
    created_by bigint references users,
    settled_at timestamptz,
    -- When the gateway was last looked at.
    looked_at timestamptz,
    check ((kind = 'setup') = (amount = 0)),
    check (payment_id is null or state = 'paid'),
    unique (gateway_id, remote_session),
    unique (gateway_id, remote_intent)
);
create index payment_intents_customer on payment_intents (customer_id, id);
create index payment_intents_made on payment_intents (created_at, id);
create index payment_intents_pending on payment_intents (customer_id)
    where state = 'processing' or (kind = 'automatic' and state in ('created', 'open'));

-- The invoices that it pays first, in their order; what it brings beyond them pays the oldest debt.
create table payment_intent_invoices (
    intent_id bigint not null references payment_intents,
    place integer not null,
    invoice_id bigint not null references invoices,
    primary key (intent_id, invoice_id)
);
create index payment_intent_invoices_invoice on payment_intent_invoices (invoice_id);

-- What the gateway told, as it came; stored before anything is done with it, once however often it is sent.
create table gateway_events (
    id bigint generated always as identity primary key,
    gateway_id bigint not null references gateways,
    remote_id text not null,
    kind text not null,
    -- By the gateway's clock.
    happened_at timestamptz not null,
    received_at timestamptz not null,
    deliveries integer not null,
    body text not null,
    state text not null check (state in ('stored', 'processed', 'ignored', 'refused', 'parked')),
    because jsonb,
    intent_id bigint references payment_intents,
    processed_at timestamptz,
    unique (gateway_id, remote_id),
    check ((state in ('refused', 'parked')) = (because is not null))
);
create index gateway_events_received on gateway_events (received_at, id);
create index gateway_events_state on gateway_events (state, id);

-- What the gateway kept of a payment for itself, in the currency that it settles in.
create table gateway_fees (
    payment_id bigint primary key references payments,
    amount numeric(16, 4) not null check (amount > 0),
    currency char(3) not null,
    booked_on date not null
);
create trigger gateway_fees_keep before update or delete on gateway_fees for each row execute function refuse_change();

-- Money back onto the card. The refund of the books is made when it is asked for; a refund that fails comes back as a
-- payment.
create table card_refunds (
    id bigint generated always as identity primary key,
    intent_id bigint not null references payment_intents,
    amount numeric(16, 4) not null check (amount > 0),
    reason text not null,
    state text not null check (state in ('asked', 'pending', 'succeeded', 'failed')),
    remote_key text not null unique,
    remote_id text,
    refund_id bigint not null unique references refunds,
    returned_by bigint unique references payments,
    asked_at timestamptz not null,
    unique (intent_id, remote_id),
    check ((state = 'failed') = (returned_by is not null))
);
create index card_refunds_intent on card_refunds (intent_id);

-- A cardholder who denies a payment at their bank. While it is open the money is taken back; won, it is returned.
create table disputes (
    id bigint generated always as identity primary key,
    intent_id bigint not null references payment_intents,
    remote_id text not null unique,
    state text not null check (state in ('inquiry', 'open', 'won', 'lost')),
    amount numeric(16, 4) not null check (amount > 0),
    currency char(3) not null,
    reason text not null,
    opened_at timestamptz not null,
    due_by timestamptz,
    closed_at timestamptz,
    -- The payment of what was not disputed, and that of what was returned.
    rest_payment_id bigint unique references payments,
    returned_payment_id bigint unique references payments,
    -- Whether the payment was taken back.
    is_taken boolean not null
);
create index disputes_opened on disputes (opened_at, id);
create index disputes_intent on disputes (intent_id);

-- What a worker is to do about one of these, outside the database.
create table gateway_tasks (
    id bigint generated always as identity primary key,
    event_id bigint unique references gateway_events,
    intent_id bigint unique references payment_intents,
    refund_id bigint unique references card_refunds,
    check (num_nonnulls(event_id, intent_id, refund_id) = 1)
);
insert into job_kinds (kind, at_router) values ('gateway', false);

-- What the queue's screen says of a task: for whom it is.
create view gateway_jobs as
    select t.id as task_id,
           case when t.event_id is not null then 'event' when t.refund_id is not null then 'refund' else 'payment' end as work,
           k.id as customer_id, k.name as customer_name
    from gateway_tasks t
    left join gateway_events e on e.id = t.event_id
    left join card_refunds r on r.id = t.refund_id
    left join payment_intents i on i.id = coalesce(t.intent_id, r.intent_id, e.intent_id)
    left join customers k on k.id = i.customer_id;

-- The books get the gateway's part.
alter view journal rename to journal_before_fees;
create view journal as
    select * from journal_before_fees
    union all
    -- What the gateway keeps never arrives.
    select f.booked_on, 'fee', p.id, p.receipt, p.customer_id, side.account, f.currency, side.amount
    from gateway_fees f
    join payments p on p.id = f.payment_id
    cross join lateral (values ('expenses:gateway_fees', f.amount), ('assets:' || p.method, -f.amount))
        as side (account, amount);
