-- Equipment that customers bring: the first line of its history says so.
alter table equipment_moves drop constraint equipment_moves_kind_check;
alter table equipment_moves add constraint equipment_moves_kind_check
    check (kind in ('received', 'brought', 'transferred', 'installed', 'taken_back', 'left', 'sold', 'leased', 'lease_ended',
                    'passed', 'written_off', 'found'));
