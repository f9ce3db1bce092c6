import { keywordHolds, schemaKeywords } from "@/core/schema/schema-shape";
import { isJsonObject } from "@/core/json-guard";
import { isMisspelling, nearest } from "@/core/nearest";
import type { UnknownName } from "@/core/workflow/unknown-names";

/**
 * Keywords of a JSON Schema that are misspelt and so check nothing (`requird`, `minimun`). Other names that no draft knows are
 * annotations, which anybody may add.
 */
export function unknownKeywords(schema: unknown, path: readonly (string | number)[] = []): UnknownName[] {
  if (Array.isArray(schema)) return schema.flatMap((item, index) => unknownKeywords(item, [...path, index]));
  if (!isJsonObject(schema) || path.length > 100) return [];
  return Object.entries(schema).flatMap(([keyword, value]): UnknownName[] => {
    const here = [...path, keyword];
    if (!schemaKeywords.includes(keyword)) {
      const meant = misspelt(keyword);
      return meant === null ? [] : [{ path, name: keyword, meant, isDecisive: false }];
    }
    const holds = keywordHolds.get(keyword);
    if (holds === undefined) return [];
    if (holds !== "schemas by name") return unknownKeywords(value, here);
    return isJsonObject(value)
      ? Object.entries(value).flatMap(([name, inner]) => unknownKeywords(inner, [...here, name]))
      : [];
  });
}

/** Short words are near to too many others (`note` and `not`), so the name that is meant has some length. */
function misspelt(word: string): string | null {
  if (word.startsWith("x-")) return null;
  const meant = nearest(
    word,
    schemaKeywords.filter((keyword) => keyword.length > 3),
  );
  return meant !== null && isMisspelling(word, meant, 4) ? meant : null;
}
