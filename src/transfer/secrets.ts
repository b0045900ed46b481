/** Takes secrets out of texts that go into errors and logs. */
export type Redact = (text: string) => string;

const MASK = "***";

/** Shorter secrets would be found in every other word. */
const SHORTEST = 3;

/** Masks each secret, also where it stands percent-encoded. */
export function redactor(secrets: readonly (string | undefined)[]): Redact {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret === undefined || secret.length < SHORTEST) continue;
    forms.add(secret);
    forms.add(encodeURIComponent(secret));
    forms.add(new URLSearchParams({ a: secret }).toString().slice("a=".length));
  }
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, form) => rest.replaceAll(form, MASK), text);
}

/**
 * An error that can be a cause: its message and code without secrets, and nothing else of it, since libraries attach what they
 * were called with.
 */
export function harmless(error: unknown, redact: Redact): Error {
  const message = error instanceof Error ? error.message : String(error);
  const copy = new Error(redact(message));
  if (error instanceof Error) copy.name = error.name;
  if (error instanceof Error && "code" in error && ["string", "number"].includes(typeof error.code))
    Object.assign(copy, { code: error.code });
  return copy;
}
