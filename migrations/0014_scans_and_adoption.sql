-- What routers were found to hold beside what they should, rows of other systems that become ours, and tidying up.

insert into job_kinds (kind, at_router) values ('scan', true), ('adopt', true);

-- One row: how the network is looked after.
create table network_settings (
    singleton boolean primary key default true check (singleton),
    -- From this hour of the company's day all routers are scanned once; null: only by hand.
    scan_hour integer default 3 check (scan_hour between 0 and 23),
    -- What a scan by the clock does about what is ours: look | mend.
    scan_effect text not null default 'mend' check (scan_effect in ('look', 'mend')),
    -- The last day whose scans were enqueued.
    scanned_on date,
    -- Finished jobs, what was said for them, and scans are kept so long.
    keep_days integer not null default 90 check (keep_days between 7 and 3650)
);
insert into network_settings default values;

-- A reading of a whole router beside what it should hold. Whether it waits, runs or failed, its job says.
create table scans (
    id bigint generated always as identity primary key,
    router_id bigint not null references routers,
    -- look: nothing is changed | mend: what is ours, unless that is suspiciously much | mend_all: all that is ours
    effect text not null check (effect in ('look', 'mend', 'mend_all')),
    requested_by bigint references users,
    requested_at timestamptz not null,
    -- Set with all that follows when the router was read.
    read_at timestamptz,
    -- Rows read, services compared, and those of them that the router holds as it should.
    rows_read integer,
    services integer,
    agreeing integer,
    -- How many of its rows there are of each verdict.
    missing integer,
    different integer,
    orphaned integer,
    foreign_rows integer,
    refused integer,
    -- Tagged rows that nobody wants any more, and that were left because they are suspiciously many.
    left_alone boolean not null default false,
    check (num_nulls(read_at, rows_read, services, agreeing, missing, different, orphaned, foreign_rows, refused) in (0, 9))
);
create index scans_router on scans (router_id, id);
create index scans_requested on scans (requested_at);

-- What differs: missing and different rows of services, tagged rows that nobody wants, and rows of others.
create table scan_rows (
    id bigint generated always as identity primary key,
    scan_id bigint not null references scans on delete cascade,
    verdict text not null check (verdict in ('missing', 'different', 'orphaned', 'foreign', 'refused')),
    menu text not null,
    name text not null,
    -- The router's .id; null for what is missing.
    row_id text,
    -- Whose it should be, or what its tag says: that service may be gone.
    service_id bigint,
    -- Attribute, wanted, read; without secrets.
    differences jsonb not null,
    -- The row as it was read, without secrets; empty for what is missing.
    attributes jsonb not null,
    -- Why a service's rows cannot be as they should.
    because jsonb,
    -- mended: a job was enqueued for its service, or the row was removed | null: it was told, and nothing done
    mended boolean not null default false
);
create index scan_rows_scan on scan_rows (scan_id, verdict, id);

-- Rows of other systems that somebody chose to make ours. Only their comment is changed; what it was is kept here.
create table adoptions (
    id bigint generated always as identity primary key,
    router_id bigint not null references routers,
    scan_id bigint references scans on delete set null,
    requested_by bigint references users,
    requested_at timestamptz not null,
    finished_at timestamptz
);
create index adoptions_router on adoptions (router_id, id);

create table adoption_rows (
    id bigint generated always as identity primary key,
    adoption_id bigint not null references adoptions on delete cascade,
    menu text not null,
    row_id text not null,
    name text not null,
    service_id bigint not null references services,
    -- The row as it was when it was chosen, its comment too; without secrets.
    attributes jsonb not null,
    -- What is taken over from the row into the service: its password, its fixed address.
    takes_password boolean not null,
    takes_address boolean not null,
    -- Null until the router was read again: adopted | changed (it is not as it was shown) | gone | refused
    outcome text check (outcome in ('adopted', 'changed', 'gone', 'refused')),
    because jsonb
);
create index adoption_rows_adoption on adoption_rows (adoption_id, id);
create index adoption_rows_service on adoption_rows (service_id);

-- When all of it was read, by a scan: its services that had been read before were read again then.
alter table routers add column read_whole_at timestamptz;

-- What housekeeping looks for.
create index jobs_finished on jobs (finished_at, id) where finished_at is not null;
alter table job_exchanges drop constraint job_exchanges_job_id_fkey;
alter table job_exchanges add foreign key (job_id) references jobs on delete cascade;
