import { expect, it } from "vitest";
import type { CustomerForm } from "@/core/contracts/conversation";
import type { ThreadEntry } from "@/core/contracts/console";
import { threadItems } from "./thread-items";

const at = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, "0")}:00.000Z`;
const entry = (id: string, minute: number) => ({ id, at: at(minute) }) as ThreadEntry;
const form = (id: string, minute: number) => ({ waitpointId: id, askedAt: at(minute) }) as CustomerForm;

it("forms stand where they were asked for, and before the loaded part only when all is loaded", () => {
  const entries = [entry("a", 10), entry("b", 20)];
  const asked = { forms: [form("early", 5), form("between", 15)], pastForms: [] };
  expect(threadItems(entries, asked, false).map(({ id }) => id)).toEqual(["a", "between", "b"]);
  expect(threadItems(entries, asked, true).map(({ id }) => id)).toEqual(["early", "a", "between", "b"]);
});
