import type { Channel, ChannelKind, NotifiedEvent } from "@/lib/contracts/notifications";

/** What a person types into the form of a channel. */
export interface ChannelValues {
  name: string;
  locale: "en" | "zh";
  events: readonly NotifiedEvent[];
  settings: Readonly<Record<string, string>>;
  secret: Readonly<Record<string, string>>;
}

/** What almost everybody wants to know. */
const USUAL: readonly NotifiedEvent[] = ["stopped", "limited", "renewal-failed", "recovered"];
const SECRET_BYTES = 32;

/** A channel as the form shows it; a new one begins with a signing secret of its own. */
export function fromChannel(
  kind: ChannelKind,
  channel: Channel | null,
  locale: "en" | "zh",
): ChannelValues {
  return {
    name: channel?.name ?? kind.label,
    locale: channel?.locale ?? locale,
    events: channel?.events ?? USUAL,
    settings: Object.fromEntries(
      kind.settings.map(({ name, default: fallback }) => [
        name,
        String(channel?.settings[name] ?? fallback ?? ""),
      ]),
    ),
    secret: Object.fromEntries(
      kind.secret.map(({ name }) => [
        name,
        name === "signingSecret" && !channel ? newSigningSecret() : "",
      ]),
    ),
  };
}

/** The typed parts as the API takes them; null for a secret that was left as it is. */
export function typedParts({ settings, secret }: ChannelValues) {
  const typed = filled(secret);
  return { settings: filled(settings), secret: Object.keys(typed).length > 0 ? typed : null };
}

function filled(values: Readonly<Record<string, string>>): Record<string, string> {
  const pairs = Object.entries(values).map(([name, value]) => [name, value.trim()] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== ""));
}

function newSigningSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
