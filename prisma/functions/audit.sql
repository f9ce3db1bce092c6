-- The audit log is append-only, whoever asks. Dropping a whole database stays possible; changing a line does not.
create or replace function audit_entries_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create or replace trigger audit_entries_append_only
  before update or delete on audit_entries
  for each row execute function audit_entries_refuse_change();

create or replace trigger audit_entries_no_truncate
  before truncate on audit_entries
  for each statement execute function audit_entries_refuse_change();

create or replace trigger audit_seals_append_only
  before update or delete on audit_seals
  for each row execute function audit_entries_refuse_change();

create or replace trigger audit_seals_no_truncate
  before truncate on audit_seals
  for each statement execute function audit_entries_refuse_change();

-- What was shown or sent, as 64 hex digits; null for nothing. Anybody can compute it again from the row that holds the value.
create or replace function payload_hash(p_value jsonb) returns text
language sql immutable as $$
  select encode(sha256(convert_to(p_value::text, 'UTF8')), 'hex')
$$;

-- One line. `p_proof`: { address, auth } of the request, null for what the product does by itself.
create or replace function put_audit(p_org uuid, p_actor jsonb, p_proof jsonb, p_action text, p_subject_type text, p_subject_id text,
                                     p_data jsonb, p_hash text) returns void
language sql as $$
  insert into audit_entries (organization_id, actor, action, subject_type, subject_id, data, address, auth, payload_hash)
  values (p_org, p_actor, p_action, p_subject_type, p_subject_id, nullif(p_data, 'null'::jsonb), p_proof->>'address',
          coalesce(p_proof->>'auth', 'system'), p_hash)
$$;

create or replace function system_actor() returns jsonb
language sql immutable as $$
  select '{"type": "system", "id": "system", "name": "Holdpoint", "via": "system"}'::jsonb
$$;
