import { Fragment } from "react";

/** Plain text in which web addresses are links. */
export function LinkedText({ text }: { text: string }) {
  return text.split(address).map((part, position) =>
    // The captured group of `split` makes every second part an address.
    position % 2 === 1 ? (
      <a
        key={position}
        href={part}
        target="_blank"
        rel="noopener noreferrer"
        className="text-link underline underline-offset-2"
      >
        {part}
      </a>
    ) : (
      <Fragment key={position}>{part}</Fragment>
    ),
  );
}

const address = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)])/;
