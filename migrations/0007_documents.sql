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
