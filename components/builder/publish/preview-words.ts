import type { DraftState, PublishPreview } from "@/core/contracts/draft";

/** "v4 goes live now. 12 runs finish on v3." */
export function consequenceWords(
  preview: Pick<PublishPreview, "nextVersion" | "publishedVersion" | "openRuns" | "reviewRequired">,
): string {
  if (preview.reviewRequired) {
    const until =
      preview.publishedVersion === null
        ? "Nothing is live until then."
        : `v${preview.publishedVersion} stays live until then.`;
    return `v${preview.nextVersion} goes live when a second person approves it. ${until}`;
  }
  return [`v${preview.nextVersion} goes live now.`, runsWords(preview.openRuns)]
    .filter((part) => part !== "")
    .join(" ");
}

/** "12 runs finish on v3.", "12 runs finish on v3 and 1 on v1."; nothing when nothing runs. */
export function runsWords(openRuns: PublishPreview["openRuns"]): string {
  const [first, ...rest] = openRuns.filter(({ runs }) => runs > 0).sort((a, b) => b.version - a.version);
  if (!first) return "";
  const head =
    first.runs === 1 ? `1 run finishes on v${first.version}` : `${first.runs} runs finish on v${first.version}`;
  const others = rest.map(({ version, runs }) => `${runs} on v${version}`);
  const last = others.pop();
  if (last === undefined) return `${head}.`;
  return `${[head, ...others].join(", ")} and ${last}.`;
}

/** Why the draft cannot go live, or null. */
export function blockedWords(preview: Pick<PublishPreview, "issues" | "nextVersion">): string | null {
  const errors = preview.issues.filter(({ severity }) => severity === "error").length;
  if (errors === 0) return null;
  return errors === 1
    ? `One problem keeps v${preview.nextVersion} from going live.`
    : `${errors} problems keep v${preview.nextVersion} from going live.`;
}

/** Said when a version was saved otherwise since the draft was begun. */
export function overtakenWords(overtakenBy: number): string {
  return `v${overtakenBy} was saved through the API or by rolling back after this draft was begun. The changes below are against it: check that nothing of it is undone by accident.`;
}

/** What the person reads after pressing the button. */
export function publishedWords(version: number, openRuns: PublishPreview["openRuns"]): string {
  return [`v${version} is live.`, "New runs use it.", runsWords(openRuns)].filter((part) => part !== "").join(" ");
}

type Banner = Pick<DraftState, "hasDraft" | "headVersion" | "publishedVersion" | "mayEdit">;

/** "You are editing v4. Customers still get v3."; null when what is shown is what customers get. */
export function draftWords(workflow: Banner): string | null {
  const { hasDraft, headVersion, publishedVersion, mayEdit } = workflow;
  if (!hasDraft && headVersion === publishedVersion) return null;
  const edited = draftNumber(workflow);
  const live = publishedVersion === null ? "Nothing is live yet." : `Customers still get v${publishedVersion}.`;
  if (!hasDraft) return `v${edited} is not published. ${live}`;
  return mayEdit ? `You are editing v${edited}. ${live}` : `v${edited} is being edited. ${live}`;
}

/** The number that the draft gets when it goes live. */
export function draftNumber({ hasDraft, headVersion }: Pick<Banner, "hasDraft" | "headVersion">): number {
  return hasDraft ? headVersion + 1 : headVersion;
}
