import type { AuthType } from "@/connectors/auth/definitions";
import type { ActionDefinition, ConnectorDefinition } from "@/core/connector-definition";
import type { JsonObject } from "@/core/json";

/** Checks a connector against its contract, its ways to authenticate against their registry, and keeps the names of its actions. */
export function defineConnector<const D extends ConnectorDefinition & { auth: readonly AuthType[] }>(definition: D): D {
  return definition;
}

/** Ties `request` to the type that the action's input schema gives. */
export function defineAction<I extends JsonObject>(action: ActionDefinition<I>): ActionDefinition<I> {
  return action;
}

/** The consequence of what only reads: nobody notices it. */
export const reads = (): null => null;
