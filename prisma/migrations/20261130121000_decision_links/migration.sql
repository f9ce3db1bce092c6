-- CreateTable
CREATE TABLE "decision_links" (
    "token_hash" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "waitpoint_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "code_hash" TEXT,
    "code_until" TIMESTAMPTZ(3),
    "code_tries" INTEGER NOT NULL DEFAULT 0,
    "proof_hash" TEXT,
    "proof_until" TIMESTAMPTZ(3),

    CONSTRAINT "decision_links_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "decision_links_run_id_idx" ON "decision_links"("run_id");
