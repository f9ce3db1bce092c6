import { openSession } from "./session-store";
import { noteSignedIn } from "./sign-in-trace";
import type { findForSignIn } from "./store";

/** Where a sign-in comes from. */
export interface SignInSource {
  address: string;
  /** The browser in words. */
  device: string;
  /** The cookie of a browser that may have signed in before. */
  deviceToken: string | null;
}

export interface SignedIn {
  id: string;
  name: string;
  email: string;
  organizationId: string;
  epoch: number;
  sessionId: string;
  /** By which the browser is known next time; null when it is already. */
  newDeviceToken: string | null;
}

type Account = NonNullable<Awaited<ReturnType<typeof findForSignIn>>>;

/** Lets somebody in who has proven who they are: notes it, and opens their session. */
export async function letIn(
  account: Account,
  { address, device }: SignInSource,
  newDeviceToken: () => Promise<string | null>,
): Promise<SignedIn> {
  const { userId, organizationId } = account;
  await noteSignedIn(account, address);
  return {
    id: userId,
    name: account.name,
    email: account.email,
    organizationId,
    epoch: account.sessionEpoch,
    sessionId: await openSession({ userId, organizationId, address, device }),
    newDeviceToken: await newDeviceToken(),
  };
}
