"use client";
import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import { SearchX } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import type { TemplateCard as Template } from "@/core/contracts/library";
import { useTRPC } from "@/components/trpc";
import { Page, PageHeader } from "@/components/shell/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SearchInput } from "@/components/ui/search-input";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TemplateCard } from "./template-card";
import { filterTemplates, templateCategories } from "./template-filter";
import { TemplateWizard } from "./template-wizard";

/** Workflows from real life to begin with. The address names the one that is being set up. */
export function TemplateGallery() {
  const api = useTRPC();
  const router = useRouter();
  const chosen = useSearchParams().get("template");
  const gallery = useQuery(api.library.templates.queryOptions(undefined, { staleTime: Infinity }));
  const steps = useQuery(api.library.firstSteps.queryOptions());
  // Asked for early, so that the questions are there when a template is chosen.
  useQuery(api.library.templateChoices.queryOptions());
  const choose = (slug: string | null) =>
    router.replace(slug === null ? "/workflows/templates" : `/workflows/templates?template=${slug}`, { scroll: false });
  const template = gallery.data?.items.find(({ slug }) => slug === chosen);
  return (
    <Page>
      <nav aria-label="Where you are" className="mb-3 text-dense text-ink-2">
        <Link href="/workflows" className="hover:underline">
          Workflows
        </Link>
      </nav>
      <PageHeader
        title="Templates"
        note="Each runs as it is on the demo services. You choose who decides, then try it with a sample."
      />
      {gallery.data ? (
        <Gallery
          templates={gallery.data.items}
          onUse={steps.data?.mayCreate === true ? (slug) => choose(slug) : null}
        />
      ) : gallery.error ? (
        <ErrorState
          title="The templates did not load"
          message={gallery.error.message}
          onRetry={() => void gallery.refetch()}
        />
      ) : (
        <SkeletonRows rows={8} label="Loading templates" />
      )}
      {template && steps.data?.mayCreate === true && (
        <TemplateWizard template={template} onClose={() => choose(null)} />
      )}
    </Page>
  );
}

function Gallery({ templates, onUse }: { templates: readonly Template[]; onUse: ((slug: string) => void) | null }) {
  const [q, setQ] = useState("");
  const [category, setCategory] = useState<string | null>(null);
  const shown = filterTemplates(templates, { q, category });
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-3">
        <SearchInput
          label="Search templates"
          placeholder="Refund, leave, invoice"
          value={q}
          onChange={setQ}
          className="w-full sm:w-72"
        />
        <div role="group" aria-label="Category" className="flex flex-wrap gap-1">
          {[null, ...templateCategories(templates)].map((each) => (
            <button
              key={each ?? "all"}
              type="button"
              aria-pressed={category === each}
              onClick={() => setCategory(each)}
              className={clsx(
                "h-8 rounded-control px-2.5 text-dense font-medium max-sm:h-11",
                category === each ? "bg-ink text-ground" : "text-ink-2 hover:bg-sunken hover:text-ink",
              )}
            >
              {each ?? "All"}
            </button>
          ))}
        </div>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          icon={SearchX}
          title="No template matches"
          action={
            <Button
              onClick={() => {
                setQ("");
                setCategory(null);
              }}
            >
              Show all
            </Button>
          }
        >
          Try another word, or begin with an empty canvas.
        </EmptyState>
      ) : (
        <ul aria-label="Templates" className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {shown.map((template) => (
            <li key={template.slug} className="flex">
              <TemplateCard template={template} onUse={onUse && (() => onUse(template.slug))} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
