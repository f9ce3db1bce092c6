import type { InngestVariables } from "../../server/inngest-server";

/** A variable of the caller; an empty one means the same as none. */
export function given(name: string): string | undefined {
  const value = process.env[name];
  return value === "" ? undefined : value;
}

export function inngestVariables(): InngestVariables {
  return {
    INNGEST_BASE_URL: given("INNGEST_BASE_URL"),
    INNGEST_EVENT_KEY: given("INNGEST_EVENT_KEY"),
    INNGEST_SIGNING_KEY: given("INNGEST_SIGNING_KEY"),
    INNGEST_DEV: given("INNGEST_DEV"),
  };
}
