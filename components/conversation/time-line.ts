import type { CustomerConversation } from "@/core/contracts/conversation";

/** Something in the conversation, at the place where it was said or asked. Its id stays when a form is over. */
export type TimeLineItem = { id: string; at: string } & (
  | { kind: "message"; message: CustomerConversation["messages"][number] }
  | { kind: "request"; request: CustomerConversation["requests"][number] }
  | { kind: "form"; form: CustomerConversation["forms"][number] }
  | { kind: "past_form"; form: CustomerConversation["pastForms"][number] }
);

type Shown = Pick<CustomerConversation, "messages" | "requests" | "forms" | "pastForms">;

/** Everything in the order in which it happened, oldest first. Of one moment: what was said, what came of it, what was asked for. */
export function timeLine({ messages, requests, forms, pastForms }: Shown): TimeLineItem[] {
  const items: TimeLineItem[] = [
    ...messages.map((message) => ({ id: `message ${message.id}`, kind: "message" as const, at: message.at, message })),
    ...requests.map((request) => ({
      id: `request ${request.id}`,
      kind: "request" as const,
      at: request.askedAt,
      request,
    })),
    ...forms.map((form) => ({ id: formId(form), kind: "form" as const, at: form.askedAt, form })),
    ...pastForms.map((form) => ({ id: formId(form), kind: "past_form" as const, at: form.askedAt, form })),
  ];
  // Sorting is stable: of one moment they stay in the order above.
  return items.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function formId({ waitpointId }: { waitpointId: string }): string {
  return `form ${waitpointId}`;
}
