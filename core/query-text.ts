import { storableText } from "./storable-text";

/** A text as it stands in the query of an address, so that no part of it can be read as another parameter, or written differently on the way. */
export function queryText(text: string): string {
  return encodeURIComponent(storableText(text)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
