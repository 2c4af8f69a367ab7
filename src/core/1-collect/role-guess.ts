import type { Role } from './collected';

export type Guess = { role: Role; confidence: number; why: string };
export type Candidate = Guess & { column: number };

/** Roles that several columns may hold together. */
export const shared = new Set<Role>(['discount', 'name', 'consent', 'attribute', 'ignore']);

/** Headers of dates other than the one something happened on. */
export const otherDates =
  /\b(birth|dob|sign|signup|registered|registration|joined|start|end|due|ship|shipped|shipping|delivery|delivered|expiry|last|first|updated|modified|valid|redemption|cancelled|fulfilled|until|geburts?|since)/;
