/** A command cannot be done; the message is the whole reply: `550 No such file or directory.` */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

const replies: Readonly<Record<string, string>> = {
  ENOENT: "550 No such file or directory.",
  ENOTDIR: "550 Not a directory.",
  EISDIR: "550 Is a directory.",
  EEXIST: "550 File exists.",
  ENOTEMPTY: "550 Directory not empty.",
  EACCES: "550 Permission denied.",
  EPERM: "550 Permission denied.",
  EROFS: "550 Read-only file system.",
  ELOOP: "550 Permission denied.",
  ENAMETOOLONG: "553 File name too long.",
  ENOSPC: "452 Insufficient storage space.",
  EDQUOT: "552 Exceeded storage allocation.",
};

/** The reply to a command that failed: of a {@link Refusal}, or of an error of the file system. */
export function replyTo(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  return replies[codeOf(error)] ?? "451 Requested action aborted: local error in processing.";
}

/** Whether the file system, not the network, broke a transfer off. */
export function isOfDisk(error: unknown): boolean {
  return codeOf(error) in replies;
}

/** Whether the error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR";
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
