import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card } from "@/lib/ui/primitives/card";
import type { Square } from "./matrix-model";
import { SquareNote } from "./square-note";

interface MatrixListProps {
  rows: readonly (readonly Square[])[];
  onOpen: (id: string) => void;
}

/** The same as a list by face, for phones. */
export function MatrixList({ rows, onOpen }: MatrixListProps) {
  return (
    <div className="flex flex-col gap-4 md:hidden">
      {rows.map((row) => (
        <FaceCard key={row[0]?.face} row={row} onOpen={onOpen} />
      ))}
    </div>
  );
}

function FaceCard({ row, onOpen }: Pick<MatrixListProps, "onOpen"> & { row: readonly Square[] }) {
  const t = useTranslations("adminTranslation");
  const [first] = row;
  if (!first) return null;
  return (
    <Card flush title={t("clientOf", { format: t(`formats.${first.face}`) })}>
      <ul>
        {row.map((square) => (
          <li key={square.id} className="border-line border-t">
            <button
              type="button"
              aria-haspopup="dialog"
              onClick={() => onOpen(square.id)}
              className="flex min-h-14 w-full items-center gap-3 px-4 py-2 text-start outline-offset-[-2px] hover:bg-hover/60 sm:px-5"
            >
              <span className="min-w-0 flex-1 font-medium">{t(`formats.${square.upstream}`)}</span>
              <SquareNote square={square} />
              <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-ink-faint" />
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
