import { expect, it } from "vitest";
import { evaluateExpression } from "./evaluate";
import { buildScope } from "./scope";

it.each(["step", "[step]", "{'steps': step}"])("%s says what to write instead", (source) => {
  const nothing = { trigger: {}, input: {}, vars: {}, run: {}, contact: null, conversation: null };
  const step = { verify: { status: "completed", output: 1 } };
  const answer = evaluateExpression(source, buildScope({ ...nothing, step, now: 0 }));
  expect(answer).toMatchObject({
    ok: false,
    error: { code: "bad_expression", message: expect.stringContaining("`step.verify.output`") as unknown },
  });
});
