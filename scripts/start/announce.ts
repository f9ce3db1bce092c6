import { demoCredentialsPath, renewDemoLink } from "../../server/auth/demo-link";
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
    const link = renewDemoLink(settings.dataDir) ?? settings.baseUrl;
    lines.push("", "Sign in with one click, in one browser:", `  ${link}`);
    lines.push("", "The people, their passwords, an API key for scripts and the next link:");
    lines.push(`  ${demoCredentialsPath(settings.dataDir)}`);
  }
  console.log([...lines, "", "Ctrl-C stops everything.", ""].join("\n"));
}
