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
