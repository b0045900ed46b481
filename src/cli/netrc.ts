/** What a netrc file says of a server. */
export interface NetrcEntry {
  readonly login: string | undefined;
  readonly password: string | undefined;
}

interface Machine extends NetrcEntry {
  /** Undefined for the entry of all other servers. */
  readonly machine: string | undefined;
}

/** A netrc file is not as it must be; the message holds nothing of it. */
export class NetrcMistake extends Error {
  override readonly name = "NetrcMistake";
}

export interface NetrcQuestion {
  readonly host: string;
  /** Only an entry of this user, or of no certain one, fits. */
  readonly user: string | undefined;
  /** Whether the entry for all other servers may be taken. */
  readonly takesDefault: boolean;
}

/**
 * The first entry of a netrc file that fits.
 *
 * @throws {@link NetrcMistake}
 * @see https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html (read 2026-11-24)
 */
export function findInNetrc(text: string, { host, user, takesDefault }: NetrcQuestion): NetrcEntry | undefined {
  const found = machinesIn(text).find(({ machine, login }) => {
    if (machine === undefined ? !takesDefault : machine.toLowerCase() !== host.toLowerCase()) return false;
    return user === undefined || login === undefined || login === user;
  });
  return found && { login: found.login, password: found.password };
}

function machinesIn(text: string): Machine[] {
  const machines: { machine: string | undefined; login: string | undefined; password: string | undefined }[] = [];
  const words = createWords(text);
  for (let word = words.keyword(); word !== undefined; word = words.keyword()) {
    const last = machines.at(-1);
    if (word === "machine") machines.push({ machine: words.value(word), login: undefined, password: undefined });
    else if (word === "default") machines.push({ machine: undefined, login: undefined, password: undefined });
    else if (word === "macdef") words.skipMacro();
    else if (last !== undefined && (word === "login" || word === "password")) last[word] = words.value(word);
    else if (last !== undefined && word === "account") words.value(word);
    // A password with a space goes on here, so the word is not told.
    else
      throw new NetrcMistake(
        `line ${words.line()}: expected machine, default, login, password, account or macdef; a value with a space needs quotes`,
      );
  }
  return machines;
}

/** Words of a netrc file, one after the other. */
function createWords(text: string) {
  let at = 0;

  function skipSpace(): void {
    while (at < text.length && /\s/.test(text.charAt(at))) at++;
  }

  const line = (): number => text.slice(0, at).split("\n").length;

  return {
    line,
    /** Comments stand where a keyword may: a value can begin with "#". */
    keyword(): string | undefined {
      skipSpace();
      while (text.charAt(at) === "#") {
        const end = text.indexOf("\n", at);
        at = end < 0 ? text.length : end;
        skipSpace();
      }
      const word = /^\S*/.exec(text.slice(at))?.[0] ?? "";
      at += word.length;
      return word === "" ? undefined : word;
    },
    value(keyword: string): string {
      skipSpace();
      const rest = text.slice(at);
      const [found, quoted] = /^"((?:[^"\\]|\\[^])*)"(?=\s|$)/.exec(rest) ?? [];
      const plain = /^(?!")\S+/.exec(rest)?.[0];
      const word = found ?? plain;
      if (word === undefined) {
        const what = rest === "" ? "is missing" : 'begins with a quote that does not end it; write \\" for one in it';
        throw new NetrcMistake(`line ${line()}: the value of ${keyword} ${what}`);
      }
      at += word.length;
      return quoted === undefined ? word : quoted.replace(/\\([^])/g, (_, char: string) => escapes[char] ?? char);
    },
    /** A macro goes to the next empty line. */
    skipMacro(): void {
      const end = /\n[ \t]*\r?\n/.exec(text.slice(at));
      at = end === null ? text.length : at + end.index + end[0].length;
    },
  };
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
