import { asObject, type JsonObject } from "@/core/json";

export interface EventOrigin {
  /** The sender's id: the same one never starts a run twice. */
  externalId?: string;
  contactId?: string;
  conversationId?: string;
  requestedBy?: string;
  /** The member who sent it, or did what it tells of. */
  initiatedBy?: string;
  /** Others who sent it as well: who was first, when a colleague sends it once more. */
  begunWith?: string[];
}

/** Kept beside the data, so that an event that is gone on with later knows who it is about. */
const originKey = "$origin";

export function originFields({
  contactId,
  conversationId,
  requestedBy,
  initiatedBy,
  begunWith,
}: EventOrigin): JsonObject {
  const origin = {
    ...(contactId === undefined ? {} : { contactId }),
    ...(conversationId === undefined ? {} : { conversationId }),
    ...(requestedBy === undefined ? {} : { requestedBy }),
    ...(initiatedBy === undefined ? {} : { initiatedBy }),
    ...(begunWith === undefined ? {} : { begunWith }),
  };
  return Object.keys(origin).length === 0 ? {} : { [originKey]: origin };
}

export function splitOrigin(data: JsonObject): {
  origin: Omit<EventOrigin, "externalId">;
  arrived: JsonObject;
} {
  const { [originKey]: origin, ...arrived } = data;
  return { origin: asObject(origin), arrived };
}

/** The same event sent again is the same, whichever colleague sends it. */
export function withoutSender(data: JsonObject): JsonObject {
  const { origin, arrived } = splitOrigin(data);
  const { initiatedBy: _sender, begunWith: _others, ...about } = origin;
  return { ...arrived, ...originFields(about) };
}

/** The event as a colleague offers it once more: they begin what comes of it, together with who sent it, where that is known. */
export function offeredBy(data: JsonObject, userId: string): JsonObject {
  const { origin, arrived } = splitOrigin(data);
  const { initiatedBy: first, ...about } = origin;
  return { ...arrived, ...originFields({ ...about, ...begunAgain(userId, first) }) };
}

/**
 * Who begins a run when something is sent once more: who does so now, and whoever did at first. Where nobody can tell who that was,
 * nobody can tell who began the run either, and whoever sends it again may have been the one.
 */
export function begunAgain(
  userId: string,
  first: string | null | undefined,
): { initiatedBy?: string; begunWith: string[] } {
  if (first === null || first === undefined) return { begunWith: [userId] };
  return { initiatedBy: userId, begunWith: first === userId ? [] : [first] };
}

/** An event's data as its sender gave it. */
export function eventData(data: JsonObject): JsonObject {
  return splitOrigin(data).arrived;
}
