-- AlterTable
ALTER TABLE "receipts" ALTER COLUMN "duration_ms" SET DATA TYPE BIGINT;

-- AlterTable
ALTER TABLE "run_events" DROP CONSTRAINT "run_events_pkey",
ALTER COLUMN "seq" DROP DEFAULT,
ALTER COLUMN "seq" SET DATA TYPE BIGINT,
ADD CONSTRAINT "run_events_pkey" PRIMARY KEY ("run_id", "seq");
DROP SEQUENCE IF EXISTS "run_events_seq_seq";

-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "busy" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "drivers" JSONB,
ADD COLUMN     "event_seq" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "revivals" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "subject" TEXT,
ALTER COLUMN "seq" SET DATA TYPE BIGINT,
ALTER COLUMN "active_ms" SET DATA TYPE BIGINT;

-- AlterTable
ALTER TABLE "step_runs" ADD COLUMN     "superseded_seq" BIGINT,
ALTER COLUMN "seq" SET DATA TYPE BIGINT,
ALTER COLUMN "duration_ms" SET DATA TYPE BIGINT;

-- The history so far was numbered over all runs. Now each run counts its own.
UPDATE "run_events" e SET "seq" = n.rank FROM (
  SELECT "run_id", "seq", row_number() OVER (PARTITION BY "run_id" ORDER BY "seq") AS rank FROM "run_events"
) n WHERE n."run_id" = e."run_id" AND n."seq" = e."seq" AND n.rank <> e."seq";
UPDATE "runs" r SET "event_seq" = e.last FROM (
  SELECT "run_id", max("seq") AS last FROM "run_events" GROUP BY "run_id"
) e WHERE e."run_id" = r."id";
