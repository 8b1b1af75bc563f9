-- How what contracts come to moved, added up by days: a hundred thousand rows of `recurring` would be added up for each look
-- at the dashboard otherwise. Each row is a part of a sum: who changes a contract adds parts and touches none, so that nobody
-- waits for anybody; each night the parts of a day become one. All changes up to a day are what contracts come to on it,
-- since each began with nothing.
create table recurring_moves (
    currency char(3) not null,
    on_date date not null,
    kind text not null,
    -- The month in which these contracts moved in the same way before; null: they never did.
    month_before date,
    change numeric(20, 8) not null,
    -- So many contracts moved; a part that takes something back has less than none.
    moves bigint not null,
    -- Of them, for the first time in their month.
    opening bigint not null
);
lock table recurring in share row exclusive mode;
insert into recurring_moves
    select currency, from_on, kind, date_trunc('month', kind_before::timestamp)::date, sum(change), count(*),
           count(*) filter (where opens_month)
    from recurring where kind is not null group by 1, 2, 3, 4;

-- What goes takes back what it had added.
create function recurring_moves_written() returns trigger language plpgsql as $$
declare
    sign int := case tg_op when 'DELETE' then -1 else 1 end;
begin
    insert into recurring_moves
        select currency, from_on, kind, date_trunc('month', kind_before::timestamp)::date, sign * sum(change), sign * count(*),
               sign * count(*) filter (where opens_month)
        from written where kind is not null group by 1, 2, 3, 4;
    return null;
end $$;
create trigger recurring_moves_added after insert on recurring
    referencing new table as written for each statement execute function recurring_moves_written();
create trigger recurring_moves_removed after delete on recurring
    referencing old table as written for each statement execute function recurring_moves_written();

create function recurring_moves_changed() returns trigger language plpgsql as $$
begin
    raise exception 'rows of recurring are removed and added, not changed: recurring_moves would not follow';
end $$;
create trigger recurring_moves_changed before update on recurring
    for each statement execute function recurring_moves_changed();

-- The same sums in fewer rows. What others add meanwhile stays beside it.
create function add_up_recurring_moves() returns void language sql as $$
    with parts as (delete from recurring_moves returning *)
    insert into recurring_moves
        select currency, on_date, kind, month_before, sum(change), sum(moves), sum(opening)
        from parts group by currency, on_date, kind, month_before
        having sum(change) <> 0 or sum(moves) <> 0 or sum(opening) <> 0
$$;

-- What began and ended since a day, from the index alone.
create index contracts_begun on contracts (activated_on) include (sector_id) where state = 'active';
drop index contracts_closed;
create index contracts_closed on contracts (closed_on) include (activated_on, sector_id) where closed_on is not null;
