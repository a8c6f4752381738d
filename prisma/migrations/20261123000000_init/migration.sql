-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "telegram_user_id" BIGINT NOT NULL,
    "first_name" TEXT NOT NULL DEFAULT '',
    "last_name" TEXT,
    "username" TEXT,
    "language_code" TEXT,
    "reachable" TEXT NOT NULL DEFAULT 'unknown',
    "money_version" INTEGER NOT NULL DEFAULT 0,
    "support_open_until" TIMESTAMPTZ(3),
    "banned_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plans" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "features" TEXT[],
    "family" TEXT NOT NULL,
    "tier" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "duration_days" INTEGER,
    "goods" TEXT NOT NULL DEFAULT 'digital',
    "on_sale" BOOLEAN NOT NULL DEFAULT true,
    "position" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plans_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "plan_prices" (
    "plan_code" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "plan_prices_pkey" PRIMARY KEY ("plan_code","currency")
);

-- CreateTable
CREATE TABLE "invoices" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "plan_code" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "payload" TEXT NOT NULL,
    "days" INTEGER,
    "status" TEXT NOT NULL DEFAULT 'open',
    "link" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "invoices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_events" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "user_id" UUID,
    "telegram_user_id" BIGINT NOT NULL,
    "charge_id" TEXT,
    "provider_payment_charge_id" TEXT,
    "pre_checkout_query_id" TEXT,
    "invoice_id" UUID,
    "invoice_payload" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "plan_code" TEXT,
    "plan_kind" TEXT,
    "plan_days" INTEGER,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "is_recurring" BOOLEAN NOT NULL DEFAULT false,
    "is_first_recurring" BOOLEAN NOT NULL DEFAULT false,
    "subscription_expires_at" TIMESTAMPTZ(3),
    "charged_at" TIMESTAMPTZ(3),
    "entitlement_id" UUID,
    "entitlement_activated_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entitlements" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "plan_code" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "renews" BOOLEAN NOT NULL DEFAULT false,
    "source" TEXT NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "entitlements_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telegram_updates" (
    "id" UUID NOT NULL,
    "update_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "body" JSONB NOT NULL,
    "charge_id" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "telegram_updates_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_telegram_user_id_key" ON "users"("telegram_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invoices_payload_key" ON "invoices"("payload");

-- CreateIndex
CREATE INDEX "invoices_user_id_created_at_idx" ON "invoices"("user_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "payment_events_pre_checkout_query_id_key" ON "payment_events"("pre_checkout_query_id");

-- CreateIndex
CREATE INDEX "payment_events_user_id_created_at_idx" ON "payment_events"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "payment_events_invoice_payload_telegram_user_id_idx" ON "payment_events"("invoice_payload", "telegram_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_events_provider_charge_id_key" ON "payment_events"("provider", "charge_id");

-- CreateIndex
CREATE UNIQUE INDEX "entitlements_user_id_plan_code_key" ON "entitlements"("user_id", "plan_code");

-- CreateIndex
CREATE INDEX "telegram_updates_state_received_at_idx" ON "telegram_updates"("state", "received_at");

-- CreateIndex
CREATE INDEX "telegram_updates_update_id_idx" ON "telegram_updates"("update_id");

-- CreateIndex
CREATE INDEX "telegram_updates_charge_id_idx" ON "telegram_updates"("charge_id");

-- AddForeignKey
ALTER TABLE "plan_prices" ADD CONSTRAINT "plan_prices_plan_code_fkey" FOREIGN KEY ("plan_code") REFERENCES "plans"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_plan_code_fkey" FOREIGN KEY ("plan_code") REFERENCES "plans"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_events" ADD CONSTRAINT "payment_events_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_events" ADD CONSTRAINT "payment_events_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoices"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_events" ADD CONSTRAINT "payment_events_plan_code_fkey" FOREIGN KEY ("plan_code") REFERENCES "plans"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_events" ADD CONSTRAINT "payment_events_entitlement_id_fkey" FOREIGN KEY ("entitlement_id") REFERENCES "entitlements"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_plan_code_fkey" FOREIGN KEY ("plan_code") REFERENCES "plans"("code") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What Prisma's schema cannot say.
ALTER TABLE "users" ADD CONSTRAINT "users_reachable_check"
  CHECK ("reachable" IN ('unknown', 'yes', 'never_started', 'blocked'));
ALTER TABLE "plans"
  ADD CONSTRAINT "plans_code_check" CHECK ("code" ~ '^[a-z][a-z0-9_]{1,31}$'),
  ADD CONSTRAINT "plans_kind_check" CHECK ("kind" IN ('one_off', 'subscription')),
  ADD CONSTRAINT "plans_goods_check" CHECK ("goods" IN ('digital', 'physical')),
  ADD CONSTRAINT "plans_duration_days_check" CHECK ("duration_days" > 0);
ALTER TABLE "plan_prices" ADD CONSTRAINT "plan_prices_amount_check" CHECK ("amount" > 0);
ALTER TABLE "invoices"
  ADD CONSTRAINT "invoices_method_check" CHECK ("method" IN ('stars', 'telegram')),
  ADD CONSTRAINT "invoices_status_check" CHECK ("status" IN ('open', 'paid', 'review')),
  ADD CONSTRAINT "invoices_payload_check" CHECK (octet_length("payload") <= 128);
ALTER TABLE "payment_events"
  ADD CONSTRAINT "payment_events_provider_check" CHECK ("provider" IN ('stars', 'telegram', 'stripe')),
  ADD CONSTRAINT "payment_events_status_check"
    CHECK ("status" IN ('pending', 'completed', 'failed', 'refunded', 'review')),
  -- Money carries its charge id and date, a question carries neither.
  ADD CONSTRAINT "payment_events_charge_check"
    CHECK (("charge_id" IS NULL) = ("charged_at" IS NULL)
      AND ("charge_id" IS NULL) = ("status" IN ('pending', 'failed')));
ALTER TABLE "entitlements"
  ADD CONSTRAINT "entitlements_source_check" CHECK ("source" IN ('stars', 'telegram', 'stripe', 'grant'));
ALTER TABLE "telegram_updates"
  ADD CONSTRAINT "telegram_updates_state_check" CHECK ("state" IN ('handled', 'stored', 'review'));

-- The Telegram part of the ledger, under the names that others read.
CREATE VIEW "telegram_payment_events" AS
SELECT
  "id", "user_id", "telegram_user_id",
  "charge_id" AS "telegram_payment_charge_id",
  "provider_payment_charge_id", "pre_checkout_query_id", "invoice_payload",
  "amount" AS "amount_cents",
  "currency", "plan_code", "status", "reason", "is_recurring", "is_first_recurring",
  "subscription_expires_at", "entitlement_id", "entitlement_activated_at", "created_at", "updated_at"
FROM "payment_events"
WHERE "provider" IN ('stars', 'telegram');
