-- What the next night will do, counted by a job where there is too much to look at while somebody waits for the page.
insert into job_kinds (kind, at_router) values ('preview', false);

-- The newest one, asked for or made; its id is the subject of the job.
create table run_preview (
    id bigint primary key check (id = 1),
    business_date date not null,
    asked_at timestamptz not null,
    -- Of so many things to look at, so many were looked at.
    expected bigint not null,
    looked_at bigint not null default 0,
    -- The last one of this date stays until another one is made.
    made_at timestamptz,
    made jsonb,
    check ((made_at is null) = (made is null))
);
