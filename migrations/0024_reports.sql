-- Lists that people come back to, and lists that are sent to them.

-- A list's address by a name: its owner's alone, or everybody's who has the role.
create table saved_filters (
    id bigint generated always as identity primary key,
    user_id bigint not null references users,
    role text check (role in ('admin', 'noc', 'billing', 'support', 'technician')),
    -- Below the office's address: `accounts/journal`.
    list text not null check (list ~ '^[a-z]+(/[a-z]+)*$'),
    -- As in the address, from its question mark on.
    query text not null check (query like '?%'),
    name text not null check (name <> ''),
    created_at timestamptz not null,
    unique (user_id, list, name)
);
create index saved_filters_role on saved_filters (list, role) where role is not null;

-- A list that is sent by mail again and again, to each of its readers with what that reader may see.
create table scheduled_reports (
    id bigint generated always as identity primary key,
    name text not null check (name <> ''),
    list text not null check (list ~ '^[a-z]+(/[a-z]+)*$'),
    query text not null check (query like '?%'),
    -- Only the day, week or month that is over: its days are added to the address.
    of_period boolean not null,
    format text not null check (format in ('csv', 'xlsx')),
    frequency text not null check (frequency in ('daily', 'weekly', 'monthly')),
    language text not null check (language in ('es', 'en')),
    created_at timestamptz not null,
    created_by bigint references users,
    paused_at timestamptz
);
create table report_readers (
    report_id bigint not null references scheduled_reports,
    user_id bigint not null references users,
    primary key (report_id, user_id)
);

-- One mail to one reader. Its file is made when it is sent.
create table report_sendings (
    id bigint generated always as identity primary key,
    report_id bigint not null references scheduled_reports,
    user_id bigint not null references users,
    -- The day on which the day, week or month began that it was due in; null: somebody sent it by hand.
    period date,
    from_on date not null,
    to_on date not null,
    message_id bigint not null unique references messages,
    -- Once the file was made.
    rows bigint check (rows >= 0),
    check (from_on <= to_on),
    -- Nobody gets a report twice for one period, however often a night is run.
    unique (report_id, period, user_id)
);
create index report_sendings_report on report_sendings (report_id, id);

-- What somebody did to many records at once, and what became of each: the records' own audit has the rest.
create table bulk_runs (
    id bigint generated always as identity primary key,
    user_id bigint references users,
    action text not null check (action in ('hold', 'lift', 'repeat', 'cancel')),
    why text not null,
    at timestamptz not null,
    -- domain::views::bulk::BulkResult of each
    results jsonb not null
);
