-- A contract's fault that nobody wrote a ticket for is mended by one order at a time, too. Of orders that are open twice
-- the older keeps its place, and the others are called off.
update work_orders w set state = 'cancelled', ended_at = created_at
    where kind = 'repair' and ticket_id is null and state in ('planned', 'assigned', 'under_way', 'failed')
      and exists (
        select from work_orders o where o.contract_id = w.contract_id and o.kind = 'repair' and o.ticket_id is null
            and o.state in ('planned', 'assigned', 'under_way', 'failed') and o.id < w.id);
create unique index work_orders_repair_open on work_orders (contract_id)
    where kind = 'repair' and ticket_id is null and state in ('planned', 'assigned', 'under_way', 'failed');

-- A report counts once for its order; a key that another order's report had is none of its business.
alter table work_visits drop constraint work_visits_idempotency_key_key;
alter table work_visits add constraint work_visits_key unique (order_id, idempotency_key);

-- Whom staff keep out, the portal's owner does not let in again.
alter table users
    add column disabled_by text check (disabled_by in ('staff', 'owner'));
update users set disabled_by = 'staff' where disabled_at is not null;
alter table users add check ((disabled_at is null) = (disabled_by is null));
