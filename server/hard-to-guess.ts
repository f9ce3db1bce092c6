/** Fewer different characters than a random secret of 32 hexadecimal digits ever has. */
const fewCharacters = 8;

/** False for what no generator gives: a few characters over and over, or one text again and again. */
export function isHardToGuess(secret: string): boolean {
  return new Set(secret).size >= fewCharacters && !isRepeated(secret);
}

function isRepeated(text: string): boolean {
  for (let period = 1; period <= text.length / 2; period += 1)
    if (text.slice(period) === text.slice(0, -period)) return true;
  return false;
}
