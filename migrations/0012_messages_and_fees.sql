-- Late fees, the hours of cuts, messages beside mails, and the books' last gaps.

alter table cutoff_policies
    -- By the company's clocks; null: at any hour.
    add column cut_from time,
    add column cut_to time,
    -- An invoice that is so many days late costs its customer a fee, once; null: none.
    add column late_fee_after_days integer check (late_fee_after_days between 1 and 365),
    -- An amount in the contract's currency, or a share of what is open.
    add column late_fee_amount numeric(16, 4) check (late_fee_amount > 0),
    add column late_fee_percent numeric(7, 4) check (late_fee_percent > 0 and late_fee_percent <= 100),
    add column late_fee_most numeric(16, 4) check (late_fee_most > 0),
    -- Null: the fee is not taxed.
    add column late_fee_tax_id bigint references taxes,
    -- Invoices that were due before have none: a new rule does not fall on old debts.
    add column late_fee_from date,
    add check ((cut_from is null) = (cut_to is null)),
    add check (cut_from < cut_to),
    add check (num_nonnulls(late_fee_amount, late_fee_percent) = num_nonnulls(late_fee_after_days)),
    add check ((late_fee_from is null) = (late_fee_after_days is null)),
    add check (late_fee_after_days is not null or num_nonnulls(late_fee_most, late_fee_tax_id) = 0);

-- What a late invoice cost its customer: one fee each, whoever runs what how often, and none for a fee that is late itself.
-- A fee that is waived (by a credit note, or by being voided) stays here: it does not come again.
create table late_fees (
    invoice_id bigint primary key references invoices,
    fee_invoice_id bigint not null unique references invoices,
    charged_on date not null,
    -- domain::collections::LateFeeEvidence
    evidence jsonb not null,
    check (invoice_id <> fee_invoice_id)
);
create function refuse_fee_on_fee() returns trigger language plpgsql as $$
begin
    if exists (select from late_fees where fee_invoice_id = new.invoice_id) then
        raise exception 'invoice % is a late fee itself', new.invoice_id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger late_fees_on_invoices before insert on late_fees for each row execute function refuse_fee_on_fee();
create trigger late_fees_keep before update or delete on late_fees for each row execute function refuse_change();

-- A night that did not stop writes down here whom it cuts when the allowed hours come.
comment on table proposed_cuts is 'Cuts that a night decided on, and that wait: for approval, or for the hour';

-- A voided invoice stays in the books, and is taken back on the day on which it was voided.
alter table invoices add column voided_on date;
alter table invoices disable trigger invoices_keep;
update invoices i set voided_on = greatest(i.issued_on, coalesce(
    (select max(t.on_date) from timeline t
     where t.event ->> 'kind' = 'invoice_voided' and (t.event ->> 'invoice')::bigint = i.id), i.issued_on))
where state = 'void';
alter table invoices enable trigger invoices_keep;
alter table invoices add check ((state = 'void') = (voided_on is not null));
create index invoices_voided on invoices (voided_on) where voided_on is not null;

create or replace function keep_issued_documents() returns trigger language plpgsql as $$
declare
    may_change constant text[] := '{state,void_reason,voided_on}';
begin
    if old.state = 'void' or (old.state = 'issued' and new.state <> 'void') then
        raise exception 'invoice % is %: issue a credit note instead', old.number, old.state using errcode = 'restrict_violation';
    end if;
    if old.state = 'issued' and (to_jsonb(new) - may_change) <> (to_jsonb(old) - may_change) then
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

-- Decimals of a currency's smallest coin: as domain::money has them.
create function minor_units(currency text) returns integer language sql immutable strict parallel safe as $$
    select case when currency in ('BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'UGX', 'VND', 'VUV',
                                  'XAF', 'XOF', 'XPF') then 0
                when currency in ('BHD', 'JOD', 'KWD', 'OMR', 'TND') then 3
                else 2 end
$$;

-- What one unit of `base` was worth in `quote` on a day, by the newest rate that is not too old; null: nobody knows.
create function book_rate(base text, quote text, on_day date) returns numeric language sql stable as $$
    select case when r.base = $1 then r.rate else 1 / r.rate end
    from exchange_rates r
    where ((r.base = $1 and r.quote = $2) or (r.base = $2 and r.quote = $1))
      and r.on_date between $3 - (select rate_days from payment_settings) and $3
    order by r.on_date desc, r.base limit 1
$$;

-- What an invoice in another currency than the company's brought more (or less) when it was paid than it was worth when it
-- was issued. Written once, with the rates that were known then: a rate that is corrected later changes no closed books.
create table exchange_differences (
    allocation_id bigint primary key references allocations,
    -- Units of the company's currency for one of the invoice's: on its day, and on the payment's.
    invoice_rate numeric(30, 12) not null check (invoice_rate > 0),
    payment_rate numeric(30, 12) not null check (payment_rate > 0),
    -- A gain is positive.
    amount numeric(16, 4) not null,
    currency char(3) not null
);
create trigger exchange_differences_keep before update or delete on exchange_differences
    for each row execute function refuse_change();

-- What is taken back has the rates that it was paid with.
create function differ_by_exchange(which bigint[]) returns void language sql as $$
    insert into exchange_differences (allocation_id, invoice_rate, payment_rate, amount, currency)
    select a.id, r.invoice_rate, r.payment_rate,
           round(a.amount * (r.payment_rate - r.invoice_rate), minor_units(company.currency)), company.currency
    from allocations a
    cross join company
    join invoices i on i.id = a.invoice_id and i.currency <> company.currency
    join payments p on p.id = a.payment_id
    left join payment_tenders t on t.payment_id = p.id and t.currency = company.currency
    left join lateral (
        select d.invoice_rate, d.payment_rate from exchange_differences d join allocations b on b.id = d.allocation_id
        where a.amount < 0 and b.invoice_id = a.invoice_id and b.payment_id = a.payment_id and b.amount > 0
        order by b.id desc limit 1) back on true
    cross join lateral (
        select coalesce(back.invoice_rate, book_rate(i.currency, company.currency, i.issued_on)) as invoice_rate,
               coalesce(back.payment_rate, t.rate, book_rate(i.currency, company.currency, p.received_on)) as payment_rate) r
    where a.id = any(which) and r.invoice_rate is not null and r.payment_rate is not null
    order by a.id
$$;
create function differ_by_exchange_on_allocation() returns trigger language plpgsql as $$
begin
    if exists (select from added a join invoices i on i.id = a.invoice_id, company c where i.currency <> c.currency) then
        perform differ_by_exchange(array(select id from added where payment_id is not null));
    end if;
    return null;
end $$;
create trigger allocations_exchange after insert on allocations
    referencing new table as added for each statement execute function differ_by_exchange_on_allocation();
do $$ begin
    perform differ_by_exchange(array(select id from allocations where amount > 0 order by id));
    perform differ_by_exchange(array(select id from allocations where amount < 0 order by id));
end $$;

-- What an issued document says in the books: a debit is positive.
create view document_entries as
    -- An invoice is owed; a credit note is the customer's credit until it pays an invoice.
    select i.id, i.kind, i.number, i.customer_id, i.issued_on, i.voided_on, side.account, i.currency,
           case i.kind when 'invoice' then side.amount else -side.amount end as amount
    from invoices i
    cross join lateral (
        select case i.kind when 'invoice' then 'assets:receivable' else 'liabilities:customer_credit' end as account,
               i.total as amount
        union all
        -- Income by what was sold; a late fee, and what takes it back, by itself.
        select 'income:' || coalesce(p.kind, case when fee.invoice_id is null then 'other' else 'late_fees' end),
               -sum(l.untaxed)
        from invoice_lines l
        left join contract_lines c on c.id = l.contract_line_id
        left join plans p on p.id = c.plan_id
        left join late_fees fee on fee.fee_invoice_id = coalesce(i.corrects_invoice_id, i.id)
        where l.invoice_id = i.id group by 1
        union all
        -- What the lines do not explain: documents of another system came without theirs.
        select 'income:unexplained',
               -(i.untaxed - coalesce((select sum(l.untaxed) from invoice_lines l where l.invoice_id = i.id), 0))
        union all
        select 'liabilities:tax', -i.tax) as side
    where i.state in ('issued', 'void');

-- The books: a balanced double-entry view over documents, payments and what became of them, so that it cannot disagree
-- with them. Debits are positive, credits negative; the lines of one entry (kind, record) add up to zero in each
-- currency. A draft has no entry yet; a voided document has a second one, which takes the first one back.
drop view journal;
create view journal as
    select issued_on as on_date, kind, id as record, number as name, customer_id, account, currency, amount
    from document_entries
    union all
    select voided_on, 'void', id, number, customer_id, account, currency, -amount
    from document_entries where voided_on is not null
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
    where side.amount is not null
    union all
    -- Of what foreign currency was worth when it was billed and when it was paid. The account of exchange is left with what
    -- the invoice was worth.
    select a.allocated_on, 'exchange', a.id, i.number, i.customer_id, side.account, d.currency, side.amount
    from exchange_differences d
    join allocations a on a.id = d.allocation_id
    join invoices i on i.id = a.invoice_id
    cross join lateral (values
        ('equity:exchange', d.amount),
        (case when d.payment_rate > d.invoice_rate then 'income:exchange' else 'expenses:exchange' end, -d.amount))
        as side (account, amount)
    where d.amount <> 0;

-- What was open at the end of a day: per invoice what was owed, per payment and credit note what was unused. It goes back
-- from what is open now over what has happened since.
create function open_on(day date) returns table (customer_id bigint, currency char(3), due_on date, owed numeric, credit numeric)
language sql stable as $$
    with later as (
        select invoice_id, payment_id, credit_note_id, amount from allocations where allocated_on > day),
    owed as (
        select o.invoice_id, o.amount from open_items o
        union all select l.invoice_id, l.amount from later l
        union all select i.id, i.total from invoices i where i.voided_on > day and i.kind = 'invoice'),
    unused as (
        select o.payment_id, o.credit_note_id, o.amount from open_credits o
        union all select l.payment_id, l.credit_note_id, l.amount from later l
        union all select r.payment_id, r.credit_note_id, r.amount from refunds r where r.refunded_on > day
        union all select v.payment_id, null, p.amount from reversals v join payments p on p.id = v.payment_id
                  where v.reversed_on > day
        union all select null, i.id, i.total from invoices i where i.voided_on > day and i.kind = 'credit_note')
    select i.customer_id, i.currency, i.due_on, sum(o.amount), 0
    from owed o join invoices i on i.id = o.invoice_id and i.issued_on <= day
    group by i.id having sum(o.amount) <> 0
    union all
    select coalesce(p.customer_id, n.customer_id), coalesce(p.currency, n.currency), null, 0, sum(u.amount)
    from unused u left join payments p on p.id = u.payment_id left join invoices n on n.id = u.credit_note_id
    where coalesce(p.received_on, n.issued_on) <= day
    group by p.id, n.id having sum(u.amount) <> 0
$$;
create index allocations_on on allocations (allocated_on);
create index refunds_on on refunds (refunded_on);

-- Whatever is written to people is a message: by mail, or by the provider's webhook to a telephone.
alter table mails rename to messages;
alter table messages
    -- Null: to somebody of the staff, or to a user about their account.
    add column customer_id bigint references customers,
    add column channel text not null default 'mail' check (channel in ('mail', 'whatsapp', 'sms')),
    add column purpose text not null default 'account'
        check (purpose in ('account', 'alarm', 'reminder', 'reminder_late', 'late_fee', 'cut', 'restored', 'lease_ends')),
    add column state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'dropped')),
    -- The hours were quiet when it was written.
    add column not_before timestamptz,
    -- What was answered last.
    add column answer text not null default '',
    -- Whoever delivers it does so once, however often it is asked to.
    add column idempotency_key text not null unique default gen_random_uuid()::text;
update messages set state = 'sent' where sent_at is not null;
update messages m set purpose = 'reminder', customer_id = i.customer_id
    from reminders r join invoices i on i.id = r.invoice_id where r.mail_id = m.id;
alter table messages
    alter column channel drop default,
    alter column purpose drop default,
    alter column state drop default,
    alter column idempotency_key drop default,
    add check ((state = 'sent') = (sent_at is not null)),
    add check (channel = 'mail' or (customer_id is not null and subject = ''));
create index messages_customer on messages (customer_id, id);
create index messages_state on messages (state, id);
alter table reminders rename column mail_id to message_id;

insert into job_kinds (kind, at_router) values ('message', false);
update jobs set kind = 'message' where kind = 'mail';
delete from job_kinds where kind = 'mail';

-- What providers changed about the words of messages. The newest row is in use; nulls: those that come with the product.
create table message_templates (
    id bigint generated always as identity primary key,
    purpose text not null,
    language text not null check (language in ('es', 'en')),
    subject text check (subject <> ''),
    body text check (body <> ''),
    -- Where a telephone rings.
    short text check (short <> ''),
    saved_at timestamptz not null,
    saved_by bigint references users,
    check (num_nulls(subject, body, short) in (0, 3))
);
create index message_templates_purpose on message_templates (purpose, language, id);
create trigger message_templates_keep before update or delete on message_templates
    for each row execute function refuse_change();

-- When no telephone rings. One row; nulls: it may ring at any hour.
create table quiet_hours (
    only_one boolean primary key default true check (only_one),
    quiet_from time,
    quiet_to time,
    check ((quiet_from is null) = (quiet_to is null)),
    check (quiet_from <> quiet_to)
);
insert into quiet_hours (quiet_from, quiet_to) values ('21:00', '08:00');

-- How a customer wants to be reached. Without a row: by mail, about everything.
create table message_preferences (
    customer_id bigint primary key references customers,
    channel text not null check (channel in ('mail', 'whatsapp', 'sms')),
    -- Nothing but what they must know.
    essential_only boolean not null
);
