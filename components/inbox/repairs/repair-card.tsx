"use client";
import type { RepairItem } from "@/core/contracts/repair";
import { RelativeTime } from "@/components/ui/relative-time";
import { VisibleText } from "@/components/ui/visible-text";
import { DecisionCard } from "../decision-card";
import { RepairChip } from "./repair-chip";
import { alikeWords, settledWords } from "./repair-words";

/** A failed run that needs a choice, in the list of the inbox. */
export function RepairCard({ item, href, selected }: { item: RepairItem; href: string; selected: boolean }) {
  const { settled } = item;
  return (
    <DecisionCard
      id={item.id}
      href={href}
      selected={selected}
      open={settled === null}
      bar={settled === null ? "failed" : "quiet"}
      headline={<VisibleText text={item.headline} />}
      marks={<RepairChip item={item} />}
      line={settled === null ? <VisibleText text={item.detail} /> : <VisibleText text={settledWords(settled)} />}
      facts={[
        item.requestedBy !== null && <VisibleText key="by" text={item.requestedBy} />,
        settled === null ? (
          <RelativeTime key="failed" at={item.createdAt} prefix="failed " />
        ) : (
          <RelativeTime key="over" at={settled.at} />
        ),
        item.workflow.name,
        alikeWords(item.alike),
      ]}
    />
  );
}
