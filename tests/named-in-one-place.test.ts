import { expect, test } from "vitest";
import { authDefinitions } from "@/connectors/auth/definitions";
import { channelDefinitions } from "@/channels/definitions";
import { productSources, type Source } from "./product-sources";

/** Where something is compared with one of these names, or a table is kept by them. */
function named(names: readonly string[], code: readonly Source[]): string[] {
  const any = names.join("|");
  const quoted = `["'](?:${any})["']`;
  const compared = new RegExp(
    [`[=!]==?\\s*${quoted}`, `${quoted}\\s*[=!]==?`, `\\bcase ${quoted}`, `\\.(?:has|get)\\(${quoted}`]
      .concat(`\\[[^\\]]*${quoted}[^\\]]*\\]\\.includes\\(`)
      .join("|"),
  );
  const key = new RegExp(`^\\s*["']?(${any})["']?:|^\\s*\\[["'](${any})["'],`);
  return code.flatMap(({ file, text }) => {
    const lines = text.split("\n");
    const keys = [...new Set(lines.flatMap((line) => key.exec(line)?.slice(1).find(Boolean) ?? []))];
    return [
      ...lines
        .filter((line) => compared.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
      ...(keys.length < 3 ? [] : [`${file}: a table of ${keys.join(", ")}`]),
    ];
  });
}

/** What only looks like it: a part of the line, and why it may stay. */
type Allowed = readonly (readonly [file: string, part: string, reason: string])[];

function expectOnly(found: readonly string[], allowed: Allowed): void {
  const isMeant = (line: string, [file, part]: Allowed[number]): boolean =>
    line.startsWith(`${file}: `) && line.includes(part);
  expect(found.filter((line) => !allowed.some((entry) => isMeant(line, entry)))).toEqual([]);
  // What is gone from the code goes from the list.
  expect(allowed.filter((entry) => !found.some((line) => isMeant(line, entry)))).toEqual([]);
}

const channels = Object.keys(channelDefinitions);
const kinds = Object.keys(authDefinitions);

test("a comparison and a table are seen, whichever way they are written", () => {
  const compared = [
    'if (channel === "slack") return;',
    'return "sms" !== channel;',
    '    case "whatsapp":',
    'if (["email", "sms"].includes(channel)) return;',
    'const send = senders.get("email");',
  ];
  const table = ["const labels = {", '  whatsapp: "WhatsApp",', "  sms: 1,", '  ["slack", 2],', "};"];
  const others = ['starter: { channels: ["in_app"] },', '// channel === "slack"', "  email: 1,"];
  const code = [compared, table, others].map((lines, at) => ({ file: `${String(at)}.ts`, text: lines.join("\n") }));
  expect(named(channels, code)).toEqual([
    ...compared.map((line) => `0.ts: ${line.trim()}`),
    "1.ts: a table of whatsapp, sms, slack",
  ]);
});

test("no file outside channels/ asks for a channel by name", () => {
  expectOnly(named(channels, productSources("channels/")), [
    ["steps/collect_form/execute.ts", "config.deliverTo ===", "where the step itself shows its form"],
    ["server/modules/triggers/intake.ts", '["format"] ===', "a format of JSON Schema"],
    ["core/channel-definition.ts", "channel?.address ===", "a kind of address, which several channels may have"],
  ]);
});

test("no file outside connectors/auth/ asks for a way to authenticate by name", () => {
  expectOnly(named(kinds, productSources("connectors/auth/")), [
    ["components/builder/fields/duration-controls.tsx", "next ===", "no duration"],
    ["components/builder/fields/duration-controls.tsx", "mode ===", "no duration"],
    ["triggers/webhook/options.tsx", "kind ===", "where a delivery id stands"],
    ["server/api/rest/handle.ts", "match.kind ===", "no route"],
    ["server/api/rest/parse-input.ts", "prefix ===", "a part of a request"],
    ["server/modules/runs/history.ts", '"path", "query", "input"', "parts of a request"],
  ]);
});
