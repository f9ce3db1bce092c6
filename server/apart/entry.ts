import { perform, type TaskInput, type TaskName } from "./tasks";

/** What a thread of the pool is asked for. */
export function run<Name extends TaskName>({ name, input }: { name: Name; input: TaskInput<Name> }): unknown {
  return perform(name, input);
}
