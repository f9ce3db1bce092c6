import { ChevronRight } from "lucide-react";
import type { CustomerRequest } from "@/core/contracts/request";
import { Card } from "@/components/ui/card";
import { Chip } from "@/components/ui/chip";
import { RelativeTime } from "@/components/ui/relative-time";
import { requestFaces } from "./request-faces";
import { RequestActs, type RequestActing } from "./request-acts";
import { RequestSteps } from "./request-steps";

/** How far a request is, in the customer's words; folded to one line when it is over. */
export function RequestProgress({ request, acting }: { request: CustomerRequest; acting?: RequestActing }) {
  const { steps } = request;
  const { tone } = requestFaces[request.state];
  if (!request.isOver)
    return (
      <Card bar={tone} className="px-4 py-3">
        <Headline request={request} />
        {steps.length > 0 && <RequestSteps steps={steps} />}
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
          <RequestSteps steps={steps} />
        </details>
      )}
    </Card>
  );
}

function Headline({ request }: { request: CustomerRequest }) {
  const { tone, icon } = requestFaces[request.state];
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
      {request.usual !== null && <span className="w-full text-dense text-ink-2">Usually {request.usual}.</span>}
    </div>
  );
}
