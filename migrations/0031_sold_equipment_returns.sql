-- What was sold and came back: it is ours again, and its history says why.
alter table equipment_moves drop constraint equipment_moves_kind_check;
alter table equipment_moves add constraint equipment_moves_kind_check
    check (kind in ('received', 'brought', 'transferred', 'installed', 'taken_back', 'left', 'sold', 'returned', 'leased',
                    'lease_ended', 'passed', 'written_off', 'found'));
alter table equipment_moves add constraint equipment_moves_returned check (kind <> 'returned' or reason <> '');
