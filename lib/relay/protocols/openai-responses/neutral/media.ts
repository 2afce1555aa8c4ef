import type { MediaSource } from "../../../neutral-blocks";
import { dataOf, dataUrl } from "../../data-url";
import { textOrNull } from "../../json-fields";
import { type Fields, stated } from "../../own-extra";

const PDF = "application/pdf";

/** Source of an `input_image`; null when it states none. */
export function imageSource({ image_url, file_id }: Fields): MediaSource | null {
  const url = textOrNull(image_url);
  if (url !== null) return dataOf(url) ?? { kind: "url", url, mime: null };
  return fileSource(file_id);
}

/** Source of an `input_file`; null when it states none. */
export function documentSource({ file_data, file_url, file_id }: Fields): MediaSource | null {
  const data = textOrNull(file_data);
  // Bare base64 is taken too, for what most files are.
  if (data !== null) return dataOf(data) ?? { kind: "data", mime: PDF, base64: data };
  const url = textOrNull(file_url);
  return url === null ? fileSource(file_id) : { kind: "url", url, mime: null };
}

/** Fields of an `input_image` or `input_file` that state its source; null for another provider's file. */
export function sourceFields(
  source: MediaSource,
  names: { data: string; url: string },
  filename: string | null,
): Fields | null {
  if (source.kind === "url") return { [names.url]: source.url };
  if (source.kind === "data") return stated({ [names.data]: dataUrl(source), filename });
  if (source.kind === "text") return null;
  return source.protocol === "openai-responses" ? { file_id: source.id } : null;
}

function fileSource(id: unknown): MediaSource | null {
  const known = textOrNull(id);
  if (known === null) return null;
  return { kind: "file", protocol: "openai-responses", id: known, mime: null };
}
