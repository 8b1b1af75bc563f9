-- Documents on paper: who issues them, how they look, how they are numbered; and quotes.

-- What the law wants on a provider's documents beside the name, and how customers pay. One row, once it was filled in.
create table letterhead (
    only_one boolean primary key default true check (only_one),
    legal_name text not null default '',
    tax_id text not null default '',
    -- Several lines.
    address text not null default '',
    phone text not null default '',
    email text not null default '',
    website text not null default '',
    -- Several lines: accounts, and where to report a transfer.
    how_to_pay text not null default '',
    -- A PNG, or an SVG that only draws: both were looked at before they were stored.
    logo bytea check (length(logo) <= 262144),
    logo_format text check (logo_format in ('png', 'svg')),
    check ((logo is null) = (logo_format is null))
);

-- What providers changed about a template. The newest row of a kind is in use; earlier ones can be restored.
create table document_templates (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('invoice', 'quote', 'receipt', 'statement', 'contract')),
    -- Null: the template that comes with the product.
    text text check (text <> ''),
    saved_at timestamptz not null,
    saved_by bigint references users
);
create index document_templates_kind on document_templates (kind, id);
create trigger document_templates_keep before update or delete on document_templates
    for each row execute function refuse_change();

-- What a country calls its tax number, and how one is told from a slip of the pen. Countries that are not listed use ZZ.
create table tax_ids (
    country char(2) primary key,
    name text not null check (name <> ''),
    -- A regular expression for the number in capitals without spaces, dots and dashes; null: anything goes.
    pattern text,
    example text not null,
    -- The last digit checks those before it: weights from the right, modulo 11 (Colombia).
    check_weights integer[],
    -- Whether documents carry a second gapless number, the control number (Venezuela).
    control_numbers boolean not null default false
);
insert into tax_ids (country, name, pattern, example, check_weights, control_numbers) values
    ('ZZ', 'Tax ID', null, '12345678', null, false),
    ('MX', 'RFC', '^[A-ZÑ&]{3,4}[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[A-Z0-9]{2}[A0-9]$', 'FEOM850315QX2', null, false),
    ('CO', 'NIT', '^[0-9]{6,16}$', '800.197.268-4', '{3,7,13,17,19,23,29,37,41,43,47,53,59,67,71}', false),
    ('VE', 'RIF', '^[VEJPGC][0-9]{9}$', 'J-30599482-0', null, true);

-- Numbers: the kinds are the rows of number_patterns, so that a new series is a row.
alter table number_series drop constraint if exists number_series_kind_check;
alter table number_patterns drop constraint if exists number_patterns_kind_check;
insert into number_patterns values ('quote', 'P-{year}-{n:6}'), ('control', '00-{n:8}') on conflict do nothing;
alter table number_series add foreign key (kind) references number_patterns (kind);

-- The second gapless number of an issued document, where the country wants one.
create table control_numbers (
    invoice_id bigint primary key references invoices,
    number text not null unique
);
create trigger control_numbers_keep before update or delete on control_numbers
    for each row execute function refuse_change();

-- A quote (pre-invoice): what something would cost until a date. It becomes an invoice when it is accepted or paid.
create table quotes (
    id bigint generated always as identity primary key,
    purpose text not null check (purpose in ('sale', 'reconnection')),
    -- Expired is not stored: it follows from valid_until.
    state text not null check (state in ('draft', 'sent', 'accepted', 'paid', 'invoiced', 'rejected')),
    number text unique,
    customer_id bigint not null references customers,
    -- A reconnection revives it.
    contract_id bigint references contracts,
    currency char(3) not null,
    -- The last day on which it can be accepted or paid.
    valid_until date not null,
    note text not null default '',
    created_at timestamptz not null,
    sent_on date,
    agreed_on date,
    -- What paid it. Its money is for this quote's invoice before anything else.
    payment_id bigint unique references payments,
    invoice_id bigint unique references invoices,
    reject_reason text check (reject_reason <> ''),
    check (purpose <> 'reconnection' or contract_id is not null),
    check ((number is null) = (sent_on is null)),
    check (state <> 'draft' or sent_on is null),
    check (state not in ('sent', 'accepted', 'paid', 'invoiced') or sent_on is not null),
    check ((state in ('accepted', 'paid', 'invoiced')) = (agreed_on is not null)),
    check (state <> 'paid' or payment_id is not null),
    check ((state = 'invoiced') = (invoice_id is not null)),
    check ((state = 'rejected') = (reject_reason is not null))
);
create index quotes_customer on quotes (customer_id, id);
create index quotes_contract on quotes (contract_id, id);
create index quotes_to_invoice on quotes (id) where state in ('accepted', 'paid');

-- Made as invoice lines are: the invoice has them as they are here.
create table quote_lines (
    id bigint generated always as identity primary key,
    quote_id bigint not null references quotes on delete cascade,
    position integer not null,
    contract_line_id bigint references contract_lines,
    description text not null check (description <> ''),
    period daterange check (not isempty(period) and not lower_inf(period) and not upper_inf(period)),
    days integer,
    days_of integer,
    quantity numeric(12, 4) not null,
    unit_price numeric(16, 4) not null,
    discount_percent numeric(7, 4) not null,
    discount_amount numeric(16, 4) not null,
    courtesy boolean not null,
    discount_reason text not null,
    tax_percent numeric(7, 4) not null,
    tax_included boolean not null,
    untaxed numeric(16, 4) not null,
    tax numeric(16, 4) not null,
    total numeric(16, 4) not null,
    unique (quote_id, position),
    check (total = untaxed + tax),
    check (num_nulls(period, days, days_of) in (0, 3))
);
create index quote_lines_contract_line on quote_lines (contract_line_id);

-- The period of an agreed reconnection counts as billed before its invoice exists.
alter table billed_periods alter column invoice_id drop not null;
alter table billed_periods add column quote_id bigint references quotes;
alter table billed_periods add check (invoice_id is not null or quote_id is not null);
create index billed_periods_quote on billed_periods (quote_id) where quote_id is not null;

-- What reconnecting costs beside a period of service. One row.
create table reconnection (
    only_one boolean primary key default true check (only_one),
    fee numeric(16, 4) not null check (fee >= 0),
    -- Null: the tax of the contract's first line.
    tax_id bigint references taxes,
    -- How long such a quote can be paid.
    valid_days integer not null check (valid_days between 1 and 60)
);
insert into reconnection (fee, valid_days) values (0, 7);

-- Debts that were due before this day stay owed, but cut nobody any more: the provider reconnected all the same.
alter table contracts add column reconnected_on date;
