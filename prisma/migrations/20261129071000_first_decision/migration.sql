-- Who began the runs that were started by hand or by a key, for the approvals that are still open.
UPDATE "runs" SET "initiated_by" = "owner_id" WHERE "trigger_type" IN ('manual', 'api', 'test');

-- AlterTable
ALTER TABLE "waitpoints" ADD COLUMN     "first_decision" JSONB;
