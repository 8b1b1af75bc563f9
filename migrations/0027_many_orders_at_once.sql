-- Several work orders are given to one technician in one go.
alter table bulk_runs drop constraint bulk_runs_action_check;
alter table bulk_runs add constraint bulk_runs_action_check check (action in ('hold', 'lift', 'repeat', 'cancel', 'assign'));
