-- Whatever ends or narrows somebody's access tells every process to forget what it remembers of keys and roles.
create or replace function identity_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('hp_auth', '');
  return null;
end $$;

create or replace trigger api_keys_changed
  after update of revoked_at, expires_at, scopes or delete on api_keys
  for each statement execute function identity_changed();

create or replace trigger users_changed
  after update of deactivated_at, session_epoch or delete on users
  for each statement execute function identity_changed();

create or replace trigger memberships_changed
  after update or delete on memberships
  for each statement execute function identity_changed();

create or replace trigger teams_changed
  after update or delete on teams
  for each statement execute function identity_changed();
