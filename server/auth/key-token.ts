import { randomInt } from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const randomCharacters = 43;
const hintCharacters = 9;
const keyPattern = /^hp_[0-9A-Za-z]{40,64}$/;

/** `hp_` and 43 random base-62 characters: 256 bits. */
export function newKeyToken(): string {
  return `hp_${Array.from({ length: randomCharacters }, () => alphabet[randomInt(alphabet.length)] ?? "").join("")}`;
}

export function isKeyToken(text: string): boolean {
  return keyPattern.test(text);
}

/** The first characters, by which people recognise a key. */
export function keyHint(token: string): string {
  return token.slice(0, hintCharacters);
}
