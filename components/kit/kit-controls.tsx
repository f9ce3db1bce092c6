"use client";
import { Inbox, Plus } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { runStatuses } from "@/core/run-status";
import { RunStatusChip } from "@/components/runs/run-status-chip";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { Tabs } from "@/components/ui/tabs";
import { Textarea } from "@/components/ui/textarea";
import { Tooltip } from "@/components/ui/tooltip";
import { KitRow, KitSection } from "./kit-section";

export function KitControls() {
  return (
    <>
      <Buttons />
      <KitSection title="Statuses">
        <KitRow>
          {runStatuses.map((status) => (
            <RunStatusChip key={status} status={status} />
          ))}
        </KitRow>
      </KitSection>
      <Inputs />
      <KitSection title="Notices and states">
        <div className="flex max-w-[640px] flex-col gap-3">
          <Notice tone="completed">Approved. It charges $42.60.</Notice>
          <Notice tone="quiet">Kim approved this at 14:02.</Notice>
          <Notice tone="person">Waiting for manager since 14:02.</Notice>
          <Notice tone="failed">Stripe refused the card. Nothing was charged. Retry, or change the customer.</Notice>
        </div>
        <div className="mt-4 grid gap-4 md:grid-cols-3">
          <EmptyState icon={Inbox} title="Nothing waits for you.">
            As soon as something does, it stands here and in this tab's title.
          </EmptyState>
          <ErrorState
            title="The inbox did not load"
            message="The database does not answer."
            onRetry={() => toast("Trying again")}
          />
          <SkeletonRows label="Loading" />
        </div>
      </KitSection>
    </>
  );
}

function Buttons() {
  const [open, setOpen] = useState(false);
  return (
    <KitSection title="Buttons">
      <KitRow>
        <Button look="primary">
          Approve <Kbd onInk>A</Kbd>
        </Button>
        <Button>
          Reject <Kbd>R</Kbd>
        </Button>
        <Button look="quiet">Comment</Button>
        <Button look="danger">Cancel run</Button>
        <Button icon={<Plus size={16} aria-hidden />}>With icon</Button>
        <Button look="primary" busy>
          Busy
        </Button>
        <Button disabled reason="Publish a version first.">
          Disabled
        </Button>
        <Button size="dense">Dense</Button>
        <Button size="touch" look="primary">
          Touch
        </Button>
      </KitRow>
      <KitRow>
        <Button onClick={() => setOpen(true)}>Open dialog</Button>
        <Button onClick={() => toast("Approved. It charges $42.60.")}>Show toast</Button>
        <Tooltip text="21 Nov 2026, 14:02:10">
          <Button look="quiet">Hover me</Button>
        </Tooltip>
      </KitRow>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Cancel this run?"
        description="Steps that are done stay done."
        footer={<Button onClick={() => setOpen(false)}>Keep running</Button>}
      >
        <Field label="Reason" optional>
          {(control) => <Input {...control} />}
        </Field>
      </Dialog>
    </KitSection>
  );
}

function Inputs() {
  const [tab, setTab] = useState("canvas");
  const [on, setOn] = useState(true);
  return (
    <KitSection title="Inputs">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <Field label="E-mail" hint="Where we write to.">
          {(control) => <Input {...control} type="email" placeholder="name@example.com" />}
        </Field>
        <Field label="Amount" error="Enter 1 or more.">
          {(control) => <Input {...control} defaultValue="0" />}
        </Field>
        <Field label="Read only">{(control) => <Input {...control} readOnly defaultValue="v3" />}</Field>
        <Field label="Status">
          {(control) => (
            <Select {...control}>
              <option>Every status</option>
              <option>Failed</option>
            </Select>
          )}
        </Field>
        <Field label="Comment" optional>
          {(control) => <Textarea {...control} />}
        </Field>
        <div className="flex flex-col gap-3 pt-6">
          <Switch label="Active" checked={on} onChange={setOn} />
          <Switch
            label="Off, cannot change"
            checked={false}
            disabled
            reason="Publish a version first."
            onChange={setOn}
          />
        </div>
      </div>
      <div className="mt-6">
        <Tabs
          label="Parts"
          value={tab}
          onChange={setTab}
          tabs={[
            { value: "canvas", label: "Canvas", panel: "The drawing" },
            { value: "executions", label: "Executions", count: 128, panel: "The runs" },
            { value: "versions", label: "Versions", count: 4, panel: "The versions" },
          ]}
        />
      </div>
    </KitSection>
  );
}
