import { z } from "zod";

const lockSchema = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
    }),
  ),
});

/** Packages that say their licence in a file only. */
export const saidElsewhere: Readonly<Record<string, string>> = { "png-js": "MIT", "seq-queue": "MIT" };

/** What licences with conditions beyond the notice ask for, and where the source is. First match wins. */
const conditions: readonly { name: RegExp; words: string }[] = [
  {
    name: /^elkjs$/,
    words:
      "Eclipse Public License 2.0, used unchanged and as a package of its own. Source: https://github.com/kieler/elkjs",
  },
  {
    name: /^lightningcss/,
    words:
      "Mozilla Public License 2.0, used unchanged while building the pages. Source: https://github.com/parcel-bundler/lightningcss",
  },
  {
    name: /^@img\/sharp/,
    words:
      "contains libvips and others under the GNU Lesser General Public License 3.0 or later, as libraries that can be replaced. Source: https://github.com/lovell/sharp-libvips",
  },
  {
    name: /^@fontsource/,
    words: "SIL Open Font License 1.1, shipped unchanged under its own name. Source: https://github.com/rsms/inter",
  },
  {
    name: /^caniuse-lite$/,
    words:
      "data of caniuse.com under Creative Commons Attribution 4.0. Source: https://github.com/browserslist/caniuse-lite",
  },
];
const permissive =
  /^\(?(MIT|MIT-0|ISC|0BSD|Unlicense|BlueOak-1\.0\.0|Apache-2\.0|BSD-[23]-Clause)( (AND|and|OR) (MIT|ISC|BSD-3-Clause|Apache-2\.0))*\)?$/;

/**
 * The notice of everything that is installed with the product, for every platform, as Markdown.
 * @param lock package-lock.json
 * @throws Error when a licence with conditions has no words here: somebody has to look at it
 */
export function thirdPartyNotice(lock: unknown): string {
  const installed = new Map<string, { name: string; version: string; licence: string }>();
  for (const [path, { version = "", license, dev }] of Object.entries(lockSchema.parse(lock).packages)) {
    if (path === "" || dev === true) continue;
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    const licence = license ?? saidElsewhere[name] ?? "unknown";
    installed.set(`${name}@${version}`, { name, version, licence });
  }
  const all = [...installed.values()].sort(
    (a, b) => compare(a.licence, b.licence) || compare(a.name, b.name) || compare(a.version, b.version),
  );
  const conditional = all.filter(({ licence }) => !permissive.test(licence));
  const unlooked = conditional.filter(({ name }) => !conditions.some((condition) => condition.name.test(name)));
  if (unlooked.length > 0)
    throw new Error(
      `Nobody has looked at these licences yet: ${unlooked.map(({ name, licence }) => `${name} (${licence})`).join(", ")}. Add what they ask for to scripts/third-party/notice.ts.`,
    );
  return [
    "# What others made",
    "",
    "Written by `npm run third-party` from package-lock.json. Holdpoint itself is under the Apache License 2.0 (LICENSE). What is",
    "listed here is installed with it, each under its own licence, whose text stands in the package's folder below `node_modules`.",
    "",
    "## Licences with conditions of their own",
    "",
    ...conditions
      .filter(({ name }) => conditional.some((each) => name.test(each.name)))
      .map(({ name, words }) => `- ${namesOf(conditional.filter((each) => name.test(each.name)))}: ${words}`),
    "",
    "## Everything",
    "",
    ...[...new Set(all.map(({ licence }) => licence))].flatMap((licence) => [
      `### ${licence}`,
      "",
      all
        .filter((each) => each.licence === licence)
        .map(({ name, version }) => `${name} ${version}`)
        .join(", "),
      "",
    ]),
  ].join("\n");
}

function namesOf(packages: readonly { name: string }[]): string {
  return [...new Set(packages.map(({ name }) => `\`${name}\``))].join(", ");
}

/** The same order on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
