interface Named {
  name: string;
}

/** "Dana is looking at this too." */
export function lookersWords(people: readonly Named[]): string {
  const [first, second] = people.map(({ name }) => name);
  if (first === undefined) return "";
  if (second === undefined) return `${first} is looking at this too.`;
  if (people.length === 2) return `${first} and ${second} are looking at this too.`;
  return `${first}, ${second} and ${String(people.length - 2)} more are looking at this too.`;
}

/** "DS" for Dana Scott, "D" for Dana. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== "");
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.match(/^./su)?.[0] ?? "");
  return letters.join("").toUpperCase();
}
