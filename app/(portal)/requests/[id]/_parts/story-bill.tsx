"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { AttemptStory, RequestStory } from "@/lib/contracts/requests";
import { useFormat } from "@/lib/ui/format/use-format";
import { Card } from "@/lib/ui/primitives/card";
import { ScrollRegion } from "@/lib/ui/primitives/scroll-region";
import { type BillLine, billLines, rateText } from "./bill-lines";

/** What each attempt used, at which price, and what of it is charged. */
export function StoryBill({ story }: { story: RequestStory }) {
  const t = useTranslations("requests.story");
  const used = story.attempts.filter((attempt) => billLines(attempt).length > 0);
  return (
    <Card title={t("cost")} purpose={t("costPurpose")}>
      {used.length === 0 ? <p className="text-ink-muted">{t("noUsage")}</p> : null}
      <div className="flex flex-col gap-8">
        {used.map((attempt) => (
          <AttemptBill key={attempt.attempt} attempt={attempt} />
        ))}
      </div>
    </Card>
  );
}

function AttemptBill({ attempt }: { attempt: AttemptStory }) {
  const t = useTranslations("requests.story");
  const format = useFormat();
  const { price, sentModel, reportedModel } = attempt;
  const model = reportedModel ?? sentModel;
  const title = t("attemptTitle", { number: String(attempt.attempt), model });
  const rate = rateText(attempt);
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-medium">{title}</h3>
      <ScrollRegion label={title} className="overflow-x-auto rounded-md">
        <table className="w-full text-sm">
          <thead>
            <tr className="border-line border-b text-ink-muted">
              <th className="py-2 text-start font-medium">{t("bucket")}</th>
              <th className="py-2 ps-4 text-end font-medium">{t("count")}</th>
              <th className="hidden py-2 ps-4 text-end font-medium sm:table-cell">{t("price")}</th>
              <th className="py-2 ps-4 text-end font-medium">{t("amount")}</th>
            </tr>
          </thead>
          <tbody>
            {billLines(attempt).map((line) => (
              <Line key={line.bucket} line={line} />
            ))}
          </tbody>
          <tfoot>
            <Sum name={t("listPrice")} value={format.moneyExact(attempt.costMicroUsd)} />
            {rate === null ? null : <Sum name={t("rates")} value={`× ${rate}`} />}
            <Sum name={t("charged")} value={format.moneyExact(attempt.chargeMicroUsd)} strong />
          </tfoot>
        </table>
      </ScrollRegion>
      <p title={price?.bookId} className="text-ink-muted text-sm">
        {price ? t("book", { model: price.model }) : t("unrated", { model })}
      </p>
    </div>
  );
}

function Line({ line }: { line: BillLine }) {
  const t = useTranslations("requests.story");
  const format = useFormat();
  const { bucket, count, price, amountUsd, perPiece } = line;
  const per = perPiece ? "perPiece" : "perMillion";
  return (
    <tr className="border-line border-b">
      <td className="py-2">{t(`buckets.${bucket}`)}</td>
      <td className="py-2 ps-4 text-end">
        {count === null ? t("notStated") : format.count(count)}
      </td>
      <td className="hidden py-2 ps-4 text-end text-ink-muted sm:table-cell">
        {price === null ? "–" : t(per, { price: format.price(price) })}
      </td>
      <td className="py-2 ps-4 text-end">{amountUsd === null ? "–" : `$${amountUsd}`}</td>
    </tr>
  );
}

function Sum({ name, value, strong }: { name: string; value: ReactNode; strong?: boolean }) {
  return (
    <tr className={strong ? "font-semibold" : "text-ink-muted"}>
      <td colSpan={2} className="pt-2">
        {name}
      </td>
      <td className="hidden sm:table-cell" />
      <td className="ps-4 pt-2 text-end">{value}</td>
    </tr>
  );
}
