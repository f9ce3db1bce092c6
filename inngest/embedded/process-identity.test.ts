import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { isGone, thisProcess, type ProcessIdentity } from "./process-identity";

const children: ChildProcess[] = [];
const module = fileURLToPath(new URL("process-identity.ts", import.meta.url));

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** A process that says who it is and stays. */
async function another(): Promise<{ identity: ProcessIdentity; child: ChildProcess }> {
  const program = `const { thisProcess } = await import(${JSON.stringify(module)}); console.log(JSON.stringify(thisProcess())); setInterval(() => {}, 1e6);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  return { child, identity: JSON.parse(said.toString()) as ProcessIdentity };
}

test("3.8 a process of this host is known to be there, and to be gone once it has ended", async () => {
  const { child, identity } = await another();
  expect(identity.host).toBe(thisProcess().host);
  expect(identity.pid).toBe(child.pid);
  expect(isGone(identity)).toBe(false);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isGone(identity)).toBe(true);
});

test("one that is only stopped is there", async () => {
  const { child, identity } = await another();
  child.kill("SIGSTOP");
  expect(isGone(identity)).toBe(false);
});

test("this process is there; an earlier one with the same pid is gone", () => {
  expect(isGone(thisProcess())).toBe(false);
  expect(isGone({ ...thisProcess(), start: "an earlier one" })).toBe(true);
});

test("another process that was given the pid is not taken for the one that had it, where the system tells them apart", async () => {
  const { identity } = await another();
  expect(isGone({ ...identity, start: "1" })).toBe(process.platform === "linux");
});
