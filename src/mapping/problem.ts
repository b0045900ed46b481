import type { Issue, IssueCode, Severity } from "../errors.ts";

/** A problem with one field; where it is in the file is looked up later, since problems are rare. */
export interface FieldProblem {
  readonly code: IssueCode;
  readonly severity: Severity;
  readonly message: string;
  /** Place in the record: `lines[0].quantity`. */
  readonly field: string;
  readonly raw?: string | undefined;
}

/** Problems of a record that is in no file, so that its key says which it is. */
export function issuesOf(problems: readonly FieldProblem[], key: string | undefined): Issue[] {
  return problems.map(({ raw, ...problem }) => ({
    ...problem,
    ...(raw !== undefined && { raw }),
    ...(key !== undefined && { key }),
  }));
}
