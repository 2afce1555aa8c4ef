import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Key } from "@/lib/contracts/keys";
import { Button } from "@/lib/ui/primitives/button";
import { Sheet } from "@/lib/ui/primitives/sheet";

interface KeySheetFrameProps {
  apiKey: Key;
  title: string;
  /** Is the form shown, and may it be? */
  forming: boolean;
  editable: boolean;
  /** The form that "Save" sends. */
  formId: string;
  busy: boolean;
  onEdit: (editing: boolean) => void;
  onClose: () => void;
  children: ReactNode;
}

/** A sheet about one key, with the buttons that lead to its form and out of it. */
export function KeySheetFrame(props: KeySheetFrameProps) {
  const { apiKey, title, forming, editable, formId, busy, onEdit, onClose, children } = props;
  const common = useTranslations("common");
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      purpose={<code className="font-mono text-xs">{apiKey.start}…</code>}
      actions={
        forming ? (
          <>
            <Button onClick={() => onEdit(false)}>{common("cancel")}</Button>
            <Button type="submit" form={formId} look="primary" busy={busy}>
              {common("save")}
            </Button>
          </>
        ) : (
          <Button look="primary" disabled={!editable} onClick={() => onEdit(true)}>
            {common("edit")}
          </Button>
        )
      }
    >
      {children}
    </Sheet>
  );
}
