-- Captive portals: who may use them, with which vouchers, and what their routers were read to hold.

insert into job_kinds (kind, at_router) values ('hotspot', true);

-- A captive portal: one for each router, whatever number of interfaces it serves there.
create table hotspots (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    router_id bigint not null unique references routers,
    -- The server in the router's /ip/hotspot that its users belong to; `all` for every server of the router.
    server text not null check (server <> ''),
    -- The portal's own name, as the router resolves it for those who are not signed in: where a voucher's QR leads.
    dns_name text not null check (dns_name <> ''),
    -- How often its sessions are looked at.
    look_seconds integer not null check (look_seconds between 15 and 3600),
    -- The colour of its login page.
    accent text not null check (accent ~ '^#[0-9a-f]{6}$'),
    -- One that is not is emptied of everything that is ours, and not looked at any more.
    enabled boolean not null,
    looked_at timestamptz,
    -- What stood in the way at the last look; null when it was as wanted.
    problem jsonb,
    -- Where the router takes the login page from, as it was read.
    html_directory text,
    -- The version of the login page (of its content) that the router was last told to fetch, and the one that it was
    -- read to have fetched.
    page_wanted text check (page_wanted <> ''),
    page_installed text check (page_installed <> '')
);

-- What those who are let in get. On routers it is known by its name's prefix: profiles there have no comment.
create table hotspot_profiles (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    down_kbps integer not null check (down_kbps > 0),
    up_kbps integer not null check (up_kbps > 0),
    -- Devices at the same time.
    shared_users integer not null check (shared_users between 1 and 100),
    -- After so long one has to sign in again; null: never.
    session_minutes integer check (session_minutes > 0),
    -- The first device that uses a voucher is the only one.
    locks_to_device boolean not null
);

-- Accounts with a name and a password, for those who stay: staff, a hotel's office.
create table hotspot_users (
    id bigint generated always as identity primary key,
    hotspot_id bigint not null references hotspots,
    profile_id bigint not null references hotspot_profiles,
    name text not null check (name <> ''),
    password_encrypted bytea not null,
    -- The last day; null: without end.
    valid_until date,
    disabled boolean not null,
    unique (hotspot_id, name)
);

-- Vouchers that were made together.
create table voucher_batches (
    id bigint generated always as identity primary key,
    -- Printed before the number: WIFI-0042.
    series text not null unique check (series ~ '^[A-Z0-9]{1,12}$'),
    profile_id bigint not null references hotspot_profiles,
    price numeric(16, 4) not null check (price >= 0),
    currency char(3) not null,
    tax_id bigint not null references taxes,
    -- From the first use on; null: as long as the date says.
    valid_minutes integer check (valid_minutes > 0),
    -- The last day; null: as long as the minutes say.
    valid_until date,
    -- What one may use of it in all.
    limit_minutes integer check (limit_minutes > 0),
    limit_megabytes integer check (limit_megabytes > 0),
    created_at timestamptz not null,
    created_by bigint references users,
    withdrawn_at timestamptz,
    check (valid_minutes is not null or valid_until is not null)
);

-- Where a batch can be used. Of several places, a voucher is of the one where it was used first.
create table voucher_batch_hotspots (
    batch_id bigint not null references voucher_batches,
    hotspot_id bigint not null references hotspots,
    primary key (batch_id, hotspot_id)
);
create index voucher_batch_hotspots_hotspot on voucher_batch_hotspots (hotspot_id);

-- What was sold of a batch: an invoice says so, to a customer, so that the books need no other way.
create table voucher_sales (
    id bigint generated always as identity primary key,
    batch_id bigint not null references voucher_batches,
    invoice_id bigint not null unique references invoices,
    quantity integer not null check (quantity > 0),
    sold_at timestamptz not null,
    sold_by bigint references users,
    -- A form sent twice sells once.
    idempotency_key text not null unique
);
create index voucher_sales_batch on voucher_sales (batch_id, id);

create table vouchers (
    id bigint generated always as identity primary key,
    batch_id bigint not null references voucher_batches,
    number integer not null check (number > 0),
    -- In the clear, as on the paper: it is worth its price, and staff look for it.
    code text not null unique,
    sale_id bigint references voucher_sales,
    -- The first use, once for all: written by one statement that only succeeds while these are null.
    first_used_at timestamptz,
    hotspot_id bigint references hotspots,
    -- The device that used it first, when it was seen.
    mac text,
    -- Its end, as far as it is known: the batch's last day, and since the first use what its minutes say. Null: none
    -- before it is used.
    expires_at timestamptz,
    ended_at timestamptz,
    end_reason text check (end_reason in ('expired', 'time_used', 'data_used', 'withdrawn')),
    -- Routers count from zero again when they are reset: what they had counted before, and what they count now.
    seconds_before bigint not null default 0,
    seconds_read bigint not null default 0,
    bytes_before bigint not null default 0,
    bytes_read bigint not null default 0,
    unique (batch_id, number),
    check ((first_used_at is null) = (hotspot_id is null)),
    check (first_used_at is null or expires_at is not null),
    check ((ended_at is null) = (end_reason is null))
);
create index vouchers_due on vouchers (expires_at) where ended_at is null;
create index vouchers_live_used on vouchers (hotspot_id, expires_at) where ended_at is null and hotspot_id is not null;
create index vouchers_ended on vouchers (ended_at) where ended_at is not null;
create index vouchers_code_trgm on vouchers using gin (code gin_trgm_ops);
create index vouchers_sale on vouchers (sale_id);

-- Reachable before anybody signs in: the portal and where one pays are among them.
create table walled_garden (
    id bigint generated always as identity primary key,
    hotspot_id bigint not null references hotspots,
    -- A host (`*.example.com` too), or an address or network.
    host text check (host <> ''),
    address inet,
    note text not null,
    check (num_nulls(host, address) = 1)
);
create unique index walled_garden_once on walled_garden (hotspot_id, coalesce(host, host(address) || masklen(address)));

create table hotspot_bindings (
    id bigint generated always as identity primary key,
    hotspot_id bigint not null references hotspots,
    mac text not null,
    kind text not null check (kind in ('bypassed', 'blocked')),
    note text not null,
    unique (hotspot_id, mac)
);

-- Live sessions as they were read at the last look, and nothing else.
create table hotspot_sessions (
    hotspot_id bigint not null references hotspots,
    -- The router's own id of it.
    router_row text not null,
    user_name text not null,
    mac text not null,
    address text not null,
    voucher_id bigint references vouchers,
    user_id bigint references hotspot_users,
    seconds bigint not null,
    bytes_down bigint not null,
    bytes_up bigint not null,
    read_at timestamptz not null,
    -- Somebody of the staff wants it to end.
    end_wanted boolean not null default false,
    primary key (hotspot_id, router_row)
);
create index hotspot_sessions_voucher on hotspot_sessions (voucher_id);
