import { isImportedForm, isKeySecret } from "../../shared/key-format";
import { type CrsFields, crsFields, droppedNote, isTrue, textOf } from "./crs-fields";
import { CrsKey, hasNoFace, keyFieldsOfCrs } from "./crs-key";
import {
  type ForeignBinding,
  type ForeignKey,
  type ForeignSecret,
  type LeftOut,
  note,
} from "./foreign";

/** Bindings in the order in which claude-relay-service asks them, with the service that each is for. */
const BINDINGS: readonly [field: string, service: string][] = [
  ["claudeAccountId", "claude"],
  ["claudeConsoleAccountId", "claude"],
  ["bedrockAccountId", "claude"],
  ["geminiAccountId", "gemini"],
  ["openaiAccountId", "openai"],
  ["droidAccountId", "droid"],
];
/** Marks before the id that say which kind of account it is; ids differ over all kinds. */
const KIND_MARK = /^(?:responses|api|console):/;
const NO_PLACE = [
  "tokenLimit",
  "rateLimitCost",
  "dailyOpusCostLimit",
  "serviceRates",
  "enableOpenAIResponsesPayloadRules",
  "azureOpenaiAccountId",
];
const HASH = /^[0-9a-f]{64}$/i;

/** The key that a record of claude-relay-service becomes, or why it becomes none. */
export function keyOfCrs(record: unknown, now: Date): ForeignKey | LeftOut {
  const fields = crsFields(record);
  const foreignId = textOf(fields, "id");
  const name = textOf(fields, "name").slice(0, 100) || foreignId;
  const leftOut = (reason: LeftOut["reason"]): LeftOut => {
    return { kind: "key", foreignId, name, detail: "", reason };
  };
  const parsed = CrsKey.safeParse(record);
  if (!parsed.success) return leftOut("invalid");
  if (isTrue(fields, "isDeleted")) return leftOut("deleted");
  const secret = secretOf(textOf(fields, "apiKey"));
  if (typeof secret === "string") return leftOut(secret);
  return {
    foreignId,
    name,
    owner: textOf(fields, "userUsername"),
    secret,
    fields: keyFieldsOfCrs(parsed.data, now),
    ...boundTo(fields, parsed.data),
  };
}

function secretOf(text: string): ForeignSecret | LeftOut["reason"] {
  if (text.includes("[REDACTED]")) return "redacted";
  if (HASH.test(text)) return { kind: "peppered", hash: text.toLowerCase() };
  if (text === "") return "no-secret";
  // Enhanced exports may hold the key itself.
  return isImportedForm(text) || isKeySecret(text)
    ? { kind: "plain", secret: text }
    : "foreign-form";
}

function boundTo(fields: CrsFields, key: CrsKey): Pick<ForeignKey, "binding" | "notes"> {
  const notes = [
    ...droppedNote(fields, NO_PLACE),
    ...(hasNoFace(key) ? [note("no-face", "permissions")] : []),
    ...limitNotes(fields),
  ];
  const bound = BINDINGS.flatMap(([field, service]) => {
    const text = textOf(fields, field);
    return text === "" ? [] : [{ field, service, text: text.replace(KIND_MARK, "") }];
  });
  const [first, ...others] = bound;
  if (!first) return { binding: null, notes };
  // What the key is not bound for it could take from the pool; here one binding holds for everything.
  const onlyThis =
    key.permissions.length > 0 && key.permissions.every((one) => one === first.service);
  const binding: ForeignBinding = first.text.startsWith("group:")
    ? { kind: "group", foreignId: first.text.slice("group:".length), fallback: !onlyThis }
    : { kind: "account", foreignId: first.text, fallback: !onlyThis };
  return {
    binding,
    notes: [
      ...notes,
      ...(onlyThis ? [] : [note("binding-open", first.field)]),
      ...(others.length > 0 ? [note("binding-several", ...others.map(({ field }) => field))] : []),
    ],
  };
}

function limitNotes(fields: CrsFields) {
  const says = (name: string) => Number(textOf(fields, name)) > 0;
  return [
    ...(says("weeklyOpusCostLimit") ? [note("claude-week", "weeklyOpusCostLimit")] : []),
    ...(says("totalCostLimit") ? [note("spend-restarts", "totalCostLimit")] : []),
  ];
}
