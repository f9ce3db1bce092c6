-- Indexes of a part of a table, which the schema files cannot name. Each is small, because rows leave it again.
create index if not exists runs_at_work on runs (created_at) where status in ('pending', 'running');
create index if not exists runs_open on runs (organization_id, workflow_id, version) where ended_at is null and not test;
drop index if exists approvals_open_sorted;
create index if not exists asked_open on waitpoints (organization_id, due_at, created_at, id) where status = 'open' and kind in ('approval', 'form', 'handoff');
create index if not exists asked_open_by_age on waitpoints (organization_id, created_at, id) where status = 'open' and kind in ('approval', 'form', 'handoff');
create index if not exists asked_open_by_money on waitpoints (organization_id, money_currency, money_amount desc nulls last, created_at, id) where status = 'open' and kind in ('approval', 'form', 'handoff');
create index if not exists asked_open_of_workflow on waitpoints (organization_id, workflow_id, due_at, created_at, id) where status = 'open' and kind in ('approval', 'form', 'handoff');
drop index if exists approvals_decided_sorted;
create index if not exists asked_over on waitpoints (organization_id, resolved_at desc, id desc) where status <> 'open' and kind in ('approval', 'form', 'handoff');
create index if not exists events_unfinished on inbound_events (organization_id, created_at desc, id desc) where results is null;
drop index if exists waitpoints_asked;
create index if not exists waitpoints_given on waitpoints (effective_at) where given_decision is not null;
create index if not exists waitpoints_undecidable on waitpoints (organization_id, undecidable_since desc, id) where status = 'open' and undecidable_since is not null;
create index if not exists notices_unread on notices (organization_id, user_id, created_at desc) where read_at is null;
-- The sweeper looks for runs whose event lies there still, among those that only wait for their time.
create index if not exists event_outbox_of_runs on event_outbox ((data->>'runId')) where name in ('run/requested', 'run/wake');
-- Who acted, a person by their keys too.
create index if not exists audit_entries_by_person on audit_entries (organization_id, (coalesce(actor->>'userId', actor->>'id')), at desc, id desc);
create index if not exists waitpoints_delegated on waitpoints using gin (delegations jsonb_path_ops) where delegations <> '[]';
create index if not exists waitpoints_question_for on waitpoints (organization_id, question_for) where status = 'open' and question_for is not null;
create index if not exists waitpoints_question_in on waitpoints (organization_id, question_in) where status = 'open' and question_in is not null;

-- What somebody approved in a run before it went back to an earlier step, for the same question asked again.
create index if not exists waitpoints_approved on waitpoints (run_id, key, resolved_at) where kind = 'approval' and outcome = 'approved';

create unique index if not exists calendars_default on calendars (organization_id) where is_default;

-- What was uploaded and stands in no answer yet: how much an organization has of it, what a form has of it, and what is old enough to go.
create index if not exists files_loose on files (organization_id, created_at) where state <> 'bound';
create index if not exists files_left_over on files (created_at) where state <> 'bound';
