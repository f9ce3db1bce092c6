-- DropIndex
DROP INDEX "runs_status_created_at_idx";

-- AlterTable
ALTER TABLE "workflows" ADD COLUMN     "runs_counted" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "runs_counted_to" TIMESTAMPTZ(3) NOT NULL DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone;

-- CreateIndex
CREATE INDEX "contacts_organization_id_created_at_id_idx" ON "contacts"("organization_id", "created_at" DESC, "id" DESC);

-- What lists call the runs that there are.
UPDATE "runs" SET "subject" = left(coalesce("input"->>'email', "input"->>'customer', "input"->>'customerId', "input"->>'customer_id', "input"->>'name', "input"->>'id', "input"->>'order'), 200);
