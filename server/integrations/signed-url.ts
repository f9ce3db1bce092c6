import { queryText } from "@/core/query-text";

interface SignedUrl {
  /** For records: without the credentials. */
  url: string;
  /** What is called. */
  signed: string;
  warnings: string[];
}

/** Adds credentials that stand in the query of an address. A parameter of the step's own that has their name gives way, however it is written. */
export function signedUrl(target: string, query: Readonly<Record<string, string>> = {}): SignedUrl {
  const url = new URL(target);
  const written = url.search === "" ? [] : url.search.slice(1).split("&");
  const kept = written.filter(
    (part) => ![...new URLSearchParams(part).keys()].some((name) => Object.hasOwn(query, name)),
  );
  if (kept.length < written.length) url.search = kept.join("&");
  const own = url.href;
  const added = Object.entries(query).map(([name, value]) => `${queryText(name)}=${queryText(value)}`);
  if (added.length > 0) url.search = [...kept, ...added].join("&");
  return {
    url: own,
    signed: url.href,
    warnings:
      kept.length < written.length
        ? Object.keys(query).map(
            (name) =>
              `The query parameter ${name} comes from the connection's credentials, so the step's own was left out.`,
          )
        : [],
  };
}
