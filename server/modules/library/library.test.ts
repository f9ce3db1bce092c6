import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { getWorkflow } from "@/server/modules/workflows/service";
import type { TestDatabase } from "@/tests/database";
import {
  createBlank,
  duplicateWorkflow,
  exportDocument,
  firstSteps,
  organizeWorkflow,
  templateChoices,
  useTemplate,
} from "./service";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  south = await createTestOrganization("south");
});
afterAll(() => database.close());

const builder = () => north.members.builder.actor;
const auditOf = async (id: string): Promise<string[]> =>
  (
    await database.pool.query<{ action: string }>(
      "select action from audit_entries where subject_id = $1 order by id",
      [id],
    )
  ).rows.map(({ action }) => action);

describe("New Automation", () => {
  it("M-1 M-3 a name and no description give an empty canvas: a start that a person sets off", async () => {
    const { slug } = await createBlank(builder(), { name: "Refund desk", description: "" });
    const { workflow, head } = await getWorkflow(builder(), slug);
    expect(workflow).toMatchObject({ slug: "refund-desk", name: "Refund desk", description: "", status: "draft" });
    expect(workflow.whileDraft).toBe("serve_published");
    expect(head.spec).toMatchObject({ startNodeId: "start", nodes: [{ id: "start", type: "start" }], edges: [] });
    expect(head.triggers).toEqual([{ id: "manual", type: "manual" }]);
    expect(await auditOf(workflow.id)).toEqual(["workflow.created"]);
  });

  it("takes the same name twice, and names that are pages", async () => {
    const first = await createBlank(builder(), { name: "Twice", description: "" });
    const second = await createBlank(builder(), { name: "Twice", description: "" });
    expect([first.slug, second.slug]).toEqual(["twice", "twice-2"]);
    const page = await createBlank(builder(), { name: "Templates", description: "" });
    expect(page.slug).toMatch(/^workflow-/);
  });
});

describe("where a workflow is found", () => {
  it("folder, tags, owner and name change at once, without a version, and are audited with what changed", async () => {
    const { slug } = await createBlank(builder(), { name: "Placed", description: "" });
    const ownerId = north.members.owner.userId;
    await organizeWorkflow(builder(), { slug, folder: "Finance/Invoices", tags: ["b", "a", "b"], ownerId });
    await organizeWorkflow(builder(), { slug, name: "Placed well" });
    await organizeWorkflow(builder(), { slug, name: "Placed well" });
    const { rows } = await database.pool.query("select * from workflows where slug = $1", [slug]);
    expect(rows[0]).toMatchObject({
      name: "Placed well",
      folder: "Finance/Invoices",
      tags: ["a", "b"],
      owner_id: ownerId,
      head_version: 1,
    });
    expect(await auditOf(rows[0].id)).toEqual(["workflow.created", "workflow.organized", "workflow.organized"]);
  });

  it("H11 nobody becomes the owner of a colleague's workflow by their own word", async () => {
    const { slug } = await createBlank(north.members.owner.actor, { name: "Not yours", description: "" });
    const ownerId = builder().userId;
    await expect(organizeWorkflow(builder(), { slug, ownerId })).rejects.toMatchObject({ code: "forbidden" });
    await organizeWorkflow(north.members.admin.actor, { slug, ownerId });
    await organizeWorkflow(builder(), { slug, ownerId: north.members.owner.userId });
  });

  it("refuses owners from elsewhere, people without the right, and other organizations' workflows", async () => {
    const { slug } = await createBlank(builder(), { name: "Guarded", description: "" });
    await expect(organizeWorkflow(builder(), { slug, ownerId: south.members.owner.userId })).rejects.toMatchObject({
      code: "validation_failed",
    });
    await expect(organizeWorkflow(north.members.viewer.actor, { slug, name: "X" })).rejects.toMatchObject({
      code: "missing_scope",
    });
    await expect(organizeWorkflow(south.members.owner.actor, { slug, name: "X" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(duplicateWorkflow(south.members.owner.actor, slug)).rejects.toMatchObject({ code: "not_found" });
    await expect(exportDocument(south.members.owner.actor, { slug, version: "draft" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("copies", () => {
  it("a duplicate has the document, place, tags and samples, an own slug and owner, and is not live", async () => {
    const { slug } = await useTemplate(north.members.owner.actor, {
      template: "expense-approval",
      name: "Expenses",
      answers: { limit: 750 },
    });
    await organizeWorkflow(builder(), { slug, folder: "Finance" });
    const copy = await duplicateWorkflow(builder(), slug);
    expect(copy.slug).toBe("copy-of-expenses");
    const [from, to] = await Promise.all([getWorkflow(builder(), slug), getWorkflow(builder(), copy.slug)]);
    expect(to.head.spec).toEqual(from.head.spec);
    expect(to.head.config).toMatchObject({ variables: { limit: 750 } });
    expect(to.head.triggers).toEqual(from.head.triggers);
    const { rows } = await database.pool.query(
      "select w.folder, w.tags, w.owner_id, w.published_version, s.name, s.input from workflows w join test_samples s on s.workflow_id = w.id where w.slug = $1",
      [copy.slug],
    );
    expect(rows).toEqual([
      {
        folder: "Finance",
        tags: ["approvals", "expenses"],
        owner_id: north.members.builder.userId,
        published_version: null,
        name: "Sample",
        input: expect.objectContaining({ amount: 640 }),
      },
    ]);
  });

  it("a template says which answer is missing or wrong, and which template there is not", async () => {
    const answers = { limit: -5 };
    await expect(useTemplate(builder(), { template: "expense-approval", name: "X", answers })).rejects.toMatchObject({
      code: "validation_failed",
      details: [{ path: "answers.limit" }],
    });
    await expect(useTemplate(builder(), { template: "nothing", name: "X", answers: {} })).rejects.toMatchObject({
      code: "not_found",
    });
    const { people } = await templateChoices(builder());
    expect(people.map(({ value }) => value)).toEqual(
      expect.arrayContaining(["role:owner", `user:${north.members.owner.userId}`]),
    );
    expect(people.some(({ value }) => value === `user:${south.members.owner.userId}`)).toBe(false);
  });

  it("knows how far somebody has come", async () => {
    expect(await firstSteps(south.members.builder.actor)).toMatchObject({
      created: false,
      tested: false,
      published: false,
      workflow: null,
      mayCreate: true,
    });
    expect(await firstSteps(south.members.viewer.actor)).toMatchObject({ mayCreate: false });
    expect(await firstSteps(builder())).toMatchObject({ created: true });
  });
});
