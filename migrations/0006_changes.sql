-- Credit notes: which line of the invoice each of their lines takes back, wholly or in part, and why they were written.
alter table invoice_lines add column corrects_line_id bigint references invoice_lines;
create index invoice_lines_corrects on invoice_lines (corrects_line_id) where corrects_line_id is not null;
alter table invoices add column because jsonb check (because is null or kind = 'credit_note');
create index invoices_corrects on invoices (corrects_invoice_id) where corrects_invoice_id is not null;

-- Never more is given back than was invoiced. The days that are given back may be billed again: the guard of billed
-- periods lets go of exactly those, and nothing else makes it let go of days of an invoice that is not void.
create function take_back_of_invoice() returns trigger language plpgsql as $$
declare
    invoiced invoice_lines;
    untaxed_back numeric;
    tax_back numeric;
    held billed_periods;
begin
    select * into invoiced from invoice_lines where id = new.corrects_line_id for update;
    if not exists (select from invoices where id = new.invoice_id and corrects_invoice_id = invoiced.invoice_id) then
        raise exception 'line % is not of the invoice that is corrected', invoiced.id using errcode = 'restrict_violation';
    end if;
    select sum(l.untaxed), sum(l.tax) into untaxed_back, tax_back
        from invoice_lines l join invoices n on n.id = l.invoice_id
        where l.corrects_line_id = invoiced.id and n.state = 'issued';
    if (invoiced.untaxed - untaxed_back) * sign(invoiced.untaxed) < 0 or (invoiced.tax - tax_back) * sign(invoiced.tax) < 0 then
        raise exception 'line % would be given back more than was invoiced', invoiced.id using errcode = 'restrict_violation';
    end if;
    if new.period is not null then
        for held in delete from billed_periods
                where contract_line_id = invoiced.contract_line_id and invoice_id = invoiced.invoice_id and period && new.period
                returning * loop
            insert into billed_periods (contract_line_id, period, invoice_id)
                select held.contract_line_id, rest, held.invoice_id
                from unnest(datemultirange(held.period) - datemultirange(new.period)) as rest;
        end loop;
    end if;
    return null;
end $$;
create trigger invoice_lines_take_back after insert on invoice_lines
    for each row when (new.corrects_line_id is not null) execute function take_back_of_invoice();

-- What staff or customers asked to change in mid-life of a contract, and what became of it.
create table contract_changes (
    id bigint generated always as identity primary key,
    contract_id bigint not null references contracts,
    -- domain::plan_change::Change, and the same in the names of the day when it was asked for.
    change jsonb not null,
    summary jsonb not null,
    timing text not null check (timing in ('now', 'next_period')),
    state text not null check (state in ('requested', 'approved', 'applied', 'rejected', 'withdrawn')),
    -- The day from which it holds.
    takes_effect_on date,
    reject_reason text check (reject_reason <> ''),
    requested_at timestamptz not null,
    requested_by bigint references users,
    requested_by_name text not null,
    check ((state in ('approved', 'applied')) = (takes_effect_on is not null)),
    check ((state = 'rejected') = (reject_reason is not null))
);
-- One at a time: what a second one would change is what the first one leaves.
create unique index contract_changes_open on contract_changes (contract_id) where state in ('requested', 'approved');
create index contract_changes_due on contract_changes (takes_effect_on) where state = 'approved';
create index contract_changes_contract on contract_changes (contract_id, id);
create index contract_changes_state on contract_changes (state, id);

-- Equipment that is bought by renting it: it is the provider's until the commitment ends or the rest is paid.
create table leases (
    id bigint generated always as identity primary key,
    contract_id bigint not null references contracts,
    -- The line that charges service and equipment together; when another one follows it, that one.
    line_id bigint not null references contract_lines,
    equipment text not null check (equipment <> ''),
    serial text check (serial <> ''),
    -- What it costs on starts_on, without tax. What is owed of it falls evenly, day by day, to nothing on commitment_end.
    value numeric(16, 4) not null check (value >= 0),
    starts_on date not null,
    -- The first day on which it is the customer's.
    commitment_end date not null check (commitment_end > starts_on),
    -- The service alone, which the contract moves to by itself.
    plan_after_id bigint not null references plans,
    price_after numeric(16, 4) not null check (price_after >= 0),
    -- The customer was told that the end is near.
    notified_on date,
    state text not null check (state in ('running', 'passed', 'bought_out', 'returned')),
    ended_on date,
    check ((state = 'running') = (ended_on is null))
);
create index leases_contract on leases (contract_id);
create index leases_running on leases (commitment_end, id) where state = 'running';

alter table run_steps drop constraint run_steps_step_check;
alter table run_steps add constraint run_steps_step_check check (step in ('changes', 'billing', 'collections'));
