-- The runs of these ids, always through the index: a plan that was made while the table was small would go on to read all of it.
create or replace function runs_by_id(p_ids uuid[]) returns setof runs
language sql stable set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
  select * from runs where id = any(p_ids)
$$;
