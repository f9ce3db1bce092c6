import { authDefinitions, findAuth, withoutProof } from "@/connectors/auth/definitions";
import type { AuthDefinition, AuthDefinitions } from "@/core/auth-definition";

/** What is typed before it is sent. What was typed for one kind stays with it while another is looked at. */
export interface SecretDraft {
  /** Null until one was chosen. */
  type: string | null;
  /** By kind and by field. */
  values: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const emptySecret: SecretDraft = { type: null, values: {} };

/** The kinds to choose from for a connector that takes these; that it needs none is always one. */
export function offeredKinds(allowed: readonly string[], kinds: AuthDefinitions = authDefinitions): AuthDefinition[] {
  const types = [...new Set([...allowed, withoutProof.type])];
  return types.flatMap((type) => findAuth(type, kinds) ?? []);
}

/** The chosen one of the kinds on offer; before anything was chosen, or when it is not on offer, the first that proves something. */
export function chosenKind(offered: readonly AuthDefinition[], { type }: SecretDraft): AuthDefinition {
  const proving = offered.find(({ fields }) => fields.length > 0);
  return offered.find((kind) => kind.type === type) ?? proving ?? authDefinitions[withoutProof.type];
}

/** What is sent. */
export function authOf({ type, fields }: AuthDefinition, { values }: SecretDraft): Record<string, string> {
  return { type, ...Object.fromEntries(fields.map(({ name }) => [name, values[type]?.[name] ?? ""])) };
}

/** The draft with another text in a field of a kind, which that chooses. */
export function withField(draft: SecretDraft, type: string, name: string, text: string): SecretDraft {
  return { type, values: { ...draft.values, [type]: { ...draft.values[type], [name]: text } } };
}
