"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import type { WorkflowDetail } from "@/core/contracts/workflow";
import { useBuilder } from "@/components/builder/state/use-builder";
import { CompareView } from "./compare-view";
import { PublishReviews } from "./publish-reviews";
import { VersionList } from "./version-list";
import { readSide, type Side } from "./version-side";

/** The history of a workflow; or, with two sides in the address, what differs between them. */
export function VersionsTab({ workflow }: { workflow: WorkflowDetail }) {
  const hasDraft = useBuilder((state) => state.workflow.hasDraft);
  const router = useRouter();
  const path = usePathname();
  const query = useSearchParams();
  const sides: Side[] = [...(hasDraft ? (["draft"] as const) : []), ...workflow.versions.map(({ number }) => number)];
  const from = readSide(query.get("from"), sides);
  const to = readSide(query.get("to"), sides);
  const backHref = `${path}?tab=versions`;
  const compare = (next: { from: Side; to: Side; view: string }, add: "push" | "replace") =>
    router[add](`${backHref}&from=${next.from}&to=${next.to}&view=${next.view}`, { scroll: false });
  if (from !== null && to !== null)
    return (
      <CompareView
        slug={workflow.slug}
        from={from}
        to={to}
        sides={sides}
        view={["drawing", "text"].find((view) => view === query.get("view")) ?? "words"}
        backHref={backHref}
        onChange={(next) => compare(next, "replace")}
      />
    );
  return (
    <>
      <VersionList
        workflow={workflow}
        onCompare={(first, second) => compare({ from: first, to: second, view: "words" }, "push")}
        onEdit={() => router.push(`${path}?tab=canvas`, { scroll: false })}
      />
      <PublishReviews slug={workflow.slug} />
    </>
  );
}
