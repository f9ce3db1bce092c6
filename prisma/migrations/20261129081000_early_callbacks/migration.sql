-- CreateTable
CREATE TABLE "early_callbacks" (
    "token_hash" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "answer" JSONB NOT NULL,
    "called_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "early_callbacks_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "early_callbacks_run_id_idx" ON "early_callbacks"("run_id");
