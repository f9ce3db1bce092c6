/** What kind of body a content type declares; `unsaid` when it says nothing of use. */
export type DeclaredKind = "json" | "form" | "multipart" | "text" | "binary" | "unsaid";

export interface ContentType {
  /** Lower case, without parameters; empty when there is none. */
  type: string;
  kind: DeclaredKind;
  charset: string | null;
}

const kinds: readonly (readonly [RegExp, DeclaredKind])[] = [
  [/^(application|text)\/(x-)?json$|\+json$/, "json"],
  [/^application\/x-www-form-urlencoded$/, "form"],
  [/^multipart\/(form-data|mixed)$/, "multipart"],
  [/^text\/|\+(xml|yaml)$/, "text"],
  [
    /^application\/(x-)?(xml|xml-dtd|javascript|ecmascript|typescript|graphql|ndjson|jsonlines|jsonl|json-seq|yaml|toml|sql|csv|sh|pem-file|x509-ca-cert)$/,
    "text",
  ],
  [/^$|^[^/]*$|^application\/octet-stream$|^(binary|application)\/(octet-stream|unknown)$/, "unsaid"],
];

/** Reads a `Content-Type` header. One that was sent twice arrives joined by a comma: the first one counts. */
export function readContentType(header: string): ContentType {
  const [first = ""] = header.split(",");
  const type = (first.split(";")[0] ?? "").trim().toLowerCase();
  const charset = /;\s*charset\s*=\s*"?\s*([^\s";,]{1,40})/i.exec(first)?.[1] ?? null;
  return { type, kind: kinds.find(([pattern]) => pattern.test(type))?.[1] ?? "binary", charset };
}
