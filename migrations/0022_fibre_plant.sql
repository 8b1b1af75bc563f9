-- The fibre plant from the OLT to the box on the pole, who has which port, and what the map needs to find its marks.

-- One row.
create table plant_settings (
    only_one boolean primary key default true check (only_one),
    -- The longest cable from a box to a house.
    longest_drop_metres integer not null check (longest_drop_metres between 10 and 5000),
    -- How long a port is kept for whom it was reserved.
    reservation_days integer not null check (reservation_days between 1 and 90)
);
insert into plant_settings (longest_drop_metres, reservation_days) values (300, 7);

create table olts (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    model text not null default '',
    -- Both or neither.
    latitude numeric(9, 6) check (latitude between -90 and 90),
    longitude numeric(9, 6) check (longitude between -180 and 180),
    check ((latitude is null) = (longitude is null))
);

create table olt_cards (
    id bigint generated always as identity primary key,
    olt_id bigint not null references olts,
    slot integer not null check (slot between 0 and 63),
    constraint olt_cards_slot unique (olt_id, slot)
);

create table pon_ports (
    id bigint generated always as identity primary key,
    card_id bigint not null references olt_cards,
    number integer not null check (number between 0 and 63),
    constraint pon_ports_number unique (card_id, number)
);

-- NAP: a box on a pole, from which cables go to houses. Its ports are those of the splitters in it.
create table naps (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    sector_id bigint references sectors,
    latitude numeric(9, 6) not null check (latitude between -90 and 90),
    longitude numeric(9, 6) not null check (longitude between -180 and 180),
    -- Ports that fit in it.
    capacity integer not null check (capacity between 1 and 512),
    -- Of fibre from the OLT to it; null: nobody measured it.
    fibre_metres integer check (fibre_metres between 0 and 60000),
    search text not null generated always as (plain(name)) stored
);
create index naps_search on naps using gin (search gin_trgm_ops);
create index naps_sector on naps (sector_id);
-- The box around a point: latitude first, longitude is then looked at in the index.
create index naps_place on naps (latitude, longitude);

-- A splitter hangs on a PON port, or on a port of another splitter; where it is once, it stays.
create table splitters (
    id bigint generated always as identity primary key,
    -- From which its light comes, however many splitters are between.
    pon_port_id bigint not null references pon_ports,
    -- Null: on the PON port itself.
    parent_port_id bigint unique,
    ways integer not null check (ways in (2, 4, 8, 16, 32)),
    -- The ways of those above it, from the PON port on.
    above integer[] not null default '{}',
    -- The box whose ports its ports are; null: somewhere on the way, and its ports feed other splitters.
    nap_id bigint references naps,
    -- What its first port is called in its box; set once, so that labels on a pole stay true.
    first_number integer not null default 1,
    check ((parent_port_id is null) = (above = '{}'))
);
create unique index splitters_on_pon on splitters (pon_port_id) where parent_port_id is null;
create index splitters_pon on splitters (pon_port_id);
create index splitters_nap on splitters (nap_id);

create table splitter_ports (
    id bigint generated always as identity primary key,
    splitter_id bigint not null references splitters,
    number integer not null check (number between 1 and 32),
    -- Who is connected: a port serves one service at most, and a service has one port at most.
    service_id bigint references services,
    constraint splitter_ports_number unique (splitter_id, number)
);
create unique index splitter_ports_service on splitter_ports (service_id);
alter table splitters add foreign key (parent_port_id) references splitter_ports;

-- A port that is kept for a customer, or for one of their contracts, until a moment. After it the row means nothing,
-- whether a night has removed it or not: whoever reads says what time it is.
create table port_reservations (
    port_id bigint primary key references splitter_ports,
    customer_id bigint not null references customers,
    contract_id bigint references contracts,
    reserved_at timestamptz not null,
    reserved_by bigint references users,
    expires_at timestamptz not null check (expires_at > reserved_at)
);
create unique index port_reservations_contract on port_reservations (contract_id);
create unique index port_reservations_customer on port_reservations (customer_id) where contract_id is null;
create index port_reservations_expiry on port_reservations (expires_at);

-- What a port can be: only one thing at a time, and customers only in boxes.
create function splitter_port_guard() returns trigger language plpgsql as $$
begin
    if new.service_id is not null then
        if exists (select from splitters where parent_port_id = new.id) then
            raise exception 'port % feeds a splitter', new.id using errcode = '23514', constraint = 'port_feeds';
        end if;
        if exists (select from splitters where id = new.splitter_id and nap_id is null) then
            raise exception 'port % is in no box', new.id using errcode = '23514', constraint = 'port_outside';
        end if;
    end if;
    return new;
end $$;
create trigger splitter_port_guard before insert or update of service_id on splitter_ports
    for each row execute function splitter_port_guard();

-- A splitter hangs where nobody is connected or kept a place, gets its light from where it hangs, and fits in its box.
create function splitter_guard() returns trigger language plpgsql as $$
declare
    parent record;
    free integer;
begin
    if new.parent_port_id is not null then
        select s.pon_port_id, s.above || s.ways as above, p.service_id into parent
        from splitter_ports p join splitters s on s.id = p.splitter_id where p.id = new.parent_port_id for update of p;
        if parent.service_id is not null or exists (
            select from port_reservations where port_id = new.parent_port_id) then
            raise exception 'port % is taken', new.parent_port_id using errcode = '23505', constraint = 'port_taken';
        end if;
        new.pon_port_id := parent.pon_port_id;
        new.above := parent.above;
    end if;
    if new.nap_id is not null then
        select capacity - coalesce((select sum(ways) from splitters where nap_id = new.nap_id), 0) into free
        from naps where id = new.nap_id for update;
        if free < new.ways then
            raise exception 'box % is full', new.nap_id using errcode = '23514', constraint = 'nap_capacity';
        end if;
        select coalesce(max(first_number + ways), 1) into new.first_number from splitters where nap_id = new.nap_id;
    end if;
    return new;
end $$;
create trigger splitter_guard before insert on splitters for each row execute function splitter_guard();

create function nap_guard() returns trigger language plpgsql as $$
begin
    if new.capacity < (select coalesce(sum(ways), 0) from splitters where nap_id = new.id) then
        raise exception 'box % has more ports', new.id using errcode = '23514', constraint = 'nap_capacity';
    end if;
    return new;
end $$;
create trigger nap_guard before update of capacity on naps for each row execute function nap_guard();

-- The ports of boxes: those that can be a customer's. A port that feeds another splitter is none.
create view nap_ports as
    select p.id, s.first_number + p.number - 1 as number, p.service_id, s.id as splitter_id, s.nap_id, s.pon_port_id
    from splitters s join splitter_ports p on p.splitter_id = s.id
    where s.nap_id is not null and not exists (select from splitters c where c.parent_port_id = p.id);

-- Where a router stands, for the map. Both or neither.
alter table routers
    add column latitude numeric(9, 6) check (latitude between -90 and 90),
    add column longitude numeric(9, 6) check (longitude between -180 and 180),
    add constraint routers_position check ((latitude is null) = (longitude is null));

create index addresses_place on addresses (latitude, longitude) where latitude is not null;
