import {
  Ban,
  Check,
  ChevronRight,
  CircleAlert,
  CircleCheck,
  CircleX,
  Clock,
  Hand,
  LoaderCircle,
  UserRound,
  type LucideIcon,
} from "lucide-react";
import { clsx } from "clsx";
import type { CustomerRequest } from "@/core/contracts/conversation";
import { Card } from "@/components/ui/card";
import { Chip } from "@/components/ui/chip";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Tone } from "@/components/ui/tone";
import { RequestActs, type RequestActing } from "./request-acts";

/** How far a request is, in the customer's words; folded to one line when it is over. */
export function RequestProgress({ request, acting }: { request: CustomerRequest; acting?: RequestActing }) {
  const { steps } = request;
  const { tone } = faces[request.state];
  if (!request.isOver)
    return (
      <Card bar={tone} className="px-4 py-3">
        <Headline request={request} />
        {steps.length > 0 && <Steps steps={steps} />}
        {acting && <RequestActs request={request} acting={acting} />}
      </Card>
    );
  return (
    <Card bar={tone} className="px-4 py-2">
      {steps.length === 0 ? (
        <Headline request={request} />
      ) : (
        <details className="group">
          <summary className="flex min-h-9 cursor-pointer list-none items-center gap-2 max-sm:min-h-11">
            <ChevronRight size={15} aria-hidden className="shrink-0 text-ink-2 group-open:rotate-90" />
            <Headline request={request} />
          </summary>
          <Steps steps={steps} />
        </details>
      )}
    </Card>
  );
}

function Headline({ request }: { request: CustomerRequest }) {
  const { tone, icon } = faces[request.state];
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-2">
      <h2 className="font-semibold">{request.title}</h2>
      <span className="flex min-w-0 items-center gap-2">
        <Chip tone={tone} icon={icon} spin={request.state === "working"}>
          {request.label}
        </Chip>
        <span className="text-label text-ink-3">
          <RelativeTime at={request.since} />
        </span>
      </span>
    </div>
  );
}

function Steps({ steps }: Pick<CustomerRequest, "steps">) {
  return (
    <ol className="mt-2 flex flex-col gap-1">
      {steps.map((step, position) => (
        <li
          key={`${String(position)}-${step.label}`}
          aria-current={step.state === "now" ? "step" : undefined}
          className={clsx("flex items-center gap-2 text-dense", stepLook[step.state])}
        >
          {step.state === "done" ? (
            <Check size={14} aria-hidden className="shrink-0 text-completed" />
          ) : (
            <span aria-hidden className="mx-[3px] size-2 shrink-0 rounded-full bg-ink" />
          )}
          {step.label}
          {step.state === "done" && <span className="sr-only">, done</span>}
        </li>
      ))}
    </ol>
  );
}

const stepLook = { done: "text-ink-2", now: "font-medium text-ink" };

const faces: Record<CustomerRequest["state"], { tone: Tone; icon: LucideIcon }> = {
  working: { tone: "running", icon: LoaderCircle },
  waiting_for_people: { tone: "person", icon: UserRound },
  with_colleague: { tone: "person", icon: UserRound },
  waiting_for_you: { tone: "person", icon: Hand },
  completed: { tone: "completed", icon: CircleCheck },
  declined: { tone: "quiet", icon: CircleX },
  timed_out: { tone: "quiet", icon: Clock },
  failed: { tone: "failed", icon: CircleAlert },
  cancelled: { tone: "quiet", icon: Ban },
};
