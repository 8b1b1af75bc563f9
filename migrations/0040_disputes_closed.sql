-- A bank's question that ended before any money moved is over.
alter table disputes drop constraint disputes_state_check;
alter table disputes add constraint disputes_state_check check (state in ('inquiry', 'open', 'won', 'lost', 'closed'));

-- Of payments that the gateway has not told its fee of yet, the newest are looked for each night.
create index payment_intents_paid on payment_intents (settled_at) where state = 'paid';
