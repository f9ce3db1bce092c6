-- AlterTable
ALTER TABLE "conversations" ADD COLUMN     "claimed_at" TIMESTAMPTZ(3),
ADD COLUMN     "closed_at" TIMESTAMPTZ(3),
ADD COLUMN     "handed_over_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_customer_at" TIMESTAMPTZ(3),
ADD COLUMN     "needs_answer_since" TIMESTAMPTZ(3),
ADD COLUMN     "needs_answer_to" UUID;

-- CreateTable
CREATE TABLE "conversation_notes" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "author_name" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversation_notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation_reads" (
    "organization_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_reads_pkey" PRIMARY KEY ("conversation_id","user_id")
);

-- CreateTable
CREATE TABLE "canned_answers" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "canned_answers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "conversation_notes_conversation_id_created_at_id_idx" ON "conversation_notes"("conversation_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "canned_answers_organization_id_name_key" ON "canned_answers"("organization_id", "name");

-- CreateIndex
CREATE INDEX "conversations_organization_id_contact_id_updated_at_idx" ON "conversations"("organization_id", "contact_id", "updated_at");

-- What is there already: when customers wrote last, and which conversations runs have handed over.
UPDATE "conversations" c SET "last_customer_at" = m.at
FROM (SELECT "conversation_id", max("created_at") AS at FROM "messages" WHERE "author" = 'contact' GROUP BY 1) m
WHERE m."conversation_id" = c."id";

UPDATE "conversations" c SET "handed_over_at" = w.at
FROM (
    SELECT r."conversation_id", min(p."created_at") AS at FROM "waitpoints" p JOIN "runs" r ON r."id" = p."run_id"
    WHERE p."kind" = 'handoff' AND p."status" = 'open' AND NOT r."test" AND coalesce(p."request"->>'unknownOutcome', '') <> 'true' GROUP BY 1
) w
WHERE w."conversation_id" = c."id";
