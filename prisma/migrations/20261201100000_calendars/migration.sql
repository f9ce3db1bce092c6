-- AlterTable
ALTER TABLE "teams" ADD COLUMN     "calendar_id" UUID;

-- CreateTable
CREATE TABLE "calendars" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "hours" JSON NOT NULL,
    "holidays" JSON NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updated_by_id" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "calendars_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "calendars_organization_id_slug_key" ON "calendars"("organization_id", "slug");
