-- The audit log is append-only, whoever asks. Dropping a whole database stays possible; changing a line does not.
create or replace function audit_entries_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit_entries is append-only' using errcode = 'insufficient_privilege';
end $$;

create or replace trigger audit_entries_append_only
  before update or delete on audit_entries
  for each row execute function audit_entries_refuse_change();

create or replace trigger audit_entries_no_truncate
  before truncate on audit_entries
  for each statement execute function audit_entries_refuse_change();
