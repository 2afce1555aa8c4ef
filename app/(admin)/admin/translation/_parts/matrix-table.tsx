import { useTranslations } from "next-intl";
import { cn } from "@/lib/ui/class-names";
import { Card } from "@/lib/ui/primitives/card";
import type { Square } from "./matrix-model";
import { SquareNote } from "./square-note";

interface MatrixTableProps {
  rows: readonly (readonly Square[])[];
  /** Id of the field that is open; "" for none. */
  chosen: string;
  onOpen: (id: string) => void;
}

/** Faces down, upstreams across; for screens that are wide enough. */
export function MatrixTable({ rows, chosen, onOpen }: MatrixTableProps) {
  const t = useTranslations("adminTranslation");
  return (
    <Card flush className="hidden overflow-hidden md:block">
      <table className="w-full table-fixed border-collapse text-sm">
        <caption className="sr-only">{t("matrix")}</caption>
        <thead>
          <tr className="border-line border-b bg-sunken text-ink-muted">
            <td />
            <th scope="colgroup" colSpan={4} className="px-3 py-1.5 text-start font-normal text-xs">
              {t("upstreams")}
            </th>
          </tr>
          <tr className="border-line border-b">
            <th scope="col" className="px-4 py-2.5 text-start font-normal text-ink-muted text-xs">
              {t("faces")}
            </th>
            {rows[0]?.map(({ upstream }) => (
              <th key={upstream} scope="col" className="px-3 py-2.5 text-start font-medium">
                {t(`formats.${upstream}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <MatrixRow key={row[0]?.face} row={row} chosen={chosen} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

interface MatrixRowProps extends Omit<MatrixTableProps, "rows"> {
  row: readonly Square[];
}

function MatrixRow({ row, chosen, onOpen }: MatrixRowProps) {
  const t = useTranslations("adminTranslation");
  const [first] = row;
  if (!first) return null;
  return (
    <tr className="border-line border-b last:border-b-0">
      <th scope="row" className="px-4 py-3 text-start font-medium">
        {t(`formats.${first.face}`)}
      </th>
      {row.map((square) => (
        <td key={square.id} className="border-line border-s p-0">
          <button
            type="button"
            aria-haspopup="dialog"
            data-square={square.id}
            onClick={() => onOpen(square.id)}
            className={cn(
              "flex min-h-16 w-full items-center px-3 py-2 text-start outline-offset-[-2px] hover:bg-hover/60",
              square.id === chosen && "bg-accent-soft hover:bg-accent-soft",
            )}
          >
            <SquareNote square={square} />
          </button>
        </td>
      ))}
    </tr>
  );
}
