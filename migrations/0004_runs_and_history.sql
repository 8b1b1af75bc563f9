-- What the nightly run did, who changed what, and the story of each contract.

create table runs (
    business_date date primary key,
    started_at timestamptz not null,
    finished_at timestamptz
);

create table run_steps (
    business_date date not null references runs,
    step text not null check (step in ('billing', 'collections')),
    expected integer not null,
    done integer not null,
    parked integer not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    primary key (business_date, step)
);

-- A contract that a step could not handle: the others went on, this one is tried again each night.
create table parked (
    id bigint generated always as identity primary key,
    business_date date not null references runs,
    step text not null,
    contract_id bigint not null references contracts,
    because jsonb not null,
    parked_at timestamptz not null,
    resolved_at timestamptz
);
create unique index parked_open on parked (step, contract_id) where resolved_at is null;

create table audit (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    -- Null: the system itself.
    actor_id bigint references users,
    actor_name text not null,
    verb text not null,
    subject_kind text not null,
    subject_id bigint not null,
    before jsonb,
    after jsonb
);
create index audit_subject on audit (subject_kind, subject_id, id);
create index audit_at on audit (at, id);
create index audit_actor on audit (actor_id, id);

-- The story that staff and customer read: typed events, worded where they are shown.
create table timeline (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    on_date date not null,
    customer_id bigint not null references customers,
    contract_id bigint references contracts,
    event jsonb not null,
    for_customer boolean not null,
    actor_id bigint references users,
    actor_name text not null
);
create index timeline_contract on timeline (contract_id, id);
create index timeline_customer on timeline (customer_id, id);

-- Where a record came from, so that an import can be repeated without doubling anything.
create table imported (
    source text not null,
    kind text not null,
    external_id text not null,
    local_id bigint not null,
    primary key (source, kind, external_id)
);
