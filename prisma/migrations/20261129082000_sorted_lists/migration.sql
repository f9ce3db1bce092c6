-- Lists are read by their sort and, within it, by id.

-- DropIndex
DROP INDEX "api_keys_organization_id_created_at_idx";

-- CreateIndex
CREATE INDEX "api_keys_organization_id_created_at_id_idx" ON "api_keys"("organization_id", "created_at", "id");

-- DropIndex
DROP INDEX "conversations_organization_id_updated_at_idx";

-- CreateIndex
CREATE INDEX "conversations_organization_id_updated_at_id_idx" ON "conversations"("organization_id", "updated_at", "id");

-- DropIndex
DROP INDEX "deliveries_subscription_id_created_at_idx";

-- CreateIndex
CREATE INDEX "deliveries_subscription_id_created_at_id_idx" ON "deliveries"("subscription_id", "created_at", "id");

-- DropIndex
DROP INDEX "webhook_subscriptions_organization_id_idx";

-- CreateIndex
CREATE INDEX "webhook_subscriptions_organization_id_created_at_id_idx" ON "webhook_subscriptions"("organization_id", "created_at", "id");

-- DropIndex
DROP INDEX "inbound_events_organization_id_created_at_idx";

-- CreateIndex
CREATE INDEX "inbound_events_organization_id_created_at_id_idx" ON "inbound_events"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "inbound_events_organization_id_name_created_at_id_idx" ON "inbound_events"("organization_id", "name", "created_at", "id");
