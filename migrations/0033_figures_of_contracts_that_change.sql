-- A tax changes many contracts at once, also those that somebody else is about to change: of two the later counts what
-- the earlier did. Whoever changes one contract has locked it before.
create or replace function keep_recurring(ids bigint[]) returns void language plpgsql as $$
begin
    perform from contracts where id = any(ids) order by id for no key update;
    delete from recurring where contract_id = any(ids);
    insert into recurring select * from recurring_of(ids);
end $$;
