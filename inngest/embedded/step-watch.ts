import { NonRetriableError, type Inngest, type Middleware } from "inngest";
import { currentBody, runBody } from "./dispatch-context";

type Hooks = Pick<Middleware.BaseMiddleware, "id" | "client" | "wrapStepHandler" | "transformStepInput">;

/**
 * Tells the executor that a step's body is at work: a call is given up when it shows no life, not because a step takes
 * long. And refuses a step inside a step, which would never answer, here and on a real server alike.
 */
// The SDK calls it with `new`, once for every call of a function.
export const stepWatch = function ({ client }: { client: Inngest.Any }): Hooks {
  return { id: "holdpoint:step-watch", client, wrapStepHandler, transformStepInput };
} as unknown as Middleware.Class;

function wrapStepHandler({ next, stepInfo }: Middleware.WrapStepHandlerArgs): Promise<unknown> {
  return runBody(stepInfo.options.name ?? stepInfo.options.id, next);
}

function transformStepInput(arg: Middleware.TransformStepInputArgs): Middleware.TransformStepInputArgs {
  const outer = currentBody();
  if (outer === null) return arg;
  const { id, name } = arg.stepOptions;
  throw new NonRetriableError(
    `The step "${name ?? id}" is inside the step "${outer}". Steps cannot be nested: end one before the next begins.`,
  );
}
