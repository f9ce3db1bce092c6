-- AlterTable
ALTER TABLE "waitpoints" ADD COLUMN     "effective_at" TIMESTAMPTZ(3),
ADD COLUMN     "given_decision" JSONB;
