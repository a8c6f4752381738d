CREATE TABLE "star_transactions" (
    "id" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "partner" TEXT NOT NULL,
    "telegram_user_id" BIGINT,
    "amount" BIGINT NOT NULL,
    "commission" BIGINT NOT NULL DEFAULT 0,
    "invoice_payload" TEXT,
    "subscription_period" INTEGER,
    "date" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "star_transactions_pkey" PRIMARY KEY ("id", "direction"),
    CONSTRAINT "star_transactions_direction_check" CHECK ("direction" IN ('in', 'out'))
);
CREATE INDEX "star_transactions_date_idx" ON "star_transactions"("date");
CREATE INDEX "star_transactions_invoice_payload_idx" ON "star_transactions"("invoice_payload");

CREATE TABLE "reconciliation_runs" (
    "id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "seen" INTEGER NOT NULL DEFAULT 0,
    "repaired" INTEGER NOT NULL DEFAULT 0,
    "foreign" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,

    CONSTRAINT "reconciliation_runs_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "reconciliation_runs_started_at_idx" ON "reconciliation_runs"("started_at");
