import { afterAll, beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/server/db/database.testkit";
import { hotPool } from "@/server/db/pools";
import type { TestDatabase } from "@/tests/database";
import { addressBlock } from "./client-address";
import { admitGuess, forgiveGuess, type Guesser } from "./guess-delay";
import { storedPassword } from "./identity.testkit";
import { verifyPassword } from "./password";

let database: TestDatabase;
beforeAll(async () => {
  database = await useTestDatabase();
});
afterAll(() => database.close());

const guesser = (key: string, more: Partial<Guesser> = {}): Guesser => ({
  key,
  free: 5,
  firstSeconds: 3_600,
  longestSeconds: 36_000,
  ofOneAccount: true,
  ...more,
});

/** The time passes for which the gate is closed. */
const pass = () => hotPool().query("update guess_counters set expire = 1 where key like 'gate:%'");

it("M1 of many guesses at once the free ones are judged and one more; the others wait", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => admitGuess([guesser("many")])));
  expect(answers.filter((wait) => wait === null)).toHaveLength(6);
  for (const wait of answers) if (wait !== null) expect(wait).toBeLessThanOrEqual(3_600_000);
});

it("M1 the waiting doubles up to its longest, and a try always comes", async () => {
  const slow = guesser("slow", { free: 0, longestSeconds: 4 * 3_600 });
  const waits: number[] = [];
  for (let guess = 0; guess < 5; guess += 1) {
    expect(await admitGuess([slow])).toBeNull();
    waits.push(Math.round(((await admitGuess([slow])) ?? 0) / 3_600_000));
    await pass();
  }
  expect(waits).toEqual([1, 2, 4, 4, 4]);
});

it("M1 one who has to wait for one counter uses up nothing of another", async () => {
  const [closed, other] = [guesser("closed", { free: 0 }), guesser("other", { free: 1 })];
  expect(await admitGuess([closed])).toBeNull();
  for (let guess = 0; guess < 3; guess += 1) expect(await admitGuess([other, closed])).not.toBeNull();
  expect(await admitGuess([other])).toBeNull();
});

it("M1 a right password forgets the wrong ones of its account, and of an address just its own try", async () => {
  const account = guesser("account", { free: 1 });
  const address = guesser("address", { free: 2, ofOneAccount: false });
  for (let guess = 0; guess < 4; guess += 1) {
    expect(await admitGuess([account, address])).toBeNull();
    await forgiveGuess([account, address]);
  }
  expect(await admitGuess([address])).toBeNull();
  expect(await admitGuess([address])).toBeNull();
  expect(await admitGuess([address])).toBeNull();
  expect(await admitGuess([address])).not.toBeNull();
});

it.each([
  ["203.0.113.9", "203.0.113.9"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8:1:2::6", "2001:db8:1:2"],
  ["2001:0db8:0001:0002:ffff::", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
  ["fe80::1%eth0", "fe80:0:0:0"],
  ["unknown", "unknown"],
])("M1 %s counts as %s", (address, block) => {
  expect(addressBlock(address)).toBe(block);
});

it("M1 passwords wait in a line that ends: beyond it 503 with the time to come back", async () => {
  const stored = storedPassword("right");
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => verifyPassword("right", stored)));
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(16);
  const refused = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason as unknown] : []));
  expect(refused).toEqual(
    Array.from({ length: 4 }, () =>
      expect.objectContaining({ code: "unavailable", status: 503, extra: { retryAfterSeconds: 2 } }),
    ),
  );
  expect(await verifyPassword("right", stored)).toBe(true);
});
