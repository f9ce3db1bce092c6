-- AlterTable
ALTER TABLE "active_triggers" ADD COLUMN     "last_at" TIMESTAMPTZ(3),
ADD COLUMN     "next_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "concurrency_key" TEXT,
ADD COLUMN     "queued_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "workflow_versions" ADD COLUMN     "test_settings" JSONB;

-- AlterTable
ALTER TABLE "workflows" ADD COLUMN     "folder" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "retention_days" INTEGER,
ADD COLUMN     "review_required" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "workflow_drafts" (
    "workflow_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "base_version" INTEGER NOT NULL,
    "spec" JSONB NOT NULL,
    "source" JSONB,
    "triggers" JSONB NOT NULL,
    "config" JSONB NOT NULL,
    "created_by_id" UUID NOT NULL,
    "updated_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workflow_drafts_pkey" PRIMARY KEY ("workflow_id")
);

-- CreateTable
CREATE TABLE "draft_batches" (
    "workflow_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "batch_id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "operations" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "draft_batches_pkey" PRIMARY KEY ("workflow_id","revision")
);

-- CreateTable
CREATE TABLE "draft_presence" (
    "client_id" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "node_id" TEXT,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_presence_pkey" PRIMARY KEY ("client_id")
);

-- CreateTable
CREATE TABLE "publish_reviews" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "draft_revision" INTEGER NOT NULL,
    "base_version" INTEGER NOT NULL,
    "spec" JSONB NOT NULL,
    "source" JSONB,
    "triggers" JSONB NOT NULL,
    "config" JSONB NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "requested_by_id" UUID NOT NULL,
    "requested_by_name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "decided_by_id" UUID,
    "decided_by_name" TEXT,
    "comment" TEXT,
    "version" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "publish_reviews_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "test_samples" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "test_samples_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "test_pins" (
    "organization_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "node_id" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "output" JSONB NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "test_pins_pkey" PRIMARY KEY ("workflow_id","node_id")
);

-- CreateTable
CREATE TABLE "webhook_calls" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "trigger_id" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "message" TEXT,
    "body" JSONB,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_calls_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "workflow_drafts_organization_id_updated_at_idx" ON "workflow_drafts"("organization_id", "updated_at");

-- CreateIndex
CREATE UNIQUE INDEX "draft_batches_workflow_id_batch_id_key" ON "draft_batches"("workflow_id", "batch_id");

-- CreateIndex
CREATE INDEX "draft_presence_workflow_id_seen_at_idx" ON "draft_presence"("workflow_id", "seen_at");

-- CreateIndex
CREATE INDEX "publish_reviews_workflow_id_created_at_idx" ON "publish_reviews"("workflow_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "publish_reviews_organization_id_status_created_at_idx" ON "publish_reviews"("organization_id", "status", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "test_samples_workflow_id_name_key" ON "test_samples"("workflow_id", "name");

-- CreateIndex
CREATE INDEX "webhook_calls_workflow_id_trigger_id_created_at_idx" ON "webhook_calls"("workflow_id", "trigger_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "webhook_calls_created_at_idx" ON "webhook_calls"("created_at");

-- CreateIndex
CREATE INDEX "active_triggers_type_next_at_idx" ON "active_triggers"("type", "next_at");

-- CreateIndex
CREATE INDEX "workflows_archived_at_idx" ON "workflows"("archived_at");
