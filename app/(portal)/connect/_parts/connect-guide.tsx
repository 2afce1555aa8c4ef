"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { myKeysQuery } from "@/lib/client/queries/keys";
import type { CreatedKey, Key } from "@/lib/contracts/keys";
import { CodeBlock } from "@/lib/ui/primitives/code-block";
import { Notice } from "@/lib/ui/primitives/notice";
import { useUrlState } from "@/lib/ui/primitives/use-url-state";
import { ClientPicker } from "./client-picker";
import { FirstRequest } from "./first-request";
import { type Client, guideOf, isClient } from "./guides";
import { KeyPicker } from "./key-picker";

interface ConnectGuideProps {
  address: string;
  /** Requests from this moment on count as the first one. */
  since: string;
}

/** Choose a client and a key, take the commands, and watch the first request arrive. */
export function ConnectGuide({ address, since }: ConnectGuideProps) {
  const { data: keys } = useSuspenseQuery(myKeysQuery);
  const { values, set } = useUrlState(["client", "key"]);
  // Choosing a client renders the page anew: what is waited for stays what arrived since the first view.
  const [firstSince] = useState(since);
  const [made, setMade] = useState<CreatedKey | null>(null);
  const live = keys.filter(({ state }) => state === "live");
  const key = live.find(({ id }) => id === values.key) ?? live[0] ?? null;
  const client = isClient(values.client) ? values.client : "claude-code";
  const secret = made && made.key.id === key?.id ? made.secret : null;
  return (
    <div className="grid gap-6 lg:grid-cols-[17rem_minmax(0,1fr)]">
      <ClientPicker value={client} onChange={(next) => set({ client: next })} />
      <div className="flex min-w-0 flex-col gap-6">
        <KeyPicker
          keys={live}
          chosen={key}
          fresh={secret !== null}
          onChoose={(id) => set({ key: id })}
          onMade={(created) => {
            setMade(created);
            set({ key: created.key.id });
          }}
        />
        <Steps client={client} address={address} apiKey={key} secret={secret} />
        <FirstRequest key={key?.id} apiKey={key} since={firstSince} />
      </div>
    </div>
  );
}

/** Clients whose commands name a model. */
const NAMES_MODELS: ReadonlySet<Client> = new Set<Client>([
  "claude-models",
  "codex",
  "opencode",
  "curl",
  "python",
  "typescript",
]);

interface StepsProps {
  client: Client;
  address: string;
  apiKey: Key | null;
  secret: string | null;
}

function Steps({ client, address, apiKey, secret }: StepsProps) {
  const t = useTranslations("connect");
  const shownKey = `${apiKey?.start ?? "cr_"}…`;
  const steps = guideOf(client, { address, shownKey, copiedKey: secret ?? shownKey });
  return (
    // Another client begins with its first tab, whatever was open on the one before.
    <ol key={client} className="flex flex-col gap-5">
      {steps.map(({ name, variants }, index) => (
        <li key={name} className="flex min-w-0 flex-col gap-2">
          <h2 className="flex items-baseline gap-2.5 font-medium">
            <span
              aria-hidden="true"
              className="inline-flex size-5 shrink-0 items-center justify-center rounded-full bg-accent-soft text-accent-text text-xs"
            >
              {index + 1}
            </span>
            {t(`steps.${name}`)}
          </h2>
          <CodeBlock label={t(`steps.${name}`)} variants={variants} />
        </li>
      ))}
      {client === "ccr" ? (
        <li>
          <Notice>{t("ccrNote")}</Notice>
        </li>
      ) : null}
      {NAMES_MODELS.has(client) ? <li className="text-ink-muted text-sm">{t("models")}</li> : null}
    </ol>
  );
}
