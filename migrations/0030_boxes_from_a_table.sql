-- Tables of boxes that somebody sent, kept as they came before anything is made of them.
create table nap_imports (
    id bigint generated always as identity primary key,
    file_name text not null,
    -- Read as text.
    content text not null,
    at timestamptz not null,
    by_id bigint references users,
    -- How many boxes were made of it, once somebody confirmed it.
    written integer not null default 0 check (written >= 0)
);
