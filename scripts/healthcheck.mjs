// Whether this container does its work: exit code 0 when it is ready, else 1 and what is missing. Built-ins only.
const { HOLDPOINT_ROLE = "all", HOLDPOINT_WORKER_PORT = "3001", PORT = "3000" } = process.env;
const url =
  HOLDPOINT_ROLE === "worker"
    ? `http://127.0.0.1:${HOLDPOINT_WORKER_PORT}/health`
    : `http://127.0.0.1:${PORT}/api/health`;

try {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  process.stdout.write(`${await response.text()}\n`);
  process.exitCode = response.ok ? 0 : 1;
} catch (error) {
  process.stdout.write(`${url} does not answer: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
