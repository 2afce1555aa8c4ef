"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useWhatIf } from "@/lib/client/hooks/routing";
import { routingQuery } from "@/lib/client/queries/routing";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { Field } from "@/lib/ui/primitives/field";
import { Select } from "@/lib/ui/primitives/select";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { ChangeLines } from "./change-lines";
import { accountChanges, type ChangeLine, STRATEGIES } from "./what-if-model";
import { WhatIfResultView } from "./what-if-result-view";

const AS_RECORDED = "as-recorded";
const HOURS = [1, 6, 24, 168] as const;
const TAKES = [200, 1000, 2000] as const;

/** Changes to try, and what they would do to the latest choices. */
export function WhatIfCard() {
  const t = useTranslations("adminRouting");
  const words = useTranslations("adminSettings.strategies");
  const failureText = useFailureText();
  const { data } = useSuspenseQuery(routingQuery);
  const replay = useWhatIf();
  const [strategy, setStrategy] = useState<string>(AS_RECORDED);
  const [hours, setHours] = useState("24");
  const [take, setTake] = useState("1000");
  const [lines, setLines] = useState<readonly ChangeLine[]>([]);
  const run = () =>
    replay.mutate({
      hours: Number(hours),
      take: Number(take),
      strategy: STRATEGIES.find((one) => one === strategy),
      accounts: accountChanges(lines),
    });
  const spanOf = (count: number) =>
    count < 168 ? t("hours", { hours: count }) : t("days", { days: count / 24 });
  return (
    <Card title={t("whatIf")} purpose={t("whatIfPurpose")}>
      <div className="flex flex-col gap-5">
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label={t("strategy")}>
            {(control) => (
              <Select
                {...control}
                value={strategy}
                onValueChange={setStrategy}
                choices={[
                  { value: AS_RECORDED, label: t("asRecorded") },
                  ...STRATEGIES.map((value) => ({ value, label: words(`${value}.label`) })),
                ]}
              />
            )}
          </Field>
          <Field label={t("span")}>
            {(control) => (
              <Select
                {...control}
                value={hours}
                onValueChange={setHours}
                choices={HOURS.map((count) => ({ value: String(count), label: spanOf(count) }))}
              />
            )}
          </Field>
          <Field label={t("take")}>
            {(control) => (
              <Select
                {...control}
                value={take}
                onValueChange={setTake}
                choices={TAKES.map((count) => ({
                  value: String(count),
                  label: t("choices", { count }),
                }))}
              />
            )}
          </Field>
        </div>
        <ChangeLines lines={lines} onChange={setLines} accounts={data.accounts} />
        <div className="flex justify-end">
          <Button look="primary" busy={replay.isPending} onClick={run} data-replay="">
            {t("run")}
          </Button>
        </div>
        {replay.error ? (
          <p role="alert" className="text-bad text-sm">
            {failureText(replay.error)}
          </p>
        ) : null}
        {replay.data ? <WhatIfResultView result={replay.data} /> : null}
      </div>
    </Card>
  );
}
