-- AlterTable
ALTER TABLE "idempotency_keys" ADD COLUMN     "claim" UUID,
ADD COLUMN     "worked" BOOLEAN NOT NULL DEFAULT false;
