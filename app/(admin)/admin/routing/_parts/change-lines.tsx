import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RoutingState } from "@/lib/contracts/routing";
import { Button } from "@/lib/ui/primitives/button";
import { IconButton } from "@/lib/ui/primitives/icon-button";
import { Input } from "@/lib/ui/primitives/input";
import { Select } from "@/lib/ui/primitives/select";
import { type ChangeLine, KINDS, SHARINGS, startOf } from "./what-if-model";

interface ChangeLinesProps {
  lines: readonly ChangeLine[];
  onChange: (lines: readonly ChangeLine[]) => void;
  accounts: RoutingState["accounts"];
}

/** What would be different about accounts, one line for each change. */
export function ChangeLines({ lines, onChange, accounts }: ChangeLinesProps) {
  const t = useTranslations("adminRouting");
  const set = (changed: ChangeLine) =>
    onChange(lines.map((line) => (line.line === changed.line ? changed : line)));
  const add = () => {
    const line = Math.max(0, ...lines.map((one) => one.line)) + 1;
    onChange([...lines, { line, accountId: "", kind: "paused", value: "" }]);
  };
  return (
    <div className="flex flex-col gap-3">
      {lines.map((line) => (
        <div
          key={line.line}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
        >
          <Select
            aria-label={t("account")}
            placeholder={t("chooseAccount")}
            value={line.accountId}
            onValueChange={(accountId) => {
              const account = accounts.find(({ id }) => id === accountId);
              set({ ...line, accountId, value: startOf(line.kind, account) });
            }}
            choices={accounts.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Select
            aria-label={t("change")}
            className="max-sm:order-2"
            value={line.kind}
            onValueChange={(value) => {
              const kind = KINDS.find((one) => one === value) ?? "paused";
              const account = accounts.find(({ id }) => id === line.accountId);
              set({ ...line, kind, value: startOf(kind, account) });
            }}
            choices={KINDS.map((kind) => ({ value: kind, label: t(`changes.${kind}`) }))}
          />
          <div className="max-sm:order-3">
            <LineValue line={line} onChange={(value) => set({ ...line, value })} />
          </div>
          <IconButton
            label={t("removeChange")}
            icon={X}
            onClick={() => onChange(lines.filter((one) => one.line !== line.line))}
          />
        </div>
      ))}
      <div>
        <Button size="sm" onClick={add}>
          <Plus aria-hidden="true" className="size-4" />
          {t("addChange")}
        </Button>
      </div>
    </div>
  );
}

function LineValue({ line, onChange }: { line: ChangeLine; onChange: (value: string) => void }) {
  const t = useTranslations("adminRouting");
  const { kind, value } = line;
  if (kind === "paused" || kind === "resumed") return null;
  const label = t("valueOf", { name: t(`changes.${kind}`) });
  if (kind === "sharing") {
    return (
      <Select
        aria-label={label}
        value={value}
        onValueChange={onChange}
        choices={SHARINGS.map((one) => ({ value: one, label: t(`sharing.${one}`) }))}
      />
    );
  }
  return (
    <Input
      aria-label={label}
      inputMode="numeric"
      autoComplete="off"
      placeholder={kind === "maxConcurrency" ? t("noLimit") : undefined}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
