-- CreateIndex
CREATE INDEX "runs_organization_id_trigger_type_created_at_idx" ON "runs"("organization_id", "trigger_type", "created_at" DESC);

-- CreateIndex
CREATE INDEX "runs_organization_id_requested_by_created_at_idx" ON "runs"("organization_id", "requested_by", "created_at" DESC);
