import { useTranslations } from "next-intl";
import type { WhatIfResult } from "@/lib/contracts/routing";
import { Badge } from "@/lib/ui/primitives/badge";
import { ScrollRegion } from "@/lib/ui/primitives/scroll-region";

/** From which account to which the choices would go, the most frequent first. */
export function MoveTable({ moves }: Pick<WhatIfResult, "moves">) {
  const t = useTranslations("adminRouting");
  return (
    <ScrollRegion label={t("moves")} className="overflow-x-auto rounded-md">
      <table className="w-full text-sm">
        <caption className="pb-2 text-start font-medium">{t("moves")}</caption>
        <thead>
          <tr className="border-line border-b text-ink-muted">
            <th className="py-2 text-start font-medium">{t("from")}</th>
            <th className="py-2 ps-4 text-start font-medium">{t("to")}</th>
            <th className="py-2 ps-4 text-end font-medium">{t("count")}</th>
          </tr>
        </thead>
        <tbody>
          {moves.map(({ from, to, count }) => (
            <tr
              key={`${from.id} ${to?.id ?? ""}`}
              className="border-line border-b tabular-nums last:border-b-0"
            >
              <td className="py-2">{from.name}</td>
              <td className="py-2 ps-4">{to?.name ?? <Badge tone="bad">{t("nobody")}</Badge>}</td>
              <td className="py-2 ps-4 text-end">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
