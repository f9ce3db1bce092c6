import { perform, type TaskName } from "./tasks";

/** What a thread of the pool is asked for. As text: copying a document object by object takes several times as long. */
export function run({ name, input }: { name: TaskName; input: string }): string {
  // Written by `workApart` for the task of that name.
  return JSON.stringify(perform(name, JSON.parse(input) as never));
}
