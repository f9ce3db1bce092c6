-- CreateTable
CREATE TABLE "request_nudges" (
    "run_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "nudged_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "request_nudges_pkey" PRIMARY KEY ("run_id")
);
