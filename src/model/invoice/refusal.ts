import type { IssueCode } from "../../errors.ts";

/** Why an order cannot become an invoice. Thrown and caught within the making of one invoice. */
export class Refusal extends RangeError {
  readonly code: IssueCode;
  /** Place in the order. */
  readonly field: string | undefined;

  constructor(code: IssueCode, field: string | undefined, message: string) {
    super(message);
    this.code = code;
    this.field = field;
  }
}
