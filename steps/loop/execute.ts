import { cutText } from "@/core/storable-text";
import { implementStep } from "@/steps/implement-step";
import { asText, failedFinally } from "@/steps/outcome";
import { itemsSite, loopDefinition } from "./definition";

/** By how many loops are around: the numbers multiply. */
const maxItems = [10_000, 2_000, 500] as const;
const maxItemsDeeper = 100;

export const executeLoop = implementStep(loopDefinition, {
  execute({ config, evaluate, iteration }) {
    const { concurrency, itemName, onItemError, max } = config;
    // The next round depends on what the last one left, so rounds never run side by side.
    if (config.items === undefined)
      return { kind: "opened", items: null, itemName, concurrency: 1, max: max ?? 1, onItemError };
    const site = itemsSite(config);
    const result = site.kind === "expression" ? evaluate.expression(site.value) : evaluate.template(site.value);
    if (!result.ok) return { kind: "failed", error: result.error };
    const { value } = result;
    if (!Array.isArray(value)) {
      const found = value === null ? "nothing" : cutText(asText(value), 100);
      return failedFinally(
        "items_not_a_list",
        `The loop needs a list to go through, but items gave ${found}. Where it may be missing, write x.?y.orValue([]).`,
      );
    }
    const depth = iteration === "" ? 0 : iteration.split(".").length;
    const limit = maxItems[depth] ?? maxItemsDeeper;
    if (value.length > limit) {
      return failedFinally(
        "too_many_items",
        `The loop has ${String(value.length)} items; at most ${String(limit)} are possible${depth === 0 ? "" : " in a loop inside a loop"}. Split the list over several runs.`,
      );
    }
    return { kind: "opened", items: value, itemName, concurrency, onItemError };
  },
  decideRepeat({ config, evaluate }) {
    if (config.until === undefined) return { again: false };
    const result = evaluate.expression(config.until);
    if (!result.ok) return { error: result.error };
    if (typeof result.value === "boolean") return { again: !result.value };
    return {
      error: {
        code: "not_a_boolean",
        class: "other",
        retryable: false,
        message: `until gave ${cutText(asText(result.value), 100) || "nothing"}, but must be true or false.`,
      },
    };
  },
});
