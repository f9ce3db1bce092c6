-- AlterTable
ALTER TABLE "notices" ALTER COLUMN "waitpoint_id" DROP NOT NULL,
ALTER COLUMN "run_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "absences" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3),
    "deputy_id" UUID,
    "workflow_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "limit_amount" DECIMAL(15,2),
    "limit_currency" TEXT,
    "note" TEXT,
    "set_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "absences_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "absences_organization_id_ended_at_until_at_idx" ON "absences"("organization_id", "ended_at", "until_at");

-- CreateIndex
CREATE INDEX "absences_organization_id_deputy_id_idx" ON "absences"("organization_id", "deputy_id");
