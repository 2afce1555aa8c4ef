import type { Group } from "@/lib/contracts/groups";

/** One account of a group as it is typed. */
export interface MemberValues {
  accountId: string;
  weight: string;
}

/** What a person types into the form of a group. */
export interface GroupValues {
  name: string;
  note: string;
  members: readonly MemberValues[];
}

const MAX_WEIGHT = 1_000;

/** A group as the form shows it. */
export function fromGroup(group: Group | null): GroupValues {
  return {
    name: group?.name ?? "",
    note: group?.note ?? "",
    members: (group?.members ?? []).map(({ accountId, weight }) => ({
      accountId,
      weight: String(weight),
    })),
  };
}

/** The same as the API takes it. A weight that is no number counts as 1. */
export function toBody({ name, note, members }: GroupValues) {
  return {
    name: name.trim(),
    note,
    members: members.map(({ accountId, weight }) => ({ accountId, weight: weightOf(weight) })),
  };
}

function weightOf(text: string): number {
  const weight = Number(text.trim() || Number.NaN);
  return Number.isInteger(weight) && weight >= 0 && weight <= MAX_WEIGHT ? weight : 1;
}
