ALTER TABLE "payment_events"
  ADD COLUMN "told_by" TEXT NOT NULL DEFAULT 'update',
  ADD COLUMN "order_info" JSONB,
  ADD COLUMN "settled_by" TEXT,
  ADD COLUMN "settled_at" TIMESTAMPTZ(3),
  ADD CONSTRAINT "payment_events_told_by_check" CHECK ("told_by" IN ('update', 'list', 'refund', 'stripe'));
ALTER TABLE "telegram_updates"
  ADD COLUMN "settled_by" TEXT,
  ADD COLUMN "settled_at" TIMESTAMPTZ(3),
  DROP CONSTRAINT "telegram_updates_state_check",
  ADD CONSTRAINT "telegram_updates_state_check" CHECK ("state" IN ('handled', 'stored', 'review', 'dismissed'));

ALTER TABLE "subscriptions" ADD COLUMN "state_at" TIMESTAMPTZ(3);

-- Small whatever the ledger's size: what waits, and what is to be forgotten.
CREATE INDEX "payment_events_review_idx" ON "payment_events"("created_at") WHERE "status" = 'review';
CREATE INDEX "payment_events_pending_idx" ON "payment_events"("created_at") WHERE "status" = 'pending';
CREATE INDEX "payment_events_order_info_idx" ON "payment_events"("created_at") WHERE "order_info" IS NOT NULL;
CREATE INDEX "entitlements_expires_at_idx" ON "entitlements"("expires_at");

CREATE TABLE "grants" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "plan_code" TEXT NOT NULL,
    "days" INTEGER,
    "granted_by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,

    CONSTRAINT "grants_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "grants_user_id_idx" ON "grants"("user_id");
ALTER TABLE "grants" ADD CONSTRAINT "grants_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "grants" ADD CONSTRAINT "grants_plan_code_fkey" FOREIGN KEY ("plan_code") REFERENCES "plans"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "refund_requests" (
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "requested_by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'requested',
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refund_requests_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "refund_requests_payment_id_key" ON "refund_requests"("payment_id");
CREATE INDEX "refund_requests_state_created_at_idx" ON "refund_requests"("state", "created_at");
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payment_events"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "findings" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,
    "first_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by" TEXT,

    CONSTRAINT "findings_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "findings_resolved_at_last_seen_idx" ON "findings"("resolved_at", "last_seen");
CREATE UNIQUE INDEX "findings_kind_subject_key" ON "findings"("kind", "subject");

CREATE TABLE "reminders" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "plan_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "days_before" INTEGER NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reminders_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "reminders_user_id_plan_code_kind_days_before_ends_at_key" ON "reminders"("user_id", "plan_code", "kind", "days_before", "ends_at");
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "settings" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "audit_log" (
    "id" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "reason" TEXT,
    "details" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "audit_log_subject_subject_id_idx" ON "audit_log"("subject", "subject_id");
CREATE INDEX "audit_log_at_idx" ON "audit_log"("at");

ALTER TABLE "grants" ADD CONSTRAINT "grants_days_check" CHECK ("days" > 0);
ALTER TABLE "refund_requests"
  ADD CONSTRAINT "refund_requests_state_check" CHECK ("state" IN ('requested', 'done', 'failed'));
ALTER TABLE "reminders"
  ADD CONSTRAINT "reminders_kind_check" CHECK ("kind" IN ('before_end', 'ended'));

-- The audit log is append-only for everyone, whatever the code says.
CREATE RULE "audit_log_keep_updated" AS ON UPDATE TO "audit_log" DO INSTEAD NOTHING;
CREATE RULE "audit_log_keep_deleted" AS ON DELETE TO "audit_log" DO INSTEAD NOTHING;
