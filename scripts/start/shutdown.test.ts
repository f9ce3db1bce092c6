import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { projectRoot } from "../db/project-files";

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "holdpoint-shutdown-"));
});
afterEach(() => {
  child?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** A process with two parts; the one that is stopped first takes for ever unless it is killed. Its clock goes by signals. */
async function stuckProcess() {
  const script = join(folder, "stuck.ts");
  writeFileSync(
    script,
    `import { createShutdown } from ${JSON.stringify(join(projectRoot, "scripts/start/shutdown.ts"))};
     let time = 0;
     process.on("SIGUSR2", () => { time += 1000; console.log("a second later"); });
     const shutdown = createShutdown(() => time);
     let killed = () => undefined;
     let heard = 0;
     process.on("SIGINT", () => console.log("heard " + String((heard += 1))));
     shutdown.onStop("last", () => { console.log("last stopped"); });
     shutdown.onStop("stuck", () => new Promise((resolve) => { killed = resolve; }), () => { console.log("killed"); killed(); });
     setInterval(() => undefined, 1000);
     console.log("up");`,
  );
  let output = "";
  const started = spawn(process.execPath, ["--import", "tsx", script], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "inherit"],
  });
  child = started;
  started.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const ended = new Promise<number | null>((resolve) => started.once("exit", resolve));
  const says = (text: string) => vi.waitFor(() => expect(output).toContain(text), 20_000);
  await says("up");
  return { signal: (name: NodeJS.Signals) => started.kill(name), says, ended, output: () => output };
}

test("the same Ctrl-C may arrive twice; a second one stops at once, in order", async () => {
  const stuck = await stuckProcess();
  stuck.signal("SIGINT");
  await stuck.says("Stopping …");
  // npm passes on what the terminal had already sent.
  stuck.signal("SIGINT");
  // Two different signals that are sent at once may be heard the other way round.
  await stuck.says("heard 2");
  stuck.signal("SIGUSR2");
  await stuck.says("a second later");
  expect(stuck.output()).not.toContain("killed");
  stuck.signal("SIGINT");
  expect(await stuck.ended).toBe(0);
  expect(stuck.output()).toMatch(/Stopping at once …\nkilled\nheard 3\nlast stopped/);
});
