-- A contract says itself in which sector it is: that of its address. What is counted of a sector would look up the address
-- of each contract otherwise, in a dozen queries for one screen. Only the triggers below write it.
lock table addresses in share row exclusive mode;
alter table contracts add column sector_id bigint references sectors;
update contracts c set sector_id = a.sector_id from addresses a where a.id = c.address_id;

-- The address is held until then: of a contract that begins and an address that changes at once the later sees the earlier.
create function place_contract() returns trigger language plpgsql as $$
begin
    select sector_id into new.sector_id from addresses where id = new.address_id for share;
    return new;
end $$;
create trigger contracts_placed before insert on contracts for each row execute function place_contract();
create trigger contracts_moved before update of address_id on contracts for each row
    when (old.address_id <> new.address_id) execute function place_contract();

create function place_contracts_of_address() returns trigger language plpgsql as $$
begin
    update contracts set sector_id = new.sector_id where address_id = new.id;
    return null;
end $$;
create trigger addresses_place_contracts after update of sector_id on addresses for each row
    when (old.sector_id is distinct from new.sector_id) execute function place_contracts_of_address();

-- Who is where, from either end.
create index contracts_sector on contracts (sector_id) include (id, customer_id, currency, state, service_state);
drop index contracts_place;
create index contracts_place on contracts (id) include (sector_id);
drop index contracts_address;
create index contracts_address on contracts (address_id);
