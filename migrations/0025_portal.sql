-- Customers in their portal: who may come in for a customer and what they may do there, codes to come in with, and
-- contracts that were read and accepted.

alter table users
    -- What a customer's user may do in the portal; staff have a role for that.
    add column portal_right text check (portal_right in ('owner', 'payer', 'viewer'));
update users set portal_right = 'owner' where customer_id is not null;
alter table users add constraint users_right_check check ((customer_id is null) = (portal_right is null));

alter table attempts drop constraint attempts_what_check;
alter table attempts add constraint attempts_what_check check (what in ('sign_in', 'reset', 'code', 'portal_code'));

-- An invitation that is handed over or read out instead of mailed. It is known by a keyed hash: whoever reads this table
-- cannot come in with it. It works once, together with an e-mail address or a phone number that is on record.
create table portal_codes (
    id bigint generated always as identity primary key,
    mark bytea not null unique check (length(mark) = 32),
    customer_id bigint not null references customers,
    -- Whom it is for, and what they may do once they are in.
    name text not null check (name <> ''),
    portal_right text not null check (portal_right in ('owner', 'payer', 'viewer')),
    created_at timestamptz not null,
    created_by bigint references users,
    expires_at timestamptz not null check (expires_at > created_at),
    used_at timestamptz,
    -- Who came in with it.
    user_id bigint references users,
    withdrawn_at timestamptz,
    check ((used_at is null) = (user_id is null)),
    check (used_at is null or withdrawn_at is null)
);
create index portal_codes_open on portal_codes (customer_id, id) where used_at is null and withdrawn_at is null;

-- A contract that its customer accepted in the portal. What was read is kept as it was: the file, its SHA-256 (in files),
-- and a digest of what was agreed in it. When the contract says something else now, it is asked for again.
create table contract_acceptances (
    id bigint generated always as identity primary key,
    contract_id bigint not null references contracts,
    -- SHA-256 of what the paper agrees to, without state and dates of the contract's life.
    terms bytea not null check (length(terms) = 32),
    file_id bigint not null unique references files,
    -- The name that was typed in place of a signature.
    name text not null check (name <> ''),
    accepted_at timestamptz not null,
    accepted_by bigint not null references users,
    -- Where from: the network address and the browser.
    address text not null,
    user_agent text not null,
    -- The same words are accepted once.
    unique (contract_id, terms)
);
create trigger contract_acceptances_keep before update or delete on contract_acceptances
    for each row execute function refuse_change();
