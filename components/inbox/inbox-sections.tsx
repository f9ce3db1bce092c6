"use client";
import { ChevronRight } from "lucide-react";
import { clsx } from "clsx";
import { useId, type ReactNode } from "react";
import { mostCountedOfGroup, type InboxItem } from "@/core/contracts/inbox";
import { Button } from "@/components/ui/button";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { InboxSection } from "./use-inbox-groups";

interface InboxSectionsProps {
  sections: readonly InboxSection[];
  onFold: (slug: string) => void;
  /** The cards of one of them. */
  children: (items: readonly InboxItem[]) => ReactNode;
}

/** What waits, by workflow: each group has its name and its number, and can be folded. */
export function InboxSections({ sections, onFold, children }: InboxSectionsProps) {
  return sections.map((section) => (
    <Section key={section.slug} section={section} onFold={onFold}>
      {children(section.items ?? [])}
    </Section>
  ));
}

function Section({
  section: { slug, name, count, isUnfolded, items, more },
  onFold,
  children,
}: {
  section: InboxSection;
  onFold: (slug: string) => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h2 id={id}>
        <button
          type="button"
          aria-expanded={isUnfolded}
          onClick={() => onFold(slug)}
          className="flex min-h-9 w-full items-center gap-2 rounded-control text-left text-dense font-semibold max-sm:min-h-11"
        >
          <ChevronRight size={16} aria-hidden className={clsx("shrink-0", isUnfolded && "rotate-90")} />
          <span className="min-w-0 truncate">{name}</span>
          <span className="figures ml-auto font-medium text-ink-2">
            {count >= mostCountedOfGroup ? `${String(mostCountedOfGroup)}+` : count}
          </span>
        </button>
      </h2>
      {isUnfolded && (items === null ? <SkeletonRows rows={2} label={`Loading ${name}`} /> : children)}
      {more && (
        <Button className="self-center" busy={more.busy} onClick={more.load}>
          Show more of {name}
        </Button>
      )}
    </section>
  );
}
