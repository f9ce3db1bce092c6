/** No text that is looked for is shorter: shorter ones would black out half of every other. */
export const shortestFollowed = 4;

/**
 * Puts something else in the place of texts, the longest first where several begin. A regular expression of all of them takes
 * seconds to make when they are many; here each place is looked up by its first characters.
 */
export function coverTexts(covers: ReadonlyMap<string, string>): (text: string) => string {
  const lengths = new Map<string, number[]>();
  /** Which beginnings there are at all, by a number that others may share: most places are passed over by it. */
  const begins = new Uint8Array(65_536);
  for (const text of [...covers.keys()].sort((left, right) => right.length - left.length)) {
    const start = text.slice(0, shortestFollowed);
    const known = lengths.get(start);
    if (known === undefined) lengths.set(start, [text.length]);
    else if (known.at(-1) !== text.length) known.push(text.length);
    begins[beginning(text, 0)] = 1;
  }
  return (text) => {
    let covered = "";
    let from = 0;
    for (let at = 0; at + shortestFollowed <= text.length; at += 1) {
      if (begins[beginning(text, at)] === 0) continue;
      const length = lengths
        .get(text.slice(at, at + shortestFollowed))
        ?.find((each) => at + each <= text.length && covers.has(text.slice(at, at + each)));
      if (length === undefined) continue;
      covered += text.slice(from, at) + (covers.get(text.slice(at, at + length)) ?? "");
      from = at + length;
      at = from - 1;
    }
    return from === 0 ? text : covered + text.slice(from);
  };
}

function beginning(text: string, at: number): number {
  const pair = text.charCodeAt(at) ^ (text.charCodeAt(at + 1) << 4);
  return (pair ^ (text.charCodeAt(at + 2) << 8) ^ (text.charCodeAt(at + 3) << 12)) & 65_535;
}
