ALTER TABLE "users"
  ADD COLUMN "session_version" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "stripe_customer_id" TEXT,
  ADD COLUMN "deleted_at" TIMESTAMPTZ(3);
CREATE UNIQUE INDEX "users_stripe_customer_id_key" ON "users"("stripe_customer_id");
ALTER TABLE "invoices"
  ADD COLUMN "checkout_id" TEXT,
  DROP CONSTRAINT "invoices_method_check",
  ADD CONSTRAINT "invoices_method_check" CHECK ("method" IN ('stars', 'telegram', 'stripe'));
CREATE UNIQUE INDEX "invoices_checkout_id_key" ON "invoices"("checkout_id");
ALTER TABLE "subscriptions"
  ADD COLUMN "provider" TEXT NOT NULL DEFAULT 'stars',
  ADD CONSTRAINT "subscriptions_provider_check" CHECK ("provider" IN ('stars', 'stripe'));

CREATE TABLE "login_codes" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "browser_hash" TEXT NOT NULL,
    "browser" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "telegram_user_id" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "login_codes_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "login_codes_code_key" ON "login_codes"("code");
CREATE INDEX "login_codes_expires_at_idx" ON "login_codes"("expires_at");

CREATE TABLE "stripe_events" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "body" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stripe_events_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "stripe_events_state_received_at_idx" ON "stripe_events"("state", "received_at");

ALTER TABLE "login_codes"
  ADD CONSTRAINT "login_codes_state_check" CHECK ("state" IN ('pending', 'confirmed', 'denied', 'used'));
ALTER TABLE "stripe_events"
  ADD CONSTRAINT "stripe_events_state_check" CHECK ("state" IN ('handled', 'ignored', 'review'));
