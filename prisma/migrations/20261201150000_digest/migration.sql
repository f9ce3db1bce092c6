-- AlterTable
ALTER TABLE "notice_preferences" ADD COLUMN     "digest" JSONB,
ADD COLUMN     "digest_next" TIMESTAMPTZ(3),
ALTER COLUMN "email" SET DEFAULT 'each';
