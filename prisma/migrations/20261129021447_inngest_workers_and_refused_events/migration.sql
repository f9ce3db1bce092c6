-- AlterTable
ALTER TABLE "event_outbox" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "refused_events" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "dedupe_id" TEXT,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "refused_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refused_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inngest_workers" (
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "registered_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inngest_workers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "inngest_workers_heartbeat_at_idx" ON "inngest_workers"("heartbeat_at");
