-- A mail to somebody outside failed for good, and none of their mails about this run arrived: they cannot answer, and what is asked of them is looked at again.
create or replace function outside_bounced() returns trigger language plpgsql as $$
begin
  if exists (select from deliveries d where d.run_id = new.run_id and d.channel = 'email' and d.address = new.address and d.status in ('delivered', 'captured')) then
    return null;
  end if;
  update outside_people o set unreachable_at = now()
  where o.organization_id = new.organization_id and o.address = new.address and o.unreachable_at is null
    and exists (select from decision_links l where l.run_id = new.run_id and l.user_id = o.id);
  if found then perform asked_of_changed(new.organization_id, array['email:' || new.address]); end if;
  return null;
end $$;

create or replace trigger outside_bounced
  after update of status on deliveries
  for each row when (new.status = 'dead' and old.status <> 'dead' and new.channel = 'email' and new.run_id is not null)
  execute function outside_bounced();
