-- A line charges for one lease at a time: when that one ends, the line becomes that of the service alone. A lease that is
-- 'returned' ended with its contract: the equipment is the provider's, and has an order to be collected.
create unique index leases_line on leases (line_id) where state = 'running';
