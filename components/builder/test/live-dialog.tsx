"use client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Execution } from "./use-execute";

/** Before a test calls what acts for real, its tester is asked. */
export function LiveDialog({ execution }: { execution: Execution }) {
  const { live } = execution;
  if (!live) return null;
  return (
    <Dialog
      open
      onOpenChange={execution.dismiss}
      title={live.length === 1 ? "This connection acts for real" : "These connections act for real"}
      description="The test would really call them: cards are charged, orders are placed. Pin the steps that use them to test the rest."
      footer={
        <>
          <Button onClick={execution.dismiss}>Do not test</Button>
          <Button look="danger" busy={execution.busy} onClick={execution.allow}>
            Call them
          </Button>
        </>
      }
    >
      <ul className="flex flex-col">
        {live.map(({ slug, name }) => (
          <li key={slug} className="flex items-baseline justify-between gap-4 border-b py-2 last:border-b-0">
            <span className="font-medium">{name}</span>
            <span className="font-mono text-dense text-ink-2">{slug}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
