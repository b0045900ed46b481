import type { Server, Socket } from "node:net";
import type { SecureContext } from "node:tls";
import type { Folder } from "./folder.ts";
import type { Names } from "./names.ts";
import type { FtpServerOptions } from "./options.ts";

/** What all sessions of a server share. */
export interface Surroundings {
  readonly options: FtpServerOptions & { readonly host: string };
  readonly folder: Folder;
  readonly names: Names;
  readonly secureContext: SecureContext | undefined;
  readonly commands: string[];
  /** Remembers what is to be closed with the server. */
  readonly track: (one: Socket | Server) => void;
}

/** One control connection, as its commands see and change it. */
export interface Session {
  readonly around: Surroundings;
  readonly isSecure: () => boolean;
  /** Sends a reply: `150 Here it comes.` */
  readonly send: (reply: string) => void;
  /** Sends a reply and begins TLS right behind it. */
  readonly secure: (reply: string) => Promise<void>;
  /** Ends the session once all replies are sent. */
  readonly end: () => void;
  user: string | undefined;
  isLoggedIn: boolean;
  /** Current folder. */
  folder: string;
  /** Where the next transfer starts, bytes. */
  restart: number;
  /** What RNTO renames: its path. */
  renaming: string | undefined;
  /** Whether data connections use TLS. */
  isPrivate: boolean;
  /** Where the client may connect for the next transfer. */
  passive: Passive | undefined;
  /** Ends the transfer that runs; undefined if none does. */
  abort: (() => void) | undefined;
  /** ABOR ended a transfer, and its own reply is still due. */
  hasAborted: boolean;
}

/** A port at which one data connection is awaited. */
export interface Passive {
  readonly port: number;
  /** The connection; undefined if none came, or the port was closed again. */
  readonly connection: () => Promise<Socket | undefined>;
  readonly close: () => void;
}
