/** The candidate that a mistyped word most likely meant, or null when none is near (at most a third of it differs). */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = word.toLowerCase();
  if (wanted.length > 100) return null;
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  let prefixed: string | null = null;
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    if (prefixed === null && sharesItsBeginning(wanted, other)) prefixed = candidate;
    if (Math.abs(other.length - wanted.length) >= bestDistance) continue;
    const distance = editDistance(wanted, other);
    // What differs in as many letters as it has is another word.
    if (distance < bestDistance && distance < Math.min(wanted.length, other.length)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? prefixed;
}

/** Whether a word is that name with a slip of the finger or two, rather than a name of its own. */
export function isMisspelling(word: string, name: string, lettersPerSlip = 3): boolean {
  const allowed = Math.max(1, Math.floor(word.length / lettersPerSlip));
  return (
    Math.abs(word.length - name.length) <= allowed && editDistance(word.toLowerCase(), name.toLowerCase()) <= allowed
  );
}

/** `" Did you mean x?"`, or nothing. */
export function suggestion(word: string, candidates: Iterable<string>): string {
  const found = nearest(word, candidates);
  return found === null ? "" : ` Did you mean "${found}"?`;
}

/** `retries` for `retry`: another ending of the same word. */
function sharesItsBeginning(word: string, other: string): boolean {
  const least = Math.max(4, Math.ceil(Math.min(word.length, other.length) * 0.75));
  return word.slice(0, least) === other.slice(0, least);
}

/** Letters to add, to leave out or to replace; two neighbours that changed places count once. */
function editDistance(left: string, right: string): number {
  let beforeThat: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      const swapped =
        left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1] && row > 1 && column > 1;
      current.push(
        Math.min(
          substitution,
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          swapped ? (beforeThat[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    beforeThat = previous;
    previous = current;
  }
  return previous[right.length] ?? 0;
}
