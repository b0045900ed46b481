import { UsageError } from "./io.ts";

/** `{SHOP_HASH}` */
const PLACEHOLDER = /\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Words in names of parameters whose values open something. */
const SECRET = /^(?:hash|password|passwd|pass|pwd|token|key|secret|apikey|signature|sig)$/i;

/**
 * Puts values of the environment in the places of a URL that name them.
 *
 * @param shown - the URL for messages
 * @throws {@link UsageError} if a variable is not set, or something that looks like a secret stands there literally
 */
export function filledIn(
  text: string,
  shown: string,
  env: Readonly<Record<string, string | undefined>>,
): { readonly url: string; readonly secrets: readonly string[] } {
  requireNoSecret(text, shown);
  const secrets: string[] = [];
  const authority = /^[^/]*\/\/[^/?#]*/.exec(text)?.[0].length ?? 0;
  const url = text.replace(PLACEHOLDER, (_, name: string, at: number) => {
    const value = env[name];
    if (value === undefined || value === "") throw new UsageError(`${shown}: the environment has no ${name}`);
    secrets.push(value);
    return at < authority ? value : encodeURIComponent(value);
  });
  return { url, secrets };
}

function requireNoSecret(text: string, shown: string): void {
  const query = /\?([^#]*)/.exec(text)?.[1] ?? "";
  for (const pair of query.split("&")) {
    const [name = "", ...value] = pair.split("=");
    const words = name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").split(/[^A-Za-z]+|%../);
    const looksSecret = SECRET.test(name) || words.some((word) => SECRET.test(word));
    if (!looksSecret || value.join("=").replace(PLACEHOLDER, "") === "") continue;
    throw new UsageError(
      `${shown}: "${name}" looks like a secret, which would be seen in the list of processes and kept in the shell's history; put its value into a variable of the environment and write ${name}={SHOP_${words
        .filter((word) => word !== "")
        .join("_")
        .toUpperCase()}}`,
    );
  }
}
