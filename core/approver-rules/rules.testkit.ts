import fc from "fast-check";
import type { Json } from "@/core/json";
import type { RuleCell, RuleDocument, RuleQuestion, RuleRow } from "./document";

export const amount = {
  name: "amount",
  title: "Amount",
  type: "money",
  currency: "EUR",
} as const satisfies RuleQuestion;
export const site = {
  name: "site",
  title: "Site",
  type: "choice" as const,
  choices: ["Lyon", "Paris", "Oslo"] as string[],
} satisfies RuleQuestion;
export const project = { name: "project", title: "Project", type: "text" } as const satisfies RuleQuestion;
export const heads = { name: "heads", title: "Heads", type: "number" } as const satisfies RuleQuestion;

export const asks = (ref: string, when: Record<string, RuleCell> = {}, more: Partial<RuleRow> = {}): RuleRow => ({
  when,
  assignTo: [ref],
  ...more,
});

/** Up to €1,000 a lead, in Lyon over €10,000 finance and the manager, else the manager; otherwise the owner. */
export const spend: RuleDocument = {
  questions: [amount, site],
  rows: [
    asks("role:lead", { amount: { is: "up_to", to: 1_000 } }),
    asks(
      "role:finance",
      { amount: { is: "over", over: 10_000 }, site: { is: "one_of", values: ["Lyon"] } },
      {
        assignTo: ["role:manager", "role:finance"],
        quorum: { mode: "all" },
        requesterCannotApprove: true,
        commentRequiredOn: ["rejected"],
        timeoutHours: 48,
        escalateTo: ["role:owner"],
      },
    ),
    asks("role:manager"),
  ],
  otherwise: { assignTo: ["role:owner"] },
};

const limit = fc.integer({ min: 0, max: 6 });
const numberCell: fc.Arbitrary<RuleCell> = fc.oneof(
  limit.map((from): RuleCell => ({ is: "from", from })),
  limit.map((over): RuleCell => ({ is: "over", over })),
  limit.map((to): RuleCell => ({ is: "up_to", to })),
  fc.tuple(limit, limit).map(([from, to]): RuleCell => ({ is: "between", from, to })),
);
const textCell = (values: readonly string[]): fc.Arbitrary<RuleCell> =>
  fc.record({
    is: fc.constantFrom("one_of" as const, "none_of" as const),
    values: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
  });

const cells = {
  amount: numberCell,
  heads: numberCell,
  site: textCell(["lyon", "PARIS", "Oslo"]),
  project: textCell(["🚀 launch", "Straße", "move"]),
};

const rowOf = fc
  .record(cells, { requiredKeys: [] })
  .chain((when) => fc.nat(5).map((person): RuleRow => asks(`role:r${String(person)}`, { ...when })));

/** Small tables, in which rows often cover each other. */
export const anyDocument: fc.Arbitrary<RuleDocument> = fc
  .array(rowOf, { maxLength: 6 })
  .map((rows) => ({ questions: [amount, heads, site, project], rows, otherwise: { assignTo: ["role:last"] } }));

/** What a column may be given: what it can read, and what it cannot. */
export const readable = {
  amount: fc
    .oneof(fc.integer({ min: -7, max: 7 }), fc.constantFrom(0.5, 1.5, 2.5))
    .map((size) => `${String(size)} EUR`),
  heads: fc.oneof(fc.integer({ min: -2, max: 8 }), fc.constantFrom(0.5, 3.5, 1e308)),
  site: fc.constantFrom("Lyon", " paris ", "OSLO"),
  project: fc.constantFrom("🚀 LAUNCH", "straße", "move", "anything else"),
};
const odd: (Json | undefined)[] = [
  null,
  undefined,
  "",
  "  ",
  NaN,
  Infinity,
  [],
  {},
  "12 USD",
  "1.234",
  "1e308 EUR",
  "€12k",
  { amount: 3, currency: "USD" },
];
export const unreadable = fc.constantFrom(...odd);
