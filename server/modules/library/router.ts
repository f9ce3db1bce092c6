import { z } from "zod";
import { versionNumber } from "@/core/contracts/version-number";
import { descriptionSchema, folderSchema, nameSchema, organizeSchema } from "@/core/contracts/library";
import { router, scoped } from "@/server/api/trpc";
import {
  createBlank,
  deleteForever,
  duplicateWorkflow,
  exportDocument,
  firstSteps,
  importDocument,
  listTrash,
  organizeWorkflow,
  readImport,
  restoreWorkflow,
  templateCards,
  templateChoices,
  trashWorkflow,
  useTemplate,
} from "./service";

const slug = z.object({ slug: z.string().max(200) });
const id = z.object({ id: z.uuid() });
const text = z.object({ text: z.string().max(3_000_000) });

export const libraryRouter = router({
  create: scoped("workflows:write")
    .input(z.object({ name: nameSchema, description: descriptionSchema.default(""), folder: folderSchema.optional() }))
    .mutation(({ ctx, input: { name, description, folder } }) =>
      createBlank(ctx.actor, { name, description, ...(folder === undefined ? {} : { folder }) }),
    ),
  templates: scoped("workflows:read").query(() => ({ items: templateCards() })),
  templateChoices: scoped("workflows:read").query(({ ctx }) => templateChoices(ctx.actor)),
  useTemplate: scoped("workflows:write")
    .input(
      z.object({
        template: z.string().max(100),
        name: nameSchema,
        answers: z.record(z.string().max(100), z.union([z.string().max(500), z.number()])).default({}),
      }),
    )
    .mutation(({ ctx, input }) => useTemplate(ctx.actor, input)),
  organize: scoped("workflows:write")
    .input(organizeSchema)
    .mutation(({ ctx, input }) => organizeWorkflow(ctx.actor, input)),
  duplicate: scoped("workflows:write")
    .input(slug)
    .mutation(({ ctx, input }) => duplicateWorkflow(ctx.actor, input.slug)),
  trash: scoped("workflows:write")
    .input(slug)
    .mutation(({ ctx, input }) => trashWorkflow(ctx.actor, input.slug)),
  trashed: scoped("workflows:read").query(async ({ ctx }) => ({ items: await listTrash(ctx.actor) })),
  restore: scoped("workflows:write")
    .input(id)
    .mutation(({ ctx, input }) => restoreWorkflow(ctx.actor, input.id)),
  deleteForever: scoped("workflows:publish")
    .input(id)
    .mutation(({ ctx, input }) => deleteForever(ctx.actor, input.id)),
  readImport: scoped("workflows:read")
    .input(text)
    .mutation(({ ctx, input }) => readImport(ctx.actor, input.text)),
  importDocument: scoped("workflows:write")
    .input(text)
    .mutation(({ ctx, input }) => importDocument(ctx.actor, input.text)),
  exportDocument: scoped("workflows:read")
    .input(slug.extend({ version: z.union([versionNumber, z.literal("draft")]) }))
    .query(({ ctx, input }) => exportDocument(ctx.actor, input)),
  firstSteps: scoped("workflows:read").query(({ ctx }) => firstSteps(ctx.actor)),
});
