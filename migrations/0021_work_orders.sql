-- Work orders: what somebody has to go and do at a customer's, when and in which order, and what came of each visit.

create table work_orders (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('install', 'repair', 'move', 'removal')),
    -- Whose and where: the contract's customer and its address.
    contract_id bigint not null references contracts,
    -- The fault that it mends.
    ticket_id bigint references tickets,
    state text not null check (state in ('planned', 'assigned', 'under_way', 'done', 'failed', 'cancelled')),
    technician_id bigint references users,
    on_date date,
    part text not null default 'any' check (part in ('morning', 'any', 'afternoon')),
    -- In the route of the technician's day.
    place integer not null default 0,
    -- What is to be done, beside what the kind says.
    note text not null default '',
    -- Why it was cancelled; empty: it was no longer needed.
    reason text not null default '',
    -- Counts what the office changes and what visits report, so that a phone without a network finds out.
    version integer not null default 1 check (version >= 1),
    created_at timestamptz not null,
    -- Null: by what happened to the contract.
    created_by bigint references users,
    changed_at timestamptz not null,
    changed_by bigint references users,
    started_at timestamptz,
    -- Done or cancelled.
    ended_at timestamptz,
    -- Whoever goes, goes on a day.
    check ((technician_id is null) = (on_date is null)),
    check (state not in ('assigned', 'under_way') or technician_id is not null),
    check ((state in ('done', 'cancelled')) = (ended_at is not null))
);
-- A contract is installed, moved or cleared by one order at a time, and a fault mended by one.
create unique index work_orders_open on work_orders (contract_id, kind)
    where kind <> 'repair' and state in ('planned', 'assigned', 'under_way', 'failed');
create unique index work_orders_ticket_open on work_orders (ticket_id)
    where ticket_id is not null and state in ('planned', 'assigned', 'under_way', 'failed');
create index work_orders_contract on work_orders (contract_id, id);
-- The order of the list, and a day of the board.
create index work_orders_days on work_orders (on_date desc, technician_id, place, id);
create index work_orders_to_schedule on work_orders (id) where state in ('planned', 'failed');
create index work_orders_technician on work_orders (technician_id, on_date);

-- What to look at on the spot, by kind, in the order of their places.
create table work_checklist_items (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('install', 'repair', 'move', 'removal')),
    place integer not null,
    name_es text not null check (name_es <> ''),
    name_en text not null check (name_en <> ''),
    unique (kind, place)
);
insert into work_checklist_items (kind, place, name_es, name_en) values
    ('install', 1, 'Cable fijado y con holgura', 'Cable fixed, with some slack'),
    ('install', 2, 'Potencia óptica dentro de lo permitido', 'Optical power within limits'),
    ('install', 3, 'Equipo etiquetado', 'Equipment labelled'),
    ('install', 4, 'Wifi con nombre y clave del cliente', 'Wi-Fi with the customer''s name and password'),
    ('install', 5, 'Prueba de velocidad frente al cliente', 'Speed test in front of the customer'),
    ('repair', 1, 'Falla vista en el lugar', 'Fault seen on the spot'),
    ('repair', 2, 'Conectores limpios', 'Connectors clean'),
    ('repair', 3, 'Potencia óptica dentro de lo permitido', 'Optical power within limits'),
    ('repair', 4, 'Prueba de velocidad frente al cliente', 'Speed test in front of the customer'),
    ('move', 1, 'Equipo retirado de la dirección anterior', 'Equipment taken from the former address'),
    ('move', 2, 'Cable fijado y con holgura', 'Cable fixed, with some slack'),
    ('move', 3, 'Potencia óptica dentro de lo permitido', 'Optical power within limits'),
    ('move', 4, 'Prueba de velocidad frente al cliente', 'Speed test in front of the customer'),
    ('removal', 1, 'Equipo con su fuente de poder', 'Equipment with its power supply'),
    ('removal', 2, 'Sin daños a la vista', 'No visible damage'),
    ('removal', 3, 'Cable retirado o asegurado', 'Cable removed or secured');

-- What came of going there. Append-only.
create table work_visits (
    id bigint generated always as identity primary key,
    order_id bigint not null references work_orders,
    -- Made on the phone: a report that is sent twice counts once.
    idempotency_key text not null unique check (length(idempotency_key) between 8 and 64),
    -- When it was received: it may have waited on the phone.
    at timestamptz not null,
    by_id bigint references users,
    by_name text not null,
    outcome text not null check (outcome in ('done', 'failed')),
    -- Why nothing came of it.
    reason text check (reason in ('nobody_home', 'no_access', 'not_feasible', 'postponed', 'weather', 'missing_material', 'other')),
    note text not null default '',
    -- The checklist as it was then, with what was ticked.
    checks jsonb not null,
    serial text,
    latitude numeric(9, 6) check (latitude between -90 and 90),
    longitude numeric(9, 6) check (longitude between -180 and 180),
    -- The reading of the test: received power, and megabits a second.
    dbm numeric(5, 2),
    down_mbps numeric(8, 2) check (down_mbps >= 0),
    up_mbps numeric(8, 2) check (up_mbps >= 0),
    signed_by text not null default '',
    signature_id bigint unique references files,
    check ((outcome = 'failed') = (reason is not null)),
    check ((latitude is null) = (longitude is null))
);
create index work_visits_order on work_visits (order_id, id);

create table work_files (
    file_id bigint primary key references files,
    visit_id bigint not null references work_visits
);
create index work_files_visit on work_files (visit_id);
