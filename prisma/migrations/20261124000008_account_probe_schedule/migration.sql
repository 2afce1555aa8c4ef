-- When an account is tested by itself, as a cron expression, and when that is due next.
ALTER TABLE "account" ADD COLUMN "probe_cron" TEXT;
ALTER TABLE "account" ADD COLUMN "probe_model" TEXT;
ALTER TABLE "account" ADD COLUMN "next_probe_at" TIMESTAMPTZ(3);
CREATE INDEX "account_next_probe_at_idx" ON "account"("next_probe_at");
