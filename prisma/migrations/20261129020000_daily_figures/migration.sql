-- Sums of every day (UTC), from which the overview is made. They are counted by the worker, and no
-- payment waits for them.

CREATE TABLE "figures" (
    "measure" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "plan_code" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "figures_pkey" PRIMARY KEY ("measure","day","plan_code","method","currency","kind")
);

CREATE TABLE "figure_days" (
    "day" DATE NOT NULL,
    "counted_at" TIMESTAMPTZ(3),
    "parts" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "figure_days_pkey" PRIMARY KEY ("day")
);
CREATE INDEX "figure_days_waiting_idx" ON "figure_days"("day") WHERE "counted_at" IS NULL;

CREATE TABLE "figure_progress" (
    "id" INTEGER NOT NULL,
    "marked_at" TIMESTAMPTZ(3) NOT NULL,
    "counted_at" TIMESTAMPTZ(3),
    "grace_hours" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "figure_progress_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "figure_progress" ADD CONSTRAINT "figure_progress_one_row" CHECK ("id" = 1);

-- What changed lately. Such an index keeps two dates per 32 pages, so it costs a payment next to
-- nothing, and only pages that were lately written to are read. Questions are in none of the sums.
CREATE INDEX "payment_events_changed_idx" ON "payment_events"
  USING brin ("updated_at") WITH (pages_per_range = 32, autosummarize = on)
  WHERE "charge_id" IS NOT NULL;
CREATE INDEX "entitlements_changed_idx" ON "entitlements"
  USING brin ("updated_at") WITH (pages_per_range = 32, autosummarize = on);
