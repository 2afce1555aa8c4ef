import type { TranslatedId } from "../model";
import type { LossKind } from "../neutral-loss";
import { protocolOf } from "../protocols/registry";
import type { KnownLoss, KnownLosses, Translator } from "../protocols/translator";

/** The formats of the matrix; the others are spellings of one of them. */
export const MATRIX_IDS = [
  "anthropic",
  "openai-chat",
  "openai-responses",
  "gemini",
] as const satisfies readonly TranslatedId[];
export type MatrixId = (typeof MATRIX_IDS)[number];

export interface ListedLoss extends KnownLoss {
  kind: LossKind;
}

/** What one cell can lose on the way to the upstream and on the way back. */
export interface CellLosses {
  face: MatrixId;
  upstream: MatrixId;
  call: readonly ListedLoss[];
  answer: readonly ListedLoss[];
}

/**
 * The table of known losses: per cell what the one side can state and the other has no field for. Where
 * both speak the same format nothing is lost, for bytes pass.
 */
export function knownLosses(): CellLosses[] {
  return MATRIX_IDS.flatMap((face) =>
    MATRIX_IDS.filter((upstream) => upstream !== face).map((upstream) => {
      const client = translatorOf(face);
      const account = translatorOf(upstream);
      return {
        face,
        upstream,
        call: listed(account.losses.call, client.states.call),
        answer: listed(client.losses.answer, account.states.answer),
      };
    }),
  );
}

function translatorOf(id: MatrixId): Translator {
  const { translator } = protocolOf(id);
  if (!translator) throw new Error(`The format ${id} has no translator.`);
  return translator;
}

function listed(losses: KnownLosses, stated: readonly LossKind[]): ListedLoss[] {
  const kinds = Object.keys(losses) as LossKind[];
  return kinds
    .filter((kind) => stated.includes(kind))
    .sort()
    .flatMap((kind) => {
      const loss = losses[kind];
      return loss ? [{ kind, ...loss }] : [];
    });
}
