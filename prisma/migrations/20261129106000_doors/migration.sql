-- AlterTable
ALTER TABLE "conversations" ADD COLUMN     "link_known_to" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "link_made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "waitpoints" ADD COLUMN     "known_to" UUID[] DEFAULT ARRAY[]::UUID[];

-- CreateTable
CREATE TABLE "reviewed_names" (
    "organization_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,

    CONSTRAINT "reviewed_names_pkey" PRIMARY KEY ("organization_id","slug")
);

-- Who made the links that there are, as the audit log knows it.
UPDATE "conversations" c SET
  "link_known_to" = coalesce((SELECT array_agg(DISTINCT coalesce(a."actor"->>'userId', a."actor"->>'id')::uuid) FROM "audit_entries" a
    WHERE a."organization_id" = c."organization_id" AND a."subject_type" = 'conversation' AND a."subject_id" = c."id"::text
      AND a."action" IN ('conversation.created', 'conversation.link_rotated') AND a."actor"->>'type' IN ('user', 'api_key')
      AND coalesce(a."actor"->>'userId', a."actor"->>'id') ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'), '{}'),
  "link_made_at" = coalesce((SELECT max(a."at") FROM "audit_entries" a
    WHERE a."organization_id" = c."organization_id" AND a."subject_type" = 'conversation' AND a."subject_id" = c."id"::text
      AND a."action" = 'conversation.link_rotated'), c."created_at");
