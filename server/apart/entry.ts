import { perform, type TaskInput, type TaskName } from "./tasks";

/** What a thread answers: how long others kept it waiting does not count. */
export interface Performed {
  result: unknown;
  milliseconds: number;
}

/** What a thread of the pool is asked for. */
export function run<Name extends TaskName>({ name, input }: { name: Name; input: TaskInput<Name> }): Performed {
  const begun = performance.now();
  const result = perform(name, input);
  return { result, milliseconds: performance.now() - begun };
}
