import { VisibleText } from "@/components/ui/visible-text";

/** What whoever asks says before the questions; its lines are the author's. */
export function Introduction({ text }: { text: unknown }) {
  if (typeof text !== "string" || text.trim() === "") return null;
  return (
    <p className="text-ink-2 whitespace-pre-line [overflow-wrap:anywhere]">
      <VisibleText text={text} />
    </p>
  );
}
