ALTER TABLE "payment_events" ADD COLUMN "refunded_at" TIMESTAMPTZ(3);

CREATE TABLE "subscriptions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "plan_code" TEXT NOT NULL,
    "invoice_payload" TEXT NOT NULL,
    "first_charge_id" TEXT,
    "state" TEXT NOT NULL DEFAULT 'active',
    "state_update_id" BIGINT NOT NULL DEFAULT 0,
    "stopped_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "subscriptions_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "subscriptions_state_check" CHECK ("state" IN ('active', 'canceled', 'failed'))
);
CREATE UNIQUE INDEX "subscriptions_user_id_invoice_payload_key" ON "subscriptions"("user_id", "invoice_payload");
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_plan_code_fkey" FOREIGN KEY ("plan_code") REFERENCES "plans"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
