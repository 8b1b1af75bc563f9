-- What must come back: equipment of ours that serves with a contract which has ended or is on the removal list. Few pieces
-- among many, so they are kept here by triggers; nothing else writes them.
create table equipment_due (
    equipment_id bigint primary key references equipment on delete cascade
);

create function contract_is_over(state text, service_state text) returns boolean language sql immutable as $$
    select state = 'closed' or service_state = 'removal_list'
$$;

-- A piece is put somewhere, or becomes somebody else's.
create function equipment_due_moved() returns trigger language plpgsql as $$
begin
    if new.ownership in ('ours', 'leased') and exists (
        select from services s join contracts c on c.id = s.contract_id
        where s.id = new.service_id and contract_is_over(c.state, c.service_state)) then
        insert into equipment_due (equipment_id) values (new.id) on conflict do nothing;
    else
        delete from equipment_due where equipment_id = new.id;
    end if;
    return null;
end $$;
create trigger equipment_due_moved after insert or update of service_id, ownership on equipment
    for each row execute function equipment_due_moved();

-- A contract ends or its debt was too old, or it goes on.
create function equipment_due_contract() returns trigger language plpgsql as $$
begin
    if contract_is_over(new.state, new.service_state) then
        insert into equipment_due (equipment_id)
            select e.id from services s join equipment e on e.service_id = s.id
            where s.contract_id = new.id and e.ownership in ('ours', 'leased')
            on conflict do nothing;
    else
        delete from equipment_due d using services s, equipment e
            where s.contract_id = new.id and e.service_id = s.id and d.equipment_id = e.id;
    end if;
    return null;
end $$;
create trigger contracts_equipment_due after update of state, service_state on contracts for each row
    when (contract_is_over(old.state, old.service_state) is distinct from contract_is_over(new.state, new.service_state))
    execute function equipment_due_contract();

insert into equipment_due (equipment_id)
    select e.id from contracts c join services s on s.contract_id = c.id join equipment e on e.service_id = s.id
    where contract_is_over(c.state, c.service_state) and e.ownership in ('ours', 'leased');
