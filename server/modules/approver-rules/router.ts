import {
  createRuleSchema,
  publishRuleSchema,
  restoreRuleSchema,
  ruleNameSchema,
  saveRuleSchema,
  simulateRuleSchema,
} from "@/core/contracts/approver-rule";
import { router, scoped } from "@/server/api/trpc";
import {
  createRule,
  getRule,
  listRules,
  listRuleVersions,
  publishRule,
  removeRule,
  restoreRule,
  saveRule,
  simulate,
} from "./service";

export const approverRulesRouter = router({
  list: scoped("workflows:read").query(async ({ ctx }) => ({ items: await listRules(ctx.actor) })),
  get: scoped("workflows:read")
    .input(ruleNameSchema)
    .query(({ ctx, input }) => getRule(ctx.actor, input.key)),
  versions: scoped("workflows:read")
    .input(ruleNameSchema)
    .query(async ({ ctx, input }) => ({ items: await listRuleVersions(ctx.actor, input.key) })),
  simulate: scoped("workflows:read")
    .input(simulateRuleSchema)
    .query(({ ctx, input }) => simulate(ctx.actor, input)),
  create: scoped("workflows:write")
    .input(createRuleSchema)
    .mutation(({ ctx, input }) => createRule(ctx.actor, input)),
  save: scoped("workflows:write")
    .input(saveRuleSchema)
    .mutation(({ ctx, input }) => saveRule(ctx.actor, input)),
  restore: scoped("workflows:write")
    .input(restoreRuleSchema)
    .mutation(({ ctx, input }) => restoreRule(ctx.actor, input)),
  publish: scoped("members:manage")
    .input(publishRuleSchema)
    .mutation(({ ctx, input }) => publishRule(ctx.actor, input)),
  remove: scoped("members:manage")
    .input(ruleNameSchema)
    .mutation(async ({ ctx, input }) => {
      await removeRule(ctx.actor, input.key);
    }),
});
