-- AlterTable
ALTER TABLE "active_triggers" ADD COLUMN     "asked_secret_at" TIMESTAMPTZ(3),
ADD COLUMN     "asked_secret_by" UUID,
ADD COLUMN     "asked_secret_sealed" TEXT,
ADD COLUMN     "had_secret" BOOLEAN NOT NULL DEFAULT false;

-- What had to be proven so far has to be proven from now on, whatever becomes of the secret.
UPDATE "active_triggers" SET "had_secret" = true WHERE "secret_sealed" IS NOT NULL;
