import type { ImageBlock } from "../../../neutral-blocks";
import { dataUrl } from "../../data-url";
import type { Fields } from "../../own-extra";

/**
 * An image that a model drew, as routers show it: OpenAI's own models draw none here. null for a file that
 * only its provider can open.
 * @see https://openrouter.ai/docs/features/multimodal/image-generation
 */
export function answeredImage({ source }: ImageBlock, index: number): Fields | null {
  if (source.kind !== "data" && source.kind !== "url") return null;
  const url = source.kind === "data" ? dataUrl(source) : source.url;
  return { type: "image_url", index, image_url: { url } };
}
