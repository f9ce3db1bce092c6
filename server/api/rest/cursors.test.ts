import { expect, it } from "vitest";
import { newId } from "@/core/ids";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { encodeCursor } from "./paging";

const bench = useWorkflowBench();

const times = [
  "0000-01-01T00:00:00Z",
  "0000-01-01T00:00:00.000Z",
  "+275760-09-13T00:00:00.000Z",
  "2026-13-45T00:00:00Z",
  "infinity",
  "yesterday",
  "-1",
  "1e400",
  "99999999999999999999",
  "",
];

interface Reference {
  paths: Record<string, { get?: { parameters?: { name: string }[] } }>;
}

/** Each list of the reference, with ids that nobody has where it is the list of something. */
async function lists(): Promise<string[]> {
  const { paths } = (await bench.call("GET", "/api/openapi.json")).json as Reference;
  return Object.entries(paths).flatMap(([path, { get }]) =>
    get?.parameters?.some(({ name }) => name === "cursor") ? [path.replace(/\{[^}]+\}/g, newId())] : [],
  );
}

it("S6 no list breaks over a cursor that nobody was given", async () => {
  const odd = await lists();
  expect(odd.length).toBeGreaterThan(10);
  const answers = await Promise.all(
    odd.flatMap((path) =>
      times.flatMap((time) =>
        [[time], [time, newId()], [time, "x"], [newId(), time], [time, time, newId()]].map(async (values) => {
          const { status } = await bench.call("GET", `${path}?cursor=${encodeCursor(values)}`);
          return { path, values, status };
        }),
      ),
    ),
  );
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  // The lists themselves are there: what they refuse is the cursor.
  expect(new Set(answers.map(({ status }) => status))).toContain(400);
});

it.each([
  "/api/v1/runs?created_after=0000-01-01T00:00:00Z",
  "/api/v1/runs?created_before=0001-01-01T00:00:00%2B14:00",
  "/api/v1/runs?created_before=9999-12-31T23:59:59-12:00",
  "/api/v1/audit?since=0000-01-01T00:00:00Z",
  "/api/v1/audit?until=0000-01-01T00:00:00Z",
])("a time that no calendar of the product knows is refused in words: %s", async (path) => {
  const { status, json } = await bench.call("GET", path);
  expect({ status, message: json.error.details[0].message }).toEqual({
    status: 422,
    message: expect.stringContaining("between 1900 and 9999"),
  });
});
