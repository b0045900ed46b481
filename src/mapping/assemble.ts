/** Makes an object of values in the order of its keys; undefined ones are left out. `complete` says that there is none. */
export type Assemble = (values: readonly unknown[], complete: boolean) => Record<string, unknown>;

/**
 * An {@link Assemble} for these keys. Objects of one mapping look alike, so the engine makes them several times faster
 * from code written for their keys than from a loop; where code generation is forbidden, as under a strict content
 * security policy, a loop it is.
 */
export function assembler(keys: readonly string[]): Assemble {
  if (keys.length === 0 || keys.includes("__proto__")) return assembleByLoop(keys);
  const quoted = keys.map((key) => JSON.stringify(key));
  const all = quoted.map((key, index) => `${key}: values[${index}]`).join(", ");
  const some = quoted.map((key, index) => `if ((v = values[${index}]) !== undefined) o[${key}] = v;`).join("\n");
  try {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the keys are quoted, nothing else goes in
    return new Function(
      "values",
      "complete",
      `if (complete) return { ${all} };\nconst o = {}; let v;\n${some}\nreturn o;`,
    ) as Assemble;
  } catch {
    return assembleByLoop(keys);
  }
}

/** The same without generated code. */
export function assembleByLoop(keys: readonly string[]): Assemble {
  return (values) => {
    const object: Record<string, unknown> = {};
    for (let index = 0; index < keys.length; index++) {
      const value = values[index];
      if (value === undefined) continue;
      // A plain assignment to __proto__ would set the prototype.
      Object.defineProperty(object, keys[index] ?? "", { value, enumerable: true, writable: true, configurable: true });
    }
    return object;
  };
}

/** Puts the values that stand in an object at some paths into an array, each at the position of its path. */
export type Take = (object: unknown, values: unknown[]) => void;

/**
 * A {@link Take} for these paths; holes among them stay as they are. What has no value gives undefined, and so does what
 * every object has, such as `constructor`.
 */
export function taker(paths: readonly (readonly string[] | undefined)[]): Take {
  if (paths.some((path) => path?.some(isInherited) === true)) return takeByLoop(paths);
  try {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the keys are quoted, nothing else goes in
    return new Function("object", "values", takeSource(paths)) as Take;
  } catch {
    return takeByLoop(paths);
  }
}

/** Names that values have without having been given them: those of all objects, and the length and characters of texts. */
function isInherited(key: string): boolean {
  return key === "length" || key in Object.prototype || /^\d+$/.test(key);
}

function takeSource(paths: readonly (readonly string[] | undefined)[]): string {
  return paths
    .map((path, slot) => {
      if (path === undefined) return "";
      const reach = path.map((key) => `?.[${JSON.stringify(key)}]`).join("");
      return `values[${slot}] = object${reach};\n`;
    })
    .join("");
}

/** The same without generated code. */
export function takeByLoop(paths: readonly (readonly string[] | undefined)[]): Take {
  return (object, values) => {
    for (const [slot, path] of paths.entries()) if (path !== undefined) values[slot] = path.reduce(memberOf, object);
  };
}

/** What an object has under a name, not counting what every object has. */
export function memberOf(object: unknown, key: string): unknown {
  if (typeof object !== "object" || object === null) return undefined;
  return isInherited(key) && !Object.hasOwn(object, key) ? undefined : (object as Record<string, unknown>)[key];
}
