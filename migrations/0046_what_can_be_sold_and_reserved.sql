-- Whether a voucher is for sale: nobody sold it yet, and it can still be used, or was used: that money is missing, and a
-- sale explains it also when the voucher is over.
create function for_sale(voucher vouchers, at timestamptz) returns boolean language sql immutable as $$
    select voucher.sale_id is null
       and (voucher.first_used_at is not null
            or voucher.ended_at is null and (voucher.expires_at is null or voucher.expires_at > at))
$$;
