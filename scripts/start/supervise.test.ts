import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { processIsAlive } from "../postgres/postmaster-lock";
import { supervise } from "./supervise";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "holdpoint-supervise-"));
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const pidFile = () => join(dataDir, "run", "sample.pid");

function superviseScript(source: string, silentSeconds = 60) {
  const script = join(dataDir, "sample.mjs");
  writeFileSync(script, source);
  return supervise({
    name: "sample",
    node: process.execPath,
    command: [script],
    environment: process.env,
    dataDir,
    silentSeconds,
  });
}

async function pidOtherThan(before: number, patienceMs = 10_000): Promise<number> {
  return await vi.waitFor(() => {
    const pid = Number.parseInt(readFileSync(pidFile(), "utf8"), 10);
    expect(pid).not.toBe(before);
    return pid;
  }, patienceMs);
}

test("puts a new process in the place of a killed one, and stops the last one", async () => {
  const supervised = superviseScript("setInterval(() => undefined, 1000);");
  const first = await pidOtherThan(0);
  process.kill(first, "SIGKILL");
  const second = await pidOtherThan(first);
  expect(processIsAlive(second)).toBe(true);
  await supervised.stop();
  expect(processIsAlive(second)).toBe(false);
  expect(existsSync(pidFile())).toBe(false);
});

test("H5 H7 a process that hangs is ended, and another takes its place", async () => {
  const hang = join(dataDir, "hang");
  writeFileSync(hang, "");
  const supervised = superviseScript(
    `import { existsSync, rmSync } from "node:fs";
    const hang = ${JSON.stringify(hang)};
    setInterval(() => {
      if (!existsSync(hang)) return;
      rmSync(hang);
      for (;;);
    }, 1_500);`,
    2,
  );
  const first = await pidOtherThan(0);
  const second = await pidOtherThan(first, 30_000);
  expect(existsSync(hang)).toBe(false);
  expect(processIsAlive(second)).toBe(true);
  expect(supervised.crashes).toBe(1);
  await supervised.stop();
}, 60_000);

test("counts a crash loop and keeps what the process said last", async () => {
  const supervised = superviseScript("console.error('no such table'); process.exit(3);");
  await vi.waitFor(() => expect(supervised.crashes).toBeGreaterThan(1), 10_000);
  expect(supervised.lastLines()).toContain("no such table");
  await supervised.stop();
});

test("kill ends it although it does not listen, and nothing takes its place", async () => {
  const supervised = superviseScript("process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000);");
  const pid = await pidOtherThan(0);
  supervised.kill();
  await vi.waitFor(() => expect(processIsAlive(pid)).toBe(false), 10_000);
  await supervised.stop();
  expect(existsSync(pidFile())).toBe(false);
});

test("H7 R1 the successor of a process that crashed is told, that of one that somebody ended is not", async () => {
  const [heirs, crashed] = [join(dataDir, "heirs"), join(dataDir, "crashed")];
  const supervised = superviseScript(`
    import { appendFileSync, existsSync, writeFileSync } from "node:fs";
    appendFileSync(${JSON.stringify(heirs)}, process.env.HOLDPOINT_FAULTY_PID + "\\n");
    if (!existsSync(${JSON.stringify(crashed)})) { writeFileSync(${JSON.stringify(crashed)}, ""); process.abort(); }
    setInterval(() => undefined, 1000);`);
  const told = (count: number): Promise<string[]> =>
    vi.waitFor(() => {
      const lines = readFileSync(heirs, "utf8").trim().split("\n");
      expect(lines).toHaveLength(count);
      return lines;
    }, 20_000);
  const [first, second] = await told(2);
  expect(first).toBe("undefined");
  expect(Number(second)).toBeGreaterThan(0);
  process.kill(await pidOtherThan(Number(second)), "SIGKILL");
  expect((await told(3))[2]).toBe("undefined");
  await supervised.stop();
});
