-- Who the provider is, who works there, who its customers are.
-- Table names are unqualified everywhere: the search path decides, so that a second company is a second schema.

create extension if not exists btree_gist;
create extension if not exists pg_trgm;

-- One row: the provider whose back office this is.
create table company (
    only_one boolean primary key default true check (only_one),
    name text not null,
    country char(2) not null,
    currency char(3) not null,
    time_zone text not null,
    language text not null check (language in ('es', 'en'))
);

create table customers (
    id bigint generated always as identity primary key,
    reference text not null unique,
    kind text not null check (kind in ('person', 'company')),
    name text not null check (name <> ''),
    tax_id text,
    email text,
    phone text check (phone ~ '^\+[0-9]{7,15}$'),
    language text not null check (language in ('es', 'en')),
    created_at timestamptz not null
);
create index customers_name_trgm on customers using gin (name gin_trgm_ops);
create index customers_email_trgm on customers using gin (email gin_trgm_ops);
create index customers_name_order on customers (name, id);

create table customer_contacts (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers,
    name text not null check (name <> ''),
    role text not null,
    phone text check (phone ~ '^\+[0-9]{7,15}$'),
    email text
);
create index customer_contacts_customer on customer_contacts (customer_id);

create table sectors (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> '')
);

create table addresses (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers,
    sector_id bigint references sectors,
    street text not null check (street <> ''),
    city text not null,
    postal_code text not null default '',
    country char(2) not null,
    -- Both or neither; required before a contract is activated.
    latitude numeric(9, 6) check (latitude between -90 and 90),
    longitude numeric(9, 6) check (longitude between -180 and 180),
    check ((latitude is null) = (longitude is null))
);
create index addresses_customer on addresses (customer_id);
create index addresses_sector on addresses (sector_id);

create table users (
    id bigint generated always as identity primary key,
    email text not null unique check (email = lower(email)),
    name text not null check (name <> ''),
    role text not null check (role in ('admin', 'noc', 'billing', 'support', 'technician', 'customer')),
    customer_id bigint references customers,
    -- An argon2id PHC string; null until the invitation is accepted.
    password_hash text,
    language text not null check (language in ('es', 'en')),
    created_at timestamptz not null,
    disabled_at timestamptz,
    check ((role = 'customer') = (customer_id is not null))
);
create index users_customer on users (customer_id);

-- A session is known by the SHA-256 of its cookie: reading this table lets nobody in.
create table sessions (
    token_hash bytea primary key check (length(token_hash) = 32),
    user_id bigint not null references users,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz not null,
    address text not null,
    user_agent text not null
);
create index sessions_user on sessions (user_id);

create table password_resets (
    token_hash bytea primary key check (length(token_hash) = 32),
    user_id bigint not null references users,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index password_resets_user on password_resets (user_id);

-- What the rate limit counts: failed sign-ins and reset requests.
create table sign_in_failures (
    id bigint generated always as identity primary key,
    email text not null,
    address text not null,
    at timestamptz not null
);
create index sign_in_failures_email on sign_in_failures (email, at);
create index sign_in_failures_address on sign_in_failures (address, at);
