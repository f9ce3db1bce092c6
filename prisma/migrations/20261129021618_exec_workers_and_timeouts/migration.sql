-- DropIndex
DROP INDEX "exec_workers_name_idx";

-- AlterTable
ALTER TABLE "exec_runs" ALTER COLUMN "start_timeout_ms" SET DATA TYPE BIGINT,
ALTER COLUMN "finish_timeout_ms" SET DATA TYPE BIGINT;

-- AlterTable
ALTER TABLE "exec_workers" ADD COLUMN     "host" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "pid" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "process_start" TEXT NOT NULL DEFAULT '';
