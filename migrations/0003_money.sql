-- Invoices, payments and who paid what. Amounts are in the document's own currency.

-- Gapless numbers: a counter is taken under its row lock in the transaction that issues the document.
create table number_series (
    kind text not null check (kind in ('invoice', 'credit_note', 'receipt')),
    year integer not null,
    last bigint not null check (last >= 0),
    primary key (kind, year)
);

create table number_patterns (
    kind text primary key check (kind in ('invoice', 'credit_note', 'receipt')),
    -- For example F-{year}-{n:6}
    pattern text not null check (pattern like '%{n%')
);
insert into number_patterns values ('invoice', 'F-{year}-{n:6}'), ('credit_note', 'NC-{year}-{n:6}'), ('receipt', 'R-{year}-{n:6}');

create table invoices (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('invoice', 'credit_note')),
    state text not null check (state in ('draft', 'issued', 'void')),
    number text unique,
    customer_id bigint not null references customers,
    contract_id bigint references contracts,
    corrects_invoice_id bigint references invoices,
    currency char(3) not null,
    issued_on date,
    due_on date,
    untaxed numeric(16, 4) not null,
    tax numeric(16, 4) not null,
    total numeric(16, 4) not null check (total >= 0),
    created_at timestamptz not null,
    void_reason text,
    check (total = untaxed + tax),
    check ((state = 'draft') = (number is null)),
    check (state = 'draft' or (issued_on is not null and due_on >= issued_on)),
    check ((state = 'void') = (void_reason is not null)),
    check ((kind = 'credit_note') = (corrects_invoice_id is not null))
);
create index invoices_customer on invoices (customer_id, issued_on);
create index invoices_contract on invoices (contract_id);
create index invoices_issued on invoices (issued_on, id);
create index invoices_due on invoices (due_on, id);
create index invoices_total on invoices (total, id);
-- People type the end of a number: 123 finds F-2026-000123.
create index invoices_number_end on invoices (reverse(number) text_pattern_ops);

create table invoice_lines (
    id bigint generated always as identity primary key,
    invoice_id bigint not null references invoices,
    position integer not null,
    contract_line_id bigint references contract_lines,
    description text not null,
    period daterange check (not isempty(period) and not lower_inf(period) and not upper_inf(period)),
    -- The days charged and the days of the whole period: what the amount is made of.
    days integer,
    days_of integer,
    quantity numeric(12, 4) not null,
    unit_price numeric(16, 4) not null,
    discount_percent numeric(7, 4) not null,
    tax_percent numeric(7, 4) not null,
    untaxed numeric(16, 4) not null,
    tax numeric(16, 4) not null,
    total numeric(16, 4) not null,
    unique (invoice_id, position),
    check (total = untaxed + tax),
    check (num_nulls(period, days, days_of) in (0, 3))
);
create index invoice_lines_contract_line on invoice_lines (contract_line_id);

-- No period is billed twice, whoever writes.
create table billed_periods (
    contract_line_id bigint not null references contract_lines,
    period daterange not null check (not isempty(period)),
    invoice_id bigint not null references invoices,
    exclude using gist (contract_line_id with =, period with &&)
);
create index billed_periods_invoice on billed_periods (invoice_id);

create table payments (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers,
    receipt text not null unique,
    received_on date not null,
    method text not null check (method in ('cash', 'card', 'transfer', 'other')),
    reference text not null default '',
    amount numeric(16, 4) not null check (amount > 0),
    currency char(3) not null,
    recorded_at timestamptz not null,
    recorded_by bigint references users,
    -- A form sent twice makes one payment.
    idempotency_key text not null unique
);
create index payments_customer on payments (customer_id, received_on);
-- The same transfer reported twice is one payment.
create unique index payments_transfer_reference on payments (reference) where method = 'transfer' and reference <> '';
create index payments_received on payments (received_on, id);
create index payments_receipt_end on payments (reverse(receipt) text_pattern_ops);
create index payments_reference on payments (reference);

-- Append-only: what was allocated is taken back by a row with the opposite amount.
create table allocations (
    id bigint generated always as identity primary key,
    invoice_id bigint not null references invoices,
    payment_id bigint references payments,
    credit_note_id bigint references invoices,
    amount numeric(16, 4) not null check (amount <> 0),
    allocated_on date not null,
    check (num_nulls(payment_id, credit_note_id) = 1)
);
create index allocations_invoice on allocations (invoice_id);
create index allocations_payment on allocations (payment_id);
create index allocations_credit_note on allocations (credit_note_id);

-- What is still owed per issued invoice, and what is still unused per payment and credit note. Both follow from
-- invoices, payments and allocations; only the triggers below write them, so that lists and balances need not
-- add up all allocations each time.
create table open_items (
    invoice_id bigint primary key references invoices,
    customer_id bigint not null references customers,
    contract_id bigint references contracts,
    currency char(3) not null,
    due_on date not null,
    amount numeric(16, 4) not null check (amount >= 0)
);
create index open_items_customer on open_items (customer_id, due_on);
create index open_items_contract on open_items (contract_id, due_on);
create index open_items_due on open_items (due_on);

create table open_credits (
    payment_id bigint unique references payments,
    credit_note_id bigint unique references invoices,
    customer_id bigint not null references customers,
    currency char(3) not null,
    since date not null,
    amount numeric(16, 4) not null check (amount >= 0),
    check (num_nulls(payment_id, credit_note_id) = 1)
);
create index open_credits_customer on open_credits (customer_id, since);

create function open_issued_documents() returns trigger language plpgsql as $$
begin
    insert into open_items
        select id, customer_id, contract_id, currency, due_on, total
        from added where state = 'issued' and kind = 'invoice' and total > 0;
    insert into open_credits
        select null, id, customer_id, currency, issued_on, total
        from added where state = 'issued' and kind = 'credit_note' and total > 0;
    return null;
end $$;
create trigger invoices_open after insert on invoices
    referencing new table as added for each statement execute function open_issued_documents();

-- Issued documents are immutable: the one change left is to be voided, and only while nothing was allocated.
create function keep_issued_documents() returns trigger language plpgsql as $$
begin
    if old.state = 'void' or (old.state = 'issued' and new.state <> 'void') then
        raise exception 'invoice % is %: issue a credit note instead', old.number, old.state using errcode = 'restrict_violation';
    end if;
    if old.state = 'issued' and (to_jsonb(new) - 'state' - 'void_reason') <> (to_jsonb(old) - 'state' - 'void_reason') then
        raise exception 'invoice % is issued: its content cannot change', old.number using errcode = 'restrict_violation';
    end if;
    if old.state = 'issued' and new.state = 'void' then
        if new.kind = 'invoice' then
            delete from open_items where invoice_id = new.id and amount = new.total;
        else
            delete from open_credits where credit_note_id = new.id and amount = new.total;
        end if;
        if not found and new.total > 0 then
            raise exception 'invoice % has allocations', old.number using errcode = 'restrict_violation';
        end if;
        delete from billed_periods where invoice_id = new.id;
    end if;
    if old.state = 'draft' and new.state = 'issued' and new.total > 0 then
        if new.kind = 'invoice' then
            insert into open_items values (new.id, new.customer_id, new.contract_id, new.currency, new.due_on, new.total);
        else
            insert into open_credits values (null, new.id, new.customer_id, new.currency, new.issued_on, new.total);
        end if;
    end if;
    return new;
end $$;
create trigger invoices_keep before update on invoices for each row execute function keep_issued_documents();

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% rows are never changed or removed', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger allocations_keep before update or delete on allocations for each row execute function refuse_change();
create trigger payments_keep before update or delete on payments for each row execute function refuse_change();

create function open_received_payments() returns trigger language plpgsql as $$
begin
    insert into open_credits select id, null, customer_id, currency, received_on, amount from added;
    return null;
end $$;
create trigger payments_open after insert on payments
    referencing new table as added for each statement execute function open_received_payments();

-- An allocation lowers both sides; one that was taken back raises them. The checks on the amounts refuse more
-- than is owed or was received.
create function allocate_open_amounts() returns trigger language plpgsql as $$
begin
    insert into open_items
        select distinct i.id, i.customer_id, i.contract_id, i.currency, i.due_on, 0::numeric
        from added join invoices i on i.id = added.invoice_id on conflict do nothing;
    update open_items o set amount = o.amount - c.amount
        from (select invoice_id, sum(amount) as amount from added group by invoice_id) c where c.invoice_id = o.invoice_id;
    delete from open_items o using added where o.invoice_id = added.invoice_id and o.amount = 0;

    insert into open_credits
        select distinct p.id, null::bigint, p.customer_id, p.currency, p.received_on, 0::numeric
        from added join payments p on p.id = added.payment_id on conflict do nothing;
    update open_credits o set amount = o.amount - c.amount
        from (select payment_id, sum(amount) as amount from added group by payment_id) c where c.payment_id = o.payment_id;
    delete from open_credits o using added where o.payment_id = added.payment_id and o.amount = 0;

    insert into open_credits
        select distinct null::bigint, n.id, n.customer_id, n.currency, n.issued_on, 0::numeric
        from added join invoices n on n.id = added.credit_note_id on conflict do nothing;
    update open_credits o set amount = o.amount - c.amount
        from (select credit_note_id, sum(amount) as amount from added group by credit_note_id) c where c.credit_note_id = o.credit_note_id;
    delete from open_credits o using added where o.credit_note_id = added.credit_note_id and o.amount = 0;
    return null;
end $$;
create trigger allocations_open after insert on allocations
    referencing new table as added for each statement execute function allocate_open_amounts();
