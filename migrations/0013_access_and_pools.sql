-- For a while more than was sold: up to the burst's limit until the average of some seconds reaches the threshold.
alter table plans add column burst_down_kbps integer check (burst_down_kbps > down_kbps);
alter table plans add column burst_up_kbps integer check (burst_up_kbps > up_kbps);
alter table plans add column burst_threshold_down_kbps integer
    check (burst_threshold_down_kbps > 0 and burst_threshold_down_kbps <= burst_down_kbps);
alter table plans add column burst_threshold_up_kbps integer
    check (burst_threshold_up_kbps > 0 and burst_threshold_up_kbps <= burst_up_kbps);
alter table plans add column burst_seconds integer check (burst_seconds between 1 and 600);
alter table plans add check (
    num_nulls(burst_down_kbps, burst_up_kbps, burst_threshold_down_kbps, burst_threshold_up_kbps, burst_seconds) in (0, 5));
alter table plans add check (kind = 'internet' or burst_seconds is null);

-- Where PPPoE customers get their prefixes of version 6; what limits customers with a lease of a fixed address.
alter table routers add column ipv6_pool text check (ipv6_pool <> '');
alter table routers add column limit_by text not null default 'lease' check (limit_by in ('lease', 'queue'));

alter table services add column ipv6_prefix cidr
    check (ipv6_prefix is null
           or family(ipv6_prefix) = 6 and masklen(ipv6_prefix) between 32 and 64 and access = 'pppoe');
alter table services add constraint services_ipv6_prefix
    exclude using gist (ipv6_prefix inet_ops with &&) where (released_at is null);

-- A network whose addresses are given to services one by one, but for a part that its router hands out by itself.
create table address_pools (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    router_id bigint not null references routers,
    -- Whom it is meant for; null: anybody at the router.
    sector_id bigint references sectors,
    network cidr not null check (family(network) = 4 and masklen(network) between 16 and 30),
    -- The part that the router hands out, and the pool of the router that it is there.
    dynamic_from inet,
    dynamic_to inet,
    dynamic_name text check (dynamic_name ~ '^[A-Za-z0-9._-]{1,40}$'),
    check (num_nulls(dynamic_from, dynamic_to, dynamic_name) in (0, 3)),
    check (dynamic_from << network and dynamic_to << network and dynamic_from <= dynamic_to),
    check (masklen(dynamic_from) = 32 and masklen(dynamic_to) = 32),
    unique (router_id, dynamic_name),
    constraint address_pools_network exclude using gist (router_id with =, network inet_ops with &&)
);
create index address_pools_sector on address_pools (sector_id) where sector_id is not null;

-- Addresses that no service gets: the router's own, a server's, one that somebody keeps for later.
create table address_reservations (
    pool_id bigint not null references address_pools on delete cascade,
    address inet not null check (family(address) = 4 and masklen(address) = 32),
    why text not null check (why <> ''),
    reserved_at timestamptz not null,
    primary key (pool_id, address)
);

-- Whoever gives, reserves or moves addresses of a pool waits for whoever does so at the moment.
create function lock_address_pool(at_router bigint, of_address inet) returns setof address_pools language sql as $$
    select * from address_pools where router_id = at_router and network >> of_address for update
$$;

create function address_of_service() returns trigger language plpgsql as $$
declare
    pool address_pools;
begin
    for pool in select * from lock_address_pool(new.router_id, new.ip) loop
        if new.ip between pool.dynamic_from and pool.dynamic_to then
            raise exception 'the router hands % out by itself', host(new.ip)
                using errcode = 'unique_violation', constraint = 'address_dynamic';
        end if;
        if host(new.ip) in (host(network(pool.network)), host(broadcast(pool.network))) then
            raise exception '% cannot be given to anybody', host(new.ip)
                using errcode = 'unique_violation', constraint = 'address_of_network';
        end if;
        if exists (select from address_reservations where pool_id = pool.id and address = new.ip) then
            raise exception '% is reserved', host(new.ip)
                using errcode = 'unique_violation', constraint = 'address_reserved';
        end if;
    end loop;
    return new;
end $$;
create trigger services_address before insert or update of ip, router_id, released_at on services
    for each row when (new.ip is not null and new.released_at is null) execute function address_of_service();

create function address_is_free() returns trigger language plpgsql as $$
declare
    pool address_pools;
begin
    select * into pool from address_pools where id = new.pool_id for update;
    if not new.address << pool.network then
        raise exception '% is not of %', host(new.address), pool.network
            using errcode = 'check_violation', constraint = 'address_outside';
    end if;
    if exists (select from services where router_id = pool.router_id and ip = new.address and released_at is null) then
        raise exception '% is given to a service', host(new.address)
            using errcode = 'unique_violation', constraint = 'address_given';
    end if;
    return new;
end $$;
create trigger address_reservations_free before insert on address_reservations
    for each row execute function address_is_free();

-- What the router hands out must not be somebody's already.
create function dynamic_part_is_free() returns trigger language plpgsql as $$
begin
    if exists (select from services where router_id = new.router_id and released_at is null
                   and ip between new.dynamic_from and new.dynamic_to) then
        raise exception 'an address from % to % is given to a service', host(new.dynamic_from), host(new.dynamic_to)
            using errcode = 'unique_violation', constraint = 'address_given';
    end if;
    return new;
end $$;
create trigger address_pools_dynamic before insert or update on address_pools
    for each row when (new.dynamic_from is not null) execute function dynamic_part_is_free();

-- What a router was last read to hold of what it needs once.
create table router_bases (
    router_id bigint primary key references routers,
    as_wanted boolean not null,
    -- Since when it has been as it is, or has not been.
    since timestamptz not null,
    read_at timestamptz not null,
    -- The hash of what was wanted then.
    wanted text not null,
    evidence jsonb not null
);

insert into job_kinds (kind, at_router) values ('base', true);
