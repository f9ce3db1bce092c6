-- Events that nobody is through with yet are few, however many lie in the inbox: the worker finds them without reading the rest.
create index if not exists inbound_events_open on inbound_events (created_at) where results is null and dead_at is null;
