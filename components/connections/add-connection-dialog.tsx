"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { connectorDefinitions } from "@/connectors/definitions";
import { plainProblem } from "@/core/plain-problem";
import type { ConnectorDefinition } from "@/core/connector-definition";
import { createConnectionSchema } from "@/core/contracts/connection";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { ConnectionSecret, allowedType, authOf, emptySecret, everyType } from "./connection-secret";

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
  const allowed = connector?.auth ?? everyType;
  const [name, setName] = useState("");
  const [slug, setSlug] = useState<string | null>(null);
  const [baseUrl, setBaseUrl] = useState("");
  const [live, setLive] = useState(false);
  const [isPrivate, setPrivate] = useState(false);
  const [secret, setSecret] = useState(emptySecret);
  const [problems, setProblems] = useState<Record<string, string>>({});
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
        auth: authOf({ ...secret, type: allowedType(allowed, secret.type) }),
        is_live: live,
        record_bodies: !isPrivate,
      },
      { error: plainProblem },
    );
    setProblems(parsed.success ? {} : problemsOf(parsed.error.issues));
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
          <Field label="Name" error={problems["name"] ?? null}>
            {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
          </Field>
          <Field label="Short name" hint="What steps call it." error={problems["slug"] ?? null}>
            {(control) => (
              <Input
                {...control}
                className="font-mono text-dense"
                value={shownSlug}
                onChange={(event) => setSlug(event.target.value)}
              />
            )}
          </Field>
          <Field label="Address" hint="Paths of steps are added to it." error={problems["base_url"] ?? null}>
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
          <ConnectionSecret allowed={allowed} value={secret} problems={problems} onChange={setSecret} />
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

/** One sentence per field, in the form's words; `auth.token` counts for `token`. */
function problemsOf(issues: readonly { path: readonly PropertyKey[]; message: string }[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { path, message } of issues) {
    const last = String(path.at(-1) ?? "");
    const field = path[0] === "auth" && last === "name" ? "header" : last;
    found[field] ??= words[field] ?? message;
  }
  return found;
}

const words: Readonly<Record<string, string>> = {
  slug: "Enter a short name of a-z, 0-9, - and _, starting and ending with a letter or digit.",
  name: "Enter at most 120 characters.",
  base_url: "Enter an address like https://api.example.com, without user name, query and #.",
  header: "Enter the name of a header, such as X-Api-Key.",
  token: "Enter the token.",
  username: "Enter at most 1,024 characters.",
  password: "Enter at most 8,192 characters.",
  value: "Enter the value that the service expects.",
};
