import type { HttpOptions } from "./options.ts";

/** Values up to this length are no secrets. */
const OPEN = 7;

/** What goes with a request of this method. */
export function sentHeaders(options: HttpOptions, method: string): Readonly<Record<string, string>> {
  const own = Object.entries(options.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const authorization = basicOf(options);
  return {
    accept: "*/*",
    // Whether what is compressed was cut, another fetch does not tell; and a HEAD is to tell the size of the file.
    "accept-encoding": options.fetch === undefined && method !== "HEAD" ? "gzip" : "identity",
    "user-agent": "propojka",
    ...(method !== "GET" && method !== "HEAD" && { "content-type": options.contentType ?? "application/xml" }),
    ...(authorization !== undefined && { authorization }),
    ...Object.fromEntries(own),
  };
}

/** What of the headers must not be told. */
export function secretHeaders(options: HttpOptions): readonly string[] {
  const { user, password = "", headers = {} } = options;
  const values = Object.values(headers).flatMap((value) => [value, value.replace(/^\S+\s+/, "")]);
  const basic = basicOf(options)?.slice("Basic ".length);
  return [
    ...values.filter((value) => value.length > OPEN),
    ...(basic === undefined ? [] : [basic]),
    ...(password === "" ? [] : [password]),
    // Keys of webservices take the place of the user.
    ...(password === "" && user !== undefined ? [user] : []),
  ];
}

/** In UTF-8, as RFC 7617 prefers. */
function basicOf({ user, password = "" }: HttpOptions): string | undefined {
  return user === undefined ? undefined : `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;
}
