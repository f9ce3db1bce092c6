import { afterAll, beforeAll, expect, it } from "vitest";
import { attack, processesOf, type Answer, type Attacked } from "./attacked.testkit";
import { createDice } from "./dice.testkit";
import { expectEveryRunToEnd } from "./runs-end.testkit";
import { oddValue } from "./mutate.testkit";
import { documentText } from "./documents.testkit";
import { extent, inParallel, openInFlight, percentile, report, seedsOf } from "./extent.testkit";

/** Of the web process, in MB, over nine tenths of the documents. */
const mostGrowthMb = 100;

let target: Attacked;
beforeAll(async () => {
  target = await attack("documents");
});
afterAll(() => target.close());

/** Seeds whose document once found something. */
const kept: readonly number[] = [
  // A field of a trigger whose name is NUL, in a file that is imported.
  688_749_508,
];

it("S6 L18 generated documents are answered in words, store nothing by half, and start no run that cannot end", async () => {
  const seeds = seedsOf(extent(10_000, 150), kept);
  const log = openInFlight("s6-documents");
  const before = { processes: processesOf(target), memory: target.memory() };
  const times: number[] = [];
  const statuses = new Map<number, number>();
  const problems: string[] = [];

  const note = (seed: number, way: string, answer: Answer): void => {
    log.answered(seed, `${way} ${answer.status} ${answer.ms.toFixed(0)} ms`);
    times.push(answer.ms);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answer.status >= 500) problems.push(`${seed} ${way}: ${answer.status} ${answer.text.slice(0, 300)}`);
    if (answer.status >= 400 && !/"code":"\w+"|"code":-\d+/.test(answer.text))
      problems.push(`${seed} ${way}: ${answer.status} without a code: ${answer.text.slice(0, 300)}`);
  };

  // What is loaded and kept for the first documents is there from then on: what counts is what every further one adds.
  const warm = Math.floor(seeds.length / 10);
  let begun = 0;
  let warmMemory = 0;
  await inParallel(seeds, 4, async (seed) => {
    begun += 1;
    if (begun === warm) warmMemory = target.memory();
    const dice = createDice(seed);
    const slug = `fuzz-${seed}`;
    const text = documentText(dice, slug);
    const { cookie } = target.organization.members.owner;
    const through = async (way: string, send: () => Promise<Answer>): Promise<Answer> => {
      log.sending(seed, `${way} ${text}`);
      const answer = await send().catch((error: unknown) => {
        throw new Error(`seed ${seed}: no answer to ${way}, see ${log.path}`, { cause: error });
      });
      note(seed, way, answer);
      return answer;
    };
    await through("validate", () => target.send("POST", "/api/workflows/validate", { body: text }));
    await through("readImport", () => target.trpc("POST", "library.readImport", { text }, cookie));
    const imports = dice.chance(0.3);
    const saved = imports
      ? await through("importDocument", () => target.trpc("POST", "library.importDocument", { text }, cookie))
      : await through("create", () => target.send("POST", "/api/workflows", { body: text }));
    if (saved.status >= 300) return;
    const stored = /"slug":"([^"]{1,120})"/.exec(saved.text)?.[1] ?? slug;
    const at = `/api/workflows/${encodeURIComponent(stored)}`;
    await through("read", () => target.send("GET", `${at}?format=canonical`));
    if (dice.chance(0.2)) {
      const change = JSON.stringify({ [dice.pick(["spec", "triggers", "config"])]: oddValue(dice) });
      await through("change", () => target.send("PATCH", at, { body: change }));
    }
    const published = await through("publish", () => target.send("POST", `${at}/publish`, { body: "{}" }));
    if (published.status >= 300) return;
    await through("start", () =>
      target.send("POST", `${at}/executions`, {
        body: JSON.stringify({ input: dice.pick([{}, { a: [1, 2] }, { products: [] }]) }),
      }),
    );
  });

  expect(problems).toEqual([]);
  expect(processesOf(target)).toEqual(before.processes);
  await expectNothingByHalf();
  const runs = await expectEveryRunToEnd(target);
  // Some must have come that far, or the generator tests the door only.
  if (seeds.length > 1) expect(runs).toBeGreaterThan(0);
  log.close();
  const memory = target.memory();
  times.sort((one, other) => one - other);
  const counts = [...statuses].sort(([one], [other]) => one - other).map(([status, count]) => `${count} x ${status}`);
  report(
    `S6 documents: ${seeds.length} documents, ${times.length} requests (${counts.join(", ")}), 0 x 5xx, p99 ${percentile(times, 0.99).toFixed(0)} ms, ${runs} runs ended, web memory ${[before.memory, warmMemory, memory].map((mb) => mb.toFixed(0)).join(" -> ")} MB`,
  );
  // A tenth of a few documents warms nothing up.
  if (seeds.length >= 10_000) expect(memory - warmMemory).toBeLessThanOrEqual(mostGrowthMb);
});

async function expectNothingByHalf(): Promise<void> {
  const { id } = target.organization;
  const halves = await target.rows(
    `select w.slug, 'head version missing' as what from workflows w
       where organization_id = $1 and not exists (select from workflow_versions v where v.workflow_id = w.id and v.number = w.head_version)
     union all
     select w.slug, 'published version missing' from workflows w
       where organization_id = $1 and published_version is not null
         and not exists (select from workflow_versions v where v.workflow_id = w.id and v.number = w.published_version)
     union all
     select v.id::text, 'version of no workflow' from workflow_versions v
       where organization_id = $1 and not exists (select from workflows w where w.id = v.workflow_id)
     union all
     select r.id::text, 'run of a version that is not there' from runs r
       where organization_id = $1 and not exists (select from workflow_versions v where v.id = r.version_id)`,
    [id],
  );
  expect(halves).toEqual([]);
}
