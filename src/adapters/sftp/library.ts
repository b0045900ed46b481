import type SftpClient from "ssh2-sftp-client";
import { TransportError } from "../../errors.ts";
import { codeOf } from "../failures.ts";

/** Requests of the protocol, as ssh2 offers them. */
export type Sftp = Awaited<ReturnType<SftpClient["connect"]>>;

export type { SftpClient };

/**
 * The package that speaks SSH, which a program installs only if it needs it.
 *
 * @throws {@link TransportError} TRANSPORT_UNSUPPORTED if it is not installed
 */
export async function loadLibrary(
  place: string,
  load: () => Promise<{ default: typeof SftpClient }> = () => import("ssh2-sftp-client"),
): Promise<typeof SftpClient> {
  try {
    return (await load()).default;
  } catch (cause) {
    if (codeOf(cause) !== "ERR_MODULE_NOT_FOUND") throw cause;
    const reason = "SFTP needs the package ssh2-sftp-client: npm install ssh2-sftp-client";
    throw new TransportError("TRANSPORT_UNSUPPORTED", reason, { place, cause });
  }
}
