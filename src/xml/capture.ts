import type { Capture, Frame, Plan } from "./plan.ts";
import type { Shape } from "./shape.ts";

/** Told of each captured value while tracing. Positions count bytes from the start of the window. */
export type Trace = (frame: Frame, capture: Capture, shape: Shape, from: number, to: number) => void;

interface Collecting {
  readonly shape: Shape;
  text: string;
  readonly from: number;
  /** The text before the record that is being read, for the case that it must be read again. */
  before: string;
}

/** The frames that are open while a document is walked, and the texts that are still being put together. */
export interface Captures {
  /** The open frame of each scope. */
  readonly frames: Frame[];
  /** Elements whose text is being collected piece by piece, outermost first. */
  readonly collecting: Collecting[];
  /** Opens a frame for each scope that starts with this element. */
  readonly open: (shape: Shape) => void;
  /** A record begins: {@link undo} comes back to here. */
  begin(): void;
  /** Forgets what was collected of the record. */
  undo(): void;
  /** Puts a text wherever the element's captures say. */
  readonly store: (shape: Shape, value: string, from: number, to: number) => void;
  readonly put: (capture: Capture, value: string, shape: Shape, from: number, to: number) => void;
  /** Adds text to all elements that collect it. */
  readonly add: (text: string) => void;
  /** The innermost of them ends. */
  readonly finish: (shape: Shape, at: number) => void;
  /** Frames of a group that its parent frame lists so far. */
  readonly listed: (scope: number) => number;
}

export function createCaptures(plan: Plan, trace: Trace | undefined): Captures {
  const blanks = plan.scopes.map((scope): Frame => new Array<undefined>(scope.size).fill(undefined));
  const frames = blanks.map((blank) => blank.slice());
  const collecting: Collecting[] = [];
  /** How many of them are around the record that is being read. */
  let around = 0;

  function put(capture: Capture, value: string, shape: Shape, from: number, to: number): void {
    const frame = frames[capture.scope];
    if (frame === undefined) return;
    if (capture.many) {
      const list = frame[capture.slot] as string[] | undefined;
      if (list === undefined) frame[capture.slot] = [value];
      else list.push(value);
    } else if (frame[capture.slot] === undefined) frame[capture.slot] = value;
    else return;
    if (trace !== undefined) trace(frame, capture, shape, from, to);
  }

  function store(shape: Shape, value: string, from: number, to: number): void {
    for (const capture of shape.captures) put(capture, value, shape, from, to);
  }

  function listOf(scope: number): Frame[] | undefined {
    const { parent, listSlot } = plan.scopes[scope] ?? { parent: -1, listSlot: -1 };
    return frames[parent]?.[listSlot] as Frame[] | undefined;
  }

  return {
    frames,
    collecting,
    put,
    store,
    open(shape) {
      for (const scope of shape.groups) {
        const frame = (blanks[scope] ?? []).slice();
        frames[scope] = frame;
        const { parent, listSlot } = plan.scopes[scope] ?? { parent: -1, listSlot: -1 };
        const owner = frames[parent];
        const list = listOf(scope);
        if (list !== undefined) list.push(frame);
        else if (owner !== undefined) owner[listSlot] = [frame];
      }
    },
    begin() {
      around = collecting.length;
      for (const entry of collecting) entry.before = entry.text;
    },
    undo() {
      collecting.length = around;
      for (const entry of collecting) entry.text = entry.before;
    },
    add(text) {
      for (const entry of collecting) entry.text += text;
    },
    finish(shape, at) {
      const entry = collecting.pop();
      if (entry !== undefined) store(shape, entry.text, entry.from, at);
    },
    listed: (scope) => listOf(scope)?.length ?? 0,
  };
}
