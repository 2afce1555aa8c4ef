"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { routingQuery } from "@/lib/client/queries/routing";
import type { RoutingDecision } from "@/lib/contracts/routing";
import { Ago } from "@/lib/ui/primitives/ago";
import { Badge } from "@/lib/ui/primitives/badge";
import { Card } from "@/lib/ui/primitives/card";
import { ScrollRegion } from "@/lib/ui/primitives/scroll-region";
import { useExclusionWords } from "../../requests/[id]/_parts/use-exclusion-words";

/** More names than this in one field say less, not more. */
const SHOWN = 4;

/** The latest choices with the accounts that could serve and those that were left out. */
export function LatestChoices() {
  const t = useTranslations("adminRouting");
  const { data } = useSuspenseQuery(routingQuery);
  return (
    <Card title={t("latest")} purpose={t("latestPurpose")}>
      {data.decisions.length === 0 ? <p className="text-ink-muted">{t("empty")}</p> : null}
      {data.decisions.length > 0 ? (
        <ScrollRegion label={t("latest")} className="overflow-x-auto rounded-md">
          <table className="w-full text-sm">
            <thead>
              <tr className="border-line border-b text-ink-muted">
                <th className="py-2 text-start font-medium">{t("request")}</th>
                <th className="py-2 ps-4 text-start font-medium">{t("chosen")}</th>
                <th className="py-2 ps-4 text-start font-medium max-sm:hidden">
                  {t("candidates")}
                </th>
                <th className="py-2 ps-4 text-start font-medium max-sm:hidden">{t("excluded")}</th>
              </tr>
            </thead>
            <tbody>
              {data.decisions.map((decision) => (
                <ChoiceRow key={`${decision.requestId} ${decision.attempt}`} decision={decision} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      ) : null}
    </Card>
  );
}

function ChoiceRow({ decision }: { decision: RoutingDecision }) {
  const t = useTranslations("adminRouting");
  const reasonOf = useExclusionWords();
  const { requestId, model, at, chosen, sticky, candidates, excluded } = decision;
  return (
    <tr className="border-line border-b align-top last:border-b-0">
      <td className="py-2">
        <Link href={`/admin/requests/${requestId}`} className="text-accent-text hover:underline">
          {model}
        </Link>
        <span className="block text-ink-muted text-xs">
          <Ago at={at} />
        </span>
      </td>
      <td className="py-2 ps-4">
        <span className="font-medium">{chosen.name}</span>{" "}
        {sticky === "hit" ? <Badge>{t("stayed")}</Badge> : null}
      </td>
      <td className="py-2 ps-4 max-sm:hidden">
        <Names names={candidates.map(({ id, name }) => ({ id, text: name }))} />
      </td>
      <td className="py-2 ps-4 text-ink-muted max-sm:hidden">
        <Names
          names={excluded.map(({ id, name, reason }) => ({
            id,
            text: `${name} (${reasonOf(reason)})`,
          }))}
        />
      </td>
    </tr>
  );
}

function Names({ names }: { names: readonly { id: string; text: string }[] }) {
  const t = useTranslations("adminRouting");
  if (names.length === 0) return t("none");
  const more = names.length - SHOWN;
  return (
    <ul>
      {names.slice(0, SHOWN).map(({ id, text }) => (
        <li key={id}>{text}</li>
      ))}
      {more > 0 ? <li className="text-ink-muted">{t("more", { count: more })}</li> : null}
    </ul>
  );
}
