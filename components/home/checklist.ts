import type { FirstSteps } from "@/core/contracts/library";

export interface ChecklistEntry {
  id: string;
  title: string;
  help: string;
  action: string;
  done: boolean;
  /** Null: something before it has to be done first. */
  href: string | null;
}

/** What somebody new does, in order, as far as their role may. */
export function checklist(steps: FirstSteps): ChecklistEntry[] {
  const builder = steps.workflow === null ? null : `/workflows/${steps.workflow.slug}?tab=canvas`;
  const decide: ChecklistEntry = {
    id: "decide",
    title: "Decide something",
    help: "What waits for a person is in the inbox.",
    action: "Inbox",
    done: steps.decided,
    href: "/inbox",
  };
  if (!steps.mayCreate) return [decide];
  return [
    {
      id: "create",
      title: "Make a workflow",
      help: "Begin with a template, or with an empty canvas.",
      action: "Templates",
      done: steps.created,
      href: "/workflows/templates",
    },
    {
      id: "test",
      title: "Test it",
      help: "A real run that only you see.",
      action: "Test",
      done: steps.tested,
      href: builder && `${builder}&panel=test`,
    },
    {
      id: "publish",
      title: "Publish it",
      help: "From then on its triggers start it.",
      action: "Publish",
      done: steps.published,
      href: builder,
    },
    decide,
  ];
}
