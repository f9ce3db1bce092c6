-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" BIGSERIAL NOT NULL,
    "organization_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" JSONB NOT NULL,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "data" JSONB,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_outbox" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "dedupe_id" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exec_runs" (
    "id" UUID NOT NULL,
    "function_id" TEXT NOT NULL,
    "events" JSONB NOT NULL,
    "parent_run" UUID,
    "parent_step" TEXT,
    "start_timeout_ms" INTEGER,
    "finish_timeout_ms" INTEGER,
    "limit_keys" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "limit_sizes" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),

    CONSTRAINT "exec_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exec_jobs" (
    "exec_run" UUID NOT NULL,
    "step_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "fence" BIGINT NOT NULL,
    "run_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leased_by" UUID,
    "leased_at" TIMESTAMPTZ(3),
    "again" BOOLEAN NOT NULL DEFAULT false,
    "takeovers" INTEGER NOT NULL DEFAULT 0,
    "race" BOOLEAN NOT NULL DEFAULT false,
    "blocked_on" TEXT,
    "limit_keys" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "limit_sizes" INTEGER[] DEFAULT ARRAY[]::INTEGER[],

    CONSTRAINT "exec_jobs_pkey" PRIMARY KEY ("exec_run","step_id")
);

-- CreateTable
CREATE TABLE "exec_steps" (
    "exec_run" UUID NOT NULL,
    "step_id" TEXT NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "memo" JSONB NOT NULL,

    CONSTRAINT "exec_steps_pkey" PRIMARY KEY ("exec_run","step_id")
);

-- CreateTable
CREATE TABLE "exec_waits" (
    "exec_run" UUID NOT NULL,
    "wait_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "event_name" TEXT,
    "match_key" TEXT NOT NULL DEFAULT '*',
    "residual" JSONB,
    "race" BOOLEAN NOT NULL DEFAULT false,
    "due_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "exec_waits_pkey" PRIMARY KEY ("exec_run","wait_id")
);

-- CreateTable
CREATE TABLE "exec_dedupe" (
    "function_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "exec_dedupe_pkey" PRIMARY KEY ("function_id","key")
);

-- CreateTable
CREATE TABLE "exec_cron" (
    "function_id" TEXT NOT NULL,
    "cron" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "fire_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "exec_cron_pkey" PRIMARY KEY ("function_id","cron")
);

-- CreateTable
CREATE TABLE "exec_workers" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "dead" BOOLEAN NOT NULL DEFAULT false,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "exec_workers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organizations" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "session_epoch" INTEGER NOT NULL DEFAULT 0,
    "deactivated_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "business_roles" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("organization_id","user_id")
);

-- CreateTable
CREATE TABLE "business_roles" (
    "organization_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "business_roles_pkey" PRIMARY KEY ("organization_id","slug")
);

-- CreateTable
CREATE TABLE "teams" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "member_ids" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "scopes" TEXT[],
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "organization_id" UUID NOT NULL,
    "actor_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("organization_id","actor_id","key")
);

-- CreateTable
CREATE TABLE "contacts" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "plan" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversations" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "token_hash" TEXT NOT NULL,
    "token_sealed" TEXT NOT NULL,
    "quick_replies" JSONB NOT NULL DEFAULT '[]',
    "assigned_to_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "author" TEXT NOT NULL,
    "author_name" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "data" JSONB,
    "run_id" UUID,
    "source_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "run_id" UUID,
    "step_key" TEXT,
    "kind" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "subject" TEXT,
    "body" TEXT NOT NULL,
    "payload" JSONB,
    "subscription_id" UUID,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "response" JSONB,
    "source_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_subscriptions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "secret_sealed" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_subscriptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbound_events" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "external_id" TEXT,
    "results" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbound_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "runs" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "status_below" TEXT,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "parked_by" TEXT,
    "trigger_type" TEXT NOT NULL,
    "trigger_id" TEXT,
    "trigger_label" TEXT,
    "input" JSONB NOT NULL,
    "input_edits" JSONB,
    "output" JSONB,
    "error" JSONB,
    "failure_reason" TEXT,
    "cancel_reason" TEXT,
    "owner_id" UUID NOT NULL,
    "requested_by" TEXT,
    "contact_id" UUID,
    "conversation_id" UUID,
    "test" BOOLEAN NOT NULL DEFAULT false,
    "callback_url" TEXT,
    "restored_from" UUID,
    "start_key" TEXT,
    "active_ms" INTEGER NOT NULL DEFAULT 0,
    "next_due_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "step_runs" (
    "run_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL,
    "superseded" BOOLEAN NOT NULL DEFAULT false,
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "node_id" TEXT NOT NULL,
    "iteration" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "handle" TEXT,
    "engine" JSONB,
    "input" JSONB,
    "output" JSONB,
    "error" JSONB,
    "summary" TEXT,
    "attempts" JSONB,
    "warnings" JSONB,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "duration_ms" INTEGER,

    CONSTRAINT "step_runs_pkey" PRIMARY KEY ("run_id","key","generation")
);

-- CreateTable
CREATE TABLE "run_events" (
    "run_id" UUID NOT NULL,
    "seq" SERIAL NOT NULL,
    "organization_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" JSONB,
    "data" JSONB,

    CONSTRAINT "run_events_pkey" PRIMARY KEY ("run_id","seq")
);

-- CreateTable
CREATE TABLE "waitpoints" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "node_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "outcome" TEXT,
    "assignees" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "request" JSONB NOT NULL,
    "resolution" JSONB,
    "resolved_by_id" UUID,
    "resolved_by_name" TEXT,
    "resolved_via" TEXT,
    "resolved_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "on_due" JSONB,
    "consumed" BOOLEAN NOT NULL DEFAULT false,
    "token_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "waitpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "receipts" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "error_code" TEXT,
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "duration_ms" INTEGER,

    CONSTRAINT "receipts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflows" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'draft',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "while_draft" TEXT NOT NULL DEFAULT 'block',
    "head_version" INTEGER NOT NULL DEFAULT 1,
    "published_version" INTEGER,
    "owner_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "workflows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_versions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "spec" JSONB NOT NULL,
    "source" JSONB,
    "triggers" JSONB NOT NULL,
    "config" JSONB NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "workflow_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "active_triggers" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "trigger_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "event_name" TEXT,
    "token_hash" TEXT,
    "token_sealed" TEXT,
    "secret_sealed" TEXT,
    "definition" JSONB NOT NULL,

    CONSTRAINT "active_triggers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connections" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "connector" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "auth_type" TEXT NOT NULL,
    "secret_sealed" TEXT,
    "is_live" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connections_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_entries_organization_id_id_idx" ON "audit_entries"("organization_id", "id");

-- CreateIndex
CREATE INDEX "audit_entries_organization_id_subject_type_subject_id_idx" ON "audit_entries"("organization_id", "subject_type", "subject_id");

-- CreateIndex
CREATE INDEX "event_outbox_due_at_idx" ON "event_outbox"("due_at");

-- CreateIndex
CREATE INDEX "exec_waits_event_name_match_key_idx" ON "exec_waits"("event_name", "match_key");

-- CreateIndex
CREATE INDEX "exec_waits_due_at_idx" ON "exec_waits"("due_at");

-- CreateIndex
CREATE INDEX "exec_dedupe_expires_at_idx" ON "exec_dedupe"("expires_at");

-- CreateIndex
CREATE INDEX "exec_workers_name_idx" ON "exec_workers"("name");

-- CreateIndex
CREATE UNIQUE INDEX "organizations_slug_key" ON "organizations"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "teams_organization_id_slug_key" ON "teams"("organization_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_key_hash_key" ON "api_keys"("key_hash");

-- CreateIndex
CREATE INDEX "api_keys_organization_id_created_at_idx" ON "api_keys"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "contacts_organization_id_email_key" ON "contacts"("organization_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "conversations_token_hash_key" ON "conversations"("token_hash");

-- CreateIndex
CREATE INDEX "conversations_organization_id_updated_at_idx" ON "conversations"("organization_id", "updated_at");

-- CreateIndex
CREATE UNIQUE INDEX "messages_source_key_key" ON "messages"("source_key");

-- CreateIndex
CREATE INDEX "messages_conversation_id_created_at_idx" ON "messages"("conversation_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_source_key_key" ON "deliveries"("source_key");

-- CreateIndex
CREATE INDEX "deliveries_organization_id_kind_created_at_idx" ON "deliveries"("organization_id", "kind", "created_at" DESC);

-- CreateIndex
CREATE INDEX "deliveries_run_id_idx" ON "deliveries"("run_id");

-- CreateIndex
CREATE INDEX "deliveries_subscription_id_created_at_idx" ON "deliveries"("subscription_id", "created_at");

-- CreateIndex
CREATE INDEX "webhook_subscriptions_organization_id_idx" ON "webhook_subscriptions"("organization_id");

-- CreateIndex
CREATE INDEX "inbound_events_organization_id_created_at_idx" ON "inbound_events"("organization_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "inbound_events_organization_id_name_external_id_key" ON "inbound_events"("organization_id", "name", "external_id");

-- CreateIndex
CREATE INDEX "runs_organization_id_created_at_id_idx" ON "runs"("organization_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "runs_organization_id_status_created_at_idx" ON "runs"("organization_id", "status", "created_at" DESC);

-- CreateIndex
CREATE INDEX "runs_organization_id_workflow_id_created_at_idx" ON "runs"("organization_id", "workflow_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "runs_organization_id_owner_id_created_at_idx" ON "runs"("organization_id", "owner_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "runs_conversation_id_idx" ON "runs"("conversation_id");

-- CreateIndex
CREATE INDEX "runs_status_created_at_idx" ON "runs"("status", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "runs_workflow_id_start_key_key" ON "runs"("workflow_id", "start_key");

-- CreateIndex
CREATE UNIQUE INDEX "waitpoints_token_hash_key" ON "waitpoints"("token_hash");

-- CreateIndex
CREATE INDEX "waitpoints_run_id_idx" ON "waitpoints"("run_id");

-- CreateIndex
CREATE INDEX "waitpoints_organization_id_kind_status_created_at_idx" ON "waitpoints"("organization_id", "kind", "status", "created_at");

-- CreateIndex
CREATE INDEX "waitpoints_status_consumed_due_at_idx" ON "waitpoints"("status", "consumed", "due_at");

-- CreateIndex
CREATE INDEX "receipts_run_id_key_idx" ON "receipts"("run_id", "key");

-- CreateIndex
CREATE INDEX "workflows_organization_id_status_created_at_idx" ON "workflows"("organization_id", "status", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "workflows_organization_id_slug_key" ON "workflows"("organization_id", "slug");

-- CreateIndex
CREATE INDEX "workflow_versions_organization_id_workflow_id_idx" ON "workflow_versions"("organization_id", "workflow_id");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_versions_workflow_id_number_key" ON "workflow_versions"("workflow_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "active_triggers_token_hash_key" ON "active_triggers"("token_hash");

-- CreateIndex
CREATE INDEX "active_triggers_organization_id_event_name_idx" ON "active_triggers"("organization_id", "event_name");

-- CreateIndex
CREATE UNIQUE INDEX "active_triggers_workflow_id_trigger_id_key" ON "active_triggers"("workflow_id", "trigger_id");

-- CreateIndex
CREATE UNIQUE INDEX "connections_organization_id_slug_key" ON "connections"("organization_id", "slug");

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_versions" ADD CONSTRAINT "workflow_versions_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflows"("id") ON DELETE CASCADE ON UPDATE CASCADE;
