import { Check } from "lucide-react";
import { clsx } from "clsx";
import type { CustomerRequest } from "@/core/contracts/request";

/** What was done for a request, and what is under way. */
export function RequestSteps({ steps }: Pick<CustomerRequest, "steps">) {
  return (
    <ol className="mt-2 flex flex-col gap-1">
      {steps.map((step, position) => (
        <li
          key={`${String(position)}-${step.label}`}
          aria-current={step.state === "now" ? "step" : undefined}
          className={clsx("flex items-center gap-2 text-dense", stepLook[step.state])}
        >
          {step.state === "done" ? (
            <Check size={14} aria-hidden className="shrink-0 text-completed" />
          ) : (
            <span aria-hidden className="mx-[3px] size-2 shrink-0 rounded-full bg-ink" />
          )}
          {step.label}
          {step.state === "done" && <span className="sr-only">, done</span>}
        </li>
      ))}
    </ol>
  );
}

const stepLook = { done: "text-ink-2", now: "font-medium text-ink" };
