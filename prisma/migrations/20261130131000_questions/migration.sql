-- What those who decide asked back, kept with the question. Its time stands still until the answer.
ALTER TABLE "waitpoints" ADD COLUMN "questions" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN "question_at" TIMESTAMPTZ(3),
ADD COLUMN "question_due" TIMESTAMPTZ(3),
ADD COLUMN "question_for" UUID,
ADD COLUMN "question_in" UUID,
ADD COLUMN "paused_ms" BIGINT NOT NULL DEFAULT 0;
