import type { MyRequest, MyRequestDetail } from "@/core/contracts/request";
import { AppError } from "@/core/errors";
import { readId } from "@/core/ids";
import { asObject, type JsonObject } from "@/core/json";
import { inOrder } from "@/core/schema/property-order";
import { listPage, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { hasScope, requireScope, type UserActor } from "@/server/db/tenant";
import { directoryFacts, nameRefs } from "@/server/modules/directory/service";
import { masksOfRuns, noMask, shownInput } from "@/server/modules/runs/service";
import { nudgeRun, withdrawFor } from "./acts";
import { listAsked, openFirst } from "./asked-store";
import { holderWords } from "./holders";
import { requestProgress } from "./progress";
import { around } from "./progress-of";
import {
  findAskedRuns,
  findGivenInput,
  listDecided,
  listForms,
  requestFacts,
  type RequestFacts,
  type RequestRun,
} from "./repository";
import { myRequest, wordsOf } from "./standing";

/** What the member asked for: what is open first, then what is over, newest first. */
export async function listMine(actor: UserActor, search: string, page: PageRequest): Promise<Page<MyRequest>> {
  requireScope(actor, "runs:read");
  const { organizationId, userId } = actor;
  const { items, nextCursor } = await listPage(page, openFirst, (slice) =>
    listAsked(organizationId, { userId, search: search.trim() }, slice),
  );
  const runs = await findAskedRuns(
    organizationId,
    userId,
    items.map(({ id }) => id),
  );
  return { items: (await describe(actor, runs)).map(({ request }) => request), nextCursor };
}

/** One of them, with what was given and said. 404 for what somebody else asked for. */
export async function getMine(actor: UserActor, idText: string): Promise<MyRequestDetail> {
  requireScope(actor, "runs:read");
  const { organizationId } = actor;
  const run = await mine(actor, idText);
  const [[described], given] = await Promise.all([describe(actor, [run]), findGivenInput(organizationId, run.id)]);
  if (!described || !given) throw notMine();
  const { facts, request, words } = described;
  const mask = (await masksOfRuns(organizationId, [run.id])).get(run.id) ?? noMask;
  return {
    ...request,
    steps: requestProgress(facts).steps,
    words,
    schema: inOrder(inputSchemaOf(facts)),
    values: shownInput(asObject(given.input), mask),
    mayOpenRun: hasScope(actor, "runs:read:all") || run.ownerId === actor.userId,
  };
}

export async function nudgeMine(actor: UserActor, idText: string): Promise<void> {
  requireScope(actor, "runs:start");
  await nudgeRun(actor.organizationId, (await mine(actor, idText)).id);
}

export async function withdrawMine(
  actor: UserActor,
  { runId, reason }: { runId: string; reason?: string | undefined },
): Promise<void> {
  requireScope(actor, "runs:start");
  await withdrawFor(actor, (await mine(actor, runId)).id, { by: "requester", reason });
}

async function mine(actor: UserActor, idText: string): Promise<RequestRun> {
  const id = readId("run", idText);
  const [run] = id === null ? [] : await findAskedRuns(actor.organizationId, actor.userId, [id]);
  if (!run) throw notMine();
  return run;
}

async function describe(actor: UserActor, runs: readonly RequestRun[]) {
  const { organizationId, userId: reader } = actor;
  const ids = runs.map(({ id }) => id);
  const [requests, past, decided, masks] = await Promise.all([
    requestFacts(organizationId, runs),
    listForms(organizationId, ids, ids.length, true),
    listDecided(organizationId, ids),
    masksOfRuns(organizationId, ids),
  ]);
  const asked = requests.flatMap(({ waitpoints }) => waitpoints.flatMap(({ assignees }) => assignees));
  const [known, directory, names] = await Promise.all([
    around(organizationId, requests),
    directoryFacts(organizationId),
    nameRefs(organizationId, [...new Set(asked)]),
  ]);
  return requests.map((facts) => {
    const own = decided.filter(({ runId }) => runId === facts.run.id);
    const mask = masks.get(facts.run.id);
    const holder = (assignees: readonly string[]) => holderWords(assignees, { directory, names, reader });
    return {
      facts,
      request: myRequest(facts, { ...known(facts), past, decided: own, mask, holder, reader }),
      words: wordsOf(own, mask ?? noMask, true),
    };
  });
}

function inputSchemaOf({ spec }: RequestFacts): JsonObject {
  return asObject(asObject(spec)["inputSchema"] ?? null);
}

function notMine(): AppError {
  return new AppError("not_found", "You asked for nothing like that.");
}
