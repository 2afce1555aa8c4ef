import { textOrNull } from "../../json-fields";
import type { Message } from "./proto-fields";

interface Called {
  /** As the client stated it; null when it stated none. */
  stated: string | null;
  id: string;
  name: string;
}

/** Gives calls without ids stable ones, and finds the call that a response answers. */
export interface CallLedger {
  /** Id of a call of this turn, told from all before it. */
  called(stated: string | null, name: string, turn: number): string;
  /** The call that a response answers: by its id, else by name and order. */
  answered(response: Message, turn: number): { id: string; name: string };
  /** Id of a call that Google answers itself. */
  hosted(turn: number): string;
  lastHosted(): string;
}

/** A ledger of one conversation: equal histories get equal ids, turn by turn. */
export function callLedger(): CallLedger {
  const open: Called[] = [];
  const taken = new Set<string>();
  let hosted = "";

  const free = (wish: string): string => {
    let id = wish;
    for (let n = 2; taken.has(id); n++) id = `${wish}_${n}`;
    taken.add(id);
    return id;
  };
  const numbered = (turn: number, kind = "call") => {
    let n = 1;
    while (taken.has(`${kind}_${turn}_${n}`)) n++;
    return free(`${kind}_${turn}_${n}`);
  };
  const takeOpen = (index: number): Called | undefined =>
    index < 0 ? undefined : open.splice(index, 1)[0];

  return {
    called(stated, name, turn) {
      const id = stated ? free(stated) : numbered(turn);
      open.push({ stated: stated || null, id, name });
      return id;
    },
    answered(response, turn) {
      const stated = textOrNull(response.id) || null;
      const name = textOrNull(response.name) ?? "";
      const byId = open.findIndex((call) => stated !== null && call.stated === stated);
      const found = byId >= 0 ? byId : open.findIndex((call) => call.name === name);
      const call = takeOpen(found);
      if (call) return { id: call.id, name: name || call.name };
      return { id: stated ?? numbered(turn), name };
    },
    hosted(turn) {
      hosted = numbered(turn, "hosted");
      return hosted;
    },
    lastHosted: () => hosted,
  };
}
