import { describe, expect, it } from "vitest";
import type { TemplateAsk, TemplateCard, TemplateChoices } from "@/core/contracts/library";
import { miniLayout } from "./mini-layout";
import { firstAnswers, readAnswers } from "./template-answers";
import { filterTemplates, templateCategories } from "./template-filter";

const ask = (id: string, more: Partial<TemplateAsk>): TemplateAsk => ({
  id,
  kind: "text",
  label: id,
  help: "",
  default: "x",
  ...more,
});
const asks = [
  ask("billing", { kind: "connection", connector: "stripe", default: "stripe" }),
  ask("approver", { kind: "person", default: "role:manager" }),
  ask("limit", { kind: "limit", default: 100 }),
  ask("pause", { default: "P3D" }),
];
const choices: TemplateChoices = {
  connections: [{ slug: "billing-eu", name: "Billing EU", connector: "stripe" }],
  people: [{ value: "role:owner", label: "Owner", group: "Roles" }],
};

describe("the questions of a template", () => {
  it("begin with its defaults, or what stands in for them here", () => {
    expect(firstAnswers(asks, choices)).toEqual({
      billing: "billing-eu",
      approver: "role:owner",
      limit: "100",
      pause: "P3D",
    });
    const manager = { value: "role:manager", label: "Manager", group: "Roles" as const };
    expect(firstAnswers(asks, { connections: [], people: [...choices.people, manager] })).toMatchObject({
      billing: "stripe",
      approver: "role:manager",
    });
  });

  it("are read as texts and numbers, each problem at its question", () => {
    expect(readAnswers(asks, { billing: "stripe", approver: "role:owner", limit: " 12.5 ", pause: "P1D" })).toEqual({
      answers: { billing: "stripe", approver: "role:owner", limit: 12.5, pause: "P1D" },
      problems: {},
    });
    expect(readAnswers(asks, { billing: "", approver: "x", limit: "many", pause: "-" }).problems).toEqual({
      billing: "This needs an answer.",
      limit: "Write a number of zero or more.",
    });
  });
});

describe("the gallery", () => {
  const card = (title: string, category: string, tags: string[]): TemplateCard => ({
    slug: title,
    title,
    benefit: "",
    category,
    tags,
    icon: "flag",
    steps: [],
    asks: [],
    sampleInput: {},
    graph: { nodes: [], edges: [] },
  });
  const cards = [card("Refund desk", "Service", ["billing"]), card("Leave request", "People", ["hr"])];
  it("is searched and narrowed", () => {
    expect(filterTemplates(cards, { q: "BILL refund", category: null }).map(({ title }) => title)).toEqual([
      "Refund desk",
    ]);
    expect(filterTemplates(cards, { q: "", category: "People" }).map(({ title }) => title)).toEqual(["Leave request"]);
    expect(filterTemplates(cards, { q: "leave", category: "Service" })).toEqual([]);
    expect(templateCategories(cards)).toEqual(["People", "Service"]);
  });

  it("draws steps in columns by their distance from the start, and bodies not at all", () => {
    const node = (id: string, parentId: string | null = null) => ({
      id,
      type: "x",
      title: id,
      summary: "",
      icon: "",
      color: "other",
      parentId,
      position: null,
    });
    const edge = (from: string, to: string) => ({ id: `${from}${to}`, from, to, label: null });
    const drawing = miniLayout({
      nodes: [node("a"), node("b"), node("c"), node("d"), node("inner", "b")],
      edges: [edge("a", "b"), edge("a", "c"), edge("b", "d"), edge("c", "d"), edge("a", "d"), edge("a", "c")],
    });
    expect(drawing).toMatchObject({ columns: 3, rows: 2 });
    expect(drawing.boxes.map(({ id, column, row }) => [id, column, row])).toEqual([
      ["a", 0, 0],
      ["b", 1, 0],
      ["c", 1, 1],
      ["d", 2, 0],
    ]);
    expect(drawing.lines).toHaveLength(5);
  });
});
