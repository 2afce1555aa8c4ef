"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useUpdateRouting } from "@/lib/client/hooks/routing";
import { routingQuery } from "@/lib/client/queries/routing";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { RadioGroup } from "@/lib/ui/primitives/radio-group";
import { toast } from "@/lib/ui/primitives/toaster";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { STRATEGIES, type Strategy } from "./what-if-model";

/** The strategy that holds, to be changed here. */
export function StrategyCard() {
  const t = useTranslations("adminRouting");
  const words = useTranslations("adminSettings.strategies");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const { data } = useSuspenseQuery(routingQuery);
  const [chosen, setChosen] = useState<Strategy>(data.strategy);
  const update = useUpdateRouting();
  const save = () =>
    update.mutate(
      { strategy: chosen },
      {
        onSuccess: () => toast.done(t("saved")),
        onError: (error) => toast.failed(failureText(error)),
      },
    );
  return (
    <Card title={t("now")} purpose={t("nowPurpose")}>
      <div className="flex flex-col gap-4">
        <RadioGroup
          aria-label={t("strategy")}
          value={chosen}
          onValueChange={(value) => setChosen(STRATEGIES.find((one) => one === value) ?? chosen)}
          choices={STRATEGIES.map((value) => ({
            value,
            label: words(`${value}.label`),
            help: words(`${value}.help`),
          }))}
        />
        <div className="flex justify-end">
          <Button
            look="primary"
            disabled={chosen === data.strategy}
            busy={update.isPending}
            onClick={save}
          >
            {common("save")}
          </Button>
        </div>
      </div>
    </Card>
  );
}
