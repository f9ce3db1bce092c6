import type { Payload } from "./payloads.testkit";

type Fields = Record<string, unknown>;

/** A workflow in which every text is one of these: of its own, its triggers, its steps, its branches, its questions. `asked` is a member's e-mail address. */
export function poisonedDocument(slug: string, asked: string, texts: readonly Payload[]): Fields {
  const all = (limit: number): string => fitting(texts, limit);
  const each = texts.map(({ text }, at) => ({ text, at }));
  // What looks like a template is read as one where templates may stand, and refused.
  const literal = texts.filter(({ text }) => !text.includes("${"));
  const label = fitting(literal, 200);
  const last = literal.at(-1)?.text ?? "";
  const named = (at: number): Fields => {
    const text = texts[at % texts.length]?.text ?? "";
    return { name: text, note: all(2000), result: "${vars.p[" + String(at % texts.length) + "]}" };
  };
  const cases = [...new Set(texts.map(({ text }) => text))];
  const questions = {
    type: "object",
    title: all(200),
    description: all(2000),
    properties: Object.fromEntries(texts.map(({ at, text }, index) => [`f${at}`, question(index, text, cases)])),
  };
  const nodes: Fields[] = [
    ...each.map(({ at }) => ({
      id: `t${at}`,
      type: "transform",
      expression: { said: "${vars.p[" + String(at) + "]}" },
      ...named(at),
    })),
    { id: "choose", type: "decision", expression: "vars.p[0]", cases, ...named(1) },
    { id: "chosen", type: "transform", expression: "${vars.p}", ...named(2) },
    {
      id: "call",
      type: "service_call",
      service: slug,
      method: "POST",
      path: "/say",
      body: { said: "${vars.p}" },
      headers: { "x-said": "${vars.p[0]}" },
      ...named(3),
      onError: "continue",
    },
    {
      id: "say",
      type: "service_call",
      service: slug,
      method: "POST",
      path: "/say?status=422&type=text/html",
      body: { said: "${vars.p}" },
      ...named(4),
      onError: "continue",
    },
    {
      id: "tell",
      type: "notify",
      channels: ["email", "in_app"],
      to: "somebody@acme.test",
      subject: "${vars.p[0]}",
      message: "${vars.all}",
      ...named(5),
      onError: "continue",
    },
    {
      id: "ask",
      type: "approval",
      actionLabel: "${vars.p[0]}",
      assignTo: asked,
      context: {
        headline: "${vars.p[0]}",
        fields: each.map(({ at, text }) => ({
          label: text.includes("${") ? "${vars.p[" + String(at) + "]}" : text,
          value: "${vars.p[" + String(at) + "]}",
        })),
        conversation: true,
      },
      ...named(6),
    },
    {
      id: "form",
      type: "collect_form",
      title: "${vars.p[0]}",
      description: "${vars.all}",
      schema: questions,
      values: Object.fromEntries(texts.map((payload, at) => [`f${payload.at}`, "${vars.p[" + String(at) + "]}"])),
      ...named(7),
    },
    { id: "hand", type: "human_handoff", assignTo: asked, summary: "${vars.all}", message: "${vars.all}", ...named(8) },
    {
      id: "emit",
      type: "webhook_emit",
      event: "poison.sent",
      payload: { said: "${vars.p}" },
      ...named(9),
      onError: "continue",
    },
    { id: "merge", type: "transform", expression: "${vars.p}", join: "all", ...named(0) },
    { id: "stop", type: "end", status: "failed", message: "${vars.all}", ...named(10) },
  ];
  const ids = [...each.map(({ at }) => `t${at}`), "choose"];
  return {
    slug,
    name: all(200),
    description: all(2000),
    triggers: [
      { id: "api", type: "api", label },
      { id: "manual", type: "manual", label: last },
      {
        id: "hook",
        type: "webhook",
        label: last,
        methods: ["GET", "POST"],
        answer: "text",
        answerText: fitting(literal, 2000),
      },
      { id: "form", type: "form", label },
      {
        id: "said",
        type: "event",
        label: last,
        event: "conversation.message",
        filter: "trigger.quickReply == 'begin'",
        input: { said: "${trigger.text}" },
      },
      { id: "sent", type: "event", label: last, event: "poison.sent", filter: "false" },
    ],
    config: { variables: { p: texts.map(({ text }) => text), all: all(4000), [last.slice(0, 50)]: last } },
    spec: {
      inputSchema: { ...questions, required: [] },
      nodes,
      edges: [
        ...ids.slice(1).map((to, at) => ({ from: ids[at], to })),
        ...cases.map((label) => ({ from: "choose", to: "chosen", case: label })),
        { from: "choose", to: "chosen", case: "default" },
        { from: "chosen", to: "call" },
        { from: "call", to: "say" },
        { from: "say", to: "tell" },
        { from: "tell", to: "emit" },
        ...["ask", "form", "hand"].map((to) => ({ from: "emit", to })),
        { from: "ask", to: "merge", case: "approved" },
        { from: "form", to: "merge", case: "submitted" },
        { from: "hand", to: "merge", case: "returned" },
        { from: "merge", to: "stop" },
      ],
      startNodeId: "t0",
    },
  };
}

/** One of each kind of question in turn, with the text wherever a question has one. */
function question(at: number, text: string, choices: readonly string[]): Fields {
  const common = { title: text, description: text, default: text, examples: [text] };
  if (at % 4 === 1) return { ...common, type: "string", enum: [...choices] };
  if (at % 4 === 2) return { ...common, type: "string", format: "textarea" };
  return { ...common, type: "string" };
}

/** As many of the texts as fit, one after the other. */
export function fitting(texts: readonly Payload[], limit: number): string {
  return pages(texts, limit)[0] ?? "";
}

/** All of them, in portions of so many characters; one that is longer alone is cut. */
export function pages(texts: readonly Payload[], limit: number): string[] {
  const made = [""];
  for (const { text } of texts) {
    const last = made.at(-1) ?? "";
    if (last === "") made[made.length - 1] = text.slice(0, limit);
    else if (last.length + 1 + text.length <= limit) made[made.length - 1] = `${last} ${text}`;
    else made.push(text.slice(0, limit));
  }
  return made;
}
