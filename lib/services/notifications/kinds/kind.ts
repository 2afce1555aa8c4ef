import type { z } from "zod";

/** What is told, in the channel's language. */
export interface Message {
  /** Of the event: a message that is sent again carries the same. */
  id: string;
  type: string;
  atMs: number;
  title: string;
  text: string;
  /** The account's page. */
  url: string;
  account: { id: string; name: string; kind: string };
}

/** The request that carries a message. */
export interface Posting {
  url: string;
  headers?: Readonly<Record<string, string>>;
  body: string;
}

export interface ChannelKindDefinition<S extends z.ZodType, K extends z.ZodType> {
  id: string;
  label: string;
  /** Readable part of the form; labels and help come from `.meta()`. */
  settings: S;
  /** Sealed part: addresses of incoming webhooks are secrets too. */
  secret: K;
  request(settings: z.output<S>, secret: z.output<K>, message: Message, nowMs: number): Posting;
  /** Was it taken? Some answer 200 with a failure in the body. Absent: any 2xx. */
  accepted?(body: unknown): boolean;
}

/** A kind of channel with its schemas erased: what the registry holds. */
export interface ChannelKind {
  id: string;
  label: string;
  settings: z.ZodType;
  secret: z.ZodType;
  /** Throws ZodError when what is stored no longer fits. */
  request(settings: unknown, secret: unknown, message: Message, nowMs: number): Posting;
  accepted: (body: unknown) => boolean;
}

/** Ties a kind's functions to its own schemas. */
export function defineChannelKind<S extends z.ZodType, K extends z.ZodType>(
  definition: ChannelKindDefinition<S, K>,
): ChannelKind {
  const { settings, secret, accepted = () => true } = definition;
  return {
    ...definition,
    accepted,
    request: (given, sealed, message, nowMs) =>
      definition.request(settings.parse(given), secret.parse(sealed), message, nowMs),
  };
}

/** Headline, sentences and the way to the account as one text. */
export function plainText({ title, text, url }: Message): string {
  return `${title}\n${text}\n${url}`;
}
