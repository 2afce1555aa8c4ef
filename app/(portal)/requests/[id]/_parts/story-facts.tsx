"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { RequestRow } from "@/lib/contracts/requests";
import { useFormat } from "@/lib/ui/format/use-format";
import { Card } from "@/lib/ui/primitives/card";
import { CopyButton } from "@/lib/ui/primitives/copy-button";
import { Money } from "@/lib/ui/primitives/money";
import { Stat } from "@/lib/ui/primitives/stat";
import { Tokens } from "@/lib/ui/primitives/tokens";
import { allInput } from "../../_parts/request-columns";

interface StoryFactsProps {
  request: RequestRow;
  base: string;
}

/** The numbers of a request in one row, and what it is known by. */
export function StoryFacts({ request, base }: StoryFactsProps) {
  const t = useTranslations("requests.story");
  const format = useFormat();
  const { status, durationMs, firstByteMs, outputTokens, chargeMicroUsd, costMicroUsd } = request;
  const input = allInput(request);
  return (
    <>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
        <Stat label={t("status")} value={status} />
        <Stat
          label={t("firstByte")}
          value={firstByteMs === null ? "–" : format.duration(firstByteMs)}
        />
        <Stat label={t("duration")} value={format.duration(durationMs)} />
        <Stat
          label={t("tokens")}
          value={<Tokens count={input + outputTokens} />}
          note={t("tokensNote", {
            input: format.compact(input),
            output: format.compact(outputTokens),
          })}
        />
        <Stat
          label={t("charge")}
          className="col-span-2 sm:col-span-1"
          value={<Money micro={chargeMicroUsd} />}
          note={costMicroUsd ? t("chargeNote", { cost: format.money(costMicroUsd) }) : undefined}
        />
      </div>
      <Card title={t("facts")}>
        <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
          <Fact name={t("id")}>
            <Code text={request.id} copy={t("id")} />
          </Fact>
          <Fact name={t("key")}>
            {request.key ? (
              <Link
                href={`${base}?key=${request.key.id}`}
                className="text-accent-text hover:underline"
              >
                {request.key.name}
              </Link>
            ) : (
              "–"
            )}
          </Fact>
          <Fact name={t("client")}>{request.client ? <Code text={request.client} /> : "–"}</Fact>
          <Fact name={t("session")}>
            {request.session ? (
              <Link
                href={`${base}?session=${encodeURIComponent(request.session)}`}
                className="break-all font-mono text-accent-text text-sm hover:underline"
              >
                {request.session}
              </Link>
            ) : (
              "–"
            )}
          </Fact>
        </dl>
      </Card>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <dt className="text-ink-muted text-sm">{name}</dt>
      <dd className="flex min-h-7 min-w-0 items-center">{children}</dd>
    </div>
  );
}

function Code({ text, copy }: { text: string; copy?: string }) {
  return (
    <span className="flex items-center gap-1">
      <code className="min-w-0 break-all font-mono text-sm">{text}</code>
      {copy ? <CopyButton text={text} what={copy} /> : null}
    </span>
  );
}
