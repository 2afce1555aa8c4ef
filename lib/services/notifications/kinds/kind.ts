import type { z } from "zod";
import type { Mail, MailServer } from "../../context";

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

/** The mail that carries a message. */
export interface Mailing {
  server: MailServer;
  mail: Mail;
}

export interface ChannelKindDefinition<S extends z.ZodType, K extends z.ZodType> {
  id: string;
  label: string;
  /** Readable part of the form; labels and help come from `.meta()`. */
  settings: S;
  /** Sealed part: addresses of incoming webhooks are secrets too. */
  secret: K;
  request?(settings: z.output<S>, secret: z.output<K>, message: Message, nowMs: number): Posting;
  /** Instead of a request: the mail that carries a message. */
  mail?(settings: z.output<S>, secret: z.output<K>, message: Message): Mailing;
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
  order(settings: unknown, secret: unknown, message: Message, nowMs: number): Posting | Mailing;
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
    order(given, sealed, message, nowMs) {
      const [open, shut] = [settings.parse(given), secret.parse(sealed)];
      const order =
        definition.mail?.(open, shut, message) ?? definition.request?.(open, shut, message, nowMs);
      if (!order) throw new TypeError(`${definition.id} sends nothing`);
      return order;
    },
  };
}

/** Headline, sentences and the way to the account as one text. */
export function plainText({ title, text, url }: Message): string {
  return `${title}\n${text}\n${url}`;
}
