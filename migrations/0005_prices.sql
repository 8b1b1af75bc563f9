-- What is taken off a price, what is tax in it, where it costs something else, and on which day it is billed.

-- A line has at most one discount. Courtesy is all of it: billed for nothing, with its price to be seen.
alter table contract_lines
    add column discount_kind text check (discount_kind in ('percent', 'amount', 'courtesy')),
    -- Per cent of the price, or an amount off each whole period.
    add column discount_value numeric(16, 4) check (discount_value > 0),
    -- Empty only where it was imported without one.
    add column discount_reason text,
    -- For how many whole periods; activation makes a date of it, so that a missed night loses nothing.
    add column discount_periods integer check (discount_periods between 1 and 120),
    -- Periods that begin on this day or later cost the full price.
    add column discount_until date,
    -- How the billing day is found when the contract is activated: the company's, that of activation, or anchor_day.
    add column alignment text not null default 'chosen' check (alignment in ('common', 'activation', 'chosen'));
update contract_lines set discount_kind = 'percent', discount_value = discount_percent, discount_reason = ''
where discount_percent > 0;
alter table contract_lines
    drop column discount_percent,
    add check ((discount_kind is null) = (discount_reason is null)),
    add check ((discount_value is not null) = coalesce(discount_kind in ('percent', 'amount'), false)),
    add check (discount_kind <> 'percent' or discount_value <= 100),
    add check (discount_kind is not null or num_nonnulls(discount_periods, discount_until) = 0),
    add check (num_nonnulls(discount_periods, discount_until) <= 1);

-- What an issued line says of its discount beside discount_percent, which is 100 for a courtesy and 0 for an amount.
alter table invoice_lines
    add column discount_amount numeric(16, 4) not null default 0 check (discount_amount >= 0),
    add column discount_reason text not null default '',
    add column courtesy boolean not null default false,
    -- The unit price has the tax in it.
    add column tax_included boolean not null default false,
    add check (discount_amount = 0 or discount_percent = 0),
    add check (not courtesy or discount_percent = 100);

-- Prices of a tax that is included have it in them already. rate_percent is the rate before the first change.
alter table taxes add column basis text not null default 'added' check (basis in ('added', 'included'));

-- From this day on invoices are issued with this rate.
create table tax_changes (
    tax_id bigint not null references taxes,
    starts_on date not null,
    rate_percent numeric(7, 4) not null check (rate_percent between 0 and 100),
    primary key (tax_id, starts_on)
);

-- The rate of a tax on a date.
create function tax_rate(tax bigint, on_date date) returns numeric language sql stable as $$
    select coalesce(
        (select c.rate_percent from tax_changes c where c.tax_id = tax and c.starts_on <= on_date
         order by c.starts_on desc limit 1),
        (select t.rate_percent from taxes t where t.id = tax))
$$;

-- What lines sold from a day on cost: in one sector, or (null) wherever no sector has a price of its own.
-- plans.price is what a plan costs where and while nothing here says otherwise.
create table plan_prices (
    id bigint generated always as identity primary key,
    plan_id bigint not null references plans,
    sector_id bigint references sectors,
    starts_on date not null,
    price numeric(16, 4) not null check (price >= 0),
    unique nulls not distinct (plan_id, sector_id, starts_on)
);
create index plan_prices_sector on plan_prices (sector_id);

-- The day on which lines are billed that are aligned to the company's.
alter table company add column billing_day integer not null default 1 check (billing_day between 1 and 31);
