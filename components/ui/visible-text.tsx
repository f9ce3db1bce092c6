import { visiblePieces } from "@/core/visible-text";

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** A text that somebody decides by: characters that nobody would see stand there by their numbers. */
export function VisibleText({ text }: { text: string }) {
  const pieces = visiblePieces(text);
  // What is read from right to left turns no words around that stand beside it.
  if (pieces.every((piece) => "text" in piece)) return rightToLeft.test(text) ? <bdi>{text}</bdi> : text;
  return (
    <bdi>
      {pieces.map((piece, position) =>
        "text" in piece ? (
          piece.text
        ) : (
          <bdi
            key={position}
            title="A character that cannot be seen stands here"
            className="mx-0.5 inline-block rounded-chip bg-failed-tint px-1 font-mono text-dense text-failed"
          >
            <span className="sr-only">hidden character </span>
            {piece.hidden}
          </bdi>
        ),
      )}
    </bdi>
  );
}
