"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { requestStoryQuery } from "@/lib/client/queries/requests";
import type { RequestRow } from "@/lib/contracts/requests";
import { isFace } from "@/lib/shared/faces";
import { useWhen } from "@/lib/ui/format/use-when";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { OutcomeChip } from "../../_parts/outcome-chip";
import { RequestMarks } from "../../_parts/request-marks";
import { StoryView } from "./story-view";

/** The page of one of the reader's own requests. */
export function StoryPage({ id }: { id: string }) {
  const { data: story } = useSuspenseQuery(requestStoryQuery(id));
  return (
    <>
      <StoryHeader request={story.request} base="/requests" />
      <StoryView story={story} base="/requests" />
    </>
  );
}

/** Model, outcome and moment of a request, with the way back to its log. */
export function StoryHeader({ request, base }: { request: RequestRow; base: string }) {
  const t = useTranslations("requests.story");
  const faces = useTranslations("keys.form.faceNames");
  const actionOf = useActionName();
  const { face, action, startedAt } = request;
  const when = useWhen().second(startedAt);
  return (
    <PageHeader
      back={
        <Link href={base} className="hover:text-ink hover:underline">
          ← {t("back")}
        </Link>
      }
      title={
        <span className="flex flex-wrap items-center gap-2.5">
          <span className="wrap-anywhere font-mono">{request.model}</span>
          <OutcomeChip row={request} />
          <RequestMarks row={request} />
        </span>
      }
      purpose={t("purpose", {
        face: isFace(face) ? faces(face) : face,
        action: actionOf(action),
        when,
      })}
    />
  );
}

const ACTIONS = ["generate", "count", "list-models", "get-model", "probe"] as const;

function useActionName(): (action: string) => string {
  const t = useTranslations("requests.story.actions");
  return (action) => {
    const known = ACTIONS.find((one) => one === action);
    return known ? t(known) : action;
  };
}
