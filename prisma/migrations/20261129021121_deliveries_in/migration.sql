-- DropIndex
DROP INDEX "active_triggers_workflow_id_trigger_id_key";

-- AlterTable
ALTER TABLE "active_triggers" ADD COLUMN     "is_live" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "inbound_events" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "dead_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_error" TEXT;

-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "start_hash" TEXT;

-- AlterTable
ALTER TABLE "webhook_calls" ADD COLUMN     "delivery_id" TEXT,
ADD COLUMN     "request" JSONB,
ADD COLUMN     "start_key" TEXT,
ADD COLUMN     "warnings" JSONB;

-- AlterTable
ALTER TABLE "webhook_subscriptions" ADD COLUMN     "previous_sealed" TEXT,
ADD COLUMN     "previous_until" TIMESTAMPTZ(3);

-- CreateIndex
CREATE UNIQUE INDEX "active_triggers_workflow_id_trigger_id_type_key" ON "active_triggers"("workflow_id", "trigger_id", "type");

-- Addresses that the live version does not have so far were kept for a draft.
UPDATE "active_triggers" t SET "is_live" = EXISTS (
  SELECT 1 FROM "workflows" w JOIN "workflow_versions" v ON v."workflow_id" = w."id" AND v."number" = w."published_version"
  WHERE w."id" = t."workflow_id" AND w."status" <> 'retired' AND w."archived_at" IS NULL AND EXISTS (
    SELECT 1 FROM json_array_elements(CASE WHEN json_typeof(v."triggers") = 'array' THEN v."triggers" ELSE '[]'::json END) e
    WHERE e->>'id' = t."trigger_id" AND e->>'type' = t."type"
  )
);
