-- A shop of two years: people who joined, what they bought, what failed and what was sent back.
-- Keys are checked by no trigger here.
set local session_replication_role = replica;
set local timezone = 'UTC';
set local enable_memoize = off;

-- From 0 to 1, and the same for the same number and salt.
create function pg_temp.dice(n bigint, salt bigint) returns float8 language sql immutable
  return (hashint8extended(n, salt) & 2147483647)::float8 / 2147483648;
-- Sales grow with time.
create function pg_temp.moment(part float8) returns timestamptz language sql stable
  return date_trunc('milliseconds', now() - interval '730 days' + power(part, 0.75) * interval '730 days');
-- Sorted by time and random after it, as newId makes them.
create function pg_temp.an_id(at timestamptz) returns uuid language sql volatile
  return uuidv7(at - clock_timestamp());
-- Of something that a person has once.
create function pg_temp.id_like(id uuid, kind text) returns uuid language sql immutable
  return overlay(id::text placing lpad(to_hex(hashtext(kind) & 4095), 3, '0') from 16 for 3)::uuid;

create temporary table people on commit drop as
select i, pg_temp.an_id(at) as id, 1000000 + (i * 2654435761 & 4294967295) as telegram_user_id, at
from generate_series(1, :people::bigint) i, pg_temp.moment(i / :people::float8) at;
analyze people;

insert into users (id, telegram_user_id, first_name, last_name, username, language_code, reachable,
  money_version, banned_at, created_at, updated_at)
select id, telegram_user_id, first, last,
  case when pg_temp.dice(i, 4) < 0.7 then lower(first) || '_' || to_hex(i) end,
  case when pg_temp.dice(i, 5) < 0.6 then 'en' else 'ru' end,
  case when pg_temp.dice(i, 6) < 0.9 then 'yes' else 'blocked' end, 10,
  case when i % 5000 = 0 then at end, at, at
from people,
  lateral (select
    (array['Ada','Boris','Chen','Dina','Emil','Fatima','Grace','Hugo','Irina','Jonas','Katya','Liam',
      'Mara','Nikolai','Olga','Pavel','Quinn','Rosa','Sergei','Tanya','Uma','Viktor','Wanda','Xenia',
      'Yusuf','Zoe'])[1 + (pg_temp.dice(i, 2) * 26)::int % 26] as first,
    (array['Abbott','Berg','Chandra','Diaz','Egorov','Fischer','Garcia','Hansen','Ivanova','Jung',
      'Kowalski','Lebedev','Moreau','Nakamura','Okafor','Petrov','Rossi','Silva','Tan','Weber', null])
      [1 + (pg_temp.dice(i, 3) * 21)::int % 21] as last offset 0) who;

-- Who bought what: most keep to one plan. A subscription has one payload, other sales one each.
insert into payment_events (id, provider, user_id, telegram_user_id, charge_id,
  provider_payment_charge_id, pre_checkout_query_id, invoice_id, invoice_payload, amount, currency,
  plan_code, plan_kind, plan_days, status, reason, is_recurring, is_first_recurring,
  subscription_expires_at, charged_at, entitlement_id, entitlement_activated_at, refunded_at,
  told_by, created_at, updated_at)
select pg_temp.an_id(sale.at), provider, people.id, telegram_user_id,
  case when is_money then case provider when 'stripe' then 'pi_3' || left(tail, 23)
    else 'stx' || tail || left(md5(tail), 40) end end,
  case when is_money and provider = 'telegram' then left(tail, 24) end,
  case when provider <> 'stripe' and not renewal then '4' || lpad(n::text, 18, '0') end,
  case when n % 3 = 0 and not renewal then invoice end,
  invoice || '.' || plan || '.' || extract(epoch from sold_at)::bigint || '.' || left(md5(invoice::text), 22),
  case when provider <> 'stars' then 2500 when status = 'review' then amount - 1 else amount end,
  case when provider = 'stars' then 'XTR' else 'GBP' end, plan,
  case when plan = 'gold_monthly' then 'subscription' else 'one_off' end, days, status,
  case status when 'failed' then (array['not_charged','invoice_expired','price_changed',
      'already_entitled'])[1 + (luck * 1e6)::int % 4]
    when 'review' then 'wrong_amount' end,
  is_money and plan = 'gold_monthly', is_money and plan = 'gold_monthly' and not renewal,
  case when is_money and plan = 'gold_monthly' then sale.at + interval '30 days' end,
  case when is_money then sale.at end,
  case when status in ('completed', 'refunded') then pg_temp.id_like(people.id, plan) end,
  case when status in ('completed', 'refunded') then sale.at end,
  case when status = 'refunded' then least(now(), sale.at + interval '2 days') end,
  case when provider = 'stripe' then 'stripe' else 'update' end, sale.at, sale.at
from generate_series(1, :payments::bigint) n,
  lateral (select pg_temp.moment(n / :payments::float8) as at, pg_temp.dice(n, 12) as luck,
    1 + floor(pg_temp.dice(n, 11) * (:people - 1) * n / :payments::float8)::bigint as person,
    md5('charge ' || n) as tail offset 0) sale
  join people on people.i = person,
  lateral (select (person * 31 + case when n % 10 = 0 then 37 else 0 end) % 100 as taste offset 0) likes,
  lateral (select
    case when taste < 22 then 'silver_1m' when taste < 34 then 'silver_3m' when taste < 58 then 'gold_1m'
      when taste < 66 then 'gold_3m' when taste < 90 then 'gold_monthly' when taste < 93 then 'lifetime'
      else 'coaching_1m' end as plan,
    case when luck < 0.885 then 'completed' when luck < 0.91 then 'refunded'
      when luck < 0.9101 then 'review'
      when luck > 0.99 and n > :payments * 0.9999 then 'pending' else 'failed' end as status offset 0) choice,
  lateral (select status not in ('failed', 'pending') as is_money,
    plan = 'gold_monthly' and pg_temp.dice(n, 13) < 0.85 as renewal,
    case plan when 'silver_1m' then 250 when 'silver_3m' then 650 when 'gold_1m' then 500
      when 'gold_3m' then 1300 when 'gold_monthly' then 450 when 'lifetime' then 5000 else 1900 end as amount,
    case when plan like '%3m' then 90 when plan <> 'lifetime' then 30 end as days,
    case when plan <> 'coaching_1m' then 'stars'
      else (array['stars', 'telegram', 'stripe'])[1 + n / 3 % 3] end as provider,
    case when plan = 'gold_monthly' then people.at else sale.at - interval '1 minute' end as sold_at offset 0) terms,
  lateral (select case when plan = 'gold_monthly' then pg_temp.id_like(people.id, 'invoice')
    else pg_temp.an_id(sold_at) end as invoice offset 0) paper;

insert into invoices (id, user_id, plan_code, method, currency, amount, days, payload, status,
  created_at, expires_at, settled_at)
select distinct on (invoice_id) invoice_id, user_id, plan_code, provider, currency, amount, plan_days,
  invoice_payload, case when charge_id is null then 'open' when status = 'review' then 'review' else 'paid' end,
  created_at - interval '1 minute', created_at + interval '1 hour', charged_at
from payment_events where invoice_id is not null order by invoice_id, charge_id nulls last;

insert into entitlements (id, user_id, plan_code, starts_at, expires_at, renews, source, revoked_at,
  created_at, updated_at)
select entitlement_id, user_id, plan_code, min(charged_at),
  max(charged_at) + max(plan_days) * interval '1 day',
  plan_code = 'gold_monthly' and max(charged_at) > now() - interval '30 days', min(provider),
  case when bool_and(status = 'refunded') then max(refunded_at) end, min(charged_at), max(charged_at)
from payment_events where entitlement_id is not null group by entitlement_id, user_id, plan_code;

insert into subscriptions (id, user_id, plan_code, invoice_payload, first_charge_id, state,
  state_at, created_at, updated_at)
select pg_temp.an_id(min(charged_at)), user_id, plan_code,
  invoice_payload, min(charge_id),
  case when max(charged_at) > now() - interval '30 days' then 'active'
    when hashtext(invoice_payload) % 2 = 0 then 'canceled' else 'failed' end,
  max(charged_at), min(charged_at), max(charged_at)
from payment_events where plan_code = 'gold_monthly' and charge_id is not null
group by user_id, plan_code, invoice_payload;

insert into audit_log (id, actor, action, subject, subject_id, reason, details, from_address, at)
select pg_temp.an_id(at), (900000001 + n % 5)::text,
  (array['refund_requested', 'payment_left', 'access_granted', 'payments_exported'])[1 + n % 4],
  (array['payment', 'payment', 'user', 'export'])[1 + n % 4], md5(n::text)::uuid::text,
  'A reason', '{}', '192.0.2.' || n % 250, at
from generate_series(1, :payments::bigint / 20) n,
  lateral (select pg_temp.moment(n * 20 / :payments::float8) as at) event;
