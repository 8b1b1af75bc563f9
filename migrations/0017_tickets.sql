-- Faults: tickets with their clocks, files that people send, and what an outage means to those who sit in it.

-- What people sent: photos and PDFs, and nothing else. Kept in the database, so that there is no path to guess and one
-- backup has all of it. A file belongs to whoever sent it until a record claims it; unclaimed ones go after a day.
create table files (
    id bigint generated always as identity primary key,
    -- What the bytes say it is; the name is only what it was called.
    kind text not null check (kind in ('png', 'jpeg', 'webp', 'pdf')),
    name text not null check (name <> '' and name !~ '[/\\[:cntrl:]]'),
    content bytea not null check (length(content) between 1 and 5242880),
    sha256 bytea not null check (length(sha256) = 32),
    uploaded_at timestamptz not null,
    uploaded_by bigint not null references users,
    claimed_at timestamptz
);
create index files_unclaimed on files (uploaded_by, uploaded_at) where claimed_at is null;

-- When people work, in the company's time zone: one row a day of the week, Monday is 1. Spans as `08:00-12:00, 14:00-18:00`.
create table business_hours (
    weekday integer primary key check (weekday between 1 and 7),
    spans text not null
);
insert into business_hours (weekday, spans) values
    (1, '08:00-18:00'), (2, '08:00-18:00'), (3, '08:00-18:00'), (4, '08:00-18:00'), (5, '08:00-18:00'),
    (6, '08:00-13:00'), (7, '');

-- What is promised. business: only business hours count, without holidays.
create table ticket_priorities (
    priority text primary key check (priority in ('low', 'normal', 'high', 'urgent')),
    response_hours integer not null check (response_hours between 1 and 2000),
    resolution_hours integer not null check (resolution_hours between 1 and 2000),
    clock text not null check (clock in ('always', 'business')),
    check (response_hours <= resolution_hours)
);
insert into ticket_priorities (priority, response_hours, resolution_hours, clock) values
    ('low', 24, 72, 'always'), ('normal', 12, 48, 'always'), ('high', 4, 24, 'always'), ('urgent', 1, 8, 'always');

-- One row.
create table ticket_settings (
    only_one boolean primary key default true check (only_one),
    -- A resolved ticket closes by itself after so many days.
    close_after_days integer not null check (close_after_days between 1 and 60),
    -- An outage of so many days or more is credited, all of its days; null: none is.
    credit_from_days integer check (credit_from_days between 1 and 60)
);
insert into ticket_settings (close_after_days, credit_from_days) values (3, null);

create table ticket_categories (
    id bigint generated always as identity primary key,
    name_es text not null unique check (name_es <> ''),
    name_en text not null unique check (name_en <> ''),
    -- Of tickets that say nothing else.
    priority text not null references ticket_priorities,
    -- Customers choose from these.
    for_customers boolean not null,
    archived_at timestamptz
);
insert into ticket_categories (name_es, name_en, priority, for_customers) values
    ('No tengo internet', 'I have no internet', 'high', true),
    ('Internet lento', 'My internet is slow', 'normal', true),
    ('Se va y vuelve', 'It comes and goes', 'normal', true),
    ('El wifi no llega o no conecta', 'The Wi-Fi does not reach or connect', 'low', true),
    ('Un equipo o cable dañado', 'Damaged equipment or cable', 'normal', true),
    ('Una duda sobre mi factura', 'A question about my invoice', 'low', true),
    ('Otra cosa', 'Something else', 'normal', true);

create table tickets (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers,
    contract_id bigint references contracts,
    -- The device at fault, as far as it is known.
    router_id bigint references routers,
    -- Merged into it: answered and resolved as one.
    outage_id bigint references outages,
    category_id bigint not null references ticket_categories,
    priority text not null references ticket_priorities,
    state text not null check (state in ('new', 'in_progress', 'waiting', 'resolved', 'closed')),
    subject text not null check (subject <> ''),
    opened_at timestamptz not null,
    opened_by bigint references users,
    -- The customer reported it, and not somebody of the staff.
    by_customer boolean not null,
    assignee_id bigint references users,
    -- Derived from the priority's promise, the calendar and the pauses, whenever one of them changes.
    response_due timestamptz not null,
    response_soon timestamptz not null,
    resolution_due timestamptz not null,
    resolution_soon timestamptz not null,
    responded_at timestamptz,
    resolved_at timestamptz,
    closed_at timestamptz,
    rating integer check (rating between 1 and 5),
    rating_comment text not null default '',
    rated_at timestamptz,
    -- A form sent twice makes one ticket.
    idempotency_key text not null unique,
    -- What is due next, and from when on it is called soon; null while the clock stands.
    due_at timestamptz generated always as (
        case when state not in ('new', 'in_progress') then null
             when responded_at is null then least(response_due, resolution_due) else resolution_due end) stored,
    soon_at timestamptz generated always as (
        case when state not in ('new', 'in_progress') then null
             when responded_at is null then least(response_soon, resolution_soon) else resolution_soon end) stored,
    check ((state in ('resolved', 'closed')) = (resolved_at is not null)),
    check ((state = 'closed') = (closed_at is not null)),
    check ((rating is null) = (rated_at is null))
);
create index tickets_customer on tickets (customer_id, opened_at);
create index tickets_contract on tickets (contract_id, opened_at);
create index tickets_outage on tickets (outage_id) where outage_id is not null;
-- The order of the staff's list.
create index tickets_due on tickets (due_at, opened_at desc, id desc);
create index tickets_open on tickets (state, opened_at) where state in ('new', 'in_progress', 'waiting');
create index tickets_resolved on tickets (resolved_at) where state = 'resolved';
create index tickets_opened on tickets (opened_at, id);

-- While the clock stands: waiting for the customer, or resolved and reopened later.
create table ticket_pauses (
    ticket_id bigint not null references tickets,
    began_at timestamptz not null,
    ended_at timestamptz check (ended_at >= began_at)
);
create index ticket_pauses_ticket on ticket_pauses (ticket_id, began_at);
create unique index ticket_pauses_open on ticket_pauses (ticket_id) where ended_at is null;

-- What was written and what happened, in order. Either words or an event.
create table ticket_entries (
    id bigint generated always as identity primary key,
    ticket_id bigint not null references tickets,
    at timestamptz not null,
    -- Null: by itself.
    author_id bigint references users,
    author_name text not null,
    from_customer boolean not null,
    -- Customers never get these.
    internal boolean not null,
    body text not null default '',
    event jsonb,
    check (not (from_customer and internal))
);
create index ticket_entries_ticket on ticket_entries (ticket_id, id);

create table ticket_files (
    file_id bigint primary key references files,
    entry_id bigint not null references ticket_entries
);
create index ticket_files_entry on ticket_files (entry_id);

-- A transfer's evidence, and for how long its customer is back online while somebody looks at it; null: not at all.
alter table transfer_reports
    add column evidence_id bigint unique references files,
    add column provisional_until date;

alter table cutoff_policies
    -- A report that covers what is late brings a cut customer back for so many days (0: not), so many times a year.
    add column provisional_days integer not null default 0 check (provisional_days between 0 and 14),
    add column provisionals_a_year integer not null default 2 check (provisionals_a_year between 0 and 100);

alter table outages
    -- The night that looked at whom it has to give days back to; null: none yet.
    add column credited_on date;

-- The days that an outage gives back to a contract. No day is given back twice, whichever outages overlap.
create table outage_credits (
    outage_id bigint not null references outages,
    contract_id bigint not null references contracts,
    days daterange not null check (not isempty(days)),
    -- When the credit notes were written; null: what it gives back has not been billed yet.
    settled_on date,
    primary key (outage_id, contract_id, days),
    exclude using gist (contract_id with =, days with &&)
);
create index outage_credits_open on outage_credits (contract_id) where settled_on is null;

-- Who was told that an outage is over: each customer once.
create table outage_notices (
    outage_id bigint not null references outages,
    customer_id bigint not null references customers,
    message_id bigint references messages,
    told_at timestamptz not null,
    primary key (outage_id, customer_id)
);

-- What messages are about is named in the code (domain::message).
alter table messages drop constraint if exists messages_purpose_check;
