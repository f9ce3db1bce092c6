/** Two places, by their iterations, belong together when neither is in another iteration of a loop that holds both. */
export function isSamePass(one: string, other: string): boolean {
  if (one === "" || other === "") return true;
  const [left, right] = [one.split("."), other.split(".")];
  return left.every((part, depth) => right[depth] === undefined || right[depth] === part);
}
