import { Ban, Check, CircleCheck, Hand, LoaderCircle, UserRound, type LucideIcon } from "lucide-react";
import { clsx } from "clsx";
import type { CustomerConversation } from "@/core/contracts/conversation";
import { Card } from "@/components/ui/card";
import { Chip } from "@/components/ui/chip";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Tone } from "@/components/ui/tone";

type Request = CustomerConversation["requests"][number];

/** How far a request is, in the customer's words. */
export function RequestProgress({ request }: { request: Request }) {
  const face = faces[request.state];
  return (
    <Card bar={face.tone} className="px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">{request.title}</h3>
        <Chip tone={face.tone} icon={face.icon} spin={request.state === "working"}>
          {request.label}
        </Chip>
      </div>
      {request.steps.length > 0 && (
        <ol className="mt-2 flex flex-col gap-1">
          {request.steps.map((step, position) => (
            <li
              key={`${position}-${step.label}`}
              aria-current={step.state === "now" ? "step" : undefined}
              className={clsx("flex items-center gap-2 text-dense", stepLook[step.state])}
            >
              <StepMark state={step.state} />
              {step.label}
              {step.state === "done" && <span className="sr-only">, done</span>}
            </li>
          ))}
        </ol>
      )}
      <p className="mt-2 text-label text-ink-3">
        <RelativeTime at={request.since} prefix="Since " />
      </p>
    </Card>
  );
}

function StepMark({ state }: { state: Request["steps"][number]["state"] }) {
  if (state === "done") return <Check size={14} aria-hidden className="shrink-0 text-completed" />;
  return (
    <span
      aria-hidden
      className={clsx("mx-[3px] size-2 shrink-0 rounded-full", state === "now" ? "bg-ink" : "border border-control")}
    />
  );
}

const stepLook = { done: "text-ink-2", now: "font-medium text-ink", next: "text-ink-3" };

const faces: Record<Request["state"], { tone: Tone; icon: LucideIcon }> = {
  working: { tone: "running", icon: LoaderCircle },
  waiting_for_people: { tone: "person", icon: UserRound },
  waiting_for_you: { tone: "person", icon: Hand },
  done: { tone: "completed", icon: CircleCheck },
  stopped: { tone: "quiet", icon: Ban },
};
