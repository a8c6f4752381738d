-- Whose money an event tells of, so that it can be forgotten with them.
ALTER TABLE "stripe_events" ADD COLUMN "telegram_user_id" BIGINT;
CREATE INDEX "stripe_events_telegram_user_id_idx" ON "stripe_events"("telegram_user_id");

-- What was kept until now holds names, addresses and cards of buyers.
UPDATE "stripe_events" SET "body" = '{}' WHERE "state" = 'ignored';
UPDATE "stripe_events" SET
  "telegram_user_id" = CASE
    WHEN "body" #>> '{data,object,metadata,telegram_user_id}' ~ '^[1-9][0-9]{0,15}$'
    THEN ("body" #>> '{data,object,metadata,telegram_user_id}')::bigint END,
  "body" = jsonb_build_object('id', "id", 'type', "type", 'created', "body" -> 'created',
    'data', jsonb_build_object('object', jsonb_strip_nulls(jsonb_build_object(
      'id', "body" #> '{data,object,id}',
      'object', "body" #> '{data,object,object}',
      'payment_intent', "body" #> '{data,object,payment_intent}',
      'invoice', "body" #> '{data,object,invoice}',
      'amount', "body" #> '{data,object,amount}',
      'amount_refunded', "body" #> '{data,object,amount_refunded}',
      'currency', "body" #> '{data,object,currency}',
      'status', "body" #> '{data,object,status}'))))
  WHERE "state" <> 'ignored';
