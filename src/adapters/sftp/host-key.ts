import { createHash } from "node:crypto";
import type { SftpOptions } from "./options.ts";

/** Holds the key that a server shows against those that it may have. */
export interface HostKeyCheck {
  readonly fits: (key: Buffer) => boolean;
  /** What is wrong with the key that was shown. */
  readonly refusal: string | undefined;
}

export function hostKeyCheck({ hostKey = [] }: SftpOptions): HostKeyCheck {
  const known = [hostKey]
    .flat()
    .map(unpadded)
    .filter((one) => one !== "");
  let refusal: string | undefined;
  return {
    fits(key) {
      const print = `SHA256:${createHash("sha256").update(key).digest("base64")}`;
      if (known.includes(unpadded(print))) return true;
      const shown = `${unpadded(print)} (${keyType(key)})`;
      refusal =
        known.length === 0
          ? `the server shows the key ${shown}, and hostKey is not set: if whoever runs the server says that this is its key, set it`
          : `the server shows the key ${shown}, which is not in hostKey: this is another server, or its key was changed; ask whoever runs it`;
      return false;
    },
    get refusal() {
      return refusal;
    },
  };
}

function unpadded(fingerprint: string): string {
  return fingerprint.trim().replace(/=+$/, "");
}

/** The name at the start of a key: `ssh-ed25519`. @see https://www.rfc-editor.org/rfc/rfc4253#section-6.6 (read 2026-11-24) */
function keyType(key: Buffer): string {
  return key.toString("latin1", 4, 4 + key.readUInt32BE(0)).replace(/[^\w@.-]/g, "");
}
