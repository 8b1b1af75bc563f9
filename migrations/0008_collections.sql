-- Collections: what a policy allows, what holds a cut back, and when a night must ask before it cuts.

alter table cutoff_policies
    -- Cuts on these days wait for the next one that is allowed.
    add column cut_on_fridays boolean not null default false,
    add column cut_on_weekends boolean not null default false,
    add column cut_on_holidays boolean not null default false,
    -- How long a payment promise may run (0: nobody may promise), and how many a contract may have within a year.
    add column promise_days integer not null default 7 check (promise_days between 0 and 60),
    add column promises_a_year integer not null default 4 check (promises_a_year between 0 and 100);

-- When a night asks before it cuts. One row.
create table interlock (
    only_one boolean primary key default true check (only_one),
    -- Of all active contracts, so many may be cut in a night; and this many always, so that a small provider is not stopped.
    cap_percent numeric(7, 4) not null check (cap_percent > 0 and cap_percent <= 100),
    cap_floor integer not null check (cap_floor >= 0),
    -- After so many days without a payment, where payments used to come in, the feed counts as broken; null: never.
    silent_days integer check (silent_days between 1 and 60)
);
insert into interlock (cap_percent, cap_floor, silent_days) values (5, 10, 4);

-- When payments came in: a feed that fell silent shows here.
create index payments_recorded on payments (recorded_at);

create index holds_overdue_placed on holds (placed_at) where reason = 'overdue' and placed_by is null;

create table holidays (
    on_date date primary key,
    name text not null check (name <> ''),
    -- On the same day of every year.
    yearly boolean not null
);

-- A customer's word to pay. While it is open, the debt cuts nobody.
create table promises (
    id bigint generated always as identity primary key,
    contract_id bigint not null references contracts,
    amount numeric(16, 4) not null check (amount > 0),
    currency char(3) not null,
    made_on date not null,
    made_at timestamptz not null,
    -- Staff, or the customer's own user.
    made_by bigint references users,
    -- The last day that it holds.
    until date not null,
    outcome text check (outcome in ('kept', 'broken', 'cancelled')),
    ended_on date,
    ended_at timestamptz,
    ended_by bigint references users,
    check (until >= made_on),
    check (num_nulls(outcome, ended_on, ended_at) in (0, 3)),
    check (ended_by is null or outcome is not null)
);
create unique index promises_open on promises (contract_id) where outcome is null;
create index promises_contract on promises (contract_id, made_on);
create index promises_outcome on promises (outcome, id);

-- A part of the network that is down: a sector, or everybody at a router. Nobody there is cut meanwhile.
create table outages (
    id bigint generated always as identity primary key,
    sector_id bigint references sectors,
    router_id bigint references routers,
    reason text not null check (reason <> ''),
    starts_on date not null,
    -- The last day; null: until somebody says that it is over.
    ends_on date,
    reported_at timestamptz not null,
    reported_by bigint references users,
    ended_at timestamptz,
    ended_by bigint references users,
    check (num_nulls(sector_id, router_id) = 1),
    check (ends_on >= starts_on),
    check (ended_at is null or ends_on is not null)
);
create index outages_sector on outages (sector_id);
create index outages_router on outages (router_id);
create index outages_starts on outages (starts_on, id);

-- The steps of a night are named in the code (workflows::runs).
alter table run_steps drop constraint run_steps_step_check;
alter table run_steps
    -- Why the step stopped and waits for somebody: see domain::collections::Stop.
    add column stopped jsonb,
    add column approved_at timestamptz,
    add column approved_by bigint references users,
    add check ((approved_at is null) or (stopped is not null));

-- What a stopped night would have cut, and why. An approval cuts these and no others.
create table proposed_cuts (
    business_date date not null references runs,
    contract_id bigint not null references contracts,
    effect text not null check (effect in ('throttle', 'soft_cut', 'hard_cut', 'removal')),
    evidence jsonb not null,
    -- Looked at again after the approval: cut, or left alone because it was paid or is held back by now.
    settled_at timestamptz,
    primary key (business_date, contract_id)
);
create index proposed_cuts_contract on proposed_cuts (contract_id);

alter table cutoff_policies
    -- On which days customers are reminded of an invoice, before and after it is due.
    add column remind_before integer[] not null default '{7,3,1}',
    add column remind_after integer[] not null default '{1,7}';

-- What a customer was reminded of: days from the due date, negative before it. Nobody is reminded twice of the same.
create table reminders (
    invoice_id bigint not null references invoices,
    days integer not null,
    sent_on date not null,
    mail_id bigint not null references mails,
    primary key (invoice_id, days)
);

-- What people were told about a night: that it is late, or that it waits for approval. Each once.
create table alarms (
    kind text not null check (kind in ('late', 'waits')),
    business_date date not null,
    raised_at timestamptz not null,
    primary key (kind, business_date)
);

-- Equipment to be fetched from customers on the removal list.
create table collection_orders (
    id bigint generated always as identity primary key,
    contract_id bigint not null references contracts,
    -- The serial of the ONU, or the MAC, as it was known then; may be empty.
    equipment text not null,
    opened_on date not null,
    opened_at timestamptz not null,
    outcome text check (outcome in ('collected', 'returned', 'written_off', 'not_needed')),
    note text not null default '',
    closed_at timestamptz,
    -- Null: the payment that made it unnecessary.
    closed_by bigint references users,
    check ((outcome is null) = (closed_at is null)),
    check (closed_by is null or outcome is not null)
);
create unique index collection_orders_open on collection_orders (contract_id) where outcome is null;
create index collection_orders_contract on collection_orders (contract_id, id);

-- A debt may slow a connection down before it cuts it.
alter table cutoff_policies
    add column throttle_after_days integer check (throttle_after_days >= grace_days),
    -- What is left of the speed that was sold.
    add column throttle_percent integer not null default 25 check (throttle_percent between 1 and 99),
    add check (soft_cut_after_days > throttle_after_days);
alter table holds drop constraint holds_effect_check;
alter table holds add constraint holds_effect_check check (effect in ('throttle', 'soft_cut', 'hard_cut', 'removal'));
alter table contracts drop constraint contracts_service_state_check;
alter table contracts add constraint contracts_service_state_check
    check (service_state in ('none', 'active', 'throttled', 'suspended', 'disabled', 'removal_list'));
-- A device holds a throttled service as an active one, with another speed.
create or replace view services_out_of_step as
    select s.id, s.contract_id, s.router_id
    from services s join contracts c on c.id = s.contract_id
    where s.technical_state <> case c.service_state when 'active' then 'active' when 'throttled' then 'active'
                                   when 'suspended' then 'suspended' when 'none' then 'unprovisioned' else 'cut' end;
