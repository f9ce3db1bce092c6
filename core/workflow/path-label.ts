/** What a path in a run is called by its last part: `step.preview.output.nextPlan` -> "Next plan"; the path itself where it has no name in it. */
export function pathLabel(path: string): string {
  const last = /([A-Za-z_]\w*)[^A-Za-z_]*$/.exec(path)?.[1] ?? path;
  const words = last
    .replaceAll("_", " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
