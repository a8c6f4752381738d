-- What a decision about a charge reads: the payer's charges that count. With the status in the index
-- no plan of the statement can prefer the index of all charges of that status.
DROP INDEX "payment_events_user_id_created_at_idx";
CREATE INDEX "payment_events_user_id_status_created_at_idx" ON "payment_events"("user_id", "status", "created_at");

-- How far a comparison got, also one that died: the next goes on from there.
ALTER TABLE "reconciliation_runs" ADD COLUMN "position" INTEGER;

-- Every payment changes its payer and its invoice. With room on the page no index has to follow.
ALTER TABLE "users" SET (fillfactor = 85);
ALTER TABLE "invoices" SET (fillfactor = 85);
