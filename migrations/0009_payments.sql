-- Money that comes in by other ways than the counter, and what becomes of it afterwards.

-- A bank's reference as people type it: without signs, spaces, case and leading zeros. 00-77 a and 77A are one transfer.
create function bare_reference(typed text) returns text language sql immutable strict parallel safe as $$
    select ltrim(upper(regexp_replace(typed, '[^A-Za-z0-9]', '', 'g')), '0')
$$;

drop index payments_transfer_reference;
create unique index payments_transfer_reference on payments (bare_reference(reference))
    where method = 'transfer' and bare_reference(reference) <> '';

-- A transfer that somebody says was made. While it is under review it holds the cut; approved, it is a payment.
create table transfer_reports (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers,
    state text not null check (state in ('in_review', 'approved', 'rejected')),
    amount numeric(16, 4) not null check (amount > 0),
    currency char(3) not null,
    paid_on date not null,
    -- The bank that it was sent from, as the customer names it.
    bank text not null check (bank <> ''),
    reference text not null check (bare_reference(reference) <> ''),
    note text not null default '',
    reported_at timestamptz not null,
    -- The customer's own user, or one of the staff.
    reported_by bigint references users,
    decided_at timestamptz,
    decided_by bigint references users,
    payment_id bigint unique references payments,
    reject_reason text check (reject_reason <> ''),
    -- A form sent twice makes one report.
    idempotency_key text not null unique,
    check ((state = 'in_review') = (decided_at is null)),
    check ((state = 'approved') = (payment_id is not null)),
    check ((state = 'rejected') = (reject_reason is not null))
);
-- One transfer is reported once; what was rejected may be reported again, with what was missing.
create unique index transfer_reports_reference on transfer_reports (bare_reference(reference)) where state <> 'rejected';
create index transfer_reports_queue on transfer_reports (reported_at, id) where state = 'in_review';
create index transfer_reports_customer on transfer_reports (customer_id, reported_at);
create index transfer_reports_reported on transfer_reports (reported_at, id);
