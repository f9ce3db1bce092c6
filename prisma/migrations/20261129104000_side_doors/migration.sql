-- AlterTable
ALTER TABLE "connections" ADD COLUMN     "record_bodies" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "receipts" ADD COLUMN     "unrecorded" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "begun_with" UUID[] DEFAULT ARRAY[]::UUID[];

-- AlterTable
ALTER TABLE "webhook_calls" ADD COLUMN     "initiated_by" UUID;
