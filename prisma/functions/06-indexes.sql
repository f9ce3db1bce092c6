-- Indexes of a part of a table, which the schema files cannot name. Each is small, because rows leave it again.
create index if not exists runs_at_work on runs (created_at) where status in ('pending', 'running');
create index if not exists runs_open on runs (organization_id, workflow_id, version) where ended_at is null and not test;
create index if not exists approvals_open on waitpoints (organization_id, due_at, created_at) where kind = 'approval' and status = 'open';
create index if not exists approvals_decided on waitpoints (organization_id, resolved_at desc) where kind = 'approval' and status <> 'open';
