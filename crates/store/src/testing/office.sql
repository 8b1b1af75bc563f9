-- A provider of 100,000 contracts on 15 March 2026, three years old: 1.2 million invoices, of which some 23,000 are open.
-- Nothing fires meanwhile; what triggers keep is made from the whole at the end, by the functions that they call.
set session_replication_role = replica;
insert into taxes (name, rate_percent) values ('IVA', 16), ('Exento', 0);
insert into sectors (name) select 'Sector ' || g from generate_series(1, 40) g;
insert into cutoff_policies (name, due_days, grace_days, soft_cut_after_days, hard_cut_after_days, removal_after_days, minimum_debt)
    values ('Estándar', 15, 5, 10, 30, 60, 1), ('Empresas', 30, 10, 20, 60, null, 1);
insert into plans (code, name, kind, down_kbps, up_kbps, price, currency, tax_id)
    select 'F' || g, 'Fibra ' || g * 10, 'internet', g * 10000, g * 5000, 10 + g, 'USD', 1 from generate_series(1, 20) g;
insert into routers (name, host, port, username, password_encrypted, mode, failures, reached_at)
    select 'router-' || g, '10.0.0.' || g, 8728, 'ramal', 'x', 'live', (g % 20 = 0)::int, '2026-03-15' from generate_series(1, 40) g;
insert into customers (reference, kind, name, tax_id, email, phone, language, created_at)
    select 'CLI' || lpad(g::text, 6, '0'), case when g % 10 = 0 then 'company' else 'person' end,
           (array['María', 'José', 'Ana', 'Luis', 'Sofía', 'Andrés', 'Lucía', 'Ramón', 'Inés', 'Óscar'])[1 + g * 7 % 10] || ' '
           || (array['López', 'García', 'Hernández', 'Martínez', 'Pérez', 'Núñez', 'Gómez', 'Díaz'])[1 + g * 11 % 8] || ' ' || g,
           'RFC' || lpad((g * 7919 % 1000000)::text, 6, '0'), 'cliente' || g || '@example.com',
           '+5255' || lpad((g::bigint * 104729 % 100000000)::text, 8, '0'), 'es', '2023-01-01'
    from generate_series(1, 100000) g;
insert into addresses (customer_id, sector_id, street, city, country, latitude, longitude)
    select g, 1 + g % 40, 'Calle ' || g * 17 % 5000 || ' núm. ' || g % 300, 'Oaxaca', 'MX', 17 + g % 1000 / 10000.0,
           -96 - g % 1000 / 10000.0
    from generate_series(1, 100000) g;
-- Of a hundred: one draft, one to install, five closed, and of the others seven cut.
insert into contracts (code, customer_id, address_id, policy_id, currency, state, signed_on, activated_on, closed_on,
                       close_reason, service_state, service_since, created_at)
    select 'C' || lpad(g::text, 6, '0'), g, g, 1 + g % 2, 'USD',
           case when g % 100 = 0 then 'draft' when g % 100 = 1 then 'open' when g % 100 < 7 then 'closed' else 'active' end,
           case when g % 100 <> 0 then date '2023-03-01' + g % 1100 end,
           case when g % 100 > 1 then date '2023-03-05' + g % 1100 end,
           case when g % 100 between 2 and 6 then greatest(date '2023-03-05' + g % 1100, date '2025-01-01' + g % 430) end,
           case when g % 100 between 2 and 6 then 'moved' end,
           case when g % 100 < 7 then 'none' when g % 29 = 0 then 'suspended' when g % 31 = 0 then 'disabled' else 'active' end,
           date '2026-01-01' - g % 100, date '2023-03-01' + g % 1100
    from generate_series(1, 100000) g;
update contracts c set sector_id = a.sector_id from addresses a where a.id = c.address_id;
-- Every tenth changed its plan a year ago or less; one in fifty has a discount, one in two hundred a courtesy.
insert into contract_lines (contract_id, plan_id, description, quantity, unit_price, tax_id, every, anchor_day, mode,
                            first_period, last_period, starts_on, ends_on, next_invoice_on, discount_kind, discount_value,
                            discount_reason)
    select id, 1 + id % 20, 'Internet', 1, 20 + id % 20, 1, '1m', 1 + id % 28, 'prepaid', 'prorate', 'prorate', activated_on,
           case when id % 10 = 3 then greatest(activated_on, date '2025-04-01' + (id % 340)::int) else closed_on end,
           case when state = 'active' and id % 10 <> 3 then date '2026-04-01' + (id % 28)::int end,
           case when id % 200 = 9 then 'courtesy' when id % 50 = 11 then 'percent' end, case when id % 50 = 11 then 10 end,
           case when id % 200 = 9 or id % 50 = 11 then 'welcome' end
    from contracts;
insert into contract_lines (contract_id, plan_id, description, quantity, unit_price, tax_id, every, anchor_day, mode,
                            first_period, last_period, starts_on, ends_on, next_invoice_on)
    select l.contract_id, 1 + (l.plan_id + 3) % 20, 'Internet', 1, l.unit_price + case when l.id % 4 = 0 then -5 else 5 end, 1,
           '1m', l.anchor_day, 'prepaid', 'prorate', 'prorate', l.ends_on, c.closed_on,
           case when c.state = 'active' then date '2026-04-01' + (c.id % 28)::int end
    from contract_lines l join contracts c on c.id = l.contract_id
    where c.id % 10 = 3 and l.ends_on is not null and (c.closed_on is null or c.closed_on > l.ends_on);
insert into services (contract_id, router_id, access, pppoe_user, pppoe_password_encrypted, ip, onu_serial, technical_state,
                      technical_since, read_at, first_active_at, took)
    select id, 1 + id % 40, 'pppoe', 'user' || id, 'x', '100.64.0.0'::inet + id, 'HWTC' || lpad(to_hex(id * 7919), 8, '0'),
           case when id % 997 = 0 then 'cut' when service_state = 'suspended' then 'suspended'
                when service_state = 'disabled' then 'cut' when service_state = 'active' then 'active' else 'unprovisioned' end,
           '2026-03-01', '2026-03-15', case when activated_on is not null then activated_on + interval '10 hours' end,
           case when activated_on is not null then activated_on + interval '10 hours' - created_at end
    from contracts where state <> 'draft';
-- Those who are cut now, and three cuts each that were lifted of a fifth of the others.
insert into holds (contract_id, reason, effect, evidence, placed_on, placed_at)
    select id, 'overdue', case service_state when 'suspended' then 'soft_cut' else 'hard_cut' end, '{}', service_since, service_since
    from contracts where service_state in ('suspended', 'disabled');
insert into holds (contract_id, reason, effect, evidence, placed_on, placed_at, lifted_on, lifted_at, lifted_because)
    select id, 'overdue', 'soft_cut', '{}', '2024-01-01', '2024-01-01', date '2024-02-01' + ((id * 7 + g * 251) % 770)::int,
           '2026-03-15', '{"kind": "paid"}'
    from contracts cross join generate_series(1, 3) g where state = 'active' and service_state = 'active' and id % 5 = 0;
-- A year of bills of everybody.
insert into invoices (kind, state, number, customer_id, contract_id, currency, issued_on, due_on, untaxed, tax, total, created_at)
    select 'invoice', 'issued', 'F-' || m || '-' || c.id, c.customer_id, c.id, 'USD',
           (date '2025-04-01' + make_interval(months => m))::date, (date '2025-04-16' + make_interval(months => m))::date,
           30, 4.8, 34.8, '2025-04-01'
    from generate_series(0, 11) m cross join contracts c;
-- What is open: the last month of every sixth, and up to four months of every sixtieth.
insert into open_items (invoice_id, customer_id, contract_id, currency, due_on, amount)
    select id, customer_id, contract_id, currency, due_on, total from invoices
    where (issued_on = '2026-03-01' and contract_id % 6 = 0) or (issued_on >= '2025-12-01' and contract_id % 60 = 1);
insert into payments (customer_id, receipt, received_on, method, amount, currency, recorded_at, idempotency_key)
    select i.customer_id, 'R-' || i.id, least(i.issued_on + (i.id % 15)::int, date '2026-03-15'), 'cash', 34.8, 'USD', i.issued_on, 'k' || i.id
    from invoices i left join open_items o on o.invoice_id = i.id where o.invoice_id is null;
insert into allocations (invoice_id, payment_id, amount, allocated_on)
    select substr(p.receipt, 3)::bigint, p.id, p.amount, p.received_on from payments p;
insert into promises (contract_id, amount, currency, made_on, made_at, until, outcome, ended_on, ended_at)
    select id, 34.8, 'USD', '2026-03-10', '2026-03-10', '2026-03-20', case when id % 4 > 0 then 'kept' end,
           case when id % 4 > 0 then date '2026-03-12' end, case when id % 4 > 0 then timestamptz '2026-03-12' end
    from contracts where state = 'active' and id % 25 = 0;
insert into transfer_reports (customer_id, state, amount, currency, paid_on, bank, reference, reported_at, idempotency_key,
                              decided_at, reject_reason)
    select id, case when id % 40 = 0 then 'in_review' else 'rejected' end, 34.8, 'USD', '2026-03-10', 'Banco', 'T' || id,
           timestamptz '2026-03-15' - id % 300 * interval '1 hour', 't' || id,
           case when id % 40 > 0 then timestamptz '2026-03-15' end, case when id % 40 > 0 then 'unknown' end
    from customers where id % 8 = 0;
insert into tickets (customer_id, contract_id, category_id, priority, state, subject, opened_at, by_customer, response_due,
                     response_soon, resolution_due, resolution_soon, responded_at, resolved_at, closed_at, idempotency_key)
    select c.customer_id, c.id, 1, 'normal', s.state, 'No tengo internet', s.opened_at, true, s.opened_at + interval '12 hours',
           s.opened_at + interval '9 hours', s.opened_at + interval '48 hours', s.opened_at + interval '36 hours', s.opened_at,
           case when s.state = 'closed' then s.opened_at end, case when s.state = 'closed' then s.opened_at end, 'f' || c.id
    from contracts c
    cross join lateral (
        select case when c.id % 200 = 2 then 'waiting' when c.id % 100 = 2 then 'new' else 'closed' end as state,
               timestamptz '2026-03-15 12:00+00' - c.id % 70 * interval '1 hour' as opened_at) s
    where c.id % 2 = 0;
insert into leases (contract_id, line_id, equipment, value, starts_on, commitment_end, plan_after_id, price_after, state)
    select contract_id, id, 'Antena', 100, '2025-01-01', date '2026-03-20' + (id % 700)::int, 1, 20, 'running'
    from contract_lines where id % 20 = 5 and starts_on is not null;
insert into jobs (kind, subject_id, router_id, state, max_attempts, run_at, created_at, finished_at)
    select 'provision', s.id, s.router_id, case when s.id % 2500 = 0 and g = 2 then 'given_up' else 'done' end, 5, '2026-03-01', '2026-03-01',
           '2026-03-01'
    from generate_series(1, 2) g cross join services s;
insert into runs (business_date, started_at, finished_at) values ('2026-03-15', '2026-03-15 03:00+00', '2026-03-15 03:10+00');
insert into parked (business_date, step, contract_id, because, parked_at)
    select '2026-03-15', 'billing', id, '{"kind": "period_already_billed"}', '2026-03-15' from contracts where id % 9000 = 7;
insert into document_totals select 'invoice', 'USD', count(*), 0 from invoices;
insert into document_totals select 'payment', 'USD', count(*), sum(amount) from payments;
select keep_step(array(select id from services));
set session_replication_role = origin;
select keep_recurring(array(select id from contracts));
select add_up_recurring_moves();
