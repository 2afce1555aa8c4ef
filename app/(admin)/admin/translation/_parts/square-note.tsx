import { ArrowLeftRight, CircleCheck, Equal } from "lucide-react";
import { useTranslations } from "next-intl";
import { countLosses, type Square } from "./matrix-model";

/** What becomes of things between two formats, in a few words. */
export function SquareNote({ square }: { square: Square }) {
  const t = useTranslations("adminTranslation");
  const { losses } = square;
  if (losses === null) {
    return (
      <span className="inline-flex items-center gap-1.5 text-ink-muted">
        <Equal aria-hidden="true" className="size-4 shrink-0" />
        {t("bytesPass")}
      </span>
    );
  }
  const count = countLosses(square);
  if (count === 0) {
    return (
      <span className="inline-flex items-center gap-1.5 text-good">
        <CircleCheck aria-hidden="true" className="size-4 shrink-0" />
        {t("nothingLost")}
      </span>
    );
  }
  return (
    <span className="flex flex-col gap-0.5">
      <span className="inline-flex items-center gap-1.5 text-ink tabular-nums">
        <ArrowLeftRight aria-hidden="true" className="size-4 shrink-0 text-ink-muted" />
        {t("losses", { count })}
      </span>
      <span className="text-ink-muted text-xs tabular-nums">
        {t("lossesByWay", { call: losses.call.length, answer: losses.answer.length })}
      </span>
    </span>
  );
}
