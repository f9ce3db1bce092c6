-- CreateTable
CREATE TABLE "repairs" (
    "run_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "assignees" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "node_id" TEXT NOT NULL,
    "step_id" UUID,
    "step_key" TEXT,
    "step_name" TEXT,
    "error_code" TEXT NOT NULL,
    "error_message" TEXT NOT NULL,
    "failed_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "settled_how" TEXT,
    "settled_by_id" UUID,
    "settled_by_name" TEXT,
    "settled_at" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "repairs_pkey" PRIMARY KEY ("run_id")
);

-- CreateTable
CREATE TABLE "repair_rounds" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "node_id" TEXT NOT NULL,
    "error_code" TEXT NOT NULL,
    "begun_by" JSONB NOT NULL,
    "proof" JSONB NOT NULL,
    "user_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'first',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "repair_rounds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "repair_tries" (
    "round_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "organization_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "step_key" TEXT,
    "generation" INTEGER,
    "result" TEXT NOT NULL DEFAULT 'waiting',

    CONSTRAINT "repair_tries_pkey" PRIMARY KEY ("round_id","position")
);

-- CreateIndex
CREATE INDEX "repair_rounds_organization_id_workflow_id_node_id_error_cod_idx" ON "repair_rounds"("organization_id", "workflow_id", "node_id", "error_code", "created_at" DESC);

-- CreateIndex
CREATE INDEX "repair_tries_run_id_idx" ON "repair_tries"("run_id");
