-- Who the provider is, who works there, who its customers are.
-- Table names are unqualified everywhere: the search path decides, so that a second company is a second schema.

create extension if not exists btree_gist;
create extension if not exists pg_trgm;

-- Text as people look for it: without case and accents.
create function plain(typed text) returns text language sql immutable strict parallel safe as $$
    select translate(lower(typed), 'áàâäãåéèêëíìîïóòôöõúùûüñçý', 'aaaaaaeeeeiiiiooooouuuuncy')
$$;

-- One row: the provider whose back office this is.
create table company (
    only_one boolean primary key default true check (only_one),
    name text not null,
    country char(2) not null,
    currency char(3) not null,
    time_zone text not null,
    language text not null check (language in ('es', 'en')),
    -- A demo lives on days of its own: how far its clock is from the real one. Zero for a real provider.
    clock_shift_seconds bigint not null default 0
);

-- For customers whose reference nobody chose.
create sequence customer_references;

create table customers (
    id bigint generated always as identity primary key,
    reference text not null unique,
    kind text not null check (kind in ('person', 'company')),
    name text not null check (name <> ''),
    tax_id text,
    email text,
    phone text check (phone ~ '^\+[0-9]{7,15}$'),
    language text not null check (language in ('es', 'en')),
    created_at timestamptz not null,
    -- What a search looks through.
    search text not null generated always as (plain(
        reference || ' ' || name || ' ' || coalesce(tax_id, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '')
    )) stored
);
create index customers_search on customers using gin (search gin_trgm_ops);
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
    search text not null generated always as (plain(street)) stored,
    check ((latitude is null) = (longitude is null))
);
create index addresses_search on addresses using gin (search gin_trgm_ops);
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

-- What the rate limits count: sign-ins that failed (or are being tried) and reset requests.
create table attempts (
    id bigint generated always as identity primary key,
    what text not null check (what in ('sign_in', 'reset')),
    email text not null,
    address text not null,
    at timestamptz not null
);
create index attempts_email on attempts (what, email, at);
create index attempts_address on attempts (what, address, at);
create index attempts_at on attempts (at);
