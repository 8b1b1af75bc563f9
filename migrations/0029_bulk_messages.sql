-- More that is done to many records at once, and documents that are mailed.

alter table bulk_runs drop constraint bulk_runs_action_check;
alter table bulk_runs
    add constraint bulk_runs_action_check
        check (action in ('hold', 'lift', 'repeat', 'cancel', 'assign', 'sector', 'message',
                          'message_of_invoices', 'send')),
    -- From the preview that was confirmed: confirmed twice, it is done once. Null: what does no harm twice.
    add column key text unique check (key <> '');

-- The invoice or credit note that a mail brings. Its PDF is made when it is sent.
create table invoice_sendings (
    message_id bigint primary key references messages,
    invoice_id bigint not null references invoices
);
create index invoice_sendings_invoice on invoice_sendings (invoice_id);
