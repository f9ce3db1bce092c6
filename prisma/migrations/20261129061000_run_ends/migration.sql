-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "end_message" TEXT,
ADD COLUMN     "warnings" JSONB;
