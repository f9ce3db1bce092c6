-- Whatever ends or narrows somebody's access tells every process to forget what it remembers of keys and roles, and to end the streams
-- that are open on it. Of one person it says which; empty, it may be anybody.
create or replace function identity_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('hp_auth', '');
  return null;
end $$;

create or replace function user_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('hp_auth', old.id::text);
  return null;
end $$;

create or replace function access_of_user_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('hp_auth', old.user_id::text);
  return null;
end $$;

create or replace trigger api_keys_changed
  after update of revoked_at, expires_at, scopes or delete on api_keys
  for each row execute function access_of_user_changed();

create or replace trigger users_changed
  after update of deactivated_at, session_epoch or delete on users
  for each row execute function user_changed();

create or replace trigger memberships_changed
  after update or delete on memberships
  for each row execute function access_of_user_changed();

create or replace trigger teams_changed
  after update or delete on teams
  for each statement execute function identity_changed();

create or replace trigger user_sessions_ended
  after update of ended_at on user_sessions
  for each row when (old.ended_at is null and new.ended_at is not null) execute function access_of_user_changed();

-- One that had ended or run out is only tidied away.
create or replace trigger user_sessions_deleted
  after delete on user_sessions
  for each row when (old.ended_at is null and old.expires_at > now()) execute function access_of_user_changed();
