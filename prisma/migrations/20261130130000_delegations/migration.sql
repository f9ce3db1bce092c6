-- What those who are asked gave to colleagues, kept with the question.
ALTER TABLE "waitpoints" ADD COLUMN "delegations" JSONB NOT NULL DEFAULT '[]';
