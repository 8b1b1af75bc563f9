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

-- The provider's accounts at banks.
create table bank_accounts (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    currency char(3) not null,
    -- How the columns of its CSV files are read, once somebody said so.
    columns jsonb
);

-- A file as it came, kept so that nothing of it is lost and its columns can be read anew.
create table bank_statements (
    id bigint generated always as identity primary key,
    account_id bigint not null references bank_accounts,
    file_name text not null,
    format text not null check (format in ('csv', 'mt940', 'camt053')),
    content text not null,
    uploaded_at timestamptz not null,
    uploaded_by bigint references users,
    -- Null: somebody still looks at what is in it.
    imported_at timestamptz
);
create index bank_statements_uploaded on bank_statements (uploaded_at, id);

-- A movement on an account, once, however many files tell it.
create table bank_rows (
    id bigint generated always as identity primary key,
    account_id bigint not null references bank_accounts,
    -- The first file that told it, and where in it.
    statement_id bigint not null references bank_statements,
    line integer not null,
    booked_on date not null,
    -- Money that came in is positive.
    amount numeric(16, 4) not null check (amount <> 0),
    reference text not null,
    name text not null,
    description text not null,
    -- Tells equal movements of one day apart: the first of them, the second...
    nth integer not null,
    state text not null check (state in ('open', 'booked', 'not_ours')),
    decided_at timestamptz,
    decided_by bigint references users,
    reason text,
    check ((state = 'open') = (decided_at is null)),
    check ((state = 'not_ours') = (reason is not null)),
    unique (account_id, booked_on, amount, reference, name, description, nth)
);
-- The work list: money that came in, and nobody knows yet from whom.
create index bank_rows_open on bank_rows (booked_on, id) where state = 'open' and amount > 0;
create index bank_rows_statement on bank_rows (statement_id);

-- What a movement was booked as: one payment, or several when it was for several customers.
create table bank_row_payments (
    row_id bigint not null references bank_rows,
    payment_id bigint not null unique references payments,
    primary key (row_id, payment_id)
);

-- Retentions: the customer keeps a part for the tax office and brings a certificate instead of money.
alter table payments drop constraint payments_method_check;
alter table payments add constraint payments_method_check
    check (method in ('cash', 'card', 'transfer', 'other', 'vat_withholding', 'income_withholding'));
-- A certificate counts once.
create unique index payments_certificate on payments (customer_id, method, bare_reference(reference))
    where method in ('vat_withholding', 'income_withholding');

-- What one unit of `base` is worth in `quote` on a day, as the provider's authority or bank says.
create table exchange_rates (
    base char(3) not null,
    quote char(3) not null check (quote <> base),
    on_date date not null,
    rate numeric(20, 8) not null check (rate > 0),
    recorded_at timestamptz not null,
    recorded_by bigint references users,
    primary key (base, quote, on_date)
);
create index exchange_rates_on on exchange_rates (on_date);

-- One row: how payments in other currencies are taken.
create table payment_settings (
    only_one boolean primary key default true check (only_one),
    -- A rate older than this is not used: a newer one is asked for. Weekends have none.
    rate_days integer not null check (rate_days between 0 and 31),
    -- The tax on paying in foreign currency (Venezuela's IGTF): null where there is none.
    igtf_percent numeric(7, 4) check (igtf_percent > 0 and igtf_percent < 100),
    igtf_currencies text[] not null,
    igtf_methods text[] not null
);
insert into payment_settings values (true, 3, null, '{}', '{}');

-- A payment whose money was in another currency than what it is counted in: what was handed over, and the rate.
create table payment_tenders (
    payment_id bigint primary key references payments,
    amount numeric(16, 4) not null check (amount > 0),
    currency char(3) not null,
    -- Units of the tender's currency for one of the payment's.
    rate numeric(20, 8) not null check (rate > 0),
    rate_on date not null
);
create trigger payment_tenders_keep before update or delete on payment_tenders
    for each row execute function refuse_change();

-- A tax that was taken with a payment, on top of it: the state's, not the customer's credit.
create table payment_taxes (
    payment_id bigint primary key references payments,
    name text not null,
    percent numeric(7, 4) not null,
    amount numeric(16, 4) not null check (amount > 0),
    -- That of the money which was handed over.
    currency char(3) not null
);
create trigger payment_taxes_keep before update or delete on payment_taxes
    for each row execute function refuse_change();

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
    -- Money of another currency than the payment is counted in goes through the account of exchange.
    select p.received_on, 'payment', p.id, p.receipt, p.customer_id, side.account, side.currency, side.amount
    from payments p
    left join payment_tenders t on t.payment_id = p.id
    left join payment_taxes x on x.payment_id = p.id
    cross join lateral (values
        ('assets:' || p.method, coalesce(t.currency, p.currency), coalesce(t.amount, p.amount)),
        ('equity:exchange', t.currency, -t.amount),
        ('equity:exchange', p.currency, case when t.payment_id is not null then p.amount end),
        ('liabilities:customer_credit', p.currency, -p.amount),
        ('assets:' || p.method, x.currency, x.amount),
        ('liabilities:payment_tax', x.currency, -x.amount)) as side (account, currency, amount)
    where side.amount is not null
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
    select v.reversed_on, 'reversal', p.id, p.receipt, p.customer_id, side.account, side.currency, side.amount
    from reversals v
    join payments p on p.id = v.payment_id
    left join payment_tenders t on t.payment_id = p.id
    left join payment_taxes x on x.payment_id = p.id
    cross join lateral (values
        ('liabilities:customer_credit', p.currency, p.amount),
        ('equity:exchange', p.currency, case when t.payment_id is not null then -p.amount end),
        ('equity:exchange', t.currency, t.amount),
        ('assets:' || p.method, coalesce(t.currency, p.currency), -coalesce(t.amount, p.amount)),
        ('assets:' || p.method, x.currency, -x.amount),
        ('liabilities:payment_tax', x.currency, x.amount),
        ('expenses:bank_fees', p.currency, v.fee),
        ('assets:' || p.method, p.currency, -v.fee)) as side (account, currency, amount)
    where side.amount is not null;
