import { expect, test } from "vitest";
import { stepDefinitions } from "./definitions";
import { findExecutor, stepExecutors } from "./executors";

test("every available step type has an executor, no other has", () => {
  const available = Object.values(stepDefinitions)
    .filter((definition) => definition.available)
    .map((definition) => definition.type);
  expect(Object.keys(stepExecutors).sort()).toEqual(available.sort());
});

test("every wait can be resolved, and every container repeated", () => {
  for (const definition of Object.values(stepDefinitions).filter(({ available }) => available)) {
    const executor = findExecutor(definition.type);
    if (definition.kind === "wait") expect(executor, definition.type).toHaveProperty("resolve");
    if (definition.kind === "container") expect(executor, definition.type).toHaveProperty("decideRepeat");
  }
});

test("a name that is no type finds nothing", () => {
  for (const type of ["llm", "nope", "__proto__", "constructor", "toString"]) expect(findExecutor(type)).toBeNull();
});
