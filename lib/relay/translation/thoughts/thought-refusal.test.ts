import { describe, expect, it } from "vitest";
import { thoughtRefusal } from "./thought-refusal";

describe("a refusal of thoughts", () => {
  it("is known by the upstream's own words", () => {
    const openai =
      '{"error":{"message":"The encrypted content for item rs_1 could not be verified.","code":"invalid_encrypted_content"}}';
    expect(thoughtRefusal(400, openai)).toBe("foreign");
    expect(
      thoughtRefusal(400, "messages.1.content.0: Invalid `signature` in `thinking` block"),
    ).toBe("foreign");
    expect(thoughtRefusal(400, "Corrupted thought signature.")).toBe("foreign");
    expect(
      thoughtRefusal(400, "Function call is missing a thought_signature in functionCall parts."),
    ).toBe("missing");
    expect(thoughtRefusal(400, "content block is missing a `thought_signature`. Learn more")).toBe(
      "missing",
    );
    expect(
      thoughtRefusal(
        400,
        "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`.",
      ),
    ).toBe("missing");
  });

  it("is none with another status or other words", () => {
    expect(thoughtRefusal(500, "Corrupted thought signature.")).toBeNull();
    expect(thoughtRefusal(400, "max_tokens: Field required")).toBeNull();
    expect(thoughtRefusal(400, "signature")).toBeNull();
  });
});
