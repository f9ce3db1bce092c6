import { Middleware, NonRetriableError } from "inngest";
import { currentBody, runBody } from "./dispatch-context";

/**
 * Tells the executor that a step's body is at work: a call is given up when it shows no life, not because a step takes
 * long. And refuses a step inside a step, which would never answer, here and on a real server alike.
 */
export class StepWatch extends Middleware.BaseMiddleware {
  override readonly id = "holdpoint:step-watch";

  override wrapStepHandler({ next, stepInfo }: Middleware.WrapStepHandlerArgs): Promise<unknown> {
    return runBody(stepInfo.options.name ?? stepInfo.options.id, next);
  }

  override transformStepInput(arg: Middleware.TransformStepInputArgs): Middleware.TransformStepInputArgs {
    const outer = currentBody();
    if (outer === null) return arg;
    const { id, name } = arg.stepOptions;
    throw new NonRetriableError(
      `The step "${name ?? id}" is inside the step "${outer}". Steps cannot be nested: end one before the next begins.`,
    );
  }
}
