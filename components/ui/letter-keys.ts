/** Whether keys of one letter do something in this browser. */
export type LetterKeys = "on" | "off";

export const letterKeysCookie = "holdpoint_letter_keys";

/** Reads the cookie's value; anything unknown means that they work. */
export function readLetterKeys(value: string | undefined): LetterKeys {
  return value === "off" ? "off" : "on";
}
