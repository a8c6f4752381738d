-- The audit log under each of its filters, in its order.
DROP INDEX "audit_log_at_idx";
DROP INDEX "audit_log_actor_at_idx";
DROP INDEX "audit_log_subject_subject_id_idx";
CREATE INDEX "audit_log_at_id_idx" ON "audit_log"("at", "id");
CREATE INDEX "audit_log_actor_at_id_idx" ON "audit_log"("actor", "at", "id");
CREATE INDEX "audit_log_action_at_id_idx" ON "audit_log"("action", "at", "id");
CREATE INDEX "audit_log_subject_at_id_idx" ON "audit_log"("subject", "at", "id");
CREATE INDEX "audit_log_subject_subject_id_at_id_idx" ON "audit_log"("subject", "subject_id", "at", "id");

-- A card charge by the id that its bank or Stripe knows. Stars have no such id, so they pay nothing.
CREATE INDEX "payment_events_card_charge_idx" ON "payment_events"("provider_payment_charge_id")
  WHERE "provider" <> 'stars' AND "provider_payment_charge_id" IS NOT NULL;

-- Which terms go together, so that filters that exclude each other are known to find little.
CREATE STATISTICS "payment_events_terms" (mcv, dependencies)
  ON "plan_code", "currency", "provider", "status", "is_recurring", "is_first_recurring"
  FROM "payment_events";
