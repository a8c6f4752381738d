-- Past sales: five payments for each person of a range, all long over. Keys are checked by no trigger here.
set session_replication_role = replica;
set synchronous_commit = off;
insert into users (id, telegram_user_id, first_name, money_version)
select md5('user ' || n)::uuid, 1000000000 + n, 'Past', 5 from generate_series(:first, :last) n;
insert into invoices (id, user_id, plan_code, method, currency, amount, days, payload, status,
  created_at, expires_at, settled_at)
select id, md5('user ' || n / 5)::uuid, 'silver_1m', 'stars', 'XTR', 250, 30,
  id || '.silver_1m.1700000000.' || left(md5(n::text), 22), 'paid', at, at + interval '1 hour', at
from generate_series(:first * 5, :last * 5 + 4) n,
  lateral (select md5('invoice ' || n)::uuid as id,
    now() - interval '700 days' + n % 5 * interval '100 days' as at) sold;
insert into entitlements (id, user_id, plan_code, starts_at, expires_at, source)
select md5('entitlement ' || n)::uuid, md5('user ' || n)::uuid, 'silver_1m',
  now() - interval '300 days', now() - interval '270 days', 'stars'
from generate_series(:first, :last) n;
insert into payment_events (id, provider, user_id, telegram_user_id, charge_id, invoice_id,
  invoice_payload, amount, currency, plan_code, plan_kind, plan_days, status, charged_at,
  entitlement_id, entitlement_activated_at, created_at, updated_at)
select md5('event ' || n)::uuid, 'stars', md5('user ' || n / 5)::uuid, 1000000000 + n / 5,
  'past' || md5('charge ' || n) || md5(n::text), id,
  id || '.silver_1m.1700000000.' || left(md5(n::text), 22), 250, 'XTR', 'silver_1m', 'one_off', 30,
  'completed', at, md5('entitlement ' || n / 5)::uuid, at, at, at
from generate_series(:first * 5, :last * 5 + 4) n,
  lateral (select md5('invoice ' || n)::uuid as id,
    now() - interval '700 days' + n % 5 * interval '100 days' as at) sold;
