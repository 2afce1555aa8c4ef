"use client";
import { useTranslations } from "next-intl";
import type { Overview } from "@/lib/contracts/overview";
import { useFormat } from "@/lib/ui/format/use-format";
import { Card } from "@/lib/ui/primitives/card";
import { Meter } from "@/lib/ui/primitives/meter";
import { budgetsOf } from "../../keys/_parts/key-budget";

/** How much of the member's own limits is used, and where the month will end. */
export function BudgetCard({ overview }: { overview: Overview }) {
  const t = useTranslations("overview");
  const periods = useTranslations("keys.periods");
  const format = useFormat();
  const budgets = budgetsOf(overview.budgets);
  return (
    <Card title={t("budget")} purpose={t("budgetPurpose")}>
      <div className="flex flex-col gap-4">
        {budgets.length === 0 ? <p className="text-ink-muted">{t("noBudget")}</p> : null}
        {budgets.map(({ period, spent, limit, resetsAtMs }) => (
          <Meter
            key={period}
            label={periods(period)}
            used={spent}
            limit={limit}
            unit="money"
            resetsAtMs={resetsAtMs}
          />
        ))}
        <p className="border-line border-t pt-4 text-ink-muted">
          {t("forecast", { amount: format.money(overview.forecastMonthMicroUsd) })}
        </p>
      </div>
    </Card>
  );
}
