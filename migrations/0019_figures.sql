-- What the dashboard counts and would be slow to add up each time, and who hears that a figure changed.

-- What each contract comes to in a month, before tax: a row for each span of days in which that is one amount, also of
-- days to come. It follows from contracts, their lines and taxes by `recurring_of`; only the triggers below write it.
create table recurring (
    contract_id bigint not null references contracts,
    from_on date not null,
    -- The first day on which it is another amount; infinity: none is known.
    until_on date not null check (until_on > from_on),
    currency char(3) not null,
    -- After discounts; weeks, days and years are a month's part or multiple of them.
    amount numeric(20, 8) not null,
    -- What is given away beside it, at its price.
    courtesy numeric(20, 8) not null,
    -- Against the days before, and what that is called; null: only what is given away is another.
    change numeric(20, 8) not null,
    kind text check (kind in ('new', 'expansion', 'contraction', 'churned', 'reactivated')),
    primary key (contract_id, from_on),
    check ((kind is null) = (change = 0))
);
-- What holds on a day, and what changed between two, each from the index alone.
create index recurring_held on recurring (until_on, from_on) include (contract_id, currency, amount, courtesy);
create index recurring_changed on recurring (from_on) include (contract_id, currency, change, kind);

-- A month has a twelfth of a year's 365 days.
create function months_share(every text) returns numeric language sql immutable strict parallel safe as $$
    select case right(every, 1) when 'd' then 365.0 / 12 when 'w' then 365.0 / 84 when 'm' then 1.0 else 1.0 / 12 end
        / left(every, -1)::int
$$;

create function recurring_of(ids bigint[]) returns setof recurring language sql stable as $$
    with held as (
        select l.contract_id, c.currency, l.tax_id, t.basis, greatest(l.starts_on, c.activated_on) as begins,
               least(l.ends_on, c.closed_on) as ends, l.unit_price * l.quantity as price, months_share(l.every) as share,
               l.discount_kind, l.discount_value, l.discount_until
        from contract_lines l
        join contracts c on c.id = l.contract_id
        join taxes t on t.id = l.tax_id
        where l.contract_id = any(ids) and l.every is not null and l.starts_on is not null and c.activated_on is not null),
    lines as (select * from held where ends is null or ends > begins),
    days as (
        select contract_id, currency, begins as on_date from lines
        union
        select contract_id, currency, ends from lines where ends is not null
        union
        select contract_id, currency, discount_until from lines
            where discount_until > begins and (ends is null or discount_until < ends)
        union
        select l.contract_id, l.currency, x.starts_on from lines l join tax_changes x on x.tax_id = l.tax_id
            where l.basis = 'included' and x.starts_on > l.begins and (l.ends is null or x.starts_on < l.ends)),
    priced as (
        select d.contract_id, d.currency, d.on_date,
               case when l.discount_until is null or l.discount_until > d.on_date then l.discount_kind end as discount,
               l.discount_value, l.price,
               l.share * case when l.basis = 'included' then 100 / (100 + tax_rate(l.tax_id, d.on_date)) else 1 end as share
        from days d
        left join lines l on l.contract_id = d.contract_id and l.begins <= d.on_date and (l.ends is null or l.ends > d.on_date)),
    amounts as (
        select contract_id, currency, on_date,
               round(coalesce(sum(share * case discount when 'courtesy' then 0
                                                        when 'percent' then price * (100 - discount_value) / 100
                                                        when 'amount' then greatest(price - discount_value, 0)
                                                        else price end), 0), 8) as amount,
               round(coalesce(sum(share * price) filter (where discount = 'courtesy'), 0), 8) as courtesy
        from priced group by contract_id, currency, on_date),
    beside as (
        select a.*, lag(amount, 1, 0.0) over days_of as amount_before, lag(courtesy, 1, 0.0) over days_of as courtesy_before,
               coalesce(max(amount) over (days_of rows between unbounded preceding and 1 preceding), 0) as most_before
        from amounts a window days_of as (partition by contract_id order by on_date)),
    changes as (select * from beside where amount <> amount_before or courtesy <> courtesy_before)
    select contract_id, on_date,
           coalesce(lead(on_date) over (partition by contract_id order by on_date), 'infinity'::date), currency, amount,
           courtesy, amount - amount_before,
           case when amount = amount_before then null
                when amount_before = 0 and most_before = 0 then 'new'
                when amount_before = 0 then 'reactivated'
                when amount = 0 then 'churned'
                when amount > amount_before then 'expansion'
                else 'contraction' end
    from changes
$$;

create function keep_recurring(ids bigint[]) returns void language plpgsql as $$
begin
    delete from recurring where contract_id = any(ids);
    insert into recurring select * from recurring_of(ids);
end $$;

create function recurring_lines_written() returns trigger language plpgsql as $$
begin
    perform keep_recurring(array(select distinct contract_id from written where every is not null));
    return null;
end $$;
create trigger contract_lines_recurring_added after insert on contract_lines
    referencing new table as written for each statement execute function recurring_lines_written();
create trigger contract_lines_recurring_removed after delete on contract_lines
    referencing old table as written for each statement execute function recurring_lines_written();

-- Not when a line was billed, which is what happens to it most.
create function recurring_line_changed() returns trigger language plpgsql as $$
begin
    perform keep_recurring(array[new.contract_id]);
    return null;
end $$;
create trigger contract_lines_recurring_changed
    after update of quantity, unit_price, tax_id, every, starts_on, ends_on, discount_kind, discount_value, discount_until
    on contract_lines for each row
    when ((old.quantity, old.unit_price, old.tax_id, old.every, old.starts_on, old.ends_on, old.discount_kind,
           old.discount_value, old.discount_until)
          is distinct from
          (new.quantity, new.unit_price, new.tax_id, new.every, new.starts_on, new.ends_on, new.discount_kind,
           new.discount_value, new.discount_until))
    execute function recurring_line_changed();

create function recurring_contract_changed() returns trigger language plpgsql as $$
begin
    perform keep_recurring(array[new.id]);
    return null;
end $$;
create trigger contracts_recurring_changed after update of activated_on, closed_on, currency on contracts for each row
    when ((old.activated_on, old.closed_on, old.currency) is distinct from (new.activated_on, new.closed_on, new.currency))
    execute function recurring_contract_changed();

-- Prices that have a tax in them are worth another amount when it changes.
create function recurring_tax_changed() returns trigger language plpgsql as $$
begin
    perform keep_recurring(array(
        select distinct contract_id from contract_lines where tax_id = coalesce(new.tax_id, old.tax_id) and every is not null));
    return null;
end $$;
create trigger tax_changes_recurring_changed after insert or update or delete on tax_changes
    for each row execute function recurring_tax_changed();

create function recurring_basis_changed() returns trigger language plpgsql as $$
begin
    perform keep_recurring(array(select distinct contract_id from contract_lines where tax_id = new.id and every is not null));
    return null;
end $$;
create trigger taxes_recurring_changed after update of rate_percent, basis on taxes for each row
    when ((old.rate_percent, old.basis) is distinct from (new.rate_percent, new.basis))
    execute function recurring_basis_changed();

select keep_recurring(array(select id from contracts));

-- When a device was first read to have the service on, and how long that took since the contract was created.
alter table services
    add column first_active_at timestamptz,
    add column took interval,
    add check ((first_active_at is null) = (took is null));
-- Of those that are on already, the last change is what is known.
update services s set first_active_at = s.technical_since, took = greatest(s.technical_since - c.created_at, interval '0')
from contracts c where c.id = s.contract_id and s.technical_state = 'active' and s.technical_since is not null;
create index services_first_active on services (first_active_at) include (contract_id, took) where first_active_at is not null;

create function note_first_active() returns trigger language plpgsql as $$
begin
    new.first_active_at := new.technical_since;
    new.took := greatest(new.technical_since - (select created_at from contracts where id = new.contract_id), interval '0');
    return new;
end $$;
create trigger services_first_active before insert or update of technical_state on services for each row
    when (new.technical_state = 'active' and new.first_active_at is null and new.technical_since is not null)
    execute function note_first_active();

-- Services whose device was read to hold something else than is wanted: kept, since nearly all of them agree. Who looks
-- at one locks it before, so that of a reading and a change of the contract at once the later sees the earlier.
create table out_of_step (
    service_id bigint primary key references services on delete cascade,
    contract_id bigint not null references contracts,
    router_id bigint not null references routers
);
create index out_of_step_contract on out_of_step (contract_id);
create index out_of_step_router on out_of_step (router_id);

create function keep_step(ids bigint[]) returns void language plpgsql as $$
begin
    delete from out_of_step where service_id = any(ids);
    insert into out_of_step
        select s.id, s.contract_id, s.router_id
        from services s join contracts c on c.id = s.contract_id
        where s.id = any(ids)
          and s.technical_state <> case c.service_state when 'active' then 'active' when 'throttled' then 'active'
                                       when 'suspended' then 'suspended' when 'none' then 'unprovisioned' else 'cut' end;
end $$;

create function step_services_added() returns trigger language plpgsql as $$
begin
    perform keep_step(array(select id from added));
    return null;
end $$;
create trigger services_step_added after insert on services
    referencing new table as added for each statement execute function step_services_added();

create function step_service_changed() returns trigger language plpgsql as $$
begin
    perform keep_step(array[new.id]);
    return null;
end $$;
create trigger services_step_changed after update of technical_state, contract_id, router_id on services for each row
    when ((old.technical_state, old.contract_id, old.router_id)
          is distinct from (new.technical_state, new.contract_id, new.router_id))
    execute function step_service_changed();

create function step_contract_changed() returns trigger language plpgsql as $$
begin
    perform from services where contract_id = new.id for update;
    perform keep_step(array(select id from services where contract_id = new.id));
    return null;
end $$;
create trigger contracts_step_changed after update of service_state on contracts for each row
    when (old.service_state <> new.service_state) execute function step_contract_changed();

select keep_step(array(select id from services));
create or replace view services_out_of_step as select service_id as id, contract_id, router_id from out_of_step;

-- How many documents there are in all, and what payments come to that did not bounce: lists that nothing narrows would count
-- a million rows each time. Whoever adds one holds its number series until then, so that nobody waits here who does not
-- wait there.
create table document_totals (
    kind text not null check (kind in ('invoice', 'credit_note', 'payment')),
    currency char(3) not null,
    documents bigint not null check (documents >= 0),
    amount numeric(20, 4) not null,
    primary key (kind, currency)
);
insert into document_totals select kind, currency, count(*), 0 from invoices group by kind, currency;
insert into document_totals
    select 'payment', p.currency, count(*), coalesce(sum(p.amount) filter (where v.payment_id is null), 0)
    from payments p left join reversals v on v.payment_id = p.id group by p.currency;

create function total_invoices() returns trigger language plpgsql as $$
begin
    insert into document_totals as t select kind, currency, count(*), 0 from added group by kind, currency order by kind, currency
        on conflict (kind, currency) do update set documents = t.documents + excluded.documents;
    return null;
end $$;
create trigger invoices_total after insert on invoices
    referencing new table as added for each statement execute function total_invoices();

-- A draft may go; what was issued stays.
create function total_invoices_removed() returns trigger language plpgsql as $$
begin
    update document_totals t set documents = t.documents - r.documents
        from (select kind, currency, count(*) as documents from removed group by kind, currency) r
        where t.kind = r.kind and t.currency = r.currency;
    return null;
end $$;
create trigger invoices_total_removed after delete on invoices
    referencing old table as removed for each statement execute function total_invoices_removed();

create function total_payments() returns trigger language plpgsql as $$
begin
    insert into document_totals as t select 'payment', currency, count(*), sum(amount) from added group by currency order by currency
        on conflict (kind, currency) do update
        set documents = t.documents + excluded.documents, amount = t.amount + excluded.amount;
    return null;
end $$;
create trigger payments_total after insert on payments
    referencing new table as added for each statement execute function total_payments();

create function total_reversals() returns trigger language plpgsql as $$
begin
    update document_totals t set amount = t.amount - r.amount
        from (select p.currency, sum(p.amount) as amount from added a join payments p on p.id = a.payment_id group by p.currency) r
        where t.kind = 'payment' and t.currency = r.currency;
    return null;
end $$;
create trigger reversals_total after insert on reversals
    referencing new table as added for each statement execute function total_reversals();

-- What happened to contracts between two days.
create index contracts_activated on contracts (activated_on) where activated_on is not null;
create index contracts_closed on contracts (closed_on) include (activated_on) where closed_on is not null;
create index holds_overdue_lifted on holds (lifted_on) include (contract_id) where reason = 'overdue' and lifted_on is not null;
create index disputes_waiting on disputes (state) where state in ('inquiry', 'open');

-- Whoever looks at the dashboard is told that something changed, and asks again: what, nobody is told. Of many calls in
-- one transaction PostgreSQL makes one.
create function tell_figures() returns trigger language plpgsql as $$
begin
    perform pg_notify('figures', '');
    return null;
end $$;

-- Statements that found nothing to do are no news.
create function tell_figures_of_some() returns trigger language plpgsql as $$
begin
    if exists (select from touched) then
        perform pg_notify('figures', '');
    end if;
    return null;
end $$;

do $$
declare
    name text;
begin
    foreach name in array array[
        'contracts', 'recurring', 'open_items', 'payments', 'reversals', 'promises', 'holds', 'leases', 'transfer_reports',
        'tickets', 'out_of_step', 'parked', 'runs', 'run_steps', 'gateway_events', 'disputes'] loop
        execute format('create trigger %1$s_tell_added after insert on %1$s referencing new table as touched
                        for each statement execute function tell_figures_of_some()', name);
        execute format('create trigger %1$s_tell_changed after update on %1$s referencing new table as touched
                        for each statement execute function tell_figures_of_some()', name);
        execute format('create trigger %1$s_tell_removed after delete on %1$s referencing old table as touched
                        for each statement execute function tell_figures_of_some()', name);
    end loop;
end $$;
-- Of a job or a router only what is trouble, and its end.
create trigger jobs_tell after update of state on jobs for each row
    when (old.state <> new.state and (old.state = 'given_up' or new.state = 'given_up')) execute function tell_figures();
-- A newer job takes up one that was given up.
create function tell_figures_of_retries() returns trigger language plpgsql as $$
begin
    if exists (select from touched t join jobs j on j.kind = t.kind and j.subject_id = t.subject_id
               where j.state = 'given_up') then
        perform pg_notify('figures', '');
    end if;
    return null;
end $$;
create trigger jobs_tell_added after insert on jobs referencing new table as touched
    for each statement execute function tell_figures_of_retries();
create trigger routers_tell after update of failures on routers for each row
    when ((old.failures > 0) <> (new.failures > 0)) execute function tell_figures();
create trigger services_tell after update of first_active_at, technical_state on services for each row
    when (old.first_active_at is distinct from new.first_active_at) execute function tell_figures();
