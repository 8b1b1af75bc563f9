-- Contracts that moved between two days are found without looking for the distinct ones: a row says when its contract moved
-- before, in whatever way.
alter table recurring add column moved_before date;
create or replace function recurring_of(ids bigint[]) returns setof recurring language sql stable as $$
    with held as (
        select l.contract_id, c.currency, l.tax_id, t.basis, greatest(l.starts_on, c.activated_on) as begins,
               least(l.ends_on, c.closed_on) as ends, l.unit_price * l.quantity as price, months_share(l.every) as share,
               l.discount_kind, l.discount_value, l.discount_until
        from contract_lines l
        join contracts c on c.id = l.contract_id
        join taxes t on t.id = l.tax_id
        where l.contract_id = any(ids) and l.every is not null and l.starts_on is not null and c.activated_on is not null),
    lines as (select * from held where ends is null or ends > begins),
    days as (
        select contract_id, currency, begins as on_date from lines
        union
        select contract_id, currency, ends from lines where ends is not null
        union
        select contract_id, currency, discount_until from lines
            where discount_until > begins and (ends is null or discount_until < ends)
        union
        select l.contract_id, l.currency, x.starts_on from lines l join tax_changes x on x.tax_id = l.tax_id
            where l.basis = 'included' and x.starts_on > l.begins and (l.ends is null or x.starts_on < l.ends)),
    priced as (
        select d.contract_id, d.currency, d.on_date,
               case when l.discount_until is null or l.discount_until > d.on_date then l.discount_kind end as discount,
               l.discount_value, l.price,
               l.share * case when l.basis = 'included' then 100 / (100 + tax_rate(l.tax_id, d.on_date)) else 1 end as share
        from days d
        left join lines l on l.contract_id = d.contract_id and l.begins <= d.on_date and (l.ends is null or l.ends > d.on_date)),
    amounts as (
        select contract_id, currency, on_date,
               round(coalesce(sum(share * case discount when 'courtesy' then 0
                                                        when 'percent' then price * (100 - discount_value) / 100
                                                        when 'amount' then greatest(price - discount_value, 0)
                                                        else price end), 0), 8) as amount,
               round(coalesce(sum(share * price) filter (where discount = 'courtesy'), 0), 8) as courtesy
        from priced group by contract_id, currency, on_date),
    beside as (
        select a.*, lag(amount, 1, 0.0) over days_of as amount_before, lag(courtesy, 1, 0.0) over days_of as courtesy_before,
               coalesce(max(amount) over (days_of rows between unbounded preceding and 1 preceding), 0) as most_before
        from amounts a window days_of as (partition by contract_id order by on_date)),
    changes as (
        select contract_id, on_date, currency, amount, courtesy, amount - amount_before as change,
               case when amount = amount_before then null
                    when amount_before = 0 and most_before = 0 then 'new'
                    when amount_before = 0 then 'reactivated'
                    when amount = 0 then 'churned'
                    when amount > amount_before then 'expansion'
                    else 'contraction' end as kind
        from beside where amount <> amount_before or courtesy <> courtesy_before)
    select contract_id, on_date,
           coalesce(lead(on_date) over (partition by contract_id order by on_date), 'infinity'::date), currency, amount,
           courtesy, change, kind,
           case when kind is not null then lag(on_date) over (partition by contract_id, kind order by on_date) end,
           kind is not null and row_number() over (
               partition by contract_id, kind is null, on_date - (extract(day from on_date)::int - 1) order by on_date) = 1,
           case when kind is not null then lag(on_date) over (partition by contract_id, kind is null order by on_date) end
    from changes
$$;
update recurring r set moved_before = o.moved_before
from recurring_of(array(select id from contracts)) o
where o.contract_id = r.contract_id and o.from_on = r.from_on and o.moved_before is not null;
drop index recurring_changed;
create index recurring_changed on recurring (from_on)
    include (contract_id, currency, change, kind, kind_before, opens_month, moved_before);
