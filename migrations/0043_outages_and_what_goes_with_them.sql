-- What an outage takes with it: the faults of the connection, and nothing else that customers ask.
alter table ticket_categories
    -- Tickets are part of the outage where they are: answered with it, and resolved when it is over.
    add column goes_with_outages boolean not null default false;
-- No internet, slow, and it comes and goes: as 0017 numbers them.
update ticket_categories set goes_with_outages = true where id in (1, 2, 3);
alter table ticket_categories alter column goes_with_outages drop default;

alter table outages
    -- Planned, and called off before it began.
    add column called_off boolean not null default false check (not called_off or ended_at is not null),
    -- Nobody is cut on these, and these are given back. What was called off has none.
    add column days daterange not null generated always as (
        case when called_off then 'empty'::daterange else daterange(starts_on, ends_on, '[]') end) stored,
    drop constraint outages_check2,
    add check (ended_at is null or ends_on is not null or called_off);
-- What was ended before it began was left with its first day.
update outages o set called_off = true from company c
where (o.ended_at at time zone c.time_zone)::date < o.starts_on and o.credited_on is null;
