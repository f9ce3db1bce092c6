import { readDemoCredentials } from "./demo-credentials";
import type { Role } from "./role";
import type { StartSettings } from "./settings";

const opening: Readonly<Record<Role, (settings: StartSettings) => string>> = {
  all: ({ baseUrl }) => `Holdpoint is running at ${baseUrl}`,
  web: ({ baseUrl, host, port }) => `Holdpoint is running at ${baseUrl} (this machine: web on ${host}:${port})`,
  worker: ({ host, workerPort }) => `A worker of Holdpoint is running (calls arrive at ${host}:${workerPort ?? ""})`,
};

/** The last thing `npm start` prints: where to go and who to sign in as. */
export function announce(settings: StartSettings): void {
  const lines = ["", opening[settings.role](settings)];
  const demo = settings.demo ? readDemoCredentials(settings.dataDir) : undefined;
  if (demo) {
    const width = Math.max(...demo.users.map((user) => user.email.length));
    lines.push(
      "",
      "Sign in as",
      ...demo.users.map((user) => `  ${user.email.padEnd(width)}  ${user.password}  ${user.roles.join(", ")}`),
    );
    lines.push("", `The same and an API key for scripts: ${settings.dataDir}/demo-credentials.json`);
  }
  console.log([...lines, "", "Ctrl-C stops everything.", ""].join("\n"));
}
