export type BinaryOperator =
  '+' | '-' | '*' | '/' | '^' | '<' | '<=' | '>' | '>=' | '=' | '!=' | 'and' | 'or';

/** What a formula means, as plain JSON. Yes and no are 1 and 0; a missing value is told apart from every number. */
export type Formula =
  | { is: 'number'; value: number }
  /** A feature's value, by its name. */
  | { is: 'feature'; name: string }
  | { is: 'unary'; operator: '-' | 'not'; of: Formula }
  | { is: 'binary'; operator: BinaryOperator; left: Formula; right: Formula }
  | { is: 'call'; function: string; arguments: Formula[] };
