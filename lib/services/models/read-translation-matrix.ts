import type { KnownLossLine, TranslationMatrix } from "../../contracts/translation";
import { knownLosses, type ListedLoss } from "../../relay/translation/known-losses";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";

/** What each pair of a client's and an upstream's format is known to lose (admins). */
export async function readTranslationMatrix(ctx: Context): Promise<TranslationMatrix> {
  authorize(ctx.actor, "settings.manage");
  return {
    cells: knownLosses().map(({ face, upstream, call, answer }) => ({
      face,
      upstream,
      call: call.map(showLoss),
      answer: answer.map(showLoss),
    })),
  };
}

function showLoss({ kind, why, see }: ListedLoss): KnownLossLine {
  return { kind, why, see };
}
