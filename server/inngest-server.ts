/** What drives the runs, from Inngest's own variables. */
export type InngestServer =
  | { kind: "embedded" }
  /** `url`: where its API and its event API are. Calls are signed with every kind but `dev`. */
  | { kind: "dev" | "self_hosted" | "cloud"; url: string };

export interface InngestVariables {
  INNGEST_BASE_URL?: string | undefined;
  INNGEST_EVENT_KEY?: string | undefined;
  INNGEST_SIGNING_KEY?: string | undefined;
  INNGEST_DEV?: string | undefined;
}

const cloudUrl = "https://api.inngest.com";
const devUrl = "http://localhost:8288";
const switches: Readonly<Record<string, boolean>> = { "1": true, true: true, "0": false, false: false };

/** Any of Inngest's own variables hands the runs to a real server; `INNGEST_DEV=0` alone says nothing. */
export function inngestServerOf(variables: InngestVariables): InngestServer {
  const { INNGEST_BASE_URL, INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY, INNGEST_DEV } = variables;
  const dev = INNGEST_DEV === undefined ? false : (switches[INNGEST_DEV.toLowerCase()] ?? INNGEST_DEV);
  if (dev !== false) return { kind: "dev", url: trimmed(INNGEST_BASE_URL ?? (dev === true ? devUrl : dev)) };
  if (INNGEST_BASE_URL !== undefined) return { kind: "self_hosted", url: trimmed(INNGEST_BASE_URL) };
  if (INNGEST_EVENT_KEY !== undefined || INNGEST_SIGNING_KEY !== undefined) return { kind: "cloud", url: cloudUrl };
  return { kind: "embedded" };
}

/** Whether an address or a host name means this machine and nobody else's. */
export function isLoopback(addressOrHost: string): boolean {
  const host = (URL.canParse(addressOrHost) ? new URL(addressOrHost).hostname : addressOrHost).replace(/^\[|\]$/g, "");
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, "");
}
