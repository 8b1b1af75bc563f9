-- What was sold, on which terms, and the equipment that must obey.

create table taxes (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    rate_percent numeric(7, 4) not null check (rate_percent >= 0 and rate_percent <= 100)
);

create table plans (
    id bigint generated always as identity primary key,
    code text not null unique check (code <> ''),
    name text not null check (name <> ''),
    -- An addon (a fixed address, television) has no speed of its own.
    kind text not null check (kind in ('internet', 'addon')),
    down_kbps integer check (down_kbps > 0),
    up_kbps integer check (up_kbps > 0),
    price numeric(16, 4) not null check (price >= 0),
    currency char(3) not null,
    tax_id bigint not null references taxes,
    archived_at timestamptz,
    check ((kind = 'internet') = (down_kbps is not null)),
    check ((down_kbps is null) = (up_kbps is null))
);

-- All but due_days count from an invoice's due date; a step that is null is never taken.
create table cutoff_policies (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    due_days integer not null check (due_days between 0 and 365),
    grace_days integer not null check (grace_days >= 0),
    soft_cut_after_days integer,
    hard_cut_after_days integer,
    removal_after_days integer,
    -- A debt below this never cuts anybody.
    minimum_debt numeric(16, 4) not null check (minimum_debt >= 0),
    check (soft_cut_after_days >= grace_days),
    check (hard_cut_after_days > soft_cut_after_days),
    check (removal_after_days > hard_cut_after_days),
    check (hard_cut_after_days is null or soft_cut_after_days is not null),
    check (removal_after_days is null or hard_cut_after_days is not null)
);

create table routers (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    host text not null check (host <> ''),
    port integer not null check (port between 1 and 65535),
    -- plain | tls pinned to the SHA-256 of the certificate
    certificate_sha256 bytea check (length(certificate_sha256) = 32),
    username text not null,
    password_encrypted bytea not null,
    -- dry_run records what would be sent; live sends it.
    mode text not null check (mode in ('dry_run', 'live')),
    -- What the router said of itself when it was last read.
    board text,
    version text,
    reached_at timestamptz,
    failed_at timestamptz,
    failure jsonb,
    failures integer not null default 0,
    -- After a failure nobody tries it before this: its jobs wait, those of other routers do not.
    retry_at timestamptz,
    -- How it hands out addresses; null leaves it to the router's own configuration.
    pppoe_local_address inet,
    pppoe_pool text check (pppoe_pool <> ''),
    dhcp_server text check (dhcp_server <> ''),
    -- Only one worker talks to a router at a time.
    leased_by text,
    leased_until timestamptz,
    check ((leased_by is null) = (leased_until is null))
);

-- For contracts whose code nobody chose.
create sequence contract_codes;

create table contracts (
    id bigint generated always as identity primary key,
    code text not null unique check (code <> ''),
    customer_id bigint not null references customers,
    address_id bigint not null references addresses,
    policy_id bigint not null references cutoff_policies,
    currency char(3) not null,
    state text not null check (state in ('draft', 'open', 'active', 'closed')),
    signed_on date,
    activated_on date,
    closed_on date,
    close_reason text,
    -- Derived from state and open holds; written only where it is derived (store::contracts::save_state).
    service_state text not null check (service_state in ('none', 'active', 'suspended', 'disabled', 'removal_list')),
    service_since date,
    created_at timestamptz not null,
    check (state <> 'draft' or (signed_on is null and activated_on is null and closed_on is null)),
    check (state <> 'open' or (signed_on is not null and activated_on is null and closed_on is null)),
    check (state <> 'active' or (signed_on is not null and activated_on is not null and closed_on is null)),
    check ((state = 'closed') = (closed_on is not null)),
    check ((closed_on is null) = (close_reason is null)),
    check ((state = 'active') = (service_state <> 'none'))
);
create index contracts_code_trgm on contracts using gin (code gin_trgm_ops);
create index contracts_customer on contracts (customer_id);
create index contracts_address on contracts (address_id);
create index contracts_state on contracts (state, service_state, code);

create table contract_lines (
    id bigint generated always as identity primary key,
    contract_id bigint not null references contracts,
    plan_id bigint not null references plans,
    description text not null check (description <> ''),
    quantity numeric(12, 4) not null check (quantity > 0),
    unit_price numeric(16, 4) not null,
    discount_percent numeric(7, 4) not null default 0 check (discount_percent between 0 and 100),
    tax_id bigint not null references taxes,
    -- A recurring line has all of the terms, a one-off line none.
    -- 1m, 2w, 30d, 1y
    every text check (every ~ '^[1-9][0-9]{0,2}[dwmy]$'),
    anchor_day integer check (anchor_day between 1 and 31),
    mode text check (mode in ('prepaid', 'postpaid')),
    first_period text check (first_period in ('prorate', 'full', 'free')),
    last_period text check (last_period in ('prorate', 'full')),
    -- Null until the contract is activated. ends_on is exclusive.
    starts_on date,
    ends_on date,
    -- The end of the last billed period: where the next one begins.
    billed_through date,
    -- Derived by the billing rules whenever one of the dates above changes; null: nothing more to bill.
    next_invoice_on date,
    check (num_nulls(every, anchor_day, mode, first_period, last_period) in (0, 5)),
    check (ends_on >= starts_on)
);
-- With the date, so that lists find the next invoice of every contract in the index alone.
create index contract_lines_contract on contract_lines (contract_id, next_invoice_on);
create index contract_lines_plan on contract_lines (plan_id);
create index contract_lines_due on contract_lines (next_invoice_on, contract_id) where next_invoice_on is not null;

-- Why a customer may use less than was sold. A row is evidence: it is placed once and lifted once, never edited.
create table holds (
    id bigint generated always as identity primary key,
    contract_id bigint not null references contracts,
    reason text not null check (reason in ('overdue', 'pause', 'abuse', 'staff')),
    effect text not null check (effect in ('soft_cut', 'hard_cut', 'removal')),
    evidence jsonb not null,
    placed_on date not null,
    placed_at timestamptz not null,
    -- Null: the nightly run, by the policy named in the evidence.
    placed_by bigint references users,
    lifted_on date,
    lifted_at timestamptz,
    lifted_by bigint references users,
    lifted_because jsonb,
    check ((lifted_on is null) = (lifted_at is null)),
    check ((lifted_on is null) = (lifted_because is null))
);
create unique index holds_open on holds (contract_id, reason, effect) where lifted_on is null;
create index holds_contract on holds (contract_id);

create table services (
    id bigint generated always as identity primary key,
    contract_id bigint not null unique references contracts,
    router_id bigint not null references routers,
    access text not null check (access in ('pppoe', 'dhcp')),
    pppoe_user text check (pppoe_user <> ''),
    pppoe_password_encrypted bytea,
    mac text check (mac ~ '^([0-9A-F]{2}:){5}[0-9A-F]{2}$'),
    ip inet check (masklen(ip) = case family(ip) when 4 then 32 else 128 end),
    onu_serial text,
    -- Set when the contract is closed: user, MAC and address may then serve somebody else.
    released_at timestamptz,
    -- What a device answered; nothing but reading a device sets these.
    technical_state text not null default 'unprovisioned' check (technical_state in ('unprovisioned', 'active', 'suspended', 'cut')),
    technical_since timestamptz,
    technical_evidence jsonb,
    read_at timestamptz,
    search text not null generated always as (plain(
        coalesce(pppoe_user, '') || ' ' || coalesce(mac, '') || ' ' || coalesce(host(ip), '') || ' ' || coalesce(onu_serial, '')
    )) stored,
    check ((access = 'pppoe') = (pppoe_user is not null)),
    check ((access = 'pppoe') = (pppoe_password_encrypted is not null)),
    check (access <> 'dhcp' or mac is not null)
);
create unique index services_pppoe_user on services (pppoe_user) where released_at is null;
create unique index services_mac on services (mac) where released_at is null;
create unique index services_ip on services (router_id, ip) where released_at is null;
create unique index services_onu_serial on services (onu_serial) where released_at is null;
create index services_search on services using gin (search gin_trgm_ops);
create index services_router on services (router_id);

-- Services whose device was read to hold something else than is wanted.
create view services_out_of_step as
    select s.id, s.contract_id, s.router_id
    from services s join contracts c on c.id = s.contract_id
    where s.technical_state <> case c.service_state when 'active' then 'active' when 'suspended' then 'suspended'
                                   when 'none' then 'unprovisioned' else 'cut' end;

-- Work that must happen outside the database. Written in the transaction that caused it; carries no change,
-- only its subject: whoever runs it computes what is wanted then.
create table jobs (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('provision', 'mail')),
    subject_id bigint not null,
    router_id bigint references routers,
    -- Lower goes first: restore before suspend before drift.
    priority smallint not null default 50,
    state text not null check (state in ('waiting', 'running', 'done', 'given_up', 'cancelled')),
    attempts integer not null default 0,
    max_attempts integer not null,
    run_at timestamptz not null,
    leased_by text,
    leased_until timestamptz,
    because jsonb,
    created_at timestamptz not null,
    finished_at timestamptz,
    check ((state = 'running') = (leased_by is not null)),
    check ((state = 'running') = (leased_until is not null)),
    check ((kind = 'provision') = (router_id is not null)),
    check ((state in ('done', 'given_up', 'cancelled')) = (finished_at is not null))
);
-- By router too: a service that moved has to be put on one and taken off the other.
create unique index jobs_one_waiting on jobs (kind, subject_id, router_id) nulls not distinct where state = 'waiting';
create index jobs_due on jobs (router_id, priority, run_at) where state = 'waiting';
create index jobs_running on jobs (leased_until) where state = 'running';
create index jobs_subject on jobs (kind, subject_id, id);
create index jobs_state on jobs (state, id);
create index jobs_run_at on jobs (run_at, id);
create index jobs_waiting on jobs (run_at, id) where state = 'waiting';
create index jobs_router on jobs (router_id, id);

-- Jobs that were given up, and that no newer one of the same subject took up: a person must look.
create view jobs_unresolved as
    select j.id, j.router_id
    from jobs j
    where j.state = 'given_up' and not exists (
        select from jobs k where k.kind = j.kind and k.subject_id = j.subject_id
            and k.router_id is not distinct from j.router_id and k.id > j.id);

-- Each command that was sent (or, on a dry_run router, would have been) and its answer; secrets are masked.
create table job_exchanges (
    id bigint generated always as identity primary key,
    job_id bigint not null references jobs,
    at timestamptz not null,
    sent boolean not null,
    command text not null,
    answer text
);
create index job_exchanges_job on job_exchanges (job_id);

create table mails (
    id bigint generated always as identity primary key,
    to_address text not null,
    subject text not null,
    -- Sealed: a mail may carry a link that lets its reader in.
    body bytea not null,
    created_at timestamptz not null,
    sent_at timestamptz
);
