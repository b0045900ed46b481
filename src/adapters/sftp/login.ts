import { once } from "node:events";
import type { Socket } from "node:net";
import { TransportError, type TransportErrorCode } from "../../errors.ts";
import { shownName } from "../../transfer/names.ts";
import { harmless } from "../../transfer/secrets.ts";
import { networkCode } from "../failures.ts";
import type { FailureContext } from "./failure.ts";
import { hostKeyCheck } from "./host-key.ts";
import type { Sftp, SftpClient } from "./library.ts";
import type { SftpOptions } from "./options.ts";

/** Waits for the socket, checks the server's key, logs in and begins SFTP. @throws {@link TransportError} */
export async function logIn(
  client: SftpClient,
  socket: Socket,
  options: SftpOptions,
  context: FailureContext,
): Promise<Sftp> {
  const { user, password, privateKey, passphrase, onLine } = options;
  const hostKey = hostKeyCheck(options);
  const methods = loginMethods(options);
  const met: { newPassword?: boolean; foreign?: string } = {};
  client.on("keyboard-interactive", (_name, _instructions, _language, prompts: readonly Prompt[], finish: Finish) =>
    // What is shown while it is typed is no password.
    finish(prompts.map(({ echo }) => (echo === true ? "" : (password ?? "")))),
  );
  client.on("change password", () => {
    met.newPassword = true;
    socket.destroy();
  });
  try {
    await once(socket, "connect");
    const connected = client.connect({
      sock: socket,
      username: user,
      ...(password !== undefined && { password, tryKeyboard: true }),
      ...(privateKey !== undefined && {
        privateKey: typeof privateKey === "string" ? privateKey : Buffer.from(privateKey),
      }),
      ...(passphrase !== undefined && { passphrase }),
      ...(onLine !== undefined && { debug: (line: string) => onLine(context.redact(line)) }),
      authHandler: methods.next,
      hostVerifier: hostKey.fits,
      readyTimeout: 0,
    });
    // Not before, since the first listener makes the bytes flow.
    socket.once("data", (data: Buffer) => {
      const [line = ""] = data.toString("latin1").split(/[\r\n]/);
      if (!OTHER_PROTOCOL.test(line)) return;
      met.foreign = line;
      socket.destroy();
    });
    return await connected;
  } catch (error) {
    if (hostKey.refusal !== undefined) throw new TransportError("TRANSPORT_SECURITY", hostKey.refusal, context);
    if (met.newPassword === true)
      throw new TransportError("TRANSPORT_LOGIN", "the server wants the password to be changed", context);
    if (met.foreign !== undefined)
      throw new TransportError(
        "TRANSPORT_REFUSED",
        `that is no SSH server; it says ${shownName(met.foreign)}`,
        context,
      );
    throw loginFailure(error, methods, context);
  }
}

/** FTP and mail greet like this. Other lines may come before SSH begins. */
const OTHER_PROTOCOL = /^[2-5]\d\d[ -]/;

interface Prompt {
  readonly echo?: boolean | undefined;
}

type Finish = (answers: readonly string[]) => void;

type LoginMethod = "none" | "publickey" | "password" | "keyboard-interactive";

interface LoginMethods {
  /** Called with what the server takes, once that is known. */
  readonly next: (taken: readonly string[] | null) => LoginMethod | false;
  /** What came of it, for a message. */
  readonly outcome: () => string;
}

/** The ways to log in that there is something for, and that the server takes; `none` asks which it takes. */
function loginMethods({ password, privateKey }: SftpOptions): LoginMethods {
  const untried = new Set<LoginMethod>(["none"]);
  if (privateKey !== undefined) untried.add("publickey");
  if (password !== undefined) untried.add("password").add("keyboard-interactive");
  let last: readonly string[] = [];
  return {
    next(taken) {
      last = taken ?? last;
      const method = [...untried].find((one) => one === "none" || taken === null || taken.includes(one));
      if (method !== undefined) untried.delete(method);
      return method ?? false;
    },
    outcome() {
      const had =
        password === undefined && privateKey === undefined
          ? "there is neither a password nor a key to log in with"
          : "the server refuses the user, the password or the key";
      return last.length === 0 ? had : `${had}; it takes ${last.join(", ").replace(/[^\w@., -]/g, "")}`;
    },
  };
}

const refusals: readonly (readonly [RegExp, TransportErrorCode])[] = [
  [/authentication failures|privateKey/i, "TRANSPORT_LOGIN"],
  [/no matching|verification failed/i, "TRANSPORT_SECURITY"],
  [/subsystem|channel open failure|SFTP session/i, "TRANSPORT_UNSUPPORTED"],
  [/connection lost|unexpected (?:end|close)|no response|not connected/i, "TRANSPORT_INTERRUPTED"],
];

function loginFailure(error: unknown, methods: LoginMethods, { place, redact }: FailureContext): Error {
  if (error instanceof TransportError) return error;
  const cause = harmless(error, redact);
  const told = redact(error instanceof Error ? error.message : String(error)).replace(/^getConnection: /, "");
  const code = networkCode(error) ?? refusals.find(([expression]) => expression.test(told))?.[1];
  if (told.includes("methods failed"))
    return new TransportError("TRANSPORT_LOGIN", methods.outcome(), { place, cause });
  return new TransportError(code ?? "TRANSPORT_REFUSED", told, { place, cause });
}
