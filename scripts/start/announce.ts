import { readDemoCredentials } from "./demo-credentials";
import type { StartSettings } from "./settings";

/** The last thing `npm start` prints: where to go and who to sign in as. */
export function announce(settings: StartSettings): void {
  const lines = ["", `Holdpoint is running at ${settings.baseUrl}`];
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
