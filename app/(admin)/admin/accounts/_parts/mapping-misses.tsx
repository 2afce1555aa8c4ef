"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { modelMapMissesQuery } from "@/lib/client/queries/accounts";
import type { ModelMapMissesBody } from "@/lib/contracts/accounts";
import { IconButton } from "@/lib/ui/primitives/icon-button";

interface MappingMissesProps {
  protocol: string;
  rows: readonly { from: string; to: string }[];
  /** Begins a row for a name. */
  onMap: (model: string) => void;
}

const SHOWN = 8;

/** Which names that clients asked for lately the mapping, as it is being typed, would not serve. */
export function MappingMisses({ protocol, rows, onMap }: MappingMissesProps) {
  const t = useTranslations("adminAccounts.form");
  const body = useSettled(useBody(protocol, rows));
  const { data } = useQuery({ ...modelMapMissesQuery(body), placeholderData: keepPreviousData });
  if (!data || (data.misses.length === 0 && data.served.length === 0)) return null;
  const { days, misses } = data;
  if (misses.length === 0) {
    return <p className="text-good text-sm">{t("noMisses", { days: String(days) })}</p>;
  }
  return (
    <div aria-live="polite" className="flex flex-col gap-2 rounded-md bg-warn-soft/60 p-3 text-sm">
      <p className="font-medium">{t("misses", { days: String(days) })}</p>
      <ul className="flex flex-col gap-1">
        {misses.slice(0, SHOWN).map(({ model, requests }) => (
          <li key={model} className="flex items-center justify-between gap-3">
            <code className="min-w-0 break-all font-mono">{model}</code>
            <span className="flex shrink-0 items-center gap-1 text-ink-muted">
              {t("missCount", { count: requests })}
              <IconButton
                icon={Plus}
                size="sm"
                label={t("mapIt", { model })}
                onClick={() => onMap(model)}
              />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function useBody(protocol: string, rows: MappingMissesProps["rows"]): ModelMapMissesBody {
  const text = JSON.stringify(rows);
  return useMemo(() => {
    const typed: { from: string; to: string }[] = JSON.parse(text);
    const entries = typed.filter(({ from, to }) => from.trim() !== "" && to.trim() !== "");
    return { protocol, entries };
  }, [protocol, text]);
}

const SETTLE_MS = 400;

/** The value once typing has paused. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
