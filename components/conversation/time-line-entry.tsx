"use client";
import type { JsonObject } from "@/core/json";
import type { Refusal } from "@/components/fields/refusal";
import { FormCard } from "./form-card";
import { MessageBubble } from "./message-bubble";
import { PastFormCard } from "./past-form-card";
import type { RequestActing } from "./request-acts";
import { RequestProgress } from "./request-progress";
import type { TimeLineItem } from "./time-line";

/** The form that this page sent last: whether it is on its way, and what the server said against it. */
export interface FormSending {
  waitpointId: string | null;
  busy: boolean;
  problem: Refusal | null;
  /** The secret part of the page's link: files are added with it. */
  link?: string;
}

interface TimeLineEntryProps {
  item: TimeLineItem;
  form: FormSending;
  acting: RequestActing;
  onFocus: () => void;
  onBlur: () => void;
  onSubmitForm: (waitpointId: string, values: JsonObject) => void;
}

export function TimeLineEntry({ item, form, acting, onFocus, onBlur, onSubmitForm }: TimeLineEntryProps) {
  if (item.kind === "message")
    return (
      <MessageBubble
        large
        itemId={item.id}
        side={item.message.author === "contact" ? "us" : "them"}
        authorName={item.message.authorName}
        body={item.message.body}
        at={item.message.at}
      />
    );
  return (
    <li
      data-item={item.kind}
      data-item-id={item.id}
      onFocus={onFocus}
      onBlur={onBlur}
      className="scroll-mt-20 scroll-mb-40"
    >
      <Inside item={item} form={form} acting={acting} onSubmitForm={onSubmitForm} />
    </li>
  );
}

function Inside({
  item,
  form,
  acting,
  onSubmitForm,
}: Pick<TimeLineEntryProps, "form" | "acting" | "onSubmitForm"> & {
  item: Exclude<TimeLineItem, { kind: "message" }>;
}) {
  if (item.kind === "request") return <RequestProgress request={item.request} acting={acting} />;
  const isThis = form.waitpointId === item.form.waitpointId;
  if (item.kind === "past_form")
    return <PastFormCard form={item.form} sentHere={isThis && form.problem === null && item.form.outcome === "sent"} />;
  const { waitpointId } = item.form;
  return (
    <FormCard
      form={item.form}
      busy={isThis && form.busy}
      problem={isThis ? form.problem : null}
      link={form.link ?? null}
      onSubmit={(values) => onSubmitForm(waitpointId, values)}
    />
  );
}
