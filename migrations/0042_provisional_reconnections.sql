-- The contracts that a reported transfer brings back while nobody has looked at it, and the last day on which it does.
-- Together they owe no more than was reported; whatever else its customer has stays as it was.
create table provisional_reconnections (
    report_id bigint not null references transfer_reports,
    contract_id bigint not null references contracts,
    until date not null,
    primary key (report_id, contract_id)
);
-- A report did not say so far which contracts it brought back, but the holds that were lifted by it do.
insert into provisional_reconnections
    select distinct t.id, c.id, t.provisional_until
    from transfer_reports t
    join contracts c on c.customer_id = t.customer_id
    join holds h on h.contract_id = c.id and h.lifted_at >= t.reported_at
    where h.reason = 'overdue' and h.lifted_because ->> 'kind' = 'provisional'
      and h.lifted_because ->> 'until' = to_char(t.provisional_until, 'YYYY-MM-DD');
alter table transfer_reports drop column provisional_until;
