-- A provider at random, on 15 March 2026: made, and then changed in every way that a figure follows. Its seed is set before.
insert into sectors (name) select 'S' || g from generate_series(1, 3) g;
insert into taxes (name, rate_percent, basis) values ('Added', 16, 'added'), ('Included', 10, 'included');
insert into tax_changes (tax_id, starts_on, rate_percent) select id, '2025-06-15', 12 from taxes where name = 'Included';
insert into plans (code, name, kind, down_kbps, up_kbps, price, currency, tax_id)
    select 'RND', 'Random', 'internet', 1000, 1000, 30, 'USD', id from taxes where name = 'Added';
insert into cutoff_policies (name, due_days, grace_days, minimum_debt) values ('Random', 15, 5, 1);
insert into routers (name, host, port, username, password_encrypted, mode, failures)
    select 'random-' || g, 'r' || g || '.example.com', 8728, 'ramal', 'x', 'dry_run', g % 2 from generate_series(1, 3) g;
insert into customers (reference, kind, name, language, created_at)
    select 'RND' || g, 'person', 'Random ' || g, 'es', '2024-01-01' from generate_series(1, 30) g;
insert into addresses (customer_id, sector_id, street, city, country)
    select k.id, case when random() < 0.8 then s.first + floor(random() * 3)::int end, 'Street', 'Town', 'MX'
    from customers k cross join generate_series(1, 2) cross join (select min(id) as first from sectors where name = 'S1') s
    where k.reference like 'RND%';

with drawn as (
    select a.id as address_id, a.customer_id, row_number() over (order by a.id, g) as n, random() as life, random() as state,
           random() as currency, date '2024-06-01' + floor(random() * 600)::int as began, floor(random() * 200)::int as days
    from addresses a join customers k on k.id = a.customer_id cross join generate_series(1, 2) g
    where k.reference like 'RND%'),
lives as (
    select *, case when life < 0.1 then 'draft' when life < 0.2 then 'open' when life < 0.35 then 'closed' else 'active' end
        as contract_state
    from drawn)
insert into contracts (code, customer_id, address_id, policy_id, currency, state, signed_on, activated_on, closed_on,
                       close_reason, service_state, service_since, created_at)
    select 'RND' || n, customer_id, address_id, (select id from cutoff_policies where name = 'Random'),
           case when currency < 0.8 then 'USD' else 'EUR' end, contract_state,
           case when contract_state <> 'draft' then began - 3 end,
           case when contract_state in ('active', 'closed') and life > 0.21 then began end,
           case when contract_state = 'closed' then least(began + days, '2026-03-15') end,
           case when contract_state = 'closed' then 'moved' end,
           case when contract_state <> 'active' then 'none' when state < 0.6 then 'active' when state < 0.7 then 'throttled'
                when state < 0.8 then 'suspended' when state < 0.9 then 'disabled' else 'removal_list' end,
           began, began - interval '5 days'
    from lives;

with drawn as (
    select c.id, c.activated_on, g, random() as every, random() as discount, random() as lasts, random() as later,
           random() as ends, random() as tax, random() as amount, random() as quantity
    from contracts c cross join generate_series(1, 2) g where c.code like 'RND%'),
chosen as (
    select *, activated_on + case when later < 0.3 then floor(later * 200)::int else 0 end as starts,
           case when discount < 0.15 then 'percent' when discount < 0.25 then 'amount' when discount < 0.35 then 'courtesy' end
               as kind
    from drawn where g = 1 or amount < 0.4)
insert into contract_lines (contract_id, plan_id, description, quantity, unit_price, tax_id, every, anchor_day, mode,
                            first_period, last_period, starts_on, ends_on, discount_kind, discount_value, discount_reason,
                            discount_until)
    select id, (select id from plans where code = 'RND'), 'Random', 1 + floor(quantity * 3)::int,
           round((5 + amount * 40)::numeric, 2),
           (select id from taxes where name = case when tax < 0.7 then 'Added' else 'Included' end),
           (array['1m', '1m', '3m', '2w', '30d', '1y'])[1 + floor(every * 6)::int], 1, 'prepaid', 'prorate', 'prorate',
           starts, case when ends < 0.25 then starts + floor(ends * 1200)::int end, kind,
           case kind when 'percent' then 25 when 'amount' then 7.5 end, case when kind is not null then 'welcome' end,
           case when kind is not null and lasts < 0.6 then starts + floor(lasts * 500)::int end
    from chosen;
insert into contract_lines (contract_id, plan_id, description, quantity, unit_price, tax_id, starts_on)
    select c.id, p.id, 'Once', 1, 99, p.tax_id, c.activated_on
    from contracts c, plans p where c.code like 'RND%' and p.code = 'RND' and random() < 0.2;

insert into services (contract_id, router_id, access, pppoe_user, pppoe_password_encrypted)
    select c.id, (select min(id) from routers where name like 'random-%') + floor(random() * 3)::int, 'pppoe', 'rnd' || c.id, 'x'
    from contracts c where c.code like 'RND%' and c.state <> 'draft';
update services s
    set technical_state = 'active',
        technical_since = c.created_at + floor(random() * 20) * interval '1 day' + floor(random() * 86400) * interval '1 second'
    from contracts c where c.id = s.contract_id and c.activated_on is not null and random() < 0.85;
update services
    set technical_state = (array['suspended', 'cut', 'active'])[1 + floor(random() * 3)::int],
        technical_since = technical_since + interval '1 day'
    where technical_state = 'active' and random() < 0.4;

insert into holds (contract_id, reason, effect, evidence, placed_on, placed_at, lifted_on, lifted_at, lifted_because)
    select c.id, 'overdue', 'soft_cut', '{}', '2025-06-01', '2025-06-01', date '2026-03-15' - floor(random() * 300)::int,
           '2026-03-15',
           (array['{"kind": "paid"}', '{"kind": "promised"}', '{"kind": "contract_closed"}'])[1 + floor(random() * 3)::int]::jsonb
    from contracts c cross join generate_series(1, 2) where c.code like 'RND%' and c.activated_on is not null and random() < 0.4;
insert into promises (contract_id, amount, currency, made_on, made_at, until)
    select id, 10 + floor(random() * 50), currency, '2026-03-10', '2026-03-10', '2026-03-20'
    from contracts where code like 'RND%' and state = 'active' and random() < 0.3;
update promises set outcome = 'kept', ended_on = '2026-03-12', ended_at = '2026-03-12' where random() < 0.3;

with drawn as (
    select c.id, c.customer_id, c.currency, row_number() over () as n, date '2026-03-15' - floor(random() * 200)::int as on_date,
           round((10 + random() * 90)::numeric, 2) as total, random() < 0.1 as is_loose
    from contracts c cross join generate_series(1, 3) where c.code like 'RND%' and c.state <> 'draft')
insert into invoices (kind, state, number, customer_id, contract_id, currency, issued_on, due_on, untaxed, tax, total,
                      created_at)
    select 'invoice', 'issued', 'RND-' || n, customer_id, case when not is_loose then id end, currency, on_date, on_date + 15,
           total, 0, total, '2025-01-01'
    from drawn;
-- A part of some, all of others, and some that bounced.
insert into payments (customer_id, receipt, received_on, method, amount, currency, recorded_at, idempotency_key)
    select customer_id, 'RND-' || id, case when random() < 0.5 then date '2026-03-15' else '2026-03-14' end, 'cash',
           case when random() < 0.5 then total else round(total / 3, 2) end, currency, '2026-03-15', 'rnd-' || id
    from invoices where number like 'RND-%' and random() < 0.4;
insert into reversals (payment_id, reversed_on, reason, recorded_at)
    select id, '2026-03-15', 'bounced', '2026-03-15' from payments where receipt like 'RND-%' and random() < 0.2;
insert into allocations (invoice_id, payment_id, amount, allocated_on)
    select i.id, p.id, p.amount, p.received_on
    from invoices i join payments p on p.receipt = 'RND-' || i.id left join reversals v on v.payment_id = p.id
    where v.payment_id is null;
update invoices set state = 'void', void_reason = 'mistake', voided_on = '2026-03-15'
    where number like 'RND-%' and id not in (select invoice_id from allocations) and random() < 0.1;

insert into transfer_reports (customer_id, state, amount, currency, paid_on, bank, reference, reported_at, idempotency_key)
    select id, 'in_review', 10, 'USD', '2026-03-10', 'Bank', 'RND' || id,
           timestamptz '2026-03-15 12:00+00' - floor(random() * 90) * interval '1 hour', 'rnd-' || id
    from customers where reference like 'RND%' and random() < 0.5;
update transfer_reports set state = 'rejected', reject_reason = 'unknown', decided_at = '2026-03-15' where random() < 0.3;

with drawn as (
    select c.id, c.customer_id, floor(random() * 4)::int as state,
           timestamptz '2026-03-15 12:00+00' + (random() * 40 - 20) * interval '1 hour' as due
    from contracts c where c.code like 'RND%' and random() < 0.5),
states as (select *, (array['new', 'in_progress', 'waiting', 'resolved'])[1 + state] as word from drawn)
insert into tickets (customer_id, contract_id, category_id, priority, state, subject, opened_at, by_customer, response_due,
                     response_soon, resolution_due, resolution_soon, resolved_at, idempotency_key)
    select customer_id, id, (select min(id) from ticket_categories), 'normal', word, 'Random', '2026-03-14', false, due,
           due - interval '5 hours', due + interval '2 days', due + interval '1 day',
           case when word = 'resolved' then timestamptz '2026-03-15' end, 'rnd-' || id
    from states;

insert into leases (contract_id, line_id, equipment, value, starts_on, commitment_end, plan_after_id, price_after, state)
    select l.contract_id, l.id, 'Antenna', 100, '2025-01-01', date '2026-03-20' + floor(random() * 90)::int, l.plan_id, 20,
           'running'
    from contract_lines l where l.description = 'Random' and l.starts_on is not null and random() < 0.3;

insert into runs (business_date, started_at) values ('2026-03-15', '2026-03-15');
insert into parked (business_date, step, contract_id, because, parked_at, resolved_at)
    select '2026-03-15', step, c.id, '{"kind": "period_already_billed"}', '2026-03-15',
           case when random() < 0.3 then timestamptz '2026-03-15' end
    from contracts c cross join unnest(array['billing', 'collections']) step where c.code like 'RND%' and random() < 0.1;

insert into jobs (kind, subject_id, router_id, state, max_attempts, run_at, created_at, finished_at)
    select 'provision', id, router_id, 'given_up', 5, '2026-03-15', '2026-03-15', '2026-03-15'
    from services where pppoe_user like 'rnd%' and random() < 0.2;
insert into jobs (kind, subject_id, router_id, state, max_attempts, run_at, created_at)
    select kind, subject_id, router_id, 'waiting', 5, '2026-03-15', '2026-03-15'
    from jobs where state = 'given_up' and random() < 0.4;

insert into gateways (provider, mode, api_url, secret_key, webhook_secret, key_hint, is_on)
    values ('stripe', 'live', 'https://gateway.example.com', 'x', 'x', 'x', true);
insert into gateway_events (gateway_id, remote_id, kind, happened_at, received_at, deliveries, body, state, because)
    select w.id, 'evt_' || g, 'charge', '2026-03-15', '2026-03-15', 1, '{}', 'parked', '{"kind": "incident", "number": "1"}'
    from gateways w, generate_series(1, 5) g where random() < 0.5;
insert into payment_intents (gateway_id, customer_id, kind, state, amount, currency, idempotency_key, remote_key, for_date,
                             created_at)
    select w.id, k.id, 'checkout', 'expired', 10, 'USD', 'rnd-' || k.id, 'rnd-' || k.id, '2026-03-15', '2026-03-15'
    from gateways w, customers k where k.reference in ('RND1', 'RND2', 'RND3');
insert into disputes (intent_id, remote_id, state, amount, currency, reason, opened_at, is_taken)
    select id, 'dp_' || id, (array['inquiry', 'open', 'won', 'lost'])[1 + floor(random() * 4)::int], 10, 'USD', 'fraudulent',
           '2026-03-15', false
    from payment_intents where idempotency_key like 'rnd-%';

-- What changes in mid-life, in every way that something is kept for.
update contract_lines set ends_on = starts_on + 100 where description = 'Random' and ends_on is null and random() < 0.1;
update contract_lines set unit_price = unit_price + 5, quantity = 2 where description = 'Random' and random() < 0.1;
update contract_lines set discount_kind = 'courtesy', discount_value = null, discount_reason = 'gift', discount_until = null
    where description = 'Random' and random() < 0.1;
update contract_lines set every = '6m' where description = 'Random' and random() < 0.1;
delete from contract_lines where description = 'Random' and starts_on is null and random() < 0.2;
insert into tax_changes (tax_id, starts_on, rate_percent) select id, '2026-02-10', 8 from taxes where name = 'Included';
update taxes set rate_percent = 11 where name = 'Included';
update contracts set state = 'closed', closed_on = '2026-03-10', close_reason = 'left', service_state = 'none'
    where code like 'RND%' and state = 'active' and activated_on < '2026-03-10' and random() < 0.1;
update contracts set service_state = 'suspended' where code like 'RND%' and service_state = 'active' and random() < 0.2;
update contracts set service_state = 'active' where code like 'RND%' and service_state = 'disabled' and random() < 0.5;
