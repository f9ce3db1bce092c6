import type { TemplateAsk, TemplateChoices } from "@/core/contracts/library";

/** As typed; numbers are texts until they are sent. */
export type DraftAnswers = Readonly<Record<string, string>>;

/** Roles to fall back on where the one that the template means is not known here. */
const fallbackRoles = ["role:admin", "role:owner"];

/** The template's defaults as far as they exist here. */
export function firstAnswers(asks: readonly TemplateAsk[], choices: TemplateChoices): DraftAnswers {
  return Object.fromEntries(asks.map((ask) => [ask.id, firstAnswer(ask, choices)]));
}

/** Connections that can answer a question. */
export function fittingConnections(ask: TemplateAsk, { connections }: TemplateChoices): TemplateChoices["connections"] {
  return connections.filter(({ connector, slug }) => connector === ask.connector || slug === ask.default);
}

export function readAnswers(
  asks: readonly TemplateAsk[],
  drafts: DraftAnswers,
): { answers: Record<string, string | number>; problems: Record<string, string> } {
  const answers: Record<string, string | number> = {};
  const problems: Record<string, string> = {};
  for (const { id, kind } of asks) {
    const text = (drafts[id] ?? "").trim();
    const number = Number(text);
    if (text === "") problems[id] = "This needs an answer.";
    else if (kind !== "limit") answers[id] = text;
    else if (Number.isFinite(number) && number >= 0) answers[id] = number;
    else problems[id] = "Write a number of zero or more.";
  }
  return { answers, problems };
}

function firstAnswer(ask: TemplateAsk, choices: TemplateChoices): string {
  const wanted = String(ask.default);
  const options =
    ask.kind === "connection"
      ? fittingConnections(ask, choices).map(({ slug }) => slug)
      : ask.kind === "person"
        ? choices.people.map(({ value }) => value)
        : [wanted];
  if (options.includes(wanted)) return wanted;
  if (ask.kind === "connection") return options[0] ?? wanted;
  return fallbackRoles.find((role) => options.includes(role)) ?? options[0] ?? wanted;
}
