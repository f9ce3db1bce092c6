import { describe, expect, it } from "vitest";
import { liveReady, subscribeLive } from "@/server/db/live";
import { hotPool } from "@/server/db/pools";
import { addStep, useDraftBench } from "./drafts.testkit";

const { north, south, create, member, edit, colleague } = useDraftBench();

describe("who has the builder open", () => {
  it("is seen by the others, with the step they look at, until they leave or fall silent", async () => {
    await create("visited");
    const kim = await colleague("kim");
    const page = member("builder");
    const here = (nodeId: string | null) => page.drafts.present({ slug: "visited", clientId: "mine", nodeId });
    const kims = (nodeId: string | null) => kim.page.drafts.present({ slug: "visited", clientId: "theirs", nodeId });
    expect(await here(null)).toEqual([]);
    expect(await kims("shape")).toEqual([
      { clientId: "mine", userId: north().members.builder.userId, name: "builder", nodeId: null },
    ]);
    expect(await here(null)).toEqual([{ clientId: "theirs", userId: kim.userId, name: "kim", nodeId: "shape" }]);
    await kim.page.drafts.leave({ slug: "visited", clientId: "theirs" });
    expect(await here(null)).toEqual([]);
    await kims(null);
    await hotPool().query(
      "update draft_presence set seen_at = now() - interval '50 seconds' where client_id = 'theirs'",
    );
    expect(await here(null)).toEqual([]);
  });

  it("is announced when somebody comes, moves or goes, to builders of that workflow alone", async () => {
    await create("announced");
    const page = member("builder");
    const { workflowId } = await page.drafts.open({ slug: "announced" });
    const heard: string[][] = [];
    const { organizationId } = north().members.owner.actor;
    const unsubscribe = subscribeLive(organizationId, ({ kinds }) => heard.push(kinds));
    await liveReady();
    const present = (nodeId: string | null) => page.drafts.present({ slug: "announced", clientId: "a", nodeId });
    await present(null);
    await present(null);
    await present("shape");
    await page.drafts.leave({ slug: "announced", clientId: "a" });
    await page.drafts.leave({ slug: "announced", clientId: "a" });
    await edit("announced", [addStep("x")]);
    await edit("announced", [addStep("y")], 1);
    const draft = [`draft:${workflowId}`];
    // The first edit begins the draft, which lists show; later ones are nobody else's business.
    await expect.poll(() => heard).toEqual([draft, draft, draft, ["workflow"], draft, draft]);
    unsubscribe();
  });

  it("a tab of another organization with the same name changes nothing", async () => {
    await create("mine-only");
    const page = member("builder");
    await page.drafts.present({ slug: "mine-only", clientId: "same", nodeId: "shape" });
    const theirs = member("builder", south());
    await theirs.library.create({ name: "Theirs", description: "" });
    expect(await theirs.drafts.present({ slug: "theirs", clientId: "same", nodeId: null })).toEqual([]);
    expect(await page.drafts.present({ slug: "mine-only", clientId: "other", nodeId: null })).toMatchObject([
      { clientId: "same", nodeId: "shape" },
    ]);
  });
});
