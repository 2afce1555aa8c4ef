"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { readyQuery } from "@/lib/client/queries/health";
import { Card } from "@/lib/ui/primitives/card";
import { StateChip } from "@/lib/ui/primitives/state-chip";

/** Whether the portal serves at this moment. */
export function LiveStatus() {
  const t = useTranslations("site.status");
  const { data: ready, isPending, isError } = useQuery(readyQuery);
  return (
    <Card title={t("title")} purpose={t("checked")}>
      <div aria-live="polite">
        <Chip ready={ready === true} pending={isPending} lost={isError} />
      </div>
    </Card>
  );
}

interface ChipProps {
  ready: boolean;
  pending: boolean;
  lost: boolean;
}

function Chip({ ready, pending, lost }: ChipProps) {
  const t = useTranslations("site.status");
  if (pending) return <StateChip tone="idle" label={t("asking")} />;
  if (lost) return <StateChip tone="bad" label={t("unreachable")} />;
  if (ready) return <StateChip tone="good" label={t("ready")} />;
  return <StateChip tone="warn" label={t("notReady")} />;
}
