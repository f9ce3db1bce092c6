-- CreateIndex
CREATE INDEX "audit_entries_organization_id_at_id_idx" ON "audit_entries"("organization_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_organization_id_action_at_id_idx" ON "audit_entries"("organization_id", "action", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_organization_id_subject_type_at_id_idx" ON "audit_entries"("organization_id", "subject_type", "at" DESC, "id" DESC);
