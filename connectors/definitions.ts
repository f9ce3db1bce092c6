import type { ConnectorCatalog, ConnectorDefinition, FoundAction } from "@/core/connector-definition";
import { amlConnector } from "./aml/definition";
import { httpConnector } from "./http/definition";
import { identityConnector } from "./identity/definition";
import { shopifyConnector } from "./shopify/definition";
import { stripeConnector } from "./stripe/definition";

/** Every connector there is. A new one is a folder and a line here. */
export const connectorDefinitions = {
  http: httpConnector,
  identity: identityConnector,
  aml: amlConnector,
  stripe: stripeConnector,
  shopify: shopifyConnector,
} as const satisfies Readonly<Record<string, ConnectorDefinition>>;

const actionsById: ReadonlyMap<string, FoundAction> = new Map(
  Object.values<ConnectorDefinition>(connectorDefinitions).flatMap((connector) =>
    Object.entries(connector.actions).map(([name, action]): [string, FoundAction] => [
      `${connector.id}.${name}`,
      { id: `${connector.id}.${name}`, connector, action },
    ]),
  ),
);

/** `findAction("stripe.subscription.update")`; null for an action that no connector has. */
export function findAction(id: string): FoundAction | null {
  return actionsById.get(id) ?? null;
}

/** The registry as `validateSpec` takes it. */
export const connectorCatalog: ConnectorCatalog = { actionIds: [...actionsById.keys()], find: findAction };
