-- Equipment with a serial: what it is, where it is, whose it is, and every move that brought it there.

create table equipment_models (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('onu', 'router', 'antenna', 'radio', 'switch', 'phone', 'decoder', 'other')),
    maker text not null check (maker <> ''),
    name text not null check (name <> ''),
    -- No more of it is received.
    archived_at timestamptz,
    unique (id, kind)
);
create unique index equipment_models_name on equipment_models (lower(maker), lower(name));

-- Where equipment is that is nobody's service: a warehouse, or the van of a technician.
create table stock_places (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('warehouse', 'van')),
    name text not null check (name <> ''),
    technician_id bigint references users,
    -- Nothing is put there any more; only an empty place is archived.
    archived_at timestamptz,
    check (technician_id is null or kind = 'van')
);
create unique index stock_places_name on stock_places (lower(name));
create unique index stock_places_technician on stock_places (technician_id) where archived_at is null;

-- Goods that came: what was typed or pasted stays as it was, and what of it has not been received yet stands in `rest`.
create table stock_receipts (
    id bigint generated always as identity primary key,
    -- Of the lines that name no model.
    model_id bigint not null references equipment_models,
    place_id bigint not null references stock_places,
    -- Who delivered it, by which document.
    note text not null default '',
    typed text not null,
    rest text not null,
    opened_at timestamptz not null,
    opened_by bigint references users
);

create table equipment (
    id bigint generated always as identity primary key,
    model_id bigint not null,
    -- As the model says, for the index below.
    kind text not null,
    serial text not null check (serial = upper(serial) and serial !~ '[[:space:][:cntrl:],;]' and length(serial) between 3 and 40),
    mac text check (mac ~ '^([0-9A-F]{2}:){5}[0-9A-F]{2}$'),
    receipt_id bigint references stock_receipts,
    -- What the last move says, repeated; a trigger on the moves writes it, and another one refuses everything else.
    state text not null,
    ownership text not null,
    place_id bigint references stock_places,
    service_id bigint references services,
    customer_id bigint references customers,
    moved_at timestamptz not null,
    search text not null generated always as (plain(
        serial || ' ' || coalesce(mac, '') || ' ' || replace(coalesce(mac, ''), ':', '')
    )) stored,
    foreign key (model_id, kind) references equipment_models (id, kind)
);
create unique index equipment_serial on equipment (serial);
create unique index equipment_mac on equipment (mac);
-- An ONU is that of one service, and a service has one at most.
create unique index equipment_onu_of_service on equipment (service_id) where kind = 'onu';
create index equipment_service on equipment (service_id) where service_id is not null;
create index equipment_place on equipment (place_id, model_id) where place_id is not null;
create index equipment_model on equipment (model_id, state);
create index equipment_customer on equipment (customer_id) where customer_id is not null;
create index equipment_moved on equipment (moved_at desc, id desc);
create index equipment_receipt on equipment (receipt_id);
create index equipment_search on equipment using gin (search gin_trgm_ops);

-- What happened to it, in order. Each says where it is from then on, and whose it is.
create table equipment_moves (
    id bigint generated always as identity primary key,
    equipment_id bigint not null references equipment,
    kind text not null check (kind in ('received', 'transferred', 'installed', 'taken_back', 'left', 'sold', 'leased',
                                       'lease_ended', 'passed', 'written_off', 'found')),
    state text not null check (state in ('in_stock', 'installed', 'with_customer', 'written_off')),
    -- ours; leased: ours until the commitment ends; sold by us; customer: their own, brought or paid off.
    ownership text not null check (ownership in ('ours', 'leased', 'sold', 'customer')),
    place_id bigint references stock_places,
    service_id bigint references services,
    -- Who has it apart from any service.
    customer_id bigint references customers,
    reason text not null default '',
    at timestamptz not null,
    -- Null: by itself.
    by_id bigint references users,
    by_name text not null,
    check ((state = 'in_stock') = (place_id is not null)),
    check ((state = 'installed') = (service_id is not null)),
    check ((state = 'with_customer') = (customer_id is not null)),
    -- What is in stock or lost is nobody else's.
    check (state in ('installed', 'with_customer') or ownership = 'ours'),
    check (kind <> 'written_off' or reason <> '')
);
create index equipment_moves_equipment on equipment_moves (equipment_id, id);
create index equipment_moves_at on equipment_moves (at);
create trigger equipment_moves_keep before update or delete on equipment_moves
    for each row execute function refuse_change();

create function move_equipment() returns trigger language plpgsql as $$
begin
    update equipment set state = new.state, ownership = new.ownership, place_id = new.place_id, service_id = new.service_id,
                         customer_id = new.customer_id, moved_at = new.at
        where id = new.equipment_id;
    return null;
end $$;
create trigger equipment_moves_move after insert on equipment_moves for each row execute function move_equipment();

-- At the end of the transaction, because equipment is written down before its first move.
create function equipment_is_where_it_was_moved() returns trigger language plpgsql as $$
declare
    item equipment;
    last equipment_moves;
begin
    select * into item from equipment where id = new.id;
    select * into last from equipment_moves where equipment_id = new.id order by id desc limit 1;
    if (item.state, item.ownership, item.place_id, item.service_id, item.customer_id, item.moved_at)
        is distinct from (last.state, last.ownership, last.place_id, last.service_id, last.customer_id, last.at) then
        raise exception 'equipment % is not where its last move put it', new.id using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
create constraint trigger equipment_honest after insert or update on equipment deferrable initially deferred
    for each row execute function equipment_is_where_it_was_moved();

-- Where collected equipment was brought.
alter table collection_orders add column place_id bigint references stock_places;
