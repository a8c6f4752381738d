-- Who runs the shop beside ADMIN_TELEGRAM_IDS, daily sums of the ledger, and what the admin's lists
-- are searched and sorted by.

CREATE TABLE "admin_roles" (
    "telegram_user_id" BIGINT NOT NULL,
    "role" TEXT NOT NULL,
    "granted_by" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "admin_roles_pkey" PRIMARY KEY ("telegram_user_id")
);
ALTER TABLE "admin_roles"
  ADD CONSTRAINT "admin_roles_role_check" CHECK ("role" IN ('owner', 'support', 'viewer'));

ALTER TABLE "audit_log" ADD COLUMN "from_address" TEXT;
CREATE INDEX "audit_log_actor_at_idx" ON "audit_log"("actor", "at");
