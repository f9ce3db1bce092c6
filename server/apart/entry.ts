import { perform, type TaskName } from "./tasks";

/** What a thread answers: how long others kept it waiting does not count. */
export interface Performed {
  /** JSON. */
  result: string;
  milliseconds: number;
}

/** What a thread of the pool is asked for. As text: copying a document object by object takes several times as long. */
export function run({ name, input }: { name: TaskName; input: string }): Performed {
  const begun = performance.now();
  // Written by `workApart` for the task of that name.
  const result = JSON.stringify(perform(name, JSON.parse(input) as never));
  return { result, milliseconds: performance.now() - begun };
}
