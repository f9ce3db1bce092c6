import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "@/scripts/db/project-files";
import { productSources } from "@/tests/product-sources";
import { restRouter } from "@/server/routes/rest";

/** Sentences of the product: quoted texts of several words. Comments are not for readers. */
function sentences(): { file: string; text: string }[] {
  return productSources().flatMap(({ file, text: source }) => {
    const texts = source.replaceAll(/\/\*\*[\s\S]*?\*\//g, "").match(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
    return texts.filter((text) => / \S+ /.test(text)).map((text) => ({ file, text }));
  });
}

/** `/runs/[id]` of `app/(app)/runs/[id]/page.tsx`, and the routes of REST. */
function places(): RegExp[] {
  const pages = readdirSync(join(projectRoot, "app"), { recursive: true, encoding: "utf8" })
    .filter((name) => /(?:^|\/)(?:page|route)\.tsx?$/.test(name) && !name.includes("[[...path]]"))
    .map((name) => `/${name.replace(/\/?(?:page|route)\.tsx?$/, "").replaceAll(/\([^)]*\)\//g, "")}`);
  return [...pages, ...restRouter().routes.map(({ path }) => path)].map(
    (path) => new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\[[^\]]*\]+|\{\w+\}/g, "[^/]+")}$`),
  );
}

/** Examples of what people's own services are called, and of schemas. */
const examples = /^\/(?:v1|v2|users|customers|orders|path|x|\w+\.json|d|w|m|s)\b/;

it("B-21 no sentence names a page or route that the product does not have", () => {
  const known = places();
  expect(known.length).toBeGreaterThan(80);
  const lost = sentences().flatMap(({ file, text }) =>
    [...text.matchAll(/(?<=[\s(])\/[a-z][\w/{}.-]*[\w}]/g)]
      .map(([path]) => path)
      .filter((path) => !examples.test(path) && !known.some((place) => place.test(path)))
      .map((path) => `${file}: ${path} in ${text.slice(0, 120)}`),
  );
  expect(lost).toEqual([]);
});

it("B-21 tabs that sentences send people to are tabs of the builder", () => {
  const builder = readFileSync(join(projectRoot, "components/builder/workflow-builder.tsx"), "utf8");
  const tabs = [...builder.matchAll(/label: "(\w+)"/g)].map(([, tab]) => tab);
  const named = sentences().flatMap(({ file, text }) =>
    [...text.matchAll(/\b([A-Z]\w+) tab\b/g)].map(([, tab = ""]) => ({ file, tab })),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter(({ tab }) => !tabs.includes(tab))).toEqual([]);
  const settings = sentences().filter(({ text }) => /\bin (?:your |the )?settings\b/i.test(text));
  expect(settings).toEqual([]);
});
