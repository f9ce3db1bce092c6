import { expect, it } from "vitest";
import { connectorCatalog } from "@/connectors/definitions";
import { defaultConfig } from "@/core/workflow/document";
import { indexSpec } from "@/core/workflow/spec-index";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import type { ValidationContext } from "./rule";
import { unknownEvent } from "./unknown-events";

const warned = (event: string, events?: ValidationContext["events"], type = "event") =>
  unknownEvent(indexSpec({ specVersion: "1", startNodeId: "", nodes: [], edges: [] }, stepDefinitions), {
    definitions: stepDefinitions,
    triggerDefinitions,
    connectors: connectorCatalog,
    connections: null,
    triggers: [{ id: "on", type, event }],
    config: defaultConfig,
    ...(events === undefined ? {} : { events }),
  }).map(({ code, severity, path, message }) => [code, severity, path, message]);

const asMeant = (event: string, meant: string) => [
  ["unknown_event", "warning", "triggers[0].event", `No event "${event}" has come yet. Did you mean "${meant}"?`],
];

it.each([
  ["contact.craeted", "contact.created"],
  ["customer.create", "customer.created"],
  ["conversation.mesage", "conversation.message"],
  ["Contact.Created", "contact.created"],
])("unknown_event: %s is most likely %s of the product", (event, meant) => {
  expect(warned(event)).toEqual(asMeant(event, meant));
});

it("unknown_event: names that came here, or that others wait for, are known", () => {
  const events = { received: ["product.stock_depleted"], awaited: ["order.paid", "product.stock_depeleted"] };
  expect(warned("product.stock_depeleted", events)).toEqual(
    asMeant("product.stock_depeleted", "product.stock_depleted"),
  );
  expect(warned("order.payd", events)).toEqual(asMeant("order.payd", "order.paid"));
  expect(warned("product.stock_depleted", events)).toEqual([]);
});

it("unknown_event: a name of its own is nobody's misspelling", () => {
  for (const event of ["order.void", "contact.deleted", "contact.created"])
    expect(warned(event, { received: [], awaited: ["order.paid"] })).toEqual([]);
});

it("unknown_event: whatever listens to an event is asked which, and what listens to none is left alone", () => {
  expect(warned("conversation.mesage", undefined, "conversation")).toEqual(
    asMeant("conversation.mesage", "conversation.message"),
  );
  expect(warned("conversation.mesage", undefined, "webhook")).toEqual([]);
});
