import { plainLabel, type DesignOption } from "./design-field";

/** Options as lines: the value, and ` = ` with its label where that says more. */
export function optionLines(options: readonly DesignOption[]): string {
  return options
    .map(({ value, label }) => (label === plainLabel(value) ? wordOf(value) : `${wordOf(value)} = ${label}`))
    .join("\n");
}

/** Lines as options; empty and repeated ones are left out. A value that was a number or yes/no stays one. */
export function readOptionLines(text: string, before: readonly DesignOption[]): DesignOption[] {
  const seen = new Set<string>();
  return text.split("\n").flatMap((line) => {
    const [written = "", ...rest] = line.split(" = ");
    const word = written.trim();
    if (word === "" || seen.has(word)) return [];
    seen.add(word);
    const value = before.find((option) => wordOf(option.value) === word)?.value ?? word;
    const label = rest.join(" = ").trim();
    return [{ value, label: label === "" ? plainLabel(value) : label }];
  });
}

function wordOf(value: DesignOption["value"]): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
