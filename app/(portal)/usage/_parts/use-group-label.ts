"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { UsageGroup } from "@/lib/contracts/usage";
import { isFace } from "@/lib/shared/faces";
import { OTHER_GROUP } from "./usage-chart-data";

/** A group's name for the reader: interfaces and the gathered rest have words of their own. */
export function useGroupLabel(by: string): (group: UsageGroup) => string {
  const t = useTranslations("usage");
  const faces = useTranslations("keys.form.faceNames");
  return useMemo(
    () =>
      ({ id, label }) => {
        if (id === OTHER_GROUP) return t("others");
        return by === "face" && isFace(id) ? faces(id) : label;
      },
    [t, faces, by],
  );
}
