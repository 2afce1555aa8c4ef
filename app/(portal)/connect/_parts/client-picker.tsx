"use client";
import { useTranslations } from "next-intl";
import { RadioGroup as Radio } from "radix-ui";
import { CLIENTS, type Client, isClient } from "./guides";

interface ClientPickerProps {
  value: Client;
  onChange: (client: Client) => void;
}

/** The clients as a list of cards, one of them chosen; on phones short words in a few lines. */
export function ClientPicker({ value, onChange }: ClientPickerProps) {
  const t = useTranslations("connect");
  return (
    <Radio.Root
      aria-label={t("chooseClient")}
      value={value}
      onValueChange={(next) => isClient(next) && onChange(next)}
      className="flex flex-wrap gap-2 lg:flex-col lg:self-start"
    >
      {CLIENTS.map((client) => (
        <Radio.Item
          key={client}
          value={client}
          className="flex shrink-0 flex-col items-start gap-0.5 rounded-lg border border-line bg-surface px-3 py-2 text-start lg:px-4 lg:py-3 transition-colors hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft lg:w-full"
        >
          <span className="whitespace-nowrap font-medium">{t(`clients.${client}.name`)}</span>
          <span className="hidden text-pretty text-ink-muted text-sm lg:block">
            {t(`clients.${client}.about`)}
          </span>
        </Radio.Item>
      ))}
    </Radio.Root>
  );
}
