-- CreateTable
CREATE TABLE "outside_people" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "plain" TEXT NOT NULL,
    "unreachable_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outside_people_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "outside_people_organization_id_address_key" ON "outside_people"("organization_id", "address");

-- CreateIndex
CREATE INDEX "outside_people_organization_id_plain_idx" ON "outside_people"("organization_id", "plain");
