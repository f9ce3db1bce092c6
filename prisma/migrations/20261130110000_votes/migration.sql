-- Where several people must approve, each one's word: the first of two becomes the first of many.
ALTER TABLE "waitpoints" ADD COLUMN "votes" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN "voters" UUID[] DEFAULT ARRAY[]::UUID[];

UPDATE "waitpoints" SET "votes" = jsonb_build_array("first_decision" || jsonb_build_object('decision', 'approved', 'voter', "first_decision"->'people'->0))
WHERE "first_decision" IS NOT NULL;

DROP TRIGGER IF EXISTS waitpoint_asked_again ON "waitpoints";

ALTER TABLE "waitpoints" DROP COLUMN "first_decision";
