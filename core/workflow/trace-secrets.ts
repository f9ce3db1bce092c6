import { memberPaths } from "@/core/expression/member-paths";
import { contextNames } from "@/core/expression/scope";
import { parseTemplate } from "@/core/expression/template-syntax";
import type { Spec, SpecNode } from "./document";
import { parseNodeConfig } from "./node-fields";
import {
  hiddenMark,
  pathSet,
  type PathSet,
  sitePath,
  startsWith,
  valueAt,
  withoutParts,
  type Hidden,
  type StepSecrets,
  type Path,
} from "./secret-paths";
import { sensitiveInput, sensitiveOfStep } from "./marked-sensitive";
import type { AnyStepDefinition, ExpressionSite, StepDefinitions } from "./step-definition";

export interface RunSecrets {
  /** Into the run's input. */
  input: readonly Path[];
  /** Into the run's output. */
  output: readonly Path[];
  /** Whether what it says at its end may be made of it. */
  message: boolean;
  steps: ReadonlyMap<string, StepSecrets>;
  /** Whether an expression in the run, such as `step.kyc.output.score`, reads of it. */
  reads(expression: string): boolean;
}

/** A step where it stands: the loops around it, innermost first. */
interface Place {
  node: SpecNode;
  definition: AnyStepDefinition;
  sites: readonly ExpressionSite[];
  loops: readonly { id: string; itemName: string }[];
  /** Ids in its body, at any depth. */
  inside: readonly string[];
  /** What stands behind it ends here. */
  endsRun: boolean;
}

/**
 * What of a run comes from what its input's schema, its steps or their forms call sensitive, or from `unrecorded` steps, whose connections keep no answers on record. Told
 * by what each expression reads, whatever it makes of that: what comes out is as sensitive as what went in. Which way a run goes is not.
 */
export function traceSecrets(spec: Spec, definitions: StepDefinitions, unrecorded: ReadonlySet<string>): RunSecrets {
  const places = placesOf(spec, definitions, []);
  const secret = pathSet();
  for (const place of places) {
    if (unrecorded.has(place.node.id))
      for (const part of ["output", "error"]) secret.add(["step", place.node.id, part]);
    for (const path of sensitiveOfStep(place.node, place.definition)) addMarked(secret, place, path);
  }
  for (const path of sensitiveInput(spec)) secret.add(["input", ...path]);
  const found = new Map<string, StepSecrets>();
  // In the order of a document most come after what they read; those that do not are looked at again.
  let isNews = true;
  for (let pass = 0; isNews; pass += 1) {
    if (pass === mostPasses) return everything(places);
    isNews = false;
    for (const place of places) {
      const secrets = secretsOf(place, secret, found);
      if (secrets === null) continue;
      found.set(place.node.id, secrets);
      for (const path of consequences(place, secrets)) isNews = secret.add(path) || isNews;
    }
  }
  return {
    input: secret.below(["input"]),
    output: places
      .filter(({ endsRun }) => endsRun)
      .flatMap(({ node }) => [...secret.below(["step", node.id, "output"])]),
    message: places.some(({ node, endsRun }) => endsRun && (found.get(node.id)?.summary ?? null) !== null),
    steps: found,
    reads: (expression) => memberPaths(expression).some((path) => secret.touching(meant([], path)).length > 0),
  };
}

/** A document that runs against its order for longer than this is hidden as a whole, so that reading a run stays quick. */
const mostPasses = 20;
/** A step with more places than this is hidden as a whole. */
const mostPlaces = 500;
const wholeRecord: readonly Hidden[] = [["input"], ["output"]].map((path) => ({ path, shows: hiddenMark }));

function everything(places: readonly Place[]): RunSecrets {
  const all: StepSecrets = { hidden: wholeRecord, summary: hiddenMark, message: true };
  const steps = new Map(places.map(({ node }) => [node.id, all]));
  return { input: [[]], output: [[]], message: true, steps, reads: () => true };
}

function placesOf(spec: Pick<Spec, "nodes" | "edges">, definitions: StepDefinitions, loops: Place["loops"]): Place[] {
  const isLeft = new Set(spec.edges.map(({ from }) => from));
  return spec.nodes.flatMap((node): Place[] => {
    const definition = Object.hasOwn(definitions, node.type) ? definitions[node.type] : undefined;
    const parsed = definition && parseNodeConfig(node, definition);
    if (!definition || !parsed?.ok) return [];
    const body = definition.body?.(parsed.config);
    const itemName = definition.itemName?.(parsed.config) ?? "item";
    const inner = body ? placesOf(body, definitions, [{ id: node.id, itemName }, ...loops]) : [];
    const result = node.result === undefined ? [] : [{ path: "result", kind: "template" as const, value: node.result }];
    const place: Place = {
      node,
      definition,
      sites: [...definition.expressionSites(parsed.config), ...result],
      loops,
      inside: inner.map((each) => each.node.id),
      endsRun:
        loops.length === 0 && (definition.endsRun === true || definition.givesResult === true || !isLeft.has(node.id)),
    };
    return [place, ...inner];
  });
}

/** What the author named, and the value that it is taken from as it is: `sensitive: ["ssn"]` beside `ssn: "${input.ssn}"`. */
function addMarked(secret: PathSet, place: Place, path: string): void {
  const [side, ...rest] = path.split(".");
  const parts = side === "input" || side === "output" ? rest : [side ?? "", ...rest];
  const [id, output] = [place.node.id, place.definition.leaves?.output];
  if (side !== "input") {
    secret.add(["step", id, "output", ...parts]);
    secret.add(["step", id, "error", "body", ...parts]);
    // It quotes the body.
    if (place.definition.kind === "effect") secret.add(["step", id, "error", "message"]);
  }
  const sources = [
    ...(side === "output" ? [] : [parts]),
    ...(side === "input" || output === undefined ? [] : [typeof output === "string" ? [output, ...parts] : parts]),
  ];
  for (const source of sources) {
    const text = parts.length === 0 ? null : valueAt(place.node, source);
    const template = typeof text === "string" ? parseTemplate(text) : null;
    const [only, ...more] = template?.ok ? template.parts : [];
    const read = only?.kind === "expression" && more.length === 0 ? plainRead(place, only.source) : null;
    if (read !== null && read.length > 1) secret.add(read);
  }
}

function secretsOf(place: Place, secret: PathSet, found: ReadonlyMap<string, StepSecrets>): StepSecrets | null {
  const { node, definition } = place;
  const seen = place.sites.flatMap((site) => {
    const at = ["input", ...sitePath(site.path)];
    return site.kind === "expression"
      ? ofExpression(place, secret, site.value, at)
      : ofTemplate(place, secret, site.value, at);
  });
  const summary = node.result === undefined ? (definition.leaves?.summary ?? []) : ["result"];
  const line = seen.find(({ path: [, field = ""] }) => summary.includes(field))?.shows ?? null;
  const record = seen.filter(({ path }) => path[1] !== "result");
  const places = [...record, ...outputOf(place, record, secret, found)];
  const hidden = places.length > mostPlaces ? wholeRecord : withoutParts(places);
  if (hidden.length === 0 && line === null) return null;
  return { hidden, summary: line, message: definition.kind !== "effect" && hidden.length > 0 };
}

function outputOf(
  place: Place,
  seen: readonly Hidden[],
  secret: PathSet,
  found: ReadonlyMap<string, StepSecrets>,
): Hidden[] {
  const { node, definition } = place;
  const output = definition.leaves?.output;
  const isSecret = (id: string): boolean =>
    found.get(id)?.hidden.some(({ path: [side] }) => side === "output") === true ||
    secret.touching(["step", id, "output"]).length > 0;
  const known = [
    ...(place.inside.some(isSecret) ? [[]] : []),
    ...(definition.entry === true ? secret.below(["input"]) : []),
    ...secret.below(["step", node.id, "output"]),
  ];
  return [
    ...seen.flatMap(({ path: [, field = "", ...rest], shows }) => {
      if (typeof output === "string") return field === output ? [{ path: ["output", ...rest], shows }] : [];
      return output?.includes(field) ? [{ path: ["output", field, ...rest], shows }] : [];
    }),
    ...known.map((path) => ({ path: ["output", ...path], shows: hiddenMark })),
  ];
}

/** What later steps read of it, and its body of its items. */
function consequences({ node, definition }: Place, { hidden, message }: StepSecrets): Path[] {
  const paths = hidden.map(({ path }) => path);
  return [
    ...paths.filter(([side]) => side === "output").map((path) => ["step", node.id, ...path]),
    ...(message ? [["step", node.id, "error"]] : []),
    ...(definition.body === undefined
      ? []
      : paths
          .filter((path) => startsWith(path, ["input", "items"]))
          .map(([, , ...rest]) => ["item", node.id, ...rest.slice(/^\d+$/.test(rest[0] ?? "") ? 1 : 0)])),
  ];
}

/** The places of what is sensitive in a filled-in value: objects and lists keep their shape, and texts the author's words. */
function ofTemplate(place: Place, secret: PathSet, value: unknown, at: Path): Hidden[] {
  if (typeof value === "string") {
    const template = parseTemplate(value);
    if (!template.ok) return [];
    const [only, ...more] = template.parts;
    if (only?.kind === "expression" && more.length === 0) return ofExpression(place, secret, only.source, at);
    const isOpen = template.parts.map(
      (part) => part.kind === "text" || ofExpression(place, secret, part.source, at).length === 0,
    );
    if (isOpen.every(Boolean)) return [];
    // What an expression beside it gave is not known here.
    const words = template.parts.map((part, index) =>
      isOpen[index] === false ? hiddenMark : part.kind === "text" ? part.text : null,
    );
    return [{ path: at, shows: words.includes(null) ? hiddenMark : words.join("") }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => ofTemplate(place, secret, inner, [...at, name]));
}

/** A value that is taken as it is keeps its parts; of anything made from what is sensitive all is. */
function ofExpression(place: Place, secret: PathSet, source: unknown, at: Path): Hidden[] {
  const plain = plainRead(place, source);
  const paths =
    plain === null
      ? memberPaths(source).some((path) => secret.touching(meantAt(place, path)).length > 0)
        ? [at]
        : []
      : secret.touching(plain).map((path) => [...at, ...path.slice(plain.length)]);
  return paths.map((path) => ({ path, shows: hiddenMark }));
}

const plainPath = /^\s*[A-Za-z_]\w*(?:\.\??[A-Za-z_]\w*|\["[^"\\]*"\])*\s*$/;

function plainRead(place: Place, source: unknown): Path | null {
  if (typeof source !== "string" || !plainPath.test(source)) return null;
  const [path] = memberPaths(source);
  return path === undefined ? null : meantAt(place, path);
}

const known: ReadonlySet<string> = new Set(contextNames);

function meantAt({ node, loops }: Place, [root, ...rest]: Path): Path {
  return root === "output" ? ["step", node.id, "output", ...rest] : meant(loops, [root ?? "", ...rest]);
}

/** One name for what has several: the run's input is also `trigger`, its fields stand by themselves, and so do a loop's items. */
function meant(loops: Place["loops"], [root = "", ...rest]: Path): Path {
  const loop = loops.find(({ itemName }) => itemName === root) ?? (root === "item" ? loops[0] : undefined);
  if (loop) return ["item", loop.id, ...rest];
  if (root === "trigger") return ["input", ...rest];
  return known.has(root) ? [root, ...rest] : ["input", root, ...rest];
}
