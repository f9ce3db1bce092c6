const shared = {
  max_connections: "200",
  shared_buffers: "256MB",
  jit: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  timezone: "UTC",
  log_timezone: "UTC",
};

/** For `npm start`: a committed transaction survives a power cut. */
export const durableSettings = {
  ...shared,
  fsync: "on",
  synchronous_commit: "on",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  // Queue-like tables (outbox, executor jobs) are rewritten all the time: vacuum them early and in small bites.
  autovacuum_naptime: "15s",
  autovacuum_vacuum_scale_factor: "0.05",
  autovacuum_analyze_scale_factor: "0.05",
};

/** For tests: the cluster is deleted afterwards, so nothing needs to reach the disk. */
export const throwawaySettings = {
  ...shared,
  shared_buffers: "128MB",
  // Each of thousands of connections proves its password; there is nothing to guess here.
  scram_iterations: "1",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
};
