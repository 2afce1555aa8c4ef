-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('member', 'admin');

-- CreateEnum
CREATE TYPE "UserStatus" AS ENUM ('pending', 'active', 'disabled');

-- CreateEnum
CREATE TYPE "BillingMode" AS ENUM ('unmetered', 'prepaid', 'postpaid');

-- CreateEnum
CREATE TYPE "Sharing" AS ENUM ('shared', 'dedicated', 'group');

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "role" "Role" NOT NULL DEFAULT 'member',
    "status" "UserStatus" NOT NULL DEFAULT 'active',
    "email_verified_at" TIMESTAMPTZ(3),
    "locale" TEXT NOT NULL DEFAULT 'en',
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "billing_mode" "BillingMode" NOT NULL DEFAULT 'unmetered',
    "balance_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "credit_limit_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "daily_limit_micro_usd" BIGINT,
    "weekly_limit_micro_usd" BIGINT,
    "monthly_limit_micro_usd" BIGINT,
    "total_limit_micro_usd" BIGINT,
    "concurrency_limit" INTEGER,
    "rate_ppm" BIGINT NOT NULL DEFAULT 1000000,
    "team_id" TEXT,
    "plan_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "last_sign_in_at" TIMESTAMPTZ(3),

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "ip" TEXT NOT NULL DEFAULT '',
    "user_agent" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity" (
    "provider" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("provider","subject")
);

-- CreateTable
CREATE TABLE "second_factor" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "second_factor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_token" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "user_id" TEXT,
    "email" TEXT,
    "role" "Role" NOT NULL DEFAULT 'member',
    "note" TEXT NOT NULL DEFAULT '',
    "uses" INTEGER NOT NULL DEFAULT 0,
    "max_uses" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "daily_limit_micro_usd" BIGINT,
    "monthly_limit_micro_usd" BIGINT,
    "concurrency_limit" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "lifetime_seconds" INTEGER,
    "first_used_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "faces" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "model_rule" JSONB,
    "model_map" JSONB NOT NULL DEFAULT '[]',
    "allowed_clients" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "ip_allow" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "binding" JSONB,
    "concurrency_limit" INTEGER,
    "rate_window_seconds" INTEGER,
    "rate_window_requests" INTEGER,
    "daily_limit_micro_usd" BIGINT,
    "weekly_limit_micro_usd" BIGINT,
    "monthly_limit_micro_usd" BIGINT,
    "total_limit_micro_usd" BIGINT,
    "rate_ppm" BIGINT NOT NULL DEFAULT 1000000,
    "owner_may_edit" BOOLEAN NOT NULL DEFAULT true,
    "sandbox" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key_secret" (
    "hash" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "start" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "valid_until" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_secret_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "owner_id" TEXT,
    "sharing" "Sharing" NOT NULL DEFAULT 'shared',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "schedulable" BOOLEAN NOT NULL DEFAULT true,
    "draining_since" TIMESTAMPTZ(3),
    "priority" INTEGER NOT NULL DEFAULT 50,
    "weight" INTEGER NOT NULL DEFAULT 1,
    "max_concurrency" INTEGER,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "sealed_secret" TEXT NOT NULL,
    "secret_hint" TEXT NOT NULL DEFAULT '',
    "secret_version" INTEGER NOT NULL DEFAULT 1,
    "sealed_proxy" TEXT,
    "model_map" JSONB NOT NULL DEFAULT '[]',
    "return_key_id" TEXT,
    "consent" JSONB,
    "daily_quota_micro_usd" BIGINT,
    "quota_reset_hour" INTEGER NOT NULL DEFAULT 0,
    "pause_at_percent" INTEGER,
    "cool_down_overrides" JSONB,
    "plan_expires_at" TIMESTAMPTZ(3),
    "token_expires_at" TIMESTAMPTZ(3),
    "stopped_reason" TEXT,
    "stopped_evidence" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_group" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "rate_ppm" BIGINT NOT NULL DEFAULT 1000000,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_member" (
    "group_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "weight" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "group_member_pkey" PRIMARY KEY ("group_id","account_id")
);

-- CreateTable
CREATE TABLE "account_event" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "code" TEXT NOT NULL DEFAULT '',
    "status" INTEGER,
    "evidence" TEXT NOT NULL DEFAULT '',
    "until_at" TIMESTAMPTZ(3),
    "request_id" TEXT,

    CONSTRAINT "account_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_window" (
    "account_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "used_percent" DOUBLE PRECISION NOT NULL,
    "status" TEXT NOT NULL DEFAULT '',
    "resets_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "usage_window_pkey" PRIMARY KEY ("account_id","name")
);

-- CreateTable
CREATE TABLE "account_probe" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ok" BOOLEAN NOT NULL,
    "status" INTEGER,
    "latency_ms" INTEGER,
    "detail" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "account_probe_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "price_book" (
    "id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "active_at" TIMESTAMPTZ(3),
    "digest" TEXT NOT NULL,

    CONSTRAINT "price_book_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "price_entry" (
    "book_id" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "aliases" JSONB NOT NULL DEFAULT '[]',
    "price" JSONB NOT NULL,

    CONSTRAINT "price_entry_pkey" PRIMARY KEY ("book_id","model")
);

-- CreateTable
CREATE TABLE "price_override" (
    "model" TEXT NOT NULL,
    "price" JSONB NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "price_override_pkey" PRIMARY KEY ("model")
);

-- CreateTable
CREATE TABLE "request" (
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "request_id" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "user_id" TEXT,
    "key_id" TEXT,
    "face" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "stream" TEXT,
    "session" TEXT,
    "client" TEXT,
    "status" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "failure" TEXT,
    "failure_message" TEXT,
    "first_byte_ms" INTEGER,
    "duration_ms" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "account_id" TEXT,
    "sent_model" TEXT,
    "pass_through_of" TEXT,
    "estimated" BOOLEAN NOT NULL DEFAULT false,
    "unrated" BOOLEAN NOT NULL DEFAULT false,
    "input_tokens" BIGINT NOT NULL DEFAULT 0,
    "cache_read_tokens" BIGINT NOT NULL DEFAULT 0,
    "cache_write_tokens" BIGINT NOT NULL DEFAULT 0,
    "output_tokens" BIGINT NOT NULL DEFAULT 0,
    "cost_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "charge_micro_usd" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "request_pkey" PRIMARY KEY ("started_at","request_id")
) PARTITION BY RANGE ("started_at");

-- CreateTable
CREATE TABLE "attempt" (
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "request_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "sent_model" TEXT NOT NULL,
    "reported_model" TEXT,
    "started_ms" INTEGER NOT NULL,
    "first_byte_ms" INTEGER,
    "ended_ms" INTEGER NOT NULL,
    "status" INTEGER,
    "failure" TEXT,
    "evidence" TEXT,
    "input_tokens" BIGINT,
    "cache_read_tokens" BIGINT,
    "cache_write_5m_tokens" BIGINT,
    "cache_write_1h_tokens" BIGINT,
    "output_tokens" BIGINT,
    "reasoning_tokens" BIGINT,
    "images" BIGINT,
    "web_searches" BIGINT,
    "estimated" BOOLEAN NOT NULL DEFAULT false,
    "price_book_id" TEXT,
    "price_name" TEXT,
    "plan_rate_ppm" BIGINT NOT NULL,
    "key_rate_ppm" BIGINT NOT NULL,
    "cost_micro_usd" BIGINT NOT NULL,
    "charge_micro_usd" BIGINT NOT NULL,
    "decision" JSONB NOT NULL,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("started_at","request_id","attempt")
) PARTITION BY RANGE ("started_at");

-- CreateTable
CREATE TABLE "usage_hour" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "user_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "face" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "requests" BIGINT NOT NULL DEFAULT 0,
    "errors" BIGINT NOT NULL DEFAULT 0,
    "input_tokens" BIGINT NOT NULL DEFAULT 0,
    "cache_read_tokens" BIGINT NOT NULL DEFAULT 0,
    "cache_write_tokens" BIGINT NOT NULL DEFAULT 0,
    "output_tokens" BIGINT NOT NULL DEFAULT 0,
    "cost_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "charge_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "first_byte_ms_sum" BIGINT NOT NULL DEFAULT 0,
    "first_byte_count" BIGINT NOT NULL DEFAULT 0,
    "duration_ms_sum" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_hour_pkey" PRIMARY KEY ("hour","user_id","key_id","account_id","face","model","outcome")
);

-- CreateTable
CREATE TABLE "usage_day" (
    "day" TIMESTAMPTZ(3) NOT NULL,
    "user_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "face" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "requests" BIGINT NOT NULL DEFAULT 0,
    "errors" BIGINT NOT NULL DEFAULT 0,
    "input_tokens" BIGINT NOT NULL DEFAULT 0,
    "cache_read_tokens" BIGINT NOT NULL DEFAULT 0,
    "cache_write_tokens" BIGINT NOT NULL DEFAULT 0,
    "output_tokens" BIGINT NOT NULL DEFAULT 0,
    "cost_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "charge_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "first_byte_ms_sum" BIGINT NOT NULL DEFAULT 0,
    "first_byte_count" BIGINT NOT NULL DEFAULT 0,
    "duration_ms_sum" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_day_pkey" PRIMARY KEY ("day","user_id","key_id","account_id","face","model","outcome")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amount_micro_usd" BIGINT NOT NULL,
    "moves_balance" BOOLEAN NOT NULL,
    "request_id" TEXT,
    "attempt" INTEGER,
    "reference" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "actor_id" TEXT,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("occurred_at","id")
) PARTITION BY RANGE ("occurred_at");

-- CreateTable
CREATE TABLE "plan" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "allowance_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "price_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "period" TEXT NOT NULL DEFAULT 'month',
    "rate_ppm" BIGINT NOT NULL DEFAULT 1000000,
    "group_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "limits" JSONB NOT NULL DEFAULT '{}',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "redeem_code" (
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "start" TEXT NOT NULL,
    "value_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "days" INTEGER NOT NULL DEFAULT 0,
    "plan_id" TEXT,
    "batch" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "max_uses" INTEGER NOT NULL DEFAULT 1,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "per_user_limit" INTEGER NOT NULL DEFAULT 1,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "redeem_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "redemption" (
    "id" TEXT NOT NULL,
    "code_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ledger_id" TEXT,

    CONSTRAINT "redemption_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_event" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "user_id" TEXT,
    "amount_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "payload" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" TEXT,
    "actor_kind" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "object_kind" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "ip" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "allowed_host" (
    "host_port" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "added_by_id" TEXT,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "allowed_host_pkey" PRIMARY KEY ("host_port")
);

-- CreateTable
CREATE TABLE "notification_channel" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "events" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "settings" JSONB NOT NULL DEFAULT '{}',
    "sealed" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "announcement" (
    "id" TEXT NOT NULL,
    "title" JSONB NOT NULL,
    "body" JSONB NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "announcement_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "user_created_at_id_idx" ON "user"("created_at", "id");

-- CreateIndex
CREATE INDEX "session_user_id_revoked_at_idx" ON "session"("user_id", "revoked_at");

-- CreateIndex
CREATE INDEX "identity_user_id_idx" ON "identity"("user_id");

-- CreateIndex
CREATE INDEX "second_factor_user_id_idx" ON "second_factor"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_token_hash_key" ON "one_time_token"("hash");

-- CreateIndex
CREATE INDEX "one_time_token_kind_created_at_idx" ON "one_time_token"("kind", "created_at");

-- CreateIndex
CREATE INDEX "api_key_owner_id_created_at_idx" ON "api_key"("owner_id", "created_at");

-- CreateIndex
CREATE INDEX "api_key_created_at_id_idx" ON "api_key"("created_at", "id");

-- CreateIndex
CREATE INDEX "api_key_secret_key_id_idx" ON "api_key_secret"("key_id");

-- CreateIndex
CREATE INDEX "account_provider_created_at_idx" ON "account"("provider", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "account_group_name_key" ON "account_group"("name");

-- CreateIndex
CREATE INDEX "group_member_account_id_idx" ON "group_member"("account_id");

-- CreateIndex
CREATE INDEX "account_event_account_id_at_idx" ON "account_event"("account_id", "at");

-- CreateIndex
CREATE INDEX "account_probe_account_id_at_idx" ON "account_probe"("account_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "price_book_digest_key" ON "price_book"("digest");

-- CreateIndex
CREATE INDEX "price_book_active_at_idx" ON "price_book"("active_at");

-- CreateIndex
CREATE INDEX "request_user_id_started_at_idx" ON "request"("user_id", "started_at");

-- CreateIndex
CREATE INDEX "request_key_id_started_at_idx" ON "request"("key_id", "started_at");

-- CreateIndex
CREATE INDEX "request_account_id_started_at_idx" ON "request"("account_id", "started_at");

-- CreateIndex
CREATE INDEX "request_request_id_idx" ON "request"("request_id");

-- CreateIndex
CREATE INDEX "attempt_account_id_started_at_idx" ON "attempt"("account_id", "started_at");

-- CreateIndex
CREATE INDEX "usage_hour_user_id_hour_idx" ON "usage_hour"("user_id", "hour");

-- CreateIndex
CREATE INDEX "usage_hour_key_id_hour_idx" ON "usage_hour"("key_id", "hour");

-- CreateIndex
CREATE INDEX "usage_hour_account_id_hour_idx" ON "usage_hour"("account_id", "hour");

-- CreateIndex
CREATE INDEX "usage_day_user_id_day_idx" ON "usage_day"("user_id", "day");

-- CreateIndex
CREATE INDEX "usage_day_key_id_day_idx" ON "usage_day"("key_id", "day");

-- CreateIndex
CREATE INDEX "ledger_entry_user_id_occurred_at_idx" ON "ledger_entry"("user_id", "occurred_at");

-- CreateIndex
CREATE UNIQUE INDEX "plan_name_key" ON "plan"("name");

-- CreateIndex
CREATE UNIQUE INDEX "redeem_code_hash_key" ON "redeem_code"("hash");

-- CreateIndex
CREATE INDEX "redeem_code_batch_idx" ON "redeem_code"("batch");

-- CreateIndex
CREATE INDEX "redemption_code_id_user_id_idx" ON "redemption"("code_id", "user_id");

-- CreateIndex
CREATE INDEX "audit_entry_at_id_idx" ON "audit_entry"("at", "id");

-- CreateIndex
CREATE INDEX "audit_entry_object_kind_object_id_at_idx" ON "audit_entry"("object_kind", "object_id", "at");

-- AddForeignKey
ALTER TABLE "user" ADD CONSTRAINT "user_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user" ADD CONSTRAINT "user_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "second_factor" ADD CONSTRAINT "second_factor_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key_secret" ADD CONSTRAINT "api_key_secret_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_return_key_id_fkey" FOREIGN KEY ("return_key_id") REFERENCES "api_key"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "account_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_event" ADD CONSTRAINT "account_event_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_window" ADD CONSTRAINT "usage_window_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_probe" ADD CONSTRAINT "account_probe_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "price_entry" ADD CONSTRAINT "price_entry_book_id_fkey" FOREIGN KEY ("book_id") REFERENCES "price_book"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redemption" ADD CONSTRAINT "redemption_code_id_fkey" FOREIGN KEY ("code_id") REFERENCES "redeem_code"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- Partitions of the tables that grow: one per calendar month in UTC. A worker job calls this function
-- well ahead of time; it may be called as often as one likes.
CREATE FUNCTION make_usage_partitions(first_month date, months int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  parent text;
  made int := 0;
  month_start date;
  name text;
BEGIN
  -- Two callers at once would both see the partition missing.
  PERFORM pg_advisory_xact_lock(72707370);
  FOR i IN 0 .. months - 1 LOOP
    month_start := (date_trunc('month', first_month) + make_interval(months => i))::date;
    FOREACH parent IN ARRAY ARRAY['request', 'attempt', 'ledger_entry'] LOOP
      name := parent || '_' || to_char(month_start, 'YYYY_MM');
      IF to_regclass(quote_ident(name)) IS NULL THEN
        EXECUTE format(
          'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
          name, parent,
          month_start::text || ' 00:00:00+00',
          (month_start + interval '1 month')::date::text || ' 00:00:00+00');
        made := made + 1;
      END IF;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;

SELECT make_usage_partitions((now() AT TIME ZONE 'UTC')::date - 40, 5);

-- A prepaid balance never falls below zero.
ALTER TABLE "user" ADD CONSTRAINT user_balance_guard CHECK (
  billing_mode <> 'prepaid' OR balance_micro_usd >= 0
);

-- At most one set-up link is open at a time: two processes at first start cannot both make one.
CREATE UNIQUE INDEX one_open_setup_token ON "one_time_token" (kind)
  WHERE kind = 'setup' AND revoked_at IS NULL AND uses = 0;
