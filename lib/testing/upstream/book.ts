import { addUsage, type BookUsage, ZERO_USAGE } from "./usage";

/** "openai" stands for what its protocols share: the list of models. */
export type UpstreamProtocol =
  | "anthropic"
  | "gemini"
  | "code-assist"
  | "openai"
  | "openai-chat"
  | "openai-responses"
  | "openai-completions"
  | "openai-embeddings"
  | "openai-images";

/** What the fake knows of one request. The truth that a relay's own records are compared with. */
export interface BookEntry {
  /** Anthropic: the `request-id` header. Google: the answer's `responseId`. OpenAI: `x-request-id`. */
  id: string;
  at: string;
  protocol: UpstreamProtocol;
  /** An action of `UpstreamCall`, or unknown. */
  action: string;
  /** As asked for; "" when there is none. */
  model: string;
  path: string;
  key: string;
  requestBytesSha256: string;
  stream: boolean;
  /** 0 until a status was written. */
  status: number;
  /** Beginning of the body of an answer of status 400 or more: says why it was refused. */
  refusal: string | null;
  /** Tokens of the whole answer; null when nothing was generated. */
  plannedUsage: BookUsage | null;
  /** Tokens of the events that were handed to the socket; null when none was. */
  deliveredUsage: BookUsage | null;
  /** When the client closed the connection before the fake had ended the answer; epoch ms. */
  closedByClientAtMs: number | null;
  closedEarly: boolean;
  /** Kinds of the faults that were played, joined by "+"; "" for none. */
  fault: string;
  /** The request's headers that begin with `x-relay-`. */
  relayHeaders: Readonly<Record<string, string>>;
  /** Duration; null while the answer is on its way. */
  ms: number | null;
}

interface BookTotals {
  requests: number;
  /** Requests with a generated answer. */
  answered: number;
  planned: BookUsage;
  delivered: BookUsage;
  open: number;
}

/** Sums up the entries that the filter lets through (all of them without one). */
export function bookTotals(
  entries: Iterable<BookEntry>,
  filter: (entry: BookEntry) => boolean = () => true,
): BookTotals {
  const totals: BookTotals = {
    requests: 0,
    answered: 0,
    planned: ZERO_USAGE,
    delivered: ZERO_USAGE,
    open: 0,
  };
  for (const entry of entries) {
    if (!filter(entry)) continue;
    totals.requests++;
    if (entry.ms === null) totals.open++;
    if (entry.plannedUsage !== null) totals.answered++;
    totals.planned = addUsage(totals.planned, entry.plannedUsage ?? ZERO_USAGE);
    totals.delivered = addUsage(totals.delivered, entry.deliveredUsage ?? ZERO_USAGE);
  }
  return totals;
}

export interface Book {
  /** Every entry since the start or the last `clear`, in order of arrival. */
  entries(): readonly BookEntry[];
  totals(filter?: (entry: BookEntry) => boolean): BookTotals;
  add(entry: BookEntry): void;
  clear(): void;
}

/** An empty book. */
export function createBook(): Book {
  let entries: BookEntry[] = [];
  return {
    entries: () => entries,
    totals: (filter) => bookTotals(entries, filter),
    add: (entry) => {
      entries.push(entry);
    },
    clear: () => {
      entries = [];
    },
  };
}
