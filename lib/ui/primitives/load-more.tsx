import { useTranslations } from "next-intl";
import { Button } from "./button";

interface LoadMoreProps {
  /** How many rows are on the page now. */
  shown: number;
  hasMore: boolean;
  busy?: boolean;
  onMore: () => void;
}

/** The foot of a keyset-paged list: what is shown, and the next page on demand. */
export function LoadMore({ shown, hasMore, busy, onMore }: LoadMoreProps) {
  const t = useTranslations("ui.table");
  return (
    <div className="flex min-h-12 items-center justify-between gap-4 px-4 py-2">
      <span className="text-ink-muted text-sm" aria-live="polite">
        {t("shown", { count: shown })}
      </span>
      {hasMore ? (
        <Button size="sm" busy={busy} onClick={onMore}>
          {t("more")}
        </Button>
      ) : null}
    </div>
  );
}
