/** The events that move runs and deliveries. Names and payloads are the whole contract between processes. */
export const eventNames = {
  runRequested: "run/requested",
  /** Carries `runId`: the run has something to do again. */
  runWake: "run/wake",
  deliveryRequested: "delivery/requested",
  /** A decision can be taken back no more. */
  decisionDue: "decision/due",
  /** Something waits for people, who are to be told. */
  peopleAsked: "people/asked",
  /** The mail about all that waits for somebody is due. */
  digestDue: "people/digest",
  /** Somebody has runs tried again that failed alike. */
  tryAllAgain: "repairs/try-all",
} as const;

/** The name of the error with which a function ends whose call took down one worker after the other. */
export const poisonedCall = "PoisonedCall";

/**
 * Starts a driver. `first`: the effect step a fresh run begins with; `lane`: the waitpoint whose branch this driver takes; `told`: what
 * another driver's turn left to this one (a `TurnMemo`).
 */
export interface RunRequested {
  runId: string;
  generation: number;
  first?: string | null;
  lane?: string;
  told?: object;
}

export interface DeliveryRequested {
  deliveryId: string;
}

export interface DecisionDue {
  waitpointId: string;
  organizationId: string;
}

/**
 * `stage` tells one reassignment or reminder from the next; `before`: who was asked until now, and is not told again; `from`: the name
 * of whoever delegated, asked back or answered.
 */
export interface PeopleAsked {
  waitpointId: string;
  organizationId: string;
  reason: "asked" | "reassigned" | "delegated" | "question" | "answered" | "escalated" | "reminder" | "taken_off";
  stage: string;
  before?: string[];
  from?: string[];
}

/** `at`: the time for which it was planned, ISO 8601. */
export interface DigestDue {
  organizationId: string;
  userId: string;
  at: string;
}

export interface TryAllAgain {
  roundId: string;
}
