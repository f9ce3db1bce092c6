import type { JsonObject } from "@/core/json";
import type { ConnectorDefinition } from "@/core/connector-definition";
import type { AnyStepDefinition, StepDefinitions, StepGroup } from "@/core/workflow/step-definition";

export interface PaletteItem {
  /** `condition`, or `tool_call:stripe.subscription.update`. */
  key: string;
  type: string;
  /** Fields that are filled in already. */
  preset?: JsonObject;
  title: string;
  description: string;
  icon: string;
  color: string;
  group: string;
  /** Everything it can be found by, in lower case. */
  words: string;
}

const groups: readonly (readonly [StepGroup, string])[] = [
  ["people", "People"],
  ["actions", "Do something"],
  ["flow", "Decide and repeat"],
  ["ends", "Begin and end"],
];
export const connectorGroup = "Actions of your services";

/** Every step that can be added: the types that work here, then the actions of the connectors. */
export function paletteItems(
  definitions: StepDefinitions,
  connectors: Readonly<Record<string, ConnectorDefinition>>,
): PaletteItem[] {
  const available = Object.values(definitions).filter((definition) => definition.available);
  const types = groups.flatMap(([group, title]) =>
    available.filter((definition) => definition.group === group).map((definition) => typeItem(definition, title)),
  );
  const carrier = available.find(({ action }) => action !== undefined);
  const actions = carrier ? Object.values(connectors).flatMap((connector) => actionItems(connector, carrier)) : [];
  return [...types, ...actions];
}

/** What the words describe, best first: titles that begin with them, then titles that hold them, then everything else. */
export function searchPalette(items: readonly PaletteItem[], query: string): PaletteItem[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [...items];
  const whole = words.join(" ");
  return items
    .filter((item) => words.every((word) => item.words.includes(word)))
    .map((item) => ({ item, rank: rankOf(item.title.toLowerCase(), whole) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

function rankOf(title: string, words: string): number {
  if (title.startsWith(words)) return 0;
  return title.includes(words) ? 1 : 2;
}

function typeItem({ type, title, description, icon, color, aliases }: AnyStepDefinition, group: string): PaletteItem {
  return {
    key: type,
    type,
    title,
    description,
    icon,
    color,
    group,
    words: [title, description, type, ...aliases, group].join(" ").toLowerCase(),
  };
}

function actionItems(connector: ConnectorDefinition, carrier: AnyStepDefinition): PaletteItem[] {
  return Object.entries(connector.actions).map(([name, action]) => {
    const tool = `${connector.id}.${name}`;
    return {
      key: `${carrier.type}:${tool}`,
      type: carrier.type,
      preset: { tool, name: action.title },
      title: `${connector.title}: ${lowerFirst(action.title)}`,
      description: action.description,
      icon: carrier.icon,
      color: carrier.color,
      group: connectorGroup,
      words: [connector.title, action.title, action.description, tool].join(" ").toLowerCase(),
    };
  });
}

/** "Change the plan" -> "change the plan"; names in capitals stay. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
