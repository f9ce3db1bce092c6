-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "moved_seq" BIGINT;

-- AlterTable
ALTER TABLE "repair_rounds" ADD COLUMN     "version" INTEGER;
