-- Keys of another relay are known only by a hash that a second secret of that relay went into.
CREATE TABLE "key_pepper" (
    "id" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "key_pepper_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "api_key_secret" ADD COLUMN "pepper_id" TEXT;

CREATE INDEX "api_key_secret_pepper_id_idx" ON "api_key_secret"("pepper_id");

ALTER TABLE "api_key_secret" ADD CONSTRAINT "api_key_secret_pepper_id_fkey"
    FOREIGN KEY ("pepper_id") REFERENCES "key_pepper"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
