import { toAppError } from "../../shared/errors";
import type { SendFacts, Wire } from "../providers/provider";
import { concat } from "../stream/bytes";
import type { Receiver } from "./receiver";

/**
 * A receiver behind an upstream's own wire: what arrives is unwrapped into the protocol's bytes first. A
 * frame that cannot be unwrapped is the upstream's failure.
 */
export function unwrapped(
  receiver: Receiver,
  wire: Wire,
  send: SendFacts,
  streamed: boolean,
): Receiver {
  if (streamed) return wire.stream ? unwrappedStream(receiver, wire.stream(send)) : receiver;
  return wire.whole ? unwrappedWhole(receiver, wire.whole, send) : receiver;
}

function unwrappedStream(
  receiver: Receiver,
  machine: ReturnType<NonNullable<Wire["stream"]>>,
): Receiver {
  let over = false;
  const guarded = (act: () => Uint8Array[]): Uint8Array[] | null => {
    try {
      return act();
    } catch (thrown) {
      over = true;
      receiver.onError(toAppError(thrown));
      return null;
    }
  };
  return {
    ...receiver,
    onData(chunk) {
      if (over) return true;
      // Every piece is handed on; the upstream is paused when the last one says so.
      return (guarded(() => machine.push(chunk)) ?? []).reduce(
        (_, piece) => receiver.onData(piece),
        true,
      );
    },
    onEnd() {
      if (over) return;
      const rest = guarded(() => machine.end());
      if (!rest) return;
      for (const piece of rest) receiver.onData(piece);
      receiver.onEnd();
    },
  };
}

function unwrappedWhole(
  receiver: Receiver,
  whole: NonNullable<Wire["whole"]>,
  send: SendFacts,
): Receiver {
  const parts: Uint8Array[] = [];
  let size = 0;
  return {
    ...receiver,
    onData(chunk) {
      parts.push(chunk);
      size += chunk.length;
      // Beyond the bound the receiver itself says so.
      return size <= MAX_WRAPPED_BYTES || receiver.onData(concat(parts.splice(0)));
    },
    onEnd() {
      try {
        receiver.onData(whole(concat(parts), send));
      } catch (thrown) {
        receiver.onError(toAppError(thrown));
        return;
      }
      receiver.onEnd();
    },
  };
}

const MAX_WRAPPED_BYTES = 128 * 1024 * 1024;
