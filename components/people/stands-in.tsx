import { VisibleText } from "@/components/ui/visible-text";
import { standsInWords } from "./away-words";

/** In whose name the reader answers, because that person is away. */
export function StandsIn({ person }: { person: { name: string; until: string | null } }) {
  return (
    // The server's zone differs from the browser's; the browser's words win.
    <span suppressHydrationWarning>
      <VisibleText text={standsInWords(person)} />
    </span>
  );
}
