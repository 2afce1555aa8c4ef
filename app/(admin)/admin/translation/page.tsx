import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageContext } from "@/lib/server/page";
import { readTranslationMatrix } from "@/lib/services/models/read-translation-matrix";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { TranslationView } from "./_parts/translation-view";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminTranslation"))("title") };
}

export default async function TranslationPage() {
  const ctx = await pageContext("admin");
  const [t, { cells }] = await Promise.all([
    getTranslations("adminTranslation"),
    readTranslationMatrix(ctx),
  ]);

  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <TranslationView cells={cells} />
    </>
  );
}
