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

-- Money given back: what was unused of a payment or of a credit note. Append-only, like all money.
create table refunds (
    id bigint generated always as identity primary key,
    payment_id bigint references payments,
    credit_note_id bigint references invoices,
    amount numeric(16, 4) not null check (amount > 0),
    method text not null check (method in ('cash', 'card', 'transfer', 'other')),
    reference text not null default '',
    reason text not null check (reason <> ''),
    refunded_on date not null,
    recorded_at timestamptz not null,
    recorded_by bigint references users,
    -- A form sent twice gives back once.
    idempotency_key text not null unique,
    check (num_nulls(payment_id, credit_note_id) = 1)
);
create index refunds_payment on refunds (payment_id);
create index refunds_credit_note on refunds (credit_note_id);
create trigger refunds_keep before update or delete on refunds for each row execute function refuse_change();

-- Never more than is unused: the check on open_credits refuses.
create function refund_open_credit() returns trigger language plpgsql as $$
begin
    update open_credits set amount = amount - new.amount
        where payment_id = new.payment_id or credit_note_id = new.credit_note_id;
    if not found then
        raise exception 'nothing of it is unused' using errcode = 'check_violation';
    end if;
    delete from open_credits
        where (payment_id = new.payment_id or credit_note_id = new.credit_note_id) and amount = 0;
    return null;
end $$;
create trigger refunds_open after insert on refunds for each row execute function refund_open_credit();

-- A payment that bounced, whole. What it paid was taken back by opposite allocations before, in the same transaction.
create table reversals (
    payment_id bigint primary key references payments,
    reversed_on date not null,
    reason text not null check (reason <> ''),
    -- What the bank charged the provider for it.
    fee numeric(16, 4) check (fee > 0),
    recorded_at timestamptz not null,
    recorded_by bigint references users
);
create index reversals_on on reversals (reversed_on);
create trigger reversals_keep before update or delete on reversals for each row execute function refuse_change();

create function reverse_open_credit() returns trigger language plpgsql as $$
begin
    delete from open_credits o using payments p
        where p.id = new.payment_id and o.payment_id = p.id and o.amount = p.amount;
    if not found then
        raise exception 'payment % is in use', new.payment_id using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
create trigger reversals_open after insert on reversals for each row execute function reverse_open_credit();

-- The books: a balanced double-entry view over documents, payments and what became of them, so that it cannot disagree
-- with them. Debits are positive, credits negative; the lines of one entry (kind, record) add up to zero in each
-- currency. A voided document has no entry; a draft has none yet.
create view journal as
    -- An invoice is owed; a credit note is the customer's credit until it pays an invoice.
    select i.issued_on as on_date, i.kind, i.id as record, i.number as name, i.customer_id,
           case i.kind when 'invoice' then 'assets:receivable' else 'liabilities:customer_credit' end as account,
           i.currency, case i.kind when 'invoice' then i.total else -i.total end as amount
    from invoices i where i.state = 'issued'
    union all
    select i.issued_on, i.kind, i.id, i.number, i.customer_id, 'income:' || l.kind, i.currency,
           case i.kind when 'invoice' then -l.untaxed else l.untaxed end
    from invoices i
    cross join lateral (
        select coalesce(p.kind, 'other') as kind, sum(l.untaxed) as untaxed
        from invoice_lines l
        left join contract_lines c on c.id = l.contract_line_id
        left join plans p on p.id = c.plan_id
        where l.invoice_id = i.id group by 1) l
    where i.state = 'issued'
    union all
    -- What the lines do not explain: documents of another system came without theirs.
    select i.issued_on, i.kind, i.id, i.number, i.customer_id, 'income:unexplained', i.currency,
           case i.kind when 'invoice' then -l.rest else l.rest end
    from invoices i
    cross join lateral (
        select i.untaxed - coalesce(sum(l.untaxed), 0) as rest from invoice_lines l where l.invoice_id = i.id) l
    where i.state = 'issued'
    union all
    select i.issued_on, i.kind, i.id, i.number, i.customer_id, 'liabilities:tax', i.currency,
           case i.kind when 'invoice' then -i.tax else i.tax end
    from invoices i where i.state = 'issued'
    union all
    select p.received_on, 'payment', p.id, p.receipt, p.customer_id, side.account, p.currency, side.amount
    from payments p
    cross join lateral (values ('assets:' || p.method, p.amount), ('liabilities:customer_credit', -p.amount))
        as side (account, amount)
    union all
    -- What pays an invoice is no longer the customer's credit; taken back, it is again.
    select a.allocated_on, 'allocation', a.id, i.number, i.customer_id, side.account, i.currency, side.amount
    from allocations a
    join invoices i on i.id = a.invoice_id
    cross join lateral (values ('liabilities:customer_credit', a.amount), ('assets:receivable', -a.amount))
        as side (account, amount)
    union all
    select r.refunded_on, 'refund', r.id, coalesce(p.receipt, n.number), coalesce(p.customer_id, n.customer_id),
           side.account, coalesce(p.currency, n.currency), side.amount
    from refunds r
    left join payments p on p.id = r.payment_id
    left join invoices n on n.id = r.credit_note_id
    cross join lateral (values ('liabilities:customer_credit', r.amount), ('assets:' || r.method, -r.amount))
        as side (account, amount)
    union all
    select v.reversed_on, 'reversal', p.id, p.receipt, p.customer_id, side.account, p.currency, side.amount
    from reversals v
    join payments p on p.id = v.payment_id
    cross join lateral (values
        ('liabilities:customer_credit', p.amount), ('assets:' || p.method, -p.amount),
        ('expenses:bank_fees', v.fee), ('assets:' || p.method, -v.fee)) as side (account, amount)
    where side.amount is not null;
