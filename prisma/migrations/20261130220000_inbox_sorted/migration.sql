-- The money of a card, as the inbox is sorted by it. What was asked before has none there, and stands last.
ALTER TABLE "waitpoints" ADD COLUMN "money_currency" TEXT,
ADD COLUMN "money_amount" DECIMAL(20,4);

-- Who has which item of the inbox open.
CREATE TABLE "inbox_presence" (
    "client_id" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "item_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbox_presence_pkey" PRIMARY KEY ("client_id")
);

CREATE INDEX "inbox_presence_organization_id_item_id_idx" ON "inbox_presence"("organization_id", "item_id");
