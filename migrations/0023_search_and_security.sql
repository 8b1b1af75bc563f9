-- A second factor for staff, sessions that wait for it, and what makes searches quick.

-- The secret that somebody's phone makes codes of (RFC 6238). Until a first code was typed it is only proposed, and the
-- recovery codes that were shown with it are kept, sealed, so that the page can show them again; after that nobody can.
create table second_factors (
    user_id bigint primary key references users,
    secret_encrypted bytea not null,
    recovery_encrypted bytea,
    proposed_at timestamptz not null,
    confirmed_at timestamptz,
    -- The time step of the last code that was taken: none is taken twice, and none from before it.
    last_step bigint,
    check ((confirmed_at is null) = (recovery_encrypted is not null)),
    check ((confirmed_at is null) = (last_step is null))
);

-- For whoever lost the phone: each works once. Known by their SHA-256, as sessions are.
create table recovery_codes (
    user_id bigint not null references second_factors (user_id) on delete cascade,
    code_hash bytea not null check (length(code_hash) = 32),
    used_at timestamptz,
    primary key (user_id, code_hash)
);

-- The password was right and the code is still to come: such a session opens nothing.
alter table sessions add column waits_for_code boolean not null default false;

-- Staff without a second factor set one up before anything else.
alter table company add column second_factor_required boolean not null default false;

alter table attempts drop constraint attempts_what_check;
alter table attempts add constraint attempts_what_check check (what in ('sign_in', 'reset', 'code'));

-- What a search of the audit looks through: who, and every value before and after.
alter table audit add column search text not null generated always as (plain(
    actor_name || ' ' || coalesce(before::text, '') || ' ' || coalesce(after::text, '')
)) stored;
create index audit_search on audit using gin (search gin_trgm_ops);
create index audit_verb on audit (verb, id);

create index tickets_subject on tickets using gin (plain(subject) gin_trgm_ops);
