-- What an outage takes with it: the faults of the connection, and nothing else that customers ask.
alter table ticket_categories
    -- Tickets are part of the outage where they are: answered with it, and resolved when it is over.
    add column goes_with_outages boolean not null default false;
-- No internet, slow, and it comes and goes: as 0017 numbers them.
update ticket_categories set goes_with_outages = true where id in (1, 2, 3);
alter table ticket_categories alter column goes_with_outages drop default;
