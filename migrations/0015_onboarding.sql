-- A range of addresses that somebody typed, to be looked at for routers. Nothing else is ever looked at.
create table network_scans (
    id bigint generated always as identity primary key,
    range text not null,
    port integer not null check (port between 1 and 65535),
    addresses integer not null,
    asked integer not null default 0,
    found integer not null default 0,
    created_at timestamptz not null,
    finished_at timestamptz
);

-- A router that a scan found and that is to become ours. Which state it is in follows from this and from its newest job.
create table onboardings (
    id bigint generated always as identity primary key,
    scan_id bigint not null references network_scans,
    host text not null,
    -- Of the API without encryption, as found.
    port integer not null check (port between 1 and 65535),
    -- It opens with the factory's user, and without a password or with the one that is stored.
    opens boolean not null,
    board text,
    version text,
    name text not null,
    -- The addresses or networks that may manage it, with commas between them.
    server text not null,
    -- The sticker's; null: none.
    admin_password_encrypted bytea,
    -- Made before the first change, so that what was sent is never lost.
    password_encrypted bytea,
    rescue_password_encrypted bytea,
    backup_password_encrypted bytea,
    -- What would be sent, as it was shown to whoever started it; secrets are masked.
    plan jsonb,
    planned_at timestamptz,
    -- Why it could not be looked at the last time.
    not_planned_because jsonb,
    -- The next step; null: all are done.
    step text check (step in ('read', 'backup', 'users', 'admin', 'certificate', 'services', 'identity', 'firewall',
                              'register')),
    -- SHA-256 of the certificate that the router made, and the port that shows it.
    certificate_sha256 bytea check (length(certificate_sha256) = 32),
    secure_port integer check (secure_port between 1 and 65535),
    router_id bigint references routers,
    found_at timestamptz not null,
    check ((step is null) = (router_id is not null)),
    check (num_nulls(password_encrypted, rescue_password_encrypted, backup_password_encrypted) in (0, 3)),
    check ((certificate_sha256 is null) = (secure_port is null)),
    check ((plan is null) = (planned_at is null))
);
-- While it is not ours, an address is one router.
create unique index onboardings_host on onboardings (host, port) where router_id is null;
create index onboardings_router on onboardings (router_id);

-- Each with its newest job, and the state that follows.
create view onboardings_in_state as
    select o.id, o.host, o.port, o.name, o.step, o.board, o.version, o.found_at, o.router_id,
           j.id as job_id, j.state as job_state, j.because,
           case when o.router_id is not null then 'registered'
                when j.state in ('waiting', 'running') then 'working'
                when j.state = 'given_up' and (o.planned_at is null or o.planned_at <= j.finished_at) then 'stopped'
                when o.planned_at is not null then 'planned'
                when o.opens then 'found'
                else 'locked' end as state
    from onboardings o
    left join lateral (select id, state, because, finished_at from jobs
                       where kind = 'onboard' and subject_id = o.id order by id desc limit 1) j on true;

-- Where the simulated routers of a demo are, for the hint on the screen.
create table demo_networks (
    only_one boolean primary key default true check (only_one),
    range text not null
);

insert into job_kinds (kind, at_router) values ('scan_network', false), ('onboard', false);

-- Routers that tell which equipment got an address. Each has a token of its own: the digest recognises it, and sealed it
-- is kept for writing the script again.
create table lease_reporters (
    router_id bigint primary key references routers,
    token_sha256 bytea not null unique check (length(token_sha256) = 32),
    token_encrypted bytea not null,
    made_at timestamptz not null,
    -- Reports in the minute that began then: more than some are refused.
    minute timestamptz not null,
    reports integer not null default 0,
    reported_at timestamptz,
    -- What the router's DHCP servers were read to hold, the last time that it was asked.
    read_at timestamptz,
    installed_on text[] not null default '{}'
);

-- Who posts without a token that is known, by network address: a guess every few seconds is refused.
create table lease_report_strangers (
    address text primary key,
    minute timestamptz not null,
    tries integer not null
);

-- Equipment that routers told of.
create table mac_profiles (
    id bigint generated always as identity primary key,
    mac text not null unique check (mac ~ '^([0-9A-F]{2}:){5}[0-9A-F]{2}$'),
    -- Where it was seen last.
    router_id bigint not null references routers,
    address inet,
    dhcp_server text not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    ignored_at timestamptz
);
create index mac_profiles_router on mac_profiles (router_id);
create index mac_profiles_seen on mac_profiles (last_seen_at desc, id desc);

-- Whose each is: that follows from the services.
create view mac_profiles_in_state as
    select p.*, s.id as service_id, c.id as contract_id, c.code as contract_code, cu.id as customer_id,
           cu.name as customer_name,
           case when s.id is not null then 'known' when p.ignored_at is not null then 'ignored' else 'unknown' end as state
    from mac_profiles p
    left join services s on s.mac = p.mac and s.released_at is null
    left join contracts c on c.id = s.contract_id
    left join customers cu on cu.id = c.customer_id;

-- What is done by itself when unknown equipment is seen.
create table lease_report_settings (
    only_one boolean primary key default true check (only_one),
    draft_contracts boolean not null default false,
    -- The profile of the captive user that it gets, where its router has a hotspot; null: none.
    hotspot_profile_id bigint
);
insert into lease_report_settings default values;

insert into job_kinds (kind, at_router) values ('lease_script', false);
