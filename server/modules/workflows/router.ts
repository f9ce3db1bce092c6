import { z } from "zod";
import { versionNumber } from "@/core/contracts/version-number";
import { admittedJson, admittedObject } from "@/core/contracts/admitted-json";
import { router, scoped } from "@/server/api/trpc";
import { workflowDetail, workflowOverview } from "./overview";
import { publishWorkflow, retireWorkflow, rollbackWorkflow, setEnabled, validateDocument } from "./service";

const slug = z.object({ slug: z.string().max(200) });

export const workflowsRouter = router({
  list: scoped("workflows:read").query(async ({ ctx }) => ({ items: await workflowOverview(ctx.actor) })),
  get: scoped("workflows:read")
    .input(slug)
    .query(({ ctx, input }) => workflowDetail(ctx.actor, input.slug)),
  publish: scoped("workflows:publish")
    .input(slug.extend({ note: z.string().max(1000).optional() }))
    .mutation(async ({ ctx, input }) => {
      const { workflow } = await publishWorkflow(
        ctx.actor,
        input.slug,
        input.note === undefined ? {} : { note: input.note },
      );
      return { publishedVersion: workflow.publishedVersion };
    }),
  rollback: scoped("workflows:publish")
    .input(slug.extend({ version: versionNumber }))
    .mutation(async ({ ctx, input }) => {
      const { workflow } = await rollbackWorkflow(ctx.actor, input.slug, input.version);
      return { publishedVersion: workflow.publishedVersion };
    }),
  retire: scoped("workflows:publish")
    .input(slug)
    .mutation(async ({ ctx, input }) => {
      const { workflow } = await retireWorkflow(ctx.actor, input.slug);
      return { status: workflow.status };
    }),
  setEnabled: scoped("workflows:publish")
    .input(slug.extend({ enabled: z.boolean() }))
    .mutation(async ({ ctx, input }) => {
      const { enabled } = await setEnabled(ctx.actor, input.slug, input.enabled);
      return { enabled };
    }),
  // It changes nothing, but costs work in proportion to what is sent: nothing that a link may ask for.
  validate: scoped("workflows:read")
    .input(z.looseObject({ spec: admittedJson }).transform((document) => admittedObject.parse(document)))
    .mutation(async ({ ctx, input }) => ({ issues: await validateDocument(ctx.actor, input) })),
});
