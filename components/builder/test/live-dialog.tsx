"use client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Execution } from "./use-execute";

/** Before a test calls what acts for real, its tester is asked. */
export function LiveDialog({ execution }: { execution: Execution }) {
  const { live } = execution;
  if (!live) return null;
  const one = live.length === 1;
  return (
    <Dialog
      open
      onOpenChange={execution.dismiss}
      title={one ? "This connection acts for real" : "These connections act for real"}
      description={`The test would really call ${one ? "it" : "them"}: cards are charged, orders are placed. Pin the steps that use ${one ? "it" : "them"} to test the rest.`}
      footer={
        <>
          <Button onClick={execution.dismiss}>Do not test</Button>
          <Button look="danger" busy={execution.busy} onClick={execution.allow}>
            {one ? "Call it" : "Call them"}
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
