-- AlterTable
ALTER TABLE "waitpoints" ADD COLUMN     "undecidable_since" TIMESTAMPTZ(3),
ADD COLUMN     "undecidable_why" TEXT;
