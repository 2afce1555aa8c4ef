"use client";
import { useTranslations } from "next-intl";
import type { RequestRow } from "@/lib/contracts/requests";
import { Badge } from "@/lib/ui/primitives/badge";
import type { Tone } from "@/lib/ui/primitives/tones";
import { Tip } from "@/lib/ui/primitives/tooltip";

/** What is special about a request's bill, as small words with their reason. */
export function RequestMarks({ row }: { row: RequestRow }) {
  const { passThroughOf, estimated, unrated } = row;
  const t = useTranslations("requests.marks");
  return (
    <>
      {passThroughOf ? (
        <Mark tone="info" word={t("passThrough")} why={t("passThroughWhy")} />
      ) : null}
      {estimated ? <Mark tone="idle" word={t("estimated")} why={t("estimatedWhy")} /> : null}
      {unrated ? <Mark tone="warn" word={t("unrated")} why={t("unratedWhy")} /> : null}
    </>
  );
}

function Mark({ tone, word, why }: { tone: Tone; word: string; why: string }) {
  return (
    <Tip text={why} onTap>
      <button type="button" className="inline-flex h-6 cursor-default items-center rounded-full">
        <Badge tone={tone}>{word}</Badge>
      </button>
    </Tip>
  );
}
