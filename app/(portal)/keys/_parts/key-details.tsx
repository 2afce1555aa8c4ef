"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Key } from "@/lib/contracts/keys";
import { useFormat } from "@/lib/ui/format/use-format";
import { useWhen } from "@/lib/ui/format/use-when";
import { Ago } from "@/lib/ui/primitives/ago";
import { Badge } from "@/lib/ui/primitives/badge";
import { Meter } from "@/lib/ui/primitives/meter";
import { useNowMs } from "@/lib/ui/primitives/use-now";
import { KeyState } from "./key-state";

/** What a key may do and what it has done, in words and bars. */
export function KeyDetails({ apiKey }: { apiKey: Key }) {
  const t = useTranslations("keys.detail");
  return (
    <>
      <div>
        <KeyState apiKey={apiKey} />
      </div>
      <Part title={t("limits")}>
        <Spending apiKey={apiKey} />
      </Part>
      <Part title={t("secrets")}>
        <Secrets apiKey={apiKey} />
      </Part>
      <Part title={t("facts")}>
        <Facts apiKey={apiKey} />
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Spending({ apiKey }: { apiKey: Key }) {
  const t = useTranslations("keys");
  const limited = apiKey.spend.some(({ limitMicroUsd }) => limitMicroUsd !== null);
  return (
    <div className="flex flex-col gap-3">
      {limited ? null : <p className="text-ink-muted">{t("detail.noLimits")}</p>}
      {apiKey.spend.map(({ period, spentMicroUsd, limitMicroUsd, resetsAt }) => (
        <Meter
          key={period}
          label={t(`periods.${period}`)}
          used={Number(spentMicroUsd)}
          limit={limitMicroUsd === null ? null : Number(limitMicroUsd)}
          unit="money"
          resetsAtMs={resetsAt && limitMicroUsd !== null ? Date.parse(resetsAt) : null}
        />
      ))}
    </div>
  );
}

function Secrets({ apiKey }: { apiKey: Key }) {
  const t = useTranslations("keys.detail");
  const format = useFormat();
  const now = useNowMs();
  return (
    <ul className="flex flex-col gap-2">
      {apiKey.secrets.map(({ start, createdAt, validUntil }) => (
        <li key={start} className="flex flex-wrap items-center justify-between gap-2">
          <code className="font-mono text-sm">{start}…</code>
          <span className="text-ink-muted text-sm">
            {validUntil
              ? t("secretUntil", { time: format.countdown(Date.parse(validUntil) - now) })
              : t("secretNow")}
            {" · "}
            <Ago at={createdAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Facts({ apiKey }: { apiKey: Key }) {
  const t = useTranslations("keys.detail");
  const keys = useTranslations("keys");
  const common = useTranslations("common");
  const when = useWhen();
  const words = useFactWords(apiKey);
  const faces = apiKey.faces.map((face) => keys(`form.faceNames.${face}`));
  const { concurrencyLimit, firstUsedAt, createdAt, modelMap, allowedClients, ipAllow } = apiKey;
  return (
    <dl className="grid grid-cols-[minmax(7rem,auto)_minmax(0,1fr)] items-baseline gap-x-4 gap-y-2.5">
      <Fact name={t("concurrency")}>{concurrencyLimit ?? common("unlimited")}</Fact>
      <Fact name={t("rate")}>{words.rate}</Fact>
      <Fact name={t("expires")}>{words.expires}</Fact>
      <Fact name={t("interfaces")}>{faces.length > 0 ? when.list(faces) : t("all")}</Fact>
      <Fact name={t("models")}>{words.models}</Fact>
      <Lines name={t("mapping")} lines={modelMap.map(({ from, to }) => `${from} → ${to}`)} />
      <Lines name={t("clients")} lines={allowedClients} />
      <Lines name={t("addresses")} lines={ipAllow} />
      <Fact name={t("firstUsed")}>
        {firstUsedAt ? <Ago at={firstUsedAt} /> : keys("neverUsed")}
      </Fact>
      <Fact name={t("created")}>
        <Ago at={createdAt} />
      </Fact>
      {apiKey.tags.length > 0 ? (
        <Fact name={t("tags")}>
          <span className="flex flex-wrap gap-1">
            {apiKey.tags.map((tag) => (
              <Badge key={tag}>{tag}</Badge>
            ))}
          </span>
        </Fact>
      ) : null}
      {apiKey.note ? (
        <Fact name={t("note")}>
          <span className="whitespace-pre-wrap">{apiKey.note}</span>
        </Fact>
      ) : null}
    </dl>
  );
}

/** The rate, expiry and model rule of a key as a reader says them. */
function useFactWords({ rateWindowRequests, rateWindowSeconds, modelRule, ...key }: Key) {
  const t = useTranslations("keys");
  const common = useTranslations("common");
  const format = useFormat();
  const when = useWhen();
  const rate =
    rateWindowRequests && rateWindowSeconds
      ? t("detail.rateText", {
          requests: rateWindowRequests,
          time: format.countdown(rateWindowSeconds * 1000),
        })
      : common("unlimited");
  const rule = modelRule?.mode === "allow" ? "detail.only" : "detail.allBut";
  const models = modelRule ? t(rule, { list: when.list(modelRule.patterns) }) : t("detail.all");
  return { rate, models, expires: expiryText(key) };

  function expiryText({ expiresAt, lifetimeSeconds }: Pick<Key, "expiresAt" | "lifetimeSeconds">) {
    if (expiresAt) {
      return when.minute(expiresAt);
    }
    if (!lifetimeSeconds) return t("detail.noExpiry");
    return t("afterFirstUse", { time: format.countdown(lifetimeSeconds * 1000) });
  }
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function Lines({ name, lines }: { name: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Fact name={name}>
      <span className="flex flex-col font-mono text-sm">
        {lines.map((line) => (
          <span key={line} className="break-all">
            {line}
          </span>
        ))}
      </span>
    </Fact>
  );
}
