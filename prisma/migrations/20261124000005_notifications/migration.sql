-- What a channel was told, or has to be told: one row for each event, written before anything is sent.
CREATE TABLE "notification_delivery" (
    "event_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "event_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_error" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_delivery_pkey" PRIMARY KEY ("channel_id", "event_id")
);

CREATE INDEX "notification_delivery_state_next_at_idx" ON "notification_delivery"("state", "next_at");
CREATE INDEX "notification_delivery_channel_id_account_id_event_at_idx"
    ON "notification_delivery"("channel_id", "account_id", "event_at");
CREATE INDEX "notification_delivery_created_at_idx" ON "notification_delivery"("created_at");

ALTER TABLE "notification_delivery" ADD CONSTRAINT "notification_delivery_channel_id_fkey"
    FOREIGN KEY ("channel_id") REFERENCES "notification_channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE INDEX "account_event_at_idx" ON "account_event"("at");
ALTER TABLE "notification_channel" ADD COLUMN "locale" TEXT NOT NULL DEFAULT 'en';
