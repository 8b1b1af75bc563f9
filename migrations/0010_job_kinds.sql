-- The kinds of jobs are rows, so that each part of the product brings its own. at_router: the job is done at a router,
-- by whoever leases that; the others are done anywhere.
create table job_kinds (
    kind text primary key,
    at_router boolean not null,
    unique (kind, at_router)
);
insert into job_kinds (kind, at_router) values ('provision', true), ('mail', false);

alter table jobs drop constraint jobs_kind_check;
-- (kind = 'provision') = (router_id is not null)
alter table jobs drop constraint jobs_check2;
alter table jobs add column at_router boolean not null generated always as (router_id is not null) stored;
alter table jobs add foreign key (kind, at_router) references job_kinds (kind, at_router);
