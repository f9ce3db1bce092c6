-- AlterTable
ALTER TABLE "exec_workers" ADD COLUMN     "at_fault" BOOLEAN NOT NULL DEFAULT false;
