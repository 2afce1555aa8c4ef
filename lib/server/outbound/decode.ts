import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";
import { AppError } from "../../shared/errors";

/** Where decoded bytes go; the same contract as the exchange's own handler. */
export interface DecodedSink {
  /** false pauses the decoder until `resume`. */
  data(chunk: Buffer): boolean;
  end(): void;
  fail(error: AppError): void;
}

export interface Decoder {
  /** false means: give no more until `onReady` was called. */
  push(chunk: Buffer): boolean;
  end(): void;
  resume(): void;
  destroy(): void;
}

/** Text of a model compresses 3 to 20 times; hundreds of times is an attack. */
const MAX_RATIO = 200;
const RATIO_HOLDS_FROM_BYTES = 8 * 1024 * 1024;

const STREAMS = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
} as const;

/** null for an answer that was asked for as it came: without any encoding. */
export function encodingOf(header: string | undefined): string | null {
  const encoding = header?.trim().toLowerCase() ?? "";
  return encoding === "" || encoding === "identity" ? null : encoding;
}

/**
 * Decodes an answer that came compressed although none was asked for, so that its usage can be
 * read. An unknown encoding, damaged data and a bomb end in `upstream_broken`.
 * @throws {AppError} `upstream_broken` for an encoding that is not known here
 */
export function decoder(encoding: string, sink: DecodedSink, onReady: () => void): Decoder {
  if (!isKnown(encoding)) {
    throw new AppError("upstream_broken", "The upstream's answer is encoded in an unknown way.");
  }
  let stream: ReturnType<typeof open> | null = null;
  let taken = 0;
  let given = 0;
  const open = (first: Buffer) => {
    const opened = isRawDeflate(encoding, first) ? createInflateRaw() : STREAMS[encoding]();
    opened.on("drain", onReady);
    opened.on("end", () => sink.end());
    opened.on("error", (cause) => sink.fail(undecodable(cause)));
    opened.on("data", (chunk: Buffer) => {
      given += chunk.length;
      if (given > RATIO_HOLDS_FROM_BYTES && given > taken * MAX_RATIO) {
        opened.destroy(new Error("compressed beyond any honest ratio"));
      } else if (!sink.data(chunk)) {
        opened.pause();
      }
    });
    return opened;
  };
  return {
    push(chunk) {
      taken += chunk.length;
      stream ??= open(chunk);
      return stream.write(chunk);
    },
    end() {
      if (stream) stream.end();
      else sink.end();
    },
    resume: () => void stream?.resume(),
    destroy: () =>
      void stream
        ?.removeAllListeners()
        .on("error", () => {})
        .destroy(),
  };
}

const isKnown = (encoding: string): encoding is keyof typeof STREAMS => encoding in STREAMS;

// "deflate" means zlib's wrapping, but some servers send the bare stream.
const isRawDeflate = (encoding: string, first: Buffer) =>
  encoding === "deflate" && ((first[0] ?? 0) & 0x0f) !== 8;

const undecodable = (cause: unknown) =>
  new AppError("upstream_broken", "The upstream's answer could not be decoded.", {}, cause);
