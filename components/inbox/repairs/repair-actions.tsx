"use client";
import { useRef, useState } from "react";
import type { RepairContext } from "@/core/contracts/repair";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useKeyHint } from "@/components/ui/letter-keys-choice";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import { focusOpenDecision, isAtAnotherCard } from "../inbox-focus";
import { ResultNotice } from "../result-notice";
import { FixDialog } from "./fix-dialog";
import { GoOnDialog } from "./go-on-dialog";
import { ReasonDialog } from "./reason-dialog";
import type { Repairing } from "./use-repair";

interface RepairActionsProps {
  context: RepairContext;
  repairing: Repairing;
  /** It has only just appeared, or changed. */
  resting: boolean;
  keys: boolean;
}

/** Try again, correct, skip, or leave as it is; the same for all that failed alike. */
export function RepairActions({ context, repairing, resting, keys }: RepairActionsProps) {
  const [asking, setAsking] = useState<"fix" | "go_on" | "skip" | "leave" | null>(null);
  const part = useRef<HTMLDivElement>(null);
  const hint = useKeyHint("t");
  const { busy } = repairing;
  const refused = context.canAnswer ? null : context.cannotAnswerReason;
  const isRound = context.round?.state === "first" || context.round?.state === "rest";
  useShortcuts(
    keys && refused === null && !busy && !resting && asking === null,
    { retry: repairing.tryAgain },
    { part, except: isAtAnotherCard },
  );
  const ask = (what: "fix" | "go_on" | "skip" | "leave") => () => {
    repairing.forget();
    setAsking(what);
  };
  const dialog = {
    busy,
    problem: repairing.problem,
    onClose: () => setAsking(null),
    finalFocus: (): boolean => {
      if (part.current?.isConnected === true) return true;
      focusOpenDecision();
      return false;
    },
  };
  const other = {
    disabled: refused !== null || busy,
    reason: refused,
    resting,
    className: "max-sm:h-12 max-sm:flex-1",
  };
  return (
    <div ref={part} className="flex flex-col gap-3">
      {repairing.problem !== null && asking === null && <ResultNotice result={repairing.problem} />}
      {refused !== null && <p className="text-dense text-ink-2">{refused}</p>}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look="primary"
          busy={busy}
          resting={resting}
          disabled={refused !== null}
          reason={refused}
          {...(keys ? hint : {})}
          onClick={repairing.tryAgain}
          className="max-sm:h-12 max-sm:w-full max-sm:text-reading sm:min-w-32"
        >
          Try again {keys && <Kbd onInk>T</Kbd>}
        </Button>
        {context.fix && (
          <Button {...other} onClick={ask("fix")}>
            Fix and go on
          </Button>
        )}
        {context.goOn?.refusal === null && (
          <Button {...other} onClick={ask("go_on")}>
            Go on with version {context.goOn.version}
          </Button>
        )}
        {context.skipRefused === null && (
          <Button {...other} onClick={ask("skip")}>
            Skip this step
          </Button>
        )}
        <Button {...other} onClick={ask("leave")}>
          Leave as it is
        </Button>
        {context.alike > 0 && !isRound && (
          <Button {...other} onClick={() => repairing.tryAll()}>
            Try all {context.alike + 1} again
          </Button>
        )}
      </div>
      {context.alike > 0 && !isRound && refused === null && (
        <p className="text-dense text-ink-2">
          “Try all {context.alike + 1} again” begins with this one, and goes on only when it got past the step.
        </p>
      )}
      {typeof context.goOn?.refusal === "string" && (
        <p className="text-dense text-ink-2">
          Version {context.goOn.version} is live, but this run cannot go on with it. {context.goOn.refusal}
        </p>
      )}
      {asking === "go_on" && context.goOn && (
        <GoOnDialog
          {...dialog}
          goOn={context.goOn}
          version={context.workflow.version}
          alike={isRound ? 0 : context.alike}
          onGoOn={repairing.goOn}
          onGoOnAll={(version) => {
            setAsking(null);
            repairing.tryAll(version);
          }}
        />
      )}
      {asking === "fix" && context.fix && (
        <FixDialog {...dialog} id={context.id} fix={context.fix} refusal={repairing.refusal} onFix={repairing.fix} />
      )}
      {asking === "skip" && (
        <ReasonDialog
          {...dialog}
          title="Skip this step?"
          description="The run goes on behind it, as if the step had given nothing: what later steps read of it is empty."
          hint="It stays in the run's history and in the audit log."
          act="Skip this step"
          onSend={repairing.skip}
        />
      )}
      {asking === "leave" && (
        <ReasonDialog
          {...dialog}
          title="Leave the run as it is?"
          description="It stays failed and asks nobody any more. It can still be retried on its page."
          hint="Colleagues see it, and it stays in the audit log."
          act="Leave as it is"
          onSend={repairing.leave}
        />
      )}
    </div>
  );
}
