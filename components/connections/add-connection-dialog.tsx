"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { createConnectionSchema } from "@/connectors/auth/connection-schemas";
import { authDefinitions } from "@/connectors/auth/definitions";
import { connectorDefinitions } from "@/connectors/definitions";
import type { AuthDefinition } from "@/core/auth-definition";
import { plainProblem } from "@/core/plain-problem";
import type { ConnectorDefinition } from "@/core/connector-definition";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { ConnectionSecret } from "./connection-secret";
import { authOf, chosenKind, emptySecret, offeredKinds } from "./secret-draft";

interface AddConnectionDialogProps {
  connector: string;
  onClose: () => void;
  onAdded: (slug: string) => void;
}

const connectors: readonly ConnectorDefinition[] = Object.values(connectorDefinitions);

/** Registers a connection, tries it, and says what the service answered. */
export function AddConnectionDialog({ connector: initial, onClose, onAdded }: AddConnectionDialogProps) {
  const api = useTRPC();
  const queries = useQueryClient();
  const [connectorId, setConnectorId] = useState(initial);
  const connector = connectors.find((each) => each.id === connectorId);
  const [name, setName] = useState("");
  const [slug, setSlug] = useState<string | null>(null);
  const [baseUrl, setBaseUrl] = useState("");
  const [live, setLive] = useState(false);
  const [isPrivate, setPrivate] = useState(false);
  const [secret, setSecret] = useState(emptySecret);
  const offered = offeredKinds(connector?.auth ?? Object.keys(authDefinitions));
  const kind = chosenKind(offered, secret);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const shownSlug = slug ?? slugOf(name);
  const create = useMutation(
    api.connections.create.mutationOptions({
      onSuccess: async (connection) => {
        await queries.invalidateQueries({ queryKey: api.connections.list.queryKey() });
        test.mutate({ slug: connection.slug, path: "/" });
      },
    }),
  );
  const test = useMutation(api.connections.test.mutationOptions());
  const added = create.data?.slug;

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const parsed = createConnectionSchema.safeParse(
      {
        slug: shownSlug,
        connector: connectorId,
        name: name.trim() === "" ? undefined : name,
        base_url: baseUrl.trim(),
        auth: authOf(kind, secret),
        is_live: live,
        record_bodies: !isPrivate,
      },
      { error: plainProblem },
    );
    setProblems(parsed.success ? noProblems : problemsOf(parsed.error.issues, kind));
    if (parsed.success) create.mutate(parsed.data);
  };

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Add connection"
      description="An address and its credentials, under a name that steps use. The secret is sealed and never shown again."
      footer={
        added === undefined ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" form="add-connection" busy={create.isPending}>
              Add connection
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={() => onAdded(added)}>
            Use {added}
          </Button>
        )
      }
    >
      {added !== undefined ? (
        <Answer
          pending={test.isPending}
          ok={test.data?.ok ?? false}
          message={test.data?.message ?? test.error?.message ?? ""}
        />
      ) : (
        <form id="add-connection" noValidate onSubmit={submit} className="flex flex-col gap-4">
          {create.error && <Notice tone="failed">{create.error.message}</Notice>}
          <Field label="Service" hint={connector?.description ?? null}>
            {(control) => (
              <Select {...control} value={connectorId} onChange={(event) => setConnectorId(event.target.value)}>
                {connectors.map((each) => (
                  <option key={each.id} value={each.id}>
                    {each.title}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Name" error={problems.own["name"] ?? null}>
            {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
          </Field>
          <Field label="Short name" hint="What steps call it." error={problems.own["slug"] ?? null}>
            {(control) => (
              <Input
                {...control}
                className="font-mono text-dense"
                value={shownSlug}
                onChange={(event) => setSlug(event.target.value)}
              />
            )}
          </Field>
          <Field label="Address" hint="Paths of steps are added to it." error={problems.own["base_url"] ?? null}>
            {(control) => (
              <Input
                {...control}
                type="url"
                placeholder="https://api.example.com"
                value={baseUrl}
                onChange={(event) => setBaseUrl(event.target.value)}
              />
            )}
          </Field>
          <ConnectionSecret
            offered={offered}
            kind={kind}
            value={secret}
            problems={problems.secret}
            onChange={setSecret}
          />
          <label className="flex min-h-9 items-center gap-2.5 max-sm:min-h-11">
            <input
              type="checkbox"
              checked={live}
              onChange={(event) => setLive(event.target.checked)}
              className="size-4 shrink-0 accent-ink"
            />
            It acts for real: tests ask before they call it
          </label>
          <label className="flex min-h-9 items-center gap-2.5 max-sm:min-h-11">
            <input
              type="checkbox"
              checked={isPrivate}
              onChange={(event) => setPrivate(event.target.checked)}
              className="size-4 shrink-0 accent-ink"
            />
            Keep no answers on record: runs use them, and nobody is shown them
          </label>
        </form>
      )}
    </Dialog>
  );
}

function Answer({ pending, ok, message }: { pending: boolean; ok: boolean; message: string }) {
  if (pending) return <Notice tone="running">Added. Asking the service whether it answers…</Notice>;
  return ok ? (
    <Notice tone="completed">Added, and the service answers. {message}</Notice>
  ) : (
    <Notice tone="failed">Added, but the service did not answer as expected. {message}</Notice>
  );
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 64);
}

/** One sentence per field: of the connection, and of its credentials. */
interface Problems {
  own: Readonly<Record<string, string>>;
  secret: Readonly<Record<string, string>>;
}

const noProblems: Problems = { own: {}, secret: {} };

/** In the form's words. */
function problemsOf(
  issues: readonly { path: readonly PropertyKey[]; message: string }[],
  { fields }: AuthDefinition,
): Problems {
  const own: Record<string, string> = {};
  const secret: Record<string, string> = {};
  for (const { path, message } of issues) {
    const field = String(path.at(-1) ?? "");
    if (path[0] === "auth") secret[field] ??= fields.find(({ name }) => name === field)?.problem ?? message;
    else own[field] ??= words[field] ?? message;
  }
  return { own, secret };
}

const words: Readonly<Record<string, string>> = {
  slug: "Enter a short name of a-z, 0-9, - and _, starting and ending with a letter or digit.",
  name: "Enter at most 120 characters.",
  base_url: "Enter an address like https://api.example.com, without user name, query and #.",
};
