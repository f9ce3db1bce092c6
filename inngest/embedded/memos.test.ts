import { afterAll, beforeAll, expect, it } from "vitest";
import { eventually, startTestRun } from "../runtime/runtime.testkit";
import { call, createScene, edges, type Scene } from "../runtime/scene.testkit";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
  // A finished run leaves no memo, so each that is written is noted.
  await scene.database.pool.query(`
    create table noted_memos (exec_run uuid, name text);
    grant all on noted_memos to public;
    create function note_memo() returns trigger language plpgsql as $$
    begin
      insert into noted_memos values (new.exec_run, new.name);
      return null;
    end $$;
    create trigger note_memo after insert on exec_steps for each row execute function note_memo()`);
});
afterAll(() => scene.close());

async function notedMemos(): Promise<string[]> {
  const { rows } = await scene.database.pool.query<{ name: string }>("select name from noted_memos");
  return rows.map(({ name }) => name);
}

const runs = async (): Promise<number> => (await scene.database.pool.query("select 1 from exec_runs")).rowCount ?? 0;

it("a run that never waits writes no memo", async () => {
  const flow = await scene.workflow({
    startNodeId: "a",
    nodes: [call("a"), call("b"), call("c")],
    edges: edges(["a", "b"], ["b", "c"]),
  });
  const id = await startTestRun(scene.worker, flow);
  expect((await scene.finished(id))["status"]).toBe("completed");
  await eventually(runs, (left) => left === 0);
  expect(scene.callsOf(id)).toEqual(["a", "b", "c"]);
  expect(await notedMemos()).toEqual([]);
});

it("a run that waits writes each memo once, when it begins to wait", async () => {
  const flow = await scene.workflow({
    startNodeId: "a",
    nodes: [call("a"), call("b"), { id: "ask", type: "approval", assignTo: "role:manager" }, call("c")],
    edges: edges(["a", "b"], ["b", "ask"], ["ask", "c", "approved"]),
  });
  const id = await startTestRun(scene.worker, flow);
  const asked = await scene.openWaitpoint(id);
  const parked = await eventually(notedMemos, (names) => names.length > 0);
  expect(parked.length).toBe(new Set(parked).size);
  await scene.resolve(flow.organizationId, asked.id, "approved");
  expect((await scene.finished(id))["status"]).toBe("completed");
  await eventually(runs, (left) => left === 0);
  expect(scene.callsOf(id)).toEqual(["a", "b", "c"]);
  const all = await notedMemos();
  expect(all.length).toBe(new Set(all).size);
});
