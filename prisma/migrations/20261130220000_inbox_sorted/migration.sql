-- The money of a card, as the inbox is sorted by it. What was asked before has none there, and stands last.
ALTER TABLE "waitpoints" ADD COLUMN "money_currency" TEXT,
ADD COLUMN "money_amount" DECIMAL(20,4);
