export type Grade = 'solid' | 'fair' | 'shaky' | 'cannot tell';
