"use client";
import { useTranslations } from "next-intl";
import type { FieldControl } from "@/lib/ui/primitives/field";
import { Select } from "@/lib/ui/primitives/select";

const ROLES = ["member", "admin"] as const;

interface RoleSelectProps extends FieldControl {
  value: string | undefined;
  onChange: (role: string) => void;
}

/** Member or administrator. */
export function RoleSelect({ value, onChange, ...control }: RoleSelectProps) {
  const t = useTranslations("adminUsers.roles");
  return (
    <Select
      {...control}
      value={value}
      onValueChange={onChange}
      choices={ROLES.map((role) => ({ value: role, label: t(role) }))}
    />
  );
}
