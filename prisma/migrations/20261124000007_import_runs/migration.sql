-- What was taken over from another portal, and when: an import says it again without doubling anything,
-- and can be undone.
CREATE TABLE "import_run" (
    "id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "report" JSONB NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_run_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "import_run_created_at_idx" ON "import_run"("created_at");

CREATE TABLE "import_origin" (
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "foreign_id" TEXT NOT NULL,
    "own_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,

    CONSTRAINT "import_origin_pkey" PRIMARY KEY ("source", "kind", "foreign_id")
);

CREATE INDEX "import_origin_run_id_idx" ON "import_origin"("run_id");

ALTER TABLE "import_origin" ADD CONSTRAINT "import_origin_run_id_fkey"
    FOREIGN KEY ("run_id") REFERENCES "import_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
