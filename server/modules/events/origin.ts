import type { JsonObject } from "@/core/json";

export interface EventOrigin {
  /** The sender's id: the same one never starts a run twice. */
  externalId?: string;
  contactId?: string;
  conversationId?: string;
  requestedBy?: string;
}

/** Kept beside the data, so that an event that is gone on with later knows who it is about. */
const originKey = "$origin";

export function originFields({ contactId, conversationId, requestedBy }: EventOrigin): JsonObject {
  const origin = {
    ...(contactId === undefined ? {} : { contactId }),
    ...(conversationId === undefined ? {} : { conversationId }),
    ...(requestedBy === undefined ? {} : { requestedBy }),
  };
  return Object.keys(origin).length === 0 ? {} : { [originKey]: origin };
}

export function splitOrigin(data: JsonObject): {
  origin: Pick<EventOrigin, "contactId" | "conversationId" | "requestedBy">;
  arrived: JsonObject;
} {
  const { [originKey]: origin, ...arrived } = data;
  return { origin: typeof origin === "object" && origin !== null && !Array.isArray(origin) ? origin : {}, arrived };
}

/** An event's data as its sender gave it. */
export function eventData(data: JsonObject): JsonObject {
  return splitOrigin(data).arrived;
}
