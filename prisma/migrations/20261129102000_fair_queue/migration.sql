-- AlterTable
ALTER TABLE "event_outbox" ADD COLUMN     "fair_key" TEXT NOT NULL DEFAULT '-';

-- AlterTable
ALTER TABLE "exec_jobs" ADD COLUMN     "fair_key" TEXT NOT NULL DEFAULT '-';

-- AlterTable
ALTER TABLE "exec_runs" ADD COLUMN     "fair_key" TEXT NOT NULL DEFAULT '-';

-- CreateIndex
CREATE INDEX "event_outbox_fair_key_due_at_idx" ON "event_outbox"("fair_key", "due_at");
