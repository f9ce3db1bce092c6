import type { RequestWord } from "@/core/contracts/request";
import { RelativeTime } from "@/components/ui/relative-time";
import { VisibleText } from "@/components/ui/visible-text";

/** What those who decided said to whoever asked. */
export function RequestWords({ title, words }: { title: string; words: readonly RequestWord[] }) {
  if (words.length === 0) return null;
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h2 className="text-reading font-semibold">{title}</h2>
      <ul className="flex flex-col gap-3">
        {words.map(({ text, by, at }) => (
          <li key={at} className="rounded-card border border-hairline bg-surface px-4 py-3">
            <p className="whitespace-pre-line [overflow-wrap:anywhere]">
              <VisibleText text={text} />
            </p>
            <p className="text-label text-ink-3">
              {by !== null && <>{by} · </>}
              <RelativeTime at={at} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
