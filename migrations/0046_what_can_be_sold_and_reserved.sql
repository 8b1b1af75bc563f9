-- Whether a voucher is for sale: nobody sold it yet, and it can still be used, or was used: that money is missing, and a
-- sale explains it also when the voucher is over.
create function for_sale(voucher vouchers, at timestamptz) returns boolean language sql immutable as $$
    select voucher.sale_id is null
       and (voucher.first_used_at is not null
            or voucher.ended_at is null and (voucher.expires_at is null or voucher.expires_at > at))
$$;

-- An address is kept back once: by a reservation, or because its router hands it out by itself.
create or replace function address_is_free() returns trigger language plpgsql as $$
declare
    pool address_pools;
begin
    select * into pool from address_pools where id = new.pool_id for update;
    if not new.address << pool.network then
        raise exception '% is not of %', host(new.address), pool.network
            using errcode = 'check_violation', constraint = 'address_outside';
    end if;
    if new.address between pool.dynamic_from and pool.dynamic_to then
        raise exception 'the router hands % out by itself', host(new.address)
            using errcode = 'unique_violation', constraint = 'address_dynamic';
    end if;
    if exists (select from services where router_id = pool.router_id and ip = new.address and released_at is null) then
        raise exception '% is given to a service', host(new.address)
            using errcode = 'unique_violation', constraint = 'address_given';
    end if;
    return new;
end $$;

-- What the router hands out must not be somebody's already, nor be kept for somebody.
create or replace function dynamic_part_is_free() returns trigger language plpgsql as $$
begin
    if exists (select from services where router_id = new.router_id and released_at is null
                   and ip between new.dynamic_from and new.dynamic_to) then
        raise exception 'an address from % to % is given to a service', host(new.dynamic_from), host(new.dynamic_to)
            using errcode = 'unique_violation', constraint = 'address_given';
    end if;
    if exists (select from address_reservations where pool_id = new.id
                   and address between new.dynamic_from and new.dynamic_to) then
        raise exception 'an address from % to % is reserved', host(new.dynamic_from), host(new.dynamic_to)
            using errcode = 'unique_violation', constraint = 'address_reserved';
    end if;
    return new;
end $$;
