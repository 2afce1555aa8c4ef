"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { modelPricesQuery } from "@/lib/client/queries/models";
import type { ModelPrices } from "@/lib/contracts/models";
import { useWhen } from "@/lib/ui/format/use-when";
import { Card } from "@/lib/ui/primitives/card";
import { Notice } from "@/lib/ui/primitives/notice";
import { PriceTable } from "./price-table";

/** The price list in force, with the models that nothing can be charged for first. */
export function ModelView() {
  const { data } = useSuspenseQuery(modelPricesQuery);
  return (
    <>
      <Book book={data.book} />
      <Unrated models={data.unrated} />
      <PriceTable models={data.models} />
    </>
  );
}

/** The source of the price list that comes with the portal. */
const SHIPPED = "shipped";

function Book({ book }: Pick<ModelPrices, "book">) {
  const t = useTranslations("adminModels");
  const when = useWhen();
  if (!book) return <Notice tone="warn" title={t("noBook")} />;
  return (
    <p title={book.id} className="break-words text-ink-muted text-sm">
      {t("book", {
        source: book.source === SHIPPED ? t("shipped") : book.source,
        date: when.date(book.activeAt),
      })}
    </p>
  );
}

function Unrated({ models }: { models: ModelPrices["unrated"] }) {
  const t = useTranslations("adminModels");
  if (models.length === 0) return null;
  return (
    <Card title={t("unratedTitle")} purpose={t("unratedPurpose")}>
      <ul className="flex flex-col gap-2">
        {models.map(({ model, requests }) => (
          <li key={model} className="flex flex-wrap items-baseline justify-between gap-3">
            <Link
              href={`/admin/requests?q=${encodeURIComponent(model)}`}
              className="break-all font-mono text-accent-text text-sm hover:underline"
            >
              {model}
            </Link>
            <span className="text-ink-muted text-sm">{t("unratedNote", { requests })}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
