-- CreateTable
CREATE TABLE "approver_rules" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "draft" JSON NOT NULL,
    "draft_revision" INTEGER NOT NULL DEFAULT 1,
    "draft_editors" UUID[] DEFAULT ARRAY[]::UUID[],
    "live_version" INTEGER,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by_id" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "approver_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approver_rule_versions" (
    "organization_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "document" JSON NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "published_by_id" UUID NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approver_rule_versions_pkey" PRIMARY KEY ("rule_id","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "approver_rules_organization_id_key_key" ON "approver_rules"("organization_id", "key");

-- AddForeignKey
ALTER TABLE "approver_rule_versions" ADD CONSTRAINT "approver_rule_versions_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "approver_rules"("id") ON DELETE CASCADE ON UPDATE CASCADE;
