-- The pool as it was set, once for each version of it: recorded choices name the one they were made from.
CREATE TABLE "pool_version" (
    "id" TEXT NOT NULL,
    "accounts" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pool_version_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "pool_version_seen_at_idx" ON "pool_version"("seen_at");
