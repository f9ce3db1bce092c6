import { CircleCheck, CircleMinus, Clock, Hourglass, type LucideIcon } from "lucide-react";
import type { FormPage } from "@/core/contracts/form-page";

interface PageWords {
  title: string;
  text: string;
  icon: LucideIcon;
  /** Colour of the icon. */
  tone: string;
}

/** What a form's page says when there is nothing to fill in. */
export function formPageWords(page: Exclude<FormPage, { state: "open" }>): PageWords {
  const { organization } = page;
  switch (page.state) {
    case "ahead":
      return {
        title: "This form is not ready yet",
        text: `${organization} still has something to do first. This page shows the form as soon as it is there.`,
        icon: Hourglass,
        tone: "text-ink-2",
      };
    case "sent":
      return {
        title: "Thank you",
        text: `${organization} has your answers.`,
        icon: CircleCheck,
        tone: "text-completed",
      };
    case "answered":
      return {
        title: page.title,
        text:
          page.by === "team"
            ? `Somebody at ${organization} has filled this in. There is nothing left to do.`
            : "Somebody with this link has answered already. There is nothing left to do.",
        icon: CircleCheck,
        tone: "text-completed",
      };
    case "expired":
      return {
        title: page.title,
        text: `The time to answer has run out. If it still matters, ask ${organization} for a new link.`,
        icon: Clock,
        tone: "text-ink-2",
      };
    case "over":
      return {
        title: "This form is no longer needed",
        text: `${organization} does not need these answers any more. There is nothing left to do.`,
        icon: CircleMinus,
        tone: "text-ink-2",
      };
  }
}
